"""How much came in, in which containers, and lots that get a number of ours."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.traceability.workflows.dock import (
    ACCEPTED,
    BOTTLE,
    ORDER,
    STARCH,
    Dock,
    told,
)
from traceability.barcodes.reading import Facts
from traceability.items import Item, ItemCode, LabelPolicy
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import LabelScanned, QuantityGiven
from traceability.workflows.step import Ask


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


@pytest.mark.parametrize("touch", ["acknowledge", "no_lot", "set_aside", "nonsense"])
def test_a_touch_that_answers_nothing_leaves_the_question_on_the_screen(touch: str) -> None:
    dock = Dock().receiving()
    dock.whole(amount="211")
    assert told(dock.press(touch)) == (Verdict.CHECK, Reason.OVER_RECEIPT, Ask.DECIDE)
    assert told(dock.press("confirm")) == ACCEPTED


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


def test_more_than_ordered_can_be_counted_anew() -> None:
    dock = Dock().receiving()
    dock.whole(amount="211")
    step = dock.press("quantity")
    assert (step.said.verdict, step.said.ask) == (Verdict.ASK, Ask.QUANTITY)
    assert not step.records
    again = dock.press("confirm")  # the figure that is not meant any more is not taken in by a hasty yes
    assert (again.said.ask, again.records) == (Ask.QUANTITY, ())
    taken = dock.quantity("200")
    assert taken.said.verdict is Verdict.ACCEPTED
    assert taken.said.about["quantity"] == "200"


def test_another_amount_is_no_answer_where_none_is_asked() -> None:
    dock = Dock().receiving()
    assert dock.press("quantity").said.reason is Reason.NOT_EXPECTED_HERE
