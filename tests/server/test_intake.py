"""Facts are taken once each, with what a person should settle; nothing is dropped."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from server.postings import hold
from sync.protocol import Answer, AnswerKind, withheld
from tests.simulators.journals import StationJournal, receipt
from traceability.chain import sealed
from traceability.lots import Disposition, LotKey

ACKNOWLEDGED, EXCEPTION, PARKED = AnswerKind.ACKNOWLEDGED, AnswerKind.EXCEPTION, AnswerKind.PARKED


def codes(answer: Answer) -> list[str]:
    return [each.code for each in answer.exceptions]


@pytest.fixture
def journal() -> StationJournal:
    return StationJournal()


def test_a_receipt_is_taken_and_counted_once(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt(containers=[{"serial": "C1", "quantity": "25", "unit": "kg"}]))
    first, second = counter.send(journal), counter.send(journal)
    assert [each.answer for each in first.answers] == [ACKNOWLEDGED]
    assert first == second
    assert counter.rows("SELECT place, quantity FROM stock") == [("DOCK", "25")]
    assert counter.rows("SELECT serial, voided FROM containers") == [("C1", False)]
    assert counter.rows("SELECT count(*) FROM receipts") == [(1,)]


def test_the_same_event_twice_in_one_batch_counts_once(counter: Any, journal: StationJournal) -> None:
    event = journal.add("receipt", receipt())
    answers = counter.send(journal, event, event).answers
    assert answers[0] == answers[1]
    assert counter.rows("SELECT quantity FROM stock") == [("25",)]


def test_kinds_without_a_posting_are_kept(counter: Any, journal: StationJournal) -> None:
    journal.add("sign_in", {})
    journal.add("refusal", {"workflow": "receive", "reason": "ITEM_UNKNOWN", "about": {"scan": "x" * 3000}})
    assert [each.answer for each in counter.send(journal).answers] == [ACKNOWLEDGED, ACKNOWLEDGED]
    assert counter.rows("SELECT kind FROM envelopes ORDER BY sequence") == [("sign_in",), ("refusal",)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"item": "SALT"}, ["ITEM_UNKNOWN", "ITEM_NOT_ON_ORDER"]),
        ({"vendor": "V9"}, ["VENDOR_UNKNOWN"]),
        ({"order": "PO-9"}, ["ORDER_UNKNOWN"]),
        ({"line": "7"}, ["LINE_UNKNOWN"]),
        ({"order": None, "line": None}, []),
        ({"quantity": "5", "unit": "bag", "base_quantity": "110", "conversion": "25"}, []),
        ({"quantity": "5", "unit": "bag", "base_quantity": "110.01", "conversion": "25"}, ["OVER_RECEIPT"]),
    ],
)
def test_a_fact_is_taken_with_what_is_wrong_about_it(
    counter: Any, journal: StationJournal, changes: dict[str, Any], expected: list[str]
) -> None:
    journal.add("receipt", receipt(**changes))
    answer = counter.send(journal).answers[0]
    assert codes(answer) == expected
    assert answer.answer is (EXCEPTION if expected else ACKNOWLEDGED)
    assert counter.send(journal).answers[0] == answer
    assert counter.rows("SELECT count(*) FROM receipts") == [(1,)]


def test_over_receipt_counts_earlier_receipts_and_forgets_undone_ones(counter: Any, journal: StationJournal) -> None:
    first = journal.add("receipt", receipt(base_quantity="100", quantity="100"))
    over = journal.add("receipt", receipt(base_quantity="11", quantity="11"))
    journal.add("correction", {"corrects": first["id"], "corrected_kind": "receipt", "why": "undo"})
    journal.add("correction", {"corrects": over["id"], "corrected_kind": "receipt", "why": "undo"})
    journal.add("receipt", receipt(base_quantity="100", quantity="100"))
    assert [codes(each) for each in counter.send(journal).answers] == [[], ["OVER_RECEIPT"], [], [], []]
    assert counter.rows("SELECT received FROM order_lines") == [("100",)]


def test_a_held_lot_takes_more_with_an_exception_and_stays_held(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    journal.add("hold", {"item": "FLOUR", "lot": "L1", "assigned_by": "V1", "why": "smell"})
    journal.add("receipt", receipt())
    journal.add("receipt", receipt(disposition="hold"))
    assert [codes(each) for each in counter.send(journal).answers] == [[], [], ["LOT_ON_HOLD"], []]
    assert counter.rows("SELECT disposition FROM lots") == [("hold",)]


def test_a_missing_expiry_overwrites_none_and_a_differing_one_asks(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt(expires_on=None))
    journal.add("receipt", receipt(expires_on="2027-01-31"))
    journal.add("receipt", receipt(expires_on=None))
    journal.add("receipt", receipt(expires_on="2027-02-28"))
    assert [codes(each) for each in counter.send(journal).answers] == [[], [], [], ["LOT_EXPIRY_DIFFERS"]]
    assert counter.rows("SELECT expires_on FROM lots") == [("2027-01-31",)]


def test_a_lot_is_counted_in_one_unit(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    grams = journal.add("receipt", receipt(base_quantity="500", base_unit="g", order=None, line=None))
    journal.add("receipt", receipt(base_quantity="3", base_unit="l", order=None, line=None))
    assert [codes(each) for each in counter.send(journal).answers] == [[], [], ["UNIT_UNKNOWN"]]
    assert counter.rows("SELECT quantity FROM stock") == [("25.5",)]
    for event in (grams, journal.envelopes[2]):
        journal.add("correction", {"corrects": event["id"], "corrected_kind": "receipt", "why": "undo"})
    counter.send(journal)
    assert counter.rows("SELECT quantity FROM stock") == [("25",)]


def test_two_vendors_may_use_one_lot_code(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    journal.add("receipt", receipt(assigned_by="V2", vendor="V2", order=None, line=None))
    counter.send(journal)
    assert counter.rows("SELECT assigned_by FROM lots ORDER BY assigned_by") == [("V1",), ("V2",)]


def test_a_container_that_came_before_is_told(counter: Any, journal: StationJournal) -> None:
    box = [{"serial": "C1", "quantity": "25", "unit": "kg"}]
    first = journal.add("receipt", receipt(containers=box))
    journal.add("receipt", receipt(lot="L2", containers=box))
    journal.add("correction", {"corrects": first["id"], "corrected_kind": "receipt", "why": "undo"})
    journal.add("receipt", receipt(lot="L3", containers=box))
    assert [codes(each) for each in counter.send(journal).answers] == [[], ["CONTAINER_TWICE"], [], []]
    assert counter.rows("SELECT l.code FROM containers c JOIN lots l ON l.id = c.lot_id") == [("L3",)]


def test_a_correction_reverses_once(counter: Any, journal: StationJournal) -> None:
    event = journal.add("receipt", receipt(containers=[{"serial": "C1", "quantity": "25", "unit": "kg"}]))
    for _ in range(2):
        journal.add("correction", {"corrects": event["id"], "corrected_kind": "receipt", "why": "undo"})
    assert [codes(each) for each in counter.send(journal).answers] == [[], [], ["CORRECTED_TWICE"]]
    assert counter.rows("SELECT quantity FROM stock") == [("0",)]
    assert counter.rows("SELECT voided FROM receipts") == [(True,)]


def test_a_correction_may_come_before_its_event(counter: Any, journal: StationJournal) -> None:
    other = StationJournal("S2", seed=2)
    event = other.add("receipt", receipt())
    journal.add("correction", {"corrects": event["id"], "corrected_kind": "receipt", "why": "undo"})
    assert codes(counter.send(journal).answers[0]) == ["EVENT_UNKNOWN"]
    counter.send(other)
    assert counter.rows("SELECT quantity FROM stock") == [("0",)]


def test_a_linked_barcode_is_published_and_a_second_meaning_asks(counter: Any, journal: StationJournal) -> None:
    link = {"code": "0401", "item": "FLOUR", "unit": "bag", "vendor": None}
    made = journal.add("barcode_linked", link)
    journal.add("barcode_linked", {**link, "unit": "pallet"})
    assert [codes(each) for each in counter.send(journal).answers] == [[], ["BARCODE_TAKEN"]]
    assert len(counter.rows("SELECT key FROM records WHERE kind = 'barcode_link' AND body IS NOT NULL")) == 1
    journal.add("correction", {"corrects": made["id"], "corrected_kind": "barcode_linked", "why": "undo"})
    counter.send(journal)
    assert counter.rows("SELECT key FROM records WHERE kind = 'barcode_link' AND body IS NOT NULL") == []


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"version": 2}, "version 2"),
    ({"station": "S2"}, "station 'S2'"),
    ({"occurred_at": "yesterday"}, "yesterday"),
    ({"occurred_at": "2026-11-21T10:00:00"}, "time"),
    ({"kind": "teleport"}, "teleport"),
    ({"data": []}, "data"),
    ({"data": receipt(quantity="many")}, "quantity"),
    ({"data": receipt(base_quantity="1E+999999999")}, "base_quantity"),
    ({"data": receipt(base_quantity="1000000000000")}, "amount"),
    ({"data": receipt(base_quantity="-1")}, "amount"),
    ({"data": receipt(base_quantity="0.0000000001")}, "amount"),
    ({"data": receipt(lot=" ")}, "lot code"),
    ({"data": receipt(lot="L\x001")}, "NUL"),
    ({"data": receipt(base_unit="")}, "base_unit is empty"),
    ({"data": receipt(item=" ")}, "item is empty"),
    ({"data": receipt(containers=[{"serial": "", "quantity": "1", "unit": "kg"}])}, "container  is empty"),
    ({"data": receipt(place="P" * 129)}, "129"),
    ({"data": receipt(colour="red")}, "colour"),
    ({"data": receipt(containers=7)}, "containers"),
    ({"data": receipt(item=["FLOUR"])}, "item"),
]


@pytest.mark.parametrize(("changes", "words"), MALFORMED, ids=[words for _, words in MALFORMED])
def test_what_can_not_be_taken_is_parked_and_holds_up_nothing(
    counter: Any, journal: StationJournal, changes: dict[str, Any], words: str
) -> None:
    journal.add("receipt", receipt(), **changes)
    journal.add("receipt", receipt(lot="L2"))
    first, second = counter.send(journal).answers
    assert (first.answer, second.answer) == (PARKED, ACKNOWLEDGED)
    assert words in (first.words or "")
    assert counter.rows("SELECT count(*) FROM receipts") == [(1,)]
    assert counter.rows("SELECT high_water FROM journals") == [(2,)]


def test_a_changed_event_is_parked_as_forged_and_taken_when_it_comes_right(counter: Any, journal: StationJournal) -> None:
    event = journal.add("receipt", receipt())
    forged = {**event, "data": receipt(base_quantity="2500")}
    assert "hash" in (counter.send(journal, forged).answers[0].words or "")
    assert counter.rows("SELECT count(*) FROM stock") == [(0,)]
    assert counter.send(journal, event).answers[0].answer is ACKNOWLEDGED
    assert counter.send(journal, event).answers[0].answer is ACKNOWLEDGED
    assert counter.rows("SELECT quantity FROM stock") == [("25",)]


def test_a_withheld_event_keeps_the_chain_whole(counter: Any, journal: StationJournal) -> None:
    event = journal.add("receipt", receipt())
    after = journal.add("receipt", receipt())
    answers = counter.send(journal, withheld(event), after).answers
    assert [each.answer for each in answers] == [PARKED, ACKNOWLEDGED]
    assert counter.send(journal, event).answers[0].answer is ACKNOWLEDGED


def test_a_float_is_parked(counter: Any, journal: StationJournal) -> None:
    event = {**journal.add("receipt", receipt()), "monotonic_us": 1.5}
    assert counter.send(journal, event).answers[0].answer is PARKED


def test_a_gap_is_answered_with_where_to_go_on(counter: Any, journal: StationJournal) -> None:
    for _ in range(4):
        journal.add("sign_in", {})
    reply = counter.send(journal, journal.envelopes[0], *journal.envelopes[2:])
    assert len(reply.answers) == 1
    assert reply.high_water == 1
    assert "event 2 is missing" in (reply.words or "")
    assert counter.send(journal, *journal.envelopes[1:]).high_water == 4


def test_a_fork_is_kept_and_marked(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt())
    lost = journal.add("receipt", receipt(lot="L2"))
    counter.send(journal)
    journal.envelopes.remove(lost)  # the station's database was put back from a copy
    for lot in ("L3", "L4", "L5"):
        journal.add("receipt", receipt(lot=lot, order=None, line=None))
    answers = counter.send(journal).answers
    assert [codes(each) for each in answers] == [[], ["JOURNAL_FORK"], ["JOURNAL_FORK"], ["JOURNAL_FORK"]]
    assert counter.send(journal).answers == answers
    assert counter.rows("SELECT count(*) FROM receipts") == [(5,)]
    assert counter.rows("SELECT high_water FROM journals") == [(4,)]


def test_an_event_that_follows_none_is_marked(counter: Any, journal: StationJournal) -> None:
    journal.add("sign_in", {})
    journal.add("sign_in", {}, previous="ab" * 32)
    assert [codes(each) for each in counter.send(journal).answers] == [[], ["JOURNAL_FORK"]]


@pytest.mark.expects_log("lotline.server")
def test_a_fault_of_the_server_parks_one_event_and_holds_up_none(
    counter: Any, journal: StationJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(event: Any, taken: Any, books: Any) -> tuple[()]:
        books.move(books.open_lot(LotKey("X", "X", "X"), "kg", None, Disposition.HOLD), "X", Decimal(1))
        raise ZeroDivisionError(event)

    for lot in ("L1", "L2", "L3"):
        journal.add("receipt", receipt(lot=lot))
    journal.add("hold", {"item": "FLOUR", "lot": "L2", "assigned_by": "V1", "why": "smell"})
    journal.add("receipt", receipt(lot="L4", order=None, line=None))
    with monkeypatch.context() as patch:
        patch.setattr(hold, "post", broken)
        answers = counter.send(journal).answers
    assert [each.answer for each in answers] == [ACKNOWLEDGED] * 3 + [PARKED]
    assert "fault of the server" in (answers[3].words or "")
    assert counter.rows("SELECT disposition FROM lots") == [("available",)] * 3
    assert [each.answer for each in counter.send(journal).answers] == [ACKNOWLEDGED] * 5
    assert counter.rows("SELECT disposition FROM lots WHERE code = 'L2'") == [("hold",)]


STRAYS: list[dict[str, Any]] = [
    {},
    {"id": 5},
    {"id": "\x00" * 36},
    {"sequence": 0},
    {"sequence": True},
    {"sequence": 2**60},
    {"previous": "x"},
    {"hash": None},
    {"kind": ""},
    {"journal": "00000000-0000-7000-8000-000000000000"},
]


@pytest.mark.parametrize("changes", STRAYS, ids=str)
def test_what_has_no_place_in_the_chain_is_kept_aside(counter: Any, journal: StationJournal, changes: dict[str, Any]) -> None:
    event = journal.add("receipt", receipt())
    stray = {**event, **changes} if changes else {}
    for _ in range(2):
        assert counter.send(journal, stray).answers[0].answer is PARKED
    assert counter.rows("SELECT count(*) FROM strays") == [(1,)]
    assert counter.send(journal, event).answers[0].answer is ACKNOWLEDGED


def test_another_event_under_a_used_id_is_kept_aside(counter: Any, journal: StationJournal) -> None:
    event = journal.add("receipt", receipt())
    counter.send(journal)
    other = sealed({**event, "data": receipt(base_quantity="99")})
    answer = counter.send(journal, other).answers[0]
    assert answer.answer is PARKED
    assert "already" in (answer.words or "")
    assert counter.rows("SELECT quantity FROM stock") == [("25",)]


def test_a_copied_hash_under_a_new_id_is_kept_aside(counter: Any, journal: StationJournal) -> None:
    event = journal.add("receipt", receipt())
    counter.send(journal)
    thief = {**event, "id": journal.draft("sign_in", {})["id"]}
    assert counter.send(journal, thief).answers[0].answer is PARKED
    assert counter.rows("SELECT count(*) FROM strays") == [(1,)]
