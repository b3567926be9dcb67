"""Events of any kind, made by their own type hints from a few names: a new kind is covered by existing."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import count
from typing import Any, Final, Literal

from hypothesis import strategies as st

from tests.kiosk.store.station_kit import NOW
from traceability.events import Container, Event

AMOUNTS: Final = st.decimals(min_value=0, max_value=1000, places=3)
_SIGNED: Final = ("difference",)
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "item": ("FLOUR", "SALT"),
    "lot": ("A", "B", "OLD-1"),
    "assigned_by": ("V1",),
    "place": ("DOCK", "A1"),
    "to_place": ("RACK", "A1", "DOCK"),
    "order": ("PO1", "WO1"),
    "document": ("PO1", "WO1"),
    "document_kind": ("purchase_order", "work_order"),
    "container": ("N-0", "N-1", "N-2"),
    "serial": ("N-0", "N-1", "N-2"),
    "unit": ("kg",),
    "base_unit": ("kg",),
    "code": ("X1", "X2"),
}


def events_of(kind: type[Event]) -> st.SearchStrategy[Any]:
    """Return any event of one kind; what it labels has no serial of its own yet (`relabelled` gives it one)."""
    return _record(kind)


def plainest(kind: type[Any]) -> Any:
    """Return the one event of a kind that says something in each of its fields."""
    hints = typing.get_type_hints(kind)
    return kind(**{each.name: _plainest(each.name, hints[each.name]) for each in dataclasses.fields(kind)})


def _plainest(name: str, hint: Any) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _plainest(name, inner[0])
    if origin in (tuple, frozenset):
        return origin((_plainest(name, inner[0]),))
    if origin is dict:
        return {}
    if origin is Literal:
        return inner[0]
    if dataclasses.is_dataclass(hint):
        return plainest(typing.cast("type[Any]", hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    known = {Decimal: Decimal(4), bool: True, int: 1, date: date(2027, 6, 30), datetime: NOW}
    return known[hint] if hint in known else _NAMES.get(name, ("T1",))[0]


def relabelled(event: Any, serials: count[int]) -> Any:
    """Return `event` with serials on its new containers that no other event has: a label is printed once."""
    changes = {
        each.name: tuple(
            dataclasses.replace(one, serial=f"N-{next(serials)}") if isinstance(one, Container) else one
            for one in getattr(event, each.name)
        )
        for each in dataclasses.fields(event)
        if isinstance(getattr(event, each.name), tuple)
    }
    return dataclasses.replace(event, **changes)


def _record(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{each.name: _value(each.name, hints[each.name]) for each in dataclasses.fields(kind)})


def _value(name: str, hint: Any) -> st.SearchStrategy[Any]:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(_value(name, each) for each in inner))
    if origin in (tuple, frozenset):
        return st.lists(_value(name, inner[0]), max_size=2).map(origin)
    if origin is dict:
        return st.just({})
    if origin is Literal:
        return st.sampled_from(inner)
    if dataclasses.is_dataclass(hint):
        return _record(typing.cast("type[Any]", hint))
    return _scalar(name, hint)


def _scalar(name: str, hint: Any) -> st.SearchStrategy[Any]:
    if hint is types.NoneType:
        return st.none()
    if hint is Decimal:
        return st.decimals(min_value=-1000, max_value=1000, places=3) if name in _SIGNED else AMOUNTS
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    if hint is date:
        return st.just(date(2027, 6, 30))
    if hint is datetime:
        return st.just(NOW)
    if hint in (bool, int):
        return st.booleans() if hint is bool else st.integers(1, 3)
    return st.sampled_from(_NAMES.get(name, ("T1", "T2")))
