"""What was looked up and is no lot: a place, an item's lots, a carton or pallet, an order's paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Mark, Outline, OutlineRow
from traceability.cartons import CartonState, KnownCarton
from traceability.lots import LotKey
from traceability.workflows.lookup import LookingUp

_MOST: Final = 100
_STANDS: Final = {CartonState.SHIPPED: Mark.OK, CartonState.VOIDED: Mark.BAD}


def title(state: LookingUp, sight: Sight) -> str:
    """Return what the card in hand is of; empty: of nothing."""
    say, language = sight.say, sight.language
    if state.place is not None:
        return state.place
    if state.paper is not None:
        kind, number = state.paper
        return language.say("document.order" if kind == "purchase_order" else f"document.{kind}", order=number)
    if state.unit is not None:
        tree = sight.book.carton(state.unit)
        return say(f"document.{tree.unit.level}" if tree else "document.delivered", sscc=state.unit)
    return ""


def note(state: LookingUp, sight: Sight) -> str:
    """Return whose it is, and where it is."""
    if state.unit is not None:
        return _unit_note(state.unit, sight)
    if state.paper is None:
        return ""
    kind, number = state.paper
    match kind:
        case "purchase_order" if (bought := sight.book.purchase_order(number)) is not None:
            return bought.vendor_name or bought.vendor
        case "work_order" if (made := sight.book.work_order(number)) is not None:
            amount = sight.language.amount(made.quantity)
            return sight.say("document.makes", quantity=amount, unit=made.unit, item=sight.item_name(made.item))
        case "ship_order" if (sold := sight.book.ship_order(number)) is not None:
            return sight.say("document.for_customer", customer=sold.customer_name or sold.customer)
        case _:
            return ""


def _unit_note(sscc: str, sight: Sight) -> str:
    tree, left = sight.book.carton(sscc), sight.book.left_at(sscc)
    if tree is None:
        held = sight.book.delivered(sscc)
        days = (sight.language.day(each.at.astimezone(ZoneInfo(sight.book.zone())).date()) for each in held)
        return "  ·  ".join(dict.fromkeys(filter(None, (*(name for each in held for name in (each.vendor, each.order)), *days))))
    unit = tree.unit
    when = f" {sight.language.day(left.date())} {left.astimezone(ZoneInfo(sight.book.zone())):%H:%M}" if left is not None else ""
    whose = " ".join(filter(None, (unit.customer, unit.order)))
    return "  ·  ".join(
        filter(None, (sight.say(f"lot_card.unit_{unit.state}") + when, whose, sight.say("lot_card.on_pallet") if unit.parent else ""))
    )


def rows(state: LookingUp, sight: Sight) -> Outline | None:
    """Return what belongs to it; None where the last scans stand there."""
    name, begun = title(state, sight), next((load.item for load in state.begun if load.item is not None), None)
    if begun is not None:
        lots = sight.book.lots_of_item(begun.code, _MOST)
        found = (
            OutlineRow(lot.key.code, sight.say(f"lot_card.{lot.disposition}"), _amount(lot.on_hand, begun.unit, sight)) for lot in lots
        )
        return Outline(begun.description or begun.code, tuple(found), empty=sight.say("empty.counted"))
    if state.place is not None:
        there = sight.book.standing_at(state.place, _MOST)
        return Outline(name, tuple(_lot_row(key, amount, sight) for key, amount in there), empty=sight.say("empty.counted"))
    if state.unit is not None:
        tree = sight.book.carton(state.unit)
        inside = tuple(row for each in tree.all for row in _inside(each, state.unit, sight)) if tree else _delivered(state.unit, sight)
        return Outline(name, inside, empty=sight.say("empty.counted"))
    if state.paper is not None:
        return Outline(name, _paper_rows(*state.paper, sight), empty=sight.say("empty.counted"))
    return None


def _delivered(sscc: str, sight: Sight) -> tuple[OutlineRow, ...]:
    """What came in under a vendor's SSCC, and where what is left of it stands."""
    rows = list[OutlineRow]()
    for each in sight.book.delivered(sscc):
        rows.append(_lot_row(each.lot, each.quantity, sight))
        rows.extend(OutlineRow(place, "", _amount(left, each.unit, sight), depth=1) for place, left in each.places)
        if not each.places:
            rows.append(OutlineRow(sight.say("lot_card.used_up"), depth=1))
    return tuple(rows)


def _inside(unit: KnownCarton, looked_at: str, sight: Sight) -> tuple[OutlineRow, ...]:
    lots = tuple(_lot_row(each.lot, each.quantity, sight, depth=1) for each in unit.contents)
    if unit.sscc == looked_at:
        return lots
    own = OutlineRow(
        sight.say(f"document.{unit.level}", sscc=unit.sscc), sight.say(f"lot_card.unit_{unit.state}"), mark=_STANDS.get(unit.state)
    )
    return own, *lots


def _lot_row(key: LotKey, amount: Decimal, sight: Sight, depth: int = 0) -> OutlineRow:
    return OutlineRow(key.code, sight.item_name(key.item), _amount(amount, sight.unit(key.item), sight), depth=depth)


def _amount(amount: Decimal, unit: str, sight: Sight) -> str:
    return f"{sight.language.amount(amount)} {unit}"


def _paper_rows(kind: str, number: str, sight: Sight) -> tuple[OutlineRow, ...]:
    book = sight.book
    match kind:
        case "purchase_order" if (bought := book.purchase_order(number)) is not None:
            lots = book.lots_received_on(number)
            wanted = [(line.item, line.received, line.ordered) for line in bought.lines]
        case "work_order" if (made := book.work_order(number)) is not None:
            lots = (*book.lots_made_by(number), *book.lots_used_by(number))
            wanted = [(made.item, made.made, made.quantity), *((each.item, each.used, each.planned) for each in made.components)]
        case "ship_order" if (sold := book.ship_order(number)) is not None:
            lots, wanted = (), [(line.item, line.shipped, line.ordered) for line in sold.lines]
        case _:
            return ()
    found: list[OutlineRow] = []
    for item, done, planned in wanted:
        so_far = sight.say(
            "document.of", received=sight.language.amount(done), ordered=sight.language.amount(planned), unit=sight.unit(item)
        )
        found.append(OutlineRow(sight.item_name(item), item, so_far, mark=Mark.OK if done >= planned else None))
        found.extend(OutlineRow(key.code, key.assigned_by, depth=1) for key in dict.fromkeys(lots) if key.item == item)
    return tuple(found)
