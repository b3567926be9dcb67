"""Several kinds of work at one seat: each stays open where it was left, and a paper takes the worker to its own."""

from __future__ import annotations

from tests.traceability.workflows.dock import ORDER as BOUGHT
from tests.traceability.workflows.dock import told
from tests.traceability.workflows.line import ORDER, Line
from traceability.records import from_json, to_json
from traceability.refusals import Reason, Verdict
from traceability.workflows.consuming import Consuming
from traceability.workflows.inputs import OrderScanned
from traceability.workflows.modes import MODES
from traceability.workflows.receiving import Receiving
from traceability.workflows.seat import Seat, open_scans
from traceability.workflows.step import Ask


def both() -> Line:
    return Line(modes=MODES).knows("A1").labelled("S1", "A1").at_work()


def test_each_kind_of_work_stays_open_where_it_was_left() -> None:
    line = both()
    line.label(pack="bag")  # half read
    line.press("home")
    line.press("mode", "receive")
    line.give(OrderScanned(BOUGHT, line.ref("PO1")))
    line.label(lot="R1")
    assert isinstance(line.seat.work, Receiving)
    assert set(open_scans(line.seat)) == {"scan-3", "scan-5"}
    line.press("mode", "consume")
    assert isinstance(line.seat.work, Consuming)
    assert told(line.lot_code("A1")) == (Verdict.ACCEPTED, None, Ask.SCAN_LABEL)
    line.press("mode", "receive")
    assert isinstance(line.seat.work, Receiving)
    assert line.seat.work.question is not None
    assert from_json(Seat, to_json(line.seat), "seat") == line.seat


def test_a_paper_opens_its_own_kind_of_work() -> None:
    line = both()
    assert (line.seat.mode, told(line.give(OrderScanned(BOUGHT, line.ref("PO1"))))[2]) == ("consume", Ask.SCAN_LABEL)
    assert line.seat.mode == "receive"
    line.press("mode", "consume")
    assert line.work.order == ORDER


def test_a_paper_of_another_kind_waits_until_nothing_is_half_done() -> None:
    line = both()
    line.lot_code("A1")
    assert told(line.give(OrderScanned(BOUGHT, line.ref("PO1")))) == (Verdict.REJECTED, Reason.NOT_EXPECTED_HERE, Ask.QUANTITY)
    assert line.seat.mode == "consume"
    assert line.refused() == [Reason.NOT_EXPECTED_HERE]


def test_a_station_that_does_not_receive_refuses_its_papers() -> None:
    line = Line().at_work()
    assert told(line.give(OrderScanned(BOUGHT, line.ref("PO1"))))[:2] == (Verdict.REJECTED, Reason.NOT_EXPECTED_HERE)
