"""Frozen values that are quick to make and quick to copy: what a worker waits for at every scan is made of dozens of them.

A frozen dataclass stores each field through `object.__setattr__`, and `dataclasses.replace` looks every field up by name; together they
were half of the time that the rules took to answer. `quick` leaves the dataclass as it is (frozen, slotted, the same signature) and
writes those two ways out as code, field by field. While a value is being made it belongs to a twin class of the same layout that takes
plain stores; it is frozen before anybody else sees it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

T = TypeVar("T")
_UNSAID: Final[Any] = object()  # a field that nobody named

if TYPE_CHECKING:
    from dataclasses import replace as replace
else:

    def replace(value: T, /, **changes: Any) -> T:
        """Return a copy of a value with some fields changed, as `dataclasses.replace` does."""
        # Its own, never one that it inherits: that would make its ancestor of it. Every dataclass has one from Python 3.13 on.
        copied = type(value).__dict__.get("__replace__", dataclasses.replace)
        return copied(value, **changes)


def quick(cls: type[T]) -> type[T]:
    """Decorate a frozen, slotted dataclass, so that its values are made and copied at the price of plain ones."""
    every = [each for each in fields(cls) if each.init]  # type: ignore[arg-type]  # the decorator stands above @dataclass
    known: dict[str, Any] = {"thaw": object.__setattr__, "new": object.__new__, "UNSAID": _UNSAID, "Twin": _twin(cls), "Frozen": cls}
    then = ["  self.__post_init__()"] if hasattr(cls, "__post_init__") else []
    making = [
        f"def __init__(self, {', '.join(_parameters(every, known))}):",
        "  thaw(self, '__class__', Twin)",
        *(f"  self.{each.name} = {_given(each)}" for each in every),
        "  self.__class__ = Frozen",
        *then,
    ]
    copying = [
        f"def __replace__(old, /, *, {', '.join(f'{each.name}=UNSAID' for each in every)}):",
        "  self = new(Twin)",
        *(f"  self.{each.name} = old.{each.name} if {each.name} is UNSAID else {each.name}" for each in every),
        "  self.__class__ = Frozen",
        *then,
        "  return self",
    ]
    exec("\n".join([*making, *copying]), known)  # only field names of our own classes stand in it, as in dataclasses
    for name in ("__init__", "__replace__"):
        known[name].__qualname__ = f"{cls.__qualname__}.{name}"
        known[name].__module__ = cls.__module__
        setattr(cls, name, known[name])
    known["__init__"].__annotations__ = {each.name: each.type for each in every} | {"return": None}
    return cls


def _twin(cls: type) -> type:
    """Return a class of the same layout whose fields can be set."""
    body = {name: cls.__dict__[name] for name in ("__slots__", "__orig_bases__") if name in cls.__dict__}
    open_ = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__, "__module__": cls.__module__}
    return type(f"{cls.__name__}InTheMaking", cls.__bases__, body | open_)


def _parameters(every: list[Field[Any]], known: dict[str, Any]) -> list[str]:
    """Return the parameters of the constructor, in order; defaults and their factories are written to `known`."""
    plain = [_parameter(each, known) for each in every if not each.kw_only]
    named = [_parameter(each, known) for each in every if each.kw_only]
    return [*plain, "*", *named] if named else plain


def _parameter(each: Field[Any], known: dict[str, Any]) -> str:
    if each.default_factory is not MISSING:
        known[f"new_{each.name}"] = each.default_factory
        return f"{each.name}=UNSAID"
    if each.default is not MISSING:
        known[f"default_{each.name}"] = each.default
        return f"{each.name}=default_{each.name}"
    return each.name


def _given(each: Field[Any]) -> str:
    return f"new_{each.name}() if {each.name} is UNSAID else {each.name}" if each.default_factory is not MISSING else each.name
