"""Receiving, rule by rule: what is scanned, what is answered, what is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.traceability.workflows.dock import BOTTLE, CHIEF, CLOSED_ORDER, LATER, ORDER, OTHER_ORDER, STARCH, SUGAR, TODAY, Dock
from traceability.barcodes.reading import Facts
from traceability.events import BarcodeLinked, DocumentFinished, EventCorrected, LotHeld, ScanRefused, ScansAbandoned
from traceability.items import Item, ItemCode, LabelPolicy
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import Chosen, LabelScanned, OrderScanned, QuantityGiven
from traceability.workflows.receiving import MOST_REFUSED, MOST_WAITING, AwaitOrder
from traceability.workflows.seat import SeatStep
from traceability.workflows.step import Ask

YESTERDAY = TODAY - timedelta(days=1)
SOON = TODAY + timedelta(days=30)


def told(step: SeatStep) -> tuple[Verdict | None, Reason | None, Ask | None]:
    return step.said.verdict, step.said.reason, step.said.ask


ACCEPTED = (Verdict.ACCEPTED, None, Ask.SCAN_LABEL)


# The order first.


def test_an_order_opens_the_delivery() -> None:
    dock = Dock().signed_in()
    step = dock.give(OrderScanned(ORDER, dock.ref("PO1")))
    assert told(step) == (Verdict.ASK, None, Ask.SCAN_LABEL)
    assert dock.work.order == ORDER


@pytest.mark.parametrize(("text", "reason"), [("whatever", Reason.ORDER_UNKNOWN)])
def test_anything_else_is_an_unknown_order(text: str, reason: Reason) -> None:
    dock = Dock().signed_in()
    for step in (dock.plain(text), dock.types(text), dock.noise(), dock.choose(text)):
        assert told(step) == (Verdict.REJECTED, reason, Ask.SCAN_ORDER)


def test_a_wrong_command_card_is_said_to_be_one() -> None:
    assert Dock().signed_in().noise(Reason.COMMAND_UNKNOWN).said.reason is Reason.COMMAND_UNKNOWN


def test_a_closed_order_stays_closed() -> None:
    dock = Dock().signed_in()
    step = dock.give(OrderScanned(CLOSED_ORDER, dock.ref("PO3")))
    assert told(step) == (Verdict.REJECTED, Reason.ORDER_CLOSED, Ask.SCAN_ORDER)


def test_a_blind_receipt_asks_whose_goods_they_are() -> None:
    dock = Dock().signed_in()
    assert told(dock.press("blind")) == (Verdict.ASK, None, Ask.CHOOSE_VENDOR)
    assert told(dock.types("nobody")) == (Verdict.REJECTED, Reason.NOT_EXPECTED_HERE, Ask.CHOOSE_VENDOR)
    assert dock.plain("A1").said.reason is Reason.NOT_EXPECTED_HERE
    dock.choose("NWS")
    assert told(dock.whole(item=SUGAR)) == ACCEPTED
    assert dock.standing()[0].order is None
    assert dock.standing()[0].vendor == "NWS"


def test_a_blind_receipt_can_be_left() -> None:
    dock = Dock().signed_in()
    dock.press("blind")
    dock.press("cancel")
    assert isinstance(dock.seat.work, AwaitOrder)
    dock.press("blind")
    dock.give(OrderScanned(ORDER, dock.ref("PO1")))
    assert dock.work.order == ORDER


def test_another_order_finishes_the_first_one() -> None:
    dock = Dock().receiving()
    dock.label(STARCH)
    dock.give(OrderScanned(OTHER_ORDER, dock.ref("PO2")))
    assert dock.work.order == OTHER_ORDER
    assert [each.document for each in dock.recorded(DocumentFinished)] == ["PO1"]
    assert [each.why for each in dock.recorded(ScansAbandoned)] == ["finished"]


def test_the_same_order_again_changes_nothing() -> None:
    dock = Dock().receiving()
    dock.whole()
    step = dock.give(OrderScanned(ORDER, dock.ref("PO1")))
    assert told(step) == (Verdict.ASK, None, Ask.SCAN_LABEL)
    assert dock.work.order.lines[0].received == 25


def test_a_closed_order_does_not_end_the_open_delivery() -> None:
    dock = Dock().receiving()
    dock.give(OrderScanned(CLOSED_ORDER, dock.ref("PO3")))
    assert dock.work.order == ORDER


# One label, in one barcode or several.


def test_one_barcode_that_says_everything_is_taken_in_at_once() -> None:
    dock = Dock().receiving()
    step = dock.whole("A1", "25.00")
    assert told(step) == ACCEPTED
    receipt = dock.standing()[0]
    assert (receipt.lot, receipt.assigned_by, receipt.base_quantity, receipt.line) == ("A1", "NWS", Decimal(25), "1")
    assert dock.records[-1][1].read["lot"] == "A1"
    assert [each.template for each in step.prints] == ["lot"]


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (1, 3, 2, 0), (2, 0, 3, 1), (0, 3, 1, 2)])
def test_parts_of_a_label_come_in_any_order(order: tuple[int, ...]) -> None:
    dock = Dock().receiving()
    parts = [
        lambda: dock.label(STARCH),
        lambda: dock.label(None, lot="A1"),
        lambda: dock.label(None, expires_on=LATER),
        lambda: dock.label(None, quantity=Decimal(25), unit="kg"),
    ]
    steps = [parts[place]() for place in order]
    assert steps[0].said.verdict is Verdict.ASK
    if dock.work.question:  # the quantity came last: it was asked for meanwhile
        assert dock.work.waiting
        dock.quantity("25")
    assert [receipt.lot for receipt in dock.standing()] == ["A1"]


def test_plain_text_is_a_lot_only_where_one_is_wanted() -> None:
    dock = Dock().receiving()
    assert dock.plain("A1").said.reason is Reason.ITEM_UNKNOWN
    dock.label(STARCH, pack="bag")
    assert told(dock.plain("10D9T")) == ACCEPTED
    assert dock.standing()[0].lot == "10D9T"


def test_a_known_lot_says_its_item() -> None:
    dock = Dock().receiving().knows("A1")
    assert told(dock.plain("A1", (STARCH,))) == (Verdict.CHECK, Reason.QUANTITY_MISSING, Ask.QUANTITY)


def test_a_known_lot_of_an_item_that_is_not_on_the_order_says_so() -> None:
    dock = Dock().receiving().knows("S1", SUGAR)
    assert dock.plain("S1", (SUGAR,)).said.reason is Reason.ITEM_NOT_ON_ORDER


def test_the_item_is_judged_before_the_lot() -> None:
    dock = Dock().receiving()
    step = dock.label(SUGAR, lot="A1", expires_on=YESTERDAY)
    assert told(step) == (Verdict.REJECTED, Reason.ITEM_NOT_ON_ORDER, Ask.SCAN_LABEL)


def test_an_unknown_code_is_refused_by_name() -> None:
    step = Dock().receiving().label(None, gtin="09520123000097", lot="A1")
    assert told(step) == (Verdict.REJECTED, Reason.ITEM_UNKNOWN, Ask.SCAN_LABEL)
    assert step.said.about["code"] == "09520123000097"


def test_a_code_with_two_meanings_is_asked_about() -> None:
    dock = Dock().signed_in()
    dock.press("blind")
    dock.choose("NWS")
    codes = (ItemCode(STARCH, "bag"), ItemCode(STARCH, None), ItemCode(SUGAR))
    step = dock.give(LabelScanned(dock.ref("123"), Facts(lot="A1"), codes))
    assert told(step) == (Verdict.ASK, Reason.AMBIGUOUS, Ask.CHOOSE_ITEM)
    assert [choice.id for choice in step.said.choices] == ["STARCH bag", "STARCH kg", "SUGAR"]
    assert dock.choose("nonsense").said.reason is Reason.AMBIGUOUS
    assert told(dock.choose("STARCH bag")) == ACCEPTED


def test_a_code_with_two_meanings_means_what_the_order_or_the_label_says() -> None:
    dock = Dock().receiving()
    codes = (ItemCode(SUGAR), ItemCode(STARCH, "bag"))
    assert told(dock.give(LabelScanned(dock.ref("1"), Facts(lot="A1"), codes))) == ACCEPTED
    dock.label(BOTTLE)
    step = dock.give(LabelScanned(dock.ref("2"), Facts(lot="B1"), (ItemCode(STARCH), ItemCode(BOTTLE, "box"))))
    assert told(step) == ACCEPTED
    assert dock.standing()[-1].item == "BOTTLE"


@pytest.mark.parametrize("reason", [Reason.BARCODE_INVALID, Reason.BARCODE_UNREADABLE, Reason.AMBIGUOUS])
def test_noise_is_refused_and_stays_in_the_list(reason: Reason) -> None:
    dock = Dock().receiving()
    dock.noise(reason)
    assert [each.reason for each in dock.work.refused] == [reason]
    dock.press("set_aside")
    assert not dock.work.refused


def test_a_stuck_scanner_does_not_fill_the_state() -> None:
    dock = Dock().receiving()
    for _ in range(MOST_REFUSED + 5):
        dock.noise()
    assert len(dock.work.refused) == MOST_REFUSED
    assert len(dock.refused()) == MOST_REFUSED + 5


# Expiry.


@pytest.mark.parametrize(
    ("policy", "verdict", "into"),
    [
        ("refuse", Verdict.REJECTED, None),
        ("quarantine", Verdict.ACCEPTED, Disposition.QUARANTINE),
        ("hold", Verdict.HOLD, Disposition.HOLD),
        ("accept", Verdict.ACCEPTED, Disposition.AVAILABLE),
    ],
)
def test_an_expired_lot_by_policy(policy: str, verdict: Verdict, into: Disposition | None) -> None:
    dock = Dock(policies={"expired": policy}).receiving()
    step = dock.whole(expires_on=YESTERDAY)
    assert step.said.verdict is verdict
    assert [receipt.disposition for receipt in dock.standing()] == ([into] if into else [])
    if verdict in (Verdict.REJECTED, Verdict.HOLD):
        assert step.said.reason is Reason.LOT_EXPIRED


def test_the_last_good_day_is_good() -> None:
    assert told(Dock().receiving().whole(expires_on=TODAY)) == ACCEPTED


@pytest.mark.parametrize(
    ("policy", "verdict", "into"),
    [
        ("check", Verdict.CHECK, None),
        ("refuse", Verdict.REJECTED, None),
        ("quarantine", Verdict.ACCEPTED, Disposition.QUARANTINE),
        ("hold", Verdict.HOLD, Disposition.HOLD),
        ("accept", Verdict.ACCEPTED, Disposition.AVAILABLE),
    ],
)
def test_a_lot_near_its_expiry_by_policy(policy: str, verdict: Verdict, into: Disposition | None) -> None:
    dock = Dock(policies={"near_expiry": policy}).receiving()
    step = dock.whole(item=replace(STARCH, min_remaining_days=60), expires_on=SOON)
    assert step.said.verdict is verdict
    assert [receipt.disposition for receipt in dock.standing()] == ([into] if into else [])


def test_near_expiry_is_asked_once_a_lot_and_date() -> None:
    dock, item = Dock().receiving(), replace(STARCH, min_remaining_days=60)
    assert dock.whole(item=item, expires_on=SOON).said.choices[0].id == "confirm"
    assert told(dock.press("confirm")) == ACCEPTED
    assert told(dock.whole(item=item, expires_on=SOON)) == ACCEPTED
    assert all(Reason.LOT_NEAR_EXPIRY in receipt.accepted_reasons for receipt in dock.standing())
    assert dock.whole(item=item, expires_on=SOON + timedelta(1)).said.reason is Reason.LOT_EXPIRY_DIFFERS


def test_a_stored_expiry_is_kept_and_a_differing_one_asks() -> None:
    dock = Dock().receiving().knows("A1", expires_on=LATER)
    assert told(dock.whole("A1", expires_on=None)) == ACCEPTED
    assert dock.standing()[0].expires_on == LATER
    step = dock.whole("A1", expires_on=LATER + timedelta(1))
    assert told(step) == (Verdict.CHECK, Reason.LOT_EXPIRY_DIFFERS, Ask.DECIDE)
    assert told(dock.press("confirm")) == ACCEPTED


def test_a_wanted_expiry_is_scanned_typed_or_asked_by_name() -> None:
    item = replace(STARCH, expiry_required=True)
    dock = Dock().receiving()
    assert told(dock.whole(item=item, expires_on=None)) == (Verdict.ASK, None, Ask.SCAN_EXPIRY)
    assert told(dock.types("2028-01-31")) == ACCEPTED  # a date is a date where one is wanted, not a lot
    assert (dock.standing()[0].lot, dock.standing()[0].expires_on.isoformat()) == ("A1", "2028-01-31")  # type: ignore[union-attr]
    dock.whole("A2", item=item, expires_on=None)
    assert told(dock.press("confirm")) == (Verdict.CHECK, Reason.EXPIRY_MISSING, Ask.SCAN_EXPIRY)
    assert dock.types("soon").said.about["message"] == "a date like 2027-11-30 is expected"
    assert told(dock.label(None, expires_on=LATER)) == ACCEPTED


@pytest.mark.parametrize("counts", [True, False])
def test_best_before_is_an_expiry_only_where_the_item_says_so(counts: bool) -> None:
    item = replace(STARCH, expiry_required=True, best_before_is_expiry=counts)
    dock = Dock().receiving()
    step = dock.whole(item=item, expires_on=None, best_before=LATER)
    assert step.said.ask is (Ask.SCAN_LABEL if counts else Ask.SCAN_EXPIRY)


def test_shelf_life_sets_the_expiry_from_the_production_date() -> None:
    dock = Dock().receiving()
    dock.whole(item=replace(STARCH, expiry_days=365), expires_on=None, produced_on=TODAY)
    assert dock.standing()[0].expires_on == TODAY + timedelta(days=365)


def test_a_shelf_life_beyond_the_calendar_is_none() -> None:
    dock = Dock().receiving()
    assert told(dock.whole(item=replace(STARCH, expiry_days=10**9), expires_on=None, produced_on=TODAY)) == ACCEPTED
    assert dock.standing()[0].expires_on is None


# Where the lot stands.


@pytest.mark.parametrize(
    ("stands", "verdict", "reason", "into"),
    [
        (Disposition.AVAILABLE, Verdict.ACCEPTED, None, Disposition.AVAILABLE),
        (Disposition.QUARANTINE, Verdict.ACCEPTED, None, Disposition.QUARANTINE),
        (Disposition.HOLD, Verdict.HOLD, Reason.LOT_ON_HOLD, Disposition.HOLD),
        (Disposition.REJECTED, Verdict.REJECTED, Reason.LOT_REJECTED, None),
        (Disposition.RECALLED, Verdict.STOP, Reason.LOT_RECALLED, None),
    ],
)
def test_a_known_lot_is_taken_in_as_it_stands(
    stands: Disposition, verdict: Verdict, reason: Reason | None, into: Disposition | None
) -> None:
    dock = Dock().receiving().knows("A1", disposition=stands)
    step = dock.whole("A1")
    assert (step.said.verdict, step.said.reason) == (verdict, reason)
    assert [receipt.disposition for receipt in dock.standing()] == ([into] if into else [])


def test_on_hold_is_worse_than_expired() -> None:
    dock = Dock().receiving().knows("A1", disposition=Disposition.HOLD)
    step = dock.whole("A1", expires_on=YESTERDAY)
    assert (step.said.verdict, step.said.reason) == (Verdict.HOLD, Reason.LOT_ON_HOLD)
    assert [each.template for each in step.prints] == ["lot", "hold_tag"]


def test_an_item_may_be_received_into_quarantine() -> None:
    dock = Dock().receiving()
    dock.whole(item=replace(STARCH, receive_into=Disposition.QUARANTINE))
    assert dock.standing()[0].disposition is Disposition.QUARANTINE


def test_a_recall_latches_until_it_is_acknowledged() -> None:
    dock = Dock().receiving().knows("A1", disposition=Disposition.RECALLED)
    assert told(dock.whole("A1")) == (Verdict.STOP, Reason.LOT_RECALLED, Ask.ACKNOWLEDGE)
    assert told(dock.whole("A2")) == (Verdict.STOP, Reason.ACKNOWLEDGE_FIRST, Ask.ACKNOWLEDGE)
    assert dock.seat.latched is not None
    assert dock.seat.latched.refused_meanwhile == 1
    assert told(dock.press("acknowledge")) == (Verdict.ASK, None, Ask.SCAN_LABEL)
    assert told(dock.whole("A2")) == ACCEPTED


def test_a_card_acknowledges_too() -> None:
    dock = Dock().receiving().knows("A1", disposition=Disposition.RECALLED)
    dock.whole("A1")
    dock.press("confirm", card=True)
    assert dock.seat.latched is None


# Look-alikes.


def test_the_same_code_from_another_vendor_is_asked_about() -> None:
    dock = Dock().receiving().knows("A1", by="OTHER")
    step = dock.whole("A1")
    assert told(step) == (Verdict.CHECK, Reason.LOT_LOOKS_LIKE, Ask.DECIDE)
    assert step.said.about["assigned_by"] == "OTHER"
    assert told(dock.press("confirm")) == ACCEPTED
    assert dock.standing()[0].accepted_reasons == (Reason.LOT_LOOKS_LIKE,)


@pytest.mark.parametrize("typed", ["A10O4", "A1004X", "A104", "B1004"])
def test_a_typed_lot_one_slip_off_a_recent_one_is_asked_about(typed: str) -> None:
    dock = Dock().receiving().knows("A1004")
    dock.label(STARCH, pack="bag")
    step = dock.types(typed)
    assert told(step) == (Verdict.CHECK, Reason.LOT_LOOKS_LIKE, Ask.DECIDE)
    assert told(dock.choose("A1004")) == ACCEPTED
    assert dock.standing()[0].lot == "A1004"


@pytest.mark.parametrize("typed", ["A1004", "Z9", "A10045X"])
def test_a_typed_lot_that_is_known_or_far_off_is_taken(typed: str) -> None:
    dock = Dock().receiving().knows("A1004")
    dock.label(STARCH, pack="bag")
    assert told(dock.types(typed)) == ACCEPTED


def test_a_scanned_lot_one_off_is_no_slip_of_the_finger() -> None:
    dock = Dock().receiving().knows("A1004")
    assert told(dock.whole("A1005")) == ACCEPTED


def test_a_no_comes_before_a_doubt() -> None:
    dock = Dock().receiving().knows("A1", by="OTHER")
    assert dock.whole("A1", expires_on=YESTERDAY).said.reason is Reason.LOT_EXPIRED


# Quantities.


@pytest.mark.parametrize(
    ("item", "pack", "facts", "expected"),
    [
        (STARCH, None, {"quantity": "25.00", "unit": "kg"}, ("25.00", "kg", "25.00")),
        (STARCH, None, {"quantity": "100", "unit": "lb"}, ("100", "lb", "45.359237")),
        (STARCH, "bag", {}, ("1", "bag", "25")),
        (STARCH, "bag", {"count": 4}, ("4", "bag", "100")),
        (STARCH, "bag", {"quantity": "2"}, ("2", "bag", "50")),
        (STARCH, "bag", {"count": 1, "quantity": "24.8", "unit": "kg"}, ("24.8", "kg", "24.8")),
        (BOTTLE, None, {"count": 12}, ("12", "ea", "12")),
        (BOTTLE, "box", {"count": 2}, ("2", "box", "288")),
        (BOTTLE, None, {"count": 12, "quantity": "3.1", "unit": "kg"}, ("12", "ea", "12")),
        (replace(BOTTLE, serial_tracked=True), None, {"serial": "S9"}, ("1", "ea", "1")),
    ],
)
def test_the_label_says_how_much(item: Item, pack: str | None, facts: dict[str, Any], expected: tuple[str, str, str]) -> None:
    dock = Dock().receiving()
    if "quantity" in facts:
        facts = {**facts, "quantity": Decimal(facts["quantity"])}
    assert told(dock.label(item, pack=pack, lot="A1", **facts)) == ACCEPTED
    receipt = dock.standing()[0]
    assert (str(receipt.quantity), receipt.unit, receipt.base_quantity) == (expected[0], expected[1], Decimal(expected[2]))
    assert receipt.base_quantity == receipt.quantity * receipt.conversion


def test_with_two_measures_the_items_dimension_wins() -> None:
    dock = Dock().receiving()
    measures = ((Decimal(20), "l"), (Decimal(25), "kg"))
    facts = Facts(lot="A1", quantity=Decimal(20), unit="l")
    assert told(dock.give(LabelScanned(dock.ref("x"), facts, (ItemCode(STARCH),), measures=measures))) == ACCEPTED
    assert dock.standing()[0].base_quantity == 25


@pytest.mark.parametrize("facts", [{"quantity": Decimal(5), "unit": "l"}, {"count": 4}, {"quantity": Decimal(5), "unit": "sack"}])
def test_a_unit_that_does_not_convert_is_asked_about(facts: dict[str, Any]) -> None:
    dock = Dock().receiving()
    step = dock.label(STARCH, lot="A1", **facts)
    assert told(step) == (Verdict.CHECK, Reason.UNIT_UNKNOWN, Ask.QUANTITY)
    assert told(dock.quantity("25")) == ACCEPTED


def test_no_quantity_is_asked_for() -> None:
    dock = Dock().receiving()
    assert told(dock.label(STARCH, lot="A1")) == (Verdict.CHECK, Reason.QUANTITY_MISSING, Ask.QUANTITY)
    assert told(dock.quantity("2", "bag")) == ACCEPTED
    assert dock.standing()[0].base_quantity == 50


@pytest.mark.parametrize(("amount", "unit"), [("0", None), ("999999999999", "bag"), ("0.0000000001", None), ("501", "bag")])
def test_an_impossible_quantity_is_asked_again(amount: str, unit: str | None) -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    assert told(dock.quantity(amount, unit)) == (Verdict.CHECK, Reason.QUANTITY_INVALID, Ask.QUANTITY)


def test_pieces_come_whole() -> None:
    dock = Dock().receiving()
    dock.label(BOTTLE, lot="A1")
    assert dock.quantity("2.5").said.reason is Reason.QUANTITY_INVALID


def test_text_that_is_no_number_is_answered() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    assert dock.give(QuantityGiven(None, None, "abc")).said.reason is Reason.QUANTITY_INVALID
    assert told(dock.quantity("5", " ")) == ACCEPTED  # a blank unit is the item's own


def test_a_quantity_with_nothing_open_is_not_expected() -> None:
    assert Dock().receiving().quantity("5").said.reason is Reason.NOT_EXPECTED_HERE


# Over-receipt.


def test_the_tolerance_is_not_an_over_receipt() -> None:
    dock = Dock().receiving()
    assert told(dock.whole(amount="210")) == ACCEPTED


def test_more_than_the_tolerance_is_asked_about_every_time() -> None:
    dock = Dock().receiving()
    step = dock.whole(amount="211")
    assert told(step) == (Verdict.CHECK, Reason.OVER_RECEIPT, Ask.DECIDE)
    assert (step.said.about["over"], step.said.about["ordered"]) == ("11", "200")
    assert told(dock.press("confirm")) == ACCEPTED
    assert dock.standing()[0].accepted_reasons == (Reason.OVER_RECEIPT,)
    assert dock.whole(amount="1").said.reason is Reason.OVER_RECEIPT


def test_a_changed_quantity_needs_its_own_yes() -> None:
    dock = Dock().receiving()
    dock.whole(amount="211")
    dock.press("confirm")
    dock.press("change")
    assert dock.quantity("5000").said.reason is Reason.OVER_RECEIPT


def test_an_over_receipt_can_be_answered_with_less() -> None:
    dock = Dock().receiving()
    dock.whole(amount="211")
    assert told(dock.quantity("200")) == ACCEPTED


def test_a_receipt_goes_to_the_line_that_has_room() -> None:
    lines = (replace(ORDER.lines[0], ordered=Decimal(10)), replace(ORDER.lines[0], line="9", ordered=Decimal(50)))
    dock = Dock().receiving(replace(ORDER, lines=lines))
    for amount, line in (("50", "9"), ("10", "1")):
        dock.whole(amount=amount)
        assert dock.standing()[-1].line == line


# Containers, serials and labels.


def test_every_bag_gets_its_own_serial() -> None:
    dock = Dock().receiving()
    step = dock.label(STARCH, pack="bag", lot="A1", quantity=Decimal("2.5"))
    receipt = dock.standing()[0]
    assert [(each.serial, each.quantity) for each in receipt.containers] == [("D3-1", 25), ("D3-2", 25), ("D3-3", Decimal("12.5"))]
    assert [each.serial for each in step.prints] == ["D3-1", "D3-2", "D3-3"]
    assert dock.records[-1][1].labels == ("D3-1", "D3-2", "D3-3")
    dock.whole()
    assert dock.standing()[1].containers[0].serial == "D3-4"


@pytest.mark.parametrize(
    ("policy", "typed", "labels"),
    [
        (LabelPolicy.ALWAYS, False, 1),
        (LabelPolicy.ALWAYS, True, 1),
        (LabelPolicy.UNREADABLE, False, 0),
        (LabelPolicy.UNREADABLE, True, 1),
        (LabelPolicy.NEVER, True, 0),
    ],
)
def test_our_label_is_printed_where_it_helps(policy: LabelPolicy, typed: bool, labels: int) -> None:
    dock, item = Dock().receiving(), replace(STARCH, label_on_receipt=policy)
    dock.label(item, pack="bag")
    step = dock.types("A1") if typed else dock.label(None, lot="A1")
    assert len(step.prints) == labels == len(dock.standing()[0].containers)


# Our own lot numbers.


def test_a_vendor_without_a_lot_gets_one_of_ours() -> None:
    dock = Dock().receiving()
    dock.label(BOTTLE, pack="box")
    assert told(dock.press("no_lot")) == ACCEPTED
    receipt = dock.standing()[0]
    assert (receipt.lot, receipt.assigned_by, receipt.lot_source) == ("B26325-001", "SITE", "own")
    dock.label(BOTTLE, pack="box")
    dock.press("no_lot")
    assert dock.standing()[1].lot == "B26325-002"


def test_an_item_without_lots_gets_a_number_unasked() -> None:
    dock = Dock().receiving()
    assert told(dock.label(replace(BOTTLE, lot_tracked=False), count=10)) == ACCEPTED
    assert dock.standing()[0].lot_source == "own"


def test_no_lot_is_no_answer_to_another_question() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, pack="bag")
    dock.label(BOTTLE)
    assert dock.press("no_lot").said.reason is Reason.FACTS_CONFLICT


def test_used_up_numbers_are_said() -> None:
    dock = Dock(numbers_left=0).receiving()
    dock.label(BOTTLE, pack="box")
    assert told(dock.press("no_lot")) == (Verdict.REJECTED, Reason.NUMBERS_USED_UP, Ask.SCAN_LABEL)


def test_a_missing_lot_is_asked_by_name() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, pack="bag")
    assert told(dock.press("confirm")) == (Verdict.CHECK, Reason.LOT_MISSING, Ask.SCAN_LOT)
    assert told(dock.label(None, lot="A1")) == ACCEPTED


def test_no_lot_with_nothing_open_is_not_expected() -> None:
    assert Dock().receiving().press("no_lot").said.reason is Reason.NOT_EXPECTED_HERE


@pytest.mark.parametrize("text", ["", "  ", "x" * 129, "a\x07b"])
def test_a_lot_that_cannot_be_kept_is_refused_where_it_is_typed(text: str) -> None:
    dock = Dock().receiving()
    dock.label(STARCH, pack="bag")
    assert told(dock.types(text)) == (Verdict.REJECTED, Reason.BARCODE_INVALID, Ask.SCAN_LABEL)
    assert len(dock.work.drafts) == 1
    dock.press("confirm")
    assert dock.types(text).said.reason is Reason.LOT_MISSING
    assert told(dock.types("A1")) == ACCEPTED


def test_a_scanned_lot_that_cannot_be_kept_is_refused() -> None:
    assert Dock().receiving().whole("x" * 129).said.reason is Reason.BARCODE_INVALID


def test_a_lot_typed_first_waits_for_its_item() -> None:
    dock = Dock().receiving()
    assert told(dock.types("A1")) == (Verdict.ASK, None, Ask.SCAN_ITEM)
    assert told(dock.label(STARCH, pack="bag")) == ACCEPTED
    assert dock.records[-1][1].how == "typed"


# Rule 17.


def test_one_trigger_pull_read_twice_counts_once() -> None:
    dock = Dock(tick=timedelta(seconds=1)).receiving()
    dock.whole()
    step = dock.whole()
    assert told(step) == (Verdict.DUPLICATE, Reason.ALREADY_COUNTED, Ask.SCAN_LABEL)
    assert step.said.about["double_read"] == "yes"
    assert len(dock.standing()) == 1


def test_the_same_barcode_later_or_elsewhere_is_the_next_container() -> None:
    dock = Dock(tick=timedelta(seconds=1.5)).receiving()
    dock.whole()
    assert told(dock.whole()) == ACCEPTED
    dock.tick = timedelta(0)
    dock.whole(device="s2")
    assert len(dock.standing()) == 3


def test_what_is_unique_is_counted_once() -> None:
    dock = Dock().receiving()
    step = dock.give(LabelScanned(dock.ref("(21)7"), Facts(serial="7"), (ItemCode(STARCH),), counted_at=dock.at))
    assert step.said.verdict is Verdict.DUPLICATE
    assert "counted_at" in step.said.about


def test_a_command_card_read_twice_acts_once() -> None:
    dock = Dock(tick=timedelta(seconds=1)).receiving()
    dock.whole("A1")
    dock.whole("A2")
    dock.press("undo", card=True)
    assert dock.press("undo", card=True).said.verdict is Verdict.DUPLICATE
    assert [receipt.lot for receipt in dock.standing()] == ["A1"]


# Rule 18.


def test_parts_from_two_scanners_are_two_labels() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, pack="bag", device="s1")
    dock.label(BOTTLE, pack="box", device="s2")
    dock.label(None, lot="A1", device="s1")
    dock.label(None, lot="B1", device="s2")
    assert [(each.item, each.lot) for each in dock.standing()] == [("STARCH", "A1"), ("BOTTLE", "B1")]


@pytest.mark.parametrize(("answer", "lots", "why"), [("new", [], "replaced"), ("cancel", ["A1"], None)])
def test_a_contradiction_is_asked_about(answer: str, lots: list[str], why: str | None) -> None:
    dock = Dock().receiving()
    dock.label(STARCH, pack="bag")
    step = dock.label(BOTTLE)
    assert told(step) == (Verdict.CHECK, Reason.FACTS_CONFLICT, Ask.DECIDE)
    assert step.said.about["cause"] == "contradiction"
    dock.choose(answer)
    dock.label(None, lot="A1")
    assert [each.lot for each in dock.standing()] == lots
    assert [each.why for each in dock.recorded(ScansAbandoned)] == ([why] if why else [])


def late(seconds: float) -> Dock:
    dock = Dock(tick=timedelta(seconds=seconds)).receiving()
    dock.label(STARCH, pack="bag")
    return dock


def test_a_part_within_twenty_seconds_is_joined() -> None:
    assert told(late(20).label(None, lot="A1")) == ACCEPTED


def test_a_late_part_is_asked_about_and_may_be_the_same_label() -> None:
    dock = late(20.5)
    step = dock.label(None, lot="A1")
    assert told(step) == (Verdict.CHECK, Reason.FACTS_CONFLICT, Ask.DECIDE)
    assert [choice.id for choice in step.said.choices] == ["join", "new", "cancel"]
    assert told(dock.choose("join")) == ACCEPTED
    assert dock.records[-1][1].scans == ("scan-3", "scan-4")


def test_a_late_whole_label_starts_afresh() -> None:
    dock = late(30)
    assert told(dock.whole("A2")) == ACCEPTED
    assert [each.why for each in dock.recorded(ScansAbandoned)] == ["too_late"]


def burst(dock: Dock) -> SeatStep:
    """A label, a minute's silence, then three at once."""
    dock.whole("A0")
    dock.at += timedelta(seconds=60)
    dock.tick = timedelta(seconds=0.2)
    dock.whole("A1")
    dock.whole("A2")
    return dock.whole("A3")


def test_old_scans_that_come_all_at_once_are_asked_about() -> None:
    step = burst(Dock().receiving())
    assert told(step) == (Verdict.CHECK, Reason.FACTS_CONFLICT, Ask.DECIDE)
    assert step.said.about["cause"] == "old_scans"


def test_old_scans_may_count() -> None:
    dock = Dock().receiving()
    burst(dock)
    dock.whole("A4")
    dock.choose("new")
    assert [each.lot for each in dock.standing()] == ["A0", "A1", "A2", "A3", "A4"]


def test_old_scans_may_be_left_out_with_what_they_did() -> None:
    dock = Dock().receiving()
    burst(dock)
    dock.whole("A4")
    dock.whole("B4", device="s2")
    dock.press("cancel")
    assert [each.lot for each in dock.standing()] == ["A0", "B4"]
    assert dock.work.order.lines[0].received == 50
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_quick_worker_is_no_burst() -> None:
    dock = Dock(tick=timedelta(seconds=0.1)).receiving()
    for number in range(20):
        dock.whole(f"A{number}", "1")
    assert len(dock.standing()) == 20


# Scans that wait.


def test_scans_wait_for_an_open_question_and_are_taken_in_order() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    assert (dock.whole("A2").said.waiting, dock.noise().said.waiting, dock.whole("A3").said.waiting) == (1, 2, 3)
    step = dock.quantity("25")
    assert [scan.id for scan in step.freed] == ["scan-4", "scan-5", "scan-6"]
    assert [each.lot for each in dock.standing()] == ["A1", "A2", "A3"]
    assert dock.refused() == [Reason.BARCODE_INVALID]


@pytest.mark.parametrize("end", ["cancel", "back", "undo"])
def test_what_waits_is_freed_by_any_end_of_the_question(end: str) -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    dock.whole("A2")
    dock.press(end)
    assert [each.lot for each in dock.standing()] == ["A2"]


def test_what_waits_behind_a_missing_lot_is_freed_when_the_lot_comes() -> None:
    dock = Dock().receiving()
    dock.label(replace(STARCH, expiry_required=True), pack="bag")
    dock.press("confirm")
    dock.noise()
    dock.types("A1")  # the expiry is still wanted, but nothing is asked any more
    assert not dock.work.waiting
    assert dock.refused() == [Reason.BARCODE_INVALID]


def test_waiting_scans_are_limited_and_the_rest_refused() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    for number in range(MOST_WAITING):
        dock.whole(f"B{number}")
    assert told(dock.whole("C")) == (Verdict.REJECTED, Reason.NOT_EXPECTED_HERE, Ask.QUANTITY)


def test_a_wrong_card_leaves_the_question_open() -> None:
    dock = Dock().receiving()
    dock.whole(amount="211")
    step = dock.noise(Reason.COMMAND_UNKNOWN)
    assert (step.said.ask, [choice.id for choice in step.said.choices]) == (Ask.DECIDE, ["confirm", "hold", "cancel"])


# After a receipt.


def test_undo_takes_back_and_says_what() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    step = dock.press("undo")
    assert (step.said.about["undone"], step.said.about["lot"], step.said.about["received"]) == ("yes", "A1", "0")
    assert [each.why for each in dock.recorded(EventCorrected)] == ["undo"]
    assert dock.work.order == ORDER
    assert dock.press("undo").said.reason is Reason.NOT_EXPECTED_HERE


def test_undo_drops_the_label_in_the_making_first() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    dock.label(STARCH)
    dock.press("undo")
    assert [each.lot for each in dock.standing()] == ["A1"]
    assert [each.why for each in dock.recorded(ScansAbandoned)] == ["cancelled"]


def test_a_changed_quantity_is_counted_anew() -> None:
    dock = Dock().receiving()
    dock.whole("A1", "25")
    assert told(dock.press("change")) == (Verdict.ASK, None, Ask.QUANTITY)
    assert told(dock.quantity("30")) == ACCEPTED
    assert [each.base_quantity for each in dock.standing()] == [30]
    assert dock.work.order.lines[0].received == 30
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_cancelled_change_changes_nothing() -> None:
    dock = Dock().receiving()
    dock.whole("A1", "25")
    dock.press("change")
    dock.press("cancel")
    assert [each.base_quantity for each in dock.standing()] == [25]
    assert not dock.recorded(EventCorrected)


def test_hold_speaks_of_the_last_lot_and_prints_its_tag() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    step = dock.press("hold")
    assert (step.said.verdict, step.said.reason) == (Verdict.HOLD, Reason.LOT_ON_HOLD)
    assert [(each.template, each.data["lot"]) for each in step.prints] == [("hold_tag", "A1")]
    assert dock.whole("A1").said.verdict is Verdict.HOLD


def test_hold_takes_in_what_was_refused_last() -> None:
    dock = Dock().receiving()
    dock.whole("OLD", expires_on=YESTERDAY)
    step = dock.press("hold")
    assert (step.said.verdict, step.said.reason) == (Verdict.HOLD, Reason.LOT_EXPIRED)
    assert dock.standing()[0].follows == dock.records[-2][0]
    assert not dock.work.refused


def test_hold_never_reaches_behind_what_came_last() -> None:
    dock = Dock().receiving()
    dock.whole("OLD", expires_on=YESTERDAY)
    dock.whole("NEW")
    dock.press("hold")
    assert [each.lot for each in dock.recorded(LotHeld)] == ["NEW"]
    dock.noise()
    assert dock.press("hold").said.reason is Reason.NOT_EXPECTED_HERE


def test_a_recalled_lot_can_be_taken_in_on_hold_after_the_stop() -> None:
    dock = Dock().receiving().knows("A1", disposition=Disposition.RECALLED)
    dock.whole("A1")
    dock.press("acknowledge")
    assert dock.press("hold").said.verdict is Verdict.HOLD


def test_hold_keeps_another_label_in_the_making() -> None:
    dock = Dock().receiving()
    dock.whole("OLD", expires_on=YESTERDAY)
    dock.label(STARCH, pack="bag")
    dock.press("hold")
    assert told(dock.label(None, lot="A1")) == ACCEPTED
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_held_label_still_names_the_scans_that_come_after() -> None:
    dock = Dock().receiving()
    dock.label(SUGAR)  # not on the order, and no lot yet
    dock.press("hold")
    dock.label(None, lot="S1", quantity=Decimal(5), unit="kg")
    assert dock.standing()[0].lot == "S1"
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_label_is_printed_again_with_a_reason() -> None:
    dock = Dock().receiving()
    first = dock.whole("A1")
    dock.press("reprint")
    assert dock.choose("nonsense").said.ask is Ask.CHOOSE_REASON
    step = dock.choose("damaged")
    assert [(each.serial, each.reprint) for each in step.prints] == [(first.prints[0].serial, True)]


def test_a_question_about_the_last_receipt_leaves_the_open_label_alone() -> None:
    dock = Dock().receiving()
    dock.whole("A1")
    dock.label(STARCH, pack="bag")
    dock.press("reprint")
    dock.press("cancel")
    assert told(dock.label(None, lot="A2")) == ACCEPTED


def test_an_unknown_code_is_linked_by_who_may() -> None:
    dock = Dock().receiving(who=CHIEF)
    dock.plain("4711")
    assert told(dock.press("link")) == (Verdict.ASK, None, Ask.CHOOSE_ITEM)
    assert dock.choose("STARCH").said.ask is Ask.CHOOSE_ITEM  # nobody knows such an item
    assert told(dock.choose("STARCH", item=STARCH)) == (Verdict.ASK, None, Ask.CHOOSE_UNIT)
    assert dock.choose("sack").said.ask is Ask.CHOOSE_UNIT
    assert told(dock.choose("bag")) == ACCEPTED
    assert dock.recorded(BarcodeLinked) == [BarcodeLinked("4711", "STARCH", "bag", "NWS")]
    assert not dock.work.refused


def test_an_unknown_code_is_not_linked_by_others() -> None:
    dock = Dock().receiving()
    dock.plain("4711")
    assert told(dock.press("link")) == (Verdict.REJECTED, Reason.NOT_ALLOWED, Ask.SCAN_LABEL)
    assert dock.press("reprint").said.reason is Reason.NOT_EXPECTED_HERE


def test_finish_closes_the_delivery_and_leaves_nothing_unnamed() -> None:
    dock = Dock().receiving()
    dock.label(STARCH, lot="A1")
    dock.whole("A2")
    assert told(dock.press("finish")) == (Verdict.ASK, None, Ask.SCAN_ORDER)
    assert dock.seat.work == AwaitOrder()
    assert sorted(dock.named()) == sorted(dock.labels)


def test_a_touch_that_means_nothing_here_is_answered() -> None:
    dock = Dock().receiving()
    step = dock.press("dance")
    assert told(step) == (Verdict.REJECTED, Reason.NOT_EXPECTED_HERE, Ask.SCAN_LABEL)
    assert isinstance(dock.records[-1][1].event, ScanRefused)
    assert dock.give(Chosen("x")).said.reason is Reason.NOT_EXPECTED_HERE
