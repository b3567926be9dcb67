"""What an order did not use of a lot goes back to stock, under a label of its own."""

from __future__ import annotations

from decimal import Decimal

from traceability.events import Container, LotConsumed, LotReturned
from traceability.items import Item
from traceability.lots import LotKey
from traceability.refusals import Reason, Verdict
from traceability.units import Converted, Quantity, plain, to_base
from traceability.values import replace
from traceability.workflows.consuming import Consuming, used_by
from traceability.workflows.counting import amount_fault
from traceability.workflows.inputs import Chosen, Circumstances, QuantityGiven
from traceability.workflows.lot_labels import lot_label
from traceability.workflows.step import Ask, Choice, Record, Said, Step
from traceability.workflows.task import Task
from traceability.workflows.verdicts import verdict_of
from traceability.workflows.work_answers import quantity_of
from traceability.workflows.work_settle import not_expected, with_done
from traceability.workflows.working import Asked, Done

TOPIC = "return"


def returnable(state: Consuming) -> tuple[Done, ...]:
    """Return the last consumption of each lot, and of each piece, of which something may come back, newest first."""
    newest = {_which(each): each for each in state.done if each.key and (used_by(each) > 0 or _which(each)[1])}
    left = (each for each in newest.values() if used_by(each) > 0 and each.key and state.used_of(each.key) > 0)
    return tuple(sorted(left, key=lambda each: each.at, reverse=True))


def _which(done: Done) -> tuple[LotKey | None, tuple[str, ...]]:
    """The lot, and the piece where each has its own serial."""
    return done.key, getattr(done.event, "serials", ())


def ask_return(task: Task[Consuming], state: Consuming, now: Circumstances) -> Step[Consuming]:
    """Ask of which lot, or which piece, something is left; of the only one, how much."""
    lots = returnable(state)
    if state.question is not None or not lots:
        return not_expected(task, state, TOPIC)
    if len(lots) == 1:
        return _take(task, state, lots[0], now)
    choices = tuple(Choice(_named(each, lots), _called(each), _used(each).description or _used(each).item) for each in lots)
    asked = Asked(Ask.CHOOSE_LOT, topic=TOPIC, about={**state.facts(), "return": "yes"}, choices=choices)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.CHOOSE_LOT, about=asked.about, choices=choices))


def lot_chosen(task: Task[Consuming], state: Consuming, asked: Asked, given: Chosen, now: Circumstances) -> Step[Consuming] | None:
    """Take the answer which lot something is left of; None where that is not asked."""
    if asked.topic != TOPIC or asked.ask is not Ask.CHOOSE_LOT:
        return None
    lots = returnable(state)
    chosen = next((each for each in lots if _named(each, lots) == given.id), None)
    return _take(task, state, chosen, now) if chosen else None


def _take(task: Task[Consuming], state: Consuming, done: Done, now: Circumstances) -> Step[Consuming]:
    """A piece comes back as it is; of anything else it is asked how much."""
    item = done.load.item
    if not _used(done).serials or item is None:
        return _ask_how_much(task, state, done)
    one = Quantity(Decimal(1), item.unit)
    return _returned(task, state, done, item, Converted(one, one, Decimal(1)), now)


def take_back(task: Task[Consuming], state: Consuming, asked: Asked, given: QuantityGiven, now: Circumstances) -> Step[Consuming] | None:
    """Put so much of the lot back into stock, and print its label; more than was used can't come back. None where that is not asked."""
    done = state.done_as(asked.event) if asked.topic == TOPIC else None
    if done is None or done.load.item is None or done.key is None:
        return None
    item, quantity = done.load.item, quantity_of(done.load.item, given)
    converted = to_base(quantity, item.unit, item.packs)
    if converted is None:
        facts = {"quantity": plain(quantity.amount), "given_unit": quantity.unit, "unit": item.unit}
        return _ask_again(task, state, done, Reason.UNIT_UNKNOWN, facts)
    most = state.used_of(done.key)
    fault = amount_fault(converted, item) or (f"at most {plain(most)} {item.unit} were used" if converted.base.amount > most else None)
    if fault is not None:
        return _ask_again(task, state, done, Reason.QUANTITY_INVALID, {"got": str(quantity), "unit": item.unit, "message": fault})
    return _returned(task, state, done, item, converted, now)


def _named(done: Done, among: tuple[Done, ...]) -> str:
    # A lot's own code, so that a script can say it; where two lots have one code the event tells them apart.
    alone = sum(_called(each) == _called(done) for each in among) == 1
    return _called(done) if alone else done.event_id


def _called(done: Done) -> str:
    return next(iter(_used(done).serials), _used(done).lot)


def _used(done: Done) -> LotConsumed:
    assert isinstance(done.event, LotConsumed)  # of what came back nothing more comes back
    return done.event


def _ask_how_much(task: Task[Consuming], state: Consuming, done: Done) -> Step[Consuming]:
    facts = {**state.facts(), **task.said_of(done.event, state), "return": "yes"}
    facts["most"] = plain(state.used_of(done.key)) if done.key else ""
    asked = Asked(Ask.QUANTITY, Reason.QUANTITY_MISSING, topic=TOPIC, event=done.event_id, about=facts)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.QUANTITY, about=facts))


def _ask_again(task: Task[Consuming], state: Consuming, done: Done, reason: Reason, facts: dict[str, str]) -> Step[Consuming]:
    facts = {**state.facts(), **task.said_of(done.event, state), "return": "yes", **facts}
    asked = Asked(Ask.QUANTITY, reason, topic=TOPIC, event=done.event_id, about=facts)
    return Step(replace(state, question=asked), Said(verdict_of(reason, task.name), Ask.QUANTITY, reason, facts))


def _returned(task: Task[Consuming], state: Consuming, done: Done, item: Item, converted: Converted, now: Circumstances) -> Step[Consuming]:
    serial, used = f"{now.serial_prefix}{now.next_serial}", _used(done)
    labelled = (Container(serial, converted.base.amount, converted.base.unit),) if not used.serials else ()  # a piece has its own label
    back = LotReturned(
        item=used.item,
        lot=used.lot,
        assigned_by=used.assigned_by,
        order=state.order.number,
        quantity=converted.given.amount,
        unit=converted.given.unit,
        base_quantity=converted.base.amount,
        base_unit=converted.base.unit,
        conversion=converted.factor,
        containers=labelled,
        place=now.place,
        description=item.description,
        serials=used.serials,
    )
    labels = tuple(each.serial for each in labelled)
    record = Record(back, how="typed", documents=state.document(), labels=labels, id=now.event_id)
    after = with_done(task, replace(state, question=None), Done(now.event_id, now.at, back, done.load, done.expires_on))
    facts = {**state.facts(), **task.said_of(back, after), "returned": "yes"}
    prints = tuple(lot_label(back, item.gtin, done.expires_on, Container(each, back.base_quantity, back.base_unit)) for each in labels)
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=facts), (record,), prints, len(labels))
