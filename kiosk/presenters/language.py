"""One language of the screen: its words, its plurals, its dates and its figures. A file each in `languages`, found by its name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any, Final

from kiosk.presenters.plurals import FORMS, form_of
from traceability.units import plain

#: The language that the others are translated from, and the one in which rules and devices speak of single cases.
SOURCE: Final = "en"
FOLDER: Final = "kiosk.presenters.languages"
GROUP: Final = "\u2009"  # thin space: a point or a comma there would be another language's decimal sign
_FIGURE: Final = re.compile(r"(-?[0-9]+)(?:\.([0-9]+))?((?: .*)?)", re.DOTALL)
_GROUPED_FROM: Final = 4


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language. `texts` by their keys ("button.undo"); `counted` holds sentences that count, a text a form."""

    code: str
    name: str  # what its speakers call it
    reviewed: bool  # whether somebody who grew up with it has read it
    decimal: str
    months: tuple[str, ...]
    texts: Mapping[str, str]
    counted: Mapping[str, Mapping[str, str]]

    def say(self, key: str, /, **facts: str) -> str:
        """Return a text with its facts filled in; a fact that is not known leaves no gap."""
        return self.texts[key].format_map(_Facts(facts))

    def say_of(self, key: str, count: int, /, **facts: str) -> str:
        """Return a sentence about `count` things, in the form that this count takes."""
        forms = self.counted[key]
        text = forms.get(form_of(self.code, count), forms["other"])
        return text.format_map(_Facts(facts, count=self.figure(str(count))))

    def special(self, key: str, special: str, /, **facts: str) -> str:
        """Return the text of `key` as one kind of work says it ("prompt.SCAN_LABEL_ship"), else as all do."""
        own = f"{key}_{special}"
        return self.say(own if own in self.texts else key, **facts)

    def knows(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in self.texts

    def facts_of(self, key: str) -> frozenset[str]:
        """Return the names of the facts that a text speaks of."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.texts[key]) if name is not None)

    def detail(self, words: str) -> str | None:
        """Return a ready-made English sentence in this language; None where nobody translated it."""
        if self.code == SOURCE:
            return words
        return self.texts.get(f"detail.{words}") or self.texts.get(f"detail.{words.partition(': ')[0]}")

    def day(self, day: date) -> str:
        """Return a date that no country reads the other way round: 31 Mar 2026."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def moment(self, at: datetime) -> str:
        """Return a day and its time to the minute."""
        return f"{self.day(at.date())}, {at:%H:%M}"

    def amount(self, amount: Decimal | int) -> str:
        """Return a quantity: no trailing zeros, the language's decimal sign, groups of three."""
        return self.figure(plain(amount) if isinstance(amount, Decimal) else str(amount))

    def figure(self, text: str) -> str:
        """Return a number as text ("1500.5", "2.5 kg") the way this language writes it; other text stays as it is."""
        found = _FIGURE.fullmatch(text)
        if found is None:
            return text
        whole, part, rest = found.groups()
        grouped = f"{int(whole):,}".replace(",", GROUP) if len(whole) >= _GROUPED_FROM and whole[0] not in "0-" else whole
        return f"{grouped}{self.decimal + part if part else ''}{rest}"


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


@cache
def language_codes() -> tuple[str, ...]:
    """Return which languages there are, the source first."""
    names = (each.name for each in resources.files(FOLDER).iterdir() if each.name.endswith(".toml"))
    return tuple(sorted((name.removesuffix(".toml") for name in names), key=lambda code: (code != SOURCE, code)))


@cache
def load_language(code: str) -> Language:
    """Return a language by its code; LookupError where there is none."""
    if code not in language_codes():
        raise LookupError(f"there is no language {code!r}; there are: {', '.join(language_codes())}")
    return language_from(code, tomllib.loads((resources.files(FOLDER) / f"{code}.toml").read_text(encoding="utf-8")))


def language_from(code: str, data: Mapping[str, Any]) -> Language:
    """Return the language that a file's tables describe."""
    head = data["language"]
    flat = dict(_flat({name: table for name, table in data.items() if name != "language"}, ""))
    return Language(
        code=code,
        name=head["name"],
        reviewed=head["reviewed"],
        decimal=head["decimal"],
        months=tuple(head["months"]),
        texts={key: text for key, text in flat.items() if isinstance(text, str)},
        counted={key: forms for key, forms in flat.items() if not isinstance(forms, str)},
    )


def _flat(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, str | Mapping[str, str]]]:
    for name, value in table.items():
        if isinstance(value, str) or ("other" in value and value.keys() <= set(FORMS)):
            yield f"{before}{name}", value
        else:
            yield from _flat(value, f"{before}{name}.")
