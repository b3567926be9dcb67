"""Some of what was made is waste: how much, and why. The lot keeps its number; the balance knows what became of the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from traceability.events import LotProduced, LotScrapped
from traceability.reasons import SCRAP, reasons_for
from traceability.refusals import Reason, Verdict
from traceability.units import Converted, Quantity, plain, to_base
from traceability.values import replace
from traceability.workflows.counting import amount_fault
from traceability.workflows.inputs import Chosen, Circumstances, QuantityGiven
from traceability.workflows.producing import Producing
from traceability.workflows.step import Ask, Choice, Record, Said, Step
from traceability.workflows.task import Task
from traceability.workflows.work_answers import quantity_of
from traceability.workflows.work_settle import ask, not_expected, with_done
from traceability.workflows.working import Asked, Done, Load

TOPIC: Final = "scrap"
PIECE: Final = "piece"


def ask_scrap(task: Task[Producing], state: Producing) -> Step[Producing]:
    """Ask how much of the lot that was made last is waste; where each piece has its own serial, which."""
    done = _last(state)
    if state.question is not None or state.begun or done is None or _left(state, done) <= 0:
        return not_expected(task, state, TOPIC)
    if choices := tuple(Choice(each, each) for each in _pieces_left(state, done)):
        return ask(task, state, Asked(Ask.CHOOSE_LOT, topic=TOPIC, event=done.event_id, about=_about(state, done), choices=choices))
    return ask(task, state, Asked(Ask.QUANTITY, topic=TOPIC, event=done.event_id, about=_about(state, done)))


def how_much(task: Task[Producing], state: Producing, asked: Asked, given: QuantityGiven, now: Circumstances) -> Step[Producing] | None:
    """Take how much is waste, and ask why. None where that is not asked."""
    done = state.done_as(asked.event) if asked.topic == TOPIC and asked.ask is Ask.QUANTITY else None
    if done is None or done.load.item is None or given.amount is None:
        return None
    item, quantity = done.load.item, quantity_of(done.load.item, given)
    converted = to_base(quantity, item.unit, item.packs)
    if converted is None:
        facts = {"quantity": plain(quantity.amount), "given_unit": quantity.unit, "unit": item.unit}
        return _again(task, state, done, Reason.UNIT_UNKNOWN, facts)
    fault = amount_fault(converted, item)
    if fault is None and converted.base.amount > _left(state, done):
        fault = f"at most {plain(_left(state, done))} {item.unit} were made"
    if fault is not None:
        return _again(task, state, done, Reason.QUANTITY_INVALID, {"got": str(quantity), "unit": item.unit, "message": fault})
    return _ask_why(task, state, done, replace(done.load, given=quantity), now)


def _ask_why(task: Task[Producing], state: Producing, done: Done, load: Load, now: Circumstances) -> Step[Producing]:
    choices = tuple(Choice(each.code, each.said) for each in reasons_for(SCRAP, now.reasons))
    piece = {"serial": serial} if (serial := load.answer(PIECE)) is not None else {}
    facts = {**_about(state, done), "quantity": plain(load.given.amount) if load.given else "", **piece}
    named = replace(load, parts=replace(load.parts, scans=()))  # the event of what was made names its scans: leaving this names none
    return ask(task, state, Asked(Ask.CHOOSE_REASON, None, named, TOPIC, done.event_id, about=facts, choices=choices))


def which(task: Task[Producing], state: Producing, asked: Asked, given: Chosen, now: Circumstances) -> Step[Producing] | None:
    """Take which piece is waste, and ask why. None where that is not asked, or was none of the answers."""
    done = state.done_as(asked.event) if asked.topic == TOPIC and asked.ask is Ask.CHOOSE_LOT else None
    if done is None or done.load.item is None or given.id not in _pieces_left(state, done):
        return None
    one = replace(done.load, given=Quantity(Decimal(1), done.load.item.unit), chosen=((PIECE, given.id),))
    return _ask_why(task, state, done, one, now)


def why(task: Task[Producing], state: Producing, asked: Asked, given: Chosen, now: Circumstances) -> Step[Producing] | None:
    """Record the waste with its reason. None where that is not asked, or was none of the answers."""
    done = state.done_as(asked.event) if asked.topic == TOPIC and asked.ask is Ask.CHOOSE_REASON else None
    load = asked.load
    if done is None or load is None or load.item is None or load.given is None:
        return None
    if not any(choice.id == given.id for choice in asked.choices):
        return None
    converted = to_base(load.given, load.item.unit, load.item.packs)
    assert converted is not None  # it was, when it was typed
    piece = load.answer(PIECE)
    return _scrapped(task, state, done, converted, given.id, (piece,) if piece is not None else (), now)


def _scrapped(
    task: Task[Producing], state: Producing, done: Done, amount: Converted, reason: str, pieces: tuple[str, ...], now: Circumstances
) -> Step[Producing]:
    made = done.event
    assert isinstance(made, LotProduced)
    scrapped = LotScrapped(
        item=made.item,
        lot=made.lot,
        assigned_by=made.assigned_by,
        quantity=amount.given.amount,
        unit=amount.given.unit,
        base_quantity=amount.base.amount,
        base_unit=amount.base.unit,
        conversion=amount.factor,
        container=_container(made, amount.base.amount),
        place=made.place,
        why=reason,
        description=made.description,
        order=state.order.number,
        serials=pieces,
    )
    record = Record(scrapped, how="typed", documents=state.document(), id=now.event_id)
    after = with_done(task, replace(state, question=None), Done(now.event_id, now.at, scrapped, done.load, done.expires_on))
    facts = {**state.facts(), **task.said_of(scrapped, after), "scrapped": "yes"}
    return Step(after, Said(Verdict.ACCEPTED, Ask.QUANTITY, about=facts), (record,))


def _container(made: LotProduced, amount: Decimal) -> str | None:
    # The one that was filled last is at hand; where it holds too little it is not said which they came from.
    last = made.containers[-1] if made.containers else None
    return last.serial if last is not None and last.quantity >= amount else None


def _last(state: Producing) -> Done | None:
    return next((each for each in reversed(state.done) if isinstance(each.event, LotProduced)), None)


def _pieces_left(state: Producing, done: Done) -> tuple[str, ...]:
    """The serials of what was made here of a lot and not scrapped."""
    mine = [each.event for each in state.done if each.key == done.key]
    waste = {serial for event in mine if isinstance(event, LotScrapped) for serial in event.serials}
    made = (serial for event in mine if isinstance(event, LotProduced) for serial in event.serials)
    return tuple(serial for serial in made if serial not in waste)


def _left(state: Producing, done: Done) -> Decimal:
    """How much of a lot was made here and not scrapped."""
    mine = [each for each in state.done if each.key == done.key]
    return sum((-each.amount if isinstance(each.event, LotScrapped) else each.amount for each in mine), Decimal(0))


def _about(state: Producing, done: Done) -> dict[str, str]:
    item = done.load.item
    named = {"item": item.code, "description": item.description, "unit": item.unit} if item else {}
    return {**state.facts(), **named, "lot": done.key.code if done.key else "", "scrap": "yes", "most": plain(_left(state, done))}


def _again(task: Task[Producing], state: Producing, done: Done, reason: Reason, facts: dict[str, str]) -> Step[Producing]:
    return ask(task, state, Asked(Ask.QUANTITY, reason, topic=TOPIC, event=done.event_id, about={**_about(state, done), **facts}))
