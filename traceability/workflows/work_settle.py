"""A judged load becomes an answer: still in the making, asked about, refused, or done and recorded."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from traceability.events import EventCorrected, LotPacked, ScanRefused, ScansAbandoned
from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.approvals import Approval
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, Kept, No, Wanted, Yes
from traceability.workflows.lot_rules import about, agreement
from traceability.workflows.overriding import guarded, is_offered
from traceability.workflows.pieces import naming_piece, piece
from traceability.workflows.step import Ask, How, Record, Said, ScanRef, Step
from traceability.workflows.task import ASKED_ONCE, Task, W
from traceability.workflows.undoing import CHANGE
from traceability.workflows.verdicts import refused_verdict, verdict_of
from traceability.workflows.working import MOST_REFUSED, MOST_REMEMBERED, Asked, Done, Load, TurnedDown


def settle(task: Task[W], state: W, load: Load, now: Circumstances) -> Step[W]:
    """Judge `load` and answer. One that is counted anew is judged as if its first event were undone already."""
    others = state.without(load)
    before = state if others == state.begun and state.question is None else replace(state, begun=others, question=None)
    first = before.done_as(load.replaces)
    base = undone(task, before, first) if first else before
    judged = task.judge(load, base, _given_back(now, task.took(first), first) if first else now)
    if isinstance(judged, Yes | Doubt):
        judged = piece(load, base, now, task.wants_pieces(base, load)) or judged
    match guarded(judged, task.name, now.policies, load.agreed):
        case Wanted(ask):
            kept = replace(before, begun=(*before.begun, load))
            return Step(kept, Said(Verdict.ASK, ask, about=about(load, state)))
        case Doubt() as doubt:
            return _ask(task, before, load, doubt)
        case No(reason, facts):
            return refuse_load(task, before, load, reason, facts, now)
        case Kept(after, facts):
            return Step(after, Said(Verdict.ASK, task.wants(after), about=facts))
        case Yes() as yes:
            return _record(task, base, load, yes, now)


def ask(task: Task[W], state: W, asked: Asked) -> Step[W]:
    """Ask a question; scans wait until it is answered."""
    said = Said(verdict_asked(asked, task.name), asked.ask, asked.reason, asked.about, asked.choices, len(state.waiting))
    return Step(replace(state, question=asked), said)


def asked_for_quantity(state: W, load: Load, **more: str) -> Step[W]:
    """Ask how much it is."""
    facts = about(load, state, **more)
    asked = Asked(Ask.QUANTITY, Reason.QUANTITY_MISSING, load, about=facts)
    return Step(replace(state, question=asked), Said(Verdict.ASK, Ask.QUANTITY, about=facts))


def verdict_asked(asked: Asked, name: str) -> Verdict:
    """Return the verdict of a question: what a second person may still let through is to be checked, not refused."""
    if asked.reason is None:
        return Verdict.ASK
    if is_offered(asked.choices) or asked.reason is Reason.NOT_EXPECTED_HERE:
        return Verdict.CHECK
    return verdict_of(asked.reason, name)


def undone(task: Task[W], state: W, done: Done) -> W:
    """Return the work as it is without one thing that was done."""
    left = tuple(each for each in state.done if each.event_id != done.event_id)
    return replace(task.without_done(state, done), done=left)


def correction(state: W, done: Done, why: str, code: str | None = None) -> Record:
    """Return the record that undoes an event; the original stays in the journal."""
    return Record(EventCorrected(done.event_id, done.event.kind, why, code), how="typed", documents=state.document())


def with_done(task: Task[W], state: W, done: Done) -> W:
    """Return the work with one more thing done."""
    counted = task.with_done(state, done)
    return replace(counted, done=(*counted.done, done)[-MOST_REMEMBERED:])


def how_of(load: Load) -> How:
    """Whether a load was typed or scanned."""
    return "typed" if load.typed else "scanned"


def read_of(load: Load) -> dict[str, str]:
    """What was read from the label, by name, as text, and what the scale said; what nobody said is left out."""
    said = load.parts.facts.in_words()
    return {**said, "weighed": load.weighed} if load.weighed else said


def with_refused(state: W, refused: TurnedDown) -> W:
    """Return the work with one more refusal that somebody has to deal with."""
    return replace(state, refused=(*state.refused, refused)[-MOST_REFUSED:])


def refuse_scan(task: Task[W], state: W, scan: ScanRef, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[W]:
    """Say no to one scan; it stays in the list until somebody deals with it. An open question stays open."""
    facts = {**state.facts(), **facts}
    record = Record(ScanRefused(task.name, reason, facts), (scan.id,), documents=state.document(), id=now.event_id)
    kept = state if reason is Reason.COMMAND_UNKNOWN else with_refused(state, TurnedDown(now.event_id, reason, now.at, facts))
    said = replace(while_open(task, kept, reason, facts), verdict=refused_verdict(reason, task.name))
    return Step(kept, said, (record,))


def refuse_typed(task: Task[W], state: W, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[W]:
    """Say no to what was typed or touched, where no scan is behind it. An open question stays open."""
    facts = {**state.facts(), **facts}
    record = Record(ScanRefused(task.name, reason, facts), how="typed", documents=state.document(), id=now.event_id)
    after = with_refused(state, TurnedDown(now.event_id, reason, now.at, facts))
    said = replace(while_open(task, after, reason, facts), verdict=refused_verdict(reason, task.name))
    return Step(after, said, (record,))


def duplicate(task: Task[W], state: W, scan: ScanRef, facts: dict[str, str]) -> Step[W]:
    """Say that nothing is counted for this scan: it was read twice, or its container is used up."""
    facts = {"text": scan.text, **state.facts(), **facts}
    record = Record(ScanRefused(task.name, Reason.ALREADY_COUNTED, facts), (scan.id,), documents=state.document())
    return Step(state, while_open(task, state, Reason.ALREADY_COUNTED, facts), (record,))


def while_open(task: Task[W], state: W, reason: Reason, facts: dict[str, str]) -> Said:
    """Say no; where a question is open it stays open, and its answers stay on offer."""
    asked = state.question
    wanted, choices = (asked.ask, asked.choices) if asked else (task.wants(state), ())
    return Said(verdict_of(reason, task.name), wanted, reason, facts, choices, len(state.waiting))


def abandoned(
    task: Task[W], state: W, why: Literal["cancelled", "replaced", "old_scans", "finished"], scans: tuple[str, ...]
) -> tuple[Record, ...]:
    """Return the record that names the scans of labels that never came to be; none where there are none."""
    return (Record(ScansAbandoned(task.name, why), scans, documents=state.document()),) if scans else ()


def _given_back(now: Circumstances, amount: Decimal, first: Done) -> Circumstances:
    """Return what is known with `amount` more of the lot where `first` took it: that is about to be undone."""
    known = now.lot.known
    if known is None or not amount:
        return now
    stood, places = getattr(first.event, "place", ""), dict(now.lot.places)
    # What was packed is still where it stood.
    if stood and first.load.container is None and not isinstance(first.event, LotPacked):
        places[stood] = places.get(stood, Decimal(0)) + amount
    return replace(now, lot=replace(now.lot, known=replace(known, on_hand=known.on_hand + amount), places=tuple(places.items())))


def _ask(task: Task[W], state: W, load: Load, doubt: Doubt) -> Step[W]:
    return ask(task, state, Asked(doubt.ask, doubt.reason, load, doubt.topic, about=doubt.about, choices=doubt.choices))


def _record(task: Task[W], state: W, load: Load, yes: Yes, now: Circumstances) -> Step[W]:
    event = naming_piece(yes.event, load)
    record = Record(event, load.unnamed, how_of(load), state.document(), yes.labels, task.rules, now.event_id, read_of(load))
    if approval := _approval(load, state):
        record = replace(record, approver=approval.approver, override_reason=approval.code)
    replaced = (_counted_anew(load.replaces, yes, state, load),) if load.replaces else ()
    before = tuple(Done(each.id, now.at, each.event, _as_done(load)) for each in yes.before if each.id is not None)
    state = replace(state, done=(*state.done, *before)) if before else state
    after = with_done(task, state, Done(now.event_id, now.at, event, _as_done(load), yes.expires_on))
    facts = {**state.facts(), **task.said_of(event, after), **yes.about}
    said = Said(Verdict.ACCEPTED, task.wants(after), about=facts)
    return Step(after, said, (*replaced, *yes.before, record), yes.prints, yes.serials_used, yes.numbers_used)


def _as_done(load: Load) -> Load:
    """Return the load without what was said of the event that it replaced."""
    return replace(load, replaces=None, chosen=tuple(each for each in load.chosen if each[0] != CHANGE)) if load.replaces else load


def _approval(load: Load, state: W) -> Approval | None:
    """Return the second person's word that let the load through: given for it, or for its lot earlier in this work."""
    if not load.approved and not state.approved:
        return None
    remembered = (state.approved.get(agreement(reason, load)) for reason in ASKED_ONCE)
    # That what it replaces may be taken back, though it went on, says nothing of what is done now.
    given = (each for each in reversed(load.approved) if each.reason is not Reason.DOWNSTREAM_EXISTS)
    return next(given, None) or next(filter(None, remembered), None)


def _counted_anew(event_id: str, yes: Yes, state: W, load: Load) -> Record:
    code = load.answer(CHANGE)
    record = Record(EventCorrected(event_id, yes.event.kind, "counted_anew", code), how="typed", documents=state.document())
    # What else was let through says nothing of what went on with the goods.
    by = next((each for each in load.approved if each.reason is Reason.DOWNSTREAM_EXISTS), None)
    return replace(record, approver=by.approver, override_reason=by.code) if by is not None else record


def refuse_load(task: Task[W], state: W, load: Load, reason: Reason, facts: dict[str, str], now: Circumstances) -> Step[W]:
    """Say no to a load; its scans are named, and it stays in the list until somebody deals with it."""
    event = ScanRefused(task.name, reason, facts)
    record = Record(event, load.unnamed, how_of(load), state.document(), rules=task.rules, id=now.event_id, read=read_of(load))
    after = with_refused(state, TurnedDown(now.event_id, reason, now.at, facts))
    return Step(after, Said(refused_verdict(reason, task.name), task.wants(after), reason, facts), (record,))


def asks_again(state: W, name: str, **more: str) -> Step[W]:
    """Ask the open question once more."""
    asked = state.question
    assert asked is not None
    verdict = verdict_asked(asked, name)
    return Step(state, Said(verdict, asked.ask, asked.reason, {**asked.about, **more}, asked.choices, len(state.waiting)))


def not_allowed(state: W, name: str) -> Step[W]:
    """Say that a worker's own yes does not settle the open question; it stays open."""
    again = asks_again(state, name)
    refused = replace(again.said, verdict=verdict_of(Reason.NOT_ALLOWED, name), reason=Reason.NOT_ALLOWED)
    return replace(again, said=refused)


def not_expected(task: Task[W], state: W, what: str) -> Step[W]:
    """Say that there is nothing to do that with now."""
    if state.question is not None:
        return asks_again(state, task.name)
    reason, facts = Reason.NOT_EXPECTED_HERE, {"what": what}
    said = Said(verdict_of(reason, task.name), task.wants(state), reason, facts)
    return Step(state, said, (Record(ScanRefused(task.name, reason, facts), how="typed"),))


def wanted(ask_: Ask, state: W) -> Step[W]:
    """Say what is wanted next, where nothing happened."""
    return Step(state, Said(None, ask_))
