"""The nouns of letting something through by a second person: their word for a load, and the dialogue that it is asked in."""

from __future__ import annotations

from dataclasses import dataclass

from traceability.operators import Operator
from traceability.refusals import Reason
from traceability.workflows.step import Ask, Choice


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's word for one load: who, why, and what was let through."""

    approver: str
    code: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Overriding:
    """A second person was called. What the question asked before is kept, to go back to."""

    ask: Ask
    choices: tuple[Choice, ...] = ()
    approver: Operator | None = None
    proven: bool = False  # by PIN

    @property
    def wants_pin(self) -> bool:
        """Whether a PIN is what is waited for."""
        return self.approver is not None and not self.proven
