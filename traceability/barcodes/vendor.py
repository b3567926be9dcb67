"""Vendors' own labels: read a barcode by a rule that was taught from marked samples, and by nothing else.

A rule is a row of segments that must cover the whole text: literals that stand in every sample, and slots that change. What two
ways of covering would read differently is asked about; what does not fit is not this label. See `vendor_learning` for teaching.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from traceability.barcodes.reading import Ambiguous, Element, Facts, Format, Reading
from traceability.barcodes.vendor_values import NumberForm, date_of, number_of

LONGEST: Final = 512  # characters of a text that rules are tried on
LONGEST_VALUE: Final = 48
_MOST_COVERINGS: Final = 1000  # ways to cover a text that are looked at; good rules have one


class Field(StrEnum):
    """What a person can mark in a label."""

    ITEM = "item"
    LOT = "lot"
    SERIAL = "serial"
    ORDER = "order"
    EXPIRY = "expiry"
    PRODUCED = "produced"
    QUANTITY = "quantity"


DATES: Final = (Field.EXPIRY, Field.PRODUCED)


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to before `end` of a sample, and what they are.

    `means` is what a person reads there, where that helps: a date as 2027-11-30, a quantity as "25" or "25 kg".
    """

    field: Field
    start: int
    end: int
    means: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text that was scanned, with its marks; without marks it is a text that the rule must leave alone."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands in every label."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Text that changes from label to label, `least` to `most` characters long; without `field` it is passed over.

    `shape` has a sign for each character, or one for all: 9 digit, A letter, _ space, * anything that can be printed.
    """

    field: Field | None
    least: int
    most: int
    shape: str

    def ends(self, text: str, start: int) -> Iterator[int]:
        """Give every place where this slot may end in `text` when it starts at `start`."""
        if self.least == 0:
            yield start
        most = min(self.most, len(text) - start)
        for place in range(start, start + most):
            if not is_of(text[place], self.shape[(place - start) % len(self.shape)]):
                return
            # What is marked has no space at its edges; spaces there fill a width up.
            edges = text[start] + text[place]
            if place + 1 - start >= max(self.least, 1) and not (self.field and " " in edges):
                yield place + 1


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of label of one vendor is read; its samples are its regression test."""

    vendor: str
    version: int
    segments: tuple[Literal | Slot, ...]
    samples: tuple[Sample, ...]
    date_forms: dict[Field, str] = field(default_factory=dict)
    number_form: NumberForm = field(default_factory=NumberForm)


def is_of(sign: str, kind: str) -> bool:
    """Say whether `sign` is of `kind` (see `Slot.shape`)."""
    match kind:
        case "9":
            return sign.isascii() and sign.isdigit()
        case "A":
            return sign.isascii() and sign.isalpha()
        case "_":
            return sign == " "
        case _:
            return sign.isprintable()


def apply(rule: Rule, text: str, today: date) -> Reading | Ambiguous | None:
    """Read `text` (without AIM identifier) by `rule`; None where it is another label, ambiguous where two readings fit."""
    readings: list[Reading] = []
    for number, values in enumerate(_coverings(rule.segments, text)):
        reading = _reading(rule, text, values, today)
        if reading is not None and reading not in readings:
            readings.append(reading)
        if number == _MOST_COVERINGS:
            return None
        if len(readings) == 2:
            return Ambiguous(text, tuple(readings))
    return readings[0] if readings else None


def apply_all(rules: Iterable[Rule], text: str, today: date) -> Reading | Ambiguous | None:
    """Read `text` by whichever of one vendor's rules fits; ambiguous where they read it differently."""
    readings: list[Reading] = []
    for rule in rules:
        found = apply(rule, text, today)
        if isinstance(found, Ambiguous):
            return found
        if found is not None and found not in readings:
            readings.append(found)
    return Ambiguous(text, tuple(readings)) if len(readings) > 1 else next(iter(readings), None)


def _coverings(segments: tuple[Literal | Slot, ...], text: str) -> Iterator[dict[Field, str]]:
    """Give every way in which `segments` cover the whole of `text`, as the marked slots' texts."""
    if len(text) > LONGEST or not _may_cover(segments, len(text)):
        return
    # Where segments can start, worked out from the front; then, from the back, from where the rest can still be covered: no path is
    # walked in vain, and another label is known by its first words.
    starts: list[set[int]] = [{0}]
    for segment in segments:
        starts.append({end for start in starts[-1] for end in _ends(segment, text, start)})
    open_ends: list[set[int]] = [starts[-1] & {len(text)}]
    for segment, reached in zip(reversed(segments), reversed(starts[:-1]), strict=True):
        open_ends.append({start for start in reached if not open_ends[-1].isdisjoint(_ends(segment, text, start))})
    open_ends.reverse()

    def walk(number: int, start: int) -> Iterator[dict[Field, str]]:
        if number == len(segments):
            yield {}
            return
        segment = segments[number]
        for end in _ends(segment, text, start):
            if end in open_ends[number + 1]:
                found = {segment.field: text[start:end]} if isinstance(segment, Slot) and segment.field else {}
                for rest in walk(number + 1, end):
                    yield found | rest

    if 0 in open_ends[0]:
        yield from walk(0, 0)


def _may_cover(segments: tuple[Literal | Slot, ...], length: int) -> bool:
    least = sum(part.least if isinstance(part, Slot) else len(part.text) for part in segments)
    most = sum(part.most if isinstance(part, Slot) else len(part.text) for part in segments)
    return least <= length <= most


def _ends(segment: Literal | Slot, text: str, start: int) -> Iterator[int]:
    if isinstance(segment, Slot):
        yield from segment.ends(text, start)
    elif text.startswith(segment.text, start):
        yield start + len(segment.text)


def _reading(rule: Rule, text: str, values: dict[Field, str], today: date) -> Reading | None:
    """Return what `values` mean; None where a date or a quantity is none."""
    days: dict[Field, date] = {}
    for when in DATES:
        if when in values:
            found = date_of(rule.date_forms[when], values[when], today)
            if found is None:
                return None
            days[when] = found
    quantity: Decimal | None = None
    if Field.QUANTITY in values:
        quantity = number_of(rule.number_form, values[Field.QUANTITY])
        if quantity is None:
            return None
    return Reading(
        text,
        Format.VENDOR,
        tuple(Element(name.value, value) for name, value in values.items()),
        Facts(
            item=values.get(Field.ITEM),
            lot=values.get(Field.LOT),
            serial=values.get(Field.SERIAL),
            order=values.get(Field.ORDER),
            expires_on=days.get(Field.EXPIRY),
            produced_on=days.get(Field.PRODUCED),
            quantity=quantity,
            unit=rule.number_form.unit if quantity is not None else None,
        ),
    )
