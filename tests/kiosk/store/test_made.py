"""What was made stands in stock with its labels and its edges, and leaves nothing behind when it is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kiosk.store.migrations.versions.v0003_made import FROM_THE_JOURNAL
from kiosk.store.opening import StationStore
from kiosk.store.rebuild import rebuild
from tests.kiosk.store.station_kit import container, receipt, record, undo
from tests.kiosk.store.test_cartons import C1, opened, packed
from traceability.events import LotConsumed, LotInput, LotProduced, LotReturned
from traceability.genealogy import Grade
from traceability.lots import Disposition, LotKey

TABLES = ("lots", "stock", "containers", "movements", "lot_facts", "work_order_use", "uses", "productions", "edges")
L1, MADE = LotKey("FLOUR", "L1", "V1"), LotKey("SALT", "M1", "Mill")


def consumed(amount: str = "20", lot: str = "L1", **changes: Any) -> LotConsumed:
    facts = {"container": None, "place": "DOCK", "description": "", "conversion": Decimal(1)}
    counted = {"quantity": Decimal(amount), "unit": "kg", "base_quantity": Decimal(amount), "base_unit": "kg"}
    return LotConsumed(**{"item": "FLOUR", "lot": lot, "assigned_by": "V1", "order": "WO1", **counted, **facts, **changes})


def returned(amount: str) -> LotReturned:
    used = consumed(amount)
    names = ("item", "lot", "assigned_by", "order", "quantity", "unit", "base_quantity", "base_unit", "conversion", "place", "description")
    return LotReturned(**{name: getattr(used, name) for name in names}, containers=())


def went_in(amount: str = "20", lot: str = "L1", **changes: Any) -> LotInput:
    return replace(LotInput("FLOUR", lot, "V1", Decimal(amount), "kg", Grade.SCANNED), **changes)


def made(*inputs: LotInput, **changes: Any) -> LotProduced:
    ten = {"quantity": Decimal(10), "unit": "kg", "base_quantity": Decimal(10), "base_unit": "kg", "conversion": Decimal(1)}
    facts: dict[str, Any] = {
        "item": MADE.item,
        "lot": MADE.code,
        "assigned_by": MADE.assigned_by,
        "order": "WO1",
        "transformation": "made",
        "expires_on": date(2027, 1, 31),
        "disposition": Disposition.QUARANTINE,
        "inputs": inputs,
        "containers": (container("M-1", "6"), container("M-2", "4")),
        "place": "LINE",
        "description": "",
    }
    return LotProduced(**(facts | ten | changes))


def rows(store: StationStore, table: str) -> list[tuple[Any, ...]]:
    return sorted(map(tuple, store.database.connection().exec_driver_sql(f"SELECT * FROM {table}")), key=repr)


def figures(store: StationStore) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows(store, table) for table in TABLES}


def on_hand(store: StationStore, key: LotKey) -> Decimal:
    lot = store.book.lot(key)
    assert lot is not None
    return lot.on_hand


def test_what_was_made_is_there_with_labels_edges_expiry_and_disposition(store: StationStore) -> None:
    record(store, receipt(base="50"), consumed("20"))
    record(store, made(went_in("20")))
    lot = store.book.lot(MADE)
    assert lot is not None
    assert (lot.on_hand, lot.expires_on, lot.disposition) == (10, date(2027, 1, 31), Disposition.QUARANTINE)
    assert on_hand(store, L1) == 30  # the consumption took it; the production does not take it again
    label = store.book.container("M-1")
    assert label is not None
    assert (label.lot, label.quantity, label.place) == (MADE, 6, "LINE")
    ((_, source, target, grade, quantity, unit, voided),) = rows(store, "edges")
    names = {number: code for number, _, code, *_ in rows(store, "lots")}
    assert (names[source], names[target], grade, quantity, unit, voided) == ("L1", "M1", "scanned", "20", "kg", 0)


def test_undone_nothing_of_it_is_left(store: StationStore) -> None:
    record(store, receipt(base="50", containers=(container("S-1", "50"),)), consumed("20"))
    before = (on_hand(store, L1), rows(store, "work_order_use"))
    (event,) = record(store, made(went_in("5", grade=Grade.BACKFLUSHED, place="DOCK", container="S-1")))
    assert on_hand(store, L1) == 25
    undo(store, event)
    assert store.book.lot(MADE) is None
    assert (on_hand(store, L1), rows(store, "work_order_use")) == before
    assert [row[-1] for table in ("edges", "productions") for row in rows(store, table)] == [1, 1]
    label, source = store.book.container("M-1"), store.book.container("S-1")
    assert label is not None
    assert source is not None
    assert (label.voided, source.quantity) == (True, 50)


@pytest.mark.parametrize("inputs", [(went_in("3"), went_in("3")), (went_in("6"),)])
def test_one_lot_named_twice_counts_twice(store: StationStore, inputs: tuple[LotInput, ...]) -> None:
    record(store, receipt(base="50"))
    record(store, made(*(replace(each, place="DOCK") for each in inputs), order=None, transformation="commingled"))
    assert on_hand(store, L1) == 44
    assert [row[4] for row in rows(store, "edges")] == ["6"]


def test_a_lot_may_go_into_itself(store: StationStore) -> None:
    record(store, made(order=None, transformation="repacked"))
    rework = LotInput(*(MADE.item, MADE.code, MADE.assigned_by), Decimal(4), "kg", Grade.SCANNED, place="LINE", container="M-2")
    record(store, made(rework, containers=(), order=None, transformation="repacked"))
    assert on_hand(store, MADE) == 16


def test_read_anew_from_the_journal_it_is_the_same(store: StationStore) -> None:
    record(store, receipt(base="50"), receipt("L2", base="9"), consumed("20"), consumed("9", "L2"), returned("2"))
    record(store, made(went_in("18"), went_in("0", "L2", grade=Grade.POSSIBLE)))
    (second,) = record(store, made(went_in("5", grade=Grade.BACKFLUSHED, place="DOCK"), lot="M2", containers=()))
    undo(store, second)
    before = figures(store)
    rebuild(store.database)
    assert figures(store) == before


def test_a_station_that_is_brought_up_to_date_knows_what_went_into_its_open_orders(store: StationStore) -> None:
    record(store, receipt(base="50"))
    events = [*record(store, consumed("20")), *record(store, consumed("7")), *record(store, returned("0.5"))]
    undo(store, events[1])
    expected = rows(store, "uses")
    assert [row[3:] for row in expected] == [("20", "kg", 0), ("7", "kg", 1), ("-0.5", "kg", 0)]
    with store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM uses")
        connection.exec_driver_sql(FROM_THE_JOURNAL)
    assert rows(store, "uses") == expected


def test_where_a_lot_went_is_known_also_when_it_is_only_packed(store: StationStore) -> None:
    (event,) = record(store, made(order=None, transformation="repacked", disposition=Disposition.AVAILABLE))
    assert store.book.downstream(str(event["id"])) == ()
    into_carton = packed(C1, "2", None, item=MADE.item, lot=MADE.code, assigned_by=MADE.assigned_by, place="LINE")
    (_, first) = record(store, opened(C1), into_carton)
    assert store.book.downstream(str(event["id"])) == (C1,)
    undo(store, first)
    (used,) = record(store, consumed("1", MADE.code, item=MADE.item, assigned_by=MADE.assigned_by, place="LINE"))
    assert store.book.downstream(str(event["id"])) == ("WO1",)
    undo(store, used)
    assert store.book.downstream(str(event["id"])) == ()
