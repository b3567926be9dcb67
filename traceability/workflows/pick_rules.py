"""May this lot be fetched for this order? One load is judged: still wanting, doubtful, refused, or picked. The worst comes first."""

from __future__ import annotations

from typing import Final

from traceability.events import LotPicked
from traceability.items import Item
from traceability.lots import LotKey
from traceability.picking import PickLine, SetAside, keeps_long_enough, meant, next_up
from traceability.refusals import Reason
from traceability.units import Converted, plain
from traceability.values import replace
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
from traceability.workflows.picking import Picking
from traceability.workflows.pieces import stands_at
from traceability.workflows.step import Ask, Choice
from traceability.workflows.whereabouts import kept_apart
from traceability.workflows.working import Load

RULES: Final = ("item_on_order", "disposition", "expiry", "shelf_life", "fetched_before", "proposed_lot", "on_hand", "ordered")
#: The question why another lot is taken than the one that was set aside.
OTHER_LOT: Final = "other_lot"


def judge(load: Load, state: Picking, now: Circumstances) -> Judgement:
    """Judge one load: the item first, then the lot, then the quantity."""
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    line = state.order.line_for(item.code)
    if line is None:
        return No(Reason.ITEM_NOT_ON_ORDER, about(load, state))
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    # What is older is asked against what was set aside, not against the whole store.
    whatever_is_older = now if now.lot.older is None else replace(now, lot=replace(now.lot, older=None))
    if verdict := judged_lot(item, load, state, whatever_is_older) or in_a_carton(load, state, now):
        return verdict
    if doubt := kept_apart(load, state, now):
        return doubt
    key = LotKey(item.code, load.lot, source_of_lot(load, now.lot.known))
    proposed = meant(state.set_aside, line.line, key, load.container.place if load.container else None)
    if verdict := _too_short(load, state, now) or _fetched_before(load, state, now) or _other_lot(item, load, state, line, proposed, now):
        return verdict
    amount = counted(item, load, state)
    if not isinstance(amount, Converted):
        return amount
    if doubt := short(load, state, amount.base.amount, now.lot.known) or _too_much(load, state, amount, line):
        return doubt
    return _picked(item, key, amount, load, state, line, proposed or next_up(state.set_aside, line.line), now)


def _too_short(load: Load, state: Picking, now: Circumstances) -> No | None:
    known = now.lot.known
    if known is None or keeps_long_enough(known, now.today, state.order.min_remaining_days):
        return None
    return No(Reason.SHELF_LIFE_SHORT, about(load, state))


def _fetched_before(load: Load, state: Picking, now: Circumstances) -> Doubt | No | None:
    """A container that was fetched already: for this order it counts once; for another, a person must say so."""
    mine = (state.order.kind, state.order.number)
    if load.replaces is not None:
        return None
    if load.container is not None and now.picked_for == mine and load.container.place == state.to_place:
        return No(Reason.ALREADY_COUNTED, about(load, state))
    return fetched_for_another(load, state, now, mine)


def _other_lot(item: Item, load: Load, state: Picking, line: PickLine, proposed: SetAside | None, now: Circumstances) -> Doubt | No | None:
    """Another lot than the one set aside wants a reason; where the item's oldest must go first, it is refused."""
    first = next_up(state.set_aside, line.line)
    if proposed is not None or first is None:
        return None
    facts = about(load, state, like=first.lot, place=first.place)
    if item.oldest_first == "block" and now.lot.older is not None:
        return No(Reason.OLDER_LOT_FIRST, facts)
    if load.why is not None:
        return None
    choices = tuple(Choice(each.code, each.words) for each in state.reasons)
    return Doubt(Reason.OTHER_LOT_PROPOSED, Ask.CHOOSE_REASON, facts, (*choices, Choice("cancel", "Cancel")), OTHER_LOT)


def _too_much(load: Load, state: Picking, amount: Converted, line: PickLine) -> Doubt | None:
    base, unit = amount.base.amount, amount.base.unit
    over = base - line.to_go
    if over <= 0 or Reason.OVER_PLAN in load.agreed:
        return None
    only = (Choice("to_go", f"Only {plain(line.to_go)} {unit}"),) if line.to_go > 0 else ()
    facts = about(load, state, quantity=plain(base), unit=unit, over=plain(over), planned=plain(line.wanted), to_go=plain(line.to_go))
    choices = (Choice("confirm", f"Take {plain(base)} {unit}"), *only, OTHER_AMOUNT, Choice("cancel", "Cancel"))
    return Doubt(Reason.OVER_PLAN, Ask.DECIDE, facts, choices)


def _picked(
    item: Item, key: LotKey, amount: Converted, load: Load, state: Picking, line: PickLine, used: SetAside | None, now: Circumstances
) -> Yes:
    known, container = now.lot.known, load.container
    own_place = used.place if used is not None and used.key == key else now.place
    event = LotPicked(
        order_kind=state.order.kind,
        order=state.order.number,
        line=line.line,
        item=item.code,
        lot=key.code,
        assigned_by=key.assigned_by,
        quantity=amount.given.amount,
        unit=amount.given.unit,
        base_quantity=amount.base.amount,
        base_unit=amount.base.unit,
        conversion=amount.factor,
        container=container.serial if container else None,
        whole=container is not None and amount.base.amount >= container.quantity,
        place=stands_at(load, now) or own_place,
        to_place=state.to_place,
        description=item.description,
        proposed=used,
        why=load.why,
        accepted_reasons=accepted(load, state),
    )
    return Yes(event, known.expires_on if known else load.parts.facts.expires_on)
