"""How each kind of reference record lies in the tables: lots and operators in their own, the rest as they came."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store import badges, told_cartons, told_orders
from kiosk.store.codes import spellings
from kiosk.store.records import ReferenceRecord
from kiosk.store.reference_lots import store_lots
from kiosk.store.schema import ITEM_CODES, OPERATORS, RECORDS, WRONG_PINS
from kiosk.store.times import from_text, to_text
from traceability.operators import LOCKED_FOR, MOST_WRONG

Records = Sequence[ReferenceRecord]
_WRONG: Final = upsert(WRONG_PINS)
_LOCK: Final = _WRONG.on_conflict_do_update(
    index_elements=["operator"],
    set_={"wrong": _WRONG.excluded.wrong, "locked_at": _WRONG.excluded.locked_at},
    where=func.coalesce(WRONG_PINS.c.locked_at, "") < _WRONG.excluded.locked_at,
)


def store_chunk(connection: Connection, records: Iterable[ReferenceRecord], badge_key: bytes) -> None:
    """Store records inside the caller's transaction; of two with one key the later wins."""
    by_kind: dict[str, dict[str, ReferenceRecord]] = {}
    for record in records:
        by_kind.setdefault(record.kind, {})[record.key] = record
    for kind, latest in by_kind.items():
        group = tuple(latest.values())
        if kind == "operator":
            _store_operators(connection, group, badge_key)
        elif kind == "lot":
            store_lots(connection, group)
        elif kind in told_orders.KINDS:
            told_orders.tell(connection, kind, group)
        else:
            _store_plain(connection, group)
            _ALSO.get(kind, _nothing)(connection, group)


def _store_plain(connection: Connection, records: Records) -> None:
    rows = [_row(each) for each in records if each.body is not None]
    gone = [{"k": each.kind, "n": each.key} for each in records if each.body is None]
    if rows:
        statement = upsert(RECORDS)
        new = {"body": statement.excluded.body, "finished": statement.excluded.finished}
        connection.execute(statement.on_conflict_do_update(index_elements=["kind", "key"], set_=new), rows)
    if gone:
        connection.execute(delete(RECORDS).where(RECORDS.c.kind == bindparam("k"), RECORDS.c.key == bindparam("n")), gone)


def _row(record: ReferenceRecord) -> dict[str, Any]:
    body = record.body or {}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return {"kind": record.kind, "key": record.key, "body": text, "finished": int(body.get("closed", False))}


def _nothing(_connection: Connection, _records: Records) -> None:
    """Most kinds are their own row only."""


def _store_codes(connection: Connection, records: Records) -> None:
    """An item's codes as the reference data has them now; links that a person made here stay."""
    items = [{"name": each.key} for each in records]
    connection.execute(delete(ITEM_CODES).where(ITEM_CODES.c.item == bindparam("name"), ITEM_CODES.c.event.is_(None)), items)
    rows = [row for each in records if each.body is not None for row in _code_rows(each.body)]
    rows += _linked_rows(connection, {each.key for each in records})
    if rows:
        connection.execute(ITEM_CODES.insert(), rows)


def _linked_rows(connection: Connection, items: set[str]) -> list[dict[str, Any]]:
    """What people at any station linked to these items."""
    links = connection.execute(select(RECORDS.c.body).where(RECORDS.c.kind == "barcode_link")).scalars()
    return [row for body in map(json.loads, links) if body["item"] in items for row in _link_rows(body)]


def _link_rows(body: dict[str, Any]) -> list[dict[str, Any]]:
    meaning = {"vendor": body.get("vendor") or "", "unit": body.get("unit"), "item": body["item"], "event": None}
    return [{"code": code, **meaning} for code in spellings(body["code"])]


def _store_links(connection: Connection, records: Records) -> None:
    """What a person at any station said that an unknown barcode stands for, or that it no longer does."""
    for record in records:
        code, vendor = json.loads(record.key)
        same = (ITEM_CODES.c.code.in_(spellings(code))) & (ITEM_CODES.c.vendor == vendor) & ITEM_CODES.c.event.is_(None)
        connection.execute(delete(ITEM_CODES).where(same))
        if record.body is not None:
            connection.execute(ITEM_CODES.insert(), _link_rows(record.body))


def _code_rows(body: dict[str, Any]) -> list[dict[str, Any]]:
    item = body["item"]
    meanings = {(item, ""): None}
    if body.get("gtin"):
        meanings[(body["gtin"], "")] = None
    for barcode in body.get("barcodes", ()):
        for code in spellings(barcode["code"]):
            # A pack's unit says more than the item's own code or GTIN, which say none.
            meanings[(code, barcode.get("vendor") or "")] = barcode.get("unit")
    return [{"code": code, "vendor": vendor, "unit": unit, "item": item, "event": None} for (code, vendor), unit in meanings.items()]


def _tell_cartons(connection: Connection, records: Records) -> None:
    told_cartons.tell(connection, [each.body for each in records if each.body is not None])


def _lock_out(connection: Connection, records: Records) -> None:
    """Whoever was locked out for wrong PINs at another station is so here; a lock of our own that is newer stays."""
    told = [
        {"operator": each.key, "wrong": MOST_WRONG, "locked_at": to_text(from_text(each.body["until"]) - LOCKED_FOR)}
        for each in records
        if each.body is not None
    ]
    if told:
        connection.execute(_LOCK, told)


_ALSO: Final[dict[str, Callable[[Connection, Records], None]]] = {
    "item": _store_codes,
    "barcode_link": _store_links,
    told_cartons.KIND: _tell_cartons,
    "lock_out": _lock_out,
}


def _store_operators(connection: Connection, records: Records, badge_key: bytes) -> None:
    _unlock_changed(connection, records)
    connection.execute(delete(OPERATORS).where(OPERATORS.c.id == bindparam("gone")), [{"gone": each.key} for each in records])
    rows = [_operator_row(each.key, each.body, badge_key) for each in records if each.body is not None]
    if not rows:
        return
    # A badge belongs to whoever was given it last.
    taken = update(OPERATORS).where(OPERATORS.c.badge == bindparam("taken")).values(badge=b"")
    connection.execute(taken, [{"taken": row["badge"]} for row in rows])
    connection.execute(OPERATORS.insert(), rows)


def _unlock_changed(connection: Connection, records: Records) -> None:
    """Whoever was given another PIN may try it at once."""
    known = dict(
        connection.execute(select(OPERATORS.c.id, OPERATORS.c.pin_hash).where(OPERATORS.c.id.in_([each.key for each in records]))).all()
    )
    changed = [each.key for each in records if each.key in known and known[each.key] != (each.body or {}).get("pin_hash")]
    if changed:
        connection.execute(delete(WRONG_PINS).where(WRONG_PINS.c.operator.in_(changed)))


def _operator_row(known_as: str, body: dict[str, Any], badge_key: bytes) -> dict[str, Any]:
    return {
        "id": known_as,
        "badge": badges.hash_of(body["badge"].encode(), badge_key),
        "name": body.get("name", ""),
        "roles": json.dumps(body.get("roles", [])),
        "pin_hash": body.get("pin_hash"),
        "may_not_override": json.dumps(body.get("may_not_override", [])),
    }
