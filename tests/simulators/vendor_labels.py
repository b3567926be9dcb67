"""Rules for labels of vendors that follow no standard, taught as a person teaches them."""

from __future__ import annotations

from datetime import date

from traceability.barcodes.vendor import Field, Mark, Rule, Sample
from traceability.barcodes.vendor_learning import learn

TODAY = date(2026, 11, 21)


def marked(template: str, **means: str) -> Sample:
    """Return the sample that `template` shows: "CH:{lot AB-7};" is the text "CH:AB-7;" with its lot marked."""
    text, marks, rest = "", [], template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        inside, _, rest = rest.partition("}")
        name, _, value = inside.partition(" ")
        text += before
        marks.append(Mark(Field(name), len(text), len(text) + len(value), means.get(name, "")))
        text += value
    return Sample(text + rest, tuple(marks))


def taught(vendor: str, *samples: Sample, previous: Rule | None = None) -> Rule:
    """Return the rule that follows from `samples`."""
    rule = learn(vendor, samples, TODAY, previous)
    assert isinstance(rule, Rule), rule
    return rule
