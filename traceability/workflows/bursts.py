"""What came from a scanner just before: one trigger pull read twice (rule 17), old scans that come all at once (rule 18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from traceability.values import quick, replace
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
    return any(seen.device == scan.device and seen.text == scan.text and abs(scan.at - seen.at) < DOUBLE_READ for seen in before)


def with_scan(before: tuple[Seen, ...], scan: ScanRef) -> tuple[Seen, ...]:
    """Remember the scanner's last barcode, and whether it came in a burst after a silence."""
    last = next((seen for seen in before if seen.device == scan.device), None)
    others = tuple(seen for seen in before if seen is not last)
    fresh = Seen(scan.device, scan.text, scan.at)
    if last is not None and scan.at - last.at >= SILENCE:
        fresh = replace(fresh, burst_from=scan.at, burst=1)
    elif last is not None and last.burst_from is not None and abs(scan.at - last.burst_from) <= BURST_WITHIN:
        fresh = replace(fresh, burst_from=last.burst_from, burst=last.burst + 1)
    return (*others, fresh)


def burst_began(before: tuple[Seen, ...], scan: ScanRef) -> datetime | None:
    """Return when the burst that this scan belongs to began; None where it belongs to none. The scan itself is among `before`."""
    last = next(seen for seen in before if seen.device == scan.device)
    return last.burst_from if last.burst >= BURST else None
