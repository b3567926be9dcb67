"""Consume on the screens: what the order still wants, what went into it, what is left over."""

from __future__ import annotations

from decimal import Decimal

from kiosk.presenters.sheet import Beginning, Goal, Pad, Papers, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, DocumentHeader, Look, Mark, QuantityTile, SummaryRow, Tile
from kiosk.presenters.weighing import came_by
from kiosk.presenters.words import readable
from kiosk.presenters.work_view import empty_button, set_aside_button, type_lot_button, undo_button
from traceability.items import Item
from traceability.orders import Component, WorkOrder
from traceability.workflows.consume_returns import returnable
from traceability.workflows.consuming import Consuming, used_by
from traceability.workflows.step import Ask
from traceability.workflows.working import Asked, Load

MOST_OFFERED = 200


def header(state: Consuming, sight: Sight) -> DocumentHeader:
    """Return what is open, and how far it is."""
    order, language = state.order, sight.language
    done, lots = sum(each.to_go == 0 for each in order.components), len({each.key for each in state.done})
    return DocumentHeader(
        number=language.say("document.work_order", order=order.number),
        note=sight.say("document.loading", place=state.position.name) if state.position else makes(order, sight),
        progress=language.say_of("document.items_done", len(order.components), done=str(done)) if order.components else "",
        count=language.say_of("document.lots", lots),
        segments=tuple(share(each) for each in order.components),
    )


def makes(order: WorkOrder, sight: Sight) -> str:
    """Return what an order is to make, and how much."""
    quantity = sight.language.amount(order.quantity)
    return sight.language.say("document.makes", quantity=quantity, unit=order.unit, item=sight.item_name(order.item))


def share(component: Component) -> float:
    """Return how much of a component was used, 1.0 being all of it."""
    return float(max(Decimal(0), min(component.used / component.planned, Decimal(1)))) if component.planned else 1.0


def finish(state: Consuming, sight: Sight) -> Button:
    """Leaving is the next step once the order wants nothing more."""
    complete = bool(state.order.components) and all(each.to_go == 0 for each in state.order.components)
    return Button("finish", sight.language.say("button.leave"), "done_all", look=Look.PRIMARY if complete else Look.PLAIN)


def goal(state: Consuming, load: Load | None, sight: Sight) -> Goal:
    """Return which component is wanted, and how much of it is used; while a remnant is asked about, of which lot."""
    asked = state.question
    if asked is not None and (of := state.done_as(asked.event)) is not None and of.load.item is not None and of.key is not None:
        return Goal(of.load.item.description, sight.language.say("document.new_lot", lot=of.key.code))
    component = _component(state, load)
    if component is None:
        return Goal(load.item.description if load and load.item else "")
    language, unit = sight.language, sight.unit(component.item)
    used, planned = language.amount(component.used), language.amount(component.planned)
    return Goal(
        item=sight.item_name(component.item),
        line=language.say("document.item", item=component.item),
        so_far=sight.say("document.used", used=used, planned=planned, unit=unit),
        to_go=sight.say("document.to_go", quantity=language.amount(component.to_go), unit=unit),
        fraction=share(component),
    )


def _component(state: Consuming, load: Load | None) -> Component | None:
    if load is not None and load.item is not None:
        return state.order.component(load.item.code)
    return next((each for each in state.order.components if each.to_go > 0), None)


def tally(_state: Consuming, sight: Sight) -> str:
    """Return how much of what is planned was used of the item that was scanned last."""
    about = sight.said.about if sight.said else {}
    known = "planned" in about and "used" in about
    return sight.language.say("said.used_of", **readable(about, sight.language)) if known else ""


def pad(state: Consuming, asked: Asked, sight: Sight) -> Pad | None:
    """Return what is asked: how much is used, or how much of it is left."""
    item = _asked_item(state, asked)
    if item is None:
        return None
    language = sight.language
    if asked.topic:
        most = asked.about.get("most")
        room = language.say("document.at_most", quantity=language.figure(most), unit=item.unit) if most else ""
        return Pad(item, language.say("title.how_much_left"), room)
    component = state.order.component(item.code)
    room = language.say("document.to_go", quantity=language.amount(component.to_go), unit=item.unit) if component else ""
    return Pad(item, language.say("title.quantity"), room)


def _asked_item(state: Consuming, asked: Asked) -> Item | None:
    if asked.load is not None:
        return asked.load.item
    return next((each.load.item for each in state.done if each.event_id == asked.event), None)


def last(state: Consuming, sight: Sight) -> QuantityTile:
    """Return what went in, or came back, last."""
    language, done = sight.language, next((each for each in reversed(state.done) if each.key), None)
    if done is None:
        return QuantityTile(language.say("title.last_used"), nothing=language.say("empty.used"))
    used = used_by(done) > 0
    changeable = state.question is None and used and done is state.done[-1]
    return QuantityTile(
        title=language.say("title.last_used" if used else "title.last_returned"),
        number=language.amount(done.amount),
        unit=done.unit,
        source=came_by(done.load.given or not used, done.load.weighed, sight),
        change=language.say("button.change") if changeable else "",
        action="change_quantity" if changeable else "",
    )


def actions(state: Consuming, sight: Sight) -> tuple[Button, ...]:
    """Return the buttons while nothing is asked."""
    nothing = "" if returnable(state) else sight.language.say("disabled.nothing_used")
    back = Button("return", sight.language.say("button.return_rest"), "inventory_2", not nothing, nothing)
    third = empty_button(state.position, sight) if state.position and not state.refused else set_aside_button(state, sight)
    return undo_button(state, sight), back, third, type_lot_button(sight)


def question(_state: Consuming, asked: Asked, sight: Sight) -> str:
    """Return what is asked over the tiles: whose lot it is, or of which lot something is left."""
    if asked.ask is not Ask.CHOOSE_LOT:
        return ""
    return sight.language.say("prompt.whose_lot" if asked.load is not None else "prompt.left_lot")


def rows(state: Consuming, sight: Sight) -> tuple[SummaryRow, ...]:
    """Return a row a component."""
    return tuple(_row(each, sight) for each in state.order.components)


def _row(component: Component, sight: Sight) -> SummaryRow:
    language, unit = sight.language, sight.unit(component.item)
    mark, words = Mark.OK, language.say("document.complete")
    if component.to_go > 0:
        mark, words = Mark.CHECK, sight.say("document.to_go", quantity=language.amount(component.to_go), unit=unit)
    elif component.used > component.planned:
        mark, words = Mark.CHECK, sight.say("document.over", quantity=language.amount(component.used - component.planned), unit=unit)
    used, planned = language.amount(component.used), language.amount(component.planned)
    what = sight.say("document.of", received=used, ordered=planned, unit=unit)
    return SummaryRow(mark, sight.item_name(component.item), component.item, what, words)


def warnings(state: Consuming) -> dict[str, int]:
    """Return what is to be seen before the order is left."""
    missing = sum(each.to_go > 0 for each in state.order.components)
    return {"document.items_missing": missing, "document.refused": len(state.refused)}


def beginning(sight: Sight) -> Beginning:
    """Return the screen while no work order is open."""
    say = sight.language.say
    return Beginning(
        title=say("empty.work_order"),
        note=say("ask.SCAN_WORK_ORDER"),
        prompt=say("prompt.work_order"),
        hint=say("hint.from_list"),
        tile=say("title.last_used"),
        nothing=say("empty.used"),
    )


def papers(sight: Sight) -> Papers:
    """Return the work orders that still want something."""
    say = sight.language.say
    orders = sight.book.open_work_orders(MOST_OFFERED)
    tiles = (
        Tile(f"choose:{order.number}", say("document.work_order", order=order.number), makes(order, sight), SHEET.icon) for order in orders
    )
    return Papers(say("prompt.which_work_order"), say("hint.scan_its_paper"), tuple(tiles), say("empty.work_orders"))


def still_open(state: object, sight: Sight) -> str:
    """Return what whoever signs in goes on with."""
    return sight.language.say("document.work_order_open", order=state.order.number) if isinstance(state, Consuming) else ""


SHEET = Sheet(
    icon="precision_manufacturing",
    header=header,
    finish=finish,
    goal=goal,
    actions=actions,
    last=last,
    pad=pad,
    tally=tally,
    question=question,
    rows=rows,
    warnings=warnings,
    beginning=beginning,
    papers=papers,
    still_open=still_open,
)
