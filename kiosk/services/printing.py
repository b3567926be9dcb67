"""Labels come out in order: one at a time, each only counted as printed when the printer says that nothing is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from kiosk.services.ports import Clock, PrintJob, PrintQueue, StorageFailed
from traceability.workflows.step import PrintOrder

#: Labels taken from the queue in one go; more wait for the next turn.
BATCH = 20


@dataclass(frozen=True, slots=True)
class PrinterFault:
    """Why no label comes out, in a few words for the chip; `permanent`: this label is wrong, not the printer."""

    words: str
    permanent: bool = False


_CAN_NOT_BE_PRINTED: Final = PrinterFault("can't print a label that waits", permanent=True)


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
    _wrong: set[int] = field(default_factory=set, init=False)  # labels that this printer can never print: others go on
    _unmarked: dict[int, datetime] = field(default_factory=dict, init=False)  # came out while the disk could not note it
    _last: PrintReport = field(default=PrintReport((), 0), init=False)

    def print_waiting(self, look: bool = False) -> PrintReport:
        """Print what waits until it is done or the printer can't; `look`: ask the printer how it is though nothing waits."""
        printed: list[PrintJob] = []
        try:
            fault = self._print_all(printed, look)
            self._last = PrintReport(tuple(printed), self.queue.waiting_count(), fault)
        except StorageFailed as failure:
            # No label is lost: what came out is noted once the disk takes it, the rest waits.
            self._last = PrintReport(tuple(printed), self._still_waiting(), PrinterFault(f"waits: {failure.words}"))
        return self._last

    def _print_all(self, printed: list[PrintJob], look: bool) -> PrinterFault | None:
        self._note_printed()
        fault = self.printer.fault() if look else self._last.fault
        while jobs := [job for job in self.queue.waiting(BATCH + len(self._wrong)) if job.id not in self._wrong]:
            fault = self._print_some(jobs, printed)
            if fault is not None:
                return fault
        if fault is not None and not fault.permanent:
            return fault
        return _CAN_NOT_BE_PRINTED if self._wrong and self.queue.waiting_count() else None

    def _print_some(self, jobs: list[PrintJob], printed: list[PrintJob]) -> PrinterFault | None:
        for job in jobs:
            if fault := self.printer.fault():
                return fault
            fault = self.printer.print(job.order)
            if fault is None:
                self._unmarked[job.id] = self.clock.now()
                printed.append(job)
                self._note_printed()
                continue
            if fault.permanent:
                self._wrong.add(job.id)
            self.queue.mark_failed(job.id, fault.words)
            if not fault.permanent:
                return fault
        return None

    def _still_waiting(self) -> int:
        # At least one: then it is tried again soon.
        try:
            return max(1, self.queue.waiting_count() - len(self._unmarked))
        except StorageFailed:
            return max(1, self._last.waiting)

    def _note_printed(self) -> None:
        for job, at in tuple(self._unmarked.items()):
            self.queue.mark_printed(job, at)
            del self._unmarked[job]
