"""Counting on the screens. It is blind: nothing here says what the books expect."""

from __future__ import annotations

from kiosk.presenters.sheet import Goal, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.stock_sheets import question
from kiosk.presenters.views import Button, DocumentHeader, Look, Outline, OutlineRow, QuantityTile
from kiosk.presenters.work_view import set_aside_button, type_lot_button, undo_button
from traceability.events import LotCounted, LotMoved
from traceability.workflows.stocktaking import Stocktake, Tally
from traceability.workflows.working import Load


def header(state: Stocktake, sight: Sight) -> DocumentHeader:
    """Return the place, and how much was found."""
    say = sight.language.say
    if state.place is None:
        return DocumentHeader(say("work.count"), say("empty.place"))
    again = say("document.count_again") if state.round > 1 else ""
    return DocumentHeader(state.place.name, again, count=sight.language.say_of("document.found", len(state.tallies)))


def finish(state: Stocktake, sight: Sight) -> Button:
    """Finishing compares with the books."""
    say = sight.language.say
    if state.place is None:
        return Button("home", say("button.home"), "home")
    look = Look.PRIMARY if state.tallies else Look.PLAIN
    return Button("finish", say("button.finish_count"), "done_all", look=look)


def goal(state: Stocktake, load: Load | None, sight: Sight) -> Goal:
    """Return the item in hand, else what was found last: so a scan is seen to be taken."""
    tally = state.tallies[-1] if state.tallies and load is None else None
    if tally is not None:
        found = f"{tally.description} · {sight.language.amount(tally.amount)} {tally.unit}"
        return Goal(tally.key.code, "  ·  ".join(filter(None, (found, _unlike(tally, sight)))))
    return Goal(load.item.description if load and load.item else "")


def last(state: Stocktake, sight: Sight) -> QuantityTile:
    """Return what was found last."""
    say, tally = sight.language.say, state.tallies[-1] if state.tallies else None
    if tally is None:
        return QuantityTile(say("title.last_found"), nothing=say("empty.counted"))
    changeable = state.question is None and state.last is not None
    return QuantityTile(
        title=say("title.last_found"),
        number=sight.language.amount(tally.amount),
        unit=tally.unit,
        change=say("button.change") if changeable else "",
        action="change_quantity" if changeable else "",
    )


def actions(state: Stocktake, sight: Sight) -> tuple[Button, ...]:
    """Return the buttons while nothing is asked."""
    undo, tally = undo_button(state, sight), state.tallies[-1] if state.tallies else None
    if tally is not None and not (state.begun or state.question):
        words = sight.language.say("button.undo", quantity=sight.language.amount(tally.amount), unit=tally.unit)
        undo = Button("undo", words, "undo")
    return undo, set_aside_button(state, sight), type_lot_button(sight)


def outline(state: Stocktake, sight: Sight) -> Outline | None:
    """Return what was found so far, the latest first; between two places what was recorded last, which undo takes back from the top."""
    if state.place is None:
        return _recorded(state, sight) if state.done else None
    rows = tuple(
        OutlineRow(each.key.code, _noted(each, sight), f"{sight.language.amount(each.amount)} {each.unit}")
        for each in reversed(state.tallies)
    )
    return Outline(state.place.name, rows, empty=sight.language.say("empty.counted"))


def _recorded(state: Stocktake, sight: Sight) -> Outline:
    language, events = sight.language, [each.event for each in reversed(state.done)]
    counted = [each for each in events if isinstance(each, LotCounted | LotMoved)]
    rows = tuple(OutlineRow(each.lot, _where(each), f"{language.amount(each.base_quantity)} {each.base_unit}") for each in counted)
    return Outline(language.say("title.last_counted"), rows, empty=language.say("empty.counted"))


def _where(event: LotCounted | LotMoved) -> str:
    return f"{event.place} → {event.to_place}" if isinstance(event, LotMoved) else f"{event.place}  ·  {event.description}"


def still_open(state: object, sight: Sight) -> str:
    """Return what whoever signs in goes on with."""
    place = state.place if isinstance(state, Stocktake) else None
    return sight.language.say("document.count_open", place=place.name) if place else ""


def _noted(tally: Tally, sight: Sight) -> str:
    """The piece's serial, what it is, and what is odd about finding it here."""
    return "  ·  ".join(filter(None, (tally.serial or "", tally.description, _unlike(tally, sight))))


def _unlike(tally: Tally, sight: Sight) -> str:
    return sight.language.say(f"document.found_{tally.unlike}", place=tally.stood) if tally.unlike is not None else ""


SHEET = Sheet(
    icon="inventory",
    header=header,
    finish=finish,
    goal=goal,
    actions=actions,
    last=last,
    question=question,
    outline=outline,
    still_open=still_open,
    group="stock",
)
