"""What a piece of reference data looks like, from a plant file or from the server's feed."""

from __future__ import annotations

from typing import Any, Protocol


class ReferenceRecord(Protocol):
    """One record: what kind, which one, and all that is known of it; `body` None: it is gone."""

    @property
    def kind(self) -> str:
        """What it is about."""

    @property
    def key(self) -> str:
        """Which one."""

    @property
    def body(self) -> dict[str, Any] | None:
        """All that is known of it (JSON)."""
