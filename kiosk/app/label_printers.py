"""Label orders to paper: a template and a printer's language on one side, a printer's link on the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from drivers.faults import DeviceError
from drivers.printer_line import PrinterLine
from drivers.printer_status import PrinterState
from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.words import reason_in_words
from kiosk.services.printing import PrinterFault
from labels.printing import make
from labels.refused import LabelRefused
from traceability.workflows.step import PrintOrder

_WORDS: Final[dict[PrinterState, str]] = {
    PrinterState.OFFLINE: "can't be reached",
    PrinterState.HEAD_OPEN: "is open",
    PrinterState.PAPER_OUT: "has no labels",
    PrinterState.RIBBON_OUT: "has no ribbon",
    PrinterState.FAULTY: "is out of order",
    PrinterState.PAUSED: "is paused",
    PrinterState.BUSY: "is busy",
    PrinterState.UNKNOWN: "does not say how it is",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What a printer speaks and prints on."""

    language: str
    media: str | None = None
    dpi: int = 203


def rendered(order: PrintOrder, paper: Paper) -> bytes | PrinterFault:
    """Return the printer's bytes for one label; a label that would be wrong is a permanent fault of that label."""
    data: dict[str, object] = {**order.data, **({"reprint": True} if order.reprint else {})}
    if "reason" in order.data:
        data["reason"] = reason_in_words(order.data["reason"], order.data, load_language(SOURCE))  # labels speak English
    made = make(order.template, data, paper.language, paper.media, order.copies, paper.dpi)
    return PrinterFault(made.words, permanent=True) if isinstance(made, LabelRefused) else made


@dataclass(slots=True)
class LinkedPrinter:
    """A real printer: asked before and after every label, because having taken the bytes is no proof of paper."""

    line: PrinterLine
    paper: Paper
    can_be_asked: bool = True  # some links carry no answers: then whoever stands there sees that nothing came out
    _inside: PrintOrder | None = field(default=None, init=False)

    def fault(self) -> PrinterFault | None:
        """Ask the printer; None: ready."""
        return self._fault()

    def print(self, order: PrintOrder) -> PrinterFault | None:
        """Send one label and ask again. One that the printer holds inside (paper ran out) is not sent a second time."""
        if self._inside == order:
            self._inside = None
            return None
        data = rendered(order, self.paper)
        if isinstance(data, PrinterFault):
            return data
        try:
            self.line.send(data)
        except DeviceError as error:
            return PrinterFault(f"can't be reached: {error.detail or error.fault}")
        fault = self._fault()
        self._inside = order if fault is not None else None
        return fault

    def _fault(self) -> PrinterFault | None:
        status = self.line.status()
        silent = status.state is PrinterState.UNKNOWN and not self.can_be_asked
        return None if status.ready or silent else PrinterFault(_WORDS[status.state])


@dataclass(slots=True)
class ScriptPrinter:
    """A printer in a script's hands: renders every label for real, and is out of paper when the script says so."""

    paper: Paper
    out_of_paper: bool = False
    labels: list[tuple[PrintOrder, bytes]] = field(default_factory=list)

    def fault(self) -> PrinterFault | None:
        """None, or that the paper is out."""
        return PrinterFault(_WORDS[PrinterState.PAPER_OUT]) if self.out_of_paper else None

    def print(self, order: PrintOrder) -> PrinterFault | None:
        """Keep the rendered label."""
        data = rendered(order, self.paper)
        if isinstance(data, PrinterFault):
            return data
        self.labels.append((order, data))
        return None
