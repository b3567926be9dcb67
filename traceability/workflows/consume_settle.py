"""A judged load becomes an answer: still in the making, asked about, refused, or used."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from traceability.events import EventCorrected, LotConsumed, LotReturned, ScanRefused, ScansAbandoned
from traceability.records import to_json
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.workflows.consume_rules import Yes, about, judge
from traceability.workflows.consuming import Asked, ConsumeState, Consuming, Done, Load, TurnedDown
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, No, Wanted
from traceability.workflows.receiving import MOST_REFUSED, MOST_REMEMBERED
from traceability.workflows.step import Ask, How, Record, Said, Step
from traceability.workflows.verdicts import refused_verdict, verdict_of

NAME = "consume"
RULES = ("item_on_order", "disposition", "expiry", "oldest_first", "on_hand", "plan")


def settle(state: Consuming, load: Load, now: Circumstances) -> Step[ConsumeState]:
    """Judge `load` and answer. One that is counted anew is judged as if its first consumption were undone already."""
    before = replace(state, begun=state.without(load), question=None)
    base = undone(before, load.replaces) if load.replaces else before
    back = next((each.used for each in before.done if each.event_id == load.replaces), Decimal(0))
    match judge(load, base, now, back):
        case Wanted(ask):
            kept = replace(before, begun=(*before.begun, load))
            return Step(kept, Said(Verdict.ASK, ask, about=about(load, state)))
        case Doubt(reason, ask, facts, choices):
            asked = Asked(ask, reason, load, about=facts, choices=choices)
            return Step(replace(before, question=asked), Said(verdict_of(reason, NAME), ask, reason, facts, choices))
        case No(reason, facts):
            return _refuse(before, load, reason, facts, now)
        case Yes() as yes:
            return _use(base, load, yes, now)


def undone(state: Consuming, event_id: str | None) -> Consuming:
    """Return the order as it is without one consumption or return."""
    gone = next((each for each in state.done if each.event_id == event_id), None)
    if gone is None:
        return state
    order = state.order.with_used(gone.event.item, -gone.used)
    return replace(state, order=order, done=tuple(each for each in state.done if each is not gone))


def correction(state: Consuming, done: Done, why: str) -> Record:
    """Return the record that undoes an event; the original stays in the journal."""
    return Record(EventCorrected(done.event_id, done.event.kind, why), how="typed", documents=state.document())


def with_done(state: Consuming, done: Done) -> Consuming:
    """Return the order with one more thing done."""
    order = state.order.with_used(done.event.item, done.used)
    return replace(state, order=order, done=(*state.done, done)[-MOST_REMEMBERED:])


def _use(state: Consuming, load: Load, yes: Yes, now: Circumstances) -> Step[ConsumeState]:
    used = yes.consumption
    record = Record(used, load.unnamed, how_of(load), state.document(), (), RULES, now.event_id, _read(load))
    corrected = (_counted_anew(load.replaces, state),) if load.replaces else ()
    after = with_done(state, Done(now.event_id, now.at, used, replace(load, replaces=None), yes.expires_on))
    return Step(after, Said(Verdict.ACCEPTED, Ask.SCAN_LABEL, about=done_about(used, after)), (*corrected, record))


def _counted_anew(event_id: str, state: Consuming) -> Record:
    return Record(EventCorrected(event_id, LotConsumed.kind, "counted_anew"), how="typed", documents=state.document())


def how_of(load: Load) -> How:
    """Whether a load was typed or scanned."""
    return "typed" if load.typed else "scanned"


def _read(load: Load) -> dict[str, str]:
    """What was read from the label, by name, as text; what nobody said is left out."""
    return {name: str(value) for name, value in to_json(load.parts.facts).items() if value is not None}


def done_about(event: LotConsumed | LotReturned, state: Consuming) -> dict[str, str]:
    """The facts of what was done that words need, and how far its component is."""
    component = state.order.component(event.item)
    known = {
        "work_order": state.order.number,
        "item": event.item,
        "description": event.description,
        "lot": event.lot,
        "quantity": plain(event.base_quantity),
        "unit": event.base_unit,
        "used": plain(component.used) if component else None,
        "planned": plain(component.planned) if component else None,
        "to_go": plain(component.to_go) if component else None,
    }
    return {name: value for name, value in known.items() if value is not None}


def _refuse(state: Consuming, load: Load, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[ConsumeState]:
    event = ScanRefused(NAME, reason, facts)
    record = Record(event, load.unnamed, how_of(load), state.document(), rules=RULES, id=now.event_id, read=_read(load))
    after = with_refused(state, TurnedDown(now.event_id, reason, now.at, facts))
    return Step(after, Said(refused_verdict(reason, NAME), Ask.SCAN_LABEL, reason, facts), (record,))


def with_refused(state: Consuming, refused: TurnedDown) -> Consuming:
    """Return the order with one more refusal that somebody has to deal with."""
    return replace(state, refused=(*state.refused, refused)[-MOST_REFUSED:])


def abandoned(
    state: Consuming, why: Literal["cancelled", "replaced", "old_scans", "finished"], scans: tuple[str, ...]
) -> tuple[Record, ...]:
    """Return the record that names the scans of labels that never came to be; none where there are none."""
    return (Record(ScansAbandoned(NAME, why), scans, documents=state.document()),) if scans else ()
