"""How whole an answer about some lots is: who has not called, what is parked, what is not settled."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from server.reports.trace_shape import Completeness, StationState
from server.store.columns import stamped
from server.store.edge_book import chunks
from server.store.tables import attachments, envelopes, findings, journals, records, stations, strays, touches, voids
from sync.protocol import AnswerKind
from traceability.events import BUSINESS, TYPES
from traceability.lots import LotKey


def completeness(connection: Connection, lots: Mapping[int, LotKey]) -> Completeness:
    """Return it for the lots of one answer (row number to key)."""
    return Completeness(
        stations=_stations(connection),
        parked=_parked(connection, set(lots.values())),
        exceptions=_exceptions(connection, lots.keys()),
        attachments_missing=_attachments_missing(connection, lots.keys()),
    )


def _stations(connection: Connection) -> tuple[StationState, ...]:
    behind = func.coalesce(func.sum(journals.c.last_sequence - journals.c.high_water), 0).label("waiting")
    asked = select(stations.c.name, stations.c.last_sync_at, behind).outerjoin(journals, journals.c.station_id == stations.c.id)
    rows = connection.execute(asked.group_by(stations.c.id, stations.c.name, stations.c.last_sync_at)).all()
    known = {row.name: StationState(station=row.name, last_sync_at=_text(row.last_sync_at), waiting=_waiting(row)) for row in rows}
    planned = connection.execute(select(records.c.key).where((records.c.kind == "station") & records.c.body.is_not(None))).scalars()
    for name in planned:
        known.setdefault(name, StationState(station=name, last_sync_at=None, waiting=None))
    return tuple(known[name] for name in sorted(known))


def _waiting(row: Any) -> int | None:
    return int(row.waiting) if row.last_sync_at is not None else None


def _text(moment: Any) -> str | None:
    return None if moment is None else stamped(moment)


def _parked(connection: Connection, keys: Collection[LotKey]) -> int:
    asked = select(envelopes.c.body).where(envelopes.c.answer == AnswerKind.PARKED.value)
    bodies = [*connection.execute(asked).scalars(), *connection.execute(select(strays.c.body)).scalars()]
    return sum(_may_touch(json.loads(body), keys) for body in bodies)


def _may_touch(envelope: Mapping[str, Any], keys: Collection[LotKey]) -> bool:
    """Whether a parked event speaks of one of the lots; one that can't be read might."""
    kind, data = envelope.get("kind"), envelope.get("data")
    if kind in TYPES and kind not in BUSINESS:
        return False
    if not isinstance(data, Mapping):
        return True
    inputs = data.get("inputs", [])
    named = [data, *inputs] if isinstance(inputs, list) else [data]
    return any(_names_one_of(keys, each) for each in named)


def _names_one_of(keys: Collection[LotKey], named: object) -> bool:
    if not isinstance(named, Mapping) or not isinstance(named.get("item"), str) or not isinstance(named.get("lot"), str):
        return True
    return any((key.item, key.code) == (named["item"], named["lot"]) for key in keys)


def _exceptions(connection: Connection, lots: Collection[int]) -> int:
    total = 0
    for some in chunks(lots):
        # What was undone needs no settling any more.
        undone = select(envelopes.c.id).join(voids, voids.c.event_id == envelopes.c.event_id)
        speaking = select(touches.c.envelope_id).where(touches.c.lot_id.in_(some)).distinct()
        open_ones = findings.c.envelope_id.in_(speaking) & findings.c.settled_at.is_(None) & findings.c.envelope_id.not_in(undone)
        total += int(connection.execute(select(func.count()).select_from(findings).where(open_ones)).scalar_one())
    return total


def _attachments_missing(connection: Connection, lots: Collection[int]) -> int:
    total = 0
    for some in chunks(lots):
        speaking = select(touches.c.envelope_id).where(touches.c.lot_id.in_(some)).distinct()
        awaited = attachments.c.envelope_id.in_(speaking) & attachments.c.received_at.is_(None) & ~attachments.c.voided
        total += int(connection.execute(select(func.count(attachments.c.sha256.distinct())).where(awaited)).scalar_one())
    return total
