"""What an administrator does before a plant's first day: the plant's data go in, the station and a reader are let in."""

from __future__ import annotations

from pathlib import Path

from config.plant import Plant
from server import enrolment
from server.app import utc_now
from server.feed import store
from server.store.books import Books
from server.store.database import open_database
from server.store.schema import ready
from server.token_files import write_token
from sync.protocol import RecordIn


def prepare(directory: Path, plant: Plant, station: str, station_token: Path, reader_token: Path) -> None:
    """Make the server's database in `directory`, with `plant` in it; put the tokens into their files."""
    now = utc_now()
    database = ready(open_database(str(directory)), now)
    try:
        with database.writing() as connection:
            store(Books(connection), [RecordIn(kind=each.kind, key=each.key, body=each.body) for each in plant.records()])
            write_token(station_token, enrolment.enrol(connection, station, now))
            write_token(reader_token, enrolment.admit(connection, "demo", enrolment.Role.READER, now))
    finally:
        database.close()
