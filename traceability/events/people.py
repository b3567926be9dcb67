"""What people let through for one another: asked, approved, and looked at afterwards by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from traceability.refusals import Reason


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """A second person showed a badge to let through what was refused; whether the PIN was right stands in what follows."""

    kind: ClassVar[str] = "approval_asked"
    workflow: str
    reason: Reason
    approver: str  # the opaque id


@dataclass(frozen=True, slots=True)
class OverrideApproved:
    """A second person let through, by badge, PIN and reason code, what the rules refused. What was done with it names the approver too."""

    kind: ClassVar[str] = "override"
    workflow: str
    reason: Reason  # what was overridden
    code: str  # why
    approver: str
    about: dict[str, str]  # item, lot, order, quantity … as far as they were known


@dataclass(frozen=True, slots=True)
class OverrideReviewed:
    """Somebody else has looked at an override."""

    kind: ClassVar[str] = "override_reviewed"
    override: str  # its event's id


PeopleEvent = ApprovalAsked | OverrideApproved | OverrideReviewed
