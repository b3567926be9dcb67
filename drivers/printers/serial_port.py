"""Printers on a serial port: RS-232, USB serial, or a terminal server by `socket://` or `rfc2217://`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pydantic import Field

from drivers.faults import DeviceError, Fault
from drivers.printer_status import PrinterStatus, gather
from drivers.serial_ports import SERIAL_FAILURES, Port, SerialSettings, open_port, serial_error
from drivers.status_languages import Language, ask

_READ_SECONDS: Final = 0.05


class Options(SerialSettings):
    """Where the printer is, how fast it talks and how it is asked for its status."""

    language: Language = Field(description="in which it is asked how it is: zpl, escpos or none")
    answer_seconds: float = Field(1.5, gt=0, le=30, description="how long it may take to answer")


class Printer:
    """One printer on one serial port."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._options = options
        self._port: Port | None = None

    def open(self) -> None:
        """Open the port, for us alone."""
        self.close()
        self._port = open_port(self.name, self._options, _READ_SECONDS)

    def send(self, data: bytes) -> None:
        """Hand over `data` and wait until the last byte is on the line."""
        port = self._opened()
        try:
            port.write(data)
            port.flush()
        except SERIAL_FAILURES as error:
            raise serial_error(self.name, error, Fault.DISCONNECTED) from error

    def status(self) -> PrinterStatus:
        """Ask the printer how it is."""
        return ask(self._options.language, self._exchange)

    def close(self) -> None:
        """Give the port back."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def _exchange(self, query: bytes, complete: Callable[[bytes], bool]) -> bytes:
        self.send(query)
        return gather(self._receive, complete, self._options.answer_seconds)

    def _receive(self, _seconds: float) -> bytes:
        port = self._opened()
        try:
            data = port.read(1)
            return data + port.read(port.in_waiting) if data else b""
        except SERIAL_FAILURES as error:
            raise serial_error(self.name, error, Fault.DISCONNECTED) from error

    def _opened(self) -> Port:
        if self._port is None:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        return self._port
