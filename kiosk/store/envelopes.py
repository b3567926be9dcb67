"""What a piece of work becomes in the journal: sealed envelopes, each following the one before."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.services.ports import Stamp
from kiosk.store.times import to_text
from traceability.chain import Envelope, Json, sealed
from traceability.events import VERSION, to_data
from traceability.ids import ENTROPY_BYTES, uuid7
from traceability.workflows.step import Record


@dataclass(frozen=True, slots=True)
class StoredScan:
    """A scan as it lies in the database; a secret one's `data` is its keyed hash."""

    row: int
    id: str
    device: str
    data: bytes
    aim: str | None
    received_at: str
    secret: bool

    def entry(self) -> dict[str, Json]:
        """Return the scan as envelopes name it."""
        named: dict[str, Json] = {
            "id": self.id,
            "bytes": base64.b64encode(self.data).decode(),
            "aim": self.aim,
            "device": self.device,
            "at": self.received_at,
        }
        return {**named, "secret": True} if self.secret else named


@dataclass(frozen=True, slots=True)
class Head:
    """Where a journal ends: its newest sequence and hash."""

    journal: str
    station: str
    sequence: int
    hash: str


def chained(head: Head, records: Sequence[Record], stamp: Stamp, scans: Mapping[str, StoredScan]) -> tuple[Envelope, ...]:
    """Return an envelope for each record, sealed in order after `head`."""
    envelopes: list[Envelope] = []
    sequence, previous = head.sequence, head.hash
    for record in records:
        sequence += 1
        envelope = sealed(_envelope(head, sequence, previous, record, stamp, scans))
        previous = str(envelope["hash"])
        envelopes.append(envelope)
    return tuple(envelopes)


def _envelope(head: Head, sequence: int, previous: str, record: Record, stamp: Stamp, scans: Mapping[str, StoredScan]) -> dict[str, Json]:
    return {
        "id": record.id or uuid7(stamp.occurred_at, secrets.token_bytes(ENTROPY_BYTES)),
        "journal": head.journal,
        "sequence": sequence,
        "previous": previous,
        "station": head.station,
        "kind": record.event.kind,
        "version": VERSION,
        "occurred_at": to_text(stamp.occurred_at),
        "zone": stamp.zone,
        "monotonic_us": stamp.monotonic_us,
        "clock_offset_ms": stamp.clock_offset_ms,
        "operator": stamp.operator,
        "approver": record.approver,
        "override_reason": record.override_reason,
        "place": stamp.place,
        "documents": [{"kind": kind, "number": number} for kind, number in record.documents],
        "scans": [scans[each].entry() for each in record.scans],
        "read": dict(record.read),
        "how": record.how,
        "rules": {"asked": list(record.rules), "cache_age_seconds": stamp.cache_age_seconds},
        "app_version": stamp.app_version,
        "labels": list(record.labels),
        "data": to_data(record.event),
    }
