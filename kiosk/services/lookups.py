"""What the book says of what a person typed, chose or scanned: looked up before the rules are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final, assert_never

from kiosk.services import quality_lookups
from kiosk.services.ports import LotBook
from kiosk.services.recognition import items_of_lots
from traceability.backflush import Shelf
from traceability.cartons import Unit, is_sscc
from traceability.events import CartonShipped, Event, LotProduced, LotReceived, LotReturnedByCustomer
from traceability.history import Happening
from traceability.lots import Lot, LotKey
from traceability.number_blocks import Numbered
from traceability.orders import ShipOrder
from traceability.places import Place
from traceability.workflows.consuming import AwaitWorkOrder
from traceability.workflows.inputs import (
    Bought,
    Chosen,
    Circumstances,
    Emptied,
    Input,
    LotAnswer,
    LotQuestion,
    LotsQuestion,
    MadeAnswer,
    MadeQuestion,
    OrderScanned,
    PickQuestion,
    PlaceQuestion,
    Question,
    Scanned,
    Shipped,
    Standing,
    Typed,
    UnitAnswer,
    UnitQuestion,
    WorkOrderScanned,
)
from traceability.workflows.modes import WORKFLOWS, OpenWork
from traceability.workflows.picking import AwaitPickOrder
from traceability.workflows.receiving import AwaitOrder, AwaitVendor
from traceability.workflows.reprint import Reprinting
from traceability.workflows.seat import Seat
from traceability.workflows.step import Ask
from traceability.workflows.working import Working

RECENT_LOTS: Final = 50
#: Questions that a place's name answers.
PLACES: Final = frozenset({Ask.SCAN_PLACE, Ask.CHOOSE_PLACE})
MOST_VENDORS: Final = 10_000
MOST_HISTORY: Final = 200
#: What a container was emptied for, the most telling first.
_INTO: Final = ("customer_name", "customer", "vendor", "order")


def typed(text: str, seat: Seat, book: LotBook) -> Input:
    """Return what typed text is at this seat: a paper's number where one is awaited, else text."""
    named, work = text.strip(), seat.work
    if isinstance(work, AwaitOrder) and (order := book.purchase_order(named)):
        return OrderScanned(order)
    if isinstance(work, AwaitWorkOrder) and (made := book.work_order(named)):
        return WorkOrderScanned(made)
    if isinstance(work, AwaitPickOrder) and (paper := _to_pick(named, book)):
        return paper
    if isinstance(work, Reprinting) and work.question is None and (label := book.label_with_serial(named)):
        return Scanned(label)
    if isinstance(work, Working) and work.question is not None and work.question.ask in PLACES and (place := book.place(named)):
        return Scanned(place)
    takes = WORKFLOWS[seat.work_mode].takes if seat.mode is not None else ()
    if ShipOrder in takes and (sold := book.ship_order(named)):
        return Scanned(sold)
    if Unit in takes and is_sscc(named):
        return Scanned(Unit(named))
    return Typed(text, items_of_lots(book, named, None) if isinstance(work, Working) else ())


def chosen(choice: str, seat: Seat, book: LotBook) -> Input:
    """Return what was chosen: a paper picked from a list, or one of the offered answers."""
    work = seat.work
    if isinstance(work, AwaitWorkOrder) and (made := book.work_order(choice)):
        return WorkOrderScanned(made)
    if isinstance(work, AwaitPickOrder) and (paper := _to_pick(choice, book)):
        return paper
    if isinstance(work, Reprinting) and work.question is None and (label := book.label_of_job(choice)):
        return Scanned(label)
    if seat.mode is not None and ShipOrder in WORKFLOWS[seat.work_mode].takes and (sold := book.ship_order(choice)):
        return Scanned(sold)
    order = book.purchase_order(choice) if isinstance(work, AwaitOrder) else None
    item = book.item(choice) if isinstance(work, OpenWork) else None
    if isinstance(work, AwaitVendor) and choice not in dict(book.vendors(MOST_VENDORS)):
        return Typed(choice)
    return Chosen(choice, order, item)


def _to_pick(number: str, book: LotBook) -> Input | None:
    """An order that goods are fetched for: a customer's, else a work order."""
    if (shipped := book.ship_order(number)) is not None:
        return Scanned(shipped)
    made = book.work_order(number)
    return WorkOrderScanned(made) if made is not None else None


def answered(question: Question | None, now: Circumstances, book: LotBook) -> Circumstances:
    """Return the circumstances with what the book says to the question."""
    match question:
        case None:
            return now
        case PickQuestion():
            return replace(now, pick=book.to_pick(question, now.today, now.place))
        case UnitQuestion(sscc):
            return replace(now, unit=_unit(sscc, book))
        case LotQuestion(item=item, container=label, serial=serial):
            fetched_for = book.picked_for(label) if label is not None else None
            piece = book.serial(item, serial) if serial is not None else None
            answer = _lot(question, now.today, book)
            answer = _packed(answer, question, book) if question.to_pack or label is not None else answer
            if question.sources and answer.known is None:
                answer = replace(answer, sources=_sources(item, book))
            stood = _stood(question.stands or (piece.stands if piece is not None else None), now, book)
            found = replace(now, lot=answer, picked_for=fetched_for, piece=piece, stood=stood, emptied=_emptied(question, answer, book))
            if question.quality:
                return replace(found, lot=quality_lookups.with_quality(found.lot, item, book))
            return replace(found, lot=_whereabouts(question, found.lot, book), reasons=book.reasons()) if question.where else found
        case PlaceQuestion():
            return replace(now, standing=_standing(question, book))
        case LotsQuestion():
            return replace(now, lots=quality_lookups.lots(question, now, book))
        case MadeQuestion():
            piece = book.serial(*question.piece) if question.piece is not None else None
            return replace(now, made=_made(question, now, book), piece=piece)
    assert_never(question)


def _made(question: MadeQuestion, now: Circumstances, book: LotBook) -> MadeAnswer:
    went = (*book.downstream(question.undoing), *book.went_on(question.undoing)) if question.undoing else ()
    downstream = tuple(dict.fromkeys(went))
    answer = MadeAnswer(downstream=downstream, numbers_left=book.numbers_ending(now.at).get(Numbered.LOT))
    order = book.work_order(question.order) if question.order else None
    if order is None:
        return answer
    shelves = tuple(
        Shelf(item.code, item.unit, book.stands(item.code, now.place, now.today))
        for component in order.components
        if (item := book.item(component.item))
        and (item.consumption or now.policies.get("consumption")) == "backflushed"
        and not item.serial_tracked  # which pieces went in nobody could say
    )
    uses, at_hand = book.order_uses(order.number, question.undoing), book.at_hand(order.number, question.undoing)
    return replace(answer, order=order, item=book.item(order.item), uses=uses, shelves=shelves, at_hand=at_hand)


def _standing(question: PlaceQuestion, book: LotBook) -> tuple[Standing, ...]:
    """What the books have in a place, and nothing of the lots that were found there beside."""
    amounts = {**dict.fromkeys(question.lots, Decimal(0)), **dict(book.standing_at(question.place))}
    items, containers = book.items({key.item for key in amounts}), book.containers_at(question.place)
    pieces = book.pieces_at(question.place) if any(each.serial_tracked for each in items.values()) else {}
    return tuple(
        Standing(
            key,
            amount,
            items[key.item].unit if key.item in items else "",
            items[key.item].description if key.item in items else "",
            book.tolerance("count", key.item),
            containers.get(key, ()),
            pieces.get(key, ()),
        )
        for key, amount in amounts.items()
    )


def _stood(name: str | None, now: Circumstances, book: LotBook) -> Place | None:
    """What kind of place the books have it in, where that is not here."""
    return (book.place(name) or Place(name)) if name and name != now.place else None


def _emptied(question: LotQuestion, answer: LotAnswer, book: LotBook) -> Emptied | None:
    """The last event that took something out of a used-up container, and what for."""
    if not question.used_up or answer.known is None:
        return None
    key = answer.known.key
    happened = (each for each in book.history(key, MOST_HISTORY) if not each.undone and question.container in _named(each.event))
    last = next(happened, None)
    if last is None:
        return None
    event = last.event
    into = next((str(told) for name in _INTO if (told := getattr(event, name, None))), event.kind)
    return Emptied(last.at, event.lot if isinstance(event, LotProduced) else into)


def _named(event: Event) -> tuple[str | None, ...]:
    """The containers that an event took something out of."""
    match event:
        case CartonShipped(contents=contents):
            return tuple(each.container for each in contents)
        case LotProduced(inputs=inputs):
            return tuple(each.container for each in inputs)
        case _:
            return (getattr(event, "container", None),)


def _whereabouts(question: LotQuestion, found: LotAnswer, book: LotBook) -> LotAnswer:
    """Add where the lot stands, and for a return who delivered it and who got it."""
    if found.known is None:
        return found
    key = found.known.key
    whole = replace(found, places=book.places_of(key))
    if question.serial is not None:
        whole = replace(whole, named=book.pieces_named(key))
    if not question.parties:
        return whole
    history = book.history(key, MOST_HISTORY)
    happened = [each for each in history if not each.undone]
    bought = (Bought(each.event.vendor, each.event.order) for each in happened if isinstance(each.event, LotReceived))
    shipped = (Shipped(each.event.customer, each.event.order, each.id) for each in happened if isinstance(each.event, CartonShipped))
    with_customers = _with_customers(key, happened) if len(history) < MOST_HISTORY else None
    return replace(whole, bought=tuple(bought), shipped=tuple(shipped), with_customers=with_customers)


def _with_customers(lot: LotKey, happened: Iterable[Happening]) -> dict[str, Decimal]:
    """How much of a lot each customer has still, as far as it is known here."""
    amounts: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in happened:
        match each.event:
            case CartonShipped(customer=customer, contents=contents):
                of_it = (part.base_quantity for part in contents if LotKey(part.item, part.lot, part.assigned_by) == lot)
                amounts[customer] += sum(of_it, Decimal(0))
            case LotReturnedByCustomer(customer=str(customer), base_quantity=back):
                amounts[customer] -= back
            case _:
                pass
    return dict(amounts)


def _unit(sscc: str, book: LotBook) -> UnitAnswer:
    """A fixed number of questions, however much is in it."""
    tree = book.carton(sscc)
    if tree is None:
        return UnitAnswer(None, delivered=book.delivered(sscc))
    if tree.is_empty:
        return UnitAnswer(tree)
    return UnitAnswer(tree, book.lots(tree.lots), book.items({key.item for key in tree.lots}), book.ancestors_on_hold(tree.lots))


def _sources(item: str, book: LotBook) -> tuple[tuple[str, str], ...]:
    """The vendors; those that other lots of the item came from first."""
    theirs = {lot.key.assigned_by for lot in book.lots_of_item(item, RECENT_LOTS)}
    return tuple(sorted(book.vendors(MOST_VENDORS), key=lambda vendor: vendor[0] not in theirs))


def _packed(answer: LotAnswer, question: LotQuestion, book: LotBook) -> LotAnswer:
    if answer.known is None:
        return answer
    key = answer.known.key
    return replace(answer, packed=book.in_cartons(key, question.container), places=book.places_of(key))


def _lot(question: LotQuestion, today: date, book: LotBook) -> LotAnswer:
    lots = book.lots_with_code(question.code, question.item)
    if question.to_use:
        return _lot_to_use(question, lots, today, book)
    known = next((lot for lot in lots if lot.key.assigned_by == question.assigned_by), None)
    recent = book.recent_lot_codes(question.item, RECENT_LOTS) if known is None else ()
    return LotAnswer(known, tuple(lot for lot in lots if lot is not known), recent)


def _lot_to_use(question: LotQuestion, lots: tuple[Lot, ...], today: date, book: LotBook) -> LotAnswer:
    """Where nobody said who assigned it, the only lot of that code is meant; of several a person chooses."""
    meant = [lot for lot in lots if question.assigned_by in (None, lot.key.assigned_by)]
    if len(meant) != 1:
        others = {} if lots else dict.fromkeys(lot.key.item for lot in book.lots_with_code(question.code))
        return LotAnswer(None, tuple(meant), of_others=tuple(others))
    key = meant[0].key
    item = book.item(key.item)
    older = None if item is not None and item.oldest_first == "off" else book.older_lot(meant[0], today)
    return LotAnswer(meant[0], older=older, ancestor=book.ancestors_on_hold((key,)).get(key))
