"""What came from a scanner just before: one trigger pull read twice (rule 17), old scans that come all at once (rule 18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from traceability.values import quick
from traceability.workflows.step import ScanRef

#: The same barcode from the same scanner within this time is one trigger pull read twice (PRODUCT, rule 17).
DOUBLE_READ: Final = timedelta(seconds=1.5)
#: A cordless scanner that was out of range sends what it kept all at once: so many within so long, after such a silence (rule 18).
BURST: Final = 3
BURST_WITHIN: Final = timedelta(seconds=1)
SILENCE: Final = timedelta(seconds=60)


@quick
@dataclass(frozen=True, slots=True)
class Seen:
    """The last barcode of a scanner, to know a double read, and the burst that it belongs to."""

    device: str
    text: str
    at: datetime
    burst_from: datetime | None = None  # the first scan after a long silence
    burst: int = 0  # how many came since then


def is_double_read(before: tuple[Seen, ...], scan: ScanRef) -> bool:
    """Whether this is one trigger pull read twice."""
    last = _last(before, scan)
    return last is not None and last.text == scan.text and abs(scan.at - last.at) < DOUBLE_READ


def with_scan(before: tuple[Seen, ...], scan: ScanRef) -> tuple[Seen, ...]:
    """Remember the scanner's last barcode, and whether it came in a burst after a silence."""
    last = _last(before, scan)
    if last is None:
        return (*before, Seen(scan.device, scan.text, scan.at))
    since, count = None, 0
    if scan.at - last.at >= SILENCE:
        since, count = scan.at, 1
    elif last.burst_from is not None and abs(scan.at - last.burst_from) <= BURST_WITHIN:
        since, count = last.burst_from, last.burst + 1
    fresh = Seen(scan.device, scan.text, scan.at, since, count)
    return (fresh,) if len(before) == 1 else (*(seen for seen in before if seen is not last), fresh)


def burst_began(before: tuple[Seen, ...], scan: ScanRef) -> datetime | None:
    """Return when the burst that this scan belongs to began; None where it belongs to none. The scan itself is among `before`."""
    last = _last(before, scan)
    return last.burst_from if last is not None and last.burst >= BURST else None


def _last(before: tuple[Seen, ...], scan: ScanRef) -> Seen | None:
    """Return what this scanner read last: of each one only that is remembered."""
    for seen in before:
        if seen.device == scan.device:
            return seen
    return None
