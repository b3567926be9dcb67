"""The demo's own central server: the real one, in a process of its own, that can be cut off and started again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
START_SECONDS: Final = 60.0


class ServerDidNotStart(Exception):
    """The embedded server said nothing, or something else than its address."""


@dataclass(slots=True)
class ServerProcess:
    """`lotline server run` on a directory. `url` is known once it was started; a restart keeps the port."""

    directory: Path
    url: str = ""
    _port: int = 0
    _process: subprocess.Popen[str] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it and wait until it answers at `url`."""
        command = [sys.executable, "-m", "kiosk", "server", "run", "--db", str(self.directory), "--port", str(self._port)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        log = (self.directory / "server.log").open("a")
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL, text=True, env=environment)
        log.close()
        self.url = self._said_url(self._process)
        self._port = int(self.url.rsplit(":", 1)[1])

    def _said_url(self, process: subprocess.Popen[str]) -> str:
        assert process.stdout is not None
        watchdog = threading.Timer(START_SECONDS, process.kill)
        watchdog.start()
        line = process.stdout.readline()
        watchdog.cancel()
        if " at http" not in line:
            process.kill()
            raise ServerDidNotStart(f"the embedded server did not start; {self.directory / 'server.log'} says why")
        return line.split(" at ", 1)[1].strip()

    def cut(self) -> None:
        """Kill it, as a power cut would: nothing is flushed, nobody is told."""
        self._end("kill")

    def stop(self) -> None:
        """Ask it to end."""
        self._end("terminate")

    def _end(self, how: str) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        getattr(process, how)()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
