"""Teach a vendor's label: from samples in which a person marked lot, expiry, quantity or item, derive the rule that reads them.

Nothing is guessed: where two rules would fit the samples, the answer is a question, and one more sample or what a date means
answers it. A rule that misreads one of its own samples is never given out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from traceability.barcodes import vendor_values as values
from traceability.barcodes.reading import Reading
from traceability.barcodes.vendor import DATES, LONGEST, LONGEST_VALUE, Field, Literal, Mark, Rule, Sample, Slot, apply, is_of

MOST_SAMPLES: Final = 100
# A label may separate its fields by these; no slot holds them.
_SEPARATORS: Final = dict.fromkeys(map(ord, "\t\x1c\x1d\x1e\x1f"))


@dataclass(frozen=True, slots=True)
class Cannot:
    """Why no rule can be given: in words, the sample it is about (its place from 0), and for a question its possible answers."""

    words: str
    sample: int | None = None
    field: Field | None = None
    answers: tuple[str, ...] = ()


def learn(vendor: str, samples: Sequence[Sample], today: date, previous: Rule | None = None) -> Rule | Cannot:
    """Derive the rule for `samples`; its version is one after `previous`."""
    marked = [sample for sample in samples if sample.marks]
    wrong = _wrong_marks(samples)
    if wrong is not None:
        return wrong
    if not marked:
        return Cannot("Mark at least the lot, the expiry, the quantity or the item in one sample.")
    forms = _date_forms(marked, samples, today)
    if isinstance(forms, Cannot):
        return forms
    number = _number_form(marked, samples)
    if isinstance(number, Cannot):
        return number
    version = previous.version + 1 if previous else 1
    rule = Rule(vendor, version, _segments(marked), tuple(samples), forms, number)
    return misread_sample(rule, today) or rule


def misread_sample(rule: Rule, today: date) -> Cannot | None:
    """Return the first of the rule's samples that it misreads; None where it reads all of them rightly."""
    for place, sample in enumerate(rule.samples):
        found = apply(rule, sample.text, today)
        if not sample.marks:
            if found is not None:
                return Cannot(f"Sample {place + 1} is another label, but the rule would read it.", place)
            continue
        expected = {(mark.field.value, sample.text[mark.start : mark.end]) for mark in sample.marks}
        if found is None:
            return Cannot(f"Sample {place + 1} would not be read: mark what is the same in all, or teach it as another label.", place)
        if not isinstance(found, Reading):
            return Cannot(f"Sample {place + 1} could be read in more than one way: mark more of it, or add a sample.", place)
        if {(element.identifier, element.value) for element in found.elements} != expected:
            return Cannot(f"Sample {place + 1} would be read otherwise than it is marked.", place)
    return None


def readings(rule: Rule, texts: Sequence[str], today: date) -> tuple[Reading | None, ...]:
    """Return what `rule` would read from each of `texts`, to show before it is put to use; None: not read."""
    found = (apply(rule, text, today) for text in texts)
    return tuple(reading if isinstance(reading, Reading) else None for reading in found)


def _wrong_marks(samples: Sequence[Sample]) -> Cannot | None:
    if len(samples) > MOST_SAMPLES:
        return Cannot(f"{len(samples)} samples are too many; at most {MOST_SAMPLES} are kept.")
    order: list[Field] | None = None
    for place, sample in enumerate(samples):
        marks = _in_order(sample)
        named = [mark.field for mark in marks]
        if len(sample.text) > LONGEST or not sample.text.translate(_SEPARATORS).isprintable():
            return Cannot(f"Sample {place + 1} is too long or has signs that can't be marked.", place)
        if len(set(named)) < len(named):
            return Cannot(f"Sample {place + 1} has a field marked twice.", place)
        ends = [0, *(mark.end for mark in marks)]
        if any(not end <= mark.start < mark.end <= len(sample.text) for end, mark in zip(ends, marks, strict=False)):
            return Cannot(f"Sample {place + 1} has a mark that is empty, overlaps another or ends behind the text.", place)
        if any(_text(sample, mark) != _text(sample, mark).strip() or mark.end - mark.start > LONGEST_VALUE for mark in marks):
            return Cannot(f"Sample {place + 1} has a mark that starts or ends with a space, or is too long.", place)
        if named and order is not None and named != order:
            return Cannot(f"Sample {place + 1} has other fields, or in another order: teach it as another label.", place)
        order = named or order
    return None


def _in_order(sample: Sample) -> list[Mark]:
    return sorted(sample.marks, key=lambda mark: mark.start)


def _text(sample: Sample, mark: Mark) -> str:
    return sample.text[mark.start : mark.end]


def _marks_of(field: Field, marked: Sequence[Sample]) -> list[tuple[Sample, Mark]]:
    return [(sample, mark) for sample in marked for mark in sample.marks if mark.field is field]


def _date_forms(marked: Sequence[Sample], samples: Sequence[Sample], today: date) -> dict[Field, str] | Cannot:
    forms: dict[Field, str] = {}
    for field in DATES:
        found = _marks_of(field, marked)
        if not found:
            continue
        texts: list[tuple[str, date | None]] = []
        for sample, mark in found:
            try:
                texts.append((_text(sample, mark), date.fromisoformat(mark.means) if mark.means else None))
            except ValueError:
                return Cannot(f"What the date means is written like 2027-11-30, not {mark.means!r}.", samples.index(sample), field)
        fitting = values.date_forms(texts, today)
        if not fitting:
            return Cannot(f"The {field.value} {texts[0][0]!r} is no date of a known form.", samples.index(found[0][0]), field)
        if len(fitting) > 1:
            return _which_date(field, fitting, texts, samples.index(found[0][0]), today)
        forms[field] = fitting[0]
    return forms


def _which_date(field: Field, fitting: tuple[str, ...], texts: list[tuple[str, date | None]], place: int, today: date) -> Cannot:
    """Ask which date is meant; where every form gives the same dates, only another sample can tell."""
    meanings = tuple(dict.fromkeys(str(values.date_of(form, texts[0][0], today)) for form in fitting))
    if len(meanings) > 1:
        return Cannot(f"Which day is the {field.value} {texts[0][0]!r}?", place, field, meanings)
    return Cannot(
        f"The {field.value} {texts[0][0]!r} could be written in {len(fitting)} ways: add a sample with another day.", place, field
    )


def _number_form(marked: Sequence[Sample], samples: Sequence[Sample]) -> values.NumberForm | Cannot:
    found = _marks_of(Field.QUANTITY, marked)
    texts: list[tuple[str, Decimal | None]] = []
    units: set[str] = set()
    for sample, mark in found:
        number, _, unit = mark.means.partition(" ")
        units |= {unit} if mark.means else set()
        try:
            texts.append((_text(sample, mark), Decimal(number) if number else None))
        except InvalidOperation:
            return Cannot(
                f"What the quantity means is written like 25 or 25 kg, not {mark.means!r}.", samples.index(sample), Field.QUANTITY
            )
    if len(units) > 1:
        return Cannot("The samples name different units: teach them as different labels.", None, Field.QUANTITY, tuple(sorted(units)))
    if not found:
        return values.NumberForm()
    fitting = values.number_forms(texts, next(iter(units), "") or None)
    if len(fitting) == 1:
        return fitting[0]
    return Cannot(f"How much is the quantity {texts[0][0]!r}? Say what it means.", samples.index(found[0][0]), Field.QUANTITY)


def _segments(marked: Sequence[Sample]) -> tuple[Literal | Slot, ...]:
    """Line the samples up: what stands between marks and is the same in all is literal, the rest are slots."""
    rows = [_in_order(sample) for sample in marked]
    count = len(rows[0])
    edges = [[0, *(mark.end for mark in row)] for row in rows]
    starts = [[*(mark.start for mark in row), len(sample.text)] for row, sample in zip(rows, marked, strict=True)]
    gaps = [
        _gap([sample.text[edge[number] : start[number]] for sample, edge, start in zip(marked, edges, starts, strict=True)])
        for number in range(count + 1)
    ]
    anchored = any(isinstance(segment, Literal) for gap in gaps for segment in gap)
    segments = list(gaps[0])
    for number in range(count):
        texts = [_text(sample, row[number]) for sample, row in zip(marked, rows, strict=True)]
        last = number == count - 1
        bounded = bool(gaps[number + 1]) or last
        segments.append(_slot(rows[0][number].field, texts, anchored and bounded))
        segments.extend(gaps[number + 1])
    return tuple(segments)


def _slot(field: Field, texts: list[str], free: bool) -> Slot:
    """Return the slot for a marked field. Free to be longer or shorter only where literals tell where the field is."""
    lengths = {len(text) for text in texts}
    if free and field not in (*DATES, Field.QUANTITY):
        return Slot(field, 1, LONGEST_VALUE, "*")
    if field is Field.QUANTITY:
        return Slot(field, 1 if free else min(lengths), 19 if free else max(lengths), "*")
    return Slot(field, min(lengths), max(lengths), _shape(texts))


def _gap(texts: list[str]) -> list[Literal | Slot]:
    """Return the segments for what stands between two marks in each sample."""
    if len(set(texts)) == 1:
        return [Literal(texts[0])] if texts[0] else []
    before = _common_start(texts)
    after = _common_start([text[len(before) :][::-1] for text in texts])[::-1]
    # A running number's leading digits are the same only by chance.
    if any(is_of(text[len(before) : len(before) + 1] or " ", "9") for text in texts):
        before = before.rstrip("0123456789")
    if any(is_of(text[len(text) - len(after) - 1 : len(text) - len(after)] or " ", "9") for text in texts):
        after = after.lstrip("0123456789")
    middles = [text[len(before) : len(text) - len(after)] for text in texts]
    if not any(middle.strip(" ") for middle in middles):  # filled up with spaces to a width
        before, after = before.rstrip(" "), after.lstrip(" ")
        slot = Slot(None, 0, LONGEST_VALUE, "_")
    else:
        slot = Slot(None, min(map(len, middles)), max(map(len, middles)), _shape(middles))
    return [*([Literal(before)] if before else []), slot, *([Literal(after)] if after else [])]


def _common_start(texts: list[str]) -> str:
    length = 0
    while len({text[: length + 1] for text in texts}) == 1 and length < len(texts[0]):
        length += 1
    return texts[0][:length]


def _shape(texts: list[str]) -> str:
    """Return the narrowest shape that all `texts` have: sign by sign where they are equally long."""
    if len({len(text) for text in texts}) > 1:
        return _kind("".join(texts))
    return "".join(_kind("".join(column)) for column in zip(*texts, strict=True))


def _kind(signs: str) -> str:
    return next((kind for kind in "9A" if all(is_of(sign, kind) for sign in signs)), "*")
