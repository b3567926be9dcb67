"""Photos and papers at the server: files beside the database, taken piece by piece, kept only when their SHA-256 proves them."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select, update

from server.enrolment import Caller
from server.requests import Refused
from server.store.database import Database
from server.store.schema import epoch
from server.store.tables import attachments, envelopes, journals
from sync import protocol as wire
from traceability.attachments import LARGEST, digest_of, is_digest

__all__ = ["LARGEST", "Shelf", "media_type", "missing", "of_event", "receive", "shelf_beside"]

FOLDER: Final = "attachments"
_OWNER_ONLY: Final = 0o600


@dataclass(slots=True)
class Shelf:
    """The folder of contents, each under its SHA-256. One server process writes to it; writers take turns."""

    directory: Path
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def file(self, sha256: str) -> Path | None:
        """Return the whole content's file, or None where it is not here."""
        file = self.directory / sha256
        return file if is_digest(sha256) and file.is_file() else None

    def held(self, sha256: str) -> wire.Held:
        """Return how much of a content is here."""
        if whole := self.file(sha256):
            return wire.Held(sha256=sha256, have=whole.stat().st_size, whole=True)
        part = self._part(sha256)
        return wire.Held(sha256=sha256, have=part.stat().st_size if part.is_file() else 0, whole=False)

    def add(self, sha256: str, size: int, offset: int, piece: bytes) -> wire.Held:
        """Add a piece where the content ends so far; one from elsewhere changes nothing. Refused: it is whole and not what it should be."""
        with self._turn:
            held = self.held(sha256)
            if held.whole or offset != held.have or not piece:
                return held
            if offset + len(piece) > size:
                raise Refused(400, "malformed", f"a piece of {len(piece)} bytes at {offset} goes past the end of {size} bytes")
            self._append(sha256, piece)
            if offset + len(piece) == size:
                self._prove(sha256)
            return self.held(sha256)

    def _part(self, sha256: str) -> Path:
        return self.directory / f"{sha256}.part"

    def _append(self, sha256: str, piece: bytes) -> None:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self._part(sha256), os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OWNER_ONLY), "wb") as file:
            file.write(piece)

    def _prove(self, sha256: str) -> None:
        part = self._part(sha256)
        if digest_of(part.read_bytes()) != sha256:
            part.unlink()
            raise Refused(400, "not_the_same", "the bytes of a photo or paper are not those that were announced: they are sent once more")
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(self.directory / sha256)
        if os.name == "posix":  # the new name is in the folder's own block
            handle = os.open(self.directory, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)


def shelf_beside(database: Database) -> Shelf | None:
    """Return the folder beside an SQLite database; a database server has no place of its own on this machine."""
    return Shelf(database.file.parent / FOLDER) if database.file is not None else None


def missing(database: Database, shelf: Shelf, caller: Caller, said: wire.Missing) -> wire.Holdings:
    """Return how much is here of what the station announced; what the folder lost is wanted again."""
    with database.reading() as connection:
        sizes = _announced(connection, caller, said.sha256)
        now_epoch = epoch(connection)
    held = tuple(shelf.held(each) for each in said.sha256 if each in sizes)
    return wire.Holdings(epoch=now_epoch, held=held)


def receive(database: Database, shelf: Shelf, caller: Caller, sha256: str, offset: int, piece: bytes, now: datetime) -> wire.Held:
    """Take one piece; when this returns `whole`, the content is on disk and its events say that it is here."""
    with database.reading() as connection:
        sizes = _announced(connection, caller, [sha256])
    if sha256 not in sizes:
        raise Refused(404, "not_found", "no event of this station announced such a photo or paper")
    held = shelf.add(sha256, sizes[sha256], offset, piece)
    if held.whole:
        columns = attachments.c
        with database.writing() as connection:
            here = (columns.sha256 == sha256) & columns.received_at.is_(None)
            connection.execute(update(attachments).where(here).values(received_at=now))
    return held


def _announced(connection: Connection, caller: Caller, wanted: Sequence[str]) -> dict[str, int]:
    """The sizes of those contents that events of the calling station announced."""
    asked = (
        select(attachments.c.sha256, attachments.c.size)
        .join(envelopes, envelopes.c.id == attachments.c.envelope_id)
        .join(journals, journals.c.id == envelopes.c.journal_id)
        .where(attachments.c.sha256.in_(list(wanted)), journals.c.station_id == caller.station_id, ~attachments.c.voided)
    )
    return {row.sha256: int(row.size) for row in connection.execute(asked)}


def of_event(connection: Connection, shelf: Shelf | None, event_id: str) -> wire.AnnouncedList:
    """Return the photos and papers of one event; none where it has none or is not known."""
    asked = (
        select(attachments, envelopes.c.event_id)
        .join(envelopes, envelopes.c.id == attachments.c.envelope_id)
        .where((attachments.c.to_event == event_id) & ~attachments.c.voided)
        .order_by(attachments.c.envelope_id)
    )
    rows = connection.execute(asked).all()
    return wire.AnnouncedList(
        attachments=tuple(
            wire.Announced(
                event=row.event_id,
                to_event=row.to_event,
                sha256=row.sha256,
                media_type=row.media_type,
                size=row.size,
                name=row.name,
                taken_by=row.taken_by,
                here=shelf is not None and shelf.file(row.sha256) is not None,
            )
            for row in rows
        )
    )


def media_type(connection: Connection, sha256: str) -> str | None:
    """Return what an event said that the content is; None where none announced it."""
    return connection.execute(select(attachments.c.media_type).where(attachments.c.sha256 == sha256).limit(1)).scalar()
