"""A label printer on a serial line: one end of a pty that talks like the network one."""

from __future__ import annotations

import os
import threading
import tty
from pathlib import Path

from drivers.simulation.printed import Paper
from drivers.simulation.zpl_printer import Conversation, ZplPrinter


class SerialZplPrinter:
    """`plug_in` makes `path`, which a driver opens as it would /dev/ttyS0 or /dev/usb/lp0."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._printer = ZplPrinter()
        self._master: int | None = None
        self._slave: int | None = None

    @property
    def paper(self) -> Paper:
        """What came out, and what is wrong."""
        return self._printer.paper

    def plug_in(self) -> None:
        """Make the port appear."""
        if self._master is not None:
            return
        # We hold the slave too: without it the master reports a hang-up between two jobs.
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(self._slave))
        threading.Thread(target=self._serve, args=(self._master,), name="simulated serial printer", daemon=True).start()

    def unplug(self) -> None:
        """Take the port away."""
        master, slave, self._master, self._slave = self._master, self._slave, None, None
        if master is not None and slave is not None:
            self.path.unlink(missing_ok=True)
            os.write(slave, b"\x00")  # wakes the thread that reads
            os.close(slave)
            os.close(master)

    def _serve(self, master: int) -> None:
        talk = Conversation(self._printer)
        while self._master == master:
            try:
                answer = talk(os.read(master, 4096))
                if answer:
                    os.write(master, answer)
            except OSError:
                return  # unplugged
