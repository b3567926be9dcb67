"""One `station.db`: a connection a thread, and transactions that are kept whole or not at all.

Threads: the worker's thread and the sync thread may use every part of the store at once. Each thread has its own connection;
readers never wait, writers take turns. A writer of another program (`lotline import`) is waited for, five seconds at most.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from kiosk.store.faults import storage_faults
from kiosk.store.kept import Kept

BUSY_SECONDS: Final = 5
_EVERY_CONNECTION: Final = (
    "PRAGMA foreign_keys=ON",
    # A transaction that was answered for survives a power cut.
    "PRAGMA synchronous=FULL",
    # A badge's bytes are overwritten when their hash takes their place.
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-8000",
)


class Database:
    """Connections to one file. `read_only`: nothing is created or changed."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._read_only = read_only
        self._mine = threading.local()
        #: Reference data that was read.
        self.kept = Kept(lambda: self._own("beside"))
        #: How often the server's word on orders was stored: open work reads its orders anew.
        self.orders_told = 0
        #: What counts on with the station's own work: label serials, blocks of numbers, the age of the reference data.
        self.counted = Kept(lambda: self._own("beside"))
        self._all: list[Connection] = []
        self._guard = threading.Lock()
        # SQLite lets writers poll for their turn: one that writes all the time would starve the others.
        self._turn = threading.Lock()
        # AUTOCOMMIT leaves transactions to `writing`: the driver would begin them too late and without IMMEDIATE.
        # Parameters are hidden from error messages: what people did is nothing for a log.
        self._engine = create_engine(
            "sqlite://", creator=self._connect, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True
        )

    def _connect(self) -> sqlite3.Connection:
        uri = f"{self.path.absolute().as_uri()}?mode={'ro' if self._read_only else 'rwc'}"
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            for pragma in _EVERY_CONNECTION if self._read_only else ("PRAGMA journal_mode=WAL", *_EVERY_CONNECTION):
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def connection(self) -> Connection:
        """Return this thread's own connection."""
        return self._own("connection")

    def _own(self, name: str) -> Connection:
        mine: Connection | None = getattr(self._mine, name, None)
        if mine is None:
            mine = self._engine.connect()
            self.kept.known_by(mine)
            setattr(self._mine, name, mine)
            with self._guard:
                self._all.append(mine)
        return mine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read; StorageFailed where the disk or the file does not let us."""
        with storage_faults():
            yield self.connection()

    @contextmanager
    def writing(self, *, counts: bool = True) -> Iterator[Connection]:
        """Write in one durable transaction: on return it is on disk, after an exception nothing is changed. StorageFailed.

        `counts`: it may change what `counted` keeps, which is read anew then.
        """
        with storage_faults(), self._turn:
            connection = self.connection()
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                # A full disk makes SQLite roll back by itself; a second ROLLBACK would hide the first error.
                if connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]  # sqlite3's own
                    connection.exec_driver_sql("ROLLBACK")
                raise
            if counts:
                self.counted.forget()

    @contextmanager
    def told(self) -> Iterator[Connection]:
        """Write reference data as `writing` does; whatever is kept of it in memory is read anew."""
        try:
            with self.writing() as connection:
                yield connection
        finally:
            self.kept.forget()

    def close(self) -> None:
        """Close every thread's connection; no thread may be using one any more."""
        with self._guard:
            connections, self._all = self._all, []
        self._mine = threading.local()
        for connection in connections:
            connection.close()
        self._engine.dispose()
