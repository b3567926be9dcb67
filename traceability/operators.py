"""People, as the journal knows them: an opaque id and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final

#: So many wrong PINs in a row lock a person out, and for so long.
MOST_WRONG: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)


class Role(StrEnum):
    """What a person is trusted with."""

    WORKER = "worker"
    QUALITY = "quality"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Operator:
    """Someone who can sign in. `id` stands in the journal; the name lives beside it and can be erased."""

    id: str
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    may_not_override: frozenset[str] = field(default_factory=frozenset)  # reasons and reason codes that were withdrawn

    def may_link_barcodes(self) -> bool:
        """Whether this person may say what an unknown barcode stands for."""
        return bool(self.roles & {Role.QUALITY, Role.SUPERVISOR, Role.ADMIN})

    def may_review_overrides(self) -> bool:
        """Whether this person may look through what others approved."""
        return bool(self.roles & {Role.SUPERVISOR, Role.QUALITY, Role.ADMIN})

    def may_approve(self, reason: str, roles: frozenset[Role]) -> bool:
        """Whether this person may let through what is refused for `reason`, where the plant lets `roles` do it."""
        return bool(self.roles & roles) and reason not in self.may_not_override

    def may_give(self, code: str) -> bool:
        """Whether this person may still give this reason code."""
        return code not in self.may_not_override
