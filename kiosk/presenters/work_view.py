"""The screens of every scanning work: what was decided last, what is wanted now, what was done so far. Its sheet says what differs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from kiosk.presenters import choices
from kiosk.presenters.approval_view import approval_view
from kiosk.presenters.details_view import DETAILS, details_view, with_details
from kiosk.presenters.language import Language
from kiosk.presenters.sheet import Goal, Pad, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.type_lot_view import type_lot_view
from kiosk.presenters.verdict_view import verdict_hero
from kiosk.presenters.views import Button, DocumentHeader, Hero, Keypad, LabelPart, Look, QuantityTile, ReadyHero, ReceiveView, View
from kiosk.presenters.weighing import weigh_button
from kiosk.presenters.words import choice_in_words, first_clause, shortened
from kiosk.presenters.work_summary import work_summary_view
from traceability.events import CleanedOut, LineCleared
from traceability.items import Item
from traceability.places import Place
from traceability.refusals import Reason, Verdict
from traceability.workflows.modes import WORKFLOWS
from traceability.workflows.step import Ask
from traceability.workflows.working import Asked, Load, Working

MOST_PACKS: Final = 3
MOST_ANSWERS: Final = 4
#: Answers that are touches of their own; others are one of the choices.
TOUCHES: Final = frozenset({"confirm", "cancel", "to_go", "quantity", "override"})
_QUESTION_ICONS: Final = {Ask.DECIDE: "touch_app", Ask.OVERRIDE_BADGE: "badge"}
_PAD_ICON: Final = "dialpad"
#: On the button of an answer; "check" is yes.
ANSWER_ICONS: Final = {
    "quantity": _PAD_ICON,
    "cancel": "close",
    "hold": "front_hand",
    "hold_all": "front_hand",
    "override": "badge",
    "release": "lock_open",
    "test": "science",
    "quarantine": "science",
    "rejected": "block",
    "record": "edit_note",
    "recount": "replay",
    "here": "inventory_2",
    "left": "local_shipping",
    "customer_return": "assignment_return",
    "vendor_return": "local_shipping",
    "made": "factory",
    "made_and_used": "account_tree",
}


def work_view(sheet: Sheet, state: Any, mode: str, sight: Sight) -> View:
    """Return the screen of one kind of work."""
    beside = sheet.beside(state, sight) if sight.overlay == DETAILS and sheet.beside is not None else ()
    if sight.overlay == DETAILS and (details := details_view(state, sight, beside)) is not None:
        return details
    if sheet.own is not None and (own := sheet.own(state, sight)) is not None:
        return own
    asked = getattr(state, "question", None)
    if sight.overlay == "papers" and sheet.papers is not None and asked is None:
        papers = sheet.papers(sight)
        return choices.paged(sight, papers.question, papers.context, papers.tiles, papers.empty)
    if not isinstance(state, Working):
        return beginning_view(sheet, sight)
    if asked is not None and asked.overriding is not None and (second := approval_view(asked, asked.overriding, sight)) is not None:
        return second
    if asked is not None and is_tiled(asked):
        return choices.asked_view(asked, _question(sheet, state, asked, mode, sight), sight)
    if sight.overlay == "type_lot":
        load = state.active()
        return type_lot_view(sight, load.item if load else None, asks_expiry=asked is not None and asked.ask is Ask.SCAN_EXPIRY)
    if sight.overlay == "summary" and sheet.rows is not None:
        return work_summary_view(sheet, state, sight)
    return _open_view(sheet, state, mode, sight)


def _question(sheet: Sheet, state: Working, asked: Asked, mode: str, sight: Sight) -> str:
    """What stands over the tiles: the sheet's words, else those of the question's topic, else of the work, else of the question."""
    if sheet.question is not None and (own := sheet.question(state, asked, sight)):
        return own
    key, topical = f"prompt.{asked.ask}", f"prompt.{asked.ask}_{asked.topic}"
    return sight.language.say(topical) if sight.language.knows(topical) else sight.language.special(key, mode)


def is_tiled(asked: Asked) -> bool:
    """Whether the answers stand as tiles over the whole screen."""
    return asked.ask.startswith("CHOOSE_")


def _open_view(sheet: Sheet, state: Working, mode: str, sight: Sight) -> ReceiveView:
    asked = state.question
    decide = asked is not None and asked.ask in (Ask.DECIDE, Ask.OVERRIDE_BADGE)
    return ReceiveView(
        top=sight.top,
        document=sheet.header(state, sight),
        hero=_hero(sheet, state, mode, sight),
        side=_side(sheet, state, sight),
        scans=sight.scans,
        actions=_answers(asked, mode, sight) if asked and decide else (sheet.actions or standard_actions)(state, sight),
        finish=replace(sheet.finish(state, sight), look=Look.PLAIN) if decide else sheet.finish(state, sight),
        outline=sheet.outline(state, sight) if sheet.outline else None,
    )


def beginning_view(sheet: Sheet, sight: Sight) -> View:
    """Return the screen while no document is open."""
    assert sheet.beginning is not None  # a work that awaits a document says so in its sheet
    begin, language = sheet.beginning(sight), sight.language
    ready: Hero = ReadyHero(begin.prompt, hint=begin.hint, hint_icon=begin.hint_icon)
    pick = (Button("choose_order", language.say("button.choose_order"), "list"),) if sheet.papers else ()
    away = Button("home", language.say("button.home"), "home")
    return ReceiveView(
        top=sight.top,
        document=DocumentHeader(begin.title, begin.note),
        hero=verdict_hero(sight.said, sight.number, language) or ready,
        side=QuantityTile(begin.tile or language.say("title.last_done"), nothing=begin.nothing or language.say("empty.done")),
        scans=sight.scans,
        actions=(*pick, *begin.actions),
        finish=begin.finish or away,
    )


def _hero(sheet: Sheet, state: Working, mode: str, sight: Sight) -> Hero:
    load = state.active()
    parts = label_parts(load, sight, state.question.about.get("quantity"), sheet.counts) if state.question else ()
    verdict = verdict_hero(sight.said, sight.number, sight.language, parts, _tally(sheet, state, sight))
    return with_details(verdict or _ready(sheet, state, load, mode, sight), state, sight)


def _tally(sheet: Sheet, state: Working, sight: Sight) -> str:
    said, health = sight.said, sight.health
    if said is None:
        return ""
    if said.verdict is Verdict.ACCEPTED and health.server and not health.online and health.to_send:
        return sight.language.say("said.saved_here", to_send=sight.language.amount(health.to_send))
    return sheet.tally(state, sight) if sheet.tally else ""


def _ready(sheet: Sheet, state: Working, load: Load | None, mode: str, sight: Sight) -> ReadyHero:
    language, asked = sight.language, state.question
    parts = label_parts(load, sight, counts=sheet.counts)
    if sight.health.no_scanner:
        return ReadyHero(language.say("prompt.no_scanner"), hint=language.say("hint.plug_in"), hint_icon="keyboard", parts=parts)
    goal = sheet.goal(state, load, sight) if sheet.goal else Goal()
    return ReadyHero(
        prompt=_prompt(state, mode, sight),
        item=goal.item,
        line=goal.line,
        received=goal.so_far,
        to_go=goal.to_go,
        fraction=goal.fraction,
        parts=parts,
        hint=_hint(state, load, mode, language) if asked or load else goal.hint or _hint(state, load, mode, language),
        icon=_icon(goal, asked),
        hint_icon=_PAD_ICON if asked is not None and asked.ask is Ask.QUANTITY else "help",
    )


def _icon(goal: Goal, asked: Asked | None) -> str:
    if asked is None or goal.icon != Goal().icon:
        return goal.icon
    return _PAD_ICON if asked.ask is Ask.QUANTITY else _QUESTION_ICONS.get(asked.ask, goal.icon)


def _prompt(state: Working, mode: str, sight: Sight) -> str:
    """What was asked for last; before anything was said, what this work begins with."""
    ask = sight.said.ask if sight.said is not None and sight.said.ask is not None else WORKFLOWS[mode].next_ask(state)
    if state.question is not None and sight.language.knows(topical := f"prompt.{ask}_{state.question.topic}"):
        return sight.language.say(topical)
    known = sight.language.knows(f"prompt.{ask}") and not ask.startswith("CHOOSE_")
    return sight.language.special(f"prompt.{ask if known else Ask.SCAN_LABEL}", mode)


def _hint(state: Working, load: Load | None, mode: str, language: Language) -> str:
    asked = state.question
    if asked is not None and asked.ask in _QUESTION_ICONS:
        return language.say(f"ask.{asked.ask}")
    if (asked.ask if asked else WORKFLOWS[mode].next_ask(state)) is Ask.SCAN_PLACE:
        return language.say("ask.SCAN_PLACE")
    if asked is not None and asked.ask is Ask.QUANTITY:
        return language.special("hint.then_set", asked.topic if language.knows(f"hint.then_set_{asked.topic}") else mode)
    return language.special("hint.other_code" if load else "hint.damaged", mode)


def label_parts(load: Load | None, sight: Sight, asked_about: str | None = None, counts: bool = True) -> tuple[LabelPart, ...]:
    """Return the pieces of a label that is being put together, filled or missing; a work that counts nothing wants no quantity."""
    if load is None:
        return ()
    item, lot, language = load.item, load.lot, sight.language
    amount = None
    if asked_about and item:
        amount = f"{language.figure(asked_about)} {item.unit}"
    elif load.given:
        amount = f"{language.amount(load.given.amount)} {load.given.unit}"
    return (
        LabelPart(language.say("part.item"), item.code if item else None),
        LabelPart(language.say("part.lot"), shortened(lot) if lot else None),
        *((LabelPart(language.say("part.quantity"), amount),) if counts or amount else ()),
    )


def _side(sheet: Sheet, state: Working, sight: Sight) -> QuantityTile | Keypad:
    asked = state.question
    if asked is not None and asked.ask is Ask.QUANTITY and (pad := pad_of(sheet, state, sight)) is not None:
        return _keypad(asked, pad, sight)
    if sheet.last is not None:
        return sheet.last(state, sight)
    return QuantityTile(sight.language.say("title.last_done"), nothing=sight.language.say("empty.done"))


def pad_of(sheet: Sheet, state: Any, sight: Sight) -> Pad | None:
    """Return which quantity is asked; None where none is."""
    asked = getattr(state, "question", None)
    if asked is None or asked.ask is not Ask.QUANTITY:
        return None
    if sheet.pad is not None:
        return sheet.pad(state, asked, sight)
    item = asked.load.item if asked.load else None
    return Pad(item, sight.language.say("title.quantity")) if item else None


def _keypad(asked: Asked, pad: Pad, sight: Sight) -> Keypad:
    language, typing, item = sight.language, sight.typing, pad.item
    unit = typing.unit or item.unit
    return Keypad(
        title=pad.title,
        buffer=typing.buffer.replace(".", language.decimal),
        unit=unit,
        set_button=Button("set", pad.set_words or language.say("button.set"), "check", look=Look.PRIMARY),
        cancel_button=pad.cancel or Button("cancel", language.say("button.cancel")),
        to_go=pad.to_go,
        problem=_problem(asked, sight),
        decimal=language.decimal,
        packs=_one_touch(pad, sight),
        unit_button=unit_button(item, unit, language) if pad.has_packs else None,
        erase=language.say("button.erase"),
    )


def _one_touch(pad: Pad, sight: Sight) -> tuple[Button, ...]:
    """Return what stands where the work's own buttons stand otherwise: the sign of what is measured, or whole packs."""
    if pad.signed:
        return (Button("key:-", "+/\N{MINUS SIGN}"),)
    return (*weigh_button(pad.item, sight), *pack_buttons(pad.item, sight.language))[:MOST_PACKS] if pad.has_packs else ()


def unit_button(item: Item, unit: str, language: Language) -> Button | None:
    """Return the touch that counts in the next unit, which it names; None where there is one only."""
    return Button("unit", language.say("button.count", unit=next_unit(item, unit)), "sync") if item.packs else None


def next_unit(item: Item, unit: str) -> str:
    """Return what is counted after one more touch: the item's own unit and its packs, in turn."""
    units = [item.unit, *item.packs]
    return units[(units.index(unit) + 1) % len(units)]


def pack_buttons(item: Item, language: Language) -> tuple[Button, ...]:
    """Return the one-touch amounts: a whole bag, a whole box."""
    sizes = list(item.packs.items())[:MOST_PACKS]
    return tuple(Button(f"pack:{name}", f"1 {name} {language.amount(size)} {item.unit}", "package_2") for name, size in sizes)


def _problem(asked: Asked, sight: Sight) -> str:
    if asked.reason is not Reason.QUANTITY_INVALID or sight.typing.buffer:
        return ""
    message = asked.about.get("message", "")
    return first_clause(sight.language.detail(message) or message)


def _answers(asked: Asked, mode: str, sight: Sight) -> tuple[Button, ...]:
    about = {"workflow": mode, **asked.about}
    return tuple(
        Button(
            choice.id if choice.id in TOUCHES else f"choose:{choice.id}",
            choice_in_words(choice, about, sight.language),
            ANSWER_ICONS.get(choice.id, "check"),
        )
        for choice in asked.choices
    )[:MOST_ANSWERS]


def standard_actions(state: Working, sight: Sight) -> tuple[Button, ...]:
    """Return the buttons of a work that brings none of its own: undo, set aside, type the lot."""
    return undo_button(state, sight), set_aside_button(state, sight), type_lot_button(sight)


def undo_button(state: Working, sight: Sight) -> Button:
    """Undo names what it undoes: the label begun, else the last thing done."""
    language, last = sight.language, state.done[-1] if state.done else None
    words = language.say("button.undo_last")
    if state.begun or state.question:
        words = language.say("button.undo_label")
    elif last is not None and last.amount:
        words = language.say("button.undo", quantity=language.amount(last.amount), unit=last.unit)
    elif last is not None and isinstance(last.event, CleanedOut | LineCleared):
        words = language.say("button.undo_place", place=shortened(last.event.place))
    nothing = "" if last or state.begun or state.question else language.say("disabled.undo")
    return Button("undo", words, "undo", not nothing, nothing)


def set_aside_button(state: Working, sight: Sight) -> Button:
    """A person has dealt with what was refused last."""
    # While something is asked, that comes first; at rest produce asks all the time.
    asked = state.question is not None and state.question.topic != "made"
    nothing = "" if state.refused and not asked else sight.language.say("disabled.nothing_refused")
    return Button("set_aside", sight.language.say("button.set_aside"), "front_hand", not nothing, nothing)


def empty_button(place: Place, sight: Sight) -> Button:
    """Nothing of what was loaded is left there: said by a touch, so that it is in nothing that is made from now on."""
    if place.is_vessel:
        return Button("clean_out", sight.language.say("button.cleaned_out"), "cleaning_services")
    return Button("empty", sight.language.say("button.empty"), "check_box_outline_blank")


def type_lot_button(sight: Sight) -> Button:
    """For labels that can't be scanned."""
    return Button("type_lot", sight.language.say("button.type_lot"), "keyboard")
