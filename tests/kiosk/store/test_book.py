from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kiosk.store.opening import StationStore
from tests.kiosk.store.station_kit import NOW, SITE, container, receipt, record, undo
from traceability.lots import Disposition, Lot, LotKey
from traceability.operators import Role


def test_people_are_known_by_their_badge(store: StationStore) -> None:
    ann = store.book.operator_by_badge("B-0001")
    assert ann is not None
    assert (ann.name, ann.roles) == ("Ann", {Role.WORKER, Role.QUALITY})
    assert store.book.operator(ann.id) == ann
    assert store.book.has_operators()
    assert store.book.operator_by_badge("B-0002") is None
    assert store.book.operator_by_badge("\udcff") is None
    assert store.book.operator("nobody") is None


def test_items_as_the_rules_speak_of_them(store: StationStore) -> None:
    flour = store.book.item("FLOUR")
    assert flour is not None
    assert (flour.unit, flour.packs, flour.over_receipt_percent) == ("kg", {"bag": Decimal(25)}, Decimal(5))
    assert flour.receive_into is Disposition.QUARANTINE
    assert store.book.item("flour") is None


@pytest.mark.parametrize(
    ("code", "vendor", "meanings"),
    [
        ("BAG-1", "V1", [("FLOUR", "bag", "V1")]),
        ("BAG-1", None, [("FLOUR", "bag", "V1")]),  # a blind scan: whoever's code it is
        ("BAG-1", "V2", []),  # another vendor's code says nothing about V2's goods
        ("09521234543213", "V1", [("FLOUR", None, None)]),
        ("96385074", "V2", [("FLOUR", "bag", None)]),
        ("00000096385074", "V2", [("FLOUR", "bag", None)]),  # a GTIN-8 as GS1 barcodes carry it
        ("FLOUR", "V1", [("FLOUR", None, None)]),
        ("bag-1", "V1", []),
    ],
)
def test_what_a_code_stands_for(store: StationStore, code: str, vendor: str | None, meanings: list[tuple[str, str, str]]) -> None:
    assert [(each.item.code, each.unit, each.vendor) for each in store.book.item_codes(code, vendor)] == meanings


def test_an_order_counts_what_came_in_the_base_unit(store: StationStore) -> None:
    record(store, receipt(base="37.5"))
    order = store.book.purchase_order("PO1")
    assert order is not None
    assert (order.vendor, order.vendor_name, order.closed) == ("V1", "Mill & Sons", False)
    assert [(line.line, line.item, line.ordered, line.received) for line in order.lines] == [
        ("1", "FLOUR", Decimal(100), Decimal("37.5")),
        ("2", "SALT", Decimal(10), Decimal(0)),
    ]
    assert store.book.purchase_order("PO9") is None


def test_open_orders_are_those_that_still_expect_goods(store: StationStore) -> None:
    assert [order.number for order in store.book.open_purchase_orders(10)] == ["PO1"]
    assert store.book.open_purchase_orders(0) == ()
    full = record(store, receipt(base="100"), receipt(item="SALT", line="2", base="10"))
    assert store.book.open_purchase_orders(10) == ()
    undo(store, full[1])
    assert [order.number for order in store.book.open_purchase_orders(10)] == ["PO1"]


def test_a_finished_document_is_no_longer_looked_through(store: StationStore) -> None:
    from traceability.events import DocumentFinished

    full = record(
        store, receipt(base="100"), receipt(item="SALT", line="2", base="10"), DocumentFinished("receive", "PO1", "purchase_order")
    )
    assert store.book.open_purchase_orders(10) == ()
    undo(store, full[0])
    assert [order.number for order in store.book.open_purchase_orders(10)] == ["PO1"]


def test_opening_stock_of_the_plant(store: StationStore) -> None:
    key = LotKey("FLOUR", "OLD-1", "V1")
    assert store.book.lot(key) == Lot(key, date(2027, 1, 31), Disposition.AVAILABLE, Decimal("12.5"))


def test_one_code_of_two_vendors_is_two_lots(store: StationStore) -> None:
    record(store, receipt(base="10"), receipt(base="7", assigned_by="V2", vendor="V2"), receipt(base="1", item="SALT", line="2"))
    assert {(lot.key.item, lot.key.assigned_by, str(lot.on_hand)) for lot in store.book.lots_with_code("L1")} == {
        ("FLOUR", "V1", "10"),
        ("FLOUR", "V2", "7"),
        ("SALT", "V1", "1"),
    }
    assert [lot.key.item for lot in store.book.lots_with_code("L1", "SALT")] == ["SALT"]
    assert store.book.lots_with_code("l1") == ()


def test_the_latest_lots_come_first(store: StationStore) -> None:
    for minute, code in enumerate(("L1", "L2", "L3", "L1")):
        record(store, receipt(code), at=NOW + timedelta(minutes=minute))
    assert store.book.recent_lot_codes("FLOUR", 3) == ("L1", "L3", "L2")
    assert store.book.recent_lot_codes("FLOUR", 9) == ("L1", "L3", "L2", "OLD-1")
    assert store.book.recent_lot_codes("SALT", 9) == ()


def test_containers_are_known_by_our_label(store: StationStore) -> None:
    record(store, receipt(containers=(container("S-1", "25"), container("S-2", "12.125"))))
    known = store.book.container("S-2")
    assert known is not None
    assert (known.lot, known.quantity, known.unit, known.place, known.labelled_at) == (
        LotKey("FLOUR", "L1", "V1"),
        Decimal("12.125"),
        "kg",
        "DOCK",
        NOW,
    )
    assert not known.voided
    assert store.book.container("S-3") is None


def test_what_is_unique_is_counted_once(store: StationStore) -> None:
    record(store, receipt(sscc="395212345678901237", vendor_serial="SN7"))
    assert store.book.sscc_counted_at("395212345678901237") == NOW
    assert store.book.vendor_serial_counted_at("FLOUR", "V1", "SN7") == NOW
    assert store.book.vendor_serial_counted_at("FLOUR", "V2", "SN7") is None
    assert store.book.vendor_serial_counted_at("SALT", "V1", "SN7") is None
    assert store.book.sscc_counted_at("395212345678901244") is None


def test_the_station_and_its_site(store: StationStore) -> None:
    assert store.book.site() == SITE
    assert (store.book.place_of("DOCK-1"), store.book.place_of("LINE-9")) == ("DOCK", "LINE-9")
    assert (store.book.modes("DOCK-1"), store.book.modes("LINE-9")) == (("receive",), ())
    assert store.book.vendors(10) == (("V1", "Mill & Sons"), ("V2", ""))
    policies = store.book.policies()
    assert (policies["expired"], policies["latch_rejected"]) == ("quarantine", "true")


def test_how_old_the_knowledge_is(store: StationStore) -> None:
    assert store.book.cache_age_seconds(NOW) is None
    store.reference.note_meeting(NOW, online=True, complete=True)
    store.reference.note_meeting(NOW + timedelta(minutes=1), online=True, complete=False)
    store.reference.note_meeting(NOW + timedelta(minutes=2), online=False, complete=False)
    assert store.book.cache_age_seconds(NOW + timedelta(minutes=3)) == 180
    assert store.queue.figures(NOW).last_sync_at == NOW + timedelta(minutes=1)
    # A clock that was put back makes nothing younger than new.
    assert store.book.cache_age_seconds(NOW - timedelta(days=1)) == 0
