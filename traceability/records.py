"""Frozen records to JSON and back, strictly, by their own type hints: one way to write facts down for journal, wire and restart."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, Final, Literal, TypeVar

from traceability.chain import Json

T = TypeVar("T")
_NONE = type(None)
_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LONGEST_NUMBER: Final = 64
_TAG = "is"  # names the record where a field may hold one of several


class Malformed(ValueError):
    """Data that can't be what its record says; the words name the field, what was got and what was expected."""


def to_json(record: object) -> dict[str, Json]:
    """Return a dataclass instance as a JSON object: decimals, dates and enums as text, nothing left out."""
    return _fields(record, None)


class Rewriting:
    """Writes one record again and again as it changes. What stands in it unchanged since the last time is not written anew.

    Records are frozen, so the same record has the same JSON; the JSON that comes back is shared, so nobody changes it.
    """

    def __init__(self) -> None:
        # The record itself is kept beside its JSON: its number is not another's as long as it lives.
        self._before: dict[tuple[int, _WriteRecord], tuple[object, dict[str, Json]]] = {}
        self._now = self._before

    def to_json(self, record: object) -> dict[str, Json]:
        """Return what `to_json` returns."""
        self._before, self._now = self._now, {}
        return _fields(record, self)

    def once(self, record: object, write: _WriteRecord) -> dict[str, Json]:
        """Return what `write` makes of a part of the record; only what the last writing met is remembered."""
        named = (id(record), write)
        found = self._now.get(named) or self._before.get(named) or (record, write(record, self))
        self._now[named] = found
        return found[1]


def from_json(record: type[T], data: object, where: str) -> T:
    """Return the `record` that `data` describes; Malformed says what is wrong, `where` names the place in its words."""
    return typing.cast(T, _record_in(record, data, where))


_Write = Callable[[Any, Rewriting | None], Json]
_WriteRecord = Callable[[Any, Rewriting | None], dict[str, Json]]
_Read = Callable[[object, str], object]


def _fields(record: object, again: Rewriting | None) -> dict[str, Json]:
    kind: Any = type(record)
    return {name: write(getattr(record, name), again) for name, write, _ in _plan(kind)}


def _tagged_fields(record: object, again: Rewriting | None) -> dict[str, Json]:
    return {_TAG: type(record).__name__, **_fields(record, again)}


def _part(write: _WriteRecord) -> _Write:
    """Return how a record inside another is written."""
    return lambda record, again: write(record, None) if again is None else again.once(record, write)


@cache
def _plan(record: type) -> tuple[tuple[str, _Write, _Read], ...]:
    hints = typing.get_type_hints(record)
    return tuple((each.name, *_both_ways(hints[each.name])) for each in fields(record))


def _record_in(record: type, data: object, where: str) -> object:
    if not isinstance(data, Mapping):
        raise Malformed(f"{where}: expected an object, got {data!r}")
    plan = _plan(record)
    missing = [each.name for each in fields(record) if each.name not in data and _needed(each)]
    if missing:
        raise Malformed(f"{where}: {', '.join(missing)} missing")
    unknown = data.keys() - {name for name, _, _ in plan} - {_TAG}
    if unknown:
        raise Malformed(f"{where}: {', '.join(sorted(map(repr, unknown)))} not known")
    try:
        return record(**{name: read(data[name], f"{where}.{name}") for name, _, read in plan if name in data})
    except Malformed:
        raise
    except ValueError as error:  # the record's own "cannot exist invalid"
        raise Malformed(f"{where}: {error}") from error


def _needed(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _both_ways(hint: Any) -> tuple[_Write, _Read]:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _one_of([each for each in inner if each is not _NONE], _NONE in inner)
    if origin in (tuple, frozenset):
        return _many(origin, inner)
    if origin in (dict, Mapping):
        return _table(inner[1])
    if origin is Literal:
        return _as_it_is, _choice(inner)
    if is_dataclass(hint):
        record = typing.cast(type, hint)
        return _part(_fields), lambda value, where: _record_in(record, value, where)
    return _scalar(hint)


def _one_of(kinds: list[Any], optional: bool) -> tuple[_Write, _Read]:
    if len(kinds) == 1:
        write, read = _both_ways(kinds[0])
    else:
        write, read = _tagged({kind.__name__: kind for kind in kinds})
    if not optional:
        return write, read
    return (
        lambda value, again: None if value is None else write(value, again),
        lambda value, where: None if value is None else read(value, where),
    )


def _tagged(kinds: dict[str, type]) -> tuple[_Write, _Read]:
    def read(value: object, where: str) -> object:
        name = value.get(_TAG) if isinstance(value, Mapping) else None
        if name not in kinds:
            raise Malformed(f"{where}: expected one of {', '.join(kinds)}, got {name!r}")
        return _record_in(kinds[str(name)], value, where)

    return _part(_tagged_fields), read


def _many(origin: Any, inner: tuple[Any, ...]) -> tuple[_Write, _Read]:
    fixed = origin is tuple and Ellipsis not in inner
    ways = [_both_ways(each) for each in inner if each is not Ellipsis]

    def write(values: Any, again: Rewriting | None) -> Json:
        if fixed:
            return [out(value, again) for (out, _), value in zip(ways, values, strict=True)]
        out = ways[0][0]
        listed = [out(value, again) for value in values]
        return sorted(listed, key=str) if origin is frozenset else listed

    def read(values: object, where: str) -> object:
        if not isinstance(values, list | tuple) or (fixed and len(values) != len(ways)):
            raise Malformed(f"{where}: expected a list{f' of {len(ways)}' if fixed else ''}, got {values!r}")
        if fixed:
            return tuple(way[1](each, f"{where}[{place}]") for place, (way, each) in enumerate(zip(ways, values, strict=True)))
        return origin(ways[0][1](each, f"{where}[{place}]") for place, each in enumerate(values))

    return write, read


def _table(value_hint: Any) -> tuple[_Write, _Read]:
    write, read = _both_ways(value_hint)

    def rows(value: object, where: str) -> object:
        if not isinstance(value, Mapping):
            raise Malformed(f"{where}: expected an object, got {value!r}")
        return {_text(key, where): read(each, f"{where}.{key}") for key, each in value.items()}

    return (lambda value, again: {str(key): write(each, again) for key, each in value.items()}), rows


def _as_it_is(value: Any, _again: Rewriting | None) -> Json:
    return typing.cast(Json, value)


def _choice(values: tuple[object, ...]) -> _Read:
    def read(value: object, where: str) -> object:
        if value not in values:
            raise Malformed(f"{where}: expected one of {', '.join(map(str, values))}, got {value!r}")
        return value

    return read


def _scalar(hint: Any) -> tuple[_Write, _Read]:
    if hint is str:
        return _as_it_is, _text
    if hint in (bool, int):
        return _as_it_is, _whole(hint)
    if hint is Decimal:
        return (lambda value, _: format(value, "f")), _parsed(_finite, "a decimal number")
    if hint is datetime:
        return (lambda value, _: value.isoformat()), _parsed(_aware, "a time with its zone")
    if hint is date:
        return (lambda value, _: value.isoformat()), _parsed(date.fromisoformat, "a date like 2027-11-30")
    if isinstance(hint, type) and issubclass(hint, Enum):
        return (lambda value, _: str(value.value)), _parsed(hint, "one of " + ", ".join(str(each.value) for each in hint))
    raise TypeError(f"{hint} can't be in a record")


def _whole(hint: type) -> _Read:
    def read(value: object, where: str) -> object:
        if type(value) is not hint:
            raise Malformed(f"{where}: expected {'yes or no' if hint is bool else 'a whole number'}, got {value!r}")
        return value

    return read


def _parsed(parse: Callable[[str], object], expected: str) -> _Read:
    def read(value: object, where: str) -> object:
        text = _text(value, where)
        try:
            return parse(text)
        except (ValueError, InvalidOperation) as error:
            raise Malformed(f"{where}: expected {expected}, got {text!r}") from error

    return read


def _finite(text: str) -> Decimal:
    # Plain digits only: "1E+999999" is a short text and a number that fills the memory once it is written out.
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _aware(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{where}: expected text, got {value!r}")
    return value
