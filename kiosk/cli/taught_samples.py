"""What a person says of a vendor's label: texts as they were scanned, and which part of each is the lot, the expiry, …"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from config.mistakes import did_you_mean
from kiosk.cli.errors import ANSWER_IS_NO, CommandError
from traceability.barcodes import aim
from traceability.barcodes.flaws import picture
from traceability.barcodes.read import read
from traceability.barcodes.reading import Format, Reading
from traceability.barcodes.vendor import Field, Mark, Sample

LARGEST_FILE: Final = 256 * 1024
_EXPECTED: Final = 'expected a list such as [{"scan": "CH AB-7;30.11.2027", "lot": "AB-7", "expiry": "30.11.2027"}]'
_MOST_SHOWN: Final = 9  # places of words that stand often in one scan
_FIELDS: Final = tuple(field.value for field in Field)
_PART_KEYS: Final = ("text", "nth", "means")
#: What stations try taught rules on: barcodes that no standard explains.
_TAUGHT: Final = (Format.PLAIN, Format.VENDOR)


@dataclass(frozen=True, slots=True)
class Part:
    """Words that stand in a scan: which of several places is meant (from 1), and what they mean where that must be told."""

    text: str
    nth: int | None = None
    means: str = ""


def read_samples(name: str, file: Path, today: date) -> tuple[Sample, ...]:
    """Return the samples in `file`; CommandError names the sample that can't be used and says what was expected."""
    samples: list[Sample] = []
    for number, told in enumerate(_list_in(name, file), start=1):
        try:
            samples.append(_sample(told, today))
        except CommandError as error:
            raise CommandError(f"{name}, sample {number}: {error.words}", error.exit_code) from None
    return tuple(samples)


def _list_in(name: str, file: Path) -> list[Any]:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        told = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_doubles) if len(content) <= LARGEST_FILE else None
    except OSError as error:
        raise CommandError(f"can't read {name}: {error.strerror}.") from None
    except json.JSONDecodeError as error:
        raise CommandError(f"{name} is not JSON (line {error.lineno}, column {error.colno}: {error.msg}); {_EXPECTED}.") from None
    except (ValueError, RecursionError):
        raise CommandError(f"{name} is not a JSON file of samples; {_EXPECTED}.") from None
    if not isinstance(told, list) or not told:
        raise CommandError(f"{name} holds no list of samples; {_EXPECTED}.")
    return told


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: one of the two would win silently."""
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise CommandError(f"the key {double!r} stands twice in one sample; remove one.")
    return dict(pairs)


def _sample(told: object, today: date) -> Sample:
    if not isinstance(told, dict) or not isinstance(told.get("scan"), str):
        raise CommandError('there is no "scan": the text that the scanner sent.')
    for key in told:
        if key not in ("scan", *_FIELDS):
            raise CommandError(f"there is no field {key!r}.{did_you_mean(key, _FIELDS)} There are: {', '.join(_FIELDS)}.")
    scan = told["scan"]
    text = scan[aim.split(scan)[1] :]
    marks = tuple(_mark(Field(name), _part(name, told[name]), text) for name in _FIELDS if name in told)
    if marks:
        _refuse_standard(scan, today)
    return Sample(text, marks)


def _part(name: str, told: object) -> Part:
    if isinstance(told, str):
        return Part(told)
    if not isinstance(told, dict) or not set(told) <= set(_PART_KEYS) or not isinstance(told.get("text"), str):
        raise CommandError(f'the {name} must be text, or {{"text": "25", "nth": 2, "means": "25 kg"}} with nth and means where needed.')
    nth, means = told.get("nth"), told.get("means", "")
    if not (nth is None or (type(nth) is int and nth > 0)) or not isinstance(means, str):
        raise CommandError(f"nth of the {name} must be a whole number from 1, and means text.")
    return Part(told["text"], nth, means)


def _mark(field: Field, part: Part, text: str) -> Mark:
    """Find what a person copied from the scan."""
    starts = list(_places(part.text, text))
    shown = f"the {field.value} {picture(part.text)!r} {_times(len(starts))} in {picture(text)!r}"
    if not starts or (part.nth or 1) > len(starts):
        raise CommandError(f"{shown}: copy it from there.")
    if len(starts) > 1 and part.nth is None:
        raise CommandError(f"{shown}. Say which is meant:\n{_each_place(field, part.text, text, starts)}")
    start = starts[(part.nth or 1) - 1]
    return Mark(field, start, start + len(part.text), part.means)


def _each_place(field: Field, words: str, text: str, starts: list[int]) -> str:
    """Return a line for each place (the first few), as it is written in the file and with the place between bars."""
    lines = []
    for nth, start in enumerate(starts[:_MOST_SHOWN], start=1):
        end = start + len(words)
        marked = f"{picture(text[:start])}|{picture(words)}|{picture(text[end:])}"
        lines.append(f'  "{field.value}": {json.dumps({"text": words, "nth": nth})} is {marked}')
    return "\n".join(lines)


def _times(count: int) -> str:
    return ("stands nowhere", "stands once", "stands twice")[count] if count < 3 else f"stands {count} times"


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _refuse_standard(scan: str, today: date) -> None:
    outcome = read(scan, today=today)
    if isinstance(outcome, Reading) and outcome.format in _TAUGHT:
        return
    kinds = [outcome.format] if not hasattr(outcome, "readings") else [reading.format for reading in outcome.readings]
    named = " or ".join(kind.value for kind in kinds if kind) or "broken"
    words = f"{picture(scan[:200])!r} is taken for a {named} barcode, on which no taught rule is tried; 'lotline barcode' says more."
    raise CommandError(words, ANSWER_IS_NO)
