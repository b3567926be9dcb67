"""A second person at a real station: what is on disk of the badge, the PIN and the approval, and who is locked out for how long."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from kiosk.cli.main import main
from kiosk.presenters.views import ChoiceView, PinView
from kiosk.services.pins import Pins, PinTyping, is_pin, number_card
from kiosk.services.ports import PinState
from kiosk.services.station import Outcome
from kiosk.store.overrides import overrides
from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import DYE_ORDER, NOON, ORDER, PIN, PIN_HASH, SUPERVISOR, WORKER, Floor, new_database, plant
from traceability.barcodes.command import command_card
from traceability.operators import LOCKED_FOR, MOST_WRONG
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import Pin, PinChecked
from traceability.workflows.step import Ask

TEN = "0123456789"


def asked(floor: Floor) -> Floor:
    """A worker scanned the newer lot of an item whose oldest comes first; the supervisor was called and has shown the badge."""
    floor.scan(WORKER)
    for scan in (DYE_ORDER, "DYE", "DYE-NEW"):
        floor.scan(scan)
    floor.press("override")
    floor.scan(SUPERVISOR)
    return floor


def give(floor: Floor, pin: str) -> Outcome:
    floor.clock.advance(2)
    return floor.wired.station.give_pin(pin)


def on_disk(floor: Floor) -> bytes:
    floor.wired.store.database.close()
    return b"".join(file.read_bytes() for file in floor.folder.iterdir() if file.is_file())


def test_the_approver_and_the_reason_stand_on_the_event_and_the_badge_is_hidden(floor: Floor) -> None:
    assert give(asked(floor), PIN).said.ask is Ask.CHOOSE_REASON
    floor.press("choose:URGENT", "key:2", "set")
    used = floor.events("consumption")[0]
    boss = floor.wired.store.book.operator_by_badge(SUPERVISOR)
    worker = floor.wired.store.book.operator_by_badge(WORKER)
    assert boss
    assert worker
    assert (used["approver"], used["override_reason"], used["operator"]) == (boss.id, "URGENT", worker.id)
    assert floor.events("override")[0]["data"]["about"]["lot"] == "DYE-NEW"
    shown = floor.events("approval_asked")[0]
    assert (shown["operator"], shown["data"]["approver"]) == (worker.id, boss.id)
    assert shown["scans"][0]["secret"] is True
    assert floor.wired.station.seat.operator == worker
    floor.check()
    assert SUPERVISOR.encode() not in on_disk(floor)


def test_a_pin_is_nowhere(floor: Floor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    asked(floor)
    wrong = "97531864"
    floor.press(*(f"key:{each}" for each in wrong))
    view = floor.desk.view()
    assert isinstance(view, PinView)
    assert view.pad.buffer == "●" * len(wrong)
    assert wrong not in repr(view) + repr(floor.desk) + repr(floor.wired.station)
    floor.press("set")
    give(floor, PIN)
    assert isinstance(floor.desk.view(), ChoiceView)
    floor.check()
    kept = on_disk(floor)
    assert all(each.encode() not in kept and each not in caplog.text for each in (PIN, wrong))


def test_number_cards_type_a_pin_and_keep_no_digit(floor: Floor) -> None:
    asked(floor)
    for digit in PIN:
        told = floor.scan(command_card("DIGIT", digit))
        assert told.said.ask is Ask.OVERRIDE_PIN
    told = floor.scan(command_card("ENTER"))
    assert told.then[0].said.ask is Ask.CHOOSE_REASON
    cards = [scan for event in floor.events("command") for scan in event["scans"]]
    assert len(cards) == len(PIN) + 1
    assert len({scan["bytes"] for scan in cards}) == 1
    floor.check()
    kept = on_disk(floor)
    assert all(command_card("DIGIT", digit).encode() not in kept for digit in TEN)


def test_a_number_card_read_twice_by_one_pull_counts_once(floor: Floor) -> None:
    asked(floor)
    floor.scan(command_card("DIGIT", "2"))
    told = floor.scan(command_card("DIGIT", "2"), after=0.4)
    assert (told.said.verdict, told.said.reason) == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    assert floor.wired.station.typing.count == 1
    floor.scan(command_card("DIGIT", "2"))
    assert floor.wired.station.typing.count == 2


@pytest.mark.parametrize("where", ["signed out", "at home", "at work"])
def test_a_number_card_that_nobody_asked_for_keeps_no_digit_either(floor: Floor, where: str) -> None:
    if where != "signed out":
        floor.scan(WORKER)
    if where == "at work":
        floor.scan(ORDER)
    told = floor.scan(command_card("DIGIT", "7"))
    assert told.said.verdict is Verdict.REJECTED
    floor.scan("..K.DIGIT.7.?")
    floor.check()
    kept = on_disk(floor)
    assert b"..K.DIGIT.7" not in kept


def test_five_wrong_pins_lock_out_and_a_restart_lifts_nothing(floor: Floor) -> None:
    asked(floor)
    for left in range(MOST_WRONG - 1, 0, -1):
        said = give(floor, "999999").said
        assert (said.reason, said.about["tries"]) == (Reason.PIN_WRONG, str(left))
    said = give(floor, "999999").said
    assert (said.reason, said.about["minutes"]) == (Reason.LOCKED_OUT, "15")
    floor.restart()
    floor.scan(SUPERVISOR)
    assert give(floor, PIN).said.reason is Reason.LOCKED_OUT
    floor.clock.advance(LOCKED_FOR.total_seconds())
    floor.scan(SUPERVISOR)
    assert give(floor, PIN).said.ask is Ask.CHOOSE_REASON
    floor.check()


def test_another_pin_from_the_office_unlocks(floor: Floor) -> None:
    asked(floor)
    for _ in range(MOST_WRONG):
        floor.scan(SUPERVISOR)
        give(floor, "999999")
    fresh = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("1357")
    people = plant().model_dump(mode="json", by_alias=True)["operators"]
    changed = plant(operators=[{**each, "pin_hash": fresh} if each["badge"] == SUPERVISOR else each for each in people])
    floor.wired.store.reference.store(changed.records())
    floor.scan(SUPERVISOR)
    assert give(floor, "1357").said.ask is Ask.CHOOSE_REASON


def test_somebody_without_a_pin_is_told_so(tmp_path: Path) -> None:
    people = [{"badge": WORKER, "name": "M. Alvarez"}, {"badge": SUPERVISOR, "name": "R. Chen", "roles": ["supervisor"]}]
    floor = asked(Floor(new_database(tmp_path / "station", operators=people)))
    said = give(floor, PIN).said
    assert (said.reason, said.about["no_pin"], said.ask) == (Reason.NOT_ALLOWED, "yes", Ask.OVERRIDE_BADGE)
    floor.close()


def test_the_dialogue_is_there_after_a_power_cut_without_what_was_typed(floor: Floor) -> None:
    asked(floor)
    floor.press("key:2", "key:4")
    floor.restart()
    view = floor.desk.view()
    assert isinstance(view, PinView)
    assert view.pad.buffer == ""
    assert give(floor, PIN).said.ask is Ask.CHOOSE_REASON
    floor.check()


def test_a_pin_that_nobody_asked_for_is_refused(floor: Floor) -> None:
    floor.scan(WORKER)
    assert give(floor, PIN).said.reason is Reason.NOT_EXPECTED_HERE
    floor.check()


def test_somebody_else_looks_at_an_override(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [*plant().model_dump(mode="json", by_alias=True)["operators"], {"badge": "B-3001", "name": "Q. Moss", "roles": ["quality"]}]
    floor = asked(Floor(new_database(tmp_path / "station", operators=people)))
    give(floor, PIN)
    floor.press("choose:URGENT")
    approved = floor.events("override")[0]["id"]
    station = floor.wired.station
    assert station.press(f"reviewed:{approved}").said.reason is Reason.NOT_ALLOWED  # a worker
    floor.scan(SUPERVISOR)
    assert station.press(f"reviewed:{approved}").said.reason is Reason.SAME_PERSON
    floor.scan("B-3001")
    assert station.press("reviewed:nothing").said.reason is Reason.NOT_EXPECTED_HERE
    assert len(overrides(floor.wired.store.database, 10, unseen=True)) == 1
    assert station.press(f"reviewed:{approved}").said.verdict is Verdict.ACCEPTED
    assert overrides(floor.wired.store.database, 10, unseen=True) == ()
    floor.check()
    floor.close()
    assert main(["overrides", "--db", str(floor.folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["id"], told["code"], told["reason"], told["about"]["lot"]) == (approved, "URGENT", "OLDER_LOT_FIRST", "DYE-NEW")
    assert told["reviewed_by"] not in (None, told["approver"], told["operator"])


def test_rebuilding_keeps_the_overrides(floor: Floor) -> None:
    give(asked(floor), PIN)
    floor.press("choose:URGENT")
    database = floor.wired.store.database
    with database.reading() as connection:
        before = connection.exec_driver_sql("SELECT * FROM overrides").all()
    rebuild(database)
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT * FROM overrides").all() == before
    assert len(before) == 1


class _Book:
    """One person's PIN, and each write of the tries."""

    def __init__(self) -> None:
        self.state = PinState(PIN_HASH)
        self.writes: list[int] = []

    def pin_state(self, _operator_id: str) -> PinState:
        return self.state

    def keep_tries(self, _operator_id: str, wrong: int, locked_at: object) -> None:
        self.writes.append(wrong)
        self.state = PinState(PIN_HASH, wrong, locked_at)


def test_a_try_is_on_disk_before_it_is_answered() -> None:
    book = _Book()
    pins = Pins(book, PasswordHasher())
    assert pins.checked("boss", PIN, NOON) == PinChecked("boss", Pin.RIGHT)
    assert book.writes == [1, 0]


def test_a_clock_that_is_set_back_prolongs_no_lock() -> None:
    book = _Book()
    book.state = PinState(PIN_HASH, MOST_WRONG, NOON)
    pins, earlier = Pins(book, PasswordHasher()), NOON - timedelta(days=400)
    assert pins.checked("boss", PIN, earlier).locked_until == earlier + LOCKED_FOR
    assert pins.checked("boss", PIN, earlier + LOCKED_FOR).outcome is Pin.RIGHT


@pytest.mark.parametrize(
    ("text", "fits"), [("1234", True), ("123", False), ("1" * 13, False), ("12a4", False), ("١٢٣٤", False), ("", False)]
)
def test_what_can_be_a_pin(text: str, fits: bool) -> None:
    assert is_pin(text) is fits


def test_number_cards_are_told_from_all_others() -> None:
    assert [number_card(command_card("DIGIT", digit)) for digit in TEN] == list(TEN)
    assert number_card(command_card("ENTER") + "\r\n") == "ENTER"
    assert number_card("..K.DIGIT.4.?") == ""
    assert number_card(command_card("OK")) is None
    assert number_card("DIGIT.4") is None


def test_what_is_typed_shows_nowhere() -> None:
    typing = PinTyping()
    for key in ("1", "9", "back", "8", "x", "٣", "12"):
        typing.press(key)
    assert "18" not in repr(typing)
    assert typing.count == 2
    assert typing.taken() == "18"
    assert typing.count == 0
