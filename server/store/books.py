"""The plant's books, open for one transaction: what postings read and write."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, func, select

from server.store import carton_feed, tables, taints
from server.store.sheets import Row, Sheet
from server.store.standings import Author, Standings
from traceability.lots import Disposition, LotKey
from traceability.standing import PLANT, Said, Standing, Statement

_NOBODY: Final = Author()


def record_key(*names: str) -> str:
    """Return one key for a record that several names identify, as plant files make it: a compact JSON list."""
    return json.dumps(names, ensure_ascii=False, separators=(",", ":"))


class Books:
    """Lots, stock, receipts, containers, orders and the feed of reference data, read and changed together."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.envelopes = Sheet(connection, tables.envelopes, "event_id")
        self.findings = Sheet(connection, tables.findings, "id")
        self.strays = Sheet(connection, tables.strays, "journal", "digest")
        self.records = Sheet(connection, tables.records, "kind", "key")
        self.lots = Sheet(connection, tables.lots, "code", "item", "assigned_by")
        self.stock = Sheet(connection, tables.stock, "lot_id", "place")
        self.receipts = Sheet(connection, tables.receipts, "envelope_id")
        self.uses = Sheet(connection, tables.uses, "envelope_id")
        self.productions = Sheet(connection, tables.productions, "envelope_id")
        self.edges = Sheet(connection, tables.edges, "id")
        self.line_loads = Sheet(connection, tables.line_loads, "envelope_id")
        self.line_ends = Sheet(connection, tables.line_ends, "envelope_id")
        self.stock_changes = Sheet(connection, tables.stock_changes, "envelope_id")
        self.containers = Sheet(connection, tables.containers, "serial")
        self.named_things = Sheet(connection, tables.named_things, "envelope_id", "what", "serial", "item")
        self.order_lines = Sheet(connection, tables.order_lines, "order_number", "line")
        self.cartons = Sheet(connection, tables.cartons, "sscc")
        self.packings = Sheet(connection, tables.packings, "envelope_id", "line")
        self.shipments = Sheet(connection, tables.shipments, "envelope_id", "line")
        self.ship_progress = Sheet(connection, tables.ship_progress, "order_number", "item")
        self.voids = Sheet(connection, tables.voids, "event_id")
        self.touches = Sheet(connection, tables.touches, "lot_id", "envelope_id")
        self.attachments = Sheet(connection, tables.attachments, "envelope_id")
        self.qc_results = Sheet(connection, tables.qc_results, "envelope_id", "line")
        self.hold_scopes = Sheet(connection, tables.hold_scopes, "event_id")
        self.overrides = Sheet(connection, tables.overrides, "event_id")
        self._standings = Sheet(connection, tables.standings, "lot_id", "source")
        self.standings = Standings(self._standings)
        self._touched: set[tuple[int, int]] = set()
        self._known: dict[tuple[str, str], Mapping[str, Any] | None] = {}
        self._journals: dict[int, str] = {}
        self._newest_cursor: int | None = None

    def known(self, kind: str, key: str) -> Mapping[str, Any] | None:
        """Return the reference record of that kind and key, or None."""
        if (kind, key) not in self._known:
            row = self.records.find(kind, key)
            self._known[kind, key] = None if row is None or row["body"] is None else json.loads(row["body"])
        return self._known[kind, key]

    def publish(self, kind: str, key: str, body: Mapping[str, Any] | None) -> bool:
        """Put a record into the feed, newest last; return whether it differs from what was there."""
        text = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        row = self.records.find(kind, key)
        self._known.pop((kind, key), None)
        if row is None:
            if text is not None:
                self.records.add(kind=kind, key=key, body=text, cursor=self._next_cursor())
            return text is not None
        if row["body"] == text:
            return False
        self.records.change(row, body=text, cursor=self._next_cursor())
        return True

    def journal(self, journal_id: int) -> str:
        """Return a journal's own id."""
        if journal_id not in self._journals:
            found = self.connection.execute(select(tables.journals.c.uuid).where(tables.journals.c.id == journal_id))
            self._journals[journal_id] = found.scalar_one()
        return self._journals[journal_id]

    def lot(self, key: LotKey) -> Row | None:
        """Return the lot, or None where it was never heard of."""
        return self.lots.find(key.code, key.item, key.assigned_by)

    def open_lot(self, key: LotKey, unit: str, expires_on: date | None, disposition: Disposition, source: str = PLANT) -> Row:
        """Return the lot, made where it is new (`unit` "": not known yet).

        A missing expiry never overwrites one. `source`: the event that says how the lot stands, which may only make it stricter.
        """
        lot = self.lot(key)
        said = expires_on.isoformat() if expires_on else None
        if lot is None:
            names = {"item": key.item, "code": key.code, "assigned_by": key.assigned_by}
            lot = self.lots.add(**names, unit=unit, expires_on=said, disposition=Disposition.AVAILABLE.value)
        if unit and not lot["unit"]:
            self.lots.change(lot, unit=unit)
        if said != lot["expires_on"] and lot["expires_on"] is None:
            self.lots.change(lot, expires_on=said)
        if disposition is not Disposition.AVAILABLE:
            self.state(lot, Said(source, disposition))
        return lot

    def state(self, lot: Row, statement: Statement, author: Author = _NOBODY) -> None:
        """Write down what was said of where the lot stands, and let it stand so."""
        self._stand(lot, self.standings.say(lot["id"], statement, author))

    def unsay(self, lot: Row, source: str) -> None:
        """What an event said of where the lot stands no longer counts."""
        if self.standings.find(lot["id"], source) is not None:
            self._stand(lot, self.standings.withdraw(lot["id"], source))

    def _stand(self, lot: Row, now: Standing) -> None:
        # Also where it stands as before: who holds it is told, too.
        self.lots.change(lot, disposition=now.disposition.value)

    def move(self, lot: Row, place: str, amount: Decimal, opening: Decimal = Decimal(0)) -> None:
        """Add `amount` (below zero: take away) to what is on hand of a lot in a place."""
        row = self.stock.find(lot["id"], place)
        if row is None:
            self.stock.add(lot_id=lot["id"], place=place, quantity=amount, opening=opening)
        else:
            self.stock.change(row, quantity=row["quantity"] + amount, opening=row["opening"] + opening)

    def touch(self, lot: Row, envelope_id: int) -> None:
        """Note that an event speaks of a lot."""
        # An event is posted once, so what is not noted in this transaction is not noted at all: no need to ask.
        if (lot["id"], envelope_id) not in self._touched:
            self._touched.add((lot["id"], envelope_id))
            self.touches.add(lot_id=lot["id"], envelope_id=envelope_id)

    def keep(self) -> None:
        """Write everything, parents before children, and tell the stations of every lot that changed."""
        lots = {row["id"]: row for row in self.lots.touched()}
        lots |= self.lots_by_id({row["lot_id"] for row in self.stock.touched()} - lots.keys())
        links = {(row["source"], row["target"]) for row in self.edges.touched()}
        for sheet in (self.lots, self.envelopes, self.stock, self._standings, self.edges):
            sheet.keep()
        lots |= self.lots_by_id(taints.follow(self.connection, lots.keys(), links) - lots.keys())
        self._publish_lots(lots)
        packed = self.cartons.touched()
        for sheet in (self.cartons, self.packings, self.shipments, self.ship_progress):
            sheet.keep()
        self._publish_cartons(packed)
        for sheet in (
            self.records,
            self.findings,
            self.strays,
            self.receipts,
            self.uses,
            self.line_loads,
            self.line_ends,
            self.productions,
            self.qc_results,
            self.hold_scopes,
            self.overrides,
            self.stock_changes,
            self.containers,
            self.named_things,
            self.order_lines,
            self.voids,
            self.touches,
            self.attachments,
        ):
            sheet.keep()

    def _publish_lots(self, lots: Mapping[int, Row]) -> None:
        on_hand = self._on_hand(lots.keys())
        self.records.foresee(("lot", _lot_key(row)) for row in lots.values())
        stands, ancestors = self.standings.told(lots.keys()), taints.told(self.connection, lots.keys())
        for number, row in lots.items():
            body = {**_lot_body(row, on_hand.get(number, [])), **stands.get(number, {})}
            if number in ancestors:
                body["ancestors"] = ancestors[number]
            self.publish("lot", _lot_key(row), body)

    def lots_by_id(self, numbers: Collection[int]) -> dict[int, Row]:
        """Return lots by their rows' numbers, as they are in this transaction."""
        return {row["id"]: row for row in self.lots.having("id", numbers)} if numbers else {}

    def _publish_cartons(self, rows: Sequence[Row]) -> None:
        self.records.foresee((carton_feed.KIND, row["sscc"]) for row in rows)
        for sscc, body in carton_feed.bodies(self.connection, rows).items():
            self.publish(carton_feed.KIND, sscc, body)

    def _on_hand(self, numbers: Iterable[int]) -> dict[int, list[dict[str, str]]]:
        stock = tables.stock
        rows = self.connection.execute(select(stock).where(stock.c.lot_id.in_(list(numbers))).order_by(stock.c.lot_id, stock.c.place))
        places: dict[int, list[dict[str, str]]] = {}
        for row in rows:
            places.setdefault(row.lot_id, []).append({"place": row.place, "quantity": format(row.quantity, "f")})
        return places

    def _next_cursor(self) -> int:
        if self._newest_cursor is None:
            self._newest_cursor = newest_cursor(self.connection)
        self._newest_cursor += 1
        return self._newest_cursor


def newest_cursor(connection: Connection) -> int:
    """Return the cursor of the newest change (0: none yet)."""
    return int(connection.execute(select(func.coalesce(func.max(tables.records.c.cursor), 0))).scalar_one())


def _lot_key(row: Row) -> str:
    return record_key(row["item"], row["code"], row["assigned_by"])


def _lot_body(row: Row, on_hand: list[dict[str, str]]) -> dict[str, Any]:
    body = {
        "item": row["item"],
        "lot": row["code"],
        "assigned_by": row["assigned_by"],
        "disposition": row["disposition"],
        "on_hand": on_hand,
    }
    return body if row["expires_on"] is None else {**body, "expires_on": row["expires_on"]}
