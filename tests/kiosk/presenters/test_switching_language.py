"""The screen's language changes at once, by touch or card, and nothing that is open is lost by it."""

from __future__ import annotations

import pytest

from kiosk.presenters.language import language_codes, load_language
from kiosk.presenters.views import Keypad, ReceiveView, SignInView, StopView, TypeLotView, VerdictHero
from tests.kiosk.floor import ORDER, RECALLED, STARCH, WORKER, Floor, bag
from traceability.barcodes.command import command_card
from traceability.refusals import Reason, Verdict

GERMAN = command_card("LANG", "DE")


def receive(floor: Floor) -> ReceiveView:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    return view


def test_whoever_signs_in_chooses_the_language_by_its_own_name(floor: Floor) -> None:
    view = floor.desk.view()
    assert isinstance(view, SignInView)
    assert [(button.action, button.words) for button in view.languages] == [
        (f"language:{code}", load_language(code).name) for code in language_codes()
    ]
    assert [button.icon for button in view.languages if button.words == "English"] == ["check"]
    floor.press("language:pl")
    after = floor.desk.view()
    assert isinstance(after, SignInView)
    assert after.hero.prompt == "Zeskanuj identyfikator"
    assert [button.words for button in after.languages if button.icon] == ["Polski"]


def test_a_refused_badge_is_still_seen_in_the_new_language(floor: Floor) -> None:
    floor.scan("B-0")
    floor.press("language:fr")
    view = floor.desk.view()
    assert isinstance(view, SignInView)
    assert isinstance(view.hero, VerdictHero)
    assert view.hero.reason == "Ce badge n’est pas connu ici"


def test_a_card_changes_the_language_and_the_open_delivery_stays(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    before, work = receive(floor), floor.wired.station.seat.work
    outcome = floor.scan(GERMAN)
    after = receive(floor)
    assert floor.wired.station.seat.work == work
    assert outcome.said.verdict is Verdict.ASK
    assert isinstance(after.hero, VerdictHero)
    assert (after.hero.word, after.hero.next_step) == ("ANGENOMMEN", "Die nächste Charge scannen")
    assert after.hero.number == before.hero.number, "nothing new was decided"
    assert [row.lot for row in after.scans.rows] == [row.lot for row in before.scans.rows]
    assert [event["data"] for event in floor.events("command")] == [{"verb": "language", "argument": "de"}]


def test_a_question_and_what_is_half_typed_stay(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{STARCH}1728113010LOT-2")
    floor.press("key:1", "key:.", "key:5")
    floor.scan(GERMAN)
    side = receive(floor).side
    assert isinstance(side, Keypad)
    assert (side.buffer, side.decimal, side.title) == ("1,5", ",", "Menge")
    floor.press("set")
    assert floor.events("receipt")[0]["data"]["quantity"] == "1.5"
    assert receive(floor).hero.quantity == "1,5 kg"


def test_a_keyboard_may_type_the_comma_of_the_language(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(GERMAN)
    floor.scan(f"{STARCH}1728113010LOT-2")
    floor.press("key:2", "key:,", "key:,", "key:5", "set")
    assert floor.events("receipt")[0]["data"]["quantity"] == "2.5"


def test_a_half_typed_lot_stays(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.press("type_lot", "key:L", "key:O")
    floor.scan(GERMAN)
    view = floor.desk.view()
    assert isinstance(view, TypeLotView)
    assert (view.buffer, view.title) == ("LO", "Chargennummer")


def test_a_stop_stays_latched(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(RECALLED)
    floor.scan(GERMAN)
    view = floor.desk.view()
    assert isinstance(view, StopView)
    assert (view.word, view.refused_meanwhile) == ("STOPP", "")


def test_earlier_scans_are_told_in_the_new_language(floor: Floor) -> None:
    floor.scan("B-0")
    floor.scan(WORKER)
    floor.press("mode:receive")
    floor.scan("4500000000")
    floor.scan(GERMAN)
    notes = [row.note for row in receive(floor).scans.rows]
    assert notes == ["Ich kenne keine Bestellung 4500000000", "Dieser Ausweis ist hier nicht bekannt"]


def test_the_language_is_kept_over_a_restart(floor: Floor) -> None:
    floor.scan(GERMAN)
    floor.restart()
    assert floor.desk.language.code == "de"
    floor.scan(WORKER)
    floor.scan(ORDER)
    assert receive(floor).top.mode == "Wareneingang"


def test_until_somebody_chooses_it_is_the_settings(floor: Floor) -> None:
    floor.desk.first_language = "vi"
    assert floor.desk.view().hero.prompt == "Quét thẻ của bạn"
    floor.press("language:en")
    assert floor.desk.view().hero.prompt == "Scan your badge"


@pytest.mark.parametrize("argument", ["XX", "EN2", "D"])
def test_a_card_for_a_language_that_nobody_translated_is_refused(floor: Floor, argument: str) -> None:
    floor.sign_in_and_open()
    outcome = floor.scan(command_card("LANG", argument))
    assert outcome.said.reason is Reason.COMMAND_UNKNOWN
    assert floor.desk.language.code == "en"


def test_a_touch_for_one_changes_nothing(floor: Floor) -> None:
    floor.press("language:xx", "language:", "language")
    assert floor.wired.station.seat.language is None
    assert isinstance(floor.desk.view(), SignInView)
