"""A lot's card: what it is and how it stands, where it came from at the left, where it went at the right."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from kiosk.presenters import lookup_papers
from kiosk.presenters.health import age
from kiosk.presenters.lot_facts import MARKS, facts_of, happened_to, sources_of, uses_of
from kiosk.presenters.sheet import Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.stock_sheets import finish, question
from kiosk.presenters.views import Button, DocumentHeader, LotCard, LotView, Outline, OutlineRow, View
from kiosk.presenters.work_view import set_aside_button, type_lot_button
from traceability.history import Happening
from traceability.lots import Disposition
from traceability.refusals import Reason
from traceability.workflows.lookup import LookingUp


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
    say, happened = sight.language.say, happened_to(lot.key, sight)
    stands, facts = _standing(state, lot.disposition, sight), facts_of(lot, sight)
    return LotView(
        sight.top,
        LotCard(MARKS[lot.disposition], lot.key.code, sight.item_name(lot.key.item), stands, facts),
        sources_of(lot.key, happened, sight),
        uses_of(lot.key, happened, sight, _container(state, happened, sight)),
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


SHEET = Sheet(icon="search", header=header, finish=finish, actions=actions, question=question, outline=outline, own=own, counts=False)
