"""Scanners on the network: the station connects to the scanner, or listens for scanners that connect to it."""

from __future__ import annotations

import socket

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault, device_error
from drivers.frames import Frame, Framer, Framing
from drivers.links import CHUNK_BYTES, Listener, connect


class Options(BaseModel):
    """Where the scanner is, or, with `listen`, on which address of ours it finds us."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(min_length=1, description="the scanner's address; with listen, ours (0.0.0.0: all of them)")
    port: int = Field(ge=0, le=65535, description="TCP port; with listen, 0 takes a free one")
    listen: bool = Field(False, description="wait for scanners that connect to this station")
    peers: tuple[str, ...] = Field((), description="with listen: the addresses that may connect; empty means any")
    connect_seconds: float = Field(3.0, gt=0, le=60, description="how long to try to connect")
    framing: Framing = Field(Framing(), description="what begins and ends a scan")


class Scanner:
    """One network scanner, or all that connect to one port of ours."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._options = options
        self._link: _Client | Listener | None = None
        self.port = options.port  # the one that was taken, once open

    def open(self) -> None:
        """Connect, or begin to listen."""
        self.close()
        self._link = self._listen() if self._options.listen else _Client(self.name, self._options)

    def read(self) -> tuple[Frame, ...]:
        """Wait for bytes a moment; return the scans that are whole."""
        if self._link is None:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        return self._link.read()

    def close(self) -> None:
        """Hang up."""
        link, self._link = self._link, None
        if link is not None:
            link.close()

    def _listen(self) -> Listener:
        options = self._options
        try:
            # The same port again after a reconnect, so that scanners find us.
            server = socket.create_server((options.host, self.port), family=_family(options.host))
        except OSError as error:
            raise device_error(self.name, error, Fault.MISCONFIGURED) from error
        self.port = int(server.getsockname()[1])
        return Listener(self.name, options.framing, server, options.peers)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


class _Client:
    """The station's end of a connection that it made."""

    def __init__(self, device: str, options: Options) -> None:
        self._device = device
        self._framer = Framer(device, options.framing)
        self._link = connect(device, options.host, options.port, options.connect_seconds)
        self._link.settimeout(self._framer.patience_seconds)

    def read(self) -> tuple[Frame, ...]:
        try:
            data = self._link.recv(CHUNK_BYTES)
        except TimeoutError:
            return self._framer.idle()
        except OSError as error:
            return self._lost(device_error(self._device, error, Fault.DISCONNECTED))
        return self._framer.feed(data) if data else self._lost(DeviceError(self._device, Fault.DISCONNECTED, "the scanner hung up"))

    def close(self) -> None:
        self._link.close()

    def _lost(self, error: DeviceError) -> tuple[Frame, ...]:
        """What was half read is told first; the next read raises."""
        if rest := self._framer.end():
            return rest
        raise error
