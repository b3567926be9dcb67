"""What an order did not use of a lot goes back to stock, under a label of its own."""

from __future__ import annotations

from dataclasses import replace

from traceability.events import Container, LotReturned
from traceability.items import Item
from traceability.refusals import Reason, Verdict
from traceability.units import Converted, Quantity, plain, to_base
from traceability.workflows.consume_settle import done_about, with_done
from traceability.workflows.consuming import Asked, ConsumeState, Consuming, Done
from traceability.workflows.counting import amount_fault
from traceability.workflows.inputs import Circumstances
from traceability.workflows.step import Ask, Choice, PrintOrder, Record, Said, Step
from traceability.workflows.verdicts import verdict_of

NAME = "consume"


def returnable(state: Consuming) -> tuple[Done, ...]:
    """Return the last consumption of each lot of which something may come back, newest first."""
    newest = {each.key: each for each in state.done if each.used > 0 and state.used_of(each.key) > 0}
    return tuple(sorted(newest.values(), key=lambda each: each.at, reverse=True))


def ask_return(state: Consuming) -> Step[ConsumeState]:
    """Ask of which lot something is left; of the only one, how much."""
    lots = returnable(state)
    if len(lots) == 1:
        return ask_how_much(state, lots[0])
    choices = tuple(Choice(_named(each, lots), each.event.lot, each.event.description or each.event.item) for each in lots)
    asked = Asked(Ask.CHOOSE_LOT, about={"work_order": state.order.number, "return": "yes"}, choices=choices)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.CHOOSE_LOT, about=asked.about, choices=choices))


def _named(done: Done, among: tuple[Done, ...]) -> str:
    # A lot's own code, so that a script can say it; where two lots have one code the event tells them apart.
    alone = sum(each.event.lot == done.event.lot for each in among) == 1
    return done.event.lot if alone else done.event_id


def lot_chosen(state: Consuming, chosen: str) -> Done | None:
    """Return the consumption of whose lot something is left, by the answer that was offered for it."""
    lots = returnable(state)
    return next((each for each in lots if _named(each, lots) == chosen), None)


def ask_how_much(state: Consuming, done: Done) -> Step[ConsumeState]:
    """Ask how much of the lot is left."""
    facts = {**done_about(done.event, state), "return": "yes", "most": plain(state.used_of(done.key))}
    asked = Asked(Ask.QUANTITY, Reason.QUANTITY_MISSING, returns=done.event_id, about=facts)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.QUANTITY, about=facts))


def take_back(state: Consuming, done: Done, given: Quantity, now: Circumstances) -> Step[ConsumeState]:
    """Put so much of the lot back into stock, and print its label; more than was used can't come back."""
    item = done.load.item
    assert item is not None  # what was used had one
    converted = to_base(given, item.unit, item.packs)
    if converted is None:
        facts = {"quantity": plain(given.amount), "given_unit": given.unit, "unit": item.unit}
        return _ask_again(state, done, Reason.UNIT_UNKNOWN, facts)
    most = state.used_of(done.key)
    fault = amount_fault(converted, item) or (f"at most {plain(most)} {item.unit} were used" if converted.base.amount > most else None)
    if fault is not None:
        return _ask_again(state, done, Reason.QUANTITY_INVALID, {"got": str(given), "unit": item.unit, "message": fault})
    return _returned(state, done, item, converted, now)


def _ask_again(state: Consuming, done: Done, reason: Reason, facts: dict[str, str]) -> Step[ConsumeState]:
    facts = {**done_about(done.event, state), "return": "yes", **facts}
    asked = Asked(Ask.QUANTITY, reason, returns=done.event_id, about=facts)
    return Step(replace(state, question=asked), Said(verdict_of(reason, NAME), Ask.QUANTITY, reason, facts))


def _returned(state: Consuming, done: Done, item: Item, converted: Converted, now: Circumstances) -> Step[ConsumeState]:
    serial = f"{now.serial_prefix}{now.next_serial}"
    back = LotReturned(
        item=done.event.item,
        lot=done.event.lot,
        assigned_by=done.event.assigned_by,
        order=state.order.number,
        quantity=converted.given.amount,
        unit=converted.given.unit,
        base_quantity=converted.base.amount,
        base_unit=converted.base.unit,
        conversion=converted.factor,
        containers=(Container(serial, converted.base.amount, converted.base.unit),),
        place=now.place,
        description=item.description,
    )
    record = Record(back, how="typed", documents=state.document(), labels=(serial,), id=now.event_id)
    after = with_done(replace(state, question=None), Done(now.event_id, now.at, back, done.load, done.expires_on))
    facts = {**done_about(back, after), "returned": "yes"}
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), (record,), (_label(back, item, done, serial),), 1)


def _label(back: LotReturned, item: Item, done: Done, serial: str) -> PrintOrder:
    known = {
        "item": back.item,
        "gtin": item.gtin,
        "description": back.description,
        "lot": back.lot,
        "expires_on": done.expires_on.isoformat() if done.expires_on else None,
        "quantity": plain(back.base_quantity),
        "unit": back.base_unit,
        "serial": serial,
        "place": back.place,
    }
    return PrintOrder("lot", serial, {name: value for name, value in known.items() if value})
