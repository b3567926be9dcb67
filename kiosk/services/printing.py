"""Labels come out in order: one at a time, each only counted as printed when the printer says that nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.services.ports import Clock, PrintJob, PrintQueue
from traceability.workflows.step import PrintOrder

#: Labels taken from the queue in one go; more wait for the next turn.
BATCH = 20


@dataclass(frozen=True, slots=True)
class PrinterFault:
    """Why no label comes out, in a few words for the chip; `permanent`: this label is wrong, not the printer."""

    words: str
    permanent: bool = False


class LabelPrinter(Protocol):
    """A printer with paper and a language: takes a label order to paper."""

    def fault(self) -> PrinterFault | None:
        """Ask the printer how it is; None: it says that it can print. Silence is a fault."""

    def print(self, order: PrintOrder) -> PrinterFault | None:
        """Print one label; None: it was taken, and no fault was reported afterwards."""


@dataclass(frozen=True, slots=True)
class PrintReport:
    """What one turn did. `waiting` labels remain, `fault` says why."""

    printed: tuple[PrintJob, ...]
    waiting: int
    fault: PrinterFault | None = None


@dataclass(slots=True)
class PrintRoom:
    """Brings the waiting labels to paper, oldest first. One thread at a time."""

    queue: PrintQueue
    printer: LabelPrinter
    clock: Clock
    tell: Callable[[PrintReport], None] = lambda _report: None

    def print_waiting(self) -> PrintReport:
        """Print what waits until it is done or the printer can't; nothing leaves the queue unprinted."""
        printed: list[PrintJob] = []
        fault: PrinterFault | None = None
        tried: set[int] = set()
        while fault is None and (jobs := [job for job in self.queue.waiting(BATCH + len(tried)) if job.id not in tried]):
            fault = self._print_some(jobs, tried, printed)
        report = PrintReport(tuple(printed), self.queue.waiting_count(), fault)
        self.tell(report)
        return report

    def _print_some(self, jobs: list[PrintJob], tried: set[int], printed: list[PrintJob]) -> PrinterFault | None:
        for job in jobs:
            if fault := self.printer.fault():
                return fault
            tried.add(job.id)
            fault = self.printer.print(job.order)
            if fault is None:
                self.queue.mark_printed(job.id, self.clock.now())
                printed.append(job)
                continue
            self.queue.mark_failed(job.id, fault.words)
            if not fault.permanent:
                return fault
        return None
