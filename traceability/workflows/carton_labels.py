"""The labels of cartons and pallets: an SSCC alone when they are opened, what is inside when they are closed."""

from __future__ import annotations

from typing import Final

from traceability.cartons import CartonTree, KnownCarton, Packed, amounts_by_item
from traceability.orders import ShipOrder
from traceability.units import plain
from traceability.workflows.inputs import UnitAnswer
from traceability.workflows.step import PrintOrder

#: As long as the label's words may be.
_LONGEST: Final = 200
#: Units that count what the GTIN names: only these make a count for AI 37.
_PIECES: Final = frozenset({"ea", "each", "pc", "pcs", "piece", "pieces", "unit", "units"})


def empty_label(unit: KnownCarton, order: ShipOrder | None) -> PrintOrder:
    """Return the label of a unit that was opened: its SSCC, and whom it is for."""
    return PrintOrder(unit.level.value, unit.sscc, {"sscc": unit.sscc, **_whither(unit, order)})


def contents_label(tree: CartonTree, order: ShipOrder | None, known: UnitAnswer) -> PrintOrder:
    """Return the label of a unit that was closed: its SSCC and what is inside, all that stands on it included."""
    contents = [packed for each in tree.all for packed in each.contents]
    data = {"sscc": tree.unit.sscc, **_whither(tree.unit, order), **_inside(contents, known)}
    return PrintOrder(tree.unit.level.value, tree.unit.sscc, {name: value for name, value in data.items() if value})


def _whither(unit: KnownCarton, order: ShipOrder | None) -> dict[str, str]:
    named = order.customer_name if order is not None and order.number == unit.order else ""
    known = {"order": unit.order, "customer": named or unit.customer}
    return {name: value for name, value in known.items() if value}


def _inside(contents: list[Packed], known: UnitAnswer) -> dict[str, str | None]:
    lots = list(dict.fromkeys(each.lot for each in contents))
    if len(lots) != 1:
        return {"description": _listed(contents)}
    key, item, lot = lots[0], known.items.get(lots[0].item), known.lots.get(lots[0])
    amount, unit = amounts_by_item(contents)[key.item], contents[0].unit
    counted = unit in _PIECES and amount == int(amount)
    return {
        "item": key.item,
        "gtin": item.gtin if item else None,
        "description": item.description if item else None,
        "lot": key.code,
        "expires_on": lot.expires_on.isoformat() if lot and lot.expires_on else None,
        "quantity": plain(amount),
        "unit": unit,
        "count": str(int(amount)) if counted else None,
    }


def _listed(contents: list[Packed]) -> str:
    words = ", ".join(f"{each.lot.item} {each.lot.code} {plain(each.quantity)} {each.unit}" for each in contents)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
