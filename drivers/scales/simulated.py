"""A scale for demos and tests: what lies on it stands in a file, in the words of a real one (`S S     12.34 kg`)."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault, device_error
from drivers.weights import Weight, read_sics


class Options(BaseModel):
    """Which file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path = Field(description="text file with one SICS answer")


class Scale:
    """Reads the file anew each time."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._path = options.path
        self._is_open = False

    def open(self) -> None:
        """See that the file is there."""
        self._line()
        self._is_open = True

    def read(self) -> Weight:
        """Return what lies on it."""
        if not self._is_open:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        line = self._line()
        if weight := read_sics(line):
            return weight
        raise DeviceError(self.name, Fault.TIMED_OUT, f"no weight, got {line[:40]!r}")

    def close(self) -> None:
        """Nothing is held."""
        self._is_open = False

    def _line(self) -> str:
        try:
            return self._path.read_text(encoding="ascii", errors="replace").strip()
        except OSError as error:
            raise device_error(self.name, error, Fault.NOT_FOUND) from error
