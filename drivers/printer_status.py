"""What a printer says about itself, whatever its language."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from drivers.faults import Fault


class PrinterState(StrEnum):
    """How a printer is; the worst stands first."""

    OFFLINE = "OFFLINE"  # can't be reached, or says that it is off line
    HEAD_OPEN = "HEAD_OPEN"  # or the cover
    PAPER_OUT = "PAPER_OUT"
    RIBBON_OUT = "RIBBON_OUT"
    FAULTY = "FAULTY"  # too hot, cutter jammed: the detail says it
    PAUSED = "PAUSED"
    BUSY = "BUSY"  # its memory is full: later
    UNKNOWN = "UNKNOWN"  # it does not say
    READY = "READY"


_WORST_FIRST = list(PrinterState)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """Everything that is wrong, worst first (`READY` alone when nothing is); `waiting` labels are in the printer, unprinted."""

    states: tuple[PrinterState, ...]
    detail: str = ""
    waiting: int | None = None
    paper_low: bool = False
    fault: Fault | None = None  # why it can't be reached

    @property
    def state(self) -> PrinterState:
        """Return the worst of them."""
        return self.states[0]

    @property
    def ready(self) -> bool:
        """Tell whether a label sent now comes out, as far as the printer knows."""
        return self.state is PrinterState.READY


def status_of(wrong: set[PrinterState], detail: str = "", waiting: int | None = None, paper_low: bool = False) -> PrinterStatus:
    """Return the status of a printer that answered, with everything that is `wrong`."""
    states = tuple(sorted(wrong or {PrinterState.READY}, key=_WORST_FIRST.index))
    return PrinterStatus(states, detail, waiting, paper_low)


def silent(detail: str) -> PrinterStatus:
    """Return the status of a printer that did not say, or not intelligibly."""
    return PrinterStatus((PrinterState.UNKNOWN,), detail)


#: Send a query; return what came back until `complete(answer)` or the time-out, whichever is first.
Exchange = Callable[[bytes, Callable[[bytes], bool]], bytes]

#: No answer to a question about status is longer.
_MOST_ANSWER_BYTES: Final = 4096


def gather(receive: Callable[[float], bytes], complete: Callable[[bytes], bool], seconds: float) -> bytes:
    """Collect what `receive(seconds left)` brings until it is `complete`, or `seconds` are over."""
    answer, until = b"", time.monotonic() + seconds
    while not complete(answer) and len(answer) < _MOST_ANSWER_BYTES and (left := until - time.monotonic()) > 0:
        answer += receive(left)
    return answer
