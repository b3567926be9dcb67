"""What a judgement comes to short of a yes: something is wanted, a person must decide, or no."""

from __future__ import annotations

from dataclasses import dataclass, field

from traceability.refusals import Reason
from traceability.workflows.step import Ask, Choice


@dataclass(frozen=True, slots=True)
class Wanted:
    """The label says too little yet."""

    ask: Ask


@dataclass(frozen=True, slots=True)
class Doubt:
    """A person must decide or supply something."""

    reason: Reason
    ask: Ask
    about: dict[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class No:
    """These goods are not taken."""

    reason: Reason
    about: dict[str, str] = field(default_factory=dict)
