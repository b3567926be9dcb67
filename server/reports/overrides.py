"""What second persons let through, at every station: who for whom, when, why and what, and who has looked at it since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, select

from server.reports.trace_shape import Shape
from server.store.columns import stamped
from server.store.tables import envelopes, journals, overrides, stations

#: So many are answered at most, the newest first.
MOST: Final = 1000
_REVIEWS: Final = envelopes.alias("reviews")
_ALL: Final = (
    select(overrides, envelopes.c.body, stations.c.name.label("station"), _REVIEWS.c.body.label("review"))
    .join(envelopes, envelopes.c.id == overrides.c.envelope_id)
    .join(journals, journals.c.id == envelopes.c.journal_id)
    .join(stations, stations.c.id == journals.c.station_id)
    .outerjoin(_REVIEWS, _REVIEWS.c.id == overrides.c.review_id)
    .order_by(overrides.c.occurred_at.desc(), overrides.c.envelope_id.desc())
)


@dataclass(frozen=True, slots=True)
class Question:
    """Which of them: `seen` False: those that nobody has looked at; `person`: who approved, or for whom it was, by the opaque id."""

    seen: bool | None = None
    station: str | None = None
    person: str | None = None
    limit: int = MOST


class OverrideShape(Shape):
    """One of them, as others' scripts read it; `lotline overrides` of a station says the same, without the station."""

    id: str
    occurred_at: str
    station: str
    workflow: str
    reason: str
    code: str
    approver: str
    operator: str | None
    about: dict[str, str]
    reviewed_by: str | None
    reviewed_at: str | None


class Overrides(Shape):
    """The report; `more`: there are older ones than these."""

    overrides: tuple[OverrideShape, ...]
    more: bool


def answered(connection: Connection, question: Question) -> Overrides:
    """Answer from one consistent view of the database."""
    most = min(question.limit, MOST)
    rows = connection.execute(_meant(question).limit(most + 1)).all()
    return Overrides(overrides=tuple(map(_shape, rows[:most])), more=len(rows) > most)


def _meant(question: Question) -> Select[Any]:
    asked = _ALL
    if question.seen is not None:
        asked = asked.where(overrides.c.review_id.is_not(None) if question.seen else overrides.c.review_id.is_(None))
    if question.station is not None:
        asked = asked.where(stations.c.name == question.station)
    if question.person is not None:
        asked = asked.where((overrides.c.approver == question.person) | (overrides.c.operator == question.person))
    return asked


def _shape(row: Row[Any]) -> OverrideShape:
    data, review = json.loads(row.body)["data"], json.loads(row.review) if row.review is not None else None
    return OverrideShape(
        id=row.event_id,
        occurred_at=stamped(row.occurred_at),
        station=row.station,
        workflow=data["workflow"],
        reason=data["reason"],
        code=data["code"],
        approver=row.approver,
        operator=row.operator,
        about=data["about"],
        reviewed_by=review["operator"] if review else None,
        reviewed_at=review["occurred_at"] if review else None,
    )
