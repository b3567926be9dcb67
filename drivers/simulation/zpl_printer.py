"""A ZPL label printer on a TCP port: takes labels, answers `~HS` and `~HQES` as the guide says, runs out of paper."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Final

from drivers.printer_status import PrinterState
from drivers.simulation.printed import Paper
from drivers.simulation.tcp_device import TcpDevice

_COMMAND: Final = re.compile(rb"~HS|~HQES|\^XA.*?\^XZ", re.DOTALL)
_COPIES: Final = re.compile(rb"\^PQ(\d{1,4})")
_HQES_BITS: Final = {
    PrinterState.PAPER_OUT: 0x1,
    PrinterState.RIBBON_OUT: 0x2,
    PrinterState.HEAD_OPEN: 0x4,
    PrinterState.FAULTY: 0x8,
    PrinterState.PAUSED: 0x10000,
}
#: A label is some kilobytes, with pictures some hundred; what is larger and has no end is not ZPL.
_MOST_BYTES: Final = 4 << 20


class ZplPrinter:
    """`plug_in`, then print to `port`. `paper` shows what came out and lets things go wrong."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, on_printed: Callable[[bytes], None] | None = None) -> None:
        self.paper = Paper(on_printed)
        self.mute_when_wrong = False  # as some models are
        self._device = TcpDevice(lambda: Conversation(self), host, port)
        self.plug_in, self.unplug = self._device.plug_in, self._device.unplug

    @property
    def port(self) -> int:
        """The TCP port, once plugged in."""
        return self._device.port

    @property
    def host(self) -> str:
        """The address that it listens on."""
        return self._device.host

    def answer(self, query: bytes) -> bytes:
        """Return what the printer says to `~HS` or `~HQES`."""
        if self.mute_when_wrong and self.paper.wrong:
            return b""
        return self._host_status() if query == b"~HS" else self._errors()

    def _host_status(self) -> bytes:
        def flag(state: PrinterState) -> int:
            return int(state in self.paper.wrong)

        paper, paused, full, hot = map(flag, (PrinterState.PAPER_OUT, PrinterState.PAUSED, PrinterState.BUSY, PrinterState.FAULTY))
        first = f"030,{paper},{paused},1245,{self.paper.waiting:03},{full},0,0,000,0,0,{hot}"
        second = f"001,0,{flag(PrinterState.HEAD_OPEN)},{flag(PrinterState.RIBBON_OUT)},1,2,6,0,00000000,1,000"
        return "".join(f"\x02{line}\x03\r\n" for line in (first, second, "1234,0")).encode()

    def _errors(self) -> bytes:
        bits = sum(bit for state, bit in _HQES_BITS.items() if state in self.paper.wrong)
        rows = f"   ERRORS:         {int(bits > 0)} 00000000 {bits:08X}\r\n   WARNINGS:       0 00000000 00000000\r\n"
        return f"\x02\r\n\r\n  PRINTER STATUS\r\n{rows}\x03".encode()


class Conversation:
    """One connection: labels and questions may come in any pieces."""

    def __init__(self, printer: ZplPrinter) -> None:
        self._printer = printer
        self._held = b""
        self._lock = threading.Lock()

    def __call__(self, data: bytes) -> bytes:
        """Take what came; return what is to be answered."""
        with self._lock:
            self._held += data
            answer, end = b"", 0
            for match in _COMMAND.finditer(self._held):
                answer += self._do(match.group())
                end = match.end()
            self._held = self._held[end:][-_MOST_BYTES:]
            return answer

    def _do(self, command: bytes) -> bytes:
        if command.startswith(b"~"):
            return self._printer.answer(command)
        copies = _COPIES.search(command)
        self._printer.paper.take([command] * max(1, int(copies.group(1)) if copies else 1))
        return b""
