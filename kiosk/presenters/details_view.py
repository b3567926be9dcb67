"""What was done last, looked at closely: the lot's card, or what is in the carton; a photo is attached here."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from kiosk.presenters import lookup_papers, lot_facts
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, Fact, Hero, LotCard, LotView, Mark, Outline, OutlineRow, VerdictHero
from kiosk.presenters.words import named
from traceability.events import CartonShipped
from traceability.refusals import Verdict
from traceability.workflows.attaching import Entry, last_entry
from traceability.workflows.lookup import LookingUp

#: What lies over the work while this is shown, and the touch that opens it.
DETAILS = "details"
_COUNTED = (Verdict.ACCEPTED, Verdict.HOLD)


def with_details(hero: Hero, work: object, sight: Sight) -> Hero:
    """Return the verdict so that a touch opens what it speaks of, where that stands and is the last thing that was done."""
    said, entry = sight.said, last_entry(work)
    speaks_of_it = said is not None and entry is not None and said.verdict in _COUNTED and _is_named(entry, said.about)
    return hero.opening(DETAILS, sight.language.say("button.details")) if isinstance(hero, VerdictHero) and speaks_of_it else hero


def _is_named(entry: Entry, about: dict[str, str]) -> bool:
    name = entry.lot.code if entry.lot else entry.unit
    return name is not None and "undone" not in about and name in (about.get("lot"), about.get("sscc"))


def details_view(work: object, sight: Sight, beside: tuple[Button, ...] = ()) -> LotView | None:
    """Return the card of what was done last, and what can be done with it there; None where nothing was that still stands."""
    entry = last_entry(work)
    if entry is None:
        return None
    card, sources, uses = _of_lot(entry, sight) or _of_unit(entry, sight)
    back = Button("back", sight.say("button.back"), "arrow_back")
    return LotView(sight.top, card, sources, uses, back, (_photo(sight), *beside), sight.say("hint.photo"))


def _photo(sight: Sight) -> Button:
    nothing = "" if sight.has_camera else sight.say("disabled.no_camera")
    return Button("photo", sight.say("button.photo"), "photo_camera", not nothing, nothing)


def _of_lot(entry: Entry, sight: Sight) -> tuple[LotCard, Outline, Outline] | None:
    lot = sight.book.lot(entry.lot) if entry.lot else None
    if lot is None:
        return None
    state = sight.say(f"lot_card.{lot.disposition}")
    facts = (_done(entry, sight), *lot_facts.facts_of(lot, sight)[:3])
    card = LotCard(lot_facts.MARKS[lot.disposition], lot.key.code, sight.item_name(lot.key.item), state, facts)
    happened = lot_facts.happened_to(lot.key, sight)
    return card, lot_facts.sources_of(lot.key, happened, sight), lot_facts.uses_of(lot.key, happened, sight)


def _of_unit(entry: Entry, sight: Sight) -> tuple[LotCard, Outline, Outline]:
    """What is no lot: a carton with what is in it, and where it is."""
    say, shown = sight.say, LookingUp(unit=entry.unit)
    level = {"level": str(level)} if (level := getattr(entry.event, "level", None)) else {}
    name = named({"sscc": entry.unit, **level} if entry.unit else {}, sight.language) or say(f"kind.{entry.event.kind}")
    card = LotCard(Mark.OK, name, lookup_papers.note(shown, sight) if entry.unit else "", "", (_done(entry, sight),))
    inside = lookup_papers.rows(shown, sight) if entry.unit else None
    return (
        card,
        Outline(say("title.inside"), inside.rows if inside else (), empty=say("empty.packed")),
        Outline(say("title.uses"), _bound_for(entry), empty=say("empty.uses")),
    )


def _bound_for(entry: Entry) -> tuple[OutlineRow, ...]:
    match entry.event:
        case CartonShipped(customer=customer, customer_name=name, order=order):
            return (OutlineRow(name or customer, order, icon="local_shipping"),)
        case _:
            return ()


def _done(entry: Entry, sight: Sight) -> Fact:
    """What kind of event it was, and how much."""
    amount = f"{sight.language.amount(entry.amount)} {entry.measure}" if entry.amount is not None else ""
    at = entry.at.astimezone(ZoneInfo(sight.book.zone()))
    return Fact(sight.say(f"kind.{entry.event.kind}"), "  ·  ".join(filter(None, (amount, f"{at:%H:%M}"))))
