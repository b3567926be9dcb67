"""What other stations did on orders and set aside for them, as the server told it last. Our own events count by themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from kiosk.store.lot_rows import lot_id
from kiosk.store.records import ReferenceRecord
from kiosk.store.schema import JOURNALS, OTHERS_SET_ASIDE, OTHERS_SHARES
from sync.protocol import ORDER_PROGRESS, SET_ASIDE
from traceability.lots import LotKey

KINDS: Final = frozenset({ORDER_PROGRESS, SET_ASIDE})

# Built once: making a statement costs SQLAlchemy five times what running it does.
_OURS: Final = select(JOURNALS.c.id)
_FORGET_SHARES: Final = delete(OTHERS_SHARES).where(
    OTHERS_SHARES.c.order_kind == bindparam("of_kind"), OTHERS_SHARES.c.number == bindparam("of_order")
)
_KEEP_SHARES: Final = insert(OTHERS_SHARES)
_FORGET_SET_ASIDE: Final = delete(OTHERS_SET_ASIDE).where(
    OTHERS_SET_ASIDE.c.order_kind == bindparam("of_kind"),
    OTHERS_SET_ASIDE.c.number == bindparam("of_order"),
    OTHERS_SET_ASIDE.c.journal == bindparam("of_journal"),
)
_KEEP_SET_ASIDE: Final = insert(OTHERS_SET_ASIDE)


def tell(connection: Connection, kind: str, records: Sequence[ReferenceRecord]) -> None:
    """Let hold what the server says; what it says of journals of this database is left out, so that nothing counts twice."""
    ours = frozenset(connection.execute(_OURS).scalars())
    for record in records:
        if kind == ORDER_PROGRESS:
            _tell_progress(connection, record, ours)
        else:
            _tell_set_aside(connection, record, ours)


def _tell_progress(connection: Connection, record: ReferenceRecord, ours: frozenset[str]) -> None:
    order_kind, number = json.loads(record.key)
    connection.execute(_FORGET_SHARES, {"of_kind": order_kind, "of_order": number})
    journals: dict[str, Any] = (record.body or {}).get("journals", {})
    rows = [
        {"order_kind": order_kind, "number": number, "journal": journal, "doing": doing, "line": line, "amount": amount}
        for journal, doings in journals.items()
        if journal not in ours
        for doing, lines in doings.items()
        for line, amount in lines.items()
    ]
    if rows:
        connection.execute(_KEEP_SHARES, rows)


def _tell_set_aside(connection: Connection, record: ReferenceRecord, ours: frozenset[str]) -> None:
    order_kind, number, journal = json.loads(record.key)
    connection.execute(_FORGET_SET_ASIDE, {"of_kind": order_kind, "of_order": number, "of_journal": journal})
    lots: list[dict[str, str]] = (record.body or {}).get("lots", []) if journal not in ours else []
    rows = [
        {
            "order_kind": order_kind,
            "number": number,
            "journal": journal,
            "entry": entry,
            "line": each["line"],
            "lot": lot_id(connection, LotKey(each["item"], each["lot"], each["assigned_by"])),
            "place": each["place"],
            "amount": each["quantity"],
        }
        for entry, each in enumerate(lots)
    ]
    if rows:
        connection.execute(_KEEP_SET_ASIDE, rows)
