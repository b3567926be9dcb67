"""Printers on the network: raw TCP, port 9100 ("JetDirect")."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault, device_error
from drivers.links import CHUNK_BYTES, connect
from drivers.printer_status import PrinterStatus, gather
from drivers.status_languages import Language, ask

#: How long to wait, when hanging up, for the printer to have read everything and hang up too.
_LINGER_SECONDS: Final = 0.2


class Options(BaseModel):
    """Where the printer is and how it is asked for its status."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(min_length=1, description="the printer's address")
    port: int = Field(9100, ge=1, le=65535, description="TCP port")
    language: Language = Field(description="in which it is asked how it is: zpl, escpos or none")
    connect_seconds: float = Field(3.0, gt=0, le=60, description="how long to try to connect")
    send_seconds: float = Field(10.0, gt=0, le=300, description="how long it may refuse to take more")
    answer_seconds: float = Field(1.5, gt=0, le=30, description="how long it may take to answer")


class Printer:
    """One printer. Most take one connection at a time: open, do it, close."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._options = options
        self._link: socket.socket | None = None

    def open(self) -> None:
        """Connect."""
        self.close()
        self._link = connect(self.name, self._options.host, self._options.port, self._options.connect_seconds)

    def send(self, data: bytes) -> None:
        """Hand over `data`; a printer without paper may stop taking it half-way, which is TIMED_OUT."""
        link = self._opened()
        link.settimeout(self._options.send_seconds)
        try:
            link.sendall(data)
        except OSError as error:
            raise device_error(self.name, error, Fault.DISCONNECTED) from error

    def status(self) -> PrinterStatus:
        """Ask the printer how it is."""
        return ask(self._options.language, self._exchange)

    def close(self) -> None:
        """Hang up so that what was sent is not lost: closing with unread answers would reset the link under it."""
        link, self._link = self._link, None
        if link is None:
            return
        with contextlib.suppress(OSError), link:  # it is gone already
            link.shutdown(socket.SHUT_WR)
            link.settimeout(_LINGER_SECONDS)
            while link.recv(CHUNK_BYTES):
                pass

    def _exchange(self, query: bytes, complete: Callable[[bytes], bool]) -> bytes:
        self.send(query)
        return gather(self._receive, complete, self._options.answer_seconds)

    def _receive(self, seconds: float) -> bytes:
        link = self._opened()
        link.settimeout(seconds)
        try:
            got = link.recv(CHUNK_BYTES)
        except TimeoutError:
            return b""
        except OSError as error:
            raise device_error(self.name, error, Fault.DISCONNECTED) from error
        if not got:
            raise DeviceError(self.name, Fault.DISCONNECTED, "the printer hung up")
        return got

    def _opened(self) -> socket.socket:
        if self._link is None:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        return self._link
