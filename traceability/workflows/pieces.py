"""Items of which every piece has a serial of its own (AI 21): each piece counts once, and only while it is here."""

from __future__ import annotations

from typing import Any, TypeVar

from traceability.refusals import Reason
from traceability.serials import Pieces, SerialState
from traceability.values import replace
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, No, Wanted
from traceability.workflows.lot_rules import about, decide
from traceability.workflows.step import Ask
from traceability.workflows.working import Load, Working

E = TypeVar("E")


def serial_of(load: Load) -> str | None:
    """Return the piece's own serial; None where the item has none, or a label of ours names the container instead."""
    tracked = load.item is not None and load.item.serial_tracked and load.container is None
    return load.parts.facts.serial if tracked else None


def piece(load: Load, state: Working, now: Circumstances, wants: Pieces) -> Wanted | Doubt | No | None:
    """Say why this piece can't be counted now; None: it can."""
    if wants is Pieces.LOTS or load.item is None or not load.item.serial_tracked or load.container is not None or load.replaces is not None:
        return None
    serial = load.parts.facts.serial
    if serial is None:
        return Wanted(Ask.SCAN_SERIAL)
    if load.given is not None and load.given.amount != 1:
        facts = about(load, state, got=str(load.given), unit=load.item.unit, message="one piece is expected: each has its own serial")
        return Doubt(Reason.QUANTITY_INVALID, Ask.QUANTITY, facts)
    # What moves, and what comes back, is told by where it is.
    if wants in (Pieces.NAMED, Pieces.HERE) and any(
        serial in getattr(done.event, "serials", ()) and getattr(done.event, "item", "") == load.item.code for done in state.done
    ):
        return No(Reason.ALREADY_COUNTED, about(load, state))
    known = now.piece
    if known is None:
        return None if Reason.SERIAL_UNKNOWN in load.agreed else Doubt(Reason.SERIAL_UNKNOWN, Ask.DECIDE, about(load, state), decide())
    here = known.state is SerialState.HERE
    if (wants in (Pieces.HERE, Pieces.MOVED) and not here) or (wants is Pieces.AWAY and (here or known.state is SerialState.PACKED)):
        return No(Reason.ALREADY_COUNTED, about(load, state, counted_at=known.since.isoformat()))
    if known.lot.code != load.lot:
        return No(Reason.FACTS_CONFLICT, about(load, state, cause="serial", like=known.lot.code))
    return None


def naming_piece(event: E, load: Load) -> E:
    """Return the event with the piece's serial, where its kind names pieces."""
    serial, kind = serial_of(load), type(event)
    if serial is None or "serials" not in getattr(kind, "__dataclass_fields__", {}):
        return event
    named: Any = event
    return replace(named, serials=(serial,))  # type: ignore[no-any-return]
