"""Taught rules as JSON: kept by the station, versioned, and tried on their own samples when they are read back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from traceability.barcodes.vendor import LONGEST, LONGEST_VALUE, Field, Literal, Mark, Rule, Sample, Slot
from traceability.barcodes.vendor_learning import MOST_SAMPLES, Cannot, misread_sample
from traceability.barcodes.vendor_values import DATE_FORMS, NumberForm

FORM: Final = 1  # of the JSON, not of a rule
_MOST_SEGMENTS: Final = 64  # seven fields and what stands between them


def dumps(rule: Rule) -> str:
    """Return `rule` as JSON, its samples included."""
    return json.dumps({"form": FORM, **asdict(rule)}, ensure_ascii=True, indent=1)


def loads(text: str, today: date) -> Rule | Cannot:
    """Return the rule that `text` holds; a damaged one, or one that misreads its own samples, is refused."""
    try:
        data: Any = json.loads(text)
        if data["form"] != FORM:
            return Cannot(f"The rule is of form {data['form']!r}; {FORM} was expected.")
        rule = _rule(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return Cannot(f"This is no rule for a vendor's label ({type(error).__name__}).")
    return misread_sample(rule, today) or rule


def _rule(data: Any) -> Rule:
    if len(data["segments"]) > _MOST_SEGMENTS or len(data["samples"]) > MOST_SAMPLES:
        raise ValueError("this is more than teaching gives")
    forms = {Field(name): form for name, form in data["date_forms"].items()}
    number = data["number_form"]
    rule = Rule(
        vendor=_text(data["vendor"]),
        version=_count(data["version"], 1_000_000),
        segments=tuple(_segment(part) for part in data["segments"]),
        samples=tuple(_sample(part) for part in data["samples"]),
        date_forms=forms,
        number_form=NumberForm(
            _text(number["decimal_sign"]), _count(number["decimals"], 9), None if number["unit"] is None else _text(number["unit"])
        ),
    )
    dated = {part.field for part in rule.segments if isinstance(part, Slot)} & {Field.EXPIRY, Field.PRODUCED}
    if not set(forms.values()) <= set(DATE_FORMS) or set(forms) != dated or not any(sample.marks for sample in rule.samples):
        raise ValueError("every date needs a form, and a rule its samples")
    return rule


def _segment(part: Any) -> Literal | Slot:
    if "text" in part:
        return Literal(_text(part["text"]))
    least, most, shape = _count(part["least"], LONGEST), _count(part["most"], LONGEST), _text(part["shape"])
    if len(shape) not in (1, most) or not set(shape) <= set("9A_*") or (part["field"] and most > LONGEST_VALUE):
        raise ValueError("a slot's shape has one sign, or one for each character")
    return Slot(None if part["field"] is None else Field(part["field"]), least, most, shape)


def _sample(part: Any) -> Sample:
    marks = (
        Mark(Field(mark["field"]), _count(mark["start"], LONGEST), _count(mark["end"], LONGEST), mark["means"]) for mark in part["marks"]
    )
    return Sample(_text(part["text"]), tuple(marks))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError("text was expected")
    return value


def _count(value: object, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"a whole number up to {most} was expected")
    return value
