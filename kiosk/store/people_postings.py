"""What a second person let through waits to be looked at by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.store.posting import Posting
from kiosk.store.schema import EVENTS, OVERRIDES
from traceability.events import OverrideApproved, OverrideReviewed

_ADD: Final = insert(OVERRIDES)
_ROW: Final = select(EVENTS.c.row).where(EVENTS.c.id == bindparam("override"))
_SEEN: Final = (
    update(OVERRIDES)
    .where(OVERRIDES.c.event == bindparam("row"), OVERRIDES.c.reviewed_by.is_(None))
    .values(reviewed_by=bindparam("review"))
)


def _approve(connection: Connection, posting: Posting, _approved: OverrideApproved) -> None:
    connection.execute(_ADD, {"event": posting.row})


def _review(connection: Connection, posting: Posting, reviewed: OverrideReviewed) -> None:
    row = connection.execute(_ROW, {"override": reviewed.override}).scalar()
    connection.execute(_SEEN, {"row": row, "review": posting.row})


EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {
    OverrideApproved.kind: _approve,
    OverrideReviewed.kind: _review,
}
