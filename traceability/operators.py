"""People, as the journal knows them: an opaque id and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


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

    def may_link_barcodes(self) -> bool:
        """Whether this person may say what an unknown barcode stands for."""
        return bool(self.roles & {Role.QUALITY, Role.SUPERVISOR, Role.ADMIN})
