"""Which form of a sentence a count takes: the cardinal rules of Unicode CLDR for whole numbers, a rule a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

FORMS: Final = ("one", "few", "many", "other")
Rule = Callable[[int], str]


def _one_other(count: int) -> str:
    return "one" if count == 1 else "other"


def _french(count: int) -> str:
    return "one" if count in (0, 1) else _millions(count)


def _spanish(count: int) -> str:
    return "one" if count == 1 else _millions(count)


def _millions(count: int) -> str:
    # "un millón de lotes": whole millions take another form.
    return "many" if count and count % 1_000_000 == 0 else "other"


def _polish(count: int) -> str:
    if count == 1:
        return "one"
    return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"


def _one_form(_count: int) -> str:
    return "other"


_RULES: Final[dict[str, Rule]] = {
    "de": _one_other,
    "en": _one_other,
    "es": _spanish,
    "fr": _french,
    "pl": _polish,
    "pt": _french,
    "vi": _one_form,
}


def form_of(language: str, count: int) -> str:
    """Return the form of `count` things: one, few, many or other; a language that is not listed counts like English."""
    return _RULES.get(language, _one_other)(count)


def forms(language: str) -> frozenset[str]:
    """Return every form that a count up to a million can take in `language`."""
    return frozenset(form_of(language, count) for count in (*range(200), 1_000_000))
