"""A lot's card: what it is and how it stands, where it came from at the left, where it went at the right."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.presenters import lookup_papers
from kiosk.presenters.health import age
from kiosk.presenters.sheet import Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.stock_sheets import finish, question
from kiosk.presenters.views import Button, DocumentHeader, Fact, LotCard, LotView, Mark, Outline, OutlineRow, View
from kiosk.presenters.work_view import set_aside_button, type_lot_button
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
from traceability.lots import Disposition, LotKey
from traceability.refusals import Reason
from traceability.workflows.lookup import LookingUp

_MOST: Final = 100
_ICONS: Final = {LotScrapped.kind: "delete", LotSampled.kind: "science"}
_MARKS: Final = {
    Disposition.AVAILABLE: Mark.OK,
    Disposition.QUARANTINE: Mark.HOLD,
    Disposition.HOLD: Mark.HOLD,
    Disposition.REJECTED: Mark.BAD,
    Disposition.RECALLED: Mark.BAD,
}


def header(state: LookingUp, sight: Sight) -> DocumentHeader:
    """Return what is looked at, whose it is, and how old that knowledge is."""
    name = lookup_papers.title(state, sight)
    said = "  ·  ".join(filter(None, (lookup_papers.note(state, sight), known_as_of(state, sight)))) if name else ""
    return DocumentHeader(name or sight.say("work.lookup"), said)


def known_as_of(state: LookingUp, sight: Sight) -> str:
    """Return when the server was heard last, when the card was made; or that this station alone says so."""
    if state.looked_at is None:
        return ""
    if state.never_read:
        return sight.say("lot_card.never_read")
    if state.knowledge_age is None:
        return sight.say("lot_card.alone")
    span = timedelta(seconds=state.knowledge_age)
    heard = (state.looked_at - span).astimezone(ZoneInfo(sight.book.zone()))
    return sight.say("lot_card.as_of", time=f"{heard:%H:%M}", age=age(span, sight.language))


def own(state: LookingUp, sight: Sight) -> View | None:
    """Return the card of the lot that was scanned; None where no lot is shown."""
    lot = sight.book.lot(state.lot) if state.lot else None
    if lot is None or state.question is not None or state.begun or sight.overlay:
        return None
    say, unit = sight.language.say, sight.unit(lot.key.item)
    happened = [each for each in sight.book.history(lot.key, _MOST) if not each.undone]
    sources = tuple(row for each in happened for row in _source(each, lot.key, sight))
    seen = {each.event.lot for each in happened if isinstance(each.event, LotProduced)}
    uses = (
        *_container(state, happened, sight),
        *_bound(lot.key, sight),
        *(row for each in happened for row in _use(each, lot.key, sight)),
        *(
            OutlineRow(key.code, sight.item_name(key.item), depth=min(step - 1, 3), icon="factory")
            for key, step in sight.book.made_from(lot.key)
            if key.code not in seen
        ),
    )
    places = ", ".join(place for place, _ in sight.book.places_of(lot.key)[:3])
    facts = (
        Fact(say("lot_card.on_hand"), f"{sight.language.amount(lot.on_hand)} {unit}"),
        Fact(say("lot_card.place"), places or "–"),
        Fact(say("part.expiry"), sight.language.day(lot.expires_on) if lot.expires_on else "–"),
        Fact(say("lot_card.assigned_by"), lot.key.assigned_by),
    )
    return LotView(
        sight.top,
        LotCard(_MARKS[lot.disposition], lot.key.code, sight.item_name(lot.key.item), _standing(state, lot.disposition, sight), facts),
        Outline(say("title.sources"), sources, empty=say("empty.sources")),
        Outline(say("title.uses"), uses, empty=say("empty.uses")),
        Button("home", say("button.home"), "home"),
        hint="  ·  ".join(filter(None, (known_as_of(state, sight), say("ask.SCAN_LABEL_lookup")))),
    )


def actions(state: LookingUp, sight: Sight) -> tuple[Button, ...]:
    """Nothing is done here that could be undone."""
    return (*((set_aside_button(state, sight),) if state.refused else ()), type_lot_button(sight))


def outline(state: LookingUp, sight: Sight) -> Outline | None:
    """Return what belongs to the place, carton, order or item that was scanned."""
    return lookup_papers.rows(state, sight)


def _standing(state: LookingUp, disposition: Disposition, sight: Sight) -> str:
    """How the lot stands, and what may be done with it now."""
    match state.why_not:
        case Reason.LOT_EXPIRED:
            stands = sight.say("lot_card.expired")
        case Reason.ANCESTOR_ON_HOLD:
            stands = sight.say("lot_card.tainted", ancestor=state.ancestor or "")
        case _:
            stands = sight.say(f"lot_card.{disposition}")
    return ": ".join(filter(None, (stands, sight.say(f"lot_card.may_{state.may}") if state.may else "")))


def _container(state: LookingUp, happened: list[Happening], sight: Sight) -> tuple[OutlineRow, ...]:
    """The container whose label was scanned: what is left in it and where, or by what it was emptied; whom it was fetched for."""
    container = sight.book.container(state.container) if state.container else None
    if container is None:
        return ()
    notes, order = [container.place], sight.book.picked_for(container.serial)
    if container.quantity <= 0:
        last = next((each for each in happened if getattr(each.event, "container", None) == container.serial), None)
        words = getattr(last.event, "order", None) or sight.say(f"kind.{last.event.kind}") if last else ""
        moment = last.at.astimezone(ZoneInfo(sight.book.zone())) if last else None
        notes = [sight.say("lot_card.used_up"), words, f"{sight.language.day(moment.date())} {moment:%H:%M}" if moment else ""]
    elif order is not None:
        notes.append(sight.say("lot_card.picked", order=order[1]))
    amount = f"{sight.language.amount(container.quantity)} {container.unit}"
    return (OutlineRow(container.serial, "  ·  ".join(filter(None, notes)), amount, icon="label", current=True),)


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


SHEET = Sheet(icon="search", header=header, finish=finish, actions=actions, question=question, outline=outline, own=own, counts=False)
