"""Why a lot is stopped: the holds on it, and what it was made from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, bindparam, select, tuple_

from kiosk.store import holds
from kiosk.store.lot_rows import lots_of, row_of
from kiosk.store.schema import LOTS, TAINTS
from traceability.lots import Lot, LotKey
from traceability.standing import HoldInForce

_LOTS_A_QUESTION: Final = 300  # SQLite's limit on parameters is far above, its parser's patience is not
# Built once: making a statement costs SQLAlchemy five times what running it does.
_MADE: Final = LOTS.alias("made")
_ANCESTORS: Final = (
    select(LOTS, _MADE.c.item.label("made_item"), _MADE.c.code.label("made_code"), _MADE.c.assigned_by.label("made_by"))
    .select_from(_MADE.join(TAINTS, TAINTS.c.lot == _MADE.c.id).join(LOTS, LOTS.c.id == TAINTS.c.ancestor))
    .where(tuple_(_MADE.c.item, _MADE.c.code, _MADE.c.assigned_by).in_(bindparam("keys", expanding=True)))
)


def ancestors_on_hold(connection: Connection, lots: Collection[LotKey]) -> dict[LotKey, Lot]:
    """Return, for each of `lots` that was made from a stopped lot, one such ancestor."""
    found: dict[LotKey, Lot] = {}
    keys = [(each.item, each.code, each.assigned_by) for each in lots]
    for start in range(0, len(keys), _LOTS_A_QUESTION):
        rows = connection.execute(_ANCESTORS, {"keys": keys[start : start + _LOTS_A_QUESTION]}).all()
        ancestors = lots_of(connection, rows)
        found |= {LotKey(row.made_item, row.made_code, row.made_by): ancestors[row.id] for row in rows}
    return found


def holds_on(connection: Connection, lot: LotKey) -> tuple[HoldInForce, ...]:
    """Return the holds that stand on a lot, oldest first."""
    row = row_of(connection, lot)
    return () if row is None else holds.in_force(connection, row.id)
