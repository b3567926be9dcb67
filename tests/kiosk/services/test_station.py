"""A station at work on its real database: what is scanned is kept, answered, named; a restart leads back to where the worker was."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.words import words_of
from kiosk.services.ports import StorageFailed
from kiosk.services.station import ANYONE, Outcome
from tests.kiosk.floor import (
    BAG,
    GS,
    LACTOSE,
    ORDER,
    OTHER_ORDER,
    RECALLED,
    SCANNER,
    STARCH,
    SUPERVISOR,
    WORKER,
    Floor,
    bag,
    new_database,
)
from traceability.barcodes.command import command_card
from traceability.barcodes.wedge import Calibration
from traceability.refusals import Reason, Verdict
from traceability.workflows.receiving import AwaitOrder, AwaitVendor, Receiving
from traceability.workflows.seat import Seat, next_ask
from traceability.workflows.step import Ask

ENGLISH = load_language(SOURCE)


def test_forty_bags_of_one_lot_with_one_barcode(floor: Floor) -> None:
    floor.sign_in_and_open()
    verdicts = [floor.scan(bag("NWS-1")).said.verdict for _ in range(40)]
    assert verdicts == [Verdict.ACCEPTED] * 40
    receipts = [event["data"] for event in floor.events("receipt")]
    serials = [container["serial"] for each in receipts for container in each["containers"]]
    assert len(receipts) == len(serials) == len(set(serials)) == 40
    assert {each["quantity"] for each in receipts} == {"1"}
    labels = floor.wired.store.prints.waiting(100)
    assert [label.order.serial for label in labels] == serials
    order = floor.wired.store.book.purchase_order(ORDER)
    assert order is not None
    assert order.lines[0].received == 40 * 25


def test_one_trigger_pull_read_twice_counts_once(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("NWS-1"))
    again = floor.scan(bag("NWS-1"), after=0.3)
    assert (again.said.verdict, again.said.reason) == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    assert floor.scan(bag("NWS-1"), device="another scanner", after=0.3).said.verdict is Verdict.ACCEPTED
    assert len(floor.events("receipt")) == 2


def test_twenty_scans_in_a_second_lose_nothing(floor: Floor) -> None:
    floor.sign_in_and_open()
    for number in range(20):
        assert floor.scan(bag(f"LOT-{number}"), after=0.05).said.verdict is Verdict.ACCEPTED
    assert [event["data"]["lot"] for event in floor.events("receipt")] == [f"LOT-{number}" for number in range(20)]


def test_parts_of_a_label_in_any_order_and_a_scan_that_waits(floor: Floor) -> None:
    floor.sign_in_and_open()
    assert floor.scan("]C110LOT-1").said.ask is Ask.SCAN_ITEM
    assert floor.scan(STARCH).said.ask is Ask.SCAN_EXPIRY
    asked = floor.scan("]C117281130")
    assert (asked.said.verdict, asked.said.reason) == (Verdict.CHECK, Reason.QUANTITY_MISSING)
    waits = floor.scan(bag("LOT-2"))
    assert (waits.said.verdict, waits.said.waiting) == (Verdict.ASK, 1)
    given = floor.wired.station.give_quantity("12.5", "kg")
    assert given.said.verdict is Verdict.ACCEPTED
    assert [freed.said.verdict for freed in given.then] == [Verdict.ACCEPTED]
    assert [(each["data"]["lot"], each["data"]["base_quantity"]) for each in floor.events("receipt")] == [
        ("LOT-1", "12.5"),
        ("LOT-2", "25"),
    ]


def test_a_badge_is_not_kept_as_it_was_scanned(floor: Floor) -> None:
    floor.sign_in_and_open()
    assert WORKER not in str(floor.events())
    (signed_in,) = floor.events("sign_in")
    assert signed_in["operator"]


def test_who_is_not_known_any_more_sits_here_no_longer(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.wired.station.seat = Seat(operator=ANYONE, mode="receive", work=floor.wired.station.seat.work)
    floor.wired.station.press("undo")  # writes the seat down
    floor.restart()
    assert floor.wired.station.seat.operator is None
    assert isinstance(floor.wired.station.seat.work, Receiving)


def test_a_plant_without_operators_needs_no_badge(tmp_path: Path) -> None:
    floor = Floor(new_database(tmp_path / "station", operators=[]))
    floor.wired.station.press("mode:receive")
    assert floor.scan(ORDER).said.ask is Ask.SCAN_LABEL
    floor.press("sign_out")
    assert floor.wired.station.seat.operator == ANYONE
    floor.check()
    floor.close()


def _signed_out(_floor: Floor) -> None:
    pass


def _await_order(floor: Floor) -> None:
    floor.scan(WORKER)
    floor.press("mode:receive")


def _await_vendor(floor: Floor) -> None:
    _await_order(floor)
    floor.press("blind")


def _opened(floor: Floor) -> None:
    floor.sign_in_and_open()


def _filling(floor: Floor) -> None:
    _opened(floor)
    floor.scan(bag("DONE"))
    floor.scan("]C110LOT-1")
    floor.scan(STARCH)


def _quantity_asked(floor: Floor) -> None:
    _opened(floor)
    floor.scan(f"{STARCH}1728113010LOT-1")
    floor.scan(bag("WAITS"))


def _decide(floor: Floor) -> None:
    _opened(floor)
    floor.scan(f"{BAG}1726120110LOT-1")


def _expiry_asked(floor: Floor) -> None:
    _opened(floor)
    floor.scan(f"{BAG}10LOT-1")
    floor.press("confirm")


def _choose_item(floor: Floor) -> None:
    _opened(floor)
    floor.scan("SHARED")


def _choose_reason(floor: Floor) -> None:
    _opened(floor)
    floor.scan(bag("LOT-1"))
    floor.press("reprint")


def _choose_link(floor: Floor) -> None:
    floor.sign_in_and_open(SUPERVISOR)
    floor.scan("4006381333931")
    floor.press("link")


def _stopped(floor: Floor) -> None:
    _opened(floor)
    floor.scan(RECALLED)
    floor.scan(bag("MEANWHILE"))


def _signed_out_over_work(floor: Floor) -> None:
    _filling(floor)
    floor.press("sign_out")


#: Every state a seat can be in, and what it asks then.
STATES: list[tuple[Callable[[Floor], None], type, Ask]] = [
    (_signed_out, AwaitOrder, Ask.SCAN_BADGE),
    (_await_order, AwaitOrder, Ask.SCAN_ORDER),
    (_await_vendor, AwaitVendor, Ask.CHOOSE_VENDOR),
    (_opened, Receiving, Ask.SCAN_LABEL),
    (_filling, Receiving, Ask.SCAN_LABEL),
    (_quantity_asked, Receiving, Ask.QUANTITY),
    (_decide, Receiving, Ask.DECIDE),
    (_expiry_asked, Receiving, Ask.SCAN_EXPIRY),
    (_choose_item, Receiving, Ask.CHOOSE_ITEM),
    (_choose_reason, Receiving, Ask.CHOOSE_REASON),
    (_choose_link, Receiving, Ask.CHOOSE_ITEM),
    (_stopped, Receiving, Ask.ACKNOWLEDGE),
    (_signed_out_over_work, Receiving, Ask.SCAN_BADGE),
]


@pytest.mark.parametrize(("lead_there", "work", "ask"), STATES, ids=[each[0].__name__.strip("_") for each in STATES])
def test_a_restart_leads_back_to_the_same_state(floor: Floor, lead_there: Callable[[Floor], None], work: type, ask: Ask) -> None:
    lead_there(floor)
    before, events, view = floor.wired.station.seat, floor.events(), floor.desk.view()
    assert (type(before.work), next_ask(before)) == (work, ask)
    floor.restart()
    assert floor.wired.station.seat == before
    assert floor.events() == events  # nothing was abandoned
    assert type(floor.desk.view()) is type(view)
    floor.check()


def test_a_seat_of_another_version_costs_the_place_in_the_work_and_no_scan(floor: Floor) -> None:
    _filling(floor)
    with floor.wired.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE seats SET body = '{\"work\": 7}'")
    floor.restart()
    assert floor.wired.station.seat.work == AwaitOrder()
    assert floor.wired.left_behind == 2
    (left,) = floor.events("abandonment")
    assert (left["data"]["why"], len(left["scans"])) == ("restarted", 2)


BAD: list[tuple[str, bytes, Reason]] = [
    ("control characters", b"10AB\x01\x02\x7f", Reason.BARCODE_UNREADABLE),
    ("NUL", b"LOT\x00X", Reason.BARCODE_UNREADABLE),
    ("only NUL", b"\x00", Reason.BARCODE_UNREADABLE),
    ("10 kB", b"X" * 10_000, Reason.BARCODE_UNREADABLE),
    ("10 kB of GS1", b"]C1" + b"10ABC\x1d" * 2_000, Reason.BARCODE_UNREADABLE),
    ("UTF-8", "Mehl-Größe-Ü".encode(), Reason.ITEM_UNKNOWN),
    ("UTF-8 in GS1", "]C110GRÖSSE".encode(), Reason.BARCODE_INVALID),
    ("latin-1", "Größe".encode("latin-1"), Reason.ITEM_UNKNOWN),
    ("half of a character", "\ud800".encode("utf-8", "surrogatepass"), Reason.BARCODE_UNREADABLE),
    ("a web address", b"https://example.com/menu", Reason.BARCODE_INVALID),
    ("a wrong check digit", b"]C10109520123000012", Reason.BARCODE_INVALID),
    ("an impossible date", b"]C1010952012300001117281340", Reason.BARCODE_INVALID),
    ("a forged card", b"..K.UNDO.X", Reason.COMMAND_UNKNOWN),
    ("a wrong AIM identifier", b"]zzz", Reason.BARCODE_UNREADABLE),
    ("brackets of JSON", b'{"scan": 1}', Reason.ITEM_UNKNOWN),
    ("SQL", b"'; DROP TABLE events; --", Reason.ITEM_UNKNOWN),
    ("a placeholder", b"{text} %s {0.__class__}", Reason.ITEM_UNKNOWN),
    ("blanks", b"   ", Reason.ITEM_UNKNOWN),
    ("nothing but an end", b"\r\n", Reason.BARCODE_UNREADABLE),
    ("a separator alone", GS.encode(), Reason.BARCODE_INVALID),
]


@pytest.mark.parametrize(("data", "reason"), [each[1:] for each in BAD], ids=[each[0] for each in BAD])
def test_bad_input_is_refused_for_its_own_reason(floor: Floor, data: bytes, reason: Reason) -> None:
    _opened(floor)
    outcome = floor.scan(data)
    assert (outcome.said.verdict, outcome.said.reason) == (Verdict.REJECTED, reason)
    words = words_of(outcome.said, ENGLISH)
    assert words.why
    assert words.next
    assert "{" not in words.next
    (refusal,) = floor.events("refusal")
    assert (refusal["data"]["reason"], len(refusal["scans"])) == (reason, 1)


@pytest.mark.parametrize(
    "state", [_signed_out, _await_order, _await_vendor, _filling, _quantity_asked, _stopped], ids=lambda each: each.__name__
)
def test_bad_input_is_answered_and_kept_in_every_state(floor: Floor, state: Callable[[Floor], None]) -> None:
    state(floor)
    kept = floor.scans_kept()
    for number, (name, data, _) in enumerate(BAD, 1):
        outcome = floor.scan(data)
        assert outcome.said.verdict in (Verdict.REJECTED, Verdict.ASK, Verdict.CHECK, Verdict.STOP), name
        assert words_of(outcome.said, ENGLISH).next, name
        assert floor.scans_kept() == kept + number
        floor.desk.view()
    floor.check()
    floor.restart()


@pytest.mark.parametrize("noise", ["TOO_LONG", "UNFINISHED", "UNFRAMED", "NO_READ"])
def test_what_a_driver_calls_noise_is_refused_by_its_name_and_never_counted(floor: Floor, noise: str) -> None:
    floor.sign_in_and_open()
    outcome = floor.scan(bag("LOT-1"), noise=noise)
    assert (outcome.said.verdict, outcome.said.reason, outcome.said.about["noise"]) == (Verdict.REJECTED, Reason.BARCODE_UNREADABLE, noise)
    assert "I cannot read a lot" not in words_of(outcome.said, ENGLISH).why
    assert floor.events("receipt") == []


def test_noise_that_waits_behind_a_question_stays_noise(floor: Floor) -> None:
    _quantity_asked(floor)
    floor.scan(bag("CUT-OF"), noise="UNFINISHED")  # the rest of the lot number was lost
    floor.restart()
    given = floor.wired.station.give_quantity("10", None)
    assert [freed.said.reason for freed in given.then] == [None, Reason.BARCODE_UNREADABLE]
    assert [event["data"]["lot"] for event in floor.events("receipt")] == ["LOT-1", "WAITS"]


@pytest.mark.parametrize("text", ["", " ", "\ud800", "x" * 100_000, "A\x00B", "Größe", "{text}"])
def test_whatever_is_typed_or_chosen_is_answered(floor: Floor, text: str) -> None:
    station = floor.wired.station
    for state in (_await_order, _opened, _quantity_asked):
        state(floor)
        for take in (station.type, station.choose, station.press, lambda given: station.give_quantity(given, given)):
            outcome: Outcome = take(text)
            assert words_of(outcome.said, ENGLISH) is not None
        floor.press("finish", "finish")
    floor.restart()


def test_a_scanner_in_another_layout_is_put_right(floor: Floor) -> None:
    floor.calibrations[SCANNER] = Calibration(characters={"z": "y", "Z": "Y", "y": "z", "Y": "Z", "=": ")"}, unclear="?", aim="+")
    floor.restart()
    floor.sign_in_and_open()
    outcome = floor.scan("+d201195201230000181728113010LOT-YZ")
    assert (outcome.said.verdict, outcome.said.about["lot"]) == (Verdict.ACCEPTED, "LOT-ZY")
    (receipt,) = floor.events("receipt")
    assert base64.b64decode(receipt["scans"][0]["bytes"]) == b"+d201195201230000181728113010LOT-YZ"
    assert receipt["scans"][0]["aim"] == "]d2"
    unclear = floor.scan("+d201195201230000181728113010LOT?")
    assert (unclear.said.verdict, unclear.said.reason) == (Verdict.REJECTED, Reason.BARCODE_UNREADABLE)
    assert "layout" in words_of(unclear.said, ENGLISH).why
    # Another scanner beside it types as it should.
    assert floor.scan(bag("LOT-YZ"), device="other").said.about["lot"] == "LOT-YZ"


def test_cards_do_what_touches_do(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    assert "undone" in floor.scan(command_card("UNDO")).said.about
    floor.scan(f"{LACTOSE}10LAC-1")
    assert floor.scan(command_card("QTY", "50")).said.verdict is Verdict.ACCEPTED
    floor.scan(RECALLED)
    assert floor.wired.station.seat.latched is not None
    floor.scan(command_card("OK"))
    assert floor.wired.station.seat.latched is None
    floor.scan(command_card("FINISH"))
    assert floor.wired.station.seat.work != AwaitOrder(), "closing shows first what is closed"
    floor.scan(command_card("OK"))
    assert floor.wired.station.seat.work == AwaitOrder()
    floor.scan(command_card("SIGNOUT"))
    assert floor.wired.station.seat.operator is None


def test_a_sign_out_card_leaves_the_seat_taken_where_nobody_could_sign_in_again(tmp_path: Path) -> None:
    floor = Floor(new_database(tmp_path, operators=[]))
    floor.scan(command_card("SIGNOUT"))
    assert floor.wired.station.seat.operator == ANYONE
    assert floor.scan(ORDER).said.verdict is Verdict.ASK
    floor.check()
    floor.close()


def test_our_label_of_an_undone_receipt_is_not_called_counted(floor: Floor) -> None:
    floor.sign_in_and_open()
    receipt = floor.scan(bag("LOT-1")).recorded[-1]
    serial = receipt["data"]["containers"][0]["serial"]
    assert floor.scan(str(serial)).said.verdict is Verdict.DUPLICATE
    floor.press("undo")
    assert floor.scan(str(serial)).said.verdict is not Verdict.DUPLICATE


def test_the_order_closed_and_the_other_one(floor: Floor) -> None:
    _await_order(floor)
    assert floor.scan("4500012347").said.reason is Reason.ORDER_CLOSED
    floor.scan(ORDER)
    assert floor.scan(OTHER_ORDER).said.ask is Ask.SCAN_LABEL
    assert [event["data"]["document"] for event in floor.events("document_opened")] == [ORDER, OTHER_ORDER]


def test_one_database_is_one_station_at_a_time(floor: Floor) -> None:
    with pytest.raises(StorageFailed, match="another Lotline station is running"):
        Floor(floor.folder)
