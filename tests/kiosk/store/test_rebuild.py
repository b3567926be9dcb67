"""Stock is a reading of the journal: whatever a station did, reading it anew gives the same figures, exact to the last digit."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Integer

from kiosk.store.opening import StationStore, open_station
from kiosk.store.postings import CHANGING, NotCorrectable
from kiosk.store.rebuild import rebuild
from kiosk.store.schema import METADATA
from sync.protocol import AnswerKind
from tests.kiosk.store.any_event import events_of, plainest, relabelled
from tests.kiosk.store.station_kit import container, receipt, record, undo
from tests.kiosk.store.test_outbox import answer
from tests.kiosk.store.test_reference import apply, change, lot_change
from traceability.chain import Envelope
from traceability.events import TYPES, BarcodeLinked, LotHeld, LotMoved
from traceability.lots import LotKey

#: Not a reading of the journal: what the devices, the server and the printer said, and the journal itself.
_TOLD = {"station", "journals", "scans", "events", "operators", "print_jobs", "seat", "number_blocks", "feed"}
TABLES = [table for table in METADATA.tables if table not in _TOLD]
#: A correction is made by undoing, never drawn: it names an event.
KINDS = sorted(CHANGING - {"correction"})
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("999999999999.999999999"), places=9)
LOTS = st.sampled_from(("A", "B", "C"))


def figures(store: StationStore) -> dict[str, list[Any]]:
    connection = store.database.connection()
    rows = {table: connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in TABLES}
    # What is numbered by its row is made anew under a new number; what it says is the same.
    return {table: sorted((tuple(row)[_numbered(table) :] for row in found), key=repr) for table, found in rows.items()}


def _numbered(table: str) -> int:
    first = next(iter(METADATA.tables[table].c))
    return int(first.primary_key and isinstance(first.type, Integer) and not first.foreign_keys and table != "lots")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=st.lists(st.tuples(LOTS, AMOUNTS, st.booleans()), min_size=1, max_size=8), takes=st.lists(st.integers(0, 7), max_size=4))
def test_on_hand_is_the_exact_sum_and_reading_the_journal_anew_gives_it_again(
    known_plant: Path, deliveries: Sequence[tuple[str, Decimal, bool]], takes: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_station(Path(shutil.copytree(known_plant, folder, dirs_exist_ok=True)), "S")
        events = record(store, *(receipt(lot, str(amount), place="P" if here else "Q") for lot, amount, here in deliveries))
        undone = {take for take in takes if take < len(events)}
        for take in undone:
            undo(store, events[take])
        expected = {
            lot: [amount for number, (code, amount, _) in enumerate(deliveries) if code == lot and number not in undone] for lot in "ABC"
        }
        for code, amounts in expected.items():
            found = store.book.lot(LotKey("FLOUR", code, "V1"))
            assert (found.on_hand if found else None) == (_exact_sum(amounts) if amounts else None)
        before = figures(store)
        assert rebuild(store.database) == len(events) + len(undone)
        assert figures(store) == before
        store.close()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_kinds_of_events_there_are_the_journal_gives_the_same_figures_again(known_plant: Path, data: st.DataObject) -> None:
    serials = count()
    with tempfile.TemporaryDirectory() as folder, closing(_opened(known_plant, folder)) as store:
        kept: list[Envelope] = []
        for kind in data.draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8)):
            kept += record(store, relabelled(data.draw(events_of(TYPES[kind])), serials))
            if data.draw(st.booleans()):
                with suppress(NotCorrectable):
                    undo(store, data.draw(st.sampled_from(kept)))
        before = figures(store)
        rebuild(store.database)
        assert figures(store) == before


def _opened(known_plant: Path, folder: str) -> StationStore:
    return open_station(Path(shutil.copytree(known_plant, folder, dirs_exist_ok=True)), "S")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_gives_the_same_figures_again_and_leaves_none_when_undone(store: StationStore, kind: str) -> None:
    """The one-event case of the test above, so that no kind depends on a draw."""
    record(store, receipt("A", "50", containers=(container("N-0"), container("N-1"))))
    on_hand = sums(store)
    (made,) = record(store, relabelled(plainest(TYPES[kind]), count(5)))
    before = figures(store)
    rebuild(store.database)
    assert figures(store) == before
    with suppress(NotCorrectable):
        undo(store, made)
        assert sums(store) == on_hand
        before = figures(store)
        rebuild(store.database)
        assert figures(store) == before


def sums(store: StationStore) -> dict[str, list[Any]]:
    """What there is: every place that holds something, and every container that is not void."""
    connection = store.database.connection()
    stock = connection.exec_driver_sql("SELECT lot, place, opening, moved FROM stock WHERE moved <> '0' ORDER BY lot, place").all()
    labelled = connection.exec_driver_sql("SELECT serial, lot, quantity, place FROM containers WHERE NOT voided ORDER BY serial").all()
    return {"stock": [tuple(row) for row in stock], "containers": [tuple(row) for row in labelled]}


def test_what_we_did_with_a_lot_of_the_servers_is_not_counted_twice_once_the_server_has_it(store: StationStore) -> None:
    moved = LotMoved(**_OLD, container=None, place="A1", to_place="DOCK")
    events = record(store, moved)
    _answer(store, events)
    places = [{"place": "A1", "quantity": "8.5"}, {"place": "DOCK", "quantity": "4"}]
    names = {"item": "FLOUR", "lot": "OLD-1", "assigned_by": "V1"}
    apply(store, change("lot", '["FLOUR","OLD-1","V1"]', {**names, "disposition": "available", "on_hand": places}))
    lot = store.book.lot(LotKey("FLOUR", "OLD-1", "V1"))
    assert lot is not None
    assert lot.on_hand == Decimal("12.5")
    connection = store.database.connection()
    assert set(connection.exec_driver_sql("SELECT place, opening, moved FROM stock WHERE lot = 1").all()) == {
        ("A1", "8.5", "0"),
        ("DOCK", "4", "0"),
    }


_AMOUNT: dict[str, Any] = {"quantity": Decimal(4), "unit": "kg", "base_quantity": Decimal(4), "base_unit": "kg", "conversion": Decimal(1)}
_OLD: dict[str, Any] = _AMOUNT | {"item": "FLOUR", "lot": "OLD-1", "assigned_by": "V1", "description": ""}


def _exact_sum(amounts: Sequence[Decimal]) -> Decimal:
    # Whole billionths: Python's integers never round.
    return Decimal(sum(int(amount.scaleb(9)) for amount in amounts)).scaleb(-9)


def test_what_the_server_has_taken_in_is_not_counted_twice(store: StationStore) -> None:
    received = record(store, receipt(base="50", containers=(container("S-1"), container("S-2"))), receipt(base="7", expires_on=None))
    _answer(store, received[:1])
    apply(store, lot_change("150", disposition="hold"))
    record(store, LotHeld("FLOUR", "OLD-1", "V1", "wet"), BarcodeLinked("X1", "SALT", None, None))
    undo(store, received[1])
    before = figures(store)
    rebuild(store.database)
    assert figures(store) == before


def test_figures_that_were_spoilt_are_put_right(store: StationStore) -> None:
    record(store, receipt(base="50"), receipt("L2", base="7"))
    before = figures(store)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE stock SET moved = '1'")
        connection.exec_driver_sql("UPDATE lots SET disposition = 'hold', expires_on = NULL WHERE code = 'L1'")
    assert figures(store) != before
    rebuild(store.database)
    assert figures(store) == before


def _answer(store: StationStore, envelopes: Sequence[Envelope]) -> None:
    from tests.kiosk.store.station_kit import NOW

    store.outbox.record_answers([answer(each, AnswerKind.ACKNOWLEDGED) for each in envelopes], NOW)
