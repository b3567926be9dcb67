"""Whatever is scanned, touched and typed, in whatever order: it is answered, no scan is lost or named twice, and the sums are right."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.traceability.workflows.dock import BOTTLE, CHIEF, CLOSED_ORDER, LATER, ORDER, OTHER_ORDER, STARCH, SUGAR, TODAY, WORKER, Dock
from traceability.barcodes.reading import Facts
from traceability.items import Item, ItemCode
from traceability.lots import Disposition
from traceability.orders import PurchaseOrder
from traceability.records import from_json, to_json
from traceability.refusals import Reason, Verdict
from traceability.workflows.inputs import BadgeScanned, Chosen, LabelScanned, NotUnderstood, OrderScanned, QuantityGiven
from traceability.workflows.receiving import AwaitOrder, Receiving
from traceability.workflows.seat import Seat, open_scans

RULED = Item("RULED", "Strict", "kg", packs={"bag": Decimal(25)}, expiry_required=True, min_remaining_days=60)
LOOSE = Item("LOOSE", "No lots", "ea", lot_tracked=False, receive_into=Disposition.QUARANTINE)
LINES = (*ORDER.lines, *(ORDER.lines[0].__class__(str(n), item, Decimal(60)) for n, item in ((3, "RULED"), (4, "LOOSE"), (5, "RULED"))))
ORDERS = (PurchaseOrder("PO1", "NWS", "", LINES), OTHER_ORDER, CLOSED_ORDER)

ITEMS = st.sampled_from([STARCH, BOTTLE, SUGAR, RULED, LOOSE])
CODES = st.builds(ItemCode, ITEMS, st.sampled_from([None, "bag", "box"]))
DEVICES = st.sampled_from(["s1", "s2"])
LOTS = st.sampled_from([None, "A1", "A2", "RECALLED", "HELD", "x" * 200])
DATES = st.sampled_from([None, LATER, LATER + timedelta(1), TODAY, TODAY - timedelta(1), TODAY + timedelta(10)])
AMOUNTS = st.sampled_from([None, "0", "1", "25", "2.5", "200", "99999999999999", "0.0000000001"])
FACTS = st.builds(
    lambda lot, expires_on, amount, unit, count, serial: Facts(
        lot=lot,
        expires_on=expires_on,
        quantity=Decimal(amount) if amount else None,
        unit=unit if amount else None,
        count=count,
        serial=serial,
    ),
    LOTS,
    DATES,
    AMOUNTS,
    st.sampled_from([None, "kg", "lb", "l", "bag", "sack"]),
    st.sampled_from([None, 0, 1, 40, 10**8]),
    st.sampled_from([None, "S1"]),
)
TOUCHES = ["confirm", "cancel", "undo", "back", "hold", "hold", "acknowledge", "no_lot", "reprint", "change", "link", "set_aside"]
TEXTS = st.sampled_from(["", " ", "A1", "A3", "B9", "2027-11-30", "2026-01-01", "x" * 129, "a\tb", "PO9"])
WAITS = st.sampled_from([0.0, 0.2, 2.0, 21.0, 61.0])


def _at_work(shift: AnyShift) -> bool:
    seat = shift.dock.seat
    return seat.operator is not None and seat.latched is None and isinstance(seat.work, Receiving)


def _is_asked(shift: AnyShift) -> bool:
    return _at_work(shift) and shift.dock.work.question is not None


class AnyShift(RuleBasedStateMachine):
    """A worker who does anything at all."""

    def __init__(self) -> None:
        super().__init__()
        self.dock = Dock(numbers_left=3).receiving(ORDERS[0])
        self.dock.knows("RECALLED", disposition=Disposition.RECALLED).knows("HELD", disposition=Disposition.HOLD)
        self.dock.knows("A2", RULED, "OTHER")
        self.answered = 0

    def _wait(self, seconds: float) -> None:
        self.dock.tick = timedelta(seconds=seconds)

    @precondition(_at_work)
    @rule(item=ITEMS, lot=LOTS, expires_on=DATES, amount=st.sampled_from(["1", "25", "180"]), device=DEVICES, wait=WAITS)
    def whole_label(self, item: Item, lot: str | None, expires_on: date | None, amount: str, device: str, wait: float) -> None:
        """What a worker scans most: one barcode that says nearly everything."""
        self._wait(wait)
        self.dock.whole(lot or "A1", amount, item, device, expires_on=expires_on)

    @precondition(_at_work)
    @rule(codes=st.lists(CODES, max_size=2, unique_by=lambda code: (code.item.code, code.unit)), facts=FACTS, device=DEVICES, wait=WAITS)
    def part_of_a_label(self, codes: list[ItemCode], facts: Facts, device: str, wait: float) -> None:
        self._wait(wait)
        measures = ((facts.quantity, facts.unit),) if facts.quantity is not None and facts.unit in ("kg", "lb", "l") else ()
        text = f"{[code.item.code for code in codes]}{facts}"
        counted = self.dock.at if facts.serial and facts.count == 1 else None
        self.dock.give(LabelScanned(self.dock.ref(text, device), facts, tuple(codes), measures=measures, counted_at=counted))

    @precondition(_at_work)
    @rule(item=ITEMS, device=DEVICES, text=st.sampled_from(["A1", "A2", "whatever"]), wait=WAITS)
    def item_or_lot_alone(self, item: Item, device: str, text: str, wait: float) -> None:
        self._wait(wait)
        if text == "whatever":
            self.dock.label(item, device=device, pack="bag")
        else:
            self.dock.plain(text, (item,), device)

    @rule(reason=st.sampled_from([Reason.BARCODE_INVALID, Reason.COMMAND_UNKNOWN, Reason.BARCODE_UNREADABLE, Reason.AMBIGUOUS]))
    def noise(self, reason: Reason) -> None:
        self.dock.give(NotUnderstood(self.dock.ref("%%"), reason, {"text": "%%"}))

    @rule(verb=st.sampled_from(TOUCHES), card=st.booleans(), wait=WAITS)
    def touch(self, verb: str, card: bool, wait: float) -> None:
        self._wait(wait)
        self.dock.press(verb, card=card)

    @precondition(_at_work)
    @rule(amount=AMOUNTS, unit=st.sampled_from([None, "", "kg", "bag", "KG", "sack"]), card=st.booleans())
    def quantity(self, amount: str | None, unit: str | None, card: bool) -> None:
        scan = self.dock.ref("..K.QTY") if card else None
        self.dock.give(QuantityGiven(Decimal(amount) if amount else None, unit, amount or "abc", scan))

    @precondition(_at_work)
    @rule(text=TEXTS)
    def typed(self, text: str) -> None:
        self.dock.types(text)

    @precondition(_is_asked)
    @rule(choice=st.integers(0, 5), text=TEXTS, amount=st.sampled_from(["25", "1"]), card=st.booleans(), wait=WAITS)
    def answer(self, choice: int, text: str, amount: str, card: bool, wait: float) -> None:
        """Most random touches miss an open question; these meet it."""
        self._wait(wait)
        offered = [each.id for each in self.dock.question.choices]
        if offered:
            chosen = offered[choice % len(offered)]
            self.dock.give(Chosen(chosen, None, STARCH, self.dock.ref(f"..K.REASON.{choice}") if card else None))
        elif self.dock.question.ask.value == "QUANTITY":
            self.dock.quantity(amount)
        else:
            self.dock.types(text)

    @rule(choice=st.sampled_from(["confirm", "new", "damaged", "STARCH", "bag", "A1", "nonsense"]))
    def choose(self, choice: str) -> None:
        self.dock.choose(choice, item=RULED)

    @rule(
        what=st.sampled_from(["order", "badge", "sign_out", "idle", "mode", "home", "finish", "blind", "language", "dance"]),
        which=st.integers(0, 2),
        card=st.booleans(),
    )
    def leave(self, what: str, which: int, card: bool) -> None:
        """What ends or interrupts the work."""
        if what == "order":
            self.dock.give(OrderScanned(ORDERS[which], self.dock.ref("PO") if card else None))
        elif what == "badge":
            self.dock.give(BadgeScanned(self.dock.ref("badge"), (WORKER, CHIEF)[which % 2]))
        else:
            self.dock.press(what, "receive" if which else None, card)

    @precondition(lambda self: not _at_work(self))
    @rule(blind=st.booleans())
    def return_to_work(self, blind: bool) -> None:
        self.dock.press("acknowledge")
        if self.dock.seat.operator is None:
            self.dock.signed_in()
            self.dock.press("acknowledge")
        if blind and isinstance(self.dock.seat.work, AwaitOrder):
            self.dock.press("blind")
            self.dock.choose("NWS")
        elif not isinstance(self.dock.seat.work, Receiving):
            self.dock.give(OrderScanned(ORDERS[0]))

    @rule()
    def restart(self) -> None:
        self.dock.seat = from_json(Seat, to_json(self.dock.seat), "seat")

    @invariant()
    def every_scan_is_named_once_or_still_held(self) -> None:
        held = open_scans(self.dock.seat)
        times, scanned = Counter([*self.dock.named(), *held]), Counter(list(self.dock.labels))
        assert times == scanned, f"named too often: {times - scanned}, never: {scanned - times}; held: {held}"
        assert len(set(held)) == len(held)

    @invariant()
    def every_answer_says_what_is_wanted_next(self) -> None:
        for step in self.dock.steps[self.answered :]:
            assert step.said.ask is not None
            assert step.said.verdict is not None or not step.said.reason
            if step.said.verdict in (Verdict.REJECTED, Verdict.CHECK, Verdict.STOP, Verdict.DUPLICATE):
                assert step.said.reason is not None
        self.answered = len(self.dock.steps)

    @invariant()
    def nothing_waits_without_a_question(self) -> None:
        if isinstance(self.dock.seat.work, Receiving) and self.dock.work.question is None:
            assert not self.dock.work.waiting

    @invariant()
    def a_line_has_received_what_its_standing_receipts_say(self) -> None:
        if not isinstance(self.dock.seat.work, Receiving) or self.dock.work.order.number != "PO1":
            return
        opened = max(n for n, (_, record) in enumerate(self.dock.records) if record.event.kind == "document_opened")
        start = {line.line: line.received for line in LINES}
        since = self.dock.records[_first_of_delivery(self.dock, opened) :]
        gone = {getattr(record.event, "corrects", None) for _, record in since}
        for id_, record in since:
            if record.event.kind == "receipt" and id_ not in gone and record.event.line:
                start[record.event.line] += record.event.base_quantity
        assert {line.line: line.received for line in self.dock.work.order.lines} == start

    @invariant()
    def what_came_in_obeyed_the_rules(self) -> None:
        for receipt in self.dock.standing():
            held = receipt.disposition is Disposition.HOLD
            assert receipt.base_quantity > 0
            assert held or receipt.order is None or receipt.line is not None
            if receipt.lot in ("RECALLED", "HELD") and receipt.item == "STARCH" and receipt.vendor == "NWS":
                assert held
            if receipt.expires_on is not None and receipt.expires_on < TODAY:
                assert held
            if receipt.item == "RULED" and not held:
                assert receipt.expires_on is not None
                assert receipt.expires_on - TODAY >= timedelta(60) or Reason.LOT_NEAR_EXPIRY in receipt.accepted_reasons

    @invariant()
    def no_serial_is_given_twice(self) -> None:
        serials = [each.serial for _, record in self.dock.records if record.event.kind == "receipt" for each in record.event.containers]
        assert len(serials) == len(set(serials))

    @invariant()
    def the_place_in_the_work_survives_a_restart(self) -> None:
        assert from_json(Seat, to_json(self.dock.seat), "seat") == self.dock.seat

    def teardown(self) -> None:
        """Undo of everything that can be undone leads back to where the delivery began."""
        dock = self.dock
        dock.tick = timedelta(seconds=2)
        dock.press("acknowledge")
        if dock.seat.operator is None:
            dock.signed_in()
        dock.press("acknowledge")
        if not isinstance(dock.seat.work, Receiving):
            return
        dock.press("mode", "receive")
        for _ in range(60):
            if not (dock.work.taken or dock.work.drafts or dock.work.question):
                break
            if dock.work.question is not None and "undoing" in dock.work.question.about:
                dock.choose("OTHER")  # long ago: the reason is asked
            else:
                dock.press("acknowledge" if dock.seat.latched else "undo")
        assert not dock.work.drafts
        assert dock.work.question is None
        assert not open_scans(dock.seat)


def _first_of_delivery(dock: Dock, opened: int) -> int:
    """Where the open delivery began: a second scan of the same order opens nothing anew."""
    kinds = [record.event.kind for _, record in dock.records[: opened + 1]]
    finished = max((n for n, kind in enumerate(kinds) if kind == "document_finished"), default=-1)
    return finished + 1


AnyShift.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestAnyShift = AnyShift.TestCase
