"""Which delivery is open, and how its labels become records."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.traceability.workflows.dock import (
    ACCEPTED,
    BOTTLE,
    CLOSED_ORDER,
    LATER,
    ORDER,
    OTHER_ORDER,
    STARCH,
    SUGAR,
    TODAY,
    Dock,
    told,
)
from traceability.barcodes.reading import Facts
from traceability.events import DocumentFinished, ScansAbandoned
from traceability.items import ItemCode
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import LabelScanned, OrderScanned
from traceability.workflows.receiving import MOST_REFUSED, AwaitOrder
from traceability.workflows.step import Ask

YESTERDAY = TODAY - timedelta(days=1)


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
    at_home = Dock(modes=("receive", "ship")).signed_in().noise(Reason.COMMAND_UNKNOWN)
    assert told(at_home) == (Verdict.REJECTED, Reason.COMMAND_UNKNOWN, Ask.CHOOSE_MODE)


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
