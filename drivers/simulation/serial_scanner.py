"""A scanner on a serial line: one end of a pty, at a path that stays the same when it is unplugged and plugged in again."""

from __future__ import annotations

import os
import tty
from pathlib import Path


class SerialScanner:
    """`plug_in` makes `path`, which a driver opens as it would /dev/ttyACM0."""

    def __init__(self, path: Path, terminator: bytes = b"\r") -> None:
        self.path = path
        self._terminator = terminator
        self._master: int | None = None

    def plug_in(self) -> None:
        """Make the port appear."""
        if self._master is not None:
            return
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(slave))
        # The slave stays open only in the driver, so that a driver that goes away is noticed; its settings live on with the master.
        os.close(slave)

    def unplug(self) -> None:
        """Take the port away; whoever has it open gets a hang-up."""
        master, self._master = self._master, None
        if master is not None:
            self.path.unlink(missing_ok=True)
            os.close(master)

    def scan(self, data: bytes | str) -> None:
        """Send one scan, terminator added."""
        self.send((data.encode() if isinstance(data, str) else data) + self._terminator)

    def send(self, data: bytes) -> None:
        """Send bytes as they are; raise OSError while unplugged."""
        if self._master is None:
            raise OSError("the scanner is unplugged")
        while data:
            data = data[os.write(self._master, data) :]
