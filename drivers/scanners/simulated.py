"""A scanner for demos and tests: listens on a local socket file, so that scans arrive as real bytes."""

from __future__ import annotations

import socket
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault, device_error
from drivers.frames import Frame, Framing
from drivers.links import Listener


class Options(BaseModel):
    """Where scans are fired at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path = Field(description="socket file that it makes; at most 100 characters, as the system wants")
    framing: Framing = Field(Framing(), description="what begins and ends a scan")


class Scanner:
    """Listens at `path`; whoever connects and writes is the scanner."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._options = options
        self._listener: Listener | None = None

    def open(self) -> None:
        """Make the socket file, in place of a dead one."""
        self.close()
        path = self._options.path
        if _somebody_listens(path):
            raise DeviceError(self.name, Fault.BUSY, f"another program listens at {path}")
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            path.unlink(missing_ok=True)
            server.bind(str(path))
            path.chmod(0o600)
            server.listen()
        except OSError as error:
            server.close()
            raise device_error(self.name, error, Fault.MISCONFIGURED) from error
        self._listener = Listener(self.name, self._options.framing, server)

    def read(self) -> tuple[Frame, ...]:
        """Wait for bytes a moment; return the scans that are whole."""
        if self._listener is None:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        return self._listener.read()

    def close(self) -> None:
        """Take the socket file away."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
            self._options.path.unlink(missing_ok=True)


def _somebody_listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
        try:
            asked.connect(str(path))
        except OSError:
            return False
    return True
