"""Rows of one table during one transaction: read at most once, changed in memory, written together at the end.

Safe because writers take turns (`Database.writing`): nobody else changes a row, or takes an id, in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, func, insert, select, tuple_, update

Row = dict[str, Any]
_ROWS_A_QUESTION = 300  # SQLite's limit on parameters is far above, its parser's patience is not


class Sheet:
    """`key` names the columns that a row is found by; each key belongs to one row at most."""

    def __init__(self, connection: Connection, table: Table, *key: str) -> None:
        self._connection = connection
        self._table = table
        self._key = key
        self._rows: dict[tuple[Any, ...], Row | None] = {}
        self._added: list[Row] = []
        self._changed: dict[tuple[Any, ...], Row] = {}
        self._asked: dict[str, set[Any]] = {}  # column -> values whose rows were all read
        self._next_id: int | None = None

    def foresee(self, keys: Iterable[tuple[Any, ...]]) -> None:
        """Read the rows of many keys at once."""
        wanted = iter({key for key in keys if key not in self._rows})
        columns = [self._table.c[name] for name in self._key]
        while chunk := list(islice(wanted, _ROWS_A_QUESTION)):
            self._rows.update(dict.fromkeys(chunk))
            matching = columns[0].in_([key[0] for key in chunk]) if len(columns) == 1 else tuple_(*columns).in_(chunk)
            for found in self._connection.execute(select(self._table).where(matching)).mappings():
                row = dict(found)
                self._rows[self._key_of(row)] = row

    def find(self, *key: Any) -> Row | None:
        """Return the row of `key`, those added in this transaction included."""
        if key not in self._rows:
            self.foresee((key,))
        return self._rows[key]

    def having(self, column: str, values: Collection[Any]) -> list[Row]:
        """Return the rows whose `column` is one of `values`, as they are in this transaction, oldest first."""
        among = set(values)
        wanted = iter(among - self._asked.get(column, set()))
        while chunk := list(islice(wanted, _ROWS_A_QUESTION)):
            self._asked.setdefault(column, set()).update(chunk)
            for found in self._connection.execute(select(self._table).where(self._table.c[column].in_(chunk))).mappings():
                row = dict(found)
                if self._rows.get(self._key_of(row)) is None:  # what was read or added before may have been changed since
                    self._rows[self._key_of(row)] = row
        there = [row for row in self._rows.values() if row is not None and row[column] in among]
        return sorted(there, key=lambda row: tuple(row[name] for name in self._key))

    def add(self, **values: Any) -> Row:
        """Take a new row; a table with an `id` gives it the next one."""
        if "id" in self._table.c and "id" not in values:
            values["id"] = self._take_id(self._table.c.id)
        self._rows[self._key_of(values)] = values
        self._added.append(values)
        return values

    def change(self, row: Row, **values: Any) -> None:
        """Set `values` in a row that was found or added here."""
        row.update(values)
        self._changed[self._key_of(row)] = row

    def keep(self) -> None:
        """Write what was added and changed."""
        added = {id(row) for row in self._added}
        if self._added:
            self._connection.execute(insert(self._table), self._added)
        changed = [row for row in self._changed.values() if id(row) not in added]
        if changed:
            self._connection.execute(self._update(), [{f"k_{name}": value for name, value in row.items()} for row in changed])
        self._added, self._changed = [], {}

    def touched(self) -> tuple[Row, ...]:
        """Return the rows that were added or changed and not written yet, each once."""
        rows = {id(row): row for row in (*self._added, *self._changed.values())}
        return tuple(rows.values())

    def _update(self) -> Any:
        primary = {column.name for column in self._table.primary_key}
        where = [column == bindparam(f"k_{column.name}") for column in self._table.primary_key]
        values: dict[str, Any] = {column.name: bindparam(f"k_{column.name}") for column in self._table.c if column.name not in primary}
        return update(self._table).where(*where).values(values)

    def _key_of(self, row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in self._key)

    def _take_id(self, column: Column[Any]) -> int:
        if self._next_id is None:
            self._next_id = int(self._connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()) + 1
        taken, self._next_id = self._next_id, self._next_id + 1
        return taken
