"""What people and the station did: who sat there, what was refused, undone, linked or printed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from traceability.refusals import Reason


@dataclass(frozen=True, slots=True)
class EventCorrected:
    """An earlier event is undone; the original stays. EPCIS errorDeclaration."""

    kind: ClassVar[str] = "correction"
    corrects: str  # the id of the event that is undone
    corrected_kind: str
    why: str
    code: str | None = None  # the reason that a person gave, where one was asked


@dataclass(frozen=True, slots=True)
class ScanRefused:
    """A scan or a touch was answered with no; nothing was counted."""

    kind: ClassVar[str] = "refusal"
    workflow: str
    reason: Reason
    about: dict[str, str]


@dataclass(frozen=True, slots=True)
class ScansAbandoned:
    """Scans that were taken for a record that never came to be."""

    kind: ClassVar[str] = "abandonment"
    workflow: str
    why: Literal["cancelled", "too_late", "replaced", "signed_out", "finished", "restarted", "not_stored", "old_scans"]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An operator signed in at a station."""

    kind: ClassVar[str] = "sign_in"


@dataclass(frozen=True, slots=True)
class SignedOut:
    """An operator left, or was signed out when idle."""

    kind: ClassVar[str] = "sign_out"
    why: Literal["touch", "idle", "switched"]


@dataclass(frozen=True, slots=True)
class DocumentOpened:
    """Work on a document began."""

    kind: ClassVar[str] = "document_opened"
    workflow: str
    document: str | None
    document_kind: str


@dataclass(frozen=True, slots=True)
class DocumentFinished:
    """Work on a document ended for now; what was short stays open on the order."""

    kind: ClassVar[str] = "document_finished"
    workflow: str
    document: str | None
    document_kind: str


@dataclass(frozen=True, slots=True)
class CommandScanned:
    """A command card was scanned; what it caused stands in events of its own."""

    kind: ClassVar[str] = "command"
    verb: str
    argument: str | None


@dataclass(frozen=True, slots=True)
class BarcodeLinked:
    """A person said what an unknown barcode stands for."""

    kind: ClassVar[str] = "barcode_linked"
    code: str
    item: str
    unit: str | None
    vendor: str | None


@dataclass(frozen=True, slots=True)
class LabelReprinted:
    """A label was printed again, with the reason."""

    kind: ClassVar[str] = "label_reprinted"
    serial: str
    why: str


StationEvent = (
    EventCorrected
    | ScanRefused
    | ScansAbandoned
    | SignedIn
    | SignedOut
    | DocumentOpened
    | DocumentFinished
    | CommandScanned
    | BarcodeLinked
    | LabelReprinted
)
