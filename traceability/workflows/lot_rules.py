"""Rules that many works share: where a lot stands, whether it has expired, what is older, how much there is. The worst comes first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from traceability.items import Item
from traceability.lots import Disposition, Lot, lot_code_fault
from traceability.picking import OrderKind
from traceability.refusals import Reason
from traceability.units import Converted, Quantity, plain, to_base
from traceability.workflows.counting import amount_fault, quantity_on_label
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, No
from traceability.workflows.step import Ask, Choice
from traceability.workflows.task import ASKED_ONCE
from traceability.workflows.working import Load, Working

#: Who assigned a lot that nobody here knows: the fact stands, a person settles whose lot it was.
UNKNOWN_SOURCE: Final = "unknown"
#: What stops a lot from being used or shipped, by where it stands.
STOPS: Final = {
    Disposition.RECALLED: Reason.LOT_RECALLED,
    Disposition.HOLD: Reason.LOT_ON_HOLD,
    Disposition.REJECTED: Reason.LOT_REJECTED,
    Disposition.QUARANTINE: Reason.LOT_IN_QUARANTINE,
}
#: Where a held or expired lot may still go (moving, scrap, counts, returns): only a recall stops it (PRODUCT, rule 11).
ONLY_RECALLS: Final = {Disposition.RECALLED: Reason.LOT_RECALLED}
#: When several apply, the worst is shown first: recalled, on hold, made from such a lot, rejected …
_WORSE_THAN_ITS_ANCESTOR: Final = frozenset({Disposition.RECALLED, Disposition.HOLD})
OTHER_AMOUNT: Final = Choice("quantity", "Other amount")


def judged_lot(
    item: Item, load: Load, state: Working, now: Circumstances, stops: Mapping[Disposition, Reason] = STOPS, *, may_expire: bool = False
) -> Doubt | No | None:
    """Say why the lot of a load may not be used, or what must be asked about it first; None: it may.

    `stops` are the dispositions that stop this work; where a held lot is among them, so is what was made from one.
    `may_expire`: an expired lot may still be taken (scrap, returns).
    """
    known = now.lot.known
    if fault := lot_code_fault(load.lot or ""):
        return No(Reason.BARCODE_INVALID, about(load, state, message=fault))
    if known is None:
        return _unknown(load, state, now, may_expire=may_expire)
    stopped = stops.get(known.disposition)
    if now.lot.ancestor is not None and Disposition.HOLD in stops and known.disposition not in _WORSE_THAN_ITS_ANCESTOR:
        key = now.lot.ancestor.key
        return No(Reason.ANCESTOR_ON_HOLD, about(load, state, ancestor=key.code, ancestor_item=key.item))
    if stopped is not None:
        return No(stopped, about(load, state))
    expires_on = known.expires_on or load.parts.facts.expires_on
    may_expire = may_expire or agreed(Reason.LOT_EXPIRED, load, state)
    if not may_expire and expires_on is not None and expires_on < now.today:
        return No(Reason.LOT_EXPIRED, about(load, state, expires_on=expires_on.isoformat()))
    return older_first(item, load, state, now)


def _unknown(load: Load, state: Working, now: Circumstances, *, may_expire: bool) -> Doubt | No | None:
    several = now.lot.elsewhere
    if several:
        choices = tuple(Choice(lot.key.assigned_by, lot.key.assigned_by, lot.key.code) for lot in several)
        return Doubt(Reason.AMBIGUOUS, Ask.CHOOSE_LOT, about(load, state), choices)
    if now.lot.of_others:
        return No(Reason.LOT_WRONG_ITEM, about(load, state, belongs_to=", ".join(now.lot.of_others)))
    expires_on = load.parts.facts.expires_on
    may_expire = may_expire or agreed(Reason.LOT_EXPIRED, load, state)
    if not may_expire and expires_on is not None and expires_on < now.today:
        return No(Reason.LOT_EXPIRED, about(load, state, expires_on=expires_on.isoformat()))
    # Not known here is never "invalid": its receipt may still wait on another station.
    if agreed(Reason.LOT_UNKNOWN, load, state):
        return None
    return Doubt(Reason.LOT_UNKNOWN, Ask.DECIDE, about(load, state), decide())


def older_first(item: Item, load: Load, state: Working, now: Circumstances) -> Doubt | No | None:
    """Ask, or refuse, where an older lot is to be used before this one; the look-up says so only where that was asked."""
    older = now.lot.older
    if older is None or item.oldest_first == "off" or agreed(Reason.OLDER_LOT_FIRST, load, state):
        return None
    facts = about(load, state, like=older.lot.key.code, place=older.place)
    if item.oldest_first == "block":
        return No(Reason.OLDER_LOT_FIRST, facts)
    return Doubt(Reason.OLDER_LOT_FIRST, Ask.DECIDE, facts, decide())


def counted(item: Item, load: Load, state: Working) -> Converted | Doubt:
    """Return how much it is, as counted and in the base unit, or ask for it."""
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
    if load.container is not None:  # a container is meant whole unless a person says how much of it
        return Quantity(max(load.container.quantity, Decimal(0)), load.container.unit)
    return quantity_on_label(item, load.code, load.parts.facts, load.measures)


def short(load: Load, state: Working, amount: Decimal, known: Lot | None) -> Doubt | None:
    """Ask where the books hold less of the lot, or of its container, than that."""
    if known is None or Reason.LOT_SHORT in load.agreed:
        return None
    there = known.on_hand if load.container is None else min(known.on_hand, load.container.quantity)
    return short_of(load, state, amount, there) if amount > there else None


def short_of(load: Load, state: Working, amount: Decimal, there: Decimal, others: tuple[Choice, ...] = (OTHER_AMOUNT,)) -> Doubt:
    """Ask whether more is meant than is there."""
    facts = about(load, state, quantity=plain(amount), there=plain(max(there, Decimal(0))))
    return Doubt(Reason.LOT_SHORT, Ask.DECIDE, facts, (*decide()[:1], *others, *decide()[1:]))


def in_a_carton(load: Load, state: Working, now: Circumstances) -> No | None:
    """Refuse a container that lies whole in a carton: it would leave twice, or leave a carton that says it is full."""
    packed, container = now.lot.packed, load.container
    if container is None or load.replaces or packed.carton is None or packed.container < container.quantity:
        return None
    return No(Reason.CARTON_ELSEWHERE, about(load, state, other=packed.carton, packed="yes"))


def fetched_for_another(load: Load, state: Working, now: Circumstances, mine: tuple[OrderKind, str]) -> Doubt | None:
    """Ask where this very container was fetched for another order than `mine`."""
    if load.container is None or now.picked_for in (None, mine) or Reason.PICKED_FOR_ANOTHER in load.agreed:
        return None
    assert now.picked_for is not None
    return Doubt(Reason.PICKED_FOR_ANOTHER, Ask.DECIDE, about(load, state, picked_for=now.picked_for[1]), decide())


def source_of_lot(load: Load, known: Lot | None) -> str:
    """Return who assigned the lot: as it is known, else as a person or the code said."""
    vendor = load.code.vendor if load.code else None
    return known.key.assigned_by if known else load.assigned_by or vendor or UNKNOWN_SOURCE


def accepted(load: Load, state: Working) -> tuple[Reason, ...]:
    """Return what was asked and answered with yes, here or earlier in this work."""
    if not state.agreed:
        return load.agreed
    remembered = (reason for reason in ASKED_ONCE if agreement(reason, load) in state.agreed)
    return tuple(dict.fromkeys((*load.agreed, *remembered)))


def agreed(reason: Reason, load: Load, state: Working) -> bool:
    """Whether a person already said yes to `reason` for this load, or for this lot in this work."""
    return reason in load.agreed or (bool(state.agreed) and agreement(reason, load) in state.agreed)


def agreement(reason: Reason, load: Load) -> str:
    """What is remembered of a yes: forty bags of one lot are asked about once."""
    # A yes to one carton is none to the next, whose lots are others; how old the station's knowledge is they have in common.
    unit = load.parts.facts.sscc if load.item is None and reason is not Reason.DATA_TOO_OLD else None
    return f"{reason} {load.item.code if load.item else ''} {load.lot or unit or ''}"


def decide() -> tuple[Choice, ...]:
    """The answers to a plain doubt."""
    return (Choice("confirm", "Use it"), Choice("cancel", "Cancel"))


def about(load: Load, state: Working, **more: str) -> dict[str, str]:
    """The facts of a load that words need, by name."""
    facts, item = load.parts.facts, load.item
    known = {
        "item": item.code if item else None,
        "description": item.description if item else None,
        "gtin": facts.gtin or facts.content_gtin,
        "lot": load.lot,
        "serial": load.container.serial if load.container else facts.serial,
        "expires_on": facts.expires_on.isoformat() if facts.expires_on else None,
        "unit": item.unit if item else None,
    }
    return {**state.facts(), **{name: value for name, value in known.items() if value is not None}, **more}
