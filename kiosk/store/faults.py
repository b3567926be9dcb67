"""What a database's error means on the floor: words that say what happened and what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError

from kiosk.services.ports import StorageFailed

_FULL: Final = "the disk is full: nothing more can be stored. Free some space; nothing that was accepted is lost."
_READ_ONLY: Final = (
    "the station's database can't be written to: it is read-only. Check the folder's owner and that the disk is not mounted read-only."
)
_LOCKED: Final = "another program holds the station's database. Close it, or wait until it is done."
_DAMAGED: Final = "the station's database is damaged. Keep its folder as it is and call support: do not delete it, events may wait in it."
_DEVICE: Final = "the disk does not take or give back data (I/O error). Check the disk."
_NO_ACCESS: Final = "the station's database can't be opened. Check that its folder exists and belongs to this user."

# Primary result codes of SQLite (the low byte of the extended ones).
_BY_CODE: Final = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: _DEVICE,
    sqlite3.SQLITE_CANTOPEN: _NO_ACCESS,
    sqlite3.SQLITE_PERM: _NO_ACCESS,
}
_BY_ERRNO: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _NO_ACCESS,
    errno.EPERM: _NO_ACCESS,
    errno.EIO: _DEVICE,
}


@contextmanager
def storage_faults() -> Iterator[None]:
    """Turn what a disk or database says into StorageFailed; bugs (a broken constraint, wrong SQL) pass through."""
    try:
        yield
    except IntegrityError:
        raise
    except DBAPIError as error:
        words = _words(error.orig)
        if words is None:
            raise
        raise StorageFailed(words) from error
    except sqlite3.DatabaseError as error:
        words = _words(error)
        if words is None:
            raise
        raise StorageFailed(words) from error
    except OSError as error:
        raise StorageFailed(_BY_ERRNO.get(error.errno or 0, f"the station's folder can't be used: {error.strerror or error}")) from error


def _words(error: BaseException | None) -> str | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _BY_CODE.get(code & 0xFF)
