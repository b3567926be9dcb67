"""One label, several barcodes: join them in any order into one record, and say what contradicts and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from traceability.barcodes.reading import Facts, Reading
from traceability.refusals import Reason, Refusal

#: Parts of one label come in quick succession; what comes later may be from the next box (PRODUCT, rule 18).
JOIN_WITHIN: Final = timedelta(seconds=20)


class Wanted(StrEnum):
    """What a record may need before it counts."""

    ITEM = "item"
    LOT = "lot"
    EXPIRY = "expiry"
    QUANTITY = "quantity"
    SERIAL = "serial"


# Any one of these facts answers the want. A best-before date (AI 15) is where food carries its expiry.
_ANSWERED_BY: Final[dict[Wanted, tuple[str, ...]]] = {
    Wanted.ITEM: ("gtin", "content_gtin", "item"),
    Wanted.LOT: ("lot",),
    Wanted.EXPIRY: ("expires_on", "best_before"),
    Wanted.QUANTITY: ("quantity", "count"),
    Wanted.SERIAL: ("serial",),
}


class Apart(StrEnum):
    """Why a barcode was not joined to the ones before it."""

    CONTRADICTION = "contradiction"
    OTHER_SCANNER = "other_scanner"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the barcodes of one label said so far, which scans said it, on which scanner and when last."""

    facts: Facts = field(default_factory=Facts)
    scans: tuple[str, ...] = ()  # ids of the scans, in the order they came
    device: str | None = None
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A barcode that can't be joined safely: the parts stay as they were and a person is asked.

    The refusal's `about` has `cause`, and for a contradiction `fact`, `had` and `got`.
    """

    cause: Apart
    refusal: Refusal


def join(parts: Parts, reading: Reading, scan: str, device: str, at: datetime) -> Parts | Conflict:
    """Add what `reading` says to `parts`; `scan` is the scan's id, `at` is UTC-aware."""
    if parts.device is not None and parts.device != device:
        return _conflict(Apart.OTHER_SCANNER, had=parts.device, got=device)
    # abs: a clock that was set back must not make yesterday's box part of this one.
    if parts.last_at is not None and abs(at - parts.last_at) > JOIN_WITHIN:
        return _conflict(Apart.TOO_LATE, had=parts.last_at.isoformat(), got=at.isoformat())
    merged = _merge(parts.facts, reading.facts)
    if isinstance(merged, Conflict):
        return merged
    return Parts(merged, (*parts.scans, scan), device, at)


def missing(parts: Parts, wanted: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """Return what of `wanted` no barcode has said yet, in the order of `wanted`."""
    return tuple(want for want in wanted if all(getattr(parts.facts, name) is None for name in _ANSWERED_BY[want]))


def _merge(had: Facts, got: Facts) -> Facts | Conflict:
    news: dict[str, object] = {}
    for fact in fields(Facts):
        old, new = getattr(had, fact.name), getattr(got, fact.name)
        if new is None:
            continue
        if old is not None and old != new:
            return _conflict(Apart.CONTRADICTION, fact=fact.name, had=str(old), got=str(new))
        news[fact.name] = new
    return replace(had, **news)  # type: ignore[arg-type]  # names and types come from Facts itself


def _conflict(cause: Apart, **about: str) -> Conflict:
    return Conflict(cause, Refusal(Reason.FACTS_CONFLICT, {"cause": cause.value, **about}))
