"""Labels come out in order, each once; what can't be printed waits and is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import pytest

from kiosk.services.clocks import ScriptClock
from kiosk.services.ports import PrintJob, StorageFailed
from kiosk.services.printing import PrinterFault, PrintRoom
from tests.kiosk.floor import NOON
from traceability.workflows.step import PrintOrder


@dataclass
class Shelf:
    """Labels that wait, in memory; the disk may be full."""

    jobs: list[PrintJob]
    full: bool = False

    def waiting(self, limit: int) -> tuple[PrintJob, ...]:
        return tuple(self.jobs[:limit])

    def waiting_count(self) -> int:
        return len(self.jobs)

    def mark_printed(self, job_id: int, at: datetime) -> None:
        if self.full:
            raise StorageFailed("the disk is full")
        assert any(job.id == job_id for job in self.jobs), "noted twice"
        self.jobs = [job for job in self.jobs if job.id != job_id]

    def mark_failed(self, job_id: int, words: str) -> None:
        assert words


@dataclass
class Machine:
    """A printer that does as it is told."""

    wrong: PrinterFault | None = None
    hopeless: frozenset[str] = frozenset()
    breaks_at: str = ""
    out: list[str] = field(default_factory=list)
    asked: int = 0

    def fault(self) -> PrinterFault | None:
        self.asked += 1
        return self.wrong

    def print(self, order: PrintOrder) -> PrinterFault | None:
        if order.serial in self.hopeless:
            return PrinterFault("this can't be drawn", permanent=True)
        if order.serial == self.breaks_at:
            self.wrong = PrinterFault("has no labels")
            return self.wrong
        self.out.append(order.serial)
        return None


def room(count: int, machine: Machine) -> tuple[PrintRoom, Shelf]:
    shelf = Shelf([PrintJob(number, PrintOrder("lot", f"S{number}", {}), NOON, "waiting") for number in range(1, count + 1)])
    return PrintRoom(shelf, machine, ScriptClock(NOON)), shelf


@pytest.mark.parametrize("count", [0, 1, 20, 45])
def test_all_that_waits_comes_out_in_order(count: int) -> None:
    machine = Machine()
    printing, shelf = room(count, machine)
    report = printing.print_waiting()
    assert machine.out == [f"S{number}" for number in range(1, count + 1)]
    assert (len(report.printed), report.waiting, report.fault, shelf.jobs) == (count, 0, None, [])


def test_paper_runs_out_in_the_middle_and_comes_back() -> None:
    machine = Machine(breaks_at="S3")
    printing, _ = room(5, machine)
    report = printing.print_waiting()
    assert (machine.out, report.waiting, report.fault) == (["S1", "S2"], 3, PrinterFault("has no labels"))
    assert printing.print_waiting().waiting == 3
    machine.wrong, machine.breaks_at = None, ""
    report = printing.print_waiting()
    assert (machine.out, report.waiting, report.fault) == (["S1", "S2", "S3", "S4", "S5"], 0, None)


def test_a_label_that_can_never_be_printed_holds_up_no_other_and_is_said() -> None:
    machine = Machine(hopeless=frozenset({"S1", "S3"}))
    printing, shelf = room(4, machine)
    report = printing.print_waiting()
    assert (machine.out, report.waiting) == (["S2", "S4"], 2)
    assert report.fault is not None
    assert report.fault.permanent
    shelf.jobs.append(PrintJob(9, PrintOrder("lot", "S9", {}), NOON, "waiting"))
    assert printing.print_waiting().fault == report.fault
    assert machine.out == ["S2", "S4", "S9"]
    shelf.jobs.clear()  # voided
    assert printing.print_waiting().fault is None


def test_what_came_out_while_the_disk_was_full_does_not_come_out_twice() -> None:
    machine = Machine()
    printing, shelf = room(3, machine)
    shelf.full = True
    report = printing.print_waiting()
    assert (machine.out, report.waiting) == (["S1"], 2)
    assert report.fault is not None
    assert "disk is full" in report.fault.words
    assert printing.print_waiting().waiting > 0
    assert machine.out == ["S1"]
    shelf.full = False
    report = printing.print_waiting()
    assert (machine.out, report.waiting, report.fault) == (["S1", "S2", "S3"], 0, None)


def test_a_printer_with_nothing_to_do_is_asked_only_when_somebody_looks() -> None:
    machine = Machine(wrong=PrinterFault("is open"))
    printing, _ = room(0, machine)
    assert printing.print_waiting().fault is None
    assert machine.asked == 0
    assert printing.print_waiting(look=True).fault == PrinterFault("is open")
    assert printing.print_waiting().fault == PrinterFault("is open")  # as far as is known
    machine.wrong = None
    assert printing.print_waiting(look=True).fault is None
