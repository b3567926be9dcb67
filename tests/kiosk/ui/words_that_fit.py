"""Which words of a view may never be cut."""

from __future__ import annotations

import dataclasses

from kiosk.presenters.views import (
    Banner,
    Button,
    Chip,
    DocumentHeader,
    FaultView,
    QuantityTile,
    QueueDetail,
    ReadyHero,
    ReceiveView,
    StateTile,
    StopView,
    Tile,
    VerdictHero,
    View,
)

MUST_FIT: dict[type, tuple[str, ...]] = {
    VerdictHero: ("word", "reason", "quantity", "next_step", "tally"),
    ReadyHero: ("prompt", "item", "hint", "received", "to_go"),
    Button: ("words",),
    Tile: ("words",),
    Chip: ("words",),
    DocumentHeader: ("number", "progress", "count"),
    QuantityTile: ("number", "unit", "nothing", "change"),
    StopView: ("word", "reason", "lot", "next_step", "hint"),
    FaultView: ("word", "reason", "next_step", "contact"),
    StateTile: ("count", "name"),
    QueueDetail: ("title", "lot", "quantity"),
    Banner: ("title",),
}


def important_words(view: View) -> set[str]:
    """Return the texts that must be seen whole, and each of their words."""
    return {piece for text in must_fit(view) for piece in (text, *text.split())} - _notes(view)


def must_fit(part: object) -> set[str]:
    """Return the words of a view that may not be cut."""
    if isinstance(part, tuple):
        return set().union(*(must_fit(each) for each in part)) if part else set()
    if not dataclasses.is_dataclass(part):
        return set()
    own = {getattr(part, name) for name in MUST_FIT.get(type(part), ())}
    return own.union(*(must_fit(getattr(part, field.name)) for field in dataclasses.fields(part)))


def _notes(view: View) -> set[str]:
    """Return what stands in the list: it may be cut, even where the hero says the same."""
    return {row.note for row in view.scans.rows} if isinstance(view, ReceiveView) else set()
