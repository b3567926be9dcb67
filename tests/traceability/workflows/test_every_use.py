"""Whatever is scanned, touched and typed at a line: it is answered, no scan is lost or named twice, no rule broken, the sums are right."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.traceability.workflows.dock import BOTTLE, CHIEF, LATER, STARCH, SUGAR, TODAY, WORKER
from tests.traceability.workflows.line import BLOCKED, CLOSED_ORDER, ORDER, OTHER_ORDER, WARNED, Line
from traceability.events import LotConsumed
from traceability.items import Item
from traceability.lots import Disposition
from traceability.records import from_json, to_json
from traceability.refusals import Reason, Verdict
from traceability.workflows.consuming import Consuming
from traceability.workflows.inputs import BadgeScanned, QuantityGiven, WorkOrderScanned
from traceability.workflows.seat import Seat, open_scans

ORDERS = (ORDER, OTHER_ORDER, CLOSED_ORDER)
ITEMS = st.sampled_from([STARCH, BOTTLE, WARNED, BLOCKED, SUGAR])
LOTS = st.sampled_from([None, "A1", "OLD", "NEW", "HELD", "RECALLED", "WAITS", "PAST", "TWICE", "UNKNOWN", "x" * 200])
FORBIDDEN = ("HELD", "RECALLED", "WAITS", "PAST")
SERIALS = st.sampled_from(["S1", "S2", "S3", "SH", "SN"])
DEVICES = st.sampled_from(["s1", "s2"])
AMOUNTS = st.sampled_from([None, "0", "1", "25", "2.5", "99999999999999", "0.0000000001"])
TOUCHES = [
    "confirm",
    "cancel",
    "undo",
    "undo",
    "back",
    "acknowledge",
    "change",
    "return",
    "return",
    "set_aside",
    "to_go",
    "quantity",
    "dance",
]
WAITS = st.sampled_from([0.0, 0.2, 2.0, 21.0, 61.0])


def _at_work(shift: AnyUse) -> bool:
    seat = shift.line.seat
    return seat.operator is not None and seat.latched is None and isinstance(seat.work, Consuming)


def _is_asked(shift: AnyUse) -> bool:
    return _at_work(shift) and shift.line.work.question is not None


class AnyUse(RuleBasedStateMachine):
    """A worker who does anything at all."""

    def __init__(self) -> None:
        super().__init__()
        line = Line()
        for item in (STARCH, BOTTLE, WARNED, BLOCKED):
            line.knows("A1", item, expires_on=LATER, on_hand="60").knows("OLD", item, expires_on=TODAY + timedelta(9))
        line.knows("NEW", WARNED, expires_on=LATER).knows("NEW", BLOCKED, expires_on=LATER).knows("TWICE").knows("TWICE", by="OTHER")
        line.knows("HELD", disposition=Disposition.HOLD).knows("RECALLED", disposition=Disposition.RECALLED)
        line.knows("WAITS", disposition=Disposition.QUARANTINE).knows("PAST", expires_on=TODAY - timedelta(1))
        line.labelled("S1", "A1").labelled("S2", "A1").labelled("S3", "OLD", WARNED, "80").labelled("SH", "HELD").labelled(
            "SN", "NEW", BLOCKED
        )
        self.line = line.at_work()
        self.start = {key: lot.on_hand for key, lot in line.lots.items()}
        self.full = {serial: container.quantity for serial, container in line.containers.items()}
        self.answered = 0

    def _wait(self, seconds: float) -> None:
        self.line.tick = timedelta(seconds=seconds)

    @precondition(_at_work)
    @rule(serial=SERIALS, device=DEVICES, wait=WAITS)
    def our_label(self, serial: str, device: str, wait: float) -> None:
        self._wait(wait)
        self.line.container(serial, device)

    @precondition(_at_work)
    @rule(item=st.none() | ITEMS, lot=LOTS, pack=st.sampled_from([None, "bag"]), amount=AMOUNTS, device=DEVICES, wait=WAITS)
    def vendors_label(self, item: Item | None, lot: str | None, pack: str | None, amount: str | None, device: str, wait: float) -> None:
        self._wait(wait)
        said = {"quantity": Decimal(amount), "unit": "kg"} if amount else {}
        self.line.label(item, pack=pack, device=device, lot=lot, **said)

    @precondition(_at_work)
    @rule(text=st.sampled_from(["A1", "TWICE", "HELD", "nothing"]), typed=st.booleans(), device=DEVICES)
    def lot_alone(self, text: str, typed: bool, device: str) -> None:
        if typed:
            self.line.types(text)
        else:
            self.line.lot_code(text, device)

    @rule(reason=st.sampled_from([Reason.BARCODE_INVALID, Reason.COMMAND_UNKNOWN, Reason.AMBIGUOUS]))
    def noise(self, reason: Reason) -> None:
        self.line.noise(reason)

    @rule(verb=st.sampled_from(TOUCHES), card=st.booleans(), wait=WAITS)
    def touch(self, verb: str, card: bool, wait: float) -> None:
        self._wait(wait)
        self.line.press(verb, card=card)

    @precondition(_at_work)
    @rule(amount=AMOUNTS, unit=st.sampled_from([None, "", "kg", "bag", "sack"]), card=st.booleans())
    def quantity(self, amount: str | None, unit: str | None, card: bool) -> None:
        scan = self.line.ref("..K.QTY") if card else None
        self.line.give(QuantityGiven(Decimal(amount) if amount else None, unit, amount or "abc", scan))

    @precondition(_is_asked)
    @rule(choice=st.integers(0, 5), amount=st.sampled_from(["25", "1", "0.5"]))
    def answer(self, choice: int, amount: str) -> None:
        """Most random touches miss an open question; these meet it."""
        offered = [each.id for each in self.line.question.choices]
        if offered:
            self.line.choose(offered[choice % len(offered)])
        else:
            self.line.quantity(amount)

    @rule(
        what=st.sampled_from(["order", "badge", "sign_out", "idle", "mode", "home", "finish"]), which=st.integers(0, 2), card=st.booleans()
    )
    def leave(self, what: str, which: int, card: bool) -> None:
        if what == "order":
            self.line.give(WorkOrderScanned(ORDERS[which], self.line.ref("WO") if card else None))
        elif what == "badge":
            self.line.give(BadgeScanned(self.line.ref("badge"), (WORKER, CHIEF)[which % 2]))
        else:
            self.line.press(what, "consume" if which else None, card)

    @precondition(lambda self: not _at_work(self))
    @rule()
    def return_to_work(self) -> None:
        self.line.press("acknowledge")
        if self.line.seat.operator is None:
            self.line.give(BadgeScanned(self.line.ref("badge"), WORKER))
            self.line.press("acknowledge")
        if not isinstance(self.line.seat.work, Consuming):
            self.line.give(WorkOrderScanned(ORDER))

    @rule()
    def restart(self) -> None:
        self.line.seat = from_json(Seat, to_json(self.line.seat), "seat")

    @invariant()
    def every_scan_is_named_once_or_still_held(self) -> None:
        held = open_scans(self.line.seat)
        times, scanned = Counter([*self.line.named(), *held]), Counter(list(self.line.labels))
        assert times == scanned, f"named too often: {times - scanned}, never: {scanned - times}; held: {held}"

    @invariant()
    def every_answer_says_what_is_wanted_next(self) -> None:
        for step in self.line.steps[self.answered :]:
            assert step.said.ask is not None
            if step.said.verdict in (Verdict.REJECTED, Verdict.CHECK, Verdict.STOP, Verdict.DUPLICATE):
                assert step.said.reason is not None
        self.answered = len(self.line.steps)

    @invariant()
    def nothing_waits_without_a_question(self) -> None:
        if isinstance(self.line.seat.work, Consuming) and self.line.work.question is None:
            assert not self.line.work.waiting

    @invariant()
    def stock_and_containers_are_what_stands_says(self) -> None:
        used: Counter[object] = Counter()
        for event in self.line.standing():
            sign = 1 if isinstance(event, LotConsumed) else -1
            used[(event.item, event.lot, event.assigned_by)] += sign * event.base_quantity
            if isinstance(event, LotConsumed):
                used[event.container] += event.base_quantity
        for key, before in self.start.items():
            assert self.line.lots[key].on_hand == before - used[(key.item, key.code, key.assigned_by)]
        for serial, full in self.full.items():
            assert self.line.containers[serial].quantity == full - used[serial]

    @invariant()
    def what_was_used_obeyed_the_rules(self) -> None:
        for used in self.line.standing():
            assert used.base_quantity > 0
            assert used.lot not in FORBIDDEN or used.item != "STARCH"
            assert used.item in {"STARCH", "BOTTLE", "WARNED", "BLOCKED"} if used.order == "WO1" else used.item == "SUGAR"
            if isinstance(used, LotConsumed) and (used.item, used.lot) == ("WARNED", "NEW") and self._older_is_left():
                assert Reason.OLDER_LOT_FIRST in used.accepted_reasons

    def _older_is_left(self) -> bool:
        # Where the older lot was used up meanwhile nobody had to be warned.
        return all(lot.on_hand == self.start[key] for key, lot in self.line.lots.items() if key.item == "WARNED" and _early(lot.expires_on))

    @invariant()
    def the_place_in_the_work_survives_a_restart(self) -> None:
        assert from_json(Seat, to_json(self.line.seat), "seat") == self.line.seat

    def teardown(self) -> None:
        """Undo of everything that can be undone leads back to where this order began, as far as it is remembered."""
        line = self.line
        line.tick = timedelta(seconds=2)
        line.press("acknowledge")
        if line.seat.operator is None or not isinstance(line.seat.work, Consuming):
            return
        line.press("mode", "consume")
        for _ in range(60):
            if not (line.work.done or line.work.begun or line.work.question):
                break
            if line.work.question is not None and line.work.question.topic == "undo":
                line.choose("OTHER")  # long ago: the reason is asked
            else:
                line.press("acknowledge" if line.seat.latched else "undo")
        assert (line.work.done, line.work.begun, line.work.question) == ((), (), None)
        assert not open_scans(line.seat)


def _early(expires_on: date | None) -> bool:
    return expires_on is not None and expires_on < LATER


AnyUse.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAnyUse = AnyUse.TestCase
