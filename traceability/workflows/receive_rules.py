"""May this lot be taken in? One label in the making is judged: complete, still wanting, doubtful, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from traceability.events import LotReceived
from traceability.items import Item
from traceability.lot_numbers import DEFAULT_PATTERN, lot_number
from traceability.lots import Disposition, lot_code_fault
from traceability.orders import OrderLine
from traceability.refusals import Reason
from traceability.units import Quantity, plain, to_base
from traceability.values import quick, replace
from traceability.workflows.counting import amount_fault, quantity_on_label
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, No, Wanted
from traceability.workflows.lot_rules import OTHER_AMOUNT
from traceability.workflows.receive_containers import Counted, TooMany, containers
from traceability.workflows.receiving import MOST_CONTAINERS, Draft, Receiving
from traceability.workflows.step import Ask, Choice


@dataclass(frozen=True, slots=True)
class Yes:
    """The label is complete and the rules agree."""

    receipt: LotReceived
    held_for: Reason | None = None
    number_used: bool = False


Judgement = Wanted | Doubt | No | Yes

#: Goods refused for these reasons exist all the same: one touch takes them in on hold (PRODUCT, rule 10).
HOLDABLE: Final = frozenset(
    {
        Reason.LOT_EXPIRED,
        Reason.LOT_NEAR_EXPIRY,
        Reason.LOT_REJECTED,
        Reason.LOT_RECALLED,
        Reason.ITEM_NOT_ON_ORDER,
        Reason.OVER_RECEIPT,
        Reason.LOT_LOOKS_LIKE,
        Reason.LOT_EXPIRY_DIFFERS,
    }
)


@quick
@dataclass(frozen=True, slots=True)
class _Lot:
    """What was settled of the lot before the quantity is looked at."""

    code: str
    own: bool
    expires_on: date | None
    disposition: Disposition
    held_for: Reason | None


def judge(draft: Draft, state: Receiving, now: Circumstances) -> Judgement:
    """Judge one label of an open delivery: the item first, then the lot, then the quantity."""
    if draft.item is None:
        return Wanted(Ask.SCAN_ITEM)
    item = draft.item
    lines = state.order.lines_of(item.code)
    if state.order.number is not None and not lines and not draft.on_hold:
        return No(Reason.ITEM_NOT_ON_ORDER, _about(draft, order=state.order.number))
    lot = _judged_lot(item, draft, state, now)
    if not isinstance(lot, _Lot):
        return lot
    counted = _counted(item, draft)
    if not isinstance(counted, Counted):
        return counted
    if over := _over_receipt(item, draft, lines, counted.base):
        return over
    line = _line_for(lines, counted.base.amount)
    return _receipt(item, lot, counted, line, draft, state, now)


def _judged_lot(item: Item, draft: Draft, state: Receiving, now: Circumstances) -> _Lot | Wanted | Doubt | No:
    code, own = _lot_code(item, draft, now)
    if code is None:
        if own:
            return No(Reason.NUMBERS_USED_UP, _about(draft))
        return Wanted(Ask.SCAN_LOT)
    if fault := lot_code_fault(code):
        return No(Reason.BARCODE_INVALID, _about(draft, message=fault))
    known = now.lot.known
    stands = known.disposition if known else None
    if stands is Disposition.RECALLED and not draft.on_hold:
        return No(Reason.LOT_RECALLED, _about(draft))
    if stands is Disposition.REJECTED and not draft.on_hold:
        return No(Reason.LOT_REJECTED, _about(draft))
    expires_on = _expiry(item, draft, now)
    if draft.on_hold:
        return _Lot(code, own, expires_on, Disposition.HOLD, draft.on_hold)
    held_for = Reason.LOT_ON_HOLD if stands is Disposition.HOLD else None
    judged = _judged_expiry(_Lot(code, own, expires_on, _first_disposition(item, stands), held_for), item, draft, state, now)
    if isinstance(judged, No):  # a no is worse than a doubt
        return judged
    return _looks_like(code, item, own, draft, state, now) or judged


def _lot_code(item: Item, draft: Draft, now: Circumstances) -> tuple[str | None, bool]:
    # Receiving keeps the vendor's code; a number is made only where there is none (21 CFR 1.1345(b)).
    if draft.parts.facts.lot is not None:
        return draft.parts.facts.lot, False
    if not draft.own_lot and item.lot_tracked:
        return None, False
    if now.next_lot_number is None:
        return None, True
    return lot_number(item.lot_pattern or DEFAULT_PATTERN, now.today, now.station, now.next_lot_number), True


def _first_disposition(item: Item, stands: Disposition | None) -> Disposition:
    # What stops more wins: a delivery never releases what is held or waits for QC.
    return stands if stands in (Disposition.HOLD, Disposition.QUARANTINE) else item.receive_into


def _expiry(item: Item, draft: Draft, now: Circumstances) -> date | None:
    facts, known = draft.parts.facts, now.lot.known
    if facts.expires_on is not None:
        return facts.expires_on
    if facts.best_before is not None and item.best_before_is_expiry:
        return facts.best_before
    if known is not None and known.expires_on is not None:
        return known.expires_on  # a null never overwrites a stored expiry
    if facts.produced_on is not None and item.expiry_days is not None:
        try:
            return facts.produced_on + timedelta(days=item.expiry_days)
        except OverflowError:
            return None
    return None


def _judged_expiry(lot: _Lot, item: Item, draft: Draft, state: Receiving, now: Circumstances) -> _Lot | Wanted | Doubt | No:
    expires_on = lot.expires_on
    stored = now.lot.known.expires_on if now.lot.known else None
    if stored and expires_on and stored != expires_on and not agreed(Reason.LOT_EXPIRY_DIFFERS, draft, state):
        about = _about(draft, expires_on=expires_on.isoformat(), stored=stored.isoformat())
        return Doubt(Reason.LOT_EXPIRY_DIFFERS, Ask.DECIDE, about, decide())
    if expires_on is None:
        return Wanted(Ask.SCAN_EXPIRY) if item.expiry_required else lot
    if lot.held_for:  # it is taken in on hold, whatever its date says
        return lot
    if expires_on < now.today:
        about = _about(draft, expires_on=expires_on.isoformat())
        return _by_policy(now.policies.get("expired", "refuse"), lot, No(Reason.LOT_EXPIRED, about))
    soon = item.min_remaining_days is not None and (expires_on - now.today).days < item.min_remaining_days
    if soon and not agreed(Reason.LOT_NEAR_EXPIRY, draft, state):
        about = _about(draft, expires_on=expires_on.isoformat(), days=str((expires_on - now.today).days))
        policy = now.policies.get("near_expiry", "check")
        if policy == "refuse":
            return No(Reason.LOT_NEAR_EXPIRY, about)
        return _by_policy(policy, lot, Doubt(Reason.LOT_NEAR_EXPIRY, Ask.DECIDE, about, decide()))
    return lot


def _by_policy(policy: str, lot: _Lot, otherwise: No | Doubt) -> _Lot | No | Doubt:
    match policy:
        case "accept":
            return lot
        case "hold":
            return replace(lot, disposition=Disposition.HOLD, held_for=otherwise.reason)
        case "quarantine":
            stays = lot.disposition is Disposition.HOLD  # an item may be received into hold
            return lot if stays else replace(lot, disposition=Disposition.QUARANTINE)
        case _:
            return otherwise


def _looks_like(code: str, item: Item, own: bool, draft: Draft, state: Receiving, now: Circumstances) -> Doubt | None:
    if own or draft.on_hold or now.lot.known or agreed(Reason.LOT_LOOKS_LIKE, draft, state):
        return None
    others = [lot.key for lot in now.lot.elsewhere if lot.key.item == item.code and lot.key.assigned_by != state.order.vendor]
    if others:
        return Doubt(Reason.LOT_LOOKS_LIKE, Ask.DECIDE, _about(draft, like=code, assigned_by=others[0].assigned_by), decide())
    twin = next((recent for recent in now.lot.recent if "lot" in draft.typed and _one_apart(code, recent)), None)
    if twin is None:
        return None
    choices = (Choice(twin, twin), *decide())
    return Doubt(Reason.LOT_LOOKS_LIKE, Ask.DECIDE, _about(draft, like=twin), choices)


def _one_apart(one: str, other: str) -> bool:
    """Whether one slip of a finger (a character changed, added or left out) makes one code the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    start = next((place for place, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    rest = shorter[start + 1 :] if len(shorter) == len(longer) else shorter[start:]
    return rest == longer[start + 1 :]


def _counted(item: Item, draft: Draft) -> Counted | Doubt:
    quantity = draft.given or quantity_on_label(item, draft.code, draft.parts.facts, draft.measures)
    if quantity is None:
        return Doubt(Reason.QUANTITY_MISSING, Ask.QUANTITY, _about(draft, unit=item.unit))
    if not quantity.unit or (converted := to_base(quantity, item.unit, item.packs)) is None:
        about = _about(draft, quantity=plain(quantity.amount), given_unit=quantity.unit, unit=item.unit)
        return Doubt(Reason.UNIT_UNKNOWN, Ask.QUANTITY, about)
    if fault := amount_fault(converted, item):
        return Doubt(Reason.QUANTITY_INVALID, Ask.QUANTITY, _about(draft, got=str(quantity), unit=item.unit, message=fault))
    counted = containers(converted, item)
    if isinstance(counted, TooMany):
        fault = f"at most {MOST_CONTAINERS} containers at once"
        return Doubt(Reason.QUANTITY_INVALID, Ask.QUANTITY, _about(draft, got=str(quantity), unit=item.unit, message=fault))
    return counted


def _over_receipt(item: Item, draft: Draft, lines: tuple[OrderLine, ...], base: Quantity) -> Doubt | None:
    if not lines or draft.on_hold or Reason.OVER_RECEIPT in draft.agreed:
        return None
    first, *others = lines
    ordered = sum((line.ordered for line in others), first.ordered)
    total = sum((line.received for line in others), first.received + base.amount)
    if total <= ordered or total <= ordered * (1 + item.over_receipt_percent / 100):
        return None
    about = _about(draft, over=plain(total - ordered), unit=item.unit, ordered=plain(ordered), quantity=plain(base.amount))
    yes, *no = decide()
    return Doubt(Reason.OVER_RECEIPT, Ask.DECIDE, about, (yes, OTHER_AMOUNT, *no))


def _receipt(item: Item, lot: _Lot, counted: Counted, line: OrderLine | None, draft: Draft, state: Receiving, now: Circumstances) -> Yes:
    facts = draft.parts.facts
    receipt = LotReceived(
        item=item.code,
        lot=lot.code,
        assigned_by=now.site if lot.own else state.order.vendor,
        vendor=state.order.vendor,
        order=state.order.number,
        line=line.line if line else None,
        quantity=counted.given.amount,
        unit=counted.given.unit,
        base_quantity=counted.base.amount,
        base_unit=counted.base.unit,
        conversion=counted.factor,
        expires_on=lot.expires_on,
        disposition=lot.disposition,
        containers=() if _is_piece(draft, item) else counted.labelled(item, bool(draft.typed), now.serial_prefix, now.next_serial),
        lot_source="own" if lot.own else "vendor",
        place=now.place,
        description=item.description,
        sscc=facts.sscc,
        vendor_serial=facts.serial,
        accepted_reasons=_accepted(draft, state),
        follows=draft.follows or draft.replaces,
    )
    return Yes(receipt, lot.held_for, lot.own)


def _is_piece(draft: Draft, item: Item) -> bool:
    """Whether it has its own serial: then our label carries that, and it is no container beside."""
    return item.serial_tracked and draft.parts.facts.serial is not None


def _line_for(lines: tuple[OrderLine, ...], amount: Decimal) -> OrderLine | None:
    # The first line that has room for all of it, else the first open one, else the first.
    if len(lines) < 2:
        return lines[0] if lines else None
    return next((line for line in lines if line.to_go >= amount), lines[0])


def _accepted(draft: Draft, state: Receiving) -> tuple[Reason, ...]:
    if not state.agreed:
        return draft.agreed
    asked_once = (Reason.LOT_NEAR_EXPIRY, Reason.LOT_LOOKS_LIKE, Reason.LOT_EXPIRY_DIFFERS)
    remembered = (reason for reason in asked_once if agreement(reason, draft) in state.agreed)
    return tuple(dict.fromkeys((*draft.agreed, *remembered)))


def agreed(reason: Reason, draft: Draft, state: Receiving) -> bool:
    """Whether a person already said yes to `reason` for this label, or for this lot in this delivery."""
    return reason in draft.agreed or (bool(state.agreed) and agreement(reason, draft) in state.agreed)


def agreement(reason: Reason, draft: Draft) -> str:
    """What is remembered of a yes: forty bags of one lot are asked about once, another date on the next one again."""
    facts = draft.parts.facts
    return f"{reason} {draft.item.code if draft.item else ''} {facts.expires_on or facts.best_before or ''} {facts.lot or ''}"


def decide() -> tuple[Choice, ...]:
    """The answers to a plain doubt."""
    return (Choice("confirm", "Take it in"), Choice("hold", "Put on hold"), Choice("cancel", "Cancel"))


def _about(draft: Draft, **more: str) -> dict[str, str]:
    return {**about(draft), **more}


def about(draft: Draft) -> dict[str, str]:
    """The facts of a label that words need, by name."""
    facts, item = draft.parts.facts, draft.item
    known = {
        "item": item.code if item else None,
        "description": item.description if item else None,
        "gtin": facts.gtin or facts.content_gtin,
        "lot": facts.lot,
        "serial": facts.serial,
        "sscc": facts.sscc,
        "expires_on": facts.expires_on.isoformat() if facts.expires_on else None,
        "quantity": plain(facts.quantity) if facts.quantity is not None else None,
        "unit": facts.unit or (item.unit if item else None),
    }
    return {name: value for name, value in known.items() if value is not None}
