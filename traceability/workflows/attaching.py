"""Photos and papers: to which event one belongs, and what becomes of it. The same in every kind of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from traceability.attachments import Attachment
from traceability.events import Event, FileAttached
from traceability.lots import LotKey
from traceability.workflows.inputs import FileGiven
from traceability.workflows.receiving import Receiving
from traceability.workflows.step import Record
from traceability.workflows.working import Working


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done last in the open work and stands: of which lot, or on which carton or pallet, and how much."""

    event_id: str
    at: datetime
    event: Event
    lot: LotKey | None = None

    @property
    def unit(self) -> str | None:
        """The SSCC of the carton or pallet; None where it was about none."""
        return getattr(self.event, "sscc", None)

    @property
    def amount(self) -> Decimal | None:
        """How much it was, in the base unit; None where nothing was counted."""
        return getattr(self.event, "base_quantity", None)

    @property
    def measure(self) -> str:
        """The base unit."""
        return getattr(self.event, "base_unit", "")


def last_entry(work: object) -> Entry | None:
    """Return what was done last in the open work and stands; None where nothing was."""
    if isinstance(work, Receiving) and work.taken:
        last = work.taken[-1]
        return Entry(last.event_id, last.at, last.receipt, LotKey(last.receipt.item, last.receipt.lot, last.receipt.assigned_by))
    if isinstance(work, Working) and work.done:
        done = work.done[-1]
        return Entry(done.event_id, done.at, done.event, done.key)
    return None


def last_event(work: object) -> str | None:
    """Return the event that a photo taken now belongs to; None where there is none."""
    entry = last_entry(work)
    return entry.event_id if entry else None


def attached(file: Attachment, to_event: str, given: FileGiven) -> Record:
    """Return the record that announces it."""
    event = FileAttached(to_event, file.sha256, file.media_type, file.size, file.name, given.taken_by)
    scans = (given.scan.id,) if given.scan is not None else ()
    return Record(event, scans, how="camera" if given.taken_by == "camera" else "imported")
