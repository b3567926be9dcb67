"""Photos and papers: to which event one belongs, and what becomes of it. The same in every kind of work."""

from __future__ import annotations

from traceability.attachments import Attachment
from traceability.events import FileAttached
from traceability.workflows.inputs import FileGiven
from traceability.workflows.modes import WorkState
from traceability.workflows.receiving import Receiving
from traceability.workflows.step import Record
from traceability.workflows.working import Working


def last_event(work: WorkState) -> str | None:
    """Return the event that was recorded last in the open work and stands; None where there is none."""
    if isinstance(work, Receiving):
        return work.taken[-1].event_id if work.taken else None
    return work.done[-1].event_id if isinstance(work, Working) and work.done else None


def attached(file: Attachment, to_event: str, given: FileGiven) -> Record:
    """Return the record that announces it."""
    event = FileAttached(to_event, file.sha256, file.media_type, file.size, file.name, given.taken_by)
    scans = (given.scan.id,) if given.scan is not None else ()
    return Record(event, scans, how="camera" if given.taken_by == "camera" else "imported")
