"""What quality's events change: holds, and how a lot stands; and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection

from kiosk.store import hold_scopes, holds
from kiosk.store.lot_rows import add_fact, decide, lot_id, refresh, unsay
from kiosk.store.posting import Posting
from traceability.events import LotHeld, LotReleased, LotTested, ScopeHeld, ScopeReleased
from traceability.lots import Disposition, LotKey


def _hold(connection: Connection, posting: Posting, held: LotHeld) -> None:
    add_fact(connection, _lot(connection, held), **_fact(posting, Disposition.HOLD))


def _release(connection: Connection, posting: Posting, released: LotReleased) -> None:
    lot = _lot(connection, released)
    holds.lift(connection, lot, released.lifts, posting.row)
    decide(connection, lot, **_fact(posting, released.disposition))


def _test(connection: Connection, posting: Posting, tested: LotTested) -> None:
    lot = _lot(connection, tested)
    if tested.disposition is Disposition.HOLD:
        add_fact(connection, lot, **_fact(posting, Disposition.HOLD))
    elif tested.disposition is not None:
        decide(connection, lot, **_fact(posting, tested.disposition))


def _fact(posting: Posting, disposition: Disposition) -> dict[str, Any]:
    return {"event": posting.row, "kind": posting.event.kind, "occurred_at": posting.occurred_at, "disposition": disposition.value}


def _lot(connection: Connection, event: LotHeld | LotReleased | LotTested) -> int:
    return lot_id(connection, LotKey(event.item, event.lot, event.assigned_by))


def _unhold(connection: Connection, _posting: Posting, row: int, _held: LotHeld) -> None:
    unsay(connection, row)


def _unrelease(connection: Connection, _posting: Posting, row: int, released: LotReleased) -> None:
    lot = unsay(connection, row)
    holds.put_back(connection, lot, released.lifts, row)
    refresh(connection, lot)


def _untest(connection: Connection, _posting: Posting, row: int, tested: LotTested) -> None:
    if tested.disposition is not None:
        unsay(connection, row)


def _hold_together(connection: Connection, posting: Posting, _held: ScopeHeld) -> None:
    hold_scopes.hold(connection, posting.row)


def _release_together(connection: Connection, posting: Posting, released: ScopeReleased) -> None:
    hold_scopes.release(connection, released.scope, posting.row)


def _unhold_together(connection: Connection, _posting: Posting, row: int, _held: ScopeHeld) -> None:
    hold_scopes.unhold(connection, row)


def _unrelease_together(connection: Connection, _posting: Posting, row: int, _released: ScopeReleased) -> None:
    hold_scopes.unrelease(connection, row)


EFFECTS: Final[dict[str, Callable[[Connection, Posting, Any], None]]] = {
    LotHeld.kind: _hold,
    LotReleased.kind: _release,
    LotTested.kind: _test,
    ScopeHeld.kind: _hold_together,
    ScopeReleased.kind: _release_together,
}
REVERSALS: Final[dict[str, Callable[[Connection, Posting, int, Any], None]]] = {
    LotHeld.kind: _unhold,
    LotReleased.kind: _unrelease,
    LotTested.kind: _untest,
    ScopeHeld.kind: _unhold_together,
    ScopeReleased.kind: _unrelease_together,
}
