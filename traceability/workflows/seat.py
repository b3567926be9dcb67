"""A worker's seat at the station: who sits there, which work is open, and whether a STOP has latched it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from traceability.events import CommandScanned, ScanRefused, SignedIn, SignedOut
from traceability.operators import Operator
from traceability.refusals import Reason, Verdict
from traceability.values import quick, replace
from traceability.workflows.approvals import Overriding
from traceability.workflows.attaching import attached, last_event
from traceability.workflows.consuming import Consuming
from traceability.workflows.inputs import (
    BadgeScanned,
    Chosen,
    Circumstances,
    FileGiven,
    Input,
    LabelScanned,
    MadeQuestion,
    NotUnderstood,
    OrderScanned,
    PinChecked,
    Pressed,
    QuantityGiven,
    Question,
    Scanned,
    WorkOrderScanned,
)
from traceability.workflows.modes import MODES, WORKFLOWS, OpenWork, WorkState, mode_opened_by
from traceability.workflows.producing import Mixing, Producing
from traceability.workflows.receiving import AwaitOrder
from traceability.workflows.step import Ask, Choice, Record, Said, ScanRef, Step
from traceability.workflows.verdicts import verdict_of
from traceability.workflows.work_approvals import without_dialogue

#: Names the new language in what is said after it was changed.
LANGUAGE_CHANGED = "language"
#: A card that only the screen answers: it types, turns a page or opens a list. The rules name its scan and change nothing.
ON_SCREEN = "screen"
#: Works on one work order: from one to the other it needs no new scan of its paper.
_ONE_ORDER = ("consume", "produce")
#: The plant's policy: a REJECTED is acknowledged like a STOP.
LATCH_REJECTED = "latch_rejected"


@dataclass(frozen=True, slots=True)
class Latched:
    """A STOP, or where the plant wants it so a REJECTED, that nobody has acknowledged yet."""

    reason: Reason
    about: dict[str, str] = field(default_factory=dict)
    refused_meanwhile: int = 0
    verdict: Verdict = Verdict.STOP


@quick
@dataclass(frozen=True, slots=True)
class Seat:
    """Where the worker is. The open work stays when a worker leaves: the next one takes it over.

    `work` is what was done last; what lies open in other modes is `aside` until its mode is chosen again.
    """

    operator: Operator | None = None
    mode: str | None = None
    work: WorkState = field(default_factory=AwaitOrder)
    work_mode: str = MODES[0]  # whose state `work` is
    aside: dict[str, WorkState] = field(default_factory=dict)
    latched: Latched | None = None
    language: str | None = None  # the screen's, chosen by whoever sat here last
    left_by: str | None = None  # who sat here last, by id: whose open work it is
    hand: str | None = None  # left or right, chosen so too: at which side the pad and the lists stand

    def in_mode(self, mode: str) -> Seat:
        """Return the seat with that kind of work in hand, as it was left."""
        if mode == self.work_mode:
            return replace(self, mode=mode)
        aside = {name: work for name, work in {**self.aside, self.work_mode: self.work}.items() if name != mode}
        return replace(self, mode=mode, work=self.aside.get(mode) or WORKFLOWS[mode].begin(), work_mode=mode, aside=aside)


SeatStep = Step[Seat]


def question(seat: Seat, given: Input) -> Question | None:
    """Return what the answer to `given` depends on."""
    if (order := _order_kept(seat, given)) is not None:
        return MadeQuestion(order)
    if seat.mode is None or seat.latched is not None:
        return None
    return WORKFLOWS[seat.work_mode].question(seat.work, given)


def advance(seat: Seat, given: Input, now: Circumstances, modes: tuple[str, ...] = MODES) -> SeatStep:
    """Answer one input at a seat; `modes` are the kinds of work that this station does."""
    if isinstance(given, Pressed) and given.verb == "language" and given.argument:
        return _named(_speak(seat, given.argument, modes), given)
    if seat.operator is None:
        return _signed_out(seat, given, modes)
    if seat.latched is not None:
        return _latched(seat, seat.latched, given, modes)
    if isinstance(given, LabelScanned) and seat.mode is not None:  # the commonest by far, and only the open work's to answer
        return latching(_work(seat, given, now), now.policies)
    step = _second_person(seat, given, now) or _on_screen(seat, given, modes) or _seated(seat, given, now, modes)
    return latching(step, now.policies)


def latching(step: SeatStep, policies: Mapping[str, str]) -> SeatStep:
    """Let a STOP, and a REJECTED where the plant wants it so, hold up this seat until somebody says that it was seen."""
    said, after = step.said, step.state
    holds_up = said.verdict is Verdict.STOP or (said.verdict is Verdict.REJECTED and policies.get(LATCH_REJECTED) == "true")
    # What is refused while a seat is held up stops it no further: what stopped it first is what has to be seen.
    if not holds_up or after.latched is not None or said.reason is None or said.verdict is None or after.operator is None:
        return step
    latched = Latched(said.reason, said.about, verdict=said.verdict)
    return replace(step, state=replace(after, latched=latched), said=replace(said, ask=Ask.ACKNOWLEDGE))


def _second_person(seat: Seat, given: Input, now: Circumstances) -> SeatStep | None:
    """Answer a badge and a PIN as the second person's, where one was called; None: it is the worker's."""
    dialogue = dialogue_of(seat)
    match given:
        case BadgeScanned() | PinChecked() if dialogue is not None:
            return _work(seat, given, now)
        case Pressed("digit", twice) if dialogue is not None:
            return _named(_digit(seat, dialogue, twice is not None), given)
        case PinChecked():
            return _refuse(seat, Reason.NOT_EXPECTED_HERE, given, {"what": "pin"}, next_ask(seat))
        case _:
            return None


def _on_screen(seat: Seat, given: Input, modes: tuple[str, ...]) -> SeatStep | None:
    """Name a card that only the screen answers, or take the hand that somebody works with; None: it is the work's."""
    match given:
        case Pressed("hand", ("left" | "right") as hand):
            return _named(_unmoved(replace(seat, hand=hand), modes), given)
        case Pressed(verb) if verb == ON_SCREEN:
            return _named(_unmoved(seat, modes), given)
        case _:
            return None


def _seated(seat: Seat, given: Input, now: Circumstances, modes: tuple[str, ...]) -> SeatStep:
    match given:
        case BadgeScanned():
            return _other_badge(seat, given, modes)
        case Pressed("sign_out" | "idle" as verb):
            return _sign_out(seat, verb, given)
        case Pressed("mode", argument):
            return _named(_choose_mode(seat, given, argument, now, modes), given)
        case Pressed("home"):
            return _named(_home(seat, modes), given)
        case _ if seat.mode is None:
            return _named(_at_home(seat, given, now, modes), given)
        case Pressed("back") if _is_idle(seat):
            return _named(_home(seat, modes), given)
        case OrderScanned() | WorkOrderScanned() if not _is_for_this_work(seat, given, modes):
            return _other_document(seat, given, given.order.number or "", now, modes)
        case Scanned(thing) if not isinstance(thing, WORKFLOWS[seat.work_mode].takes):
            return _other_document(seat, given, given.name, now, modes)
        case _:
            return _named(_work(seat, given, now), given)


def _is_for_this_work(seat: Seat, paper: OrderScanned | WorkOrderScanned, modes: tuple[str, ...]) -> bool:
    return mode_opened_by(paper, seat.mode, modes) == seat.mode or isinstance(paper, WORKFLOWS[seat.work_mode].papers)


def undo_refused(seat: Seat, given: Input, went_to: tuple[str, ...]) -> SeatStep:
    """Say that something is not taken back, because its goods went on since, and where to; what was asked for it is asked no more."""
    work = seat.work
    freed: tuple[ScanRef, ...] = ()
    if isinstance(work, OpenWork) and work.question is not None:
        freed = work.waiting
        work = replace(work, question=None, waiting=())
    after = replace(seat, work=work)
    about = {"went_on_to": ", ".join(went_to)}
    return replace(_refuse(after, Reason.DOWNSTREAM_EXISTS, given, about, next_ask(after)), freed=freed)


def next_ask(seat: Seat) -> Ask:
    """What the station wants next when nothing special is asked."""
    if seat.operator is None:
        return Ask.SCAN_BADGE
    if seat.latched is not None:
        return Ask.ACKNOWLEDGE
    if seat.mode is None:
        return Ask.CHOOSE_MODE
    return WORKFLOWS[seat.work_mode].next_ask(seat.work)


def _speak(seat: Seat, language: str, modes: tuple[str, ...]) -> SeatStep:
    """Change the screen's language; whatever is open, asked or latched stays as it is."""
    after = replace(seat, language=language)
    return Step(after, Said(Verdict.ASK, next_ask(after), about={LANGUAGE_CHANGED: language}, choices=_choices(after, modes)))


def _unmoved(seat: Seat, modes: tuple[str, ...]) -> SeatStep:
    """Say nothing: the work stays as it is, whatever the screen does."""
    return Step(seat, Said(None, next_ask(seat), choices=_choices(seat, modes)))


def _choices(seat: Seat, modes: tuple[str, ...]) -> tuple[Choice, ...]:
    """What may be chosen where the worker is: a kind of work, or an answer to the question that is still open."""
    if seat.mode is None:
        return tuple(Choice(f"mode:{mode}", mode) for mode in modes)
    asked = seat.work.question if isinstance(seat.work, OpenWork) else None
    return asked.choices if asked else ()


def is_half_done(seat: Seat) -> bool:
    """Whether something at the seat, in any mode, waits for somebody: a label begun, a question, a STOP."""
    works = {seat.work_mode: seat.work, **seat.aside}
    return seat.latched is not None or not all(WORKFLOWS[mode].is_idle(work) for mode, work in works.items())


def open_scans(seat: Seat) -> tuple[str, ...]:
    """The scans that no event names yet because the open work still holds them."""
    return tuple(scan for work in (seat.work, *seat.aside.values()) if isinstance(work, OpenWork) for scan in work.open_scans())


def _signed_out(seat: Seat, given: Input, modes: tuple[str, ...]) -> SeatStep:
    match given:
        case BadgeScanned():
            return _sign_in(seat, given, modes)
        case (
            LabelScanned(scan=scan)
            | NotUnderstood(scan=scan)
            | Pressed(scan=scan)
            | OrderScanned(scan=scan)
            | WorkOrderScanned(scan=scan)
            | Scanned(scan=scan)
        ) if scan is not None:
            # Signed out, anything that is no badge is an unknown badge; its text may be one, so it is not shown whole.
            return _refuse(seat, Reason.BADGE_UNKNOWN, given, {}, Ask.SCAN_BADGE)
        case _:
            return _refuse(seat, Reason.NOT_SIGNED_IN, given, {}, Ask.SCAN_BADGE)


def _sign_in(seat: Seat, badge: BadgeScanned, modes: tuple[str, ...]) -> SeatStep:
    only = modes[0] if len(modes) == 1 else seat.mode
    after = replace(seat.in_mode(only) if only else seat, operator=badge.operator)
    said = Said(Verdict.ASK, next_ask(after), about={"name": badge.operator.name}, choices=_choices(after, modes))
    return Step(after, said, (Record(SignedIn(), (badge.scan.id,)),))


def _digit(seat: Seat, dialogue: Overriding, twice: bool) -> SeatStep:
    """A number card of a PIN: which digit it was is nothing that the rules, or the journal, may know."""
    about = {"name": dialogue.approver.name if dialogue.approver else ""}
    if twice:
        return Step(seat, Said(Verdict.DUPLICATE, next_ask(seat), Reason.ALREADY_COUNTED, {**about, "double_read": "yes"}))
    return Step(seat, Said(Verdict.ASK, next_ask(seat), about=about))


def dialogue_of(seat: Seat) -> Overriding | None:
    """Return the dialogue with a second person that is open at the work in hand: whoever scans a badge now is that person."""
    if seat.mode is None or seat.latched is not None or not isinstance(seat.work, OpenWork) or seat.work.question is None:
        return None
    return seat.work.question.overriding


def _left_alone(seat: Seat) -> Seat:
    """Return the seat with no second person called: who leaves takes that person's word along."""
    return replace(seat, work=without_dialogue(seat.work)) if isinstance(seat.work, OpenWork) else seat


def _other_badge(seat: Seat, badge: BadgeScanned, modes: tuple[str, ...]) -> SeatStep:
    if seat.operator is not None and badge.operator.id == seat.operator.id:
        return _sign_in(seat, badge, modes)
    signed_in = _sign_in(seat, badge, modes)
    return replace(signed_in, records=(Record(SignedOut("switched")), *signed_in.records))


def _sign_out(seat: Seat, verb: str, given: Input) -> SeatStep:
    left = SignedOut("idle" if verb == "idle" else "touch")
    who = seat.operator.id if seat.operator else None
    return Step(replace(_left_alone(seat), operator=None, left_by=who), Said(Verdict.ASK, Ask.SCAN_BADGE), (Record(left, _ids(given)),))


def _order_kept(seat: Seat, given: Input) -> str | None:
    """Return the work order that whoever goes from using lots to making them, or back, goes on with; None: nothing is kept."""
    match given, seat.work:
        case Pressed("mode", str(mode)), Consuming(order=order) | Producing(order=order) if mode in _ONE_ORDER:
            there = seat.aside.get(mode)
            elsewhere = mode != seat.work_mode and not isinstance(there, Consuming | Producing | Mixing)
            return order.number if elsewhere and seat.operator is not None and seat.latched is None else None
        case _:
            return None


def _choose_mode(seat: Seat, given: Input, mode: str | None, now: Circumstances, modes: tuple[str, ...]) -> SeatStep:
    if mode not in modes:
        about = {"what": f"mode:{mode}", "modes": ", ".join(modes)}
        return Step(seat, Said(verdict_of(Reason.NOT_EXPECTED_HERE, "station"), next_ask(seat), Reason.NOT_EXPECTED_HERE, about))
    after, kept = _left_alone(seat).in_mode(mode), now.made.order
    if kept is not None and not kept.closed and _order_kept(seat, given) == kept.number:
        return _work(after, WorkOrderScanned(kept), now)
    return Step(after, Said(Verdict.ASK, next_ask(after), choices=_choices(after, modes)))


def _home(seat: Seat, modes: tuple[str, ...]) -> SeatStep:
    after = seat if len(modes) == 1 else replace(_left_alone(seat), mode=None)
    return Step(after, Said(Verdict.ASK, next_ask(after), choices=_choices(after, modes)))


def event_to_attach_to(seat: Seat) -> str | None:
    """Return the event that a photo taken now belongs to: the last one of the work that is open; None where there is none."""
    at_work = seat.operator is not None and seat.latched is None and seat.mode is not None
    return last_event(seat.work) if at_work else None


def attach(seat: Seat, given: FileGiven, modes: tuple[str, ...] = MODES) -> SeatStep:
    """Answer a photo or paper: it goes to the event that it was taken for; what is open, asked or begun stays as it is."""
    if seat.operator is None:
        return _refuse(seat, Reason.NOT_SIGNED_IN, given, {}, Ask.SCAN_BADGE)
    if seat.latched is not None:
        return _meanwhile(seat, seat.latched, given)
    if given.file is None or given.to_event is None:
        return _refuse(seat, given.reason or Reason.NOTHING_TO_ATTACH_TO, given, given.about, next_ask(seat))
    about = {"attached": given.file.name, "sha256": given.file.sha256}
    said = Said(Verdict.ACCEPTED, next_ask(seat), about=about, choices=_choices(seat, modes))
    return Step(seat, said, (attached(given.file, given.to_event, given),))


def _is_idle(seat: Seat) -> bool:
    return WORKFLOWS[seat.work_mode].is_idle(seat.work)


def _at_home(seat: Seat, given: Input, now: Circumstances, modes: tuple[str, ...]) -> SeatStep:
    match given:
        case OrderScanned() | WorkOrderScanned() | Scanned() if (mode := mode_opened_by(given, None, modes)) in modes and mode is not None:
            return _work(seat.in_mode(mode), given, now)
        case NotUnderstood(reason=Reason.COMMAND_UNKNOWN as reason, about=about):  # a worn card is to be told from goods
            return _refuse(seat, reason, given, about, Ask.CHOOSE_MODE)
        case (
            LabelScanned(scan=scan)
            | NotUnderstood(scan=scan)
            | OrderScanned(scan=ScanRef() as scan)
            | WorkOrderScanned(scan=ScanRef() as scan)
            | Scanned(scan=ScanRef() as scan)
        ):
            return _refuse(seat, Reason.NOT_EXPECTED_HERE, given, {"text": scan.text, "what": scan.text}, Ask.CHOOSE_MODE)
        case Pressed(verb) | Chosen(id=verb):
            return _refuse(seat, Reason.NOT_EXPECTED_HERE, given, {"what": verb}, Ask.CHOOSE_MODE)
        case _:
            return Step(seat, Said(None, Ask.CHOOSE_MODE, choices=_choices(seat, modes)))


def _other_document(seat: Seat, given: Input, number: str, now: Circumstances, modes: tuple[str, ...]) -> SeatStep:
    """The paper of another kind of work takes the worker there, where nothing is left half done; what opens none is refused."""
    mode = mode_opened_by(given, seat.mode, modes)
    if mode is not None and mode in modes and _is_idle(seat):
        return _work(seat.in_mode(mode), given, now)
    return _refuse(seat, Reason.NOT_EXPECTED_HERE, given, {"text": number, "what": number}, next_ask(seat))


def _work(seat: Seat, given: Input, now: Circumstances) -> SeatStep:
    step = WORKFLOWS[seat.work_mode].advance(seat.work, given, now)
    after = replace(seat, work=step.state)
    return Step(after, step.said, step.records, step.prints, step.serials_used, step.numbers_used, step.ssccs_used, step.freed)


def _latched(seat: Seat, stop: Latched, given: Input, modes: tuple[str, ...]) -> SeatStep:
    """Until someone acknowledges, whatever comes is recorded as refused; a badge still changes who sits here."""
    match given:
        case Pressed("idle"):
            return Step(seat, Said(None, Ask.ACKNOWLEDGE, stop.reason, stop.about))  # a STOP stays for all to see
        case Pressed("acknowledge" | "confirm"):
            after = replace(seat, latched=None)
            about = {**stop.about, "acknowledged": "yes"}
            return _named(Step(after, Said(Verdict.ASK, next_ask(after), about=about, choices=_choices(after, modes))), given)
        case BadgeScanned():
            return replace(_other_badge(seat, given, modes), said=Said(stop.verdict, Ask.ACKNOWLEDGE, stop.reason, stop.about))
        case _:
            return _meanwhile(seat, stop, given)


def _meanwhile(seat: Seat, stop: Latched, given: Input | FileGiven) -> SeatStep:
    after = replace(seat, latched=replace(stop, refused_meanwhile=stop.refused_meanwhile + 1))
    about = stop.about if stop.verdict is Verdict.STOP else {**stop.about, "latched": stop.verdict.value}
    return _refuse(after, Reason.ACKNOWLEDGE_FIRST, given, about, Ask.ACKNOWLEDGE)


def _refuse(seat: Seat, reason: Reason, given: Input | FileGiven, about: dict[str, str], ask: Ask) -> SeatStep:
    workflow = seat.mode or "station"
    record = Record(ScanRefused(workflow, reason, about), _ids(given), how="scanned" if _ids(given) else "typed")
    return Step(seat, Said(verdict_of(reason, workflow), ask, reason, about), (record,))


def _named(step: SeatStep, given: Input) -> SeatStep:
    """A command card's scan is named by the event that it caused first, or by one of its own."""
    match given:
        case Pressed(verb, argument, scan) if scan is not None:
            card = CommandScanned(verb, argument)
        case QuantityGiven(text=text, scan=scan) if scan is not None:
            card = CommandScanned("quantity", text)
        case Chosen(chosen, scan=scan) if scan is not None:
            card = CommandScanned("choose", chosen)
        case _:
            return step
    if any(scan.id in record.scans for record in step.records):
        return step
    return replace(step, records=(Record(card, (scan.id,)), *step.records))


def _ids(given: Input | FileGiven) -> tuple[str, ...]:
    scan = getattr(given, "scan", None)
    return (scan.id,) if scan is not None else ()
