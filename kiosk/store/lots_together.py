"""Lots that belong together: of one delivery, of one work order, of one time; and the tests that are made of them."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, select

from kiosk.store.schema import LOT_FACTS, LOTS, PRODUCTIONS, RECEIVED_ON, RECORDS, USES
from kiosk.store.times import to_text
from traceability.lots import LotKey
from traceability.qc import QcTest

_CAME_TO_BE: Final = ("receipt", "production")
_NAMES: Final = (LOTS.c.item, LOTS.c.code, LOTS.c.assigned_by)

# Built once: making a statement costs SQLAlchemy five times what running it does.
_RECEIVED: Final = (
    select(*_NAMES)
    .join(RECEIVED_ON, RECEIVED_ON.c.lot == LOTS.c.id)
    .join(LOT_FACTS, LOT_FACTS.c.event == RECEIVED_ON.c.event)
    .where(RECEIVED_ON.c.number == bindparam("of_order"), LOT_FACTS.c.voided == 0)
    .order_by(RECEIVED_ON.c.event)
)
_MADE: Final = (
    select(*_NAMES)
    .join(PRODUCTIONS, PRODUCTIONS.c.lot == LOTS.c.id)
    .where(PRODUCTIONS.c.number == bindparam("of_order"), PRODUCTIONS.c.voided == 0)
    .order_by(PRODUCTIONS.c.event)
)
_USED: Final = (
    select(*_NAMES)
    .join(USES, USES.c.lot == LOTS.c.id)
    .where(USES.c.number == bindparam("of_order"), USES.c.voided == 0)
    .order_by(USES.c.event)
)
_BETWEEN: Final = (
    select(*_NAMES)
    .join(LOT_FACTS, LOT_FACTS.c.lot == LOTS.c.id)
    .where(LOT_FACTS.c.occurred_at >= bindparam("since"), LOT_FACTS.c.occurred_at <= bindparam("until"))
    .where(LOT_FACTS.c.kind.in_(_CAME_TO_BE), LOT_FACTS.c.voided == 0)
    .order_by(LOT_FACTS.c.event)
)
_TESTS: Final = select(RECORDS.c.body).where(RECORDS.c.kind == "test").order_by(RECORDS.c.key)


def received_on(connection: Connection, order: str) -> tuple[LotKey, ...]:
    """Return the lots that came in here on a purchase order."""
    return _keys(connection, _RECEIVED, of_order=order)


def made_by(connection: Connection, order: str) -> tuple[LotKey, ...]:
    """Return the lots that came out of a work order here."""
    return _keys(connection, _MADE, of_order=order)


def used_by(connection: Connection, order: str) -> tuple[LotKey, ...]:
    """Return the lots that went into a work order here, one that all came back from included: it was there."""
    return _keys(connection, _USED, of_order=order)


def between(connection: Connection, since: datetime, until: datetime) -> tuple[LotKey, ...]:
    """Return the lots that came in or were made here within a time."""
    return _keys(connection, _BETWEEN, since=to_text(since), until=to_text(until))


def tests_of(connection: Connection, item: str) -> tuple[QcTest, ...]:
    """Return the plant's tests of an item, in the order that the plant gave them."""
    bodies = [json.loads(text) for text in connection.execute(_TESTS).scalars()]
    of_it = [each for each in bodies if each.get("item") in (None, item)]
    return tuple(_test(each) for each in sorted(of_it, key=lambda body: body.get("rank") or 0))


def _test(body: dict[str, Any]) -> QcTest:
    low, high = (None if body.get(side) is None else Decimal(str(body[side])) for side in ("low", "high"))
    return QcTest(body["test"], body.get("item"), body.get("unit", ""), low, high)


def _keys(connection: Connection, statement: Select[Any], **asked: str) -> tuple[LotKey, ...]:
    rows = connection.execute(statement, asked).all()
    return tuple(dict.fromkeys(LotKey(row.item, row.code, row.assigned_by) for row in rows))
