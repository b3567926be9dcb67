"""What is known of a lot, in rows and facts: how much there is and where, where it came from, where it went."""

from __future__ import annotations

from typing import Final

from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Fact, Mark, Outline, OutlineRow
from traceability.events import (
    CartonShipped,
    LotConsumed,
    LotPicked,
    LotProduced,
    LotReceived,
    LotReturnedToVendor,
    LotSampled,
    LotScrapped,
)
from traceability.history import Happening
from traceability.lots import Disposition, Lot, LotKey

_MOST: Final = 100  # events that a card reads back
_ICONS: Final = {LotScrapped.kind: "delete", LotSampled.kind: "science"}
MARKS: Final = {
    Disposition.AVAILABLE: Mark.OK,
    Disposition.QUARANTINE: Mark.HOLD,
    Disposition.HOLD: Mark.HOLD,
    Disposition.REJECTED: Mark.BAD,
    Disposition.RECALLED: Mark.BAD,
}


def happened_to(lot: LotKey, sight: Sight) -> list[Happening]:
    """Return what happened to a lot and stands, the latest first."""
    return [each for each in sight.book.history(lot, _MOST) if not each.undone]


def facts_of(lot: Lot, sight: Sight) -> tuple[Fact, ...]:
    """Return how much of a lot there is, where, how long it keeps, and who named it."""
    say, places = sight.language.say, ", ".join(place for place, _ in sight.book.places_of(lot.key)[:3])
    return (
        Fact(say("lot_card.on_hand"), f"{sight.language.amount(lot.on_hand)} {sight.unit(lot.key.item)}"),
        Fact(say("lot_card.place"), places or "–"),
        Fact(say("part.expiry"), sight.language.day(lot.expires_on) if lot.expires_on else "–"),
        Fact(say("lot_card.assigned_by"), lot.key.assigned_by),
    )


def sources_of(lot: LotKey, happened: list[Happening], sight: Sight) -> Outline:
    """Return where a lot came from."""
    rows = tuple(row for each in happened for row in _source(each, lot, sight))
    return Outline(sight.say("title.sources"), rows, empty=sight.say("empty.sources"))


def uses_of(lot: LotKey, happened: list[Happening], sight: Sight, first: tuple[OutlineRow, ...] = ()) -> Outline:
    """Return where a lot went, whom it is meant for, and what was made of it; `first` stands above."""
    seen = {each.event.lot for each in happened if isinstance(each.event, LotProduced)}
    made = (
        OutlineRow(key.code, sight.item_name(key.item), depth=min(step - 1, 3), icon="factory")
        for key, step in sight.book.made_from(lot)
        if key.code not in seen
    )
    used = (row for each in happened for row in _use(each, lot, sight))
    return Outline(sight.say("title.uses"), (*first, *_bound(lot, sight), *used, *made), empty=sight.say("empty.uses"))


def _bound(key: LotKey, sight: Sight) -> tuple[OutlineRow, ...]:
    """Whom some of the lot is packed or set aside for."""
    unit, rows = sight.unit(key.item), []
    for each in sight.book.bound_for(key):
        sold = sight.book.ship_order(each.order) if each.order and each.customer is None else None
        whom = each.customer or (sold.customer_name or sold.customer if sold else "") or each.order or sight.say("lot_card.nobody")
        note = "  ·  ".join(filter(None, (sight.say(f"lot_card.{each.how}"), each.order)))
        rows.append(OutlineRow(whom, note, f"{sight.language.amount(each.amount)} {unit}", icon="package_2"))
    return tuple(rows)


def _source(each: Happening, key: LotKey, sight: Sight) -> tuple[OutlineRow, ...]:
    match each.event:
        case LotReceived(vendor=vendor, order=order, base_quantity=amount, base_unit=unit):
            note = "  ·  ".join(filter(None, (order, sight.language.day(each.at.date()))))
            return (OutlineRow(vendor, note, f"{sight.language.amount(amount)} {unit}", icon="local_shipping"),)
        case LotProduced(item=item, lot=code, inputs=inputs) if (item, code) == (key.item, key.code):
            return tuple(
                OutlineRow(one.lot, sight.item_name(one.item), f"{sight.language.amount(one.quantity)} {one.unit}", icon="factory")
                for one in inputs
            )
        case _:
            return ()


def _use(each: Happening, key: LotKey, sight: Sight) -> tuple[OutlineRow, ...]:
    say, amount = sight.language.say, sight.language.amount
    match each.event:
        case LotConsumed(order=order, base_quantity=used, base_unit=unit):
            return (OutlineRow(order, say("kind.consumption"), f"{amount(used)} {unit}", icon="precision_manufacturing"),)
        case LotProduced(item=item, lot=code) if (item, code) != (key.item, key.code):
            return (OutlineRow(code, sight.item_name(item), icon="factory"),)
        case LotPicked(order=order, base_quantity=picked, base_unit=unit):
            return (OutlineRow(order, say("kind.pick"), f"{amount(picked)} {unit}", icon="shopping_cart"),)
        case CartonShipped(customer=customer, customer_name=name, order=order, contents=contents):
            mine = [one for one in contents if (one.item, one.lot, one.assigned_by) == (key.item, key.code, key.assigned_by)]
            return tuple(
                OutlineRow(name or customer, order, f"{amount(one.base_quantity)} {one.base_unit}", icon="package_2") for one in mine
            )
        case LotReturnedToVendor(vendor=vendor, base_quantity=gone, base_unit=unit) as event:
            return (OutlineRow(vendor, say(f"kind.{event.kind}"), f"{amount(gone)} {unit}", icon="local_shipping"),)
        case LotScrapped(base_quantity=gone, base_unit=unit) | LotSampled(base_quantity=gone, base_unit=unit) as event:
            day = sight.language.day(each.at.date())
            return (OutlineRow(say(f"kind.{event.kind}"), day, f"{amount(gone)} {unit}", icon=_ICONS[event.kind]),)
        case _:
            return ()
