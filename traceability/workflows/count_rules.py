"""What was found: one load of a count becomes a tally. Held, expired and recalled goods are counted like all others."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from traceability.containers import KnownContainer
from traceability.items import Item
from traceability.lots import LotKey
from traceability.refusals import Reason
from traceability.units import Converted, Quantity, plain
from traceability.values import replace
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, Judgement, Kept, No, Wanted
from traceability.workflows.lot_rules import about, accepted, counted, judged_lot, source_of_lot
from traceability.workflows.other_labels import labelled_elsewhere
from traceability.workflows.step import Ask
from traceability.workflows.stocktaking import Stocktake, Tally
from traceability.workflows.working import Load

RULES: Final = ("place", "lot_known", "expiry_given")
PLACE: Final = "place"


def judge(load: Load, state: Stocktake, now: Circumstances) -> Judgement:
    """Judge one load: the place, the lot, then how much."""
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    if state.place is None:
        return Doubt(None, Ask.SCAN_PLACE, about(load, state), topic=PLACE)
    if verdict := _lot(item, load, state, now):
        return verdict
    key = load.container.lot if load.container else LotKey(item.code, load.lot, source_of_lot(load, now.lot.known))
    container = load.container or labelled_elsewhere(load, now)
    if _counted_before(container, key, state):
        return No(Reason.ALREADY_COUNTED, about(load, state))
    amount = _amount(item, load, state)
    if not isinstance(amount, Converted):
        return amount
    tally = _tally(item, load, key, amount.base.amount, state, now)
    facts = about(load, state, quantity=plain(amount.base.amount), unit=item.unit, found=plain(state.found_of(key) + amount.base.amount))
    return Kept(replace(state, tallies=(*state.tallies, tally), last=load), facts)


def _lot(item: Item, load: Load, state: Stocktake, now: Circumstances) -> Wanted | Doubt | No | None:
    opening = now.policies.get("opening_stock", "ask")
    if now.lot.known is None and not now.lot.elsewhere:
        if opening == "refuse":
            return No(Reason.LOT_UNKNOWN, about(load, state))
        if opening == "accept":
            load = replace(load, agreed=(*load.agreed, Reason.LOT_UNKNOWN))
    plainly = replace(now, lot=replace(now.lot, older=None, ancestor=None))
    if verdict := judged_lot(item, load, state, plainly, {}, may_expire=True):
        return verdict
    unsaid = load.parts.facts.expires_on is None and now.lot.known is None
    return Wanted(Ask.SCAN_EXPIRY) if item.expiry_required and unsaid else None


def _counted_before(container: KnownContainer | None, key: LotKey, state: Stocktake) -> bool:
    """A container stands in one place once; in the second round only what was off is counted again."""
    again = state.round > 1 and key not in state.again and any(each.key == key for each in state.tallies)
    return again or (container is not None and any(each.container == container.serial for each in state.tallies))


def _amount(item: Item, load: Load, state: Stocktake) -> Converted | Doubt:
    if load.given is not None and load.given.amount == 0:
        return Converted(load.given, Quantity(Decimal(0), item.unit), Decimal(1))
    empty = load.container is not None and load.container.quantity <= 0 and load.given is None
    # What the books call empty is here: a person says what is in it.
    return Doubt(Reason.QUANTITY_MISSING, Ask.QUANTITY, about(load, state, unit=item.unit)) if empty else counted(item, load, state)


def _tally(item: Item, load: Load, key: LotKey, amount: Decimal, state: Stocktake, now: Circumstances) -> Tally:
    container = load.container or labelled_elsewhere(load, now)
    return Tally(
        key=key,
        amount=amount,
        unit=item.unit,
        description=item.description,
        scans=load.unnamed,
        opening=now.lot.known is None,
        container=container.serial if container else None,
        held=container.quantity if container else Decimal(0),
        stood=container.place if container else "",
        expires_on=load.parts.facts.expires_on,
        agreed=accepted(load, state),
    )
