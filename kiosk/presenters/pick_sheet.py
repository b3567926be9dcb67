"""Pick on the screens: what the order wants, which lot is to be fetched from where, what was fetched."""

from __future__ import annotations

from decimal import Decimal

from kiosk.presenters.sheet import Beginning, Goal, Pad, Papers, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, DocumentHeader, Look, Mark, QuantityTile, SummaryRow, Tile
from kiosk.presenters.weighing import came_by
from kiosk.presenters.words import readable
from traceability.picking import PickLine, next_up
from traceability.workflows.picking import Picking
from traceability.workflows.step import Ask
from traceability.workflows.working import Asked, Load

MOST_OFFERED = 200


def header(state: Picking, sight: Sight) -> DocumentHeader:
    """Return what is open, and how far it is."""
    order, language = state.order, sight.language
    done, lots = sum(each.to_go == 0 for each in order.lines), len({each.key for each in state.done})
    return DocumentHeader(
        number=language.say("document.pick", order=order.number),
        note=sight.say("document.to_place", place=state.to_place),
        progress=language.say_of("document.done", len(order.lines), done=str(done)) if order.lines else "",
        count=language.say_of("document.lots", lots),
        segments=tuple(map(share, order.lines)),
    )


def share(line: PickLine) -> float:
    """Return how much of a line was fetched, 1.0 being all of it."""
    return float(max(Decimal(0), min(line.picked / line.wanted, Decimal(1)))) if line.wanted else 1.0


def finish(state: Picking, sight: Sight) -> Button:
    """Leaving is the next step once the order wants nothing more."""
    complete = bool(state.order.lines) and all(each.to_go == 0 for each in state.order.lines)
    return Button("finish", sight.language.say("button.leave"), "done_all", look=Look.PRIMARY if complete else Look.PLAIN)


def goal(state: Picking, load: Load | None, sight: Sight) -> Goal:
    """Return which lot is to be fetched, and from where; how far its line is."""
    line = state.order.line_for(load.item.code) if load is not None and load.item is not None else state.line()
    if line is None:
        return Goal(load.item.description if load and load.item else "")
    language, unit = sight.language, sight.unit(line.item)
    meant = next_up(state.set_aside, line.line)
    fetch = sight.say("document.fetch", lot=meant.lot, place=meant.place) if meant else language.say("document.none_free")
    return Goal(
        item=sight.item_name(line.item),
        line=fetch if line.to_go > 0 else language.say("document.complete"),
        so_far=sight.say("document.of", received=language.amount(line.picked), ordered=language.amount(line.wanted), unit=unit),
        to_go=sight.say("document.to_go", quantity=language.amount(line.to_go), unit=unit),
        fraction=share(line),
    )


def tally(_state: Picking, sight: Sight) -> str:
    """Return how much of what is wanted was fetched of the item that was scanned last."""
    about = sight.said.about if sight.said else {}
    known = "planned" in about and "used" in about
    return sight.language.say("said.used_of", **readable(about, sight.language)) if known else ""


def pad(state: Picking, asked: Asked, sight: Sight) -> Pad | None:
    """Return what is asked: how much is fetched."""
    item = asked.load.item if asked.load is not None else None
    if item is None:
        return None
    language, line = sight.language, state.order.line_for(item.code)
    room = language.say("document.to_go", quantity=language.amount(line.to_go), unit=item.unit) if line else ""
    return Pad(item, language.say("title.quantity"), room)


def last(state: Picking, sight: Sight) -> QuantityTile:
    """Return what was fetched last."""
    language, done = sight.language, state.done[-1] if state.done else None
    if done is None:
        return QuantityTile(language.say("title.last_picked"), nothing=language.say("empty.picked"))
    changeable = state.question is None
    return QuantityTile(
        title=language.say("title.last_picked"),
        number=language.amount(done.amount),
        unit=done.unit,
        source=came_by(done.load.given, done.load.weighed, sight),
        change=language.say("button.change") if changeable else "",
        action="change_quantity" if changeable else "",
    )


def question(_state: Picking, asked: Asked, sight: Sight) -> str:
    """Return what is asked over the tiles: why another lot, or whose lot it is."""
    if asked.ask is Ask.CHOOSE_REASON:
        return sight.language.say("prompt.why_other_lot")
    return sight.language.say("prompt.whose_lot") if asked.ask is Ask.CHOOSE_LOT else ""


def rows(state: Picking, sight: Sight) -> tuple[SummaryRow, ...]:
    """Return a row a line."""
    return tuple(_row(each, sight) for each in state.order.lines)


def _row(line: PickLine, sight: Sight) -> SummaryRow:
    language, unit = sight.language, sight.unit(line.item)
    mark, words = Mark.OK, language.say("document.complete")
    if line.to_go > 0:
        mark, words = Mark.CHECK, sight.say("document.short", quantity=language.amount(line.to_go), unit=unit)
    elif line.picked > line.wanted:
        mark, words = Mark.CHECK, sight.say("document.over", quantity=language.amount(line.picked - line.wanted), unit=unit)
    what = sight.say("document.of", received=language.amount(line.picked), ordered=language.amount(line.wanted), unit=unit)
    return SummaryRow(mark, sight.item_name(line.item), line.item, what, words)


def warnings(state: Picking) -> dict[str, int]:
    """Return what is to be seen before the order is left."""
    return {"document.lines_short": sum(each.to_go > 0 for each in state.order.lines), "document.refused": len(state.refused)}


def beginning(sight: Sight) -> Beginning:
    """Return the screen while no order is open."""
    say = sight.language.say
    return Beginning(
        title=say("empty.pick_order"),
        note=say("ask.SCAN_PICK_ORDER"),
        prompt=say("prompt.pick_order"),
        hint=say("hint.from_list"),
    )


def papers(sight: Sight) -> Papers:
    """Return the orders that still want goods: customers' first."""
    say, icon = sight.language.say, SHEET.icon
    shipped = (
        Tile(f"choose:{order.number}", say("document.pick", order=order.number), order.customer_name or order.customer, icon)
        for order in sight.book.open_ship_orders(MOST_OFFERED)
    )
    made = (
        Tile(f"choose:{order.number}", say("document.pick", order=order.number), sight.item_name(order.item), icon)
        for order in sight.book.open_work_orders(MOST_OFFERED)
    )
    return Papers(say("prompt.pick_order"), say("hint.scan_its_paper"), (*shipped, *made), say("empty.pick_orders"))


def still_open(state: object, sight: Sight) -> str:
    """Return what whoever signs in goes on with."""
    return sight.language.say("document.pick_open", order=state.order.number) if isinstance(state, Picking) else ""


SHEET = Sheet(
    icon="shopping_cart",
    header=header,
    finish=finish,
    goal=goal,
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
