"""The consume screen: what was decided last, what the order still wants, what went into it so far."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from kiosk.presenters.health import Health
from kiosk.presenters.language import Language
from kiosk.presenters.receive_view import Typing, verdict_hero
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
    ScanList,
    TopBar,
)
from kiosk.presenters.words import choice_in_words, first_clause, readable, shortened
from traceability.items import Item
from traceability.orders import Component, WorkOrder
from traceability.refusals import Reason, Verdict
from traceability.workflows.consume_returns import returnable
from traceability.workflows.consuming import Consuming, used_by
from traceability.workflows.step import Ask, Said
from traceability.workflows.working import Asked, Load

ItemOf = Callable[[str], Item | None]
MOST_PACKS: Final = 3
MOST_ANSWERS: Final = 4
_PROMPTED: Final = (Ask.SCAN_ITEM, Ask.SCAN_LOT, Ask.QUANTITY)
_ICONS: Final = {"confirm": "check", "new": "check", "to_go": "check", "quantity": "dialpad", "cancel": "close"}


def consume_view(
    top: TopBar,
    state: Consuming,
    said: Said | None,
    number: int,
    typing: Typing,
    scans: ScanList,
    health: Health,
    item_of: ItemOf,
    language: Language,
) -> ReceiveView:
    """Return the screen of an open work order. `number` counts verdicts, so that a new one is seen."""
    return ReceiveView(
        top=top,
        document=consume_header(state, item_of, language),
        hero=_hero(state, said, number, health, item_of, language),
        side=_side(state, typing, language),
        scans=scans,
        actions=_actions(state, language),
        finish=Button("finish", language.say("button.leave"), "done_all", look=Look.PRIMARY if is_complete(state.order) else Look.PLAIN),
    )


def no_order_view(top: TopBar, said: Said | None, number: int, scans: ScanList, language: Language) -> ReceiveView:
    """Return the screen while no work order is open."""
    ready: Hero = ReadyHero(language.say("prompt.work_order"), hint=language.say("hint.from_list"), hint_icon="list")
    return ReceiveView(
        top=top,
        document=DocumentHeader(language.say("empty.work_order"), language.say("ask.SCAN_WORK_ORDER")),
        hero=verdict_hero(said, number, language) or ready,
        side=_nothing_used(language),
        scans=scans,
        actions=(Button("choose_order", language.say("button.choose_order"), "list"),),
        finish=Button("finish", language.say("button.leave"), "done_all", enabled=False, why_disabled=language.say("disabled.leave")),
    )


def _nothing_used(language: Language) -> QuantityTile:
    return QuantityTile(language.say("title.last_used"), nothing=language.say("empty.used"))


def consume_header(state: Consuming, item_of: ItemOf, language: Language) -> DocumentHeader:
    """Return what is open, and how far it is."""
    order = state.order
    made, done = item_of(order.item), sum(each.to_go == 0 for each in order.components)
    lots = len({each.key for each in state.done})
    name = made.description or order.item if made else order.item
    return DocumentHeader(
        number=language.say("document.work_order", order=order.number),
        note=language.say("document.makes", quantity=language.amount(order.quantity), unit=order.unit, item=name),
        progress=language.say_of("document.items_done", len(order.components), done=str(done)) if order.components else "",
        count=language.say_of("document.lots", lots),
        segments=tuple(share(each) for each in order.components),
    )


def share(component: Component) -> float:
    """Return how much of a component was used, 1.0 being all of it."""
    return float(max(Decimal(0), min(component.used / component.planned, Decimal(1)))) if component.planned else 1.0


def is_complete(order: WorkOrder) -> bool:
    """Whether the order wants nothing more."""
    return bool(order.components) and all(each.to_go == 0 for each in order.components)


def _hero(state: Consuming, said: Said | None, number: int, health: Health, item_of: ItemOf, language: Language) -> Hero:
    load = state.active()
    parts = _parts(load, language, state.question.about.get("quantity")) if state.question else ()
    verdict = verdict_hero(said, number, language, parts, _tally(said, health, language))
    return verdict or _ready(state, load, said, health, item_of, language)


def _tally(said: Said | None, health: Health, language: Language) -> str:
    if said is None:
        return ""
    if said.verdict is Verdict.ACCEPTED and health.server and not health.online and health.to_send:
        return language.say("said.saved_here", to_send=language.amount(health.to_send))
    known = "planned" in said.about and "used" in said.about
    return language.say("said.used_of", **readable(said.about, language)) if known else ""


def _ready(state: Consuming, load: Load | None, said: Said | None, health: Health, item_of: ItemOf, language: Language) -> ReadyHero:
    parts = _parts(load, language)
    if health.no_scanner:
        return ReadyHero(language.say("prompt.no_scanner"), hint=language.say("hint.plug_in"), hint_icon="keyboard", parts=parts)
    asked = said.ask if said is not None else None
    prompt = language.say(f"prompt.{asked if asked in _PROMPTED else Ask.SCAN_LABEL}")
    hint = _hint(state, load, language)
    component = _component(state, load)
    item = (load.item if load else None) or (item_of(component.item) if component else None)
    if component is None:
        return ReadyHero(prompt, item.description if item else "", parts=parts, hint=hint)
    unit = item.unit if item else ""
    used, planned = language.amount(component.used), language.amount(component.planned)
    return ReadyHero(
        prompt=prompt,
        item=item.description if item else component.item,
        line=language.say("document.item", item=component.item),
        received=language.say("document.used", used=used, planned=planned, unit=unit).replace("  ", " "),
        to_go=language.say("document.to_go", quantity=language.amount(component.to_go), unit=unit).replace("  ", " "),
        fraction=share(component),
        parts=parts,
        hint=hint,
    )


def _hint(state: Consuming, load: Load | None, language: Language) -> str:
    if state.question is not None and state.question.ask is Ask.QUANTITY:
        return language.say("hint.then_set")
    return language.say("hint.other_code" if load else "hint.damaged")


def _component(state: Consuming, load: Load | None) -> Component | None:
    if load is not None and load.item is not None:
        return state.order.component(load.item.code)
    return next((each for each in state.order.components if each.to_go > 0), None)


def _parts(load: Load | None, language: Language, asked_about: str | None = None) -> tuple[LabelPart, ...]:
    if load is None:
        return ()
    item, lot = load.item, load.lot
    amount = None
    if asked_about and item:
        amount = f"{language.figure(asked_about)} {item.unit}"
    elif load.given:
        amount = f"{language.amount(load.given.amount)} {load.given.unit}"
    return (
        LabelPart(language.say("part.item"), item.code if item else None),
        LabelPart(language.say("part.lot"), shortened(lot) if lot else None),
        LabelPart(language.say("part.quantity"), amount),
    )


def _side(state: Consuming, typing: Typing, language: Language) -> QuantityTile | Keypad:
    asked = state.question
    if asked is not None and asked.ask is Ask.QUANTITY and (item := asked_item(state, asked)) is not None:
        return _keypad(state, asked, item, typing, language)
    last = state.done[-1] if state.done else None
    if last is None:
        return _nothing_used(language)
    used = used_by(last) > 0
    changeable = asked is None and used
    return QuantityTile(
        title=language.say("title.last_used" if used else "title.last_returned"),
        number=language.amount(last.amount),
        unit=last.unit,
        source=language.say("document.from_label" if used and not last.load.given else "document.typed"),
        change=language.say("button.change") if changeable else "",
        action="change_quantity" if changeable else "",
    )


def asked_item(state: Consuming, asked: Asked) -> Item | None:
    """Return the item whose quantity is asked."""
    if asked.load is not None:
        return asked.load.item
    return next((each.load.item for each in state.done if each.event_id == asked.event), None)


def _keypad(state: Consuming, asked: Asked, item: Item, typing: Typing, language: Language) -> Keypad:
    unit = typing.unit or item.unit
    sizes = list(item.packs.items())[:MOST_PACKS]
    packs = tuple(Button(f"pack:{name}", f"1 {name} {language.amount(size)} {item.unit}", "package_2") for name, size in sizes)
    return Keypad(
        title=language.say("title.how_much_left" if asked.topic else "title.quantity"),
        buffer=typing.buffer.replace(".", language.decimal),
        unit=unit,
        set_button=Button("set", language.say("button.set"), "check", look=Look.PRIMARY),
        cancel_button=Button("cancel", language.say("button.cancel")),
        to_go=_room(state, asked, item, language),
        problem=_problem(asked, typing, language),
        decimal=language.decimal,
        packs=packs,
        unit_button=Button("unit", language.say("button.count", unit=unit), "sync") if item.packs else None,
        erase=language.say("button.erase"),
    )


def _room(state: Consuming, asked: Asked, item: Item, language: Language) -> str:
    if asked.topic:
        most = asked.about.get("most")
        return language.say("document.at_most", quantity=language.figure(most), unit=item.unit) if most else ""
    component = state.order.component(item.code)
    return language.say("document.to_go", quantity=language.amount(component.to_go), unit=item.unit) if component else ""


def _problem(asked: Asked, typing: Typing, language: Language) -> str:
    if asked.reason is not Reason.QUANTITY_INVALID or typing.buffer:
        return ""
    message = asked.about.get("message", "")
    return first_clause(language.detail(message) or message)


def _actions(state: Consuming, language: Language) -> tuple[Button, ...]:
    asked = state.question
    if asked is not None and asked.ask is Ask.DECIDE:
        return tuple(
            Button(
                choice.id if choice.id != "new" else "choose:new",
                choice_in_words(choice, asked.about, language),
                _ICONS.get(choice.id, "check"),
                look=Look.PLAIN,
            )
            for choice in asked.choices
        )[:MOST_ANSWERS]
    last = state.done[-1] if state.done else None
    undo = language.say("button.undo_last")
    if state.begun or asked:
        undo = language.say("button.undo_label")
    elif last:
        undo = language.say("button.undo", quantity=language.amount(last.amount), unit=last.unit)
    nothing = "" if last or state.begun or asked else language.say("disabled.undo")
    left = bool(returnable(state))
    refused = bool(state.refused)
    return (
        Button("undo", undo, "undo", not nothing, nothing),
        Button("return", language.say("button.return_rest"), "inventory_2", left, "" if left else language.say("disabled.nothing_used")),
        Button(
            "set_aside",
            language.say("button.set_aside"),
            "front_hand",
            refused,
            "" if refused else language.say("disabled.nothing_refused"),
        ),
        Button("type_lot", language.say("button.type_lot"), "keyboard"),
    )
