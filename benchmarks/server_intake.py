"""How many events a second the server takes, 500 a POST, beside bare SQLite inserts of the same bytes on the same disk.

python benchmarks/server_intake.py [--events 10000] [--postgresql URL]
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from server.app import create_app
from server.enrolment import caller_of, enrol
from server.feed import store
from server.listening import Listening
from server.meeting import receive
from server.store.books import Books
from server.store.database import Database, open_database
from server.store.schema import ready
from sync.http import Address, Connection
from sync.protocol import EVENTS, LARGEST_BATCH, PROTOCOL, Answers, Events, RecordIn
from tests.simulators.journals import START, StationJournal, receipt

PLANT = (
    RecordIn(kind="item", key="FLOUR", body={"item": "FLOUR", "unit": "kg"}),
    RecordIn(kind="vendor", key="V1", body={"vendor": "V1"}),
)


def journal_of(station: str, seed: int, count: int) -> StationJournal:
    """Receipts of some hundreds of lots, a labelled container each."""
    journal = StationJournal(station, seed)
    for number in range(count):
        box = [{"serial": f"{station}-{number}", "quantity": "25", "unit": "kg"}]
        journal.add("receipt", receipt(lot=f"L{number // 20}", order=None, line=None, containers=box))
    return journal


def batches(journal: StationJournal) -> Iterator[Events]:
    for first in range(0, len(journal.envelopes), LARGEST_BATCH):
        some = journal.envelopes[first : first + LARGEST_BATCH]
        yield Events(protocol=PROTOCOL, station=journal.station, journal=journal.id, events=list(some))


def bare(directory: Path, events: Sequence[Any]) -> float:
    """Insert the bodies alone, durably, 500 a transaction."""
    connection = sqlite3.connect(directory / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE events (id TEXT PRIMARY KEY, body TEXT NOT NULL)")
    began = time.perf_counter()
    for first in range(0, len(events), LARGEST_BATCH):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO events VALUES (?, ?)", [(each["id"], json.dumps(each)) for each in events[first : first + LARGEST_BATCH]]
        )
        connection.execute("COMMIT")
    took = time.perf_counter() - began
    connection.close()
    return took


def intake_alone(database: Database, journal: StationJournal) -> float:
    with database.writing() as connection:
        caller = caller_of(connection, enrol(connection, journal.station, START))
    assert caller is not None
    began = time.perf_counter()
    for batch in batches(journal):
        taken = receive(database, caller, batch, START)
        assert {each.answer for each in taken.answers} == {"acknowledged"}
    return time.perf_counter() - began


def over_http(database: Database, journal: StationJournal) -> float:
    with database.writing() as connection:
        token = enrol(connection, journal.station, START)
    listening = Listening(create_app(database))
    listening.start()
    connection = Connection(Address(listening.url, token))
    began = time.perf_counter()
    for batch in batches(journal):
        connection.post(EVENTS, batch, Answers)
    took = time.perf_counter() - began
    connection.close()
    listening.stop()
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--postgresql", metavar="URL", help="an empty database to measure as well")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rows = [("bare SQLite insert (WAL, FULL)", bare(Path(name), journal_of("S0", 0, args.events).envelopes))]
        for label, where in (("SQLite", name), ("PostgreSQL", args.postgresql)):
            if where is None:
                continue
            database = ready(open_database(where), START)
            with database.writing() as connection:
                store(Books(connection), PLANT)
            rows.append((f"intake alone, {label}", intake_alone(database, journal_of("S1", 1, args.events))))
            rows.append((f"intake over HTTP, {label}", over_http(database, journal_of("S2", 2, args.events))))
            database.close()
    for label, took in rows:
        print(f"{label:<34} {args.events / took:>9.0f} events/s   {took / args.events * 1e6:>7.0f} µs an event")


if __name__ == "__main__":
    main()
