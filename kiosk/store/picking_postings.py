"""What picking's events change: the papers of an event, and what is set aside and fetched for an order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert

from kiosk.store.posting import Posting
from kiosk.store.schema import ATTACHMENTS
from traceability.events import FileAttached

# Built once: making a statement costs SQLAlchemy five times what running it does.
_ATTACH: Final = insert(ATTACHMENTS)
_DETACH: Final = delete(ATTACHMENTS).where(ATTACHMENTS.c.event == bindparam("announced_by"))


def _attach(connection: Connection, posting: Posting, file: FileAttached) -> None:
    connection.execute(_ATTACH, {"event": posting.row, "to_event": file.to_event, "sha256": file.sha256, "size": file.size})


def _detach(connection: Connection, _posting: Posting, row: int, _file: FileAttached) -> None:
    connection.execute(_DETACH, {"announced_by": row})


EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {FileAttached.kind: _attach}
REVERSALS: Final[dict[str, Callable[[Connection, Posting, int, Any], None]]] = {FileAttached.kind: _detach}
