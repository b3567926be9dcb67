"""Moments as text that sorts: UTC, microseconds, fixed width ("2026-11-21T10:00:00.000000Z")."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Return an aware `moment` as text. ValueError on one without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its zone, got {moment!r}")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """Return the moment that `to_text` wrote."""
    return datetime.fromisoformat(text)


def maybe_from_text(text: str | None) -> datetime | None:
    """Return the moment, or None where there is none."""
    return None if text is None else from_text(text)
