"""May this lot go into this order? One load is judged: still wanting, doubtful, refused, or used. The worst comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from traceability.events import LotConsumed
from traceability.items import Item
from traceability.lots import Disposition, Lot, lot_code_fault
from traceability.orders import Component
from traceability.refusals import Reason
from traceability.units import Converted, Quantity, plain, to_base
from traceability.workflows.consuming import Consuming, Load
from traceability.workflows.counting import amount_fault, quantity_on_label
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, No, Wanted
from traceability.workflows.step import Ask, Choice

#: Who assigned a lot that nobody here knows: the fact stands, a person settles whose lot it was.
UNKNOWN_SOURCE: Final = "unknown"
_STOPS: Final = {
    Disposition.RECALLED: Reason.LOT_RECALLED,
    Disposition.HOLD: Reason.LOT_ON_HOLD,
    Disposition.REJECTED: Reason.LOT_REJECTED,
    Disposition.QUARANTINE: Reason.LOT_IN_QUARANTINE,
}


@dataclass(frozen=True, slots=True)
class Yes:
    """The load is complete and the rules agree."""

    consumption: LotConsumed
    expires_on: date | None


Judgement = Wanted | Doubt | No | Yes


def judge(load: Load, state: Consuming, now: Circumstances, back: Decimal = Decimal(0)) -> Judgement:
    """Judge one load: the item first, then the lot, then the quantity. `back`: what the books give back because it is counted anew."""
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    component = state.order.component(item.code)
    if component is None:
        return No(Reason.ITEM_NOT_ON_ORDER, about(load, state))
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    if verdict := _judged_lot(item, load.lot, load, state, now):
        return verdict
    counted = _counted(item, load, state)
    if not isinstance(counted, Converted):
        return counted
    if short := _short(load, state, counted.base.amount, now.lot.known, back):
        return short
    return _over_plan(load, state, counted, component) or _consumption(item, load.lot, counted, load, state, now)


def _judged_lot(item: Item, code: str, load: Load, state: Consuming, now: Circumstances) -> Doubt | No | None:
    known = now.lot.known
    if fault := lot_code_fault(code):
        return No(Reason.BARCODE_INVALID, about(load, state, message=fault))
    if known is None:
        return _unknown(load, state, now)
    if stopped := _STOPS.get(known.disposition):
        return No(stopped, about(load, state))
    expires_on = known.expires_on or load.parts.facts.expires_on
    if expires_on is not None and expires_on < now.today:
        return No(Reason.LOT_EXPIRED, about(load, state, expires_on=expires_on.isoformat()))
    return _older_first(item, load, state, now)


def _unknown(load: Load, state: Consuming, now: Circumstances) -> Doubt | No | None:
    several = now.lot.elsewhere
    if several:
        choices = tuple(Choice(lot.key.assigned_by, lot.key.assigned_by, lot.key.code) for lot in several)
        return Doubt(Reason.AMBIGUOUS, Ask.CHOOSE_LOT, about(load, state), choices)
    if now.lot.of_others:
        return No(Reason.LOT_WRONG_ITEM, about(load, state, belongs_to=", ".join(now.lot.of_others)))
    expires_on = load.parts.facts.expires_on
    if expires_on is not None and expires_on < now.today:
        return No(Reason.LOT_EXPIRED, about(load, state, expires_on=expires_on.isoformat()))
    # Not known here is never "invalid": its receipt may still wait on another station.
    if agreed(Reason.LOT_UNKNOWN, load, state):
        return None
    return Doubt(Reason.LOT_UNKNOWN, Ask.DECIDE, about(load, state), decide())


def _older_first(item: Item, load: Load, state: Consuming, now: Circumstances) -> Doubt | No | None:
    older = now.lot.older
    if older is None or item.oldest_first == "off" or agreed(Reason.OLDER_LOT_FIRST, load, state):
        return None
    facts = about(load, state, like=older.lot.key.code, place=older.place)
    if item.oldest_first == "block":
        return No(Reason.OLDER_LOT_FIRST, facts)
    return Doubt(Reason.OLDER_LOT_FIRST, Ask.DECIDE, facts, decide())


def _counted(item: Item, load: Load, state: Consuming) -> Converted | Doubt:
    quantity = load.given or _quantity(item, load)
    if quantity is None:
        return Doubt(Reason.QUANTITY_MISSING, Ask.QUANTITY, about(load, state, unit=item.unit))
    if not quantity.unit or (converted := to_base(quantity, item.unit, item.packs)) is None:
        facts = about(load, state, quantity=plain(quantity.amount), given_unit=quantity.unit, unit=item.unit)
        return Doubt(Reason.UNIT_UNKNOWN, Ask.QUANTITY, facts)
    if fault := amount_fault(converted, item):
        return Doubt(Reason.QUANTITY_INVALID, Ask.QUANTITY, about(load, state, got=str(quantity), unit=item.unit, message=fault))
    return converted


def _quantity(item: Item, load: Load) -> Quantity | None:
    if load.container is not None:  # a container is used whole unless a person says how much of it
        return Quantity(max(load.container.quantity, Decimal(0)), load.container.unit)
    return quantity_on_label(item, load.code, load.parts.facts, load.measures)


def _short(load: Load, state: Consuming, amount: Decimal, known: Lot | None, back: Decimal) -> Doubt | None:
    if known is None or Reason.LOT_SHORT in load.agreed:
        return None
    there = known.on_hand + back
    if load.container is not None:
        there = min(there, load.container.quantity)
    if amount <= there:
        return None
    facts = about(load, state, quantity=plain(amount), there=plain(max(there, Decimal(0))))
    return Doubt(Reason.LOT_SHORT, Ask.DECIDE, facts, (*decide()[:1], _OTHER_AMOUNT, *decide()[1:]))


def _over_plan(load: Load, state: Consuming, counted: Converted, component: Component) -> Doubt | None:
    amount, unit = counted.base.amount, counted.base.unit
    over = component.used + amount - component.planned
    if over <= 0 or Reason.OVER_PLAN in load.agreed:
        return None
    only = (Choice("to_go", f"Only {plain(component.to_go)} {unit}"),) if component.to_go > 0 else ()
    facts = about(
        load, state, quantity=plain(amount), unit=unit, over=plain(over), planned=plain(component.planned), to_go=plain(component.to_go)
    )
    choices = (Choice("confirm", f"Use {plain(amount)} {unit}"), *only, _OTHER_AMOUNT, Choice("cancel", "Cancel"))
    return Doubt(Reason.OVER_PLAN, Ask.DECIDE, facts, choices)


def _consumption(item: Item, code: str, counted: Converted, load: Load, state: Consuming, now: Circumstances) -> Yes:
    known = now.lot.known
    vendor = load.code.vendor if load.code else None
    consumption = LotConsumed(
        item=item.code,
        lot=code,
        assigned_by=known.key.assigned_by if known else load.assigned_by or vendor or UNKNOWN_SOURCE,
        order=state.order.number,
        quantity=counted.given.amount,
        unit=counted.given.unit,
        base_quantity=counted.base.amount,
        base_unit=counted.base.unit,
        conversion=counted.factor,
        container=load.container.serial if load.container else None,
        place=load.container.place if load.container else now.place,
        description=item.description,
        accepted_reasons=_accepted(load, state),
    )
    return Yes(consumption, known.expires_on if known else load.parts.facts.expires_on)


#: What is asked once a lot; how much too much is another question each time.
ASKED_ONCE: Final = (Reason.LOT_UNKNOWN, Reason.OLDER_LOT_FIRST)
_OTHER_AMOUNT: Final = Choice("quantity", "Other amount")


def _accepted(load: Load, state: Consuming) -> tuple[Reason, ...]:
    remembered = (reason for reason in ASKED_ONCE if agreement(reason, load) in state.agreed)
    return tuple(dict.fromkeys((*load.agreed, *remembered)))


def agreed(reason: Reason, load: Load, state: Consuming) -> bool:
    """Whether a person already said yes to `reason` for this load, or for this lot in this order."""
    return reason in load.agreed or agreement(reason, load) in state.agreed


def agreement(reason: Reason, load: Load) -> str:
    """What is remembered of a yes: forty bags of one lot are asked about once."""
    return f"{reason} {load.item.code if load.item else ''} {load.lot or ''}"


def decide() -> tuple[Choice, ...]:
    """The answers to a plain doubt."""
    return (Choice("confirm", "Use it"), Choice("cancel", "Cancel"))


def about(load: Load, state: Consuming, **more: str) -> dict[str, str]:
    """The facts of a load that words need, by name."""
    facts, item = load.parts.facts, load.item
    known = {
        "work_order": state.order.number,
        "item": item.code if item else None,
        "description": item.description if item else None,
        "gtin": facts.gtin or facts.content_gtin,
        "lot": load.lot,
        "serial": load.container.serial if load.container else facts.serial,
        "expires_on": facts.expires_on.isoformat() if facts.expires_on else None,
        "unit": item.unit if item else None,
    }
    return {**{name: value for name, value in known.items() if value is not None}, **more}
