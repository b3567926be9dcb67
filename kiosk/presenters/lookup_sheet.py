"""A lot's card: what it is and how it stands, where it came from at the left, where it went at the right."""

from __future__ import annotations

from typing import Final

from kiosk.presenters.sheet import Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.stock_sheets import finish, question
from kiosk.presenters.views import Button, DocumentHeader, Fact, LotCard, LotView, Mark, Outline, OutlineRow, View
from traceability.events import CartonShipped, LotConsumed, LotProduced, LotReceived, LotReturnedToVendor, LotSampled, LotScrapped
from traceability.history import Happening
from traceability.lots import Disposition, LotKey
from traceability.workflows.lookup import LookingUp

_MOST: Final = 100
_MARKS: Final = {
    Disposition.AVAILABLE: Mark.OK,
    Disposition.QUARANTINE: Mark.HOLD,
    Disposition.HOLD: Mark.HOLD,
    Disposition.REJECTED: Mark.BAD,
    Disposition.RECALLED: Mark.BAD,
}


def header(state: LookingUp, sight: Sight) -> DocumentHeader:
    """Return the place that is looked at."""
    return DocumentHeader(state.place or sight.say("work.lookup"), "")


def own(state: LookingUp, sight: Sight) -> View | None:
    """Return the card of the lot that was scanned; None where no lot is shown."""
    lot = sight.book.lot(state.lot) if state.lot else None
    if lot is None or state.question is not None or state.begun or sight.overlay:
        return None
    say, unit = sight.language.say, sight.unit(lot.key.item)
    happened = [each for each in sight.book.history(lot.key, _MOST) if not each.undone]
    sources = tuple(row for each in happened for row in _source(each, lot.key, sight))
    uses = tuple(row for each in happened for row in _use(each, lot.key, sight))
    places = ", ".join(place for place, _ in sight.book.places_of(lot.key)[:3])
    facts = (
        Fact(say("lot_card.on_hand"), f"{sight.language.amount(lot.on_hand)} {unit}"),
        Fact(say("lot_card.place"), places or "–"),
        Fact(say("part.expiry"), sight.language.day(lot.expires_on) if lot.expires_on else "–"),
        Fact(say("lot_card.assigned_by"), lot.key.assigned_by),
    )
    return LotView(
        sight.top,
        LotCard(_MARKS[lot.disposition], lot.key.code, sight.item_name(lot.key.item), say(f"lot_card.{lot.disposition}"), facts),
        Outline(say("title.sources"), sources, empty=say("empty.sources")),
        Outline(say("title.uses"), uses, empty=say("empty.uses")),
        Button("home", say("button.home"), "home"),
        hint=say("ask.SCAN_LABEL_lookup"),
    )


def outline(state: LookingUp, sight: Sight) -> Outline | None:
    """Return what stands in the place that was scanned."""
    if state.place is None:
        return None
    rows = tuple(
        OutlineRow(key.code, sight.item_name(key.item), f"{sight.language.amount(amount)} {sight.unit(key.item)}")
        for key, amount in sight.book.standing_at(state.place)
    )
    return Outline(state.place, rows, empty=sight.say("empty.counted"))


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
        case CartonShipped(customer=customer, order=order, contents=contents):
            mine = [one for one in contents if (one.item, one.lot, one.assigned_by) == (key.item, key.code, key.assigned_by)]
            return tuple(OutlineRow(customer, order, f"{amount(one.base_quantity)} {one.base_unit}", icon="package_2") for one in mine)
        case LotScrapped() | LotSampled() | LotReturnedToVendor() as gone:
            words = gone.vendor if isinstance(gone, LotReturnedToVendor) else say(f"kind.{gone.kind}")
            return (OutlineRow(words, say(f"kind.{gone.kind}"), f"{amount(gone.base_quantity)} {gone.base_unit}", icon="science"),)
        case _:
            return ()


SHEET = Sheet(icon="search", header=header, finish=finish, question=question, outline=outline, own=own, counts=False)
