"""Ship on the screens: the order and what is left of it, the cartons that left, and how old the hold list is."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from kiosk.presenters.health import age
from kiosk.presenters.sheet import Beginning, Goal, Papers, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, DocumentHeader, Look, Mark, Outline, OutlineRow, QuantityTile, SummaryRow, Tile
from kiosk.presenters.work_view import set_aside_button, undo_button
from traceability.cartons import Level
from traceability.orders import ShipLine, ShipOrder
from traceability.workflows.shipping import Gone, Shipping

MOST_OFFERED = 200
ICONS = {Level.CARTON: "package_2", Level.PALLET: "pallet"}


def header(state: Shipping, sight: Sight) -> DocumentHeader:
    """Return the order, whose it is, how far it is, and how old the hold list is."""
    order, language = state.order, sight.language
    done = sum(each.to_go == 0 for each in order.lines)
    return DocumentHeader(
        number=language.say("document.ship_order", order=order.number),
        note="  ·  ".join(filter(None, (whose(order, sight), hold_list(sight)))),
        progress=language.say_of("document.done", len(order.lines), done=str(done)) if order.lines else "",
        count=language.say_of("document.cartons", sum(max(each.cartons, 1) for each in state.gone)),
        segments=tuple(share(each) for each in order.lines),
    )


def whose(order: ShipOrder, sight: Sight) -> str:
    """Return whom the order is for."""
    return sight.language.say("document.for_customer", customer=order.customer_name or order.customer)


def hold_list(sight: Sight) -> str:
    """Return how old the station's knowledge of holds is, or that it never was whole; nothing where it has no server."""
    about = sight.said.about if sight.said else {}
    if "never_read" in about:
        return sight.language.say("document.hold_list_never")
    seconds = about.get("data_age")
    if seconds is None:
        return ""
    return sight.language.say("document.hold_list", age=age(timedelta(seconds=int(seconds)), sight.language))


def share(line: ShipLine) -> float:
    """Return how much of a line left, 1.0 being all of it."""
    return float(max(Decimal(0), min(line.shipped / line.ordered, Decimal(1)))) if line.ordered else 1.0


def finish(state: Shipping, sight: Sight) -> Button:
    """Leaving is the next step once nothing more is wanted."""
    complete = bool(state.order.lines) and all(each.to_go == 0 for each in state.order.lines)
    return Button("finish", sight.language.say("button.leave"), "done_all", look=Look.PRIMARY if complete else Look.PLAIN)


def goal(state: Shipping, _load: object, sight: Sight) -> Goal:
    """Return which line is still open, and how much of it left."""
    line = next((each for each in state.order.lines if each.to_go > 0), None)
    if line is None:
        return Goal(icon="package_2")
    language, unit = sight.language, sight.unit(line.item)
    shipped, ordered = language.amount(line.shipped), language.amount(line.ordered)
    return Goal(
        item=sight.item_name(line.item),
        line=language.say("document.line_item", line=line.line, item=line.item),
        so_far=sight.say("document.shipped", shipped=shipped, ordered=ordered, unit=unit),
        to_go=sight.say("document.to_go", quantity=language.amount(line.to_go), unit=unit),
        fraction=share(line),
        icon="package_2",
    )


def actions(state: Shipping, sight: Sight) -> tuple[Button, ...]:
    """Return the buttons while nothing is asked; an SSCC can be typed as well."""
    return undo_button(state, sight), set_aside_button(state, sight), Button("type_lot", sight.language.say("button.type_lot"), "keyboard")


def last(state: Shipping, sight: Sight) -> QuantityTile:
    """Return what left last."""
    title = sight.language.say("title.last_shipped")
    if not state.gone:
        return QuantityTile(title, nothing=sight.language.say("empty.shipped"))
    unit = state.gone[-1]
    count = sight.language.say_of("document.cartons", max(unit.cartons, 1))
    return QuantityTile(title, number=count, source=named(unit.level, unit.sscc, sight))


def named(level: Level, sscc: str, sight: Sight) -> str:
    """Return what a unit is called; the last digits tell it from its neighbours."""
    return sight.language.say(f"document.{level}", sscc=short(sscc))


def short(sscc: str) -> str:
    """Return the end of an SSCC: what differs from one carton to the next."""
    return f"…{sscc[-7:]}"


def outline(state: Shipping, sight: Sight) -> Outline | None:
    """Return the lines with what left, and under them the units that left; while nothing did, the last scans stand there."""
    if not state.gone:
        return None
    lines = [OutlineRow(each.item, sight.item_name(each.item), _of(each, sight), mark=_mark(each)) for each in state.order.lines]
    units = [_gone_row(each, sight) for each in reversed(state.gone)]
    return Outline(sight.language.say("title.gone"), (*lines, *units), empty=sight.language.say("empty.shipped"))


def _of(line: ShipLine, sight: Sight) -> str:
    shipped, ordered = sight.language.amount(line.shipped), sight.language.amount(line.ordered)
    return sight.say("document.of", received=shipped, ordered=ordered, unit=sight.unit(line.item))


def _mark(line: ShipLine) -> Mark | None:
    return Mark.OK if line.to_go == 0 else None


def _gone_row(unit: Gone, sight: Sight) -> OutlineRow:
    note = sight.language.say_of("document.cartons", unit.cartons) if unit.cartons else ""
    lots = sight.language.say_of("document.lots", unit.lots)
    return OutlineRow(named(unit.level, unit.sscc, sight), note, lots, depth=1, icon=ICONS[unit.level])


def rows(state: Shipping, sight: Sight) -> tuple[SummaryRow, ...]:
    """Return a row a line."""
    return tuple(_row(each, sight) for each in state.order.lines)


def _row(line: ShipLine, sight: Sight) -> SummaryRow:
    language, unit = sight.language, sight.unit(line.item)
    mark, words = Mark.OK, language.say("document.complete")
    if line.to_go > 0:
        mark, words = Mark.CHECK, sight.say("document.to_go", quantity=language.amount(line.to_go), unit=unit)
    elif line.shipped > line.ordered:
        mark, words = Mark.CHECK, sight.say("document.over", quantity=language.amount(line.shipped - line.ordered), unit=unit)
    return SummaryRow(mark, sight.item_name(line.item), line.item, _of(line, sight), words)


def warnings(state: Shipping) -> dict[str, int]:
    """Return what is to be seen before the order is left."""
    return {"document.lines_short": sum(each.to_go > 0 for each in state.order.lines), "document.refused": len(state.refused)}


def beginning(sight: Sight) -> Beginning:
    """Return the screen while no ship order is open."""
    say = sight.language.say
    return Beginning(
        title=say("empty.ship_order"),
        note=say("ask.SCAN_SHIP_ORDER"),
        prompt=say("prompt.ship_order"),
        hint=say("hint.from_list"),
        nothing=say("empty.shipped"),
        tile=say("title.last_shipped"),
    )


def papers(sight: Sight) -> Papers:
    """Return the ship orders that still want goods."""
    say = sight.language.say
    orders = sight.book.open_ship_orders(MOST_OFFERED)
    tiles = (
        Tile(f"choose:{each.number}", say("document.ship_order", order=each.number), whose(each, sight), SHEET.icon) for each in orders
    )
    return Papers(say("prompt.which_ship_order"), say("hint.scan_its_paper"), tuple(tiles), say("empty.ship_orders"))


def still_open(state: object, sight: Sight) -> str:
    """Return what whoever signs in goes on with."""
    return sight.language.say("document.ship_order_open", order=state.order.number) if isinstance(state, Shipping) else ""


SHEET = Sheet(
    icon="local_shipping",
    header=header,
    finish=finish,
    goal=goal,
    actions=actions,
    last=last,
    outline=outline,
    rows=rows,
    warnings=warnings,
    beginning=beginning,
    papers=papers,
    still_open=still_open,
)
