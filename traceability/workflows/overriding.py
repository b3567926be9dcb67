"""A second person lets through what the rules refuse: badge, PIN, reason code. The dialogue inside an open question.

`guarded` says which refusals may be settled so; `begun` and `turned` carry the dialogue on. The PIN is compared elsewhere (`Pins`):
what comes here says only whether it was right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Final

from traceability.events import ApprovalAsked, OverrideApproved, ScanRefused
from traceability.operators import Operator, Role
from traceability.reasons import OVERRIDE, ReasonCode, reasons_for
from traceability.refusals import Reason
from traceability.values import replace
from traceability.workflows.approvals import Approval, Overriding
from traceability.workflows.inputs import BadgeScanned, Chosen, Circumstances, Input, Pin, PinChecked, Pressed, QuantityGiven, Typed
from traceability.workflows.judgement import Doubt, Judgement, No
from traceability.workflows.step import Ask, Choice, Record

#: The answer that calls a second person.
CALL: Final = Choice("override", "Supervisor…")
CANCEL: Final = Choice("cancel", "Cancel")
#: What may ever be let through by a second person. Held, recalled and rejected lots are not in it: nobody talks the gate open.
OVERRIDABLE: Final = frozenset(
    {
        Reason.OLDER_LOT_FIRST,
        Reason.OVER_PLAN,
        Reason.LOT_SHORT,
        Reason.DATA_TOO_OLD,
        Reason.LOT_EXPIRED,
        Reason.LOT_NEAR_EXPIRY,
        Reason.LOT_UNKNOWN,
        Reason.SHELF_LIFE_SHORT,
        Reason.OVER_RECEIPT,
        Reason.DOWNSTREAM_EXISTS,
    }
)
#: What leaves the house expired is the customer's harm: there the plant's policy does not count.
_NEVER_AT: Final = {Reason.LOT_EXPIRED: frozenset({"pack", "ship", "pick"})}
_SUPERVISOR: Final = frozenset({Role.SUPERVISOR})
#: Where the plant's policy `overrides` does not say otherwise.
BY_DEFAULT: Final[Mapping[Reason, frozenset[Role]]] = {
    Reason.OLDER_LOT_FIRST: _SUPERVISOR,
    Reason.OVER_PLAN: _SUPERVISOR,
    Reason.LOT_SHORT: _SUPERVISOR,
    Reason.DATA_TOO_OLD: _SUPERVISOR,
    Reason.OVER_RECEIPT: _SUPERVISOR,
    # What was used further on is undone only by somebody who sees to the rest.
    Reason.DOWNSTREAM_EXISTS: frozenset({Role.SUPERVISOR, Role.QUALITY}),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """The question after one input: what it asks now, why the last answer was refused, and the approval once it is given."""

    ask: Ask
    choices: tuple[Choice, ...]
    overriding: Overriding | None  # None: back at the question itself
    reason: Reason | None = None
    about: dict[str, str] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be let through: in which kind of work, for which reason, and the facts that the record keeps."""

    workflow: str
    reason: Reason
    about: dict[str, str]
    documents: tuple[tuple[str, str], ...] = ()


def approvers_for(reason: Reason, workflow: str, policies: Mapping[str, str]) -> frozenset[Role]:
    """Return the roles that may let `reason` through in this kind of work; empty: nobody may."""
    if reason not in OVERRIDABLE or workflow in _NEVER_AT.get(reason, ()):
        return frozenset()
    return _told(policies.get("overrides", "")).get(reason, frozenset())


@lru_cache(maxsize=8)
def _told(text: str) -> Mapping[Reason, frozenset[Role]]:
    said = json.loads(text) if text else {}
    return {**BY_DEFAULT, **{Reason(name): frozenset(map(Role, roles)) for name, roles in said.items()}}


@lru_cache(maxsize=8)
def _strict(text: str) -> frozenset[Reason]:
    return frozenset(map(Reason, json.loads(text))) if text else frozenset()


def guarded(judged: Judgement, workflow: str, policies: Mapping[str, str], agreed: tuple[Reason, ...] = ()) -> Judgement:
    """Return the judgement as the plant's policy has it: a no that a second person may settle is asked, a yes may need one.

    `agreed` is what was let through already: what is refused all the same stays refused.
    """
    return stopped(judged, workflow, policies, agreed) if isinstance(judged, Doubt | No) else judged


def stopped(judged: Doubt | No, workflow: str, policies: Mapping[str, str], agreed: tuple[Reason, ...] = ()) -> Doubt | No:
    """Return a no or a doubt as the plant's policy has it."""
    if judged.reason is None or judged.reason in agreed:
        return judged
    may = bool(approvers_for(judged.reason, workflow, policies))
    match judged:
        case No(reason, about):
            return Doubt(reason, Ask.DECIDE, about, (CALL, CANCEL)) if may else judged
        case Doubt(Reason() as reason, _, about, choices) if reason in _strict(policies.get("needs_override", "")):
            if not may:
                return No(reason, about)
            return replace(judged, choices=tuple(CALL if each.id == "confirm" else each for each in choices))
        case _:
            return judged


def is_offered(choices: tuple[Choice, ...]) -> bool:
    """Whether a question with these choices can be settled by a second person only."""
    return any(each.id == CALL.id for each in choices)


def begun(ask: Ask, choices: tuple[Choice, ...]) -> Turn:
    """Call a second person to a question."""
    return _want_badge(Overriding(ask, choices))


def turned(dialogue: Overriding, subject: Subject, given: Input, now: Circumstances) -> Turn | None:
    """Return the dialogue after `given`; None where that is none of its business: goods wait until it is over."""
    match given:
        case BadgeScanned():
            return _badge(dialogue, subject, given, now)
        case PinChecked():
            return _pin(dialogue, subject, given, now)
        case Pressed("cancel" | "back" | "undo") | Chosen(id="cancel"):
            return Turn(dialogue.ask, dialogue.choices, None)
        case Chosen(id=code) if dialogue.proven and dialogue.approver is not None:
            return _reason(dialogue, dialogue.approver, subject, code, now)
        case Pressed() | Chosen() | QuantityGiven() | Typed():
            return again(dialogue, now)
        case _:
            return None


def again(dialogue: Overriding, now: Circumstances) -> Turn:
    """Ask once more what is asked."""
    if dialogue.approver is None:
        return _want_badge(dialogue)
    return _want_reason(dialogue, dialogue.approver, now) if dialogue.proven else _want_pin(dialogue, dialogue.approver)


def _badge(dialogue: Overriding, subject: Subject, badge: BadgeScanned, now: Circumstances) -> Turn:
    """A badge while a second person is awaited is theirs, not the next worker's."""
    person = badge.operator
    roles = approvers_for(subject.reason, subject.workflow, now.policies)
    if now.operator is not None and person.id == now.operator.id:
        return _refused(_want_badge(_without(dialogue)), Reason.SAME_PERSON, {}, subject, person, (badge.scan.id,))
    if not person.may_approve(subject.reason, roles) or not _codes(person, now):
        return _refused(_want_badge(_without(dialogue)), Reason.NOT_ALLOWED, {}, subject, person, (badge.scan.id,))
    asked = ApprovalAsked(subject.workflow, subject.reason, person.id)
    shown = Record(asked, (badge.scan.id,), documents=subject.documents)
    return replace(_want_pin(replace(dialogue, approver=person, proven=False), person), records=(shown,))


def _pin(dialogue: Overriding, subject: Subject, given: PinChecked, now: Circumstances) -> Turn | None:
    person = dialogue.approver
    if person is None or dialogue.proven or given.operator != person.id:
        return None
    asked = _want_pin(dialogue, person)
    match given.outcome:
        case Pin.RIGHT:
            return _want_reason(replace(dialogue, proven=True), person, now)
        case Pin.WRONG:
            return _refused(asked, Reason.PIN_WRONG, {"tries": str(given.tries_left)}, subject, person)
        case Pin.LOCKED:
            minutes = -((now.at - given.locked_until) // timedelta(minutes=1)) if given.locked_until else 0
            until = {"minutes": str(max(minutes, 1))}
            if given.locked_until is not None:
                until["locked_until"] = given.locked_until.isoformat()  # other stations lock too, as soon as they hear of it
            return _refused(_want_badge(_without(dialogue)), Reason.LOCKED_OUT, until, subject, person)
        case Pin.MISSING:
            return _refused(_want_badge(_without(dialogue)), Reason.NOT_ALLOWED, {"no_pin": "yes"}, subject, person)


def _reason(dialogue: Overriding, person: Operator, subject: Subject, code: str, now: Circumstances) -> Turn:
    asked = _want_reason(dialogue, person, now)
    known = {each.code for each in reasons_for(OVERRIDE, now.reasons)}
    if code in known and not person.may_give(code):
        return _refused(asked, Reason.NOT_ALLOWED, {"code": code}, subject, person)
    if code not in known:
        return asked
    approved = OverrideApproved(subject.workflow, subject.reason, code, person.id, subject.about)
    record = Record(approved, how="typed", documents=subject.documents, approver=person.id, override_reason=code)
    return Turn(dialogue.ask, dialogue.choices, None, records=(record,), approval=Approval(person.id, code, subject.reason))


def _codes(person: Operator, now: Circumstances) -> tuple[ReasonCode, ...]:
    return tuple(each for each in reasons_for(OVERRIDE, now.reasons) if person.may_give(each.code))


def _without(dialogue: Overriding) -> Overriding:
    return replace(dialogue, approver=None, proven=False)


def _want_badge(dialogue: Overriding) -> Turn:
    return Turn(Ask.OVERRIDE_BADGE, (CANCEL,), dialogue)


def _want_pin(dialogue: Overriding, person: Operator) -> Turn:
    return Turn(Ask.OVERRIDE_PIN, (CANCEL,), dialogue, about={"name": person.name})


def _want_reason(dialogue: Overriding, person: Operator, now: Circumstances) -> Turn:
    choices = tuple(Choice(each.code, each.said) for each in _codes(person, now))
    return Turn(Ask.CHOOSE_REASON, choices, dialogue, about={"name": person.name})


def _refused(turn: Turn, reason: Reason, about: dict[str, str], subject: Subject, person: Operator, scans: tuple[str, ...] = ()) -> Turn:
    """Say why an answer did not do; it is recorded, so that somebody who tries PINs is seen. The record has the id, not the name."""
    event = ScanRefused(subject.workflow, reason, {**about, "approver": person.id, "approving": subject.reason.value})
    record = Record(event, scans, "scanned" if scans else "typed", documents=subject.documents)
    return replace(turn, reason=reason, about={**turn.about, **about, "name": person.name}, records=(record,))
