"""Scales on a serial port: asked one at a time (Mettler Toledo SICS), or sending without end (the header format of many)."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import Final

from pydantic import Field

from drivers.faults import DeviceError, Fault
from drivers.frames import Framer, Framing
from drivers.serial_ports import SERIAL_FAILURES, Port, SerialSettings, open_port, serial_error
from drivers.weights import Weight, read_headed, read_sics

_ASK_SICS: Final = b"SI\r\n"
_READ_SECONDS: Final = 0.05


class Protocol(StrEnum):
    """How the scale talks."""

    SICS = "sics"
    HEADED = "headed"


class Options(SerialSettings):
    """Where the scale is and how it talks."""

    protocol: Protocol = Field(
        Protocol.SICS, description="sics: asked for each weight; headed: lines such as ST,GS,+ 12.34kg, sent on and on"
    )
    answer_seconds: float = Field(1.0, gt=0, le=30, description="how long it may be silent")


class Scale:
    """One scale on one serial port."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._options = options
        self._port: Port | None = None

    def open(self) -> None:
        """Open the port, for us alone."""
        self.close()
        self._port = open_port(self.name, self._options, _READ_SECONDS)

    def read(self) -> Weight:
        """Return the weight that is on it now; lines from before the question don't count. Silence is TIMED_OUT."""
        if self._port is None:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        try:
            return self._ask(self._port)
        except SERIAL_FAILURES as error:
            raise serial_error(self.name, error, Fault.DISCONNECTED) from error

    def close(self) -> None:
        """Give the port back."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def _ask(self, port: Port) -> Weight:
        port.reset_input_buffer()
        if self._options.protocol is Protocol.SICS:
            port.write(_ASK_SICS)
        framer, until, heard = Framer(self.name, Framing()), time.monotonic() + self._options.answer_seconds, b""
        while time.monotonic() < until:
            data = port.read(1)
            for frame in framer.feed(data + port.read(port.in_waiting)) if data else ():
                heard = frame.data
                if weight := self._weight(frame.data):
                    return weight
        raise DeviceError(self.name, Fault.TIMED_OUT, f"no weight, got {heard[:40]!r}" if heard else "the scale does not answer")

    def _weight(self, line: bytes) -> Weight | None:
        text = line.decode("ascii", "replace")
        return read_sics(text) if self._options.protocol is Protocol.SICS else read_headed(text)
