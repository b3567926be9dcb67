"""May this lot go into this order, and how much of it: by our labels, vendors' labels, and lot codes alone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.traceability.workflows.dock import BOTTLE, LATER, STARCH, SUGAR, TODAY, told
from tests.traceability.workflows.line import BLOCKED, CLOSED_ORDER, ORDER, OTHER_ORDER, WARNED, Line
from traceability.events import EventCorrected, LotConsumed, LotReturned, ScansAbandoned
from traceability.items import Item
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict
from traceability.workflows.consuming import AwaitWorkOrder, Consuming
from traceability.workflows.inputs import WorkOrderScanned
from traceability.workflows.step import Ask

USED = (Verdict.ACCEPTED, None, Ask.SCAN_LABEL)


@pytest.fixture
def line() -> Line:
    return Line().knows("A1").labelled("S1", "A1").knows("B1", BOTTLE).at_work()


def test_our_label_uses_the_container_whole(line: Line) -> None:
    assert told(line.container("S1")) == USED
    used = line.recorded(LotConsumed)[0]
    assert (used.item, used.lot, used.assigned_by, used.order, used.container) == ("STARCH", "A1", "NWS", "WO1", "S1")
    assert (used.base_quantity, used.place) == (25, "Rack 1")
    assert (line.used(), line.on_hand("A1"), line.containers["S1"].quantity) == (25, 975, 0)
    assert line.records[-1][1].documents == (("work_order", "WO1"),)


def test_a_container_that_is_used_up_counts_no_more(line: Line) -> None:
    line.container("S1")
    again = line.container("S1")
    assert told(again) == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED, Ask.SCAN_LABEL)
    assert line.used() == 25


def test_a_vendors_bag_uses_what_its_label_says(line: Line) -> None:
    assert told(line.label(pack="bag", lot="A1")) == USED
    assert told(line.label(lot="A1", quantity=Decimal("12.5"), unit="kg")) == USED
    assert [(each.quantity, each.unit, each.base_quantity) for each in line.recorded(LotConsumed)] == [
        (1, "bag", 25),
        (Decimal("12.5"), "kg", Decimal("12.5")),
    ]


def test_a_bag_like_the_one_before_is_the_next_bag_and_a_double_read_is_not(line: Line) -> None:
    line.label(pack="bag", lot="A1")
    line.label(pack="bag", lot="A1")
    line.tick = timedelta(seconds=0.5)
    assert told(line.label(pack="bag", lot="A1"))[:2] == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED)
    assert line.used() == 50


def test_item_and_lot_in_two_barcodes_are_one_label(line: Line) -> None:
    assert told(line.label(pack="bag")) == (Verdict.ASK, None, Ask.SCAN_LOT)
    assert told(line.lot_code("A1")) == USED
    assert line.records[-1][1].scans == ("scan-3", "scan-4")


def test_a_label_that_stays_half_read_is_named_and_not_counted(line: Line) -> None:
    line.label(pack="bag")
    assert told(line.label(BOTTLE, lot="B1", count=1, pack="box"))[1] is Reason.OVER_PLAN
    assert [each.why for each in line.recorded(ScansAbandoned)] == ["replaced"]
    assert line.recorded(LotConsumed) == []


def test_a_lot_code_alone_is_looked_up_and_its_quantity_asked(line: Line) -> None:
    assert told(line.lot_code("A1")) == (Verdict.CHECK, Reason.QUANTITY_MISSING, Ask.QUANTITY)
    assert told(line.quantity("7")) == USED
    assert line.used() == 7


def test_a_typed_lot_is_taken_like_a_scanned_one(line: Line) -> None:
    line.types("A1")
    line.quantity("2", "bag")
    assert (line.used(), line.records[-1][1].how) == (50, "typed")


@pytest.mark.parametrize(
    ("stands", "verdict", "reason"),
    [
        (Disposition.RECALLED, Verdict.STOP, Reason.LOT_RECALLED),
        (Disposition.HOLD, Verdict.REJECTED, Reason.LOT_ON_HOLD),
        (Disposition.REJECTED, Verdict.REJECTED, Reason.LOT_REJECTED),
        (Disposition.QUARANTINE, Verdict.REJECTED, Reason.LOT_IN_QUARANTINE),
    ],
)
def test_a_lot_that_may_not_be_used_is_not(stands: Disposition, verdict: Verdict, reason: Reason) -> None:
    line = Line().knows("X1", disposition=stands, expires_on=TODAY - timedelta(1)).labelled("S1", "X1").at_work()
    assert told(line.container("S1"))[:2] == (verdict, reason)  # it is expired too: the worse is said
    assert line.recorded(LotConsumed) == []
    assert line.refused() == [reason]


def test_a_stop_latches_the_seat_until_it_is_acknowledged() -> None:
    line = Line().knows("X1", disposition=Disposition.RECALLED).knows("A1").labelled("S1", "A1").at_work()
    line.label(pack="bag", lot="X1")
    assert told(line.container("S1"))[:2] == (Verdict.STOP, Reason.ACKNOWLEDGE_FIRST)
    line.press("acknowledge")
    assert told(line.container("S1")) == USED


@pytest.mark.parametrize(("days", "outcome"), [(0, None), (-1, Reason.LOT_EXPIRED)])
def test_the_expiry_date_is_the_last_good_day(days: int, outcome: Reason | None) -> None:
    line = Line().knows("A1", expires_on=TODAY + timedelta(days)).labelled("S1", "A1").at_work()
    assert told(line.container("S1"))[1] is outcome


def test_a_label_that_says_that_an_unknown_lot_expired_is_believed(line: Line) -> None:
    assert told(line.label(pack="bag", lot="NEW", expires_on=TODAY - timedelta(1)))[1] is Reason.LOT_EXPIRED


def test_the_item_is_checked_before_the_lot(line: Line) -> None:
    line.knows("R1", SUGAR, disposition=Disposition.RECALLED)
    assert told(line.label(SUGAR, lot="R1", count=1))[:2] == (Verdict.REJECTED, Reason.ITEM_NOT_ON_ORDER)


@pytest.mark.parametrize("scan", ["label", "code", "typed"])
def test_a_lot_of_another_item_is_refused(line: Line, scan: str) -> None:
    line.knows("SU1", SUGAR)
    step = {"label": lambda: line.label(pack="bag", lot="SU1"), "code": lambda: line.lot_code("SU1"), "typed": lambda: line.types("SU1")}[
        scan
    ]()
    assert told(step)[:2] == (Verdict.REJECTED, Reason.LOT_WRONG_ITEM)


def test_an_unknown_lot_of_a_wanted_item_is_asked_about_once() -> None:
    line = Line().at_work()
    assert told(line.label(pack="bag", lot="NEW", by="NWS")) == (Verdict.CHECK, Reason.LOT_UNKNOWN, Ask.DECIDE)
    assert told(line.press("confirm")) == USED
    assert told(line.label(pack="bag", lot="NEW", by="NWS")) == USED
    assert {(each.assigned_by, each.accepted_reasons) for each in line.recorded(LotConsumed)} == {("NWS", (Reason.LOT_UNKNOWN,))}


def test_a_code_that_nothing_is_known_of_is_refused_whether_scanned_or_typed() -> None:
    line = Line().at_work()
    for step in (line.lot_code("WHAT"), line.types("WHAT")):
        assert told(step) == (Verdict.REJECTED, Reason.LOT_UNKNOWN, Ask.SCAN_LABEL)


def test_of_two_vendors_lots_with_one_code_a_person_chooses(line: Line) -> None:
    line.knows("A1", by="OTHER")
    asked = line.label(pack="bag", lot="A1")
    assert told(asked) == (Verdict.ASK, Reason.AMBIGUOUS, Ask.CHOOSE_LOT)
    assert told(line.choose("OTHER")) == USED
    assert line.recorded(LotConsumed)[0].assigned_by == "OTHER"
    assert told(line.container("S1")) == USED  # our label says whose it is


def test_a_code_of_two_components_lots_is_asked_by_item(line: Line) -> None:
    line.knows("A1", BOTTLE)
    assert told(line.lot_code("A1")) == (Verdict.ASK, Reason.AMBIGUOUS, Ask.CHOOSE_ITEM)
    line.choose("BOTTLE")
    assert told(line.quantity("3")) == USED
    assert line.used(BOTTLE) == 3


@pytest.mark.parametrize(("item", "expected"), [(STARCH, None), (WARNED, Verdict.CHECK), (BLOCKED, Verdict.CHECK)])
def test_oldest_first_is_off_warned_about_or_kept(item: Item, expected: Verdict | None) -> None:
    line = Line().knows("OLD", item, expires_on=TODAY).knows("NEW", item, expires_on=LATER).labelled("S1", "NEW", item).at_work()
    step = line.container("S1")
    assert told(step)[:2] == ((expected, Reason.OLDER_LOT_FIRST) if expected else (Verdict.ACCEPTED, None))
    if expected:
        assert (step.said.about["like"], step.said.about["place"]) == ("OLD", "Rack 7")


def test_the_warning_that_an_older_lot_comes_first_is_given_once_a_lot() -> None:
    line = Line().knows("OLD", WARNED, expires_on=TODAY).knows("NEW", WARNED, expires_on=LATER).at_work()
    line.label(WARNED, pack="bag", lot="NEW")
    assert told(line.press("confirm")) == USED
    assert told(line.label(WARNED, pack="bag", lot="NEW")) == USED
    assert all(each.accepted_reasons == (Reason.OLDER_LOT_FIRST,) for each in line.recorded(LotConsumed))


def test_more_than_is_there_is_asked_about() -> None:
    line = Line().knows("A1", on_hand="20").labelled("S1", "A1").at_work()
    step = line.container("S1")
    assert told(step) == (Verdict.CHECK, Reason.LOT_SHORT, Ask.DECIDE)
    assert step.said.about["there"] == "20"
    line.choose("quantity")
    assert told(line.quantity("20")) == USED
    assert told(line.label(lot="A1", quantity=Decimal(1), unit="kg"))[1] is Reason.LOT_SHORT
    assert told(line.press("confirm")) == USED
    assert line.recorded(LotConsumed)[-1].accepted_reasons == (Reason.LOT_SHORT,)


def test_more_than_planned_is_asked_and_may_be_cut_to_the_plan(line: Line) -> None:
    line.label(lot="A1", quantity=Decimal(90), unit="kg")
    step = line.container("S1")
    assert told(step) == (Verdict.CHECK, Reason.OVER_PLAN, Ask.DECIDE)
    assert (step.said.about["over"], [choice.id for choice in step.said.choices]) == ("15", ["confirm", "to_go", "quantity", "cancel"])
    assert told(line.choose("to_go")) == USED
    assert (line.used(), line.containers["S1"].quantity) == (100, 15)
    assert told(line.container("S1"))[1] is Reason.OVER_PLAN
    assert told(line.press("confirm")) == USED
    assert (line.used(), line.containers["S1"].quantity) == (115, 0)


@pytest.mark.parametrize(
    ("amount", "unit", "reason"),
    [("0", None, Reason.QUANTITY_INVALID), ("1", "l", Reason.UNIT_UNKNOWN), ("0.5", "ea", Reason.QUANTITY_INVALID)],
)
def test_an_amount_that_can_not_be_is_asked_again(line: Line, amount: str, unit: str | None, reason: Reason) -> None:
    line.lot_code("B1")
    assert told(line.quantity(amount, unit))[1:] == (reason, Ask.QUANTITY)
    assert told(line.quantity("2")) == USED


def test_the_last_quantity_can_be_counted_anew(line: Line) -> None:
    line.container("S1")
    assert told(line.press("change")) == (Verdict.ASK, None, Ask.QUANTITY)
    assert told(line.quantity("10")) == USED
    assert (line.used(), line.on_hand("A1"), line.containers["S1"].quantity) == (10, 990, 15)
    assert [each.why for each in line.recorded(EventCorrected)] == ["counted_anew"]


def test_counting_the_last_of_a_lot_anew_does_not_miss_what_it_had_itself_taken() -> None:
    line = Line().knows("A1", on_hand="25").labelled("S1", "A1").at_work()
    line.container("S1")
    line.press("change")
    assert told(line.quantity("24")) == USED
    assert line.on_hand("A1") == 1


def test_undo_takes_back_the_last_one_to_the_digit(line: Line) -> None:
    line.container("S1")
    step = line.press("undo")
    assert (step.said.verdict, step.said.about["undone"]) == (Verdict.ACCEPTED, "yes")
    assert (line.used(), line.on_hand("A1"), line.containers["S1"].quantity) == (0, 1000, 25)
    assert told(line.press("undo"))[1] is Reason.NOT_EXPECTED_HERE


def test_cancel_lets_go_of_what_is_asked(line: Line) -> None:
    line.lot_code("A1")
    line.press("cancel")
    assert line.work.question is None
    assert [each.why for each in line.recorded(ScansAbandoned)] == ["cancelled"]


def test_a_remnant_comes_back_with_a_label_of_its_own(line: Line) -> None:
    line.container("S1")
    assert told(line.press("return")) == (Verdict.ASK, None, Ask.QUANTITY)
    assert told(line.quantity("30"))[1] is Reason.QUANTITY_INVALID  # more than was used
    assert told(line.quantity("4.5")) == USED
    back = line.recorded(LotReturned)[0]
    assert (back.lot, back.order, back.base_quantity, [each.serial for each in back.containers]) == ("A1", "WO1", Decimal("4.5"), ["L1-1"])
    assert (line.used(), line.on_hand("A1")) == (Decimal("20.5"), Decimal("979.5"))
    assert [(each.template, each.data["lot"], each.data["quantity"]) for each in line.prints] == [("lot", "A1", "4.5")]
    line.press("undo")
    assert line.used() == 25


def test_of_several_lots_a_person_says_which_is_left_over(line: Line) -> None:
    line.container("S1")
    line.label(BOTTLE, lot="B1", quantity=Decimal(2), unit="ea")
    asked = line.press("return")
    assert (told(asked)[2], [choice.words for choice in asked.said.choices]) == (Ask.CHOOSE_LOT, ["B1", "A1"])
    line.choose(asked.said.choices[1].id)
    line.quantity("5")
    assert (line.used(), line.used(BOTTLE)) == (20, 2)
    assert told(line.press("return"))[2] is Ask.CHOOSE_LOT


def test_nothing_comes_back_where_nothing_was_used(line: Line) -> None:
    assert told(line.press("return"))[1] is Reason.NOT_EXPECTED_HERE


def test_scans_wait_while_something_is_asked_and_are_taken_afterwards(line: Line) -> None:
    line.lot_code("A1")
    waits = line.container("S1")
    assert (waits.said.verdict, waits.said.waiting) == (Verdict.ASK, 1)
    line.quantity("7")
    assert line.used() == 32
    assert line.recorded(LotConsumed)[-1].container == "S1"


def test_scans_that_come_all_at_once_after_a_silence_are_asked_about_and_left_out(line: Line) -> None:
    line.container("S1")
    line.tick = timedelta(seconds=120)
    line.label(pack="bag", lot="A1", serial="1")
    line.tick = timedelta(seconds=0.1)
    line.label(pack="bag", lot="A1", serial="2")
    assert told(line.label(pack="bag", lot="A1", serial="3"))[1] is Reason.FACTS_CONFLICT
    line.press("cancel")
    assert (line.used(), line.on_hand("A1")) == (25, 975)
    assert [each.why for each in line.recorded(EventCorrected)] == ["old_scans", "old_scans"]


def test_the_order_stays_open_until_another_is_scanned_or_it_is_left(line: Line) -> None:
    line.container("S1")
    line.give(WorkOrderScanned(OTHER_ORDER, line.ref("WO2")))
    assert line.work.order.number == "WO2"
    line.press("finish")
    assert isinstance(line.seat.work, AwaitWorkOrder)
    assert told(line.give(WorkOrderScanned(CLOSED_ORDER, line.ref("WO3")))) == (Verdict.REJECTED, Reason.ORDER_CLOSED, Ask.SCAN_WORK_ORDER)
    assert told(line.label(lot="A1"))[1:] == (Reason.ORDER_UNKNOWN, Ask.SCAN_WORK_ORDER)


def test_refusals_stay_in_the_list_until_they_are_set_aside(line: Line) -> None:
    line.label(SUGAR, lot="X")
    line.noise()
    assert [each.reason for each in line.work.refused] == [Reason.ITEM_NOT_ON_ORDER, Reason.BARCODE_INVALID]
    line.press("set_aside")
    assert [each.reason for each in line.work.refused] == [Reason.ITEM_NOT_ON_ORDER]


def test_the_work_order_that_is_scanned_again_stays_as_it_is(line: Line) -> None:
    line.container("S1")
    before = line.work
    line.give(WorkOrderScanned(ORDER, line.ref("WO1")))
    assert isinstance(line.seat.work, Consuming)
    assert line.work.order == before.order
