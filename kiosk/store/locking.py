"""One kiosk a database: a lock that the operating system drops when its holder dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from kiosk.services.ports import StorageFailed
from kiosk.store.faults import storage_faults

if sys.platform == "win32":
    import msvcrt

    def _take(handle: IO[bytes]) -> None:
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock(directory: Path) -> IO[bytes]:
    """Return the held lock of `directory`; closing it lets go. StorageFailed where another kiosk works with this database."""
    with storage_faults():
        handle = (directory / "station.lock").open("ab")
    try:
        _take(handle)
    except OSError as error:
        handle.close()
        raise StorageFailed(f"another Lotline station is running on {directory}. Close it first, or name another folder.") from error
    os.set_inheritable(handle.fileno(), False)
    return handle
