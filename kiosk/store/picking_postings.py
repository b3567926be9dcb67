"""What picking's events change: the papers of an event, what is set aside for an order, and what was fetched for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, update

from kiosk.store import stock_postings
from kiosk.store.amounts import to_text
from kiosk.store.lot_rows import lot_id
from kiosk.store.posting import Posting
from kiosk.store.schema import ALLOCATIONS, ATTACHMENTS, PICKS
from traceability.events import DocumentFinished, FileAttached, LotPicked, LotsAllocated
from traceability.lots import LotKey

#: The mode whose finished documents give back what was set aside for them.
_MODE: Final = "pick"

# Built once: making a statement costs SQLAlchemy five times what running it does.
_ATTACH: Final = insert(ATTACHMENTS)
_DETACH: Final = delete(ATTACHMENTS).where(ATTACHMENTS.c.event == bindparam("announced_by"))
_SET_ASIDE: Final = insert(ALLOCATIONS)
_RELEASE: Final = (
    update(ALLOCATIONS)
    .where(ALLOCATIONS.c.number == bindparam("of_order"), ALLOCATIONS.c.order_kind == bindparam("of_kind"), ALLOCATIONS.c.released == 0)
    .values(released=1)
)
_RELEASE_ONE: Final = update(ALLOCATIONS).where(ALLOCATIONS.c.event == bindparam("set_aside_by")).values(released=1)
_PICK: Final = insert(PICKS)
_VOID_PICK: Final = update(PICKS).where(PICKS.c.event == bindparam("picked_by")).values(voided=1)


def release(connection: Connection, finished: DocumentFinished) -> None:
    """Give back what was set aside for an order that is left."""
    if finished.workflow == _MODE and finished.document is not None:
        connection.execute(_RELEASE, {"of_kind": finished.document_kind, "of_order": finished.document})


def _allocate(connection: Connection, posting: Posting, allocated: LotsAllocated) -> None:
    connection.execute(_RELEASE, {"of_kind": allocated.order_kind, "of_order": allocated.order})
    rows = [
        {
            "event": posting.row,
            "entry": entry,
            "order_kind": allocated.order_kind,
            "number": allocated.order,
            "line": each.line,
            "lot": lot_id(connection, each.key),
            "place": each.place,
            "amount": to_text(each.base_quantity),
        }
        for entry, each in enumerate(allocated.lots)
    ]
    if rows:
        connection.execute(_SET_ASIDE, rows)


def _unallocate(connection: Connection, _posting: Posting, row: int, _allocated: LotsAllocated) -> None:
    connection.execute(_RELEASE_ONE, {"set_aside_by": row})


def _pick(connection: Connection, posting: Posting, picked: LotPicked) -> None:
    stock_postings.move(connection, posting, picked)
    meant = picked.proposed
    row = {
        "event": posting.row,
        "order_kind": picked.order_kind,
        "number": picked.order,
        "line": picked.line,
        "lot": lot_id(connection, LotKey(picked.item, picked.lot, picked.assigned_by)),
        "container": picked.container if picked.whole else None,
        "to_place": picked.to_place,
        "amount": to_text(picked.base_quantity),
        "meant_lot": lot_id(connection, meant.key) if meant else None,
        "meant_place": meant.place if meant else None,
    }
    connection.execute(_PICK, row)


def _put_back(connection: Connection, posting: Posting, row: int, picked: LotPicked) -> None:
    stock_postings.move_back(connection, posting, row, picked)
    connection.execute(_VOID_PICK, {"picked_by": row})


def _attach(connection: Connection, posting: Posting, file: FileAttached) -> None:
    connection.execute(_ATTACH, {"event": posting.row, "to_event": file.to_event, "sha256": file.sha256, "size": file.size})


def _detach(connection: Connection, _posting: Posting, row: int, _file: FileAttached) -> None:
    connection.execute(_DETACH, {"announced_by": row})


EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {
    FileAttached.kind: _attach,
    LotsAllocated.kind: _allocate,
    LotPicked.kind: _pick,
}
REVERSALS: Final[dict[str, Callable[[Connection, Posting, int, Any], None]]] = {
    FileAttached.kind: _detach,
    LotsAllocated.kind: _unallocate,
    LotPicked.kind: _put_back,
}
