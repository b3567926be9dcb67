"""May this lot go into this carton, or this carton onto this pallet? The worst comes first."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from traceability.cartons import CartonState, KnownCarton, Level
from traceability.events import CartonLoaded, LotPacked
from traceability.items import Item
from traceability.refusals import Reason
from traceability.units import Converted, Quantity, plain
from traceability.values import replace
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, Judgement, No, Wanted, Yes
from traceability.workflows.lot_rules import OTHER_AMOUNT, about, accepted, counted, decide, in_a_carton, judged_lot, source_of_lot
from traceability.workflows.packing import Packing
from traceability.workflows.pieces import stands_at
from traceability.workflows.step import Ask
from traceability.workflows.whereabouts import FROM, kept_apart, too_little_at
from traceability.workflows.working import Load

RULES: Final = ("carton", "item_on_order", "disposition", "ancestors", "expiry", "oldest_first", "packed_elsewhere", "on_hand")


def judge(load: Load, state: Packing, now: Circumstances) -> Judgement:
    """Judge one load: a lot for the unit in hand, or a carton for the pallet in hand."""
    if load.parts.facts.sscc is not None and load.item is None:
        return _carton(load.parts.facts.sscc, state, now)
    unit = state.unit
    if unit is None or unit.state is not CartonState.OPEN:
        return No(Reason.NOT_EXPECTED_HERE, {**about(load, state), "no_carton": "yes", "what": load.lot or ""})
    return _lot(load, state, unit, now)


def _lot(load: Load, state: Packing, unit: KnownCarton, now: Circumstances) -> Judgement:
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    if state.order is not None and unit.order == state.order.number and not state.order.lines_of(item.code):
        return No(Reason.ITEM_NOT_ON_ORDER, about(load, state))
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    if verdict := judged_lot(item, load, state, now):
        return verdict
    if load.container is not None and (elsewhere := _container_packed(load, state, unit, now)):
        return elsewhere
    if doubt := kept_apart(load, state, now):
        return doubt
    amount = counted(item, _what_is_free(load, now), state)
    if not isinstance(amount, Converted):
        return amount
    base = amount.base.amount
    stood = load.answer(FROM) or stands_at(load, now) or _taken_from(base, now)
    doubt = _short(load, state, base, now) or too_little_at(stood, load, state, base, now)
    return doubt or _packing(item, load.lot, amount, stood, load, state, unit, now)


def _container_packed(load: Load, state: Packing, unit: KnownCarton, now: Circumstances) -> No | None:
    """A container that lies whole in a carton can't lie in another too."""
    elsewhere = in_a_carton(load, state, now)
    same = elsewhere is not None and now.lot.packed.carton == unit.sscc
    return replace(elsewhere, reason=Reason.ALREADY_COUNTED) if elsewhere and same else elsewhere


def _what_is_free(load: Load, now: Circumstances) -> Load:
    """A container is meant whole; where some of it is packed already, the rest of it."""
    container, packed = load.container, now.lot.packed.container
    if container is None or load.given is not None or not packed:
        return load
    return replace(load, given=Quantity(max(container.quantity - packed, Decimal(0)), container.unit))


def _short(load: Load, state: Packing, amount: Decimal, now: Circumstances) -> Doubt | None:
    """Ask where less of the lot, or of its container, is free than that: what lies in cartons is spoken for."""
    known, packed = now.lot.known, now.lot.packed
    if known is None or Reason.LOT_SHORT in load.agreed:
        return None
    there = known.on_hand - packed.lot
    if load.container is not None:
        there = min(there, load.container.quantity - (Decimal(0) if load.replaces else packed.container))
    if amount <= there:
        return None
    facts = about(load, state, quantity=plain(amount), there=plain(max(there, Decimal(0))), packed=plain(packed.lot))
    return Doubt(Reason.LOT_SHORT, Ask.DECIDE, facts, (*decide()[:1], OTHER_AMOUNT, *decide()[1:]))


def _packing(
    item: Item, code: str, amount: Converted, stood: str, load: Load, state: Packing, unit: KnownCarton, now: Circumstances
) -> Yes:
    known = now.lot.known
    packed = LotPacked(
        sscc=unit.sscc,
        level=unit.level,
        item=item.code,
        lot=code,
        assigned_by=source_of_lot(load, known),
        quantity=amount.given.amount,
        unit=amount.given.unit,
        base_quantity=amount.base.amount,
        base_unit=amount.base.unit,
        conversion=amount.factor,
        container=load.container.serial if load.container else None,
        place=stood,
        description=item.description,
        accepted_reasons=accepted(load, state),
    )
    return Yes(packed, known.expires_on if known else load.parts.facts.expires_on)


def _taken_from(amount: Decimal, now: Circumstances) -> str:
    """Return where loose goods come from: here where enough of them stand, else where most do, as in the staging place."""
    there = dict(now.lot.places)
    if there.get(now.place, Decimal(0)) >= amount:
        return now.place
    enough = [place for place, stands in now.lot.places if stands >= amount]
    return max(enough, key=lambda place: there[place]) if enough else now.place


def _carton(sscc: str, state: Packing, now: Circumstances) -> Judgement:
    """A closed carton may stand on the pallet in hand, where both are for the same customer."""
    pallet, tree = state.unit, now.unit.tree
    facts = {**state.facts(), "sscc": sscc, "level": (tree.unit.level if tree else Level.CARTON).value}
    if tree is None or tree.unit.state is CartonState.VOIDED:
        return No(Reason.CARTON_UNKNOWN, facts)
    unit = tree.unit
    if unit.state is CartonState.SHIPPED:
        return No(Reason.CARTON_ELSEWHERE, {**facts, "left": "yes"})
    if pallet is None or pallet.level is not Level.PALLET or unit.level is not Level.CARTON:
        return No(Reason.NOT_EXPECTED_HERE, {**facts, "what": sscc, "in_hand": "yes"})
    if pallet.state is not CartonState.OPEN:
        return No(Reason.NOT_EXPECTED_HERE, {**facts, "what": sscc, "no_carton": "yes"})
    if unit.parent is not None:
        same = unit.parent == pallet.sscc
        return No(Reason.ALREADY_COUNTED if same else Reason.CARTON_ELSEWHERE, {**facts, "pallet": unit.parent})
    if None not in (unit.customer, pallet.customer) and (unit.customer, unit.order) != (pallet.customer, pallet.order):
        return No(Reason.WRONG_CUSTOMER, {**facts, "packed_for": unit.customer or ""})
    if unit.state is CartonState.OPEN:
        return No(Reason.CARTON_OPEN, facts)
    return Yes(CartonLoaded(sscc, pallet.sscc), about=facts)
