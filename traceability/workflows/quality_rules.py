"""What may be said of a lot, and by whom: anybody may hold it; quality, and another person than who held it, releases it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from traceability.events import LotHeld, LotReleased, LotTested, Measured
from traceability.items import Item
from traceability.lots import Disposition, Lot, LotKey, lot_code_fault
from traceability.operators import Operator, Role
from traceability.qc import QcTest
from traceability.reasons import HOLD, reasons_for
from traceability.refusals import Reason
from traceability.units import plain
from traceability.workflows.inputs import Circumstances
from traceability.workflows.inspecting import Inspecting
from traceability.workflows.judgement import Doubt, Judgement, No, Wanted, Yes
from traceability.workflows.lot_rules import about, source_of_lot
from traceability.workflows.step import Ask, Choice, PrintOrder
from traceability.workflows.working import Asked, Load

RULES: Final = ("who_may", "who_held")
CANCEL: Final = Choice("cancel", "Cancel")
#: Topics of the questions about one lot: what is done with it, why, how it stands afterwards, what follows from its results.
DO, WHY, AFTER, OUTCOME = "do", "why", "after", "outcome"
TEST: Final = "test:"
_RELEASABLE: Final = (Disposition.QUARANTINE, Disposition.HOLD, Disposition.REJECTED)


def judge(load: Load, state: Inspecting, now: Circumstances) -> Judgement:
    """Judge what is said of one lot: which one, what is done, and what that still wants."""
    item = load.item
    if item is None:
        return Wanted(Ask.SCAN_ITEM)
    if load.lot is None:
        return Wanted(Ask.SCAN_LOT)
    if fault := lot_code_fault(load.lot):
        return No(Reason.BARCODE_INVALID, about(load, state, message=fault))
    if doubt := _which(load, state, now):
        return doubt
    match load.answer(DO):
        case "hold":
            return _hold(item, load, state, now)
        case "release":
            return _release(item, load, state, now)
        case "test":
            return _test(item, load, state, now)
        case _:
            return Doubt(None, Ask.DECIDE, _stands(load, state, now), _what_may_be_done(now), DO)


def _which(load: Load, state: Inspecting, now: Circumstances) -> Doubt | No | None:
    if now.lot.elsewhere:
        choices = tuple(Choice(lot.key.assigned_by, lot.key.assigned_by, lot.key.code) for lot in now.lot.elsewhere)
        return Doubt(Reason.AMBIGUOUS, Ask.CHOOSE_LOT, about(load, state), choices)
    if now.lot.known is None and now.lot.of_others:
        return No(Reason.LOT_WRONG_ITEM, about(load, state, belongs_to=", ".join(now.lot.of_others)))
    return None


def _stands(load: Load, state: Inspecting, now: Circumstances) -> dict[str, str]:
    """The facts of a lot, and how it stands."""
    known = now.lot.known
    how = "unknown" if known is None else known.disposition.value
    if now.lot.ancestor is not None and known is not None and known.disposition is Disposition.AVAILABLE:
        how = "tainted"
    return about(load, state, stands=how, holds=str(len(now.lot.holds)))


def _what_may_be_done(now: Circumstances) -> tuple[Choice, ...]:
    """Release is offered where there is something to release, whoever is there: who may not is told why."""
    known = now.lot.known
    release = (Choice("release", "Release"),) if known is not None and known.disposition in _RELEASABLE else ()
    test = (Choice("test", "QC results"),) if now.lot.tests else ()
    return (Choice("hold", "Put on hold"), *release, *test, CANCEL)


def is_measured(asked: Asked | None) -> bool:
    """Whether a test's value is asked for: it may be below nothing."""
    return asked is not None and asked.topic.startswith(TEST)


def is_of_quality(person: Operator | None) -> bool:
    """Whether this person decides how a lot stands."""
    return person is not None and Role.QUALITY in person.roles


def _hold(item: Item, load: Load, state: Inspecting, now: Circumstances) -> Doubt | Yes:
    if load.why is None:
        return Doubt(None, Ask.CHOOSE_REASON, about(load, state), reason_choices(now), WHY)
    key = _key(item, load, now.lot.known)
    event = LotHeld(key.item, key.code, key.assigned_by, load.why)
    return Yes(event, prints=(_tag(item, load, reason_in_words(load.why, now), now),), about={"held": "1"})


def reason_choices(now: Circumstances) -> tuple[Choice, ...]:
    """Return the plant's reasons to hold."""
    return tuple(Choice(each.code, each.said) for each in reasons_for(HOLD, now.reasons))


def reason_in_words(code: str, now: Circumstances) -> str:
    """Return a reason as it stands on a tag."""
    return next((each.said for each in reasons_for(HOLD, now.reasons) if each.code == code), code)


def _key(item: Item, load: Load, known: Lot | None) -> LotKey:
    """Return which lot it is, one that nobody here knows included: its goods may be on the way."""
    return LotKey(item.code, load.lot or "", source_of_lot(load, known))


def _tag(item: Item, load: Load, words: str, now: Circumstances) -> PrintOrder:
    """Return the tag that says that nobody may use these goods, and why."""
    known, serial = now.lot.known, load.container.serial if load.container else ""
    expires_on = known.expires_on.isoformat() if known and known.expires_on else None
    facts = {"gtin": item.gtin, "description": item.description, "expires_on": expires_on, "serial": serial}
    return hold_tag(LotKey(item.code, load.lot or "", ""), words, now, **facts)


def hold_tag(lot: LotKey, words: str, now: Circumstances, **facts: str | None) -> PrintOrder:
    """Return a tag with which lot it is, why it is on hold, by whom and since when."""
    held_by = now.operator.name if now.operator else None
    data = {"item": lot.item, "lot": lot.code, "reason": words, "place": now.place, "held_by": held_by, "held_on": now.today.isoformat()}
    return PrintOrder("hold_tag", facts.get("serial") or "", {name: text for name, text in {**data, **facts}.items() if text})


def _release(item: Item, load: Load, state: Inspecting, now: Circumstances) -> Doubt | No | Yes:
    if not is_of_quality(now.operator):
        return No(Reason.NOT_ALLOWED, about(load, state))
    mine = now.operator.id if now.operator else None
    if any(each.by is not None and each.by == mine for each in now.lot.holds):
        return No(Reason.SAME_PERSON, about(load, state))
    after = load.answer(AFTER)
    if after is None:
        choices = (Choice("available", "Good: use it"), Choice("quarantine", "Wait for QC"), Choice("rejected", "Reject it"), CANCEL)
        return Doubt(None, Ask.DECIDE, _stands(load, state, now), choices, AFTER)
    key, lifts = _key(item, load, now.lot.known), tuple(each.id for each in now.lot.holds)
    return Yes(LotReleased(key.item, key.code, key.assigned_by, lifts, Disposition(after)), about={"released": "1"})


def _test(item: Item, load: Load, state: Inspecting, now: Circumstances) -> Doubt | Yes:
    values = {topic.removeprefix(TEST): text for topic, text in load.chosen if topic.startswith(TEST)}
    missing = next((each for each in now.lot.tests if each.name not in values), None)
    if missing is not None:
        return Doubt(None, Ask.QUANTITY, about(load, state, **_limits(missing)), topic=f"{TEST}{missing.name}")
    tests = tuple(each.measured(Decimal(values[each.name])) for each in now.lot.tests)
    passed, outcome = all(each.passed for each in tests), load.answer(OUTCOME)
    choices = _outcomes(now, passed=passed)
    if outcome is None and len(choices) > 1:
        facts = about(load, state, results="passed" if passed else "failed", failed=_failed(tests))
        return Doubt(None, Ask.DECIDE, facts, (*choices, CANCEL), OUTCOME)
    return _tested(item, load, tests, None if outcome in (None, "record") else Disposition(outcome), now)


def _limits(test: QcTest) -> dict[str, str]:
    low, high = (None if each is None else plain(each) for each in (test.low, test.high))
    return {name: text for name, text in {"test": test.name, "test_unit": test.unit, "low": low, "high": high}.items() if text}


def _failed(tests: tuple[Measured, ...]) -> str:
    return ", ".join(f"{each.test} {plain(each.value)} {each.unit}".strip() for each in tests if not each.passed)


def _outcomes(now: Circumstances, *, passed: bool) -> tuple[Choice, ...]:
    """What may follow from results: who failed is held or, by quality, rejected; who passed and waited is made available by quality."""
    record, quality = Choice("record", "Only note it"), is_of_quality(now.operator)
    waits = now.lot.known is not None and now.lot.known.disposition is Disposition.QUARANTINE
    if passed:
        return (Choice("available", "Good: use it"), record) if quality and waits else (record,)
    reject = (Choice("rejected", "Reject it"),) if quality else ()
    return (Choice("hold", "Put on hold"), *reject, record)


def _tested(item: Item, load: Load, tests: tuple[Measured, ...], disposition: Disposition | None, now: Circumstances) -> Yes:
    key, passed = _key(item, load, now.lot.known), all(each.passed for each in tests)
    event = LotTested(key.item, key.code, key.assigned_by, tests, passed, disposition)
    tags = (_tag(item, load, f"QC: {_failed(tests)}", now),) if disposition is Disposition.HOLD else ()
    return Yes(event, prints=tags, about={"tested": "passed" if passed else "failed", **({"held": "yes"} if tags else {})})
