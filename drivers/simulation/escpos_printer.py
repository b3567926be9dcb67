"""An ESC/POS receipt printer on a TCP port: takes receipts, answers DLE EOT at once, runs out of paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from drivers.printer_status import PrinterState
from drivers.simulation.printed import Paper
from drivers.simulation.tcp_device import TcpDevice

# GS V m [n]: cut; functions B, C and D (m of 65 and up) carry a length.
_COMMAND: Final = re.compile(rb"\x10\x04[\x01-\x04]|\x1dV(?:[\x00\x01\x30\x31]|[\x41\x42\x61\x62\x67\x68].)", re.DOTALL)
_MOST_BYTES: Final = 4 << 20


class EscposPrinter:
    """`plug_in`, then print to `port`. Each cut ends a receipt; `paper` shows what came out and lets things go wrong."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, on_printed: Callable[[bytes], None] | None = None) -> None:
        self.paper = Paper(on_printed)
        self._device = TcpDevice(lambda: _Conversation(self), host, port)
        self.plug_in, self.unplug = self._device.plug_in, self._device.unplug

    @property
    def port(self) -> int:
        """The TCP port, once plugged in."""
        return self._device.port

    @property
    def host(self) -> str:
        """The address that it listens on."""
        return self._device.host

    def answer(self, number: int) -> bytes:
        """Return the byte that answers DLE EOT `number`."""
        wrong = self.paper.wrong
        bits = {
            1: 0x08 * bool(wrong),
            2: 0x04 * (PrinterState.HEAD_OPEN in wrong) | 0x20 * (PrinterState.PAPER_OUT in wrong),
            3: 0x08 * (PrinterState.FAULTY in wrong),
            4: 0x60 * (PrinterState.PAPER_OUT in wrong),
        }[number]
        return bytes([0b0001_0010 | bits])


class _Conversation:
    """One connection: receipts and questions may come in any pieces; a question inside a receipt is answered at once."""

    def __init__(self, printer: EscposPrinter) -> None:
        self._printer = printer
        self._receipt = b""
        self._held = b""

    def __call__(self, data: bytes) -> bytes:
        self._held += data
        answer, end = b"", 0
        for match in _COMMAND.finditer(self._held):
            self._receipt += self._held[end : match.start()]
            end = match.end()
            answer += self._do(match.group())
        self._held = self._held[end:][-_MOST_BYTES:]
        return answer

    def _do(self, command: bytes) -> bytes:
        if command.startswith(b"\x10"):
            return self._printer.answer(command[2])
        receipt, self._receipt = self._receipt + command, b""
        self._printer.paper.take([receipt])
        return b""
