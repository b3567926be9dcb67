"""What a plant file's parts say about each other: names that must exist, names that may stand only once, units that convert.

A section that is not in the file is not checked against: it may have been imported before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from config import plant_parts as parts
from config.mistakes import Mistake, did_you_mean
from config.plant_sections import Sections
from traceability.units import Quantity, to_base


def mistakes(plant: Sections) -> Iterator[Mistake]:
    """Yield every contradiction in a plant whose parts are each well formed."""
    yield from _twins(plant)
    yield from _barcode_mistakes(plant)
    yield from _order_mistakes(plant)
    yield from _lot_mistakes(plant)
    yield from _known("stations", "place", [each.place for each in plant.stations], [each.place for each in plant.places])


def _twins(plant: Sections) -> Iterator[Mistake]:
    yield from _twice("items", "item", [each.item for each in plant.items])
    yield from _twice("items", "gtin", [each.gtin for each in plant.items])
    yield from _twice("vendors", "vendor", [each.vendor for each in plant.vendors])
    yield from _twice("customers", "customer", [each.customer for each in plant.customers])
    yield from _twice("places", "place", [each.place for each in plant.places])
    yield from _twice("purchase_orders", "order", [each.order for each in plant.purchase_orders])
    yield from _twice("work_orders", "order", [each.order for each in plant.work_orders])
    yield from _twice("ship_orders", "order", [each.order for each in plant.ship_orders])
    yield from _twice("operators", "badge", [each.badge for each in plant.operators])
    yield from _twice("operators", "operator", [each.operator for each in plant.operators])
    yield from _twice("stations", "station", [each.station for each in plant.stations])
    yield from _twice("reasons", "code", [each.code for each in plant.reasons])
    yield from _twice("lots", "lot", [f"{each.lot} of {each.item} by {each.assigned_by or plant.own_name}" for each in plant.lots])


def _twice(section: str, key: str, names: list[str | None]) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for place, name in enumerate(names):
        if name is None:
            continue
        if name in first:
            yield Mistake(f"{section}[{place}].{key}", f"{name!r} stands in {section}[{first[name]}] already; keep one")
        first.setdefault(name, place)


def _known(section: str, key: str, names: Iterable[str | None], known: Iterable[str]) -> Iterator[Mistake]:
    """Yield the names that `known` lacks; nothing where `known` is empty: that section is not in this file."""
    there = set(known)
    for place, name in enumerate(names):
        if there and name is not None and name not in there:
            yield Mistake(f"{section}[{place}].{key}", _unknown(name, there))


def _unknown(name: str, there: Iterable[str]) -> str:
    return f"there is no {name!r} in this file.{did_you_mean(name, there)}"


def _barcode_mistakes(plant: Sections) -> Iterator[Mistake]:
    vendors = {each.vendor for each in plant.vendors}
    taken: dict[tuple[str, str | None], str] = {}
    for place, item in enumerate(plant.items):
        for number, barcode in enumerate(item.barcodes):
            where = f"items[{place}].barcodes[{number}]"
            other = taken.setdefault((barcode.code, barcode.vendor), item.item)
            if other != item.item:
                yield Mistake(f"{where}.code", f"{barcode.code!r} stands for item {other!r} already; one code can't mean two items")
            if vendors and barcode.vendor is not None and barcode.vendor not in vendors:
                yield Mistake(f"{where}.vendor", _unknown(barcode.vendor, vendors))
            if barcode.unit is not None:
                yield from _unit_mistakes(f"{where}.unit", item, barcode.unit)


def _order_mistakes(plant: Sections) -> Iterator[Mistake]:
    items = {item.item: item for item in plant.items}
    yield from _known("purchase_orders", "vendor", [each.vendor for each in plant.purchase_orders], [each.vendor for each in plant.vendors])
    yield from _known("ship_orders", "customer", [each.customer for each in plant.ship_orders], [each.customer for each in plant.customers])
    for section, orders in (("purchase_orders", plant.purchase_orders), ("ship_orders", plant.ship_orders)):
        for place, order in enumerate(orders):
            yield from _twice(f"{section}[{place}].lines", "line", [line.line for line in order.lines])
            yield from _line_mistakes(f"{section}[{place}].lines", order.lines, items)
    for place, work in enumerate(plant.work_orders):
        yield from _line_mistakes(f"work_orders[{place}].components", work.components, items)
        yield from _known(f"work_orders[{place}]", "by_products", work.by_products, items)
        if work.unit is not None and work.item in items:
            yield from _unit_mistakes(f"work_orders[{place}].unit", items[work.item], work.unit)
    yield from _known("work_orders", "item", [each.item for each in plant.work_orders], items)


def _line_mistakes(section: str, lines: tuple[parts.Line | parts.Component, ...], items: dict[str, parts.Item]) -> Iterator[Mistake]:
    yield from _known(section, "item", [line.item for line in lines], items)
    for place, line in enumerate(lines):
        if line.item in items and line.unit is not None:
            yield from _unit_mistakes(f"{section}[{place}].unit", items[line.item], line.unit)


def _unit_mistakes(where: str, item: parts.Item, unit: str) -> Iterator[Mistake]:
    if to_base(Quantity(Decimal(1), unit), item.unit, dict(item.units)) is None:
        known = [item.unit, *item.units]
        hint = did_you_mean(unit, known)
        yield Mistake(where, f"item {item.item!r} can't be counted in {unit!r}: its units are {', '.join(known)}.{hint}")


def _lot_mistakes(plant: Sections) -> Iterator[Mistake]:
    assigners = [each.vendor for each in plant.vendors] and [*(each.vendor for each in plant.vendors), plant.own_name]
    yield from _known("lots", "item", [each.item for each in plant.lots], [each.item for each in plant.items])
    yield from _known("lots", "assigned_by", [each.assigned_by for each in plant.lots], assigners)
    places = [each.place for each in plant.places]
    for place, lot in enumerate(plant.lots):
        yield from _known(f"lots[{place}].on_hand", "place", [each.place for each in lot.on_hand], places)
