"""Scanners on the network: one that the station connects to, and one that connects to the station."""

from __future__ import annotations

import socket
from pathlib import Path
from types import TracebackType
from typing import Self

from drivers.simulation.tcp_device import TcpDevice


class TcpScanner:
    """Listens; sends each scan to whoever is connected."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, terminator: bytes = b"\r") -> None:
        self._device = TcpDevice(lambda: lambda _heard: b"", host, port)
        self._terminator = terminator
        self.plug_in, self.unplug = self._device.plug_in, self._device.unplug

    @property
    def port(self) -> int:
        """The TCP port, once plugged in."""
        return self._device.port

    @property
    def connections(self) -> int:
        """Tell how many stations are connected."""
        return self._device.connections

    def scan(self, data: bytes | str) -> int:
        """Send one scan, terminator added; return how many stations it was sent to."""
        return self.send((data.encode() if isinstance(data, str) else data) + self._terminator)

    def send(self, data: bytes) -> int:
        """Send bytes as they are; return how many stations they were sent to."""
        return self._device.send_to_all(data)


class CallingScanner:
    """Connects to a station that listens: on a TCP port, or at the socket file of a `simulated` scanner."""

    def __init__(self, where: tuple[str, int] | Path, terminator: bytes = b"\r") -> None:
        self._terminator = terminator
        if isinstance(where, Path):
            self._link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._link.settimeout(5.0)
            self._link.connect(str(where))
        else:
            self._link = socket.create_connection(where, timeout=5.0)

    def scan(self, data: bytes | str) -> None:
        """Send one scan, terminator added."""
        self.send((data.encode() if isinstance(data, str) else data) + self._terminator)

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._link.sendall(data)

    def close(self) -> None:
        """Hang up."""
        self._link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
