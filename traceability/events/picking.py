"""What is set aside for an order and fetched, and the photos and papers that belong to events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from traceability.attachments import MediaType, Way


@dataclass(frozen=True, slots=True)
class FileAttached:
    """A photo or a paper belongs to an earlier event. Its bytes are kept beside the journal, under their SHA-256."""

    kind: ClassVar[str] = "attachment"
    to_event: str
    sha256: str
    media_type: MediaType
    size: int  # bytes
    name: str  # for people; says nothing of what it is
    taken_by: Way


PickingEvent = FileAttached
