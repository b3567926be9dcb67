"""A server's database of each older step comes to today's tables, with all that was in it, and learns what only today's keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, select, text

from server.store import schema
from server.store.database import Database, open_database
from server.store.schema import migrate, ready
from server.store.tables import metadata
from sync.protocol import ORDER_PROGRESS
from tests.server.conftest import Counter
from tests.server.test_made import input_, production
from tests.server.test_overrides import override
from tests.server.test_shipping import SALES, opened, packing, shipment, undo
from tests.server.test_uses import WORK_ORDER, consumption, returned
from tests.simulators.journals import START, StationJournal, receipt

HEAD, *OLDER = (each.revision for each in ScriptDirectory(str(schema._MIGRATIONS)).walk_revisions())
#: What no older server kept, by the step that learns it from the events.
LEARNT = {"records": "0010", "overrides": "0012", "named_things": "0013"}

_Rows = list[dict[str, Any]]
_Tables = dict[str, _Rows]


@pytest.fixture
def older(database: Database, tmp_path: Path) -> Iterator[Database]:
    """Another database, without any table, of the same make."""
    if database.file is not None:
        opened_one = open_database(str(tmp_path / "older"))
        yield opened_one
        opened_one.close()
        return
    name = f"older_{uuid4().hex}"
    _outside_transactions(database, f"CREATE DATABASE {name}")
    opened_one = open_database(database.engine.url.set(database=name).render_as_string(hide_password=False))
    yield opened_one
    opened_one.close()
    _outside_transactions(database, f"DROP DATABASE {name}")


def _outside_transactions(database: Database, statement: str) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


@pytest.fixture
def busy(database: Database, store: Any, counter: Counter) -> Database:
    """A plant where everything happened that an upgrade reads."""
    store(*SALES, WORK_ORDER)
    journal = StationJournal()
    label = [{"serial": "C-1", "quantity": "25", "unit": "kg"}]
    journal.add("receipt", receipt(containers=label, sscc="395200010000000018"))
    gone = journal.add("receipt", receipt(lot="L2", disposition="hold", vendor_serial="P-1"))
    journal.add("receipt", receipt(quantity="-1", base_quantity="-1"))  # parked
    journal.add("consumption", consumption())
    journal.add("return_to_stock", returned())
    journal.add("production", production(input_("3", grade="backflushed", place="DOCK"), input_("2")))
    journal.add("carton_opened", opened())
    journal.add("packing", packing(quantity="2", container="C-1"))
    journal.add("shipment", shipment(quantity="2"))
    let_through = journal.add("override", override())
    journal.add("override", override(lot="B"))
    journal.add("override_reviewed", {"override": let_through["id"]}, operator="op-3")
    journal.add("correction", undo(gone))
    counter.send(journal)
    return database


@pytest.mark.parametrize("step", OLDER)
def test_an_older_database_comes_to_this_version_with_all_that_was_in_it(step: str, busy: Database, older: Database) -> None:
    with older.writing() as connection:
        command.upgrade(schema._config(connection), step)
    with busy.reading() as source, older.writing() as target:
        now = _contents(source)
        _fill(target, now, step)
        before = _contents(target)
    assert before["envelopes"]
    migrate(older, START)
    ready(older, START)
    with older.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        after = _contents(connection)
    for name, rows in before.items():
        if rows and name != "records":  # what is new in there is compared below
            assert _only(after[name], rows[0]) == rows, name
    for name in LEARNT:
        assert now[name], f"nothing of {name} happened"
        # Cursors of an upgrade are given in another order than those of the events as they came.
        columns = now[name][0].keys() - {"cursor"}
        assert _only(after[name], columns) == _only(now[name], columns)


def _fill(older: Connection, now: _Tables, step: str) -> None:
    """Put into an older database what it would have kept."""
    for table in _tables_of(older):
        rows = _only(now[table.name], table.columns.keys())
        if table.name == "records" and step < LEARNT["records"]:
            rows = [row for row in rows if row["kind"] != ORDER_PROGRESS]
        if rows:
            older.execute(table.insert(), rows)


def _tables_of(connection: Connection) -> list[Table]:
    """The tables as they are there, of whatever step: those that a row needs come before it."""
    there = MetaData()
    there.reflect(connection)
    return [each for each in there.sorted_tables if each.name != "alembic_version"]


def _contents(connection: Connection) -> _Tables:
    return {
        table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()]
        for table in _tables_of(connection)
    }


def _only(rows: _Rows, columns: Iterable[str]) -> _Rows:
    wanted = set(columns)
    return [{name: value for name, value in row.items() if name in wanted} for row in rows]
