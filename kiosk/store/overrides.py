"""What second persons let through at this station, and who has looked at it since."""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy import bindparam, select

from kiosk.services.ports import Override
from kiosk.store.database import Database
from kiosk.store.schema import EVENTS, OVERRIDES
from traceability.chain import Envelope

_REVIEWS: Final = EVENTS.alias("reviews")
_NEWEST: Final = (
    select(EVENTS.c.body, _REVIEWS.c.body.label("review"))
    .join(OVERRIDES, OVERRIDES.c.event == EVENTS.c.row)
    .outerjoin(_REVIEWS, _REVIEWS.c.row == OVERRIDES.c.reviewed_by)
    .order_by(OVERRIDES.c.event.desc())
    .limit(bindparam("most"))
)
_UNSEEN: Final = _NEWEST.where(OVERRIDES.c.reviewed_by.is_(None))


def overrides(database: Database, most: int, *, unseen: bool = False) -> tuple[Override, ...]:
    """Return the newest overrides of this station; `unseen`: only those that nobody has looked at."""
    with database.reading() as connection:
        rows = connection.execute(_UNSEEN if unseen else _NEWEST, {"most": most}).all()
    return tuple(Override(json.loads(row.body), _review(row.review)) for row in rows)


def _review(body: bytes | None) -> Envelope | None:
    return None if body is None else json.loads(body)
