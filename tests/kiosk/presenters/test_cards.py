"""Gloves on, no touch: whatever a screen offers has a card, and the card does what the touch does."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import date

import pytest

import traceability.workflows
from kiosk.presenters.card_touches import numbered, offered, touch_on
from kiosk.presenters.views import ChoiceView, HomeView, Keypad, QuantityTile, ReceiveView, SummaryView, TypeLotView, VerdictHero, View
from kiosk.services import cards
from kiosk.services.pins import ENTER, number_card
from kiosk.services.recognition import Recognition
from kiosk.services.station import Station
from tests.kiosk.floor import BAG, NOON, ORDER, STARCH, WORKER, Floor, bag
from tests.kiosk.session import SESSION
from traceability.barcodes.command import command_card
from traceability.refusals import Reason
from traceability.workflows.inputs import Pressed
from traceability.workflows.modes import MODES
from traceability.workflows.seat import ON_SCREEN
from traceability.workflows.step import ScanRef
from traceability.workflows.task import Task

#: A touch and its card may have two names for one thing.
SAME = {"acknowledge": "confirm", "change_quantity": "change", "key:,": "key:."}


def text_of(card: str) -> str:
    verb, dot, argument = card.partition(".")
    return command_card(verb, argument if dot else None)


def done_by(card: str, station: Station, view: View) -> str:
    """Return the touch that a card comes to on this screen."""
    text = text_of(card)
    if key := number_card(text):
        return "set" if key == ENTER else f"key:{key}"
    scan = ScanRef("0" * 32, "scanner-1", NOON, text)
    given = Recognition(station.book, {}, station.languages, station.screen).recognise(scan, station.seat, date(2026, 11, 21))
    if not isinstance(given, Pressed):
        return f"nothing: {given}"
    if given.verb == ON_SCREEN:
        return touch_on(view, given.argument or "")
    return given.verb if given.argument is None else f"{given.verb}:{given.argument}"


@pytest.mark.slow
def test_whatever_a_screen_offers_has_a_card_that_does_it(shift: Floor) -> None:
    floor = shift
    wrong, tried = [], set()
    for name, act in SESSION:
        act(floor)
        view, station = floor.desk.view(), floor.wired.station
        places = numbered(view)
        for action in offered(view):
            if (action, type(view)) in tried or station.fault is not None:
                continue
            tried.add((action, type(view)))
            card = cards.card_of(action) or places.get(action)
            if card is None:
                wrong.append(f"{name}: {action} has no card")
            elif station.seat.latched is None and (done := done_by(card, station, view)) not in (action, SAME.get(action)):
                wrong.append(f"{name}: {card} does {done}, not {action}")
    floor.wired.station.fault = None
    assert wrong == []
    assert len(tried) > 100


def test_every_work_s_own_touches_have_cards() -> None:
    modules = [
        importlib.import_module(f"traceability.workflows.{each.name}") for each in pkgutil.iter_modules(traceability.workflows.__path__)
    ]
    tasks = {task.name: task for module in modules for task in vars(module).values() if isinstance(task, Task)}
    touches = {verb for task in tasks.values() for verb in task.touches}
    assert {verb for verb in touches if cards.card_of(verb) is None} == set()
    assert tasks.keys() >= {"consume", "reprint"}


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_of_work_has_its_card(mode: str) -> None:
    card = cards.card_of(f"mode:{mode}")
    assert card is not None
    assert cards.mode_of(card.partition(".")[2]) == mode


def card(floor: Floor, verb: str, argument: str | None = None, after: float = 2) -> None:
    floor.scan(command_card(verb, argument), after=after)


def side(floor: Floor) -> QuantityTile | Keypad:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    return view.side


def word(floor: Floor) -> str:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.hero, VerdictHero)
    return view.hero.word


def test_a_quantity_by_number_cards(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{STARCH}1728113010LOT-1")
    for digit in "15":
        card(floor, "DIGIT", digit)
    card(floor, "POINT")
    card(floor, "DIGIT", "5")
    card(floor, "DIGIT", "5", after=0.3)  # one pull of the trigger
    pad = side(floor)
    assert isinstance(pad, Keypad)
    assert pad.buffer == "15.5"
    card(floor, "ENTER")
    assert word(floor) == "ACCEPTED"
    assert floor.events("receipt")[0]["data"]["quantity"] == "15.5"
    floor.check()


def test_a_pack_by_its_card(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{STARCH}1728113010LOT-1")
    card(floor, "PACK")
    assert floor.events("receipt")[0]["data"]["quantity"] == "1"
    floor.check()


def test_a_lot_by_letter_cards(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{BAG}17281130")
    card(floor, "TYPE")
    for key in "AB":
        card(floor, "KEY", key)
    card(floor, "DASH")
    card(floor, "DIGIT", "7")
    view = floor.desk.view()
    assert isinstance(view, TypeLotView)
    assert view.buffer == "AB-7"
    card(floor, "ERASE")
    card(floor, "DIGIT", "8")
    card(floor, "ENTER")
    assert floor.events("receipt")[-1]["data"]["lot"] == "AB-8"
    floor.check()


def test_a_list_by_cards(floor: Floor) -> None:
    floor.scan(WORKER)
    card(floor, "MODE", "RECEIVE")
    card(floor, "LIST")
    view = floor.desk.view()
    assert isinstance(view, ChoiceView)
    card(floor, "CHOOSE", "1")
    opened = floor.desk.view()
    assert isinstance(opened, ReceiveView)
    assert opened.document.number == view.tiles[0].words
    floor.check()


def test_finishing_by_card_asks_first(floor: Floor) -> None:
    floor.sign_in_and_open()
    card(floor, "FINISH")
    assert isinstance(floor.desk.view(), SummaryView)
    assert floor.events("document_finished") == []
    card(floor, "BACK")
    assert isinstance(floor.desk.view(), ReceiveView)
    card(floor, "FINISH")
    card(floor, "OK")
    assert len(floor.events("document_finished")) == 1
    floor.check()


@pytest.mark.parametrize(
    ("verb", "argument"), [("NEXT", None), ("PACK", None), ("CHOOSE", "9"), ("DIGIT", "1"), ("KEY", "A"), ("TRYNOW", None)]
)
def test_a_card_for_what_is_not_there_is_refused(floor: Floor, verb: str, argument: str | None) -> None:
    floor.sign_in_and_open()
    outcome = floor.scan(command_card(verb, argument))
    assert outcome.said.reason in (Reason.COMMAND_UNKNOWN, Reason.NOT_EXPECTED_HERE)
    assert word(floor) == "REJECTED"
    floor.check()


def test_the_other_hand(floor: Floor) -> None:
    floor.scan(WORKER)
    floor.scan(ORDER)
    floor.scan(bag("LOT-1"))
    assert floor.desk.view().top.left_handed is None
    card(floor, "HAND", "L")
    assert floor.desk.view().top.left_handed is True
    assert word(floor) == "ACCEPTED", "what was said stays"
    floor.restart()
    assert floor.desk.view().top.left_handed is True
    card(floor, "HAND", "R")
    assert floor.desk.view().top.left_handed is False
    floor.check()


def test_nothing_of_the_screen_by_card_while_signed_out_or_stopped(floor: Floor) -> None:
    assert floor.scan(command_card("QUEUE")).said.reason is Reason.BADGE_UNKNOWN
    floor.scan(WORKER)
    assert isinstance(floor.desk.view(), HomeView)
    floor.check()
