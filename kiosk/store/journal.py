"""The journal: raw scans first, then chained events with everything that they change, in one durable transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.services.ports import RawScan, Serials, Work
from kiosk.store import scans
from kiosk.store.database import Database
from kiosk.store.envelopes import Head, chained
from kiosk.store.identity import LAST_SERIAL, new_tag, serial_prefix
from kiosk.store.numbers import next_number, use_number
from kiosk.store.posting import Posting
from kiosk.store.postings import post
from kiosk.store.print_jobs import insert_jobs
from kiosk.store.reading import envelope_of
from kiosk.store.schema import EVENTS, JOURNALS, STATION
from kiosk.store.seat_rows import Works, keep_seat, stored_seats
from traceability.chain import Envelope, Json, canonical
from traceability.number_blocks import Numbered

# A tag is given up early, so that the serials of one piece of work never run past the last.
_SPARE_SERIALS = 10_000

# Built once: making a statement costs SQLAlchemy five times what running it does.
_HEAD: Final = select(JOURNALS).where(JOURNALS.c.id == bindparam("journal"))
_SET_HEAD: Final = update(JOURNALS).where(JOURNALS.c.id == bindparam("journal"))
_ADD_EVENT: Final = insert(EVENTS).returning(EVENTS.c.row)
_SERIALS: Final = select(STATION.c.tag, STATION.c.next_serial)
_SET_SERIALS: Final = update(STATION)


class StationJournal:
    """What happened at this station, append-only. `id` is the journal's."""

    def __init__(self, database: Database, journal: str, station: str, badge_key: bytes) -> None:
        self.id = journal
        self._database = database
        self._station = station
        self._badge_key = badge_key
        self._aside: dict[str, Works] = {}  # what is on disk of each seat's other works

    def keep_scan(self, scan: RawScan) -> None:
        """Put the raw scan on disk before anything is made of it. StorageFailed where that can't be done."""
        with self._database.writing(counts=False) as connection:
            scans.insert_scan(connection, scan)

    def commit(self, work: Work) -> tuple[Envelope, ...]:
        """Chain the records, post their effects, keep print jobs, counters and the seat: all or nothing.

        StorageFailed: nothing was kept. NotCorrectable: a correction of what can't be undone. JournalMisused: a scan named twice.
        """
        counts = bool(work.serials_used or work.numbers_used or work.ssccs_used)
        with self._database.writing(counts=counts) as connection:
            scans.hide_badges(connection, work.secret_scans or {}, self._badge_key)
            envelopes = self._append(connection, work)
            insert_jobs(connection, work.prints, work.stamp.occurred_at)
            _use_numbers(connection, work)
            aside = self._aside.get(work.seat_name)
            if work.seat is not None:
                aside = keep_seat(connection, work.seat_name, work.seat, aside)
        if aside is not None:  # only now is it on disk
            self._aside[work.seat_name] = aside
        return envelopes

    def _append(self, connection: Connection, work: Work) -> tuple[Envelope, ...]:
        if not work.records:
            return ()
        named = scans.load_scans(connection, [scan for record in work.records for scan in record.scans])
        envelopes = chained(self._head(connection), work.records, work.stamp, named)
        for record, envelope in zip(work.records, envelopes, strict=True):
            row = _insert(connection, envelope)
            scans.name_scans(connection, record.scans, row)
            post(connection, Posting(row, str(envelope["occurred_at"]), record.event))
        end = {"head_sequence": envelopes[-1]["sequence"], "head_hash": envelopes[-1]["hash"]}
        connection.execute(_SET_HEAD, {"journal": self.id, **end})
        return envelopes

    def _head(self, connection: Connection) -> Head:
        row = connection.execute(_HEAD, {"journal": self.id}).one()
        return Head(self.id, self._station, row.head_sequence, row.head_hash)

    def seats(self) -> Mapping[str, Mapping[str, Json]]:
        """Return where the worker of each seat was; a seat that nobody used yet is not there."""
        with self._database.reading() as connection:
            return stored_seats(connection)

    def unnamed_scans(self) -> tuple[RawScan, ...]:
        """Return the scans that no event names yet, oldest first: what a crash left."""
        with self._database.reading() as connection:
            return scans.unnamed(connection)

    def serials(self) -> Serials:
        """Return the next free label serial."""
        with self._database.reading():
            row = self._database.counted.get("serials", lambda beside: beside.execute(_SERIALS).one())
        return Serials(serial_prefix(self._station, row.tag), row.next_serial)

    def next_number(self, kind: Numbered) -> int | None:
        """Return the next free number of the station's blocks of that kind; None where they are used up."""
        with self._database.reading():
            return next_number(self._database.counted, kind)

    def envelope(self, event_id: str) -> Envelope | None:
        """Return one event as it stands in the journal."""
        with self._database.reading() as connection:
            row = connection.execute(select(EVENTS.c.body).where(EVENTS.c.id == event_id)).first()
        return None if row is None else envelope_of(row)


def _insert(connection: Connection, envelope: Envelope) -> int:
    columns = {name: envelope[name] for name in ("journal", "sequence", "id", "kind", "occurred_at", "hash")}
    return int(connection.execute(_ADD_EVENT, {**columns, "body": canonical(envelope)}).scalar_one())


def _use_numbers(connection: Connection, work: Work) -> None:
    if work.serials_used:
        _use_serials(connection, work.serials_used)
    for kind, used in ((Numbered.LOT, work.numbers_used), (Numbered.SSCC, work.ssccs_used)):
        for _ in range(used):
            if not use_number(connection, kind, work.stamp.occurred_at.date().isoformat()):
                raise scans.JournalMisused(f"a {kind} number was used where none was left")


def _use_serials(connection: Connection, used: int) -> None:
    following = connection.execute(_SERIALS).one().next_serial + used
    if following > LAST_SERIAL - _SPARE_SERIALS:
        connection.execute(_SET_SERIALS, {"next_serial": 1, "tag": new_tag()})
    else:
        connection.execute(_SET_SERIALS, {"next_serial": following})
