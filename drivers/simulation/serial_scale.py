"""A scale on a serial line that answers SICS, or sends its weight on and on."""

from __future__ import annotations

import os
import threading
import tty
from pathlib import Path


class SerialScale:
    """`plug_in` makes `path`; `line` is what it says (`S S     12.34 kg`)."""

    def __init__(self, path: Path, line: str = "S S      0.000 kg") -> None:
        self.path = path
        self.line = line
        self._ends: tuple[int, int] | None = None

    def plug_in(self) -> None:
        """Make the port appear."""
        if self._ends is not None:
            return
        master, slave = os.openpty()
        tty.setraw(slave)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(slave))
        self._ends = (master, slave)
        threading.Thread(target=self._serve, args=(master,), name="simulated scale", daemon=True).start()

    def send(self, line: str) -> None:
        """Send a line unasked, as scales do that send on and on."""
        if self._ends is not None:
            os.write(self._ends[0], f"{line}\r\n".encode())

    def unplug(self) -> None:
        """Take the port away."""
        ends, self._ends = self._ends, None
        if ends is not None:
            self.path.unlink(missing_ok=True)
            os.write(ends[1], b"\r\n")  # wakes the thread that reads
            for end in reversed(ends):
                os.close(end)

    def _serve(self, master: int) -> None:
        held = b""
        while self._ends is not None:
            try:
                held = (held + os.read(master, 256))[-64:]
                if held.endswith((b"SI\r\n", b"S\r\n")):
                    held = b""
                    os.write(master, f"{self.line}\r\n".encode())
            except OSError:
                return  # unplugged
