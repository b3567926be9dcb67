"""What every barcode format answers: a reading, a misread, or an honest "two readings are possible"."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Final

from traceability.refusals import Reason
from traceability.values import quick


class Format(StrEnum):
    """How the data in a barcode is laid out."""

    GS1 = "gs1"
    DIGITAL_LINK = "digital_link"
    ISO15434 = "iso15434"
    HIBC = "hibc"
    RETAIL = "retail"
    ISBT128 = "isbt128"
    IFA = "ifa"
    COMMAND = "command"
    VENDOR = "vendor"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Element:
    """One field of a barcode: its identifier (GS1 AI, ASC data identifier, HIBC field) and its value, verbatim."""

    identifier: str
    value: str


@quick
@dataclass(frozen=True, slots=True)
class Facts:
    """What a barcode says about goods, in Lotline's words; what it does not say is None.

    Dates are calendar dates, `expires_on` the last good day. `quantity` has `unit` (a unit's plain name: "kg", "m")
    where the barcode names one; a bare count (AI 30, AI 37, DI Q without unit) leaves `unit` None.
    """

    gtin: str | None = None  # 14 digits
    content_gtin: str | None = None  # 14 digits: what a pallet or carton holds (AI 02)
    item: str | None = None  # a part number in the owner's or vendor's words (DI P, 1P; HIBC LIC+PCN)
    lot: str | None = None
    serial: str | None = None
    sscc: str | None = None  # 18 digits
    expires_on: date | None = None
    best_before: date | None = None
    produced_on: date | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    count: int | None = None  # AI 30 or 37: how many of the scanned code's unit
    order: str | None = None  # customer's purchase order number (AI 400, DI K)
    command: str | None = None  # a command card's verb and argument, "QTY.5"

    def in_words(self) -> dict[str, str]:
        """Return what it says, by name, as text; what it does not say is left out."""
        said = zip(_FACTS, _FACTS_OF(self), strict=True)
        return {name: value if type(value) is str else _text(value) for name, value in said if value is not None}


def _text(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


_FACTS: Final = tuple(each.name for each in fields(Facts))
_FACTS_OF: Final = attrgetter(*_FACTS)


@quick
@dataclass(frozen=True, slots=True)
class Reading:
    """A barcode that was read: verbatim text, elements in the order they stand, and what they mean."""

    scan: str  # as it came, AIM identifier included
    format: Format
    elements: tuple[Element, ...] = ()
    facts: Facts = field(default_factory=Facts)
    aim: str | None = None  # "]C1"
    repairs: tuple[str, ...] = ()  # what damage was mended, in words; empty for a clean read


@dataclass(frozen=True, slots=True)
class Misread:
    """A barcode that breaks its format's rules: which one, where, and what was expected."""

    scan: str
    format: Format | None
    message: str  # one sentence: which element, what is wrong, what was expected
    marked: str = ""  # the text with the fault between bars: (01)1234567890123|4|
    position: int | None = None  # 0-based character of `scan` where the fault starts
    reason: Reason = Reason.BARCODE_INVALID
    aim: str | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A barcode with two honest readings; the screen asks which one is meant."""

    scan: str
    readings: tuple[Reading, ...]
    reason: Reason = Reason.AMBIGUOUS


Outcome = Reading | Misread | Ambiguous
