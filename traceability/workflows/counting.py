"""How much a label says there is, and whether an amount can be counted at all."""

from __future__ import annotations

from decimal import Decimal

from traceability.barcodes.reading import Facts
from traceability.items import Item, ItemCode
from traceability.units import Converted, Quantity, beyond_counting, dimension, is_countable
from traceability.workflows.inputs import QuantityGiven


def no_number(given: QuantityGiven) -> str:
    """Return what was expected where a quantity is no number that can be counted."""
    if (too_far := beyond_counting(given.text)) is not None:
        return "that is more than can be counted" if too_far == "large" else "at most nine digits after the point are expected"
    return "wait until the scale stands still" if given.weighed else "a number is expected, like 25 or 12.5"


def amount_fault(converted: Converted, item: Item) -> str | None:
    """Return what is wrong with an amount, in words, or None."""
    if converted.base.amount == 0:
        return "more than nothing is expected"
    given, base = converted.given.amount, converted.base.amount
    if not is_countable(base) or (given is not base and not is_countable(given)):
        return "that is more than can be counted"
    if dimension(item.unit) == "count" and converted.base.amount != int(converted.base.amount):
        return "whole pieces are expected"
    return None


def quantity_on_label(item: Item, code: ItemCode | None, facts: Facts, measures: tuple[tuple[Decimal, str], ...]) -> Quantity | None:
    """Return how much the label says that it stands for; `code` says which of the item's units was scanned."""
    pack = code.unit if code else None
    fitting = [(amount, unit) for amount, unit in measures if dimension(unit) == dimension(item.unit)]
    if fitting:  # with two measures the item's dimension wins
        return Quantity(*fitting[0])
    if facts.count is not None:
        return _count(Decimal(facts.count), pack, item)
    if facts.quantity is not None:
        return Quantity(facts.quantity, facts.unit) if facts.unit else _count(facts.quantity, pack, item)
    if pack is not None and pack != item.unit:
        return Quantity(Decimal(1), pack)  # a bag's own code: one bag
    if item.serial_tracked and facts.serial is not None:
        return Quantity(Decimal(1), item.unit)
    return None


def _count(amount: Decimal, pack: str | None, item: Item) -> Quantity | None:
    # AI 30 and 37 count the scanned code's unit; a kilogram item's own code says no unit that could be counted.
    if pack is not None:
        return Quantity(amount, pack)
    return Quantity(amount, item.unit) if dimension(item.unit) in ("count", None) else Quantity(amount, "ea")
