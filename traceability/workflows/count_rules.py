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
from traceability.workflows.count_labels import wanted
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, Judgement, Kept, No, Wanted
from traceability.workflows.lot_rules import UNKNOWN_SOURCE, about, accepted, counted, judged_lot, source_of_lot
from traceability.workflows.other_labels import labelled_elsewhere
from traceability.workflows.pieces import one_piece, other_lot, serial_of, stands_at
from traceability.workflows.receive_containers import TooMany
from traceability.workflows.receiving import MOST_CONTAINERS
from traceability.workflows.step import Ask, Choice
from traceability.workflows.stocktaking import Stocktake, Tally, Unlike
from traceability.workflows.working import Load

RULES: Final = ("place", "lot_known", "expiry_given")
PLACE: Final = "place"
SOURCE: Final = "source"
#: Whose lot it is, where it is neither a vendor's by name: made here, or nobody can say.
OWN, NOBODY_KNOWS = "own_lot", "source_unknown"
_MOST_SOURCES: Final = 200


def judge(load: Load, state: Stocktake, now: Circumstances) -> Judgement:
    """Judge one load: the place, the lot, then how much."""
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    if state.place is None:
        return Doubt(None, Ask.SCAN_PLACE, about(load, state), topic=PLACE)
    if verdict := _lot(item, load, state, now) or _piece(item, load, state, now):
        return verdict
    code = load.lot
    load = replace(load, assigned_by=load.assigned_by or state.source_of(item.code, code))
    if doubt := _whose(load, state, now):
        return doubt
    key = load.container.lot if load.container else LotKey(item.code, code, source_of_lot(load, now.lot.known))
    container = load.container or labelled_elsewhere(load, now)
    if _counted_before(container, key, state):
        return No(Reason.ALREADY_COUNTED, about(load, state))
    amount = _amount(item, load, state)
    if not isinstance(amount, Converted):
        return amount
    labels = wanted(item, amount, load.typed) if now.lot.known is None and container is None and serial_of(load) is None else ()
    if isinstance(labels, TooMany):
        fault = f"at most {MOST_CONTAINERS} containers at once"
        facts = about(load, state, got=str(amount.given), unit=item.unit, message=fault)
        return Doubt(Reason.QUANTITY_INVALID, Ask.QUANTITY, facts)
    tally = replace(_tally(item, load, key, amount.base.amount, state, now), labels=labels, gtin=item.gtin if labels else None)
    facts = about(load, state, quantity=plain(amount.base.amount), unit=item.unit, found=plain(state.found_of(key) + amount.base.amount))
    if tally.unlike is not None:
        facts |= {"unlike": tally.unlike.value, "other": tally.stood}
    # More was found: what was said of the whole is asked anew.
    return Kept(replace(state, tallies=(*state.tallies, tally), last=load, none_left=False, causes=()), facts)


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


def source_chosen(load: Load, chosen: str, now: Circumstances) -> Load:
    """Return the load with a person's word who assigned its lot."""
    return replace(load, assigned_by={OWN: now.site, NOBODY_KNOWS: UNKNOWN_SOURCE}.get(chosen, chosen))


def _whose(load: Load, state: Stocktake, now: Circumstances) -> Doubt | None:
    """Ask who assigned a lot that is walked in, where neither its label nor the books say."""
    if now.lot.known is not None or load.container is not None or load.assigned_by is not None or load.code is None or load.code.vendor:
        return None
    vendors = (Choice(vendor, name or vendor, vendor if name else "") for vendor, name in now.lot.sources[:_MOST_SOURCES])
    choices = (Choice(OWN, "Our own lot"), *vendors, Choice(NOBODY_KNOWS, "Nobody knows"), Choice("cancel", "Cancel"))
    return Doubt(None, Ask.CHOOSE_VENDOR, about(load, state), choices, SOURCE)


def _piece(item: Item, load: Load, state: Stocktake, now: Circumstances) -> Wanted | Doubt | No | None:
    """Each piece with a serial of its own is counted by it, once. Where the books have it is compared when the count ends."""
    if not item.serial_tracked or load.container is not None:
        return None
    serial = serial_of(load)
    if serial is None:
        return Wanted(Ask.SCAN_SERIAL)
    if state.has_piece(item.code, serial):
        return No(Reason.ALREADY_COUNTED, about(load, state))
    return one_piece(load, state) or (other_lot(now.piece, load, state) if now.piece is not None else None)


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


def _unlike(held: Decimal, stood: str, piece: str | None, state: Stocktake, now: Circumstances) -> Unlike | None:
    """Return how the books differ from finding it here; a lot that is walked in differs from nothing."""
    assert state.place is not None
    if held > 0:
        return Unlike.ELSEWHERE if stood not in ("", state.place.name) else None
    if piece is None or now.lot.known is None:
        return None
    return Unlike.GONE if now.piece is not None else Unlike.NOWHERE


def _tally(item: Item, load: Load, key: LotKey, amount: Decimal, state: Stocktake, now: Circumstances) -> Tally:
    container = load.container or labelled_elsewhere(load, now)
    place, piece = (container.place if container else ""), serial_of(load)
    if piece is not None:
        place = stands_at(load, now) or ""
    held = container.quantity if container else Decimal(bool(place))
    return Tally(
        key=key,
        amount=amount,
        unit=item.unit,
        description=item.description,
        scans=load.unnamed,
        opening=now.lot.known is None,
        container=container.serial if container else None,
        held=held,
        stood=place,
        expires_on=load.parts.facts.expires_on,
        agreed=accepted(load, state),
        serial=piece,
        unlike=_unlike(held, place, piece, state, now),
    )
