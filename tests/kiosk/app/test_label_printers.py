"""A printer that took the bytes has not printed: it is asked, and no label is sent twice or taken for printed too early."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from drivers.faults import DeviceError, Fault
from drivers.printer_line import PrinterLine
from drivers.printer_status import PrinterState, PrinterStatus, silent, status_of
from kiosk.app.label_printers import LinkedPrinter, Paper, ScriptPrinter
from kiosk.services.printing import PrinterFault
from traceability.workflows.step import PrintOrder

LABEL = PrintOrder("lot", "S-1", {"gtin": "09520123000011", "lot": "LOT-1", "serial": "S-1", "quantity": "25", "unit": "kg"})


@dataclass
class Machine:
    """A printer whose state is set by hand."""

    name: str = "labels"
    status_now: PrinterStatus = field(default_factory=lambda: status_of(set()))
    after_sending: PrinterStatus | None = None
    breaks: bool = False
    gone: bool = False
    sent: list[bytes] = field(default_factory=list)

    def open(self) -> None:
        if self.gone:
            raise DeviceError(self.name, Fault.UNREACHABLE, "no route")

    def send(self, data: bytes) -> None:
        if self.breaks:
            raise DeviceError(self.name, Fault.TIMED_OUT, "it stopped taking")
        self.sent.append(data)
        self.status_now = self.after_sending or self.status_now

    def status(self) -> PrinterStatus:
        return self.status_now

    def close(self) -> None:
        pass


def linked(machine: Machine, can_be_asked: bool = True) -> LinkedPrinter:
    return LinkedPrinter(PrinterLine(machine), Paper("zpl", "100x50"), can_be_asked)


def test_a_label_is_printed_when_the_printer_says_so_afterwards() -> None:
    machine = Machine()
    printer = linked(machine)
    assert (printer.fault(), printer.print(LABEL), len(machine.sent)) == (None, None, 1)


def test_a_label_that_the_printer_holds_inside_is_not_sent_again() -> None:
    machine = Machine(after_sending=status_of({PrinterState.PAPER_OUT}))
    printer = linked(machine)
    assert printer.print(LABEL) == PrinterFault("has no labels")
    assert printer.fault() == PrinterFault("has no labels")
    machine.status_now, machine.after_sending = status_of(set()), None
    assert (printer.fault(), printer.print(LABEL), len(machine.sent)) == (None, None, 1)
    assert printer.print(LABEL) is None  # once more, because somebody wants it once more
    assert len(machine.sent) == 2


def test_a_label_that_was_not_taken_whole_is_sent_again() -> None:
    machine = Machine(breaks=True)
    printer = linked(machine)
    fault = printer.print(LABEL)
    assert fault is not None
    assert not fault.permanent
    machine.breaks = False
    assert (printer.print(LABEL), len(machine.sent)) == (None, 1)


def test_a_label_that_would_be_wrong_is_the_labels_fault() -> None:
    machine = Machine()
    wrong = PrintOrder("lot", "S-2", {**LABEL.data, "gtin": "09520123000012"})
    for printer in (linked(machine), ScriptPrinter(Paper("zpl", "100x50"))):
        fault = printer.print(wrong)
        assert fault is not None
        assert fault.permanent
    assert machine.sent == []


@pytest.mark.parametrize("state", [state for state in PrinterState if state is not PrinterState.READY])
def test_every_state_has_words(state: PrinterState) -> None:
    fault = linked(Machine(status_now=PrinterStatus((state,)))).fault()
    assert fault is not None
    assert fault.words


def test_a_printer_that_never_answers_is_believed_as_long_as_it_can_be_reached() -> None:
    machine = Machine(status_now=silent("set up so"))
    printer = linked(machine, can_be_asked=False)
    assert (printer.fault(), printer.print(LABEL)) == (None, None)
    machine.gone = True
    assert printer.fault() == PrinterFault("can't be reached")
    assert linked(Machine(status_now=silent("?"))).fault() == PrinterFault("does not say how it is")
