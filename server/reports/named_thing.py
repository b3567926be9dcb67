"""One piece, container or carton, asked for by its serial: which lot it is of, and what happened to this very one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from server.reports.trace import Question, Unanswerable, answered
from server.reports.trace_shape import NamedThing, ThingEvent, Trace, TraceOfThing
from server.store.tables import cartons, envelopes, journals, lots, named_things, packings, stations, voids

_LONGEST_LIST: Final = 10
_VOIDED: Final = select(voids.c.event_id).where(voids.c.event_id == envelopes.c.event_id).exists().label("undone")


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a serial stands on: the rows of the lots in it, and of the events that speak of it."""

    kind: str
    lots: frozenset[int]
    events: frozenset[int]


def answered_by_serial(connection: Connection, question: Question, serial: str, now: datetime) -> TraceOfThing | Unanswerable:
    """Answer with the trace of its lot and its own events; `question` may say which item, lot or source is meant."""
    things = [*_named(connection, serial), *_units(connection, serial)]
    meant = {row.id: row for row in _lots(connection, {lot for each in things for lot in each.lots}) if _is_meant(row, question)}
    if not meant:
        among = f" of item {question.item!r}" if question.item else ""
        words = f"no piece, container, carton or pallet {serial!r}{among} is known here; its station may not have sent it yet"
        return Unanswerable(words)
    if len(meant) > 1:
        return _several(serial, list(meant.values()))
    ((number, lot),) = meant.items()
    asked = replace(question, item=lot.item, lot=lot.code, assigned_by=lot.assigned_by)
    trace = answered(connection, asked, now)
    if not isinstance(trace, Trace):
        return trace
    thing = next(each for each in things if number in each.lots)
    said = {name: getattr(trace, name) for name in type(trace).model_fields}
    return TraceOfThing(**said, named=NamedThing(serial=serial, kind=thing.kind, events=_events(connection, thing.events, serial)))


def _named(connection: Connection, serial: str) -> list[_Thing]:
    rows = connection.execute(select(named_things).where(named_things.c.serial == serial)).all()
    found = []
    for kind, item in dict.fromkeys((row.what, row.item) for row in rows):
        mine = [row for row in rows if (row.what, row.item) == (kind, item)]
        events = {row.envelope_id for row in mine}
        if inside := {row.carton for row in mine if row.carton and not row.voided}:
            events |= _of_cartons(connection, inside, {row.lot_id for row in mine}, min(events))
        found.append(_Thing(kind, frozenset(row.lot_id for row in mine), frozenset(events)))
    return found


def _of_cartons(connection: Connection, ssccs: set[str], among: set[int], since: int) -> set[int]:
    """What happened to the cartons that a piece lay in: taken out of them, shipped."""
    inside = (packings.c.sscc.in_(ssccs)) & (packings.c.lot_id.in_(among)) & (packings.c.envelope_id > since)
    taken = [row.envelope_id for row in connection.execute(select(packings).where(inside)) if row.quantity < 0]
    gone = connection.execute(_shipped(cartons.c.sscc.in_(ssccs))).scalars()
    return {*taken, *(each for each in gone if each is not None)}


def _shipped(which: ColumnElement[bool]) -> Any:
    """The shipments of cartons, and of the pallets that they stand on."""
    pallets = select(cartons.c.parent).where(which, cartons.c.parent.is_not(None))
    return select(cartons.c.shipped_by).where(or_(which, cartons.c.sscc.in_(pallets)))


def _units(connection: Connection, serial: str) -> list[_Thing]:
    """Our own cartons and pallets, and what stands on them."""
    sscc = serial[2:] if len(serial) == 20 and serial.startswith("00") else serial  # with its application identifier
    rows = connection.execute(select(cartons).where(or_(cartons.c.sscc == sscc, cartons.c.parent == sscc))).all()
    unit = next((row for row in rows if row.sscc == sscc), None)
    if unit is None:
        return []
    inside = connection.execute(select(packings).where(packings.c.sscc.in_([row.sscc for row in rows]))).all()
    events = {row.envelope_id for row in inside} | {unit.opened_by, *connection.execute(_shipped(cartons.c.sscc == sscc)).scalars()}
    return [_Thing(unit.level, frozenset(row.lot_id for row in inside), frozenset(each for each in events if each is not None))]


def _lots(connection: Connection, numbers: set[int]) -> list[Row[Any]]:
    return list(connection.execute(select(lots).where(lots.c.id.in_(numbers)).order_by(lots.c.item, lots.c.code))) if numbers else []


def _is_meant(row: Row[Any], question: Question) -> bool:
    said = ((question.item, row.item), (question.lot, row.code), (question.assigned_by, row.assigned_by))
    return all(not asked or asked == is_ for asked, is_ in said)


def _several(serial: str, found: list[Row[Any]]) -> Unanswerable:
    names = ", ".join(f"lot {row.code!r} of {row.item}" for row in found[:_LONGEST_LIST])
    return Unanswerable(f"{serial!r} holds or stands on several lots ({names}): say also which item or lot is meant", ambiguous=True)


def _events(connection: Connection, numbers: Iterable[int], serial: str) -> tuple[ThingEvent, ...]:
    asked = (
        select(envelopes.c.event_id, envelopes.c.kind, envelopes.c.body, stations.c.name, _VOIDED)
        .join(journals, journals.c.id == envelopes.c.journal_id)
        .join(stations, stations.c.id == journals.c.station_id)
        .where(envelopes.c.id.in_(list(numbers)))
    )
    told = [_told(row, json.loads(row.body), serial) for row in connection.execute(asked)]
    return tuple(sorted(told, key=lambda each: (each.occurred_at, each.event)))


def _told(row: Row[Any], envelope: dict[str, Any], serial: str) -> ThingEvent:
    data = envelope["data"]
    # Of a count: what was found of this very container.
    counted: dict[str, Any] = next((each for each in data.get("found", ()) if each.get("serial") == serial), {})
    parties = (data.get(name) for name in ("customer", "vendor"))
    return ThingEvent(
        event=row.event_id,
        kind=row.kind,
        occurred_at=str(envelope["occurred_at"]),
        station=row.name,
        quantity=counted.get("counted") or data.get("base_quantity"),
        unit=data.get("base_unit"),
        place=data.get("to_place") or data.get("place"),
        order=data.get("order"),
        party=next((each for each in parties if each), None),
        sscc=data.get("sscc"),
        undone=bool(row.undone),
    )
