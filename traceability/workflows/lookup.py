"""Look up anything that stands on goods, and any place: nothing is counted, nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from traceability.cartons import Unit
from traceability.events import DocumentOpened, Event
from traceability.history import Delivered
from traceability.lots import LotKey
from traceability.orders import ShipOrder
from traceability.places import Place
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.values import quick, replace
from traceability.workflows import work
from traceability.workflows.inputs import Circumstances, Input, LotQuestion, OrderScanned, Question, Scanned, UnitQuestion, WorkOrderScanned
from traceability.workflows.judgement import Judgement, No, Wanted, Yes
from traceability.workflows.lot_rules import about, judged_lot
from traceability.workflows.lot_use import May, may_be
from traceability.workflows.step import Ask, Record, Said, ScanRef, Step
from traceability.workflows.task import Task, of_lots
from traceability.workflows.work_labels import wait
from traceability.workflows.work_settle import abandoned, refuse_scan, refuse_typed
from traceability.workflows.working import Load, Working

NAME: Final = "lookup"


@quick
@dataclass(frozen=True, slots=True)
class LookingUp(Working):
    """The card that is shown: a lot's (of one container, where its label was scanned), or what stands in a place."""

    lot: LotKey | None = None
    container: str | None = None
    place: str | None = None
    paper: tuple[str, str] | None = None  # (kind, number)
    unit: str | None = None  # a carton's or pallet's SSCC
    may: May | None = None  # what may be done with the lot …
    why_not: Reason | None = None  # … and why no more
    ancestor: str | None = None  # the held lot that it was made from, where that is why
    looked_at: datetime | None = None
    knowledge_age: int | None = None  # in seconds, then; None: this station has no server …
    never_read: bool = False  # … or never read to its end what that says

    def facts(self) -> dict[str, str]:
        """The work, for the words."""
        return {"workflow": NAME}


def advance(state: LookingUp, given: Input, now: Circumstances) -> Step[LookingUp]:
    """Answer one input. What was looked at is on record; there is nothing to undo."""
    if isinstance(given, OrderScanned | WorkOrderScanned):
        kind = "purchase_order" if isinstance(given, OrderScanned) else "work_order"
        return _paper(state, given, kind, given.order.number or "", now)
    step: Step[LookingUp] = work.advance(TASK, state, given, now)
    after, known = step.state, now.lot.known
    if not after.done or known is None:
        return step
    container = after.done[-1].load.container
    item = after.done[-1].load.item
    may, why = may_be(item, now) if item else (None, None)
    shown = replace(
        _blank(after),
        lot=known.key,
        container=container.serial if container else None,
        may=may,
        why_not=why,
        ancestor=now.lot.ancestor.key.code if now.lot.ancestor and why is Reason.ANCESTOR_ON_HOLD else None,
        looked_at=now.at,
        knowledge_age=now.cache_age_seconds,
        never_read=now.never_read,
    )
    more = _facts(now) | {"may": may.value if may else "", "why_not": why.value if why else ""}
    about = {**step.said.about, **{name: value for name, value in more.items() if value}}
    return replace(step, state=shown, said=replace(step.said, verdict=Verdict.ASK, about=about))


def _blank(state: LookingUp) -> LookingUp:
    """Return the state with no card; what is asked, waits or was refused stays."""
    return LookingUp(**{each: getattr(state, each) for each in Working.__dataclass_fields__ if each != "done"})


def question(state: LookingUp, given: Input) -> Question | None:
    """Return which lot is looked up, with all that is known of it."""
    if isinstance(given, Scanned) and isinstance(given.thing, Unit):
        return UnitQuestion(given.thing.sscc)
    asked = work.question(TASK, state, given)
    return replace(asked, where=True, parties=True) if isinstance(asked, LotQuestion) else asked


def _facts(now: Circumstances) -> dict[str, str]:
    """The card in a few facts, for scripts and for the words."""
    known = now.lot.known
    assert known is not None
    facts = {
        "item": known.key.item,
        "lot": known.key.code,
        "assigned_by": known.key.assigned_by,
        "expires_on": known.expires_on.isoformat() if known.expires_on else "",
        "disposition": known.disposition.value,
        "on_hand": plain(known.on_hand),
        "places": ", ".join(f"{place}: {plain(amount)}" for place, amount in now.lot.places),
        "vendors": ", ".join(now.lot.vendors),
        "customers": ", ".join(now.lot.customers),
        "cache_age_seconds": str(now.cache_age_seconds) if now.cache_age_seconds is not None else "",
        "never_read": "yes" if now.never_read else "",
    }
    return {name: value for name, value in facts.items() if value}


def _judge(load: Load, state: LookingUp, now: Circumstances) -> Judgement:
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    # Not known here is no question: the server, or another station, may know it.
    if now.lot.known is None and not now.lot.elsewhere and not now.lot.of_others:
        return No(Reason.LOT_UNKNOWN, about(load, state))
    plainly = replace(now, lot=replace(now.lot, older=None, ancestor=None))
    if verdict := judged_lot(item, load, state, plainly, {}, may_expire=True):
        return verdict
    return Yes(DocumentOpened(NAME, load.lot, "lot"))


def _things(state: LookingUp, given: Scanned, now: Circumstances) -> Step[Any]:
    match given.thing:
        case Place(name=name):
            return _shown(state, "place", name, given.scan, now, place=name)
        case ShipOrder(number=number):
            return _paper(state, given, "ship_order", number, now)
        case Unit(sscc=sscc) if now.unit.tree is not None:
            return _shown(state, now.unit.tree.unit.level.value, sscc, given.scan, now, unit=sscc)
        case Unit(sscc=sscc) if now.unit.delivered:
            step = _shown(state, "delivered", sscc, given.scan, now, unit=sscc)
            return replace(step, said=replace(step.said, about={**step.said.about, **_held(now.unit.delivered)}))
        case Unit():
            return _refused(state, given, Reason.CARTON_UNKNOWN, now)
        case _:
            return _refused(state, given, Reason.NOT_EXPECTED_HERE, now)


def _held(delivered: tuple[Delivered, ...]) -> dict[str, str]:
    """What a delivered unit held and where that is, for scripts and for the words."""
    places = (f"{each.lot.code} {place}: {plain(amount)}" for each in delivered for place, amount in each.places)
    return {
        "lots": ", ".join(f"{each.lot.code}: {plain(each.quantity)} {each.unit}" for each in delivered),
        "vendors": ", ".join(dict.fromkeys(each.vendor for each in delivered)),
        "places": ", ".join(places),
    }


def _refused(state: LookingUp, given: Scanned, reason: Reason, now: Circumstances) -> Step[Any]:
    facts = {"text": given.name, "what": given.name}
    if given.scan is None:
        return refuse_typed(TASK, state, reason, facts, now)
    return refuse_scan(TASK, state, given.scan, reason, facts, now)


def _paper(state: LookingUp, given: OrderScanned | WorkOrderScanned | Scanned, kind: str, number: str, now: Circumstances) -> Step[Any]:
    """Show what an order is about; its own work is not opened. While something is asked it waits."""
    if state.question is not None and given.scan is not None:
        return wait(TASK, state, given.scan, now)
    return _shown(state, kind, number, given.scan, now, paper=(kind, number))


def _shown(state: LookingUp, kind: str, name: str, scan: ScanRef | None, now: Circumstances, **card: Any) -> Step[Any]:
    """Show a card of something that is no lot. A label that was begun is left; its scans are named."""
    begun = tuple(scan for load in state.begun for scan in load.unnamed)
    record = Record(DocumentOpened(NAME, name, kind), (scan.id,) if scan else (), documents=((kind, name),))
    after = replace(_blank(state), begun=(), looked_at=now.at, knowledge_age=now.cache_age_seconds, never_read=now.never_read, **card)
    said = Said(Verdict.ASK, Ask.SCAN_LABEL, about={"workflow": NAME, kind: name})
    return Step(after, said, (*abandoned(TASK, state, "replaced", begun), record))


def _finish(state: LookingUp, scan: ScanRef | None, _now: Circumstances) -> Step[Any]:
    left = abandoned(TASK, state, "finished", (*state.open_scans(), *((scan.id,) if scan else ())))
    return Step(LookingUp(), Said(Verdict.ASK, Ask.SCAN_LABEL), left)


def _said_of(_event: Event, _state: LookingUp) -> dict[str, str]:
    return {}


TASK: Final[Task[LookingUp]] = Task(
    name=NAME,
    judge=_judge,
    finish=_finish,
    said_of=_said_of,
    changeable=lambda _done: False,
    things=_things,
    used_up_answers=False,
    pieces=of_lots,
)
