"""Pack on the screens: the carton or pallet in hand, and what is inside it."""

from __future__ import annotations

from decimal import Decimal

from kiosk.presenters.sheet import Goal, Pad, Sheet
from kiosk.presenters.ship_sheet import ICONS, named, whose
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, DocumentHeader, Look, Outline, OutlineRow, QuantityTile
from kiosk.presenters.weighing import came_by
from kiosk.presenters.work_view import type_lot_button, undo_button
from traceability.cartons import KnownCarton
from traceability.events import LotPacked
from traceability.workflows.packing import Packing
from traceability.workflows.working import Asked, Load


def header(state: Packing, sight: Sight) -> DocumentHeader:
    """Return the unit in hand, and whom it is for."""
    language, unit = sight.language, state.unit
    note = whose(state.order, sight) if state.order else language.say("document.for_anyone")
    if unit is None:
        title = language.say("document.ship_order", order=state.order.number) if state.order else language.say("empty.unit")
        return DocumentHeader(number=title, note=note)
    lots, cartons = len({each.lot for each in unit.contents}), len(state.on(unit.sscc))
    count = language.say_of("document.cartons", cartons) if cartons else language.say_of("document.lots", lots)
    return DocumentHeader(number=named(unit.level, unit.sscc, sight), note=note, count=count)


def finish(state: Packing, sight: Sight) -> Button:
    """Close what is in hand; with nothing in hand packing can end."""
    unit, say = state.unit, sight.language.say
    if unit is None:
        return Button("finish", say("button.stop_packing"), "done_all")
    nothing = "" if _is_filled(state, unit) else say("disabled.unit_empty")
    return Button("close", say("button.close_unit"), "inventory_2", not nothing, nothing, Look.PRIMARY if not nothing else Look.PLAIN)


def _is_filled(state: Packing, unit: KnownCarton) -> bool:
    return bool(unit.contents or state.on(unit.sscc))


def goal(state: Packing, load: Load | None, sight: Sight) -> Goal:
    """Nothing is wanted but the next thing; with nothing in hand there is no lot to type."""
    item = load.item.description if load and load.item else ""
    return Goal(item) if state.unit else Goal(item, icon="package_2", hint=sight.language.say("ask.SCAN_CARTON_pack"))


def actions(state: Packing, sight: Sight) -> tuple[Button, ...]:
    """Return the buttons while nothing is asked: with a unit in hand what is done with it, else a new one."""
    say, unit = sight.language.say, state.unit
    if unit is None:
        return undo_button(state, sight), Button("new_carton", say("button.new_carton"), "package_2"), _new_pallet(sight)
    nothing = "" if _is_filled(state, unit) else say("disabled.unit_empty")
    out = Button("unpack", say("button.unpack"), "outbox", not nothing, nothing)
    away = Button("finish", say("button.stop_packing"), "done_all")
    return undo_button(state, sight), out, type_lot_button(sight), away


def _new_pallet(sight: Sight) -> Button:
    return Button("new_pallet", sight.language.say("button.new_pallet"), "pallet")


def last(state: Packing, sight: Sight) -> QuantityTile:
    """Return what went in last."""
    language, done = sight.language, state.done[-1] if state.done else None
    title = language.say("title.last_packed")
    if done is None or not isinstance(done.event, LotPacked):
        return QuantityTile(title, nothing=language.say("empty.packed"))
    changeable = state.question is None
    return QuantityTile(
        title=title,
        number=language.amount(done.amount),
        unit=done.unit,
        source=came_by(done.load.given, done.load.weighed, sight),
        change=language.say("button.change") if changeable else "",
        action="change_quantity" if changeable else "",
    )


def pad(_state: Packing, asked: Asked, sight: Sight) -> Pad | None:
    """Return of what a quantity is asked."""
    item = asked.load.item if asked.load else None
    return Pad(item, sight.language.say("title.quantity")) if item else None


def outline(state: Packing, sight: Sight) -> Outline | None:
    """Return what is inside the unit in hand; with nothing in hand the last scans stand there."""
    unit = state.unit
    if unit is None:
        return None
    return Outline(sight.language.say("title.inside"), tuple(_rows(state, unit, sight)), empty=sight.language.say("empty.packed"))


def _rows(state: Packing, unit: KnownCarton, sight: Sight) -> list[OutlineRow]:
    top = OutlineRow(named(unit.level, unit.sscc, sight), icon=ICONS[unit.level], current=True)
    cartons = [OutlineRow(named(each.level, each.sscc, sight), depth=1, icon=ICONS[each.level]) for each in state.on(unit.sscc)]
    amounts: dict[tuple[str, str, str], Decimal] = {}
    for each in unit.contents:
        key = (each.lot.code, each.lot.item, each.unit)
        amounts[key] = amounts.get(key, Decimal(0)) + each.quantity
    lots = [
        OutlineRow(code, sight.item_name(item), f"{sight.language.amount(amount)} {measure}", depth=1)
        for (code, item, measure), amount in amounts.items()
    ]
    return [top, *cartons, *lots]


def still_open(state: object, sight: Sight) -> str:
    """Return what whoever signs in goes on with."""
    unit = state.unit if isinstance(state, Packing) else None
    return sight.language.say("document.packing_open", sscc=unit.sscc) if unit else ""


SHEET = Sheet(
    icon="package_2",
    header=header,
    finish=finish,
    goal=goal,
    actions=actions,
    last=last,
    pad=pad,
    outline=outline,
    still_open=still_open,
)
