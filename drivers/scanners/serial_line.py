"""Scanners on a serial port: RS-232, USB serial (CDC-ACM), a pty, or a terminal server by `socket://` or `rfc2217://`."""

from __future__ import annotations

from pydantic import Field

from drivers.faults import DeviceError, Fault
from drivers.frames import Frame, Framer, Framing
from drivers.serial_ports import SERIAL_FAILURES, Port, SerialSettings, open_port, serial_error


class Options(SerialSettings):
    """Where the scanner is, how fast it talks and how it marks a scan."""

    framing: Framing = Field(Framing(), description="what begins and ends a scan")


class Scanner:
    """One scanner on one serial port."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._options = options
        self._framer = Framer(name, options.framing)
        self._port: Port | None = None

    def open(self) -> None:
        """Open the port, for us alone."""
        self.close()
        self._framer = Framer(self.name, self._options.framing)
        self._port = open_port(self.name, self._options, self._framer.patience_seconds)

    def read(self) -> tuple[Frame, ...]:
        """Wait for bytes a moment; return the scans that are whole."""
        if self._port is None:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        try:
            data = self._port.read(1)
            if data:
                data += self._port.read(self._port.in_waiting)
        except SERIAL_FAILURES as error:
            # What was half read is told first; the next read raises again.
            if rest := self._framer.end():
                return rest
            raise serial_error(self.name, error, Fault.DISCONNECTED) from error
        return self._framer.feed(data) if data else self._framer.idle()

    def close(self) -> None:
        """Give the port back."""
        port, self._port = self._port, None
        if port is not None:
            port.close()
