"""Work orders of the plant's data, read as the rules speak of them: each item once, in its base unit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from server.store.books import Books
from traceability.orders import Component, WorkOrder
from traceability.units import Quantity, to_base


def work_order(number: str, books: Books) -> WorkOrder | None:
    """Return the work order, nothing used and nothing made; None where the plant's data has none of this number."""
    body = books.known("work_order", number)
    if body is None:
        return None
    planned: dict[str, Decimal] = {}
    for each in body.get("components", ()):
        planned[each["item"]] = planned.get(each["item"], Decimal(0)) + _in_base_unit(each, books)
    components = tuple(Component(item, amount) for item, amount in planned.items())
    unit = (books.known("item", body["item"]) or {}).get("unit") or body.get("unit") or ""
    quantity, by_products = _in_base_unit(body, books), tuple(body.get("by_products", ()))
    return WorkOrder(number, body["item"], quantity, unit, components, body.get("closed", False), by_products=by_products)


def _in_base_unit(line: Mapping[str, Any], books: Books) -> Decimal:
    amount, unit = Decimal(line["quantity"]), line.get("unit")
    item = books.known("item", line["item"])
    if item is None or not unit:
        return amount
    packs = {name: Decimal(factor) for name, factor in item.get("units", {}).items()}
    converted = to_base(Quantity(amount, unit), item.get("unit", "ea"), packs)
    # An unknown unit: the plant's check says so at import; here the amount stands as it was ordered.
    return converted.base.amount if converted else amount
