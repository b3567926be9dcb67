"""May this be done with these goods, and what is still to be said? One load of a small stock work is judged by its row in the table."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from traceability.items import Item
from traceability.places import Place
from traceability.reasons import UNKNOWN_CAUSE, reasons_for
from traceability.refusals import Reason
from traceability.units import Converted, Quantity, plain, to_base
from traceability.values import replace
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, Judgement, No, Wanted
from traceability.workflows.lot_rules import OTHER_AMOUNT, about, agreed, counted, decide, in_a_carton, judged_lot, short_of
from traceability.workflows.other_labels import labelled_elsewhere
from traceability.workflows.pieces import piece_there, serial_of, stands_at
from traceability.workflows.step import Ask, Choice
from traceability.workflows.stock_events import Deed, customer_of, happened
from traceability.workflows.stock_works import MODES, WORKS, StockWork
from traceability.workflows.stocking import Stocking
from traceability.workflows.whereabouts import FROM, at, taken_from, too_little_at
from traceability.workflows.working import Load

RULES: Final = ("disposition", "place", "on_hand", "reason")
WAY, TO, REASON, COPIES, PARTY = "way", "to", "reason", "copies", "party"
#: Questions that a place answers.
PLACES: Final = (FROM, TO)
_CANCEL: Final = Choice("cancel", "Cancel")
_MOST_COPIES: Final = 99


def judge(load: Load, state: Stocking, now: Circumstances) -> Judgement:
    """Judge one load: the lot first, then where it stands and goes, then how much, then why."""
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    work = work_of(state, load)
    if work is None:
        choices = (*(Choice(each, each.replace("_", " ").capitalize()) for each in MODES[state.work]), _CANCEL)
        return Doubt(None, Ask.DECIDE, about(load, state), choices, WAY)
    to = target(load, state) if work.to_place else None
    if work.to_place and to is None:
        return Doubt(None, Ask.SCAN_PLACE, about(load, state), topic=TO)
    if verdict := _lot(item, load, state, work, to, now):
        return verdict
    stood = _stood(load, state, work, now)
    if not isinstance(stood, str):
        return stood
    return _amount(item, Deed(work, load, state, stood, to, other_label=labelled_elsewhere(load, now)), now)


def work_of(state: Stocking, load: Load) -> StockWork | None:
    """Return which work it is; None where a person has to say."""
    several = MODES[state.work]
    chosen = several[0] if len(several) == 1 else load.answer(WAY)
    return WORKS[chosen] if chosen in several else None


def target(load: Load, state: Stocking) -> Place | None:
    """Return where the goods go: the place scanned for them, else the one that the work goes to."""
    name, kind = load.answer(TO), load.answer("kind")
    return Place(name, kind or "") if name is not None else state.place


def _lot(item: Item, load: Load, state: Stocking, work: StockWork, to: Place | None, now: Circumstances) -> Doubt | No | None:
    apart = to is not None and to.keeps_apart
    without_older = replace(now, lot=replace(now.lot, older=None, ancestor=None))
    if verdict := judged_lot(item, load, state, without_older, {} if apart else work.stops, may_expire=True):
        return verdict
    if packed := in_a_carton(load, state, now):
        return packed
    known = now.lot.known
    doubt = work.doubts.get(known.disposition) if known and not apart else None
    if doubt is None or agreed(doubt, load, state):
        return None
    return Doubt(doubt, Ask.DECIDE, about(load, state), decide())


def _stood(load: Load, state: Stocking, work: StockWork, now: Circumstances) -> str | Doubt | No:
    """Return where the goods stand: as their container says, a person, or the books."""
    if work.comes_in:
        return state.place.name if state.place else now.place
    scanned = _scanned(state, work)
    if scanned is not None and stands_at(load, now) is not None:  # it is there, whatever the books say
        return scanned
    stood = taken_from(load, state, now, scanned)
    if not isinstance(stood, str) or load.answer(FROM) is not None:
        return stood
    to = target(load, state) if work.to_place else None
    return No(Reason.ALREADY_COUNTED, about(load, state, place=stood, there="yes")) if to is not None and to.name == stood else stood


def _scanned(state: Stocking, work: StockWork) -> str | None:
    """The place that was scanned, where goods are taken from it."""
    return state.place.name if state.place is not None and not work.to_place else None


def there(deed: Deed, now: Circumstances) -> Decimal:
    """Return how much the books have of it: in the container, or of the lot in that place."""
    if deed.load.container is not None:
        return deed.load.container.quantity
    if stands_at(deed.load, now) is not None and not deed.work.comes_in:  # a piece that the books have, here or elsewhere
        return Decimal(1)
    if deed.work.amount == "there" and serial_of(deed.load) is not None:
        return piece_there(deed.stood, now)
    if deed.other_label is not None and deed.work.amount == "there":
        return deed.other_label.quantity
    return at(deed.stood, now)


def _amount(item: Item, deed: Deed, now: Circumstances) -> Judgement:
    work = deed.work
    held = there(deed, now)
    amount = _counted(item, deed)
    if not isinstance(amount, Converted):
        return amount
    base = amount.base.amount
    if work.amount == "each":
        copies = _copies(deed, base, held)
        if not isinstance(copies, int):
            return copies
        deed, base = replace(deed, copies=copies), base * copies
    if not work.comes_in and work.amount != "there" and (doubt := _too_little(deed, base, held, now)):
        return doubt
    same = work.amount == "there" and base == held
    if doubt := None if same else _why(deed, now):
        return doubt
    if doubt := _party(deed, now):
        return doubt
    return _more_than_left(deed, base, now) or happened(replace(deed, amount=amount, expected=held), item, now)


def _more_than_left(deed: Deed, base: Decimal, now: Circumstances) -> Doubt | None:
    """Ask where more comes back than that customer has of the lot; another station may have shipped it, so a yes goes on."""
    load, had = deed.load, now.lot.with_customers
    if not deed.work.comes_in or had is None or Reason.LOT_SHORT in load.agreed:
        return None
    theirs = had.get(customer_of(deed, now) or "", Decimal(0))
    if base <= theirs:
        return None
    facts = about(load, deed.state, quantity=plain(base), there=plain(max(theirs, Decimal(0))), came_back="yes")
    others = () if serial_of(load) is not None else (OTHER_AMOUNT,)
    return Doubt(Reason.LOT_SHORT, Ask.DECIDE, facts, (*decide()[:1], *others, *decide()[1:]))


def _too_little(deed: Deed, base: Decimal, held: Decimal, now: Circumstances) -> Doubt | None:
    """Ask where less is there than that; of loose goods it may be that they lie elsewhere."""
    load, state, work = deed.load, deed.state, deed.work
    if base <= held or Reason.LOT_SHORT in load.agreed:
        return None
    others = (OTHER_AMOUNT,) if not (work.to_place and load.container) else ()
    elsewhere = too_little_at(deed.stood, load, state, base, now, _scanned(state, work))
    return elsewhere or short_of(load, state, base, held, others)


def _counted(item: Item, deed: Deed) -> Converted | Doubt:
    load, state, work = deed.load, deed.state, deed.work
    if work.to_place and load.container is not None:  # a container is moved with all that is in it
        whole = Quantity(max(load.container.quantity, Decimal(0)), load.container.unit)
        return to_base(whole, item.unit, item.packs) or Converted(whole, whole, Decimal(1))
    if work.amount == "whole" or (work.amount in ("part", "each") and serial_of(load) is not None):  # a piece is one
        return counted(item, load, state)
    if load.given is None:
        return Doubt(Reason.QUANTITY_MISSING, Ask.QUANTITY, about(load, state, unit=item.unit))
    if work.amount == "there" and load.given.amount == 0:
        return Converted(load.given, Quantity(Decimal(0), item.unit), Decimal(1))
    return counted(item, load, state)


def _copies(deed: Deed, each: Decimal, held: Decimal) -> int | Doubt | No:
    """How many new containers get that much: as a person says, up to what is there."""
    most = min(int(held / each), _MOST_COPIES) if held > 0 else 0
    if serial_of(deed.load) is not None:  # a piece gets one label
        return 1
    chosen = deed.load.answer(COPIES)
    if chosen is not None:
        return int(chosen)
    if most <= 1:
        return 1
    numbers = tuple(dict.fromkeys((1, 2, most)))
    choices = (*(Choice(str(number), str(number)) for number in numbers), _CANCEL)
    return Doubt(None, Ask.DECIDE, about(deed.load, deed.state, quantity=plain(each)), choices, COPIES)


def _why(deed: Deed, now: Circumstances) -> Doubt | None:
    work, load = deed.work, deed.load
    if work.reason is None or load.why is not None:
        return None
    codes = reasons_for(work.reason, now.reasons)
    offered = (*codes, UNKNOWN_CAUSE) if work.cause_may_be_unknown else codes
    choices = tuple(Choice(each.code, each.said) for each in offered)
    return Doubt(None, Ask.CHOOSE_REASON, about(load, deed.state, purpose=work.reason), choices, REASON)


def _party(deed: Deed, now: Circumstances) -> Doubt | None:
    """Who delivered it, where several did; who had it, where several got it."""
    if deed.work.party is None or deed.load.answer(PARTY) is not None:
        return None
    several = now.lot.vendors if deed.work.party == "vendor" else now.lot.customers
    if len(several) <= 1:
        return None
    ask = Ask.CHOOSE_VENDOR if deed.work.party == "vendor" else Ask.CHOOSE_CUSTOMER
    return Doubt(None, ask, about(deed.load, deed.state), tuple(Choice(each, each) for each in several), PARTY)
