"""The receive screen: what was decided last, what is missing, what came in so far."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from kiosk.presenters.details_view import with_details
from kiosk.presenters.health import Health
from kiosk.presenters.language import Language
from kiosk.presenters.sight import Sight
from kiosk.presenters.verdict_view import verdict_hero
from kiosk.presenters.views import (
    Button,
    DocumentHeader,
    Hero,
    Keypad,
    LabelPart,
    Look,
    QuantityTile,
    ReadyHero,
    ReceiveView,
)
from kiosk.presenters.weighing import came_by, weigh_button
from kiosk.presenters.words import choice_in_words, first_clause, readable, shortened
from kiosk.presenters.work_view import ANSWER_ICONS, MOST_PACKS, pack_buttons, unit_button
from traceability.events import LotReceived
from traceability.items import Item
from traceability.orders import OrderLine, PurchaseOrder
from traceability.refusals import Reason, Verdict
from traceability.workflows.receiving import Draft, Question, Receiving
from traceability.workflows.step import Ask, Said

_PROMPTED: Final = frozenset({Ask.QUANTITY, Ask.SCAN_LABEL, Ask.SCAN_ITEM, Ask.SCAN_LOT, Ask.SCAN_EXPIRY, Ask.OVERRIDE_BADGE})


def receive_view(state: Receiving, sight: Sight) -> ReceiveView:
    """Return the screen of an open delivery."""
    language = sight.language
    return ReceiveView(
        top=sight.top,
        document=document_header(state, language),
        hero=with_details(hero(state, sight.said, sight.number, sight.health, sight.item, language), state, sight),
        side=_side(state, sight),
        scans=sight.scans,
        actions=_actions(state, language),
        finish=Button("finish", language.say("button.finish"), "done_all", look=Look.PRIMARY if _complete(state) else Look.PLAIN),
    )


def empty_view(sight: Sight) -> ReceiveView:
    """Return the screen while no delivery is open."""
    language = sight.language
    ready: Hero = ReadyHero(language.say("prompt.order"), hint=language.say("hint.from_list"), hint_icon="list")
    return ReceiveView(
        top=sight.top,
        document=DocumentHeader(language.say("empty.document"), language.say("ask.SCAN_ORDER")),
        hero=verdict_hero(sight.said, sight.number, language) or ready,
        side=_nothing_counted(language),
        scans=sight.scans,
        actions=(
            Button("choose_order", language.say("button.choose_order"), "list"),
            Button("blind", language.say("button.blind"), "help"),
        ),
        finish=Button("home", language.say("button.home"), "home"),
    )


def _nothing_counted(language: Language) -> QuantityTile:
    return QuantityTile(language.say("title.last_quantity"), nothing=language.say("empty.counted"))


def document_header(state: Receiving, language: Language) -> DocumentHeader:
    """Return what is open, and how far it is."""
    order = state.order
    done = sum(line.to_go == 0 for line in order.lines)
    lots = len({taken.receipt.lot for taken in state.taken})
    return DocumentHeader(
        number=language.say("document.order", order=order.number) if order.number else language.say("document.no_order"),
        note=order.vendor_name or order.vendor,
        progress=language.say_of("document.done", len(order.lines), done=str(done)) if order.lines else "",
        count=language.say_of("document.lots", lots),
        segments=tuple(_share(line) for line in order.lines),
    )


def _share(line: OrderLine) -> float:
    return float(min(line.received / line.ordered, Decimal(1))) if line.ordered else 1.0


def _complete(state: Receiving) -> bool:
    return bool(state.order.lines) and all(line.to_go == 0 for line in state.order.lines)


def hero(
    state: Receiving, said: Said | None, number: int, health: Health, item_of: Callable[[str], Item | None], language: Language
) -> Hero:
    """Return the verdict area: the last verdict until the next scan, else what is wanted now."""
    draft = state.active()
    parts = _parts(draft, language) if state.question else ()
    verdict = verdict_hero(said, number, language, parts, _tally(said, health, language))
    return verdict or _ready(state, draft, said, health, item_of, language)


def _tally(said: Said | None, health: Health, language: Language) -> str:
    if said is None:
        return ""
    if said.verdict is Verdict.ACCEPTED and health.server and not health.online and health.to_send:
        return language.say("said.saved_here", to_send=language.amount(health.to_send))
    return language.say("said.received_of", **readable(said.about, language)) if "received" in said.about else ""


def _ready(
    state: Receiving,
    draft: Draft | None,
    said: Said | None,
    health: Health,
    item_of: Callable[[str], Item | None],
    language: Language,
) -> ReadyHero:
    parts = _parts(draft, language)
    if health.no_scanner:
        return ReadyHero(language.say("prompt.no_scanner"), hint=language.say("hint.plug_in"), hint_icon="keyboard", parts=parts)
    asked = said.ask if said is not None else None
    prompt = language.say(f"prompt.{asked if asked in _PROMPTED else Ask.SCAN_LABEL}")
    hint = language.say("hint.then_set" if asked is Ask.QUANTITY else "hint.other_code" if draft else "hint.damaged")
    icon, hint_icon = ("dialpad", "dialpad") if asked is Ask.QUANTITY else ("barcode_scanner", "help")
    line = _line_of(state.order, draft)
    item = (draft.item if draft else None) or (item_of(line.item) if line else None)
    if line is None:
        return ReadyHero(prompt, item.description if item else "", parts=parts, hint=hint, icon=icon, hint_icon=hint_icon)
    unit = item.unit if item else ""
    received, ordered = language.amount(line.received), language.amount(line.ordered)
    return ReadyHero(
        prompt=prompt,
        item=item.description if item else line.item,
        line=language.say("document.item_line", item=line.item, line=str(line.line), lines=str(len(state.order.lines))),
        received=language.say("document.received", received=received, ordered=ordered, unit=unit).replace("  ", " "),
        to_go=language.say("document.to_go", quantity=language.amount(line.to_go), unit=unit).replace("  ", " "),
        fraction=_share(line),
        parts=parts,
        hint=hint,
        icon=icon,
        hint_icon=hint_icon,
    )


def _line_of(order: PurchaseOrder, draft: Draft | None) -> OrderLine | None:
    if draft is not None and draft.item is not None:
        return next(iter(order.lines_of(draft.item.code)), None)
    return next((line for line in order.lines if line.to_go > 0), None)


def _parts(draft: Draft | None, language: Language) -> tuple[LabelPart, ...]:
    if draft is None:
        return ()
    facts, item = draft.parts.facts, draft.item
    expiry = facts.expires_on or facts.best_before
    made = language.say("part.new_number") if draft.own_lot else None
    wanted = [
        LabelPart(language.say("part.item"), item.code if item else None),
        LabelPart(language.say("part.lot"), shortened(facts.lot) if facts.lot else made),
    ]
    if expiry or (item and item.expiry_required):
        wanted.append(LabelPart(language.say("part.expiry"), language.day(expiry) if expiry else None))
    wanted.append(LabelPart(language.say("part.quantity"), _quantity(draft, language)))
    return tuple(wanted)


def _quantity(draft: Draft, language: Language) -> str | None:
    if draft.given is not None:
        return language.figure(str(draft.given))
    facts = draft.parts.facts
    if facts.quantity is not None:
        return f"{language.amount(facts.quantity)} {facts.unit or ''}".strip()
    if facts.count is not None:
        return f"{language.amount(facts.count)} {draft.code.unit if draft.code and draft.code.unit else ''}".strip()
    return f"1 {draft.code.unit}" if draft.code and draft.code.unit else None


def _side(state: Receiving, sight: Sight) -> QuantityTile | Keypad:
    language = sight.language
    asked = state.question
    if asked is not None and asked.ask is Ask.QUANTITY and asked.draft is not None and asked.draft.item is not None:
        return _keypad(state, asked, asked.draft.item, sight)
    if not state.taken:
        return _nothing_counted(language)
    last = state.taken[-1]
    source = came_by(last.draft.given, last.draft.weighed, sight)
    amount, unit = language.amount(last.receipt.base_quantity), last.receipt.base_unit
    change, action = (language.say("button.change"), "change_quantity") if asked is None else ("", "")
    return QuantityTile(language.say("title.last_quantity"), amount, unit, source, change, action=action)


def _keypad(state: Receiving, asked: Question, item: Item, sight: Sight) -> Keypad:
    typing, language = sight.typing, sight.language
    unit = typing.unit or item.unit
    line = _line_of(state.order, state.active())
    fault = asked.about.get("message", "") if asked.reason is Reason.QUANTITY_INVALID and not typing.buffer else ""
    return Keypad(
        title=language.say("title.quantity"),
        buffer=typing.buffer.replace(".", language.decimal),
        unit=unit,
        set_button=Button("set", language.say("button.set"), "check", look=Look.PRIMARY),
        cancel_button=Button("cancel", language.say("button.cancel")),
        to_go=language.say("document.to_go", quantity=language.amount(line.to_go), unit=item.unit) if line else "",
        problem=first_clause(language.detail(fault) or fault),
        decimal=language.decimal,
        packs=(*weigh_button(item, sight), *pack_buttons(item, language))[:MOST_PACKS],
        unit_button=unit_button(item, unit, language),
        erase=language.say("button.erase"),
    )


def _actions(state: Receiving, language: Language) -> tuple[Button, ...]:
    asked = state.question
    if asked is not None and asked.ask in (Ask.DECIDE, Ask.OVERRIDE_BADGE):
        return tuple(
            Button(
                choice.id if choice.id in ("confirm", "hold", "cancel", "override", "quantity") else f"choose:{choice.id}",
                choice_in_words(choice, asked.about, language),
                ANSWER_ICONS.get(choice.id, "check"),
                look=Look.PLAIN,
            )
            for choice in asked.choices
        )[:4]
    last = state.taken[-1].receipt if state.taken else None
    nothing = "" if last or state.drafts or asked else language.say("disabled.undo")
    return (
        Button("undo", _undo(state, last, language), "undo", not nothing, nothing),
        _hold_or_link(state, language),
        _reprint_or_no_lot(state, language),
        Button("type_lot", language.say("button.type_lot"), "keyboard"),
    )


def _undo(state: Receiving, last: LotReceived | None, language: Language) -> str:
    if state.drafts or state.question:
        return language.say("button.undo_label")
    if last is None:
        return language.say("button.undo_last")
    return language.say("button.undo", quantity=language.amount(last.base_quantity), unit=last.base_unit)


def _hold_or_link(state: Receiving, language: Language) -> Button:
    refused = state.refused[-1] if state.refused else None
    if refused is not None and refused.reason is Reason.ITEM_UNKNOWN:
        return Button("link", language.say("button.link"), "add_link")
    able = bool(state.taken or refused)
    return Button("hold", language.say("button.hold"), "front_hand", able, "" if able else language.say("disabled.hold"))


def _reprint_or_no_lot(state: Receiving, language: Language) -> Button:
    draft = state.active()
    if draft is not None and draft.item is not None and draft.parts.facts.lot is None and not draft.own_lot:
        return Button("no_lot", language.say("button.no_lot"), "label_off")
    able = bool(state.taken and state.taken[-1].prints)
    return Button("reprint", language.say("button.reprint"), "print", able, "" if able else language.say("disabled.reprint"))
