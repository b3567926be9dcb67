"""Reference data: what the plant's administrators store, and what every station then reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection, select

from config import label_rules
from config import plant_parts as parts
from server.store.books import Books, newest_cursor, record_key
from server.store.schema import epoch
from server.store.tables import records
from sync.protocol import Change, Changes, RecordIn
from traceability.lots import Disposition, LotKey

_MODELS: Final[dict[str, type[BaseModel] | None]] = {
    "site": parts.Site,
    "zone": None,
    "policies": parts.Policies,
    "barcode_patterns": parts.BarcodePatterns,
    "reason": parts.ReasonCode,
    "tolerance": parts.Tolerance,
    "test": parts.Test,
    "place": parts.Place,
    "vendor": parts.Vendor,
    "customer": parts.Customer,
    "item": parts.Item,
    "operator": parts.Operator,
    "station": parts.Station,
    "purchase_order": parts.PurchaseOrder,
    "work_order": parts.WorkOrder,
    "ship_order": parts.ShipOrder,
    "lot": parts.Lot,
    label_rules.KIND: None,
}


class RecordRefused(Exception):
    """A record can't be stored; nothing of the request was."""


def changes_since(connection: Connection, cursor: int, limit: int) -> Changes:
    """Return the next changes after `cursor`; a cursor from the future (the server was restored) begins again."""
    since = cursor if cursor <= newest_cursor(connection) else 0
    rows = connection.execute(select(records).where(records.c.cursor > since).order_by(records.c.cursor).limit(limit + 1)).all()
    page = tuple(
        Change(cursor=row.cursor, kind=row.kind, key=row.key, body=json.loads(row.body) if row.body else None) for row in rows[:limit]
    )
    return Changes(epoch=epoch(connection), changes=page, cursor=page[-1].cursor if page else since, more=len(rows) > limit)


def store(books: Books, received: Sequence[RecordIn]) -> int:
    """Store records in the caller's transaction; return how many differed. RecordRefused names the first that can't be."""
    for record in received:
        _check(record)
    books.records.foresee((record.kind, record.key) for record in received)
    changed = sum(_stored(books, record) for record in received)
    books.keep()
    return changed


def _check(record: RecordIn) -> None:
    if record.kind not in _MODELS:
        raise RecordRefused(f"there is no reference data of kind {record.kind!r}; known: {', '.join(_MODELS)}")
    model = _MODELS[record.kind]
    if record.body is None:
        return
    if record.kind == label_rules.KIND and (fault := label_rules.fault_of(record.key, record.body, datetime.now(UTC).date())):
        raise RecordRefused(f"{record.kind} {record.key}: {fault}")
    if model is None:
        return
    try:
        model.model_validate(record.body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise RecordRefused(f"{record.kind} {record.key}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _stored(books: Books, record: RecordIn) -> bool:
    if record.kind == "lot" and record.body is not None:
        return _open(books, parts.Lot.model_validate(record.body), record)
    if record.kind == label_rules.KIND and record.body is not None:
        fault = label_rules.replacement_fault(books.known(record.kind, record.key), record.body)
        if fault:
            raise RecordRefused(f"{record.kind} {record.key}: {fault}")
    return books.publish(record.kind, record.key, record.body)


def _open(books: Books, lot: parts.Lot, record: RecordIn) -> bool:
    """Take a lot from the plant's data: its opening stock is counted in once, however often the file comes."""
    if lot.assigned_by is None or record.key != record_key(lot.item, lot.lot, lot.assigned_by):
        raise RecordRefused(f"lot {record.key}: its key is not its item, lot and assigned_by")
    key = LotKey(lot.item, lot.lot, lot.assigned_by)
    before = dict(books.lot(key) or {})
    unit = (books.known("item", lot.item) or {}).get("unit", "")
    row = books.open_lot(key, unit, lot.expires_on, Disposition(lot.disposition))
    moved = _counted_in(books, row, {each.place: each.quantity for each in lot.on_hand})
    return moved or before != row


def _counted_in(books: Books, lot: Mapping[str, Any], said: Mapping[str, Decimal]) -> bool:
    moved = False
    for place, quantity in said.items():
        stock = books.stock.find(lot["id"], place)
        difference = quantity - (stock["opening"] if stock else Decimal(0))
        if difference or stock is None:
            books.move(dict(lot), place, difference, opening=difference)
            moved = True
    return moved
