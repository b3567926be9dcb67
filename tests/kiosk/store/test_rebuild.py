"""Stock is a reading of the journal: whatever a station did, reading it anew gives the same figures, exact to the last digit."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.store.opening import StationStore, open_station
from kiosk.store.rebuild import rebuild
from sync.protocol import AnswerKind
from tests.kiosk.store.station_kit import container, receipt, record, undo
from tests.kiosk.store.test_outbox import answer
from tests.kiosk.store.test_reference import apply, lot_change
from traceability.chain import Envelope
from traceability.events import BarcodeLinked, LotHeld
from traceability.lots import LotKey

TABLES = ("lots", "stock", "containers", "movements", "lot_facts", "order_progress", "item_codes")
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("999999999999.999999999"), places=9)
LOTS = st.sampled_from(("A", "B", "C"))


def figures(store: StationStore) -> dict[str, list[Any]]:
    connection = store.database.connection()
    rows = {table: connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in TABLES}
    # A link is made anew under a new row number; what it says is the same.
    return {table: sorted((tuple(row)[table == "item_codes" :] for row in found), key=repr) for table, found in rows.items()}


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
