"""Reference records (JSON as it came over the wire) read as the nouns that the rules speak of."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import CompoundSelect, Connection, Row, Select, bindparam, literal, select, union_all

from kiosk.store.amounts import total
from kiosk.store.kept import kept
from kiosk.store.schema import ORDER_PROGRESS, OTHERS_SHARES, PRODUCTIONS, RECORDS, SHIP_PROGRESS, WORK_ORDER_USE
from traceability.items import Item, LabelPolicy
from traceability.lots import Disposition
from traceability.operators import Operator, Role
from traceability.order_shares import Doing
from traceability.orders import Component, OrderLine, PurchaseOrder, ShipLine, ShipOrder, WorkOrder
from traceability.places import Place
from traceability.units import Quantity, to_base

# Built once: making a statement costs SQLAlchemy five times what running it does.
_BODY: Final = select(RECORDS.c.body).where(RECORDS.c.kind == bindparam("of_kind"), RECORDS.c.key == bindparam("named"))


_Done = CompoundSelect[tuple[str, str]]


def _elsewhere(order_kind: str, doing: Doing) -> Select[tuple[str, str]]:
    """What other stations did on an order's lines, as the server told it last."""
    mine = (OTHERS_SHARES.c.order_kind == order_kind) & (OTHERS_SHARES.c.doing == doing.value)
    return select(OTHERS_SHARES.c.line, OTHERS_SHARES.c.amount).where(OTHERS_SHARES.c.number == bindparam("of_order"), mine)


# What was done on each line of an order: by our own events, and by those of others. One question.
_RECEIVED: Final[_Done] = union_all(
    select(ORDER_PROGRESS.c.line, ORDER_PROGRESS.c.received.label("amount")).where(ORDER_PROGRESS.c.number == bindparam("of_order")),
    _elsewhere("purchase_order", Doing.RECEIVED),
)
_SHIPPED: Final[_Done] = union_all(
    select(SHIP_PROGRESS.c.line, SHIP_PROGRESS.c.shipped.label("amount")).where(SHIP_PROGRESS.c.number == bindparam("of_order")),
    _elsewhere("ship_order", Doing.SHIPPED),
)
_PAPERS: Final = select(RECORDS.c.kind).where(
    RECORDS.c.kind.in_(("purchase_order", "work_order", "ship_order", "place")), RECORDS.c.key == bindparam("named")
)
_USED: Final[_Done] = union_all(
    select(WORK_ORDER_USE.c.item.label("line"), WORK_ORDER_USE.c.used.label("amount")).where(
        WORK_ORDER_USE.c.number == bindparam("of_order")
    ),
    _elsewhere("work_order", Doing.USED),
)
_MADE: Final[_Done] = union_all(
    select(literal("").label("line"), PRODUCTIONS.c.quantity.label("amount")).where(
        PRODUCTIONS.c.number == bindparam("of_order"), PRODUCTIONS.c.transformation == "made", PRODUCTIONS.c.voided == 0
    ),
    _elsewhere("work_order", Doing.MADE),
)


def _done_on(connection: Connection, statement: _Done, number: str) -> dict[str, Decimal]:
    """Return how much was done on each line of an order."""
    sums: dict[str, Decimal] = {}
    for row in connection.execute(statement, {"of_order": number}):
        sums[row.line] = total(sums.get(row.line, Decimal(0)), Decimal(row.amount))
    return sums


def body_of(connection: Connection, kind: str, key: str) -> dict[str, Any] | None:
    """Return one record's body, or None; it is shared, so nobody changes it."""

    def read(beside: Connection) -> dict[str, Any] | None:
        text = beside.execute(_BODY, {"of_kind": kind, "named": key}).scalar()
        return None if text is None else json.loads(text)

    return kept(connection, (kind, key), read)


def papers_named(connection: Connection, name: str) -> frozenset[str]:
    """Return the kinds of papers and places that carry this name."""
    return frozenset(connection.execute(_PAPERS, {"named": name}).scalars())


def place_of(connection: Connection, name: str) -> Place | None:
    """Return the place with this name, or None."""
    body = body_of(connection, "place", name)
    return None if body is None else Place(name, body.get("kind", ""))


def item_of(connection: Connection, code: str) -> Item | None:
    """Return the item with this code, or None."""

    def read(beside: Connection) -> Item | None:
        body = body_of(beside, "item", code)
        return None if body is None else _item(body)

    return kept(connection, ("the item", code), read)


def _item(body: Mapping[str, Any]) -> Item:
    return Item(
        code=body["item"],
        description=body.get("description", ""),
        unit=body.get("unit", "ea"),
        gtin=body.get("gtin"),
        packs={unit: Decimal(factor) for unit, factor in body.get("units", {}).items()},
        lot_tracked=body.get("lot_tracked", True),
        serial_tracked=body.get("serial_tracked", False),
        expiry_required=body.get("expiry_required", False),
        best_before_is_expiry=body.get("best_before_is_expiry", False),
        label_on_receipt=LabelPolicy(body.get("label_on_receipt", LabelPolicy.ALWAYS)),
        expiry_days=body.get("expiry_days"),
        receive_into=Disposition(body.get("receive_into", Disposition.AVAILABLE)),
        over_receipt_percent=Decimal(body.get("over_receipt_percent", "0")),
        min_remaining_days=body.get("min_remaining_days"),
        oldest_first=body.get("oldest_first", "off"),
        lot_pattern=body.get("lot_pattern"),
        consumption=body.get("consumption"),
    )


def purchase_order_of(connection: Connection, number: str) -> PurchaseOrder | None:
    """Return the order with what was received on it, here and elsewhere, or None."""
    body = body_of(connection, "purchase_order", number)
    if body is None:
        return None
    received = _done_on(connection, _RECEIVED, number)
    vendor = body_of(connection, "vendor", body["vendor"]) or {}
    lines = tuple(_line(connection, line, received.get(line["line"], Decimal(0))) for line in body.get("lines", ()))
    return PurchaseOrder(number, body["vendor"], vendor.get("name", ""), lines, body.get("closed", False))


def _line(connection: Connection, line: Mapping[str, Any], received: Decimal) -> OrderLine:
    return OrderLine(line["line"], line["item"], _in_base_unit(connection, line), received)


def _in_base_unit(connection: Connection, line: Mapping[str, Any]) -> Decimal:
    amount, unit = Decimal(line["quantity"]), line.get("unit")
    item = item_of(connection, line["item"]) if unit else None
    # An item that is not known yet, or a unit that does not convert: the amount stands as it was ordered.
    converted = to_base(Quantity(amount, unit), item.unit, item.packs) if item and unit else None
    return converted.base.amount if converted else amount


def work_order_of(connection: Connection, number: str) -> WorkOrder | None:
    """Return the work order with what was used and made for it, here and elsewhere, or None. An item stands there once."""
    body = body_of(connection, "work_order", number)
    if body is None:
        return None
    used = _done_on(connection, _USED, number)
    planned: dict[str, Decimal] = {}
    for each in body.get("components", ()):
        planned[each["item"]] = total(planned.get(each["item"], Decimal(0)), _in_base_unit(connection, each))
    components = tuple(Component(item, amount, used.get(item, Decimal(0))) for item, amount in planned.items())
    item = item_of(connection, body["item"])
    unit = item.unit if item else body.get("unit") or ""
    closed, by_products = body.get("closed", False), tuple(body.get("by_products", ()))
    return WorkOrder(
        number, body["item"], _in_base_unit(connection, body), unit, components, closed, _made(connection, number), by_products
    )


def _made(connection: Connection, number: str) -> Decimal:
    return _done_on(connection, _MADE, number).get("", Decimal(0))


def ship_order_of(connection: Connection, number: str) -> ShipOrder | None:
    """Return the ship order with what left on it, from here and elsewhere, or None. The customer's own shelf-life minimum stands on it."""
    body = body_of(connection, "ship_order", number)
    if body is None:
        return None
    customer = body_of(connection, "customer", body["customer"]) or {}
    shipped = _done_on(connection, _SHIPPED, number)
    lines = tuple(_ship_line(connection, line, shipped.get(line["line"], Decimal(0))) for line in body.get("lines", ()))
    return ShipOrder(
        number, body["customer"], customer.get("name", ""), lines, customer.get("min_remaining_days"), body.get("closed", False)
    )


def _ship_line(connection: Connection, line: Mapping[str, Any], shipped: Decimal) -> ShipLine:
    return ShipLine(line["line"], line["item"], _in_base_unit(connection, line), shipped)


def items_of(connection: Connection, codes: Collection[str]) -> dict[str, Item]:
    """Return the items with these codes, those that are known."""
    return {code: item for code in codes if (item := item_of(connection, code)) is not None}


def still_ships(order: ShipOrder) -> bool:
    """Whether the customer still gets anything on the order."""
    return not order.closed and any(line.to_go > 0 for line in order.lines)


def wants_goods(order: WorkOrder) -> bool:
    """Whether the work order still wants any of its components."""
    return not order.closed and any(each.to_go > 0 for each in order.components)


def expects_goods(order: PurchaseOrder) -> bool:
    """Whether anything is still to come on the order."""
    return not order.closed and any(line.to_go > 0 for line in order.lines)


def operator_of(row: Row[Any]) -> Operator:
    """Return the person of an operators' row."""
    roles, withdrawn = json.loads(row.roles), json.loads(row.may_not_override)
    return Operator(row.id, row.name, frozenset(map(Role, roles)), frozenset(withdrawn))


def policies_of(connection: Connection) -> Mapping[str, str]:
    """Return the plant's policies, each as text."""
    body = body_of(connection, "policies", "policies") or {}
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
