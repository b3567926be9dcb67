"""One label, several barcodes: join them in any order into one record, and say what contradicts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from traceability.barcodes.reading import Facts
from traceability.refusals import Reason, Refusal
from traceability.values import quick, replace

#: Parts of one label come in quick succession; what comes later may be from the next box (PRODUCT, rule 18).
JOIN_WITHIN: Final = timedelta(seconds=20)
_NOTHING: Final = Facts()
_NAMES: Final = tuple(fact.name for fact in fields(Facts))


class Apart(StrEnum):
    """Why a barcode was not joined to the ones before it."""

    CONTRADICTION = "contradiction"
    OTHER_SCANNER = "other_scanner"
    TOO_LATE = "too_late"


@quick
@dataclass(frozen=True, slots=True)
class Parts:
    """What the barcodes of one label said so far, which scans said it, on which scanner and when last."""

    facts: Facts = _NOTHING
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


def join(parts: Parts, facts: Facts, scan: str, device: str, at: datetime) -> Parts | Conflict:
    """Add what a barcode says to `parts`; `scan` is the scan's id, `at` is UTC-aware."""
    if parts.device is not None and parts.device != device:
        return _conflict(Apart.OTHER_SCANNER, had=parts.device, got=device)
    # abs: a clock that was set back must not make yesterday's box part of this one.
    if parts.last_at is not None and abs(at - parts.last_at) > JOIN_WITHIN:
        return _conflict(Apart.TOO_LATE, had=parts.last_at.isoformat(), got=at.isoformat())
    merged = _merge(parts.facts, facts)
    if isinstance(merged, Conflict):
        return merged
    return Parts(merged, (*parts.scans, scan), device, at)


def _merge(had: Facts, got: Facts) -> Facts | Conflict:
    if had is _NOTHING or had == _NOTHING:
        return got
    news: dict[str, object] = {}
    for name in _NAMES:
        old, new = getattr(had, name), getattr(got, name)
        if new is None:
            continue
        if old is not None and old != new:
            return _conflict(Apart.CONTRADICTION, fact=name, had=str(old), got=str(new))
        news[name] = new
    return replace(had, **news)  # type: ignore[arg-type]  # names and types come from Facts itself


def _conflict(cause: Apart, **about: str) -> Conflict:
    return Conflict(cause, Refusal(Reason.FACTS_CONFLICT, {"cause": cause.value, **about}))
