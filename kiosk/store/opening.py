"""Open a station's database: made where there is none, brought up to date, its owner checked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol

from sqlalchemy import select

from kiosk.services.ports import StorageFailed
from kiosk.store import badges, identity
from kiosk.store.attachments import StationAttachments
from kiosk.store.book import StationBook
from kiosk.store.database import Database
from kiosk.store.faults import storage_faults
from kiosk.store.journal import StationJournal
from kiosk.store.locking import lock
from kiosk.store.migrating import migrate, refuse_newer, revision_of
from kiosk.store.numbers import StationNumbers
from kiosk.store.outbox import StationOutbox
from kiosk.store.pins import StationPins
from kiosk.store.print_jobs import StationPrints
from kiosk.store.queue import StationQueue
from kiosk.store.records import ReferenceRecord
from kiosk.store.reference import LARGE_CHUNK, StationReference
from kiosk.store.schema import STATION

FILE: Final = "station.db"


class NoDatabase(StorageFailed):
    """There is nothing to read: the folder holds no station's database."""


@dataclass(frozen=True, slots=True)
class StationStore:
    """A station's database, open. Every part may be used from any thread; see `kiosk.store.database`."""

    journal: StationJournal
    book: StationBook
    prints: StationPrints
    queue: StationQueue
    numbers: StationNumbers
    outbox: StationOutbox
    reference: StationReference
    attachments: StationAttachments
    pins: StationPins
    database: Database
    held: IO[bytes]

    def close(self) -> None:
        """Close the database and let other programs have it."""
        self.database.close()
        self.held.close()


class Plant(Protocol):
    """A plant file that was read (config.plant.Plant)."""

    def records(self) -> Iterable[ReferenceRecord]:
        """Return everything as records; what others name comes before those who name it."""


def open_station(directory: Path, station: str) -> StationStore:
    """Open, or make, `station`'s database. StorageFailed says why not: in use, another station's, newer, read-only, damaged."""
    database, key, held = _open(directory)
    try:
        with database.writing() as connection:
            identity.claim(connection, station)
            journal = connection.execute(select(STATION.c.journal)).scalar_one()
    except BaseException:
        database.close()
        held.close()
        raise
    return StationStore(
        journal=StationJournal(database, journal, station, key),
        book=StationBook(database, key),
        prints=StationPrints(database),
        queue=StationQueue(database),
        numbers=StationNumbers(database),
        outbox=StationOutbox(database, journal),
        reference=StationReference(database, key),
        attachments=StationAttachments(database, directory),
        pins=StationPins(database),
        database=database,
        held=held,
    )


def import_plant(directory: Path, plant: Plant) -> None:
    """Store a plant file's records in the database of `directory`, made where there is none. StorageFailed."""
    database, key, held = _open(directory)
    try:
        reference = StationReference(database, key, pause=lambda _seconds: None, chunk=LARGE_CHUNK)
        # A station that has a server believes it about lots: a file's opening stock is older.
        has_server = reference.cursor().epoch is not None
        reference.store(each for each in plant.records() if not (has_server and each.kind == "lot"))
    finally:
        database.close()
        held.close()


def _open(directory: Path) -> tuple[Database, bytes, IO[bytes]]:
    with storage_faults():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)  # who did what is in there
        _make_private(directory / FILE)
    held = lock(directory)
    database = Database(directory / FILE)
    try:
        migrate(database)
        return database, _badge_key(database, directory), held
    except BaseException:
        database.close()
        held.close()
        raise


def _make_private(file: Path) -> None:
    """Let nobody else read a database that is about to be made, whatever its folder allows: hashes of badges and PINs are in it."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _badge_key(database: Database, directory: Path) -> bytes:
    with database.reading() as connection:
        check = identity.key_check_of(connection)
    if check is not None:
        return badges.stored_key(directory, check)
    key = badges.new_key(directory)
    with database.writing() as connection:
        identity.establish(connection, badges.check_of(key))
    return key


@contextmanager
def reading_station(directory: Path) -> Iterator[Database]:
    """Give the database of `directory` for reading only, also while a kiosk works with it. NoDatabase, StorageFailed."""
    path = directory / FILE
    with storage_faults():
        if not path.is_file():
            raise NoDatabase(f"there is no {FILE} in {directory}. Name the folder of a station's database.")
    database = Database(path, read_only=True)
    try:
        with database.reading() as connection:
            revision = revision_of(connection)
        if revision is None:
            raise NoDatabase(f"{path} is empty: no station has worked with it.")
        refuse_newer(revision)
        yield database
    finally:
        database.close()
