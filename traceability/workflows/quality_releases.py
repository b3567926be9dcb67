"""Release what was held together: by quality, not by who held it, wherever it is. Each lot stands as it would without that hold."""

from __future__ import annotations

from typing import Any, Final

from traceability.barcodes.assembly import Parts
from traceability.events import Event, LotReleased, ScopeReleased
from traceability.hold_scopes import HeldLot, HoldScope
from traceability.ids import sibling
from traceability.lots import Disposition
from traceability.refusals import Reason, Verdict
from traceability.values import replace
from traceability.workflows.inputs import Circumstances
from traceability.workflows.inspecting import Inspecting, Releasing
from traceability.workflows.quality_rules import CANCEL, is_of_quality, reason_in_words
from traceability.workflows.quality_undo import named_in
from traceability.workflows.step import Ask, Choice, Record, Said, Step
from traceability.workflows.task import Task
from traceability.workflows.work_settle import ask, asks_again, refuse_typed, with_done
from traceability.workflows.working import Asked, Done, Load

#: Topics: which of the holds is meant; what is done with one that is in force.
WHICH, IN_FORCE = "which_hold", "in_force"
#: The choice that leads to the list of them.
LIST: Final = "held_together"
_AFTERWARDS: Final = (Disposition.AVAILABLE, Disposition.QUARANTINE, Disposition.REJECTED)


def ask_which(task: Task[Any], state: Inspecting, now: Circumstances) -> Step[Inspecting]:
    """Ask which of what is held together is meant."""
    choices = tuple(Choice(each.id, _name(each), reason_in_words(each.why, now)) for each in now.lots.scopes)
    return ask(task, state, Asked(Ask.CHOOSE_REASON, topic=WHICH, about=state.facts(), choices=choices))


def _name(scope: HoldScope) -> str:
    """Return what is held, as it is told apart from others: its paper's number, or when it was."""
    if scope.number is not None:
        return scope.number
    ends = [f"{each:%Y-%m-%d %H:%M}" if each else "" for each in (scope.since, scope.until)]
    return " – ".join(ends)


def ask_held(task: Task[Any], state: Inspecting, now: Circumstances) -> Step[Inspecting]:
    """Say that it is on hold, and how many lots of it are here; a paper's may be held once more, for another reason."""
    scopes, lots = now.lots.scopes, now.lots.held
    again = (Choice("hold", "Put on hold"),) if state.together is not None else ()
    about = {**state.facts(), "basis": scopes[0].basis, "text": _name(scopes[0]), "lots": str(len(lots))}
    question = Asked(Ask.DECIDE, topic=IN_FORCE, about=about, choices=(Choice("release", "Release"), *again, CANCEL))
    return ask(task, replace(state, releasing=Releasing(scopes, lots)), question)


def chosen(task: Task[Any], state: Inspecting, asked: Asked, choice: str, now: Circumstances) -> Step[Inspecting] | None:
    """Answer what is done with what is held together; None where that was not asked, or was cancelled."""
    held = state.releasing
    if asked.topic != IN_FORCE or choice == "cancel" or held is None:
        return None
    if choice != "release":
        return asks_again(state, task.name)
    free = replace(state, question=None, together=None, releasing=None)
    facts = {name: asked.about[name] for name in ("text", "basis", "lots")}
    if not is_of_quality(now.operator):
        return refuse_typed(task, free, Reason.NOT_ALLOWED, facts, now)
    if now.operator is not None and any(each.by == now.operator.id for each in held.scopes):
        return refuse_typed(task, free, Reason.SAME_PERSON, facts, now)
    return _release(task, free, held, facts, now)


def _release(task: Task[Any], state: Inspecting, held: Releasing, facts: dict[str, str], now: Circumstances) -> Step[Inspecting]:
    events: tuple[Event, ...] = (*map(_lot_released, held.lots), *(ScopeReleased(each.id) for each in held.scopes))
    ids = (now.event_id, *(sibling(now.event_id, number) for number in range(1, len(events))))
    records = tuple(Record(event, how="typed", rules=task.rules, id=id_) for event, id_ in zip(events, ids, strict=True))
    after = with_done(task, state, Done(now.event_id, now.at, events[-1], Load(Parts(), chosen=named_in(records))))
    about = {**state.facts(), **facts, "released_many": str(len(held.lots))}
    return Step(after, Said(Verdict.ACCEPTED, task.wants(after), about=about), records)


def _lot_released(lot: HeldLot) -> LotReleased:
    # A recall is ended by nobody here; the release leaves it as it is.
    stands = lot.without if lot.without in _AFTERWARDS else Disposition.AVAILABLE
    return LotReleased(lot.key.item, lot.key.code, lot.key.assigned_by, lot.holds, stands)
