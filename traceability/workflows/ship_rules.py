"""The gate: may this carton or pallet leave for this customer? All that is in it is judged together; the worst comes first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from traceability.cartons import CartonState, CartonTree, KnownCarton, Packed, amounts_by_item
from traceability.events import CartonShipped, ShippedLot
from traceability.items import Item
from traceability.lots import Disposition, Lot
from traceability.orders import ShipOrder
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.workflows.data_age import age_facts, too_old
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, Judgement, No, Yes
from traceability.workflows.lot_rules import STOPS, accepted, agreed
from traceability.workflows.shipping import Shipping
from traceability.workflows.step import Ask, Choice
from traceability.workflows.verdicts import verdict_of
from traceability.workflows.working import Load

RULES: Final = ("carton", "customer", "item_on_order", "disposition", "ancestors", "expiry", "shelf_life", "data_age", "plan")
#: When several apply the worst is shown first (PRODUCT, "Verdicts").
_WORST_FIRST: Final = (
    Reason.ITEM_NOT_ON_ORDER,
    Reason.LOT_RECALLED,
    Reason.LOT_ON_HOLD,
    Reason.ANCESTOR_ON_HOLD,
    Reason.LOT_REJECTED,
    Reason.LOT_IN_QUARANTINE,
    Reason.LOT_EXPIRED,
    Reason.SHELF_LIFE_SHORT,
)


def judge(load: Load, state: Shipping, now: Circumstances) -> Judgement:
    """Judge one carton or pallet with all that is in it. Loose goods are packed first: then they have a number to be traced by."""
    sscc, tree = load.parts.facts.sscc, now.unit.tree
    if sscc is None or load.item is not None:
        return No(Reason.NOT_EXPECTED_HERE, {**state.facts(), "loose": "yes", "lot": load.lot or "", "what": load.lot or ""})
    facts = {**state.facts(), "sscc": sscc, **age_facts(now)}
    if tree is None or tree.unit.state is CartonState.VOIDED:
        return No(Reason.CARTON_UNKNOWN, facts)
    if refused := _refused(tree, load, state, now, facts):
        return refused
    return (
        _unknown_lot(tree, load, state, now, facts)
        or too_old(load, state, now, "ship", facts)
        or _over_plan(tree, load, state, facts)
        or Yes(_shipment(tree, load, state, now), about=facts)
    )


def _refused(tree: CartonTree, load: Load, state: Shipping, now: Circumstances, facts: dict[str, str]) -> No | None:
    """Return the worst that stands against it: what would be a STOP never hides behind a pallet or an open carton."""
    all_of_it = (_for_another(tree, state, facts), _unit_refused(tree, state, facts), _lots_refused(tree, load, state, now, facts))
    return min((each for each in all_of_it if each is not None), key=_is_milder_than_a_stop, default=None)


def _is_milder_than_a_stop(no: No) -> bool:
    return verdict_of(no.reason, "ship") is not Verdict.STOP


def _for_another(tree: CartonTree, state: Shipping, facts: dict[str, str]) -> No | None:
    for each in tree.all:
        if _is_for_another(each, state.order):
            theirs = {"sscc": each.sscc, "packed_for": each.customer or "", "other_order": each.order or ""}
            return No(Reason.WRONG_CUSTOMER, {**facts, **theirs})
    return None


def _unit_refused(tree: CartonTree, state: Shipping, facts: dict[str, str]) -> No | None:
    unit = tree.unit
    if unit.state is CartonState.SHIPPED:
        here = any(each.sscc == unit.sscc for each in state.gone)
        return No(Reason.ALREADY_COUNTED if here else Reason.CARTON_ELSEWHERE, {**facts, "left": "yes"})
    if unit.parent is not None:
        return No(Reason.CARTON_ELSEWHERE, {**facts, "pallet": unit.parent})
    for each in tree.all:
        if each.state is not CartonState.CLOSED:
            return No(Reason.CARTON_OPEN, {**facts, "sscc": each.sscc})
    return No(Reason.CARTON_UNKNOWN, {**facts, "empty": "yes"}) if tree.is_empty else None


def _is_for_another(unit: KnownCarton, order: ShipOrder) -> bool:
    return unit.customer not in (None, order.customer) or unit.order not in (None, order.number)


def _lots_refused(tree: CartonTree, load: Load, state: Shipping, now: Circumstances, facts: dict[str, str]) -> No | None:
    inside = ((unit, packed) for unit in tree.all for packed in unit.contents)
    against = (each for unit, packed in inside for each in _against(unit, packed, state, now))
    found = [No(reason, {**facts, **more}) for reason, more in against if reason not in load.agreed]
    return min(found, key=lambda each: _WORST_FIRST.index(each.reason), default=None)


def _against(unit: KnownCarton, packed: Packed, state: Shipping, now: Circumstances) -> Iterator[tuple[Reason, dict[str, str]]]:
    """Yield all that stands against one lot in one carton."""
    key, item = packed.lot, now.unit.items.get(packed.lot.item)
    told = {"sscc": unit.sscc, "lot": key.code, "item": key.item, "description": item.description if item else ""}
    if not state.order.lines_of(key.item):
        yield Reason.ITEM_NOT_ON_ORDER, told
    if (ancestor := now.unit.ancestors.get(key)) is not None:
        yield Reason.ANCESTOR_ON_HOLD, {**told, "ancestor": ancestor.key.code, "ancestor_item": ancestor.key.item}
    lot = now.unit.lots.get(key)
    if lot is None:
        return
    if lot.disposition is not Disposition.AVAILABLE:
        yield STOPS[lot.disposition], told
    yield from ((reason, {**told, **more}) for reason, more in _dates(lot, item, state, now.today))


def _dates(lot: Lot, item: Item | None, state: Shipping, today: date) -> Iterator[tuple[Reason, dict[str, str]]]:
    if lot.expires_on is None:
        return
    if lot.expires_on < today:
        yield Reason.LOT_EXPIRED, {"expires_on": lot.expires_on.isoformat()}
    least = state.order.min_remaining_days
    if least is None and item is not None:
        least = item.min_remaining_days
    # Today is its first day with the customer, the expiry date its last good one.
    if least is not None and today + timedelta(days=least) > lot.expires_on:
        days = str((lot.expires_on - today).days)
        yield Reason.SHELF_LIFE_SHORT, {"expires_on": lot.expires_on.isoformat(), "days": days, "least": str(least)}


def _unknown_lot(tree: CartonTree, load: Load, state: Shipping, now: Circumstances, facts: dict[str, str]) -> Doubt | None:
    """Not known here is never "invalid": its receipt may still wait on another station. But nobody here can say that it is free."""
    unknown = sorted(key.code for key in tree.lots if key not in now.unit.lots)
    if not unknown or agreed(Reason.LOT_UNKNOWN, load, state):
        return None
    return Doubt(Reason.LOT_UNKNOWN, Ask.DECIDE, {**facts, "lot": unknown[0]}, _decide())


def _over_plan(tree: CartonTree, load: Load, state: Shipping, facts: dict[str, str]) -> Doubt | None:
    if Reason.OVER_PLAN in load.agreed:
        return None
    contents = [packed for each in tree.all for packed in each.contents]
    units = {packed.lot.item: packed.unit for packed in contents}
    for item, amount in amounts_by_item(contents).items():
        to_go = sum((line.to_go for line in state.order.lines_of(item)), Decimal(0))
        if amount > to_go:
            over = {"item": item, "over": plain(amount - to_go), "quantity": plain(amount), "to_go": plain(to_go), "unit": units[item]}
            return Doubt(Reason.OVER_PLAN, Ask.DECIDE, {**facts, **over}, _decide())
    return None


def _decide() -> tuple[Choice, ...]:
    return (Choice("confirm", "Ship it"), Choice("cancel", "Cancel"))


def _shipment(tree: CartonTree, load: Load, state: Shipping, now: Circumstances) -> CartonShipped:
    return CartonShipped(
        sscc=tree.unit.sscc,
        level=tree.unit.level,
        cartons=tuple(each.sscc for each in tree.cartons),
        order=state.order.number,
        customer=state.order.customer,
        customer_name=state.order.customer_name,
        contents=tuple(_on_lines(tree, state.order, now)),
        place=now.place,
        accepted_reasons=accepted(load, state),
    )


def _on_lines(tree: CartonTree, order: ShipOrder, now: Circumstances) -> Iterator[ShippedLot]:
    """Count what leaves on the order's lines: each is filled in turn, what is more goes on the item's last."""
    inside = {key.item for key in tree.lots}
    left = {line.line: line.to_go for line in order.lines if line.item in inside}
    for unit in tree.all:
        for packed in unit.contents:
            rest = packed.quantity
            lines = [line.line for line in order.lines if line.item == packed.lot.item]
            for number, line in enumerate(lines, 1):
                part = rest if number == len(lines) else min(rest, left[line])
                if part > 0:
                    left[line], rest = max(left[line] - part, Decimal(0)), rest - part
                    yield _shipped(unit, packed, part, line, now)


def _shipped(unit: KnownCarton, packed: Packed, amount: Decimal, line: str, now: Circumstances) -> ShippedLot:
    key, item = packed.lot, now.unit.items.get(packed.lot.item)
    return ShippedLot(
        sscc=unit.sscc,
        item=key.item,
        lot=key.code,
        assigned_by=key.assigned_by,
        base_quantity=amount,
        base_unit=packed.unit,
        container=packed.container,
        place=packed.place,
        description=item.description if item else "",
        line=line,
    )
