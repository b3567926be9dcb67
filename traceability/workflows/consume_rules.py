"""May this lot go into this order? One load is judged: still wanting, doubtful, refused, or used. The worst comes first."""

from __future__ import annotations

from typing import Final

from traceability.events import LotConsumed
from traceability.items import Item
from traceability.orders import Component
from traceability.picking import OrderKind
from traceability.refusals import Reason
from traceability.units import Converted, plain
from traceability.values import replace
from traceability.workflows.consume_places import loaded
from traceability.workflows.consuming import Consuming
from traceability.workflows.data_age import too_old
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, Judgement, No, Wanted, Yes
from traceability.workflows.lot_rules import (
    OTHER_AMOUNT,
    about,
    accepted,
    counted,
    fetched_for_another,
    in_a_carton,
    judged_lot,
    short,
    source_of_lot,
)
from traceability.workflows.step import Ask, Choice
from traceability.workflows.whereabouts import at, brought, kept_apart, taken_from, too_little_at
from traceability.workflows.working import Load

RULES: Final = ("item_on_order", "disposition", "expiry", "oldest_first", "place", "on_hand", "plan")


def judge(load: Load, state: Consuming, now: Circumstances) -> Judgement:
    """Judge one load: the item first, then the lot, then the quantity."""
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    component = state.order.component(item.code)
    if component is None:
        return No(Reason.ITEM_NOT_ON_ORDER, about(load, state))
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    if verdict := judged_lot(item, load, state, now):
        return verdict
    mine: tuple[OrderKind, str] = ("work_order", state.order.number)
    if verdict := in_a_carton(load, state, now) or fetched_for_another(load, state, now, mine) or kept_apart(load, state, now):
        return verdict
    stood = taken_from(load, state, now, placed_at(state, now))
    if not isinstance(stood, str):
        return stood
    amount = counted(item, load, state)
    if not isinstance(amount, Converted):
        return amount
    if doubt := _too_much(stood, load, state, amount, component, now):
        return doubt
    if old := too_old(load, state, now, "consume", about(load, state)):
        return old
    return _consumption(item, load.lot, amount, stood, load, state, now)


def placed_at(state: Consuming, now: Circumstances) -> str | None:
    """Return the position or vessel that is loaded, where the books have some of the lot in it."""
    return state.position.name if state.position is not None and at(state.position.name, now) > 0 else None


def _too_much(stood: str, load: Load, state: Consuming, amount: Converted, component: Component, now: Circumstances) -> Doubt | None:
    base = amount.base.amount
    if doubt := short(load, state, base, now.lot.known) or too_little_at(stood, load, state, base, now):
        return doubt
    return _over_plan(load, state, amount, component)


def _over_plan(load: Load, state: Consuming, amount: Converted, component: Component) -> Doubt | None:
    base, unit = amount.base.amount, amount.base.unit
    over = component.used + base - component.planned
    if over <= 0 or Reason.OVER_PLAN in load.agreed:
        return None
    only = (Choice("to_go", f"Only {plain(component.to_go)} {unit}"),) if component.to_go > 0 else ()
    facts = about(
        load, state, quantity=plain(base), unit=unit, over=plain(over), planned=plain(component.planned), to_go=plain(component.to_go)
    )
    choices = (Choice("confirm", f"Use {plain(base)} {unit}"), *only, OTHER_AMOUNT, Choice("cancel", "Cancel"))
    return Doubt(Reason.OVER_PLAN, Ask.DECIDE, facts, choices)


def _consumption(item: Item, code: str, amount: Converted, stood: str, load: Load, state: Consuming, now: Circumstances) -> Yes:
    known = now.lot.known
    consumption = LotConsumed(
        item=item.code,
        lot=code,
        assigned_by=source_of_lot(load, known),
        order=state.order.number,
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
    expires_on = known.expires_on if known else load.parts.facts.expires_on
    # What is left in a container that was brought here stands here from now on.
    moved = brought(load, state, now.place, now) if _is_opened_here(load, amount, now) else ()
    consumption = replace(consumption, place=now.place) if moved else consumption
    return Yes(consumption, expires_on, before=(*moved, *loaded(consumption, state, now)))


def _is_opened_here(load: Load, amount: Converted, now: Circumstances) -> bool:
    """Whether only some of a container that the books have in a room elsewhere is used; at a line position or in a vessel it stays."""
    stood = now.stood
    if load.container is None or stood is None or stood.is_position or stood.is_vessel:
        return False
    return amount.base.amount < load.container.quantity and load.replaces is None
