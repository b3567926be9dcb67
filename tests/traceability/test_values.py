"""Quick values: as frozen, as strict and as equal as the dataclasses that they are."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from dataclasses import FrozenInstanceError, dataclass, field
from typing import Generic, TypeVar

import pytest

import traceability
from traceability.values import quick, replace

T = TypeVar("T")


@quick
@dataclass(frozen=True, slots=True)
class Crate:
    """A crate, where a test needs one."""

    name: str
    bags: int = 0
    marks: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.bags < 0:
            raise ValueError(f"{self.bags} bags")


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What several kinds of work hold."""

    begun: tuple[int, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Work(Base):
    """One of them: its own field comes first, the others are named."""

    order: str


@dataclass(frozen=True, slots=True)
class Plain(Base):
    """Another kind of work, which nobody made quick."""


@quick
@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """An answer about anything."""

    state: T


def test_a_value_is_frozen_once_it_is_made() -> None:
    crate = Crate("C1")
    with pytest.raises(FrozenInstanceError):
        crate.bags = 3
    with pytest.raises(FrozenInstanceError):
        replace(crate, bags=1).bags = 3
    assert type(crate) is Crate
    assert type(replace(crate, bags=1)) is Crate


def test_a_copy_has_what_was_changed_and_keeps_the_rest() -> None:
    crate = Crate("C1", 2, {"a": "b"})
    assert replace(crate, bags=3) == Crate("C1", 3, {"a": "b"}) == dataclasses.replace(crate, bags=3)
    assert replace(crate, bags=3).marks is crate.marks
    assert replace(Work("W1", begun=(1,)), order="W2") == Work("W2", begun=(1,))
    assert replace(Answer(1), state="x") == Answer("x")


def test_a_copy_is_of_the_same_class_whatever_stands_above_it() -> None:
    assert type(replace(Work("W1"), begun=(1,))) is Work
    assert replace(Plain(), begun=(1,)) == Plain(begun=(1,))
    assert type(replace(Plain(), begun=(1,))) is Plain


def test_a_default_is_made_anew_for_each_value() -> None:
    assert Crate("C1").marks == {}
    assert Crate("C1").marks is not Crate("C1").marks


def test_a_value_cannot_exist_wrong_neither_made_nor_copied() -> None:
    with pytest.raises(ValueError, match="-1 bags"):
        Crate("C1", -1)
    with pytest.raises(ValueError, match="-1 bags"):
        replace(Crate("C1"), bags=-1)


def test_what_is_no_field_or_is_missing_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        replace(Crate("C1"), colour="red")
    with pytest.raises(TypeError, match="name"):
        Crate()
    with pytest.raises(TypeError):
        Work("W1", (1,))


def test_values_are_copied_and_sent_like_others() -> None:
    crate = Crate("C1", 2, {"a": "b"})
    assert copy.copy(crate) == crate == pickle.loads(pickle.dumps(crate)) == copy.deepcopy(crate)
    assert hash(Work("W1")) == hash(Work("W1"))
    assert repr(Work("W1")) == "Work(begun=(), order='W1')"


def test_every_quick_value_takes_what_its_dataclass_would() -> None:
    """The constructors that are written out have the parameters, the order and the defaults of the fields."""
    found = 0
    for module in pkgutil.walk_packages(traceability.__path__, "traceability."):
        for value in vars(importlib.import_module(module.name)).values():
            if not (inspect.isclass(value) and dataclasses.is_dataclass(value) and "__replace__" in vars(value)):
                continue
            found += 1
            given = inspect.signature(value.__init__).parameters
            for each in dataclasses.fields(value):
                parameter = given[each.name]
                assert (parameter.kind is parameter.KEYWORD_ONLY) is bool(each.kw_only), (value, each.name)
                needed = each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
                assert (parameter.default is parameter.empty) is needed, (value, each.name)
                if each.default is not dataclasses.MISSING:
                    assert parameter.default is each.default, (value, each.name)
            assert list(given)[1:] == sorted(
                (each.name for each in dataclasses.fields(value)), key=lambda name: given[name].kind is inspect.Parameter.KEYWORD_ONLY
            )
    assert found > 50


@dataclass(frozen=True, slots=True)
class Plainer(Crate):
    """A descendant of a quick value that is not quick itself."""

    more: int = 1


def test_a_copy_is_of_the_values_own_kind_though_its_ancestor_is_quick() -> None:
    assert replace(Plainer("C1"), more=2) == Plainer("C1", more=2)
    assert type(replace(Plainer("C1"), bags=3)) is Plainer
