"""Scan what was printed and compare: a label is proved by what a scanner reads from it, not by the printer's word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from labels.label import Label, Payload
from labels.payloads import GS

_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Match:
    """The scan is what one of the label's barcodes carries, sign for sign."""

    payload: Payload


@dataclass(frozen=True, slots=True)
class Differs:
    """The scan is none of the label's barcodes: the field of the nearest one that differs first, as printed and as scanned.

    `identifier` is None when the difference is in no field: in the envelope, or in a barcode without fields.
    """

    payload: Payload
    identifier: str | None
    printed: str
    scanned: str


def compare(label: Label, scan: str) -> Match | Differs:
    """Compare a scan (with or without AIM identifier) with what `label` carries; ValueError for a label without barcodes."""
    if not label.payloads:
        raise ValueError("a label without a barcode can't be verified by a scan")
    aim = _AIM.match(scan)
    text = scan[aim.end() :] if aim else scan
    nearest = max(label.payloads, key=lambda payload: _alike(payload.text, text))
    return Match(nearest) if nearest.text == text else _difference(nearest, text)


def _alike(printed: str, scanned: str) -> int:
    """Return how many characters agree from the start; one more when all do."""
    same = (one == other for one, other in zip(printed, scanned, strict=False))
    return sum(takewhile(bool, same)) + (printed == scanned)


def _difference(payload: Payload, scanned: str) -> Differs:
    """Walk the fields as they stand in the text; the first one that the scan does not have is the one that differs."""
    first = _alike(payload.text, scanned)
    at = 0
    for identifier, value in payload.fields:
        start = payload.text.index(identifier + value, at)
        at = start + len(identifier) + len(value)
        if first < at or (first == at and _runs_on(payload.text, scanned, at)):
            return Differs(payload, identifier, value, _field_at(scanned, start + len(identifier)))
    return Differs(payload, None, payload.text[first:], scanned[first:])


def _runs_on(printed: str, scanned: str, at: int) -> bool:
    """Tell whether the scanned field goes on where the printed one ended, or the separator after it was lost."""
    return scanned[at : at + 1] not in ("", GS) and printed[at : at + 1] in ("", GS)


def _field_at(scanned: str, start: int) -> str:
    return scanned[start:].split(GS)[0]
