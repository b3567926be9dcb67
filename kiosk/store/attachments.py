"""Photos and papers beside the database: a file each, named by its content's SHA-256, on disk before any event speaks of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store.database import Database
from kiosk.store.faults import storage_faults
from kiosk.store.schema import ATTACHMENTS, EVENTS, UPLOADS
from traceability.attachments import digest_of, is_digest

FOLDER: Final = "attachments"
_OWNER_ONLY: Final = 0o600

# Built once: making a statement costs SQLAlchemy five times what running it does.
_TAKEN: Final = EVENTS.c.state.in_(("acknowledged", "exception"))
_SETTLED: Final = select(UPLOADS.c.sha256).where(UPLOADS.c.sha256 == ATTACHMENTS.c.sha256, UPLOADS.c.epoch == bindparam("in_epoch"))
_UNSENT: Final = (
    select(ATTACHMENTS.c.sha256, ATTACHMENTS.c.size)
    .join(EVENTS, EVENTS.c.row == ATTACHMENTS.c.event)
    .where(_TAKEN, ~_SETTLED.exists())
    .group_by(ATTACHMENTS.c.sha256, ATTACHMENTS.c.size)
    .order_by(func.min(ATTACHMENTS.c.event))
    .limit(bindparam("most"))
)
_SETTLE: Final = upsert(UPLOADS)
_SET: Final = _SETTLE.on_conflict_do_update(
    index_elements=["sha256"], set_={"epoch": _SETTLE.excluded.epoch, "words": _SETTLE.excluded.words}
)
_NEVER_SENT: Final = select(func.count(ATTACHMENTS.c.sha256.distinct())).where(
    ~select(UPLOADS.c.sha256).where(UPLOADS.c.sha256 == ATTACHMENTS.c.sha256, UPLOADS.c.words == "").exists()
)


class StationAttachments:
    """The station's photos and papers. Nothing is ever removed: the server may be put back from a backup and ask again."""

    def __init__(self, database: Database, directory: Path) -> None:
        self._database = database
        self._directory = directory / FOLDER

    def keep(self, content: bytes) -> None:
        """Put `content` on disk, durably, whole or not at all; once is enough. StorageFailed."""
        with storage_faults():
            if not self._directory.is_dir():
                self._directory.mkdir(mode=0o700, exist_ok=True)
                _make_durable(self._directory.parent)
            file = self._directory / digest_of(content)
            if file.exists() and file.read_bytes() == content:
                return
            unfinished = file.with_suffix(".part")
            unfinished.unlink(missing_ok=True)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as written:
                written.write(content)
                written.flush()
                os.fsync(written.fileno())
            unfinished.replace(file)
            _make_durable(self._directory)

    def content(self, sha256: str) -> bytes | None:
        """Return the bytes; None where they are not there, or are not any more what they were. StorageFailed."""
        file = self._directory / sha256
        with storage_faults():
            content = file.read_bytes() if is_digest(sha256) and file.is_file() else None
        return content if content is not None and digest_of(content) == sha256 else None

    def unsent(self, epoch: str, limit: int) -> Sequence[str]:
        """Return what this life of the server's database was not yet sent, oldest first; only of events that it has taken."""
        with self._database.reading() as connection:
            return [row.sha256 for row in connection.execute(_UNSENT, {"in_epoch": epoch, "most": limit})]

    def settle(self, sha256: str, epoch: str, words: str = "") -> None:
        """Note that the server has it, or, in words, why it will not be sent in this life of its database."""
        with self._database.writing() as connection:
            connection.execute(_SET, {"sha256": sha256, "epoch": epoch, "words": words})

    def waiting(self) -> int:
        """Return how many are here only."""
        with self._database.reading() as connection:
            return int(connection.execute(_NEVER_SENT).scalar_one())


def _make_durable(directory: Path) -> None:
    # The new name is in the folder's own block: without this a power cut may take it back. Windows does it by itself.
    if os.name != "posix":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
