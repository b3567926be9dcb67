"""Open the server's database; readers don't wait for anyone, writers take turns."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

FILE_NAME: Final = "server.db"
_WRITING: Final = "lotline_writing"
_BUSY_MILLISECONDS: Final = 30_000
_OWNER_ONLY: Final = 0o600
_PASSWORD: Final = re.compile("(://[^:@]*):.*@")
_WRITERS_LOCK: Final = 0x4C4F544C494E45  # "LOTLINE": PostgreSQL's advisory lock of whoever writes


class DatabaseRefused(Exception):
    """The database can't be used; `words` say why and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Database:
    """The server's database. One writer at a time: then cursors of the feed are given in the order in which they become visible."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view, for as long as the block lasts."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, durably, or nothing."""
        with self.engine.connect().execution_options(**{_WRITING: True}) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS_LOCK})
            yield connection

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None where a database server keeps it."""
        name = self.engine.url.database
        return Path(name) if self.engine.dialect.name == "sqlite" and name else None

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the SQLite file while others work on it; DatabaseRefused."""
        if self.file is None:
            raise DatabaseRefused("this server's data is in PostgreSQL: back it up with pg_dump")
        try:
            _make_private(target)
            with closing(sqlite3.connect(self.file, isolation_level=None)) as source:
                source.execute("VACUUM INTO ?", (str(target),))
        except (sqlite3.Error, OSError) as error:
            raise DatabaseRefused(f"a copy of {self.file} can't be written to {target}: {error}") from error

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_database(where: str) -> Database:
    """Open a directory (SQLite in it, made where it is missing) or a URL (postgresql://…). DatabaseRefused."""
    try:
        url = _url(where)
        engine = create_engine(url, hide_parameters=True, **_options(url))  # what people did is nothing for a log
    except (ArgumentError, ValueError, OSError) as error:  # ValueError: a port that is no number
        raise DatabaseRefused(
            f"{without_password(where)!r} is no database for the server: {error}. Give a directory, or postgresql://user@host/name"
        ) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    database = Database(engine)
    try:
        with database.reading() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        database.close()
        raise DatabaseRefused(f"the database {engine.url.render_as_string()} can't be opened: {_first_line(error)}") from error
    return database


def without_password(where: str) -> str:
    """Return a database's URL as it may be shown."""
    return _PASSWORD.sub(r"\1:***@", where)


def _url(where: str) -> URL:
    if "://" not in where:
        directory = Path(where)
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (directory / FILE_NAME).exists():
            _make_private(directory / FILE_NAME)
        return URL.create("sqlite", database=str(directory / FILE_NAME))
    url = make_url(where)
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ArgumentError("only SQLite and PostgreSQL are known here")
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


def _make_private(file: Path) -> None:
    """Make an empty file that SQLite fills: badges and what people did are in it, for its owner only."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "postgresql":
        return {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}
    return {"connect_args": {"timeout": _BUSY_MILLISECONDS / 1000, "check_same_thread": False}}


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transactions would commit around DDL and begin too late; we say BEGIN ourselves.
    connection.isolation_level = None
    try:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MILLISECONDS}"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise


def _begin_sqlite(connection: Connection) -> None:
    # A writer that begins as a reader may find, too late, that another one wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITING) else "BEGIN")


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0] if error.orig and str(error.orig).strip() else type(error).__name__
