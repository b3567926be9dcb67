"""What a judgement comes to: something is wanted, a person must decide, no, or yes with the event that is to be recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from traceability.events import Event
from traceability.refusals import Reason
from traceability.values import quick
from traceability.workflows.step import Ask, Choice, PrintOrder, Record


@dataclass(frozen=True, slots=True)
class Wanted:
    """The label says too little yet."""

    ask: Ask


@quick
@dataclass(frozen=True, slots=True)
class Doubt:
    """A person must decide or supply something. `topic` names a workflow's own question."""

    reason: Reason | None
    ask: Ask
    about: dict[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    topic: str = ""


@dataclass(frozen=True, slots=True)
class No:
    """These goods are not taken."""

    reason: Reason
    about: dict[str, str] = field(default_factory=dict)


@quick
@dataclass(frozen=True, slots=True)
class Yes:
    """The load is complete and the rules agree: this is what happened, what is printed, and what else is recorded with it."""

    event: Event
    expires_on: date | None = None
    labels: tuple[str, ...] = ()  # serials that the event put on goods
    prints: tuple[PrintOrder, ...] = ()
    serials_used: int = 0
    numbers_used: int = 0
    before: tuple[Record, ...] = ()  # events that come first: a carton opened by the first lot in it
    about: dict[str, str] = field(default_factory=dict)  # more facts for the words


@dataclass(frozen=True, slots=True)
class Kept:
    """The load is right, and stays in the open work until that is recorded as a whole: `state` is the work with it."""

    state: Any
    about: dict[str, str] = field(default_factory=dict)


Judgement = Wanted | Doubt | No | Yes | Kept
