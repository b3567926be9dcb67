"""What was made of an order: is it of this order, how much, under which number, out of what. The worst comes first."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from traceability.attribution import went_in, went_into_by_product
from traceability.backflush import Missing, taken
from traceability.events import Container, LotInput, LotProduced
from traceability.events.made import Transformation
from traceability.items import Item, LabelPolicy
from traceability.lines import overlap_of, possible_inputs
from traceability.lot_numbers import own_lot
from traceability.lots import Disposition, LotKey, lot_code_fault
from traceability.refusals import Reason
from traceability.units import Converted, plain
from traceability.values import replace
from traceability.workflows import produce_expiry
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, Judgement, No, Wanted, Yes
from traceability.workflows.lot_labels import lot_label
from traceability.workflows.lot_rules import OTHER_AMOUNT, about, accepted, counted, decide
from traceability.workflows.pieces import serial_of
from traceability.workflows.producing import Producing
from traceability.workflows.receive_containers import TooMany, containers
from traceability.workflows.receiving import MOST_CONTAINERS
from traceability.workflows.step import Ask, Choice
from traceability.workflows.working import Load, Working

RULES: Final = ("item_of_order", "plan", "expiry_given", "lot_number", "components")
#: A person's answer which lot it is more of.
LOT: Final = "lot"


def judge(load: Load, state: Producing, now: Circumstances) -> Judgement:
    """Judge what came out: the item first, then how much, then the number, then what it was made of."""
    item, order = load.item, state.order
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    if item.code not in (order.item, *order.by_products):
        return No(Reason.ITEM_NOT_ON_ORDER, about(load, state))
    if load.container is not None:
        return No(Reason.ALREADY_COUNTED, about(load, state))
    if load.replaces and now.made.downstream and Reason.DOWNSTREAM_EXISTS not in load.agreed:
        return No(Reason.DOWNSTREAM_EXISTS, about(load, state, went_to=", ".join(now.made.downstream)))
    amount = counted(item, load, state)
    if not isinstance(amount, Converted):
        return amount
    by_product = item.code != order.item
    if not by_product and (doubt := _over_plan(load, state, amount)):
        return doubt
    return _made(item, amount, load, state, now, by_product=by_product)


def _over_plan(load: Load, state: Producing, amount: Converted) -> Doubt | None:
    order, base = state.order, amount.base
    over = order.made + base.amount - order.quantity
    if over <= 0 or Reason.OVER_PLAN in load.agreed:
        return None
    only = (Choice("to_go", f"Only {plain(order.to_make)} {base.unit}"),) if order.to_make > 0 else ()
    facts = about(load, state, quantity=plain(base.amount), over=plain(over), planned=plain(order.quantity), to_go=plain(order.to_make))
    choices = (Choice("confirm", f"Use {plain(base.amount)} {base.unit}"), *only, OTHER_AMOUNT, Choice("cancel", "Cancel"))
    return Doubt(Reason.OVER_PLAN, Ask.DECIDE, {**facts, "unit": base.unit}, choices)


def _made(item: Item, amount: Converted, load: Load, state: Producing, now: Circumstances, *, by_product: bool) -> Judgement:
    order = state.order
    if by_product:
        inputs, missing = went_into_by_product(now.made.uses), None
    else:
        booked, missing = taken(now.made.shelves, now.made.uses, order, amount.base.amount)
        inputs = (*went_in(now.made.uses, order, amount.base.amount), *booked)
    if missing is not None and Reason.LOT_SHORT not in load.agreed:
        return _too_little(missing, load, state)
    said = load.answer(LOT) or load.lot or _lot_of_piece(item, load, state)
    inputs = (*inputs, *_maybe_in(item, said, inputs, now, by_product=by_product))
    expires_on = load.parts.facts.expires_on or expiry(item, now.today)
    if doubt := produce_expiry.missing(item, load, state, expires_on):
        return doubt
    transformation: Transformation = "by_product" if by_product else "made"
    made = output(item, amount, load, state, now, transformation, order.number, said, inputs, expires_on, item.receive_into)
    if isinstance(made, Yes) and order.components and not inputs:
        # Another station may have consumed for it: the server draws that, and has a finding until it did.
        return replace(made, about={**made.about, "no_inputs": "yes"})
    return made


def _lot_of_piece(item: Item, load: Load, state: Producing) -> str | None:
    """Pieces that bring a serial of their own are scanned one by one: while the order stays open they are one lot."""
    if serial_of(load) is None:
        return None
    made = (each.event for each in reversed(state.done) if isinstance(each.event, LotProduced))
    return next((event.lot for event in made if event.item == item.code), None)


def _maybe_in(item: Item, lot: str | None, inputs: tuple[LotInput, ...], now: Circumstances, *, by_product: bool) -> tuple[LotInput, ...]:
    """Return what may be in it though nobody scanned it: the rest of the lot before at a line position, what mixed in a vessel."""
    at_hand = now.made.at_hand
    if by_product:
        at_hand = replace(at_hand, since=at_hand.begun)  # of all that the order made, whenever it is counted
    named = {LotKey(each.item, each.lot, each.assigned_by) for each in inputs}
    own = LotKey(item.code, lot, now.site) if lot else None
    return possible_inputs(at_hand, now.at, overlap_of(now.policies), named, own)


def _too_little(missing: Missing, load: Load, state: Producing) -> Doubt:
    """Ask where less stands at the station than the recipe says went in: the goods exist, so a person may say yes."""
    facts = about(load, state, wanted=plain(missing.wanted), there=plain(missing.there))
    facts |= {"lot": missing.item, "unit": missing.unit}
    return Doubt(Reason.LOT_SHORT, Ask.DECIDE, facts, (*decide()[:1], OTHER_AMOUNT, *decide()[1:]))


def expiry(item: Item, today: date) -> date | None:
    """Return the last good day of what is made today; None where the item keeps for ever."""
    if item.expiry_days is None:
        return None
    try:
        return today + timedelta(days=item.expiry_days)
    except OverflowError:
        return None


def output(
    item: Item,
    amount: Converted,
    load: Load,
    state: Working,
    now: Circumstances,
    transformation: Transformation,
    order: str | None,
    code: str | None,
    inputs: tuple[LotInput, ...],
    expires_on: date | None,
    disposition: Disposition,
) -> Judgement:
    """Return the new lot with its labels; `code`: more of a lot that was made before, or a number that stands on it already."""
    spread, pieces = containers(amount, item), _pieces(item, load, amount, now)
    if isinstance(spread, TooMany) or len(pieces) > MOST_CONTAINERS:
        facts = about(load, state, got=str(amount.given), unit=item.unit, message="too many containers for one entry")
        return Doubt(Reason.QUANTITY_INVALID, Ask.QUANTITY, facts)
    if code is None and now.next_lot_number is None:
        return No(Reason.NUMBERS_USED_UP, about(load, state))
    number = now.next_lot_number or 0
    lot = code or own_lot(item, now.today, now.station, number)
    if fault := lot_code_fault(lot):
        return No(Reason.BARCODE_INVALID, about(load, state, message=fault))
    labelled = () if item.serial_tracked else spread.labelled(item, True, now.serial_prefix, now.next_serial)
    made = LotProduced(
        item=item.code,
        lot=lot,
        assigned_by=now.site,
        order=order,
        transformation=transformation,
        quantity=amount.given.amount,
        unit=amount.given.unit,
        base_quantity=amount.base.amount,
        base_unit=amount.base.unit,
        conversion=amount.factor,
        expires_on=expires_on,
        disposition=disposition,
        inputs=inputs,
        containers=labelled,
        place=now.place,
        description=item.description,
        accepted_reasons=accepted(load, state),
        serials=pieces,
    )
    few = {} if code or now.made.numbers_left is None else {"numbers_left": str(now.made.numbers_left - 1)}
    wanted = item.label_on_receipt is not LabelPolicy.NEVER
    labels = labelled or tuple(Container(each, Decimal(1), made.base_unit) for each in pieces if wanted)
    own = len(labelled) if serial_of(load) is not None or not pieces else len(pieces)
    prints = tuple(lot_label(made, item.gtin, made.expires_on, each) for each in labels)
    return Yes(made, expires_on, tuple(each.serial for each in labels), prints, own, 0 if code else 1, about=few)


def _pieces(item: Item, load: Load, amount: Converted, now: Circumstances) -> tuple[str, ...]:
    """Return the serials of what was made, where each piece has its own: the one that stands on it, else the next ones of ours."""
    if not item.serial_tracked:
        return ()
    if (serial := serial_of(load)) is not None:
        return (serial,)
    return tuple(f"{now.serial_prefix}{now.next_serial + number}" for number in range(min(int(amount.base.amount), MOST_CONTAINERS + 1)))
