"""Produce on the screens: what the order makes and how far it is, what goes into it, and lots that become a new one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from kiosk.presenters.consume_sheet import makes
from kiosk.presenters.sheet import Beginning, Goal, Pad, Papers, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, DocumentHeader, Look, Mark, Outline, OutlineRow, QuantityTile, SummaryRow, Tile
from kiosk.presenters.words import readable
from kiosk.presenters.work_view import pack_buttons, set_aside_button, type_lot_button, undo_button
from traceability.events import LotProduced, LotScrapped
from traceability.items import Item
from traceability.orders import WorkOrder
from traceability.workflows.produce import MADE
from traceability.workflows.produce_expiry import TOPIC as EXPIRY
from traceability.workflows.produce_mix import TOPIC
from traceability.workflows.produce_rules import LOT
from traceability.workflows.produce_scrap import TOPIC as SCRAP
from traceability.workflows.producing import Mixing, Producing
from traceability.workflows.step import Ask
from traceability.workflows.working import Asked, Load

MOST_OFFERED: Final = 200
#: Lies over an order that is complete while the pad is wanted all the same.
PAD: Final = "pad"


def header(state: Producing | Mixing, sight: Sight) -> DocumentHeader:
    """Return what is open, how far it is, and how many lots are in it."""
    language = sight.language
    if isinstance(state, Mixing):
        item = sight.item_name(state.item.code) if state.item else ""
        return DocumentHeader(language.say("document.mixing"), item, _together(state, sight), _lots_in(_mixed(state), sight))
    order, made = state.order, len({each.key for each in state.done})
    return DocumentHeader(
        number=language.say("document.work_order", order=order.number),
        note=makes(order, sight),
        progress=_so_far(order, sight),
        count=language.say_of("document.lots", made),
        segments=(_fraction(order),),
    )


def _so_far(order: WorkOrder, sight: Sight) -> str:
    made, planned = sight.language.amount(order.made), sight.language.amount(order.quantity)
    return sight.say("document.made", made=made, planned=planned, unit=order.unit)


def _fraction(order: WorkOrder) -> float:
    return float(max(Decimal(0), min(order.made / order.quantity, Decimal(1)))) if order.quantity else 1.0


def _mixed(state: Mixing) -> int:
    return len({(each.input.lot, each.input.assigned_by) for each in state.inputs})


def _lots_in(count: int, sight: Sight) -> str:
    return sight.language.say_of("document.lots_in", count)


def _together(state: Mixing, sight: Sight) -> str:
    if state.item is None:
        return ""
    return sight.say("document.together", quantity=sight.language.amount(state.total), unit=state.item.unit)


def finish(state: Producing | Mixing, sight: Sight) -> Button:
    """Leaving is the next step once all is made; mixing, the new lot is."""
    say = sight.language.say
    if isinstance(state, Mixing) and state.inputs and state.question is None:
        return Button("make", say("button.make_lot"), "label", look=Look.PRIMARY)
    if isinstance(state, Mixing):
        return Button("finish", say("button.leave_mix"), "done_all")
    complete = state.order.to_make == 0
    return Button("finish", say("button.leave"), "done_all", look=Look.PRIMARY if complete else Look.PLAIN)


def goal(state: Producing | Mixing, load: Load | None, sight: Sight) -> Goal:
    """Return what is to be made, how much of it is, and how many lots it is made of so far."""
    language = sight.language
    if isinstance(state, Mixing):
        item = sight.item_name(state.item.code) if state.item else ""
        return Goal(item, _lots_in(_mixed(state), sight) if state.inputs else "", _together(state, sight), icon="merge")
    order, code = state.order, load.item.code if load and load.item else state.order.item
    line = _lots_in(sight.book.lots_in(order.number), sight)
    if code != order.item:
        return Goal(sight.item_name(code), line)
    to_go = sight.say("document.to_go", quantity=language.amount(order.to_make), unit=order.unit)
    return Goal(sight.item_name(code), line, _so_far(order, sight), to_go, _fraction(order), "precision_manufacturing")


def tally(state: Producing | Mixing, sight: Sight) -> str:
    """Return how much of what is planned was made."""
    about = sight.said.about if sight.said else {}
    if isinstance(state, Mixing) or "made" not in about:
        return _lots_in(int(about["lots_in"]), sight) if about.get("lots_in", "0") != "0" else ""
    return sight.say("document.made", **readable(about, sight.language))


def pad(state: Producing | Mixing, asked: Asked, sight: Sight) -> Pad | None:
    """Return what is asked: how much was made, how much the new lot is, or how much of a lot goes in."""
    language = sight.language
    if isinstance(state, Mixing) and asked.topic == TOPIC and state.item is not None:
        room = language.say("document.at_most", quantity=language.amount(state.total), unit=state.item.unit)
        return Pad(state.item, _will_be(state.item, sight, "title.how_much_new"), room, language.say("button.print_label"))
    if asked.topic == SCRAP:
        return _scrap_pad(state, asked, sight)
    item = asked.load.item if asked.load else sight.item(state.order.item) if isinstance(state, Producing) else None
    if item is None:
        return None
    if isinstance(state, Mixing):
        return Pad(item, language.say("title.quantity"))
    # At rest the way out and the work's own buttons are there; a figure brings the units.
    resting = asked.topic == MADE and not sight.typing.buffer
    planned = asked.topic == MADE or item.code == state.order.item
    to_go = sight.say("document.to_go", quantity=language.amount(state.order.to_make), unit=item.unit) if planned else ""
    leave = Button("finish", language.say("button.leave_mix")) if resting else None
    words = language.say("button.print_label") if planned else ""
    if resting and planned and _is_complete(state) and sight.overlay != PAD:
        return None  # nothing is to go: the way out comes first; a figure, or the button, brings the pad back
    more = asked.load is not None and asked.load.answer(LOT) is not None
    title = language.say("title.how_much_made") if more else _will_be(item, sight, "title.how_much_made")
    return Pad(item, title, to_go, words, leave, has_packs=not (resting and state.done))


def _is_complete(state: Producing) -> bool:
    return bool(state.done) and state.order.to_make == 0


def _will_be(item: Item, sight: Sight, unknown: str) -> str:
    """The number that the new lot will get: said before it is made, taken only then."""
    lot = sight.next_lot(item)
    return sight.language.say("title.will_be", lot=lot) if lot else sight.language.say(unknown)


def _scrap_pad(state: Producing | Mixing, asked: Asked, sight: Sight) -> Pad | None:
    done = state.done_as(asked.event)
    if done is None or done.load.item is None:
        return None
    say, item, most = sight.language.say, done.load.item, sight.language.figure(asked.about.get("most", ""))
    return Pad(item, say("title.how_much_scrap"), say("document.at_most", quantity=most, unit=item.unit), say("button.scrap"))


def question(_state: Producing | Mixing, asked: Asked, sight: Sight) -> str:
    """Return what is asked over the tiles: why something is waste."""
    if asked.topic != SCRAP:
        return ""
    return sight.language.say("prompt.which_piece" if asked.ask is Ask.CHOOSE_LOT else "prompt.why_scrap")


def last(state: Producing | Mixing, sight: Sight) -> QuantityTile:
    """Return what was made last, and under which number."""
    language, done = sight.language, state.done[-1] if state.done else None
    if done is None or not isinstance(done.event, LotProduced):
        return QuantityTile(language.say("title.last_made"), nothing=language.say("empty.made"))
    lot = language.say("document.new_lot", lot=done.event.lot)
    return QuantityTile(title=language.say("title.last_made"), number=language.amount(done.amount), unit=done.unit, source=lot)


def actions(state: Producing | Mixing, sight: Sight) -> tuple[Button, ...]:
    """Return the buttons while nothing is asked but how much was made."""
    say = sight.language.say
    if isinstance(state, Mixing):
        return _undo_mixed(state, sight), set_aside_button(state, sight), type_lot_button(sight)
    if state.question is not None and state.question.topic == EXPIRY:
        return _undo(state, sight), Button("type_lot", say("button.type_date"), "keyboard")
    nothing = "" if state.done else say("disabled.nothing_made")
    more = Button("more_lot", say("button.more_lot"), "add", not nothing, nothing)
    change = _change(state, sight)
    scrap = Button("scrap", say("button.scrap"), "delete", not nothing, nothing)
    item = sight.item(state.order.item)
    if _is_complete(state) and not state.refused and sight.overlay != PAD:
        return _undo(state, sight), more, scrap, Button(PAD, say("button.another_lot"), "dialpad")
    if state.done and not state.refused and item is not None and item.packs:
        return _undo(state, sight), more, scrap, *pack_buttons(item, sight.language)[:1]
    return _undo(state, sight), more, scrap, set_aside_button(state, sight) if state.refused else change


def beside(state: Producing | Mixing, sight: Sight) -> tuple[Button, ...]:
    """Return what is done with the last lot where the pad needs the room: it is counted anew."""
    return (_change(state, sight),) if isinstance(state, Producing) else ()


def _change(state: Producing, sight: Sight) -> Button:
    nothing = "" if state.done else sight.language.say("disabled.nothing_made")
    return Button("change_quantity", sight.language.say("button.change"), "dialpad", not nothing, nothing)


def _undo_mixed(state: Mixing, sight: Sight) -> Button:
    """What goes in is taken out again before the new lot is made."""
    if state.begun or state.question or not state.inputs:
        return undo_button(state, sight)
    last = state.inputs[-1].input
    words = sight.language.say("button.undo", quantity=sight.language.amount(last.quantity), unit=last.unit)
    return Button("undo", words, "undo")


def outline(state: Producing | Mixing, sight: Sight) -> Outline | None:
    """Return what goes into a mix, the latest first; while an order is open, or nothing is in, the last scans stand there."""
    if not isinstance(state, Mixing) or not state.inputs:
        return None
    rows = (
        OutlineRow(each.input.lot, sight.item_name(each.input.item), f"{sight.language.amount(each.input.quantity)} {each.input.unit}")
        for each in reversed(state.inputs)
    )
    return Outline(sight.language.say("title.goes_in"), tuple(rows), _lots_in(_mixed(state), sight))


def _undo(state: Producing, sight: Sight) -> Button:
    # That it is asked how much was made is nothing that could be taken back.
    asked = state.question is not None and state.question.topic != MADE
    language, done = sight.language, state.done[-1] if state.done else None
    if asked or state.begun or done is None:
        nothing = "" if asked or state.begun else language.say("disabled.undo")
        return Button("undo", language.say("button.undo_last" if nothing else "button.undo_label"), "undo", not nothing, nothing)
    return Button("undo", language.say("button.undo", quantity=language.amount(done.amount), unit=done.unit), "undo")


def rows(state: Producing | Mixing, sight: Sight) -> tuple[SummaryRow, ...] | None:
    """Return what was made, what of it was waste, by-products, and what went in; mixing has nothing to sum up."""
    if isinstance(state, Mixing):
        return None
    order = state.order
    planned = [(order.item, order.made, order.quantity, order.unit)]
    planned += [(each.item, each.used, each.planned, sight.unit(each.item)) for each in order.components]
    made, *used = (_of_plan(*each, sight) for each in planned)
    return (made, *_beside(state, sight), *used)


def _of_plan(code: str, done: Decimal, planned: Decimal, unit: str, sight: Sight) -> SummaryRow:
    language = sight.language
    mark, words = Mark.OK, language.say("document.complete")
    if done < planned:
        mark, words = Mark.CHECK, sight.say("document.to_go", quantity=language.amount(planned - done), unit=unit)
    elif done > planned:
        mark, words = Mark.CHECK, sight.say("document.over", quantity=language.amount(done - planned), unit=unit)
    what = sight.say("document.of", received=language.amount(done), ordered=language.amount(planned), unit=unit)
    return SummaryRow(mark, sight.item_name(code), code, what, words)


def _beside(state: Producing, sight: Sight) -> Iterator[SummaryRow]:
    """What came out beside, and what was waste, of all that can still be undone here."""
    sums: dict[tuple[str, str, str], Decimal] = {}
    for each in state.done:
        scrapped = isinstance(each.event, LotScrapped)
        if each.key is not None and (scrapped or each.key.item != state.order.item):
            key = (each.key.item, each.unit, "document.scrapped" if scrapped else "document.by_product")
            sums[key] = sums.get(key, Decimal(0)) + each.amount
    for (item, unit, words), amount in sums.items():
        figure = sight.say("document.amount", quantity=sight.language.amount(amount), unit=unit)
        yield SummaryRow(Mark.OK, sight.item_name(item), item, figure, sight.language.say(words))


def warnings(state: Producing | Mixing) -> dict[str, int]:
    """Return what is to be seen before the order is left."""
    if isinstance(state, Mixing):
        return {}
    missing = sum(each.to_go > 0 for each in state.order.components) + (state.order.to_make > 0)
    return {"document.items_missing": missing, "document.refused": len(state.refused)}


def beginning(sight: Sight) -> Beginning:
    """Return the screen while no work order is open."""
    say = sight.language.say
    return Beginning(
        title=say("empty.work_order"),
        note=say("ask.SCAN_WORK_ORDER"),
        prompt=say("prompt.work_order"),
        hint=say("hint.from_list"),
        tile=say("title.last_made"),
        nothing=say("empty.made"),
        actions=(Button("mix", say("button.mix"), "merge"),),
    )


def papers(sight: Sight) -> Papers:
    """Return the work orders of which something is still to be made."""
    say = sight.language.say
    orders = sight.book.orders_to_make(MOST_OFFERED)
    tiles = (
        Tile(f"choose:{order.number}", say("document.work_order", order=order.number), makes(order, sight), SHEET.icon) for order in orders
    )
    return Papers(say("prompt.which_work_order"), say("hint.scan_its_paper"), tuple(tiles), say("empty.work_orders"))


def still_open(state: object, sight: Sight) -> str:
    """Return what whoever signs in goes on with."""
    if isinstance(state, Mixing):
        return sight.language.say("document.mixing_open") if state.inputs else ""
    return sight.language.say("document.work_order_open", order=state.order.number) if isinstance(state, Producing) else ""


SHEET = Sheet(
    icon="factory",
    header=header,
    finish=finish,
    goal=goal,
    actions=actions,
    last=last,
    pad=pad,
    question=question,
    tally=tally,
    rows=rows,
    warnings=warnings,
    beginning=beginning,
    papers=papers,
    still_open=still_open,
    outline=outline,
    beside=beside,
)
