"""Items of which every piece has a serial of its own (AI 21): each piece counts once, and only while it is here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, TypeVar

from traceability.events import LotReturned
from traceability.items import LabelPolicy
from traceability.refusals import Reason
from traceability.serials import KnownSerial, Pieces, SerialState
from traceability.values import replace
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, No, Wanted
from traceability.workflows.lot_rules import about, decide
from traceability.workflows.step import Ask
from traceability.workflows.working import Load, Working

E = TypeVar("E")
#: What moves, what comes back, and what is said to be there, is told by where it is, not by what was done with it in this work.
_ONCE_A_WORK: Final = (Pieces.NAMED, Pieces.NEW, Pieces.HERE)
_ONE: Final = Decimal(1)


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
        return None if wants is Pieces.NEW and load.item.label_on_receipt is not LabelPolicy.NEVER else Wanted(Ask.SCAN_SERIAL)
    if doubt := one_piece(load, state, none_too=wants is Pieces.THERE):
        return doubt
    if wants in _ONCE_A_WORK and _was_done(load.item.code, serial, state):
        return No(Reason.ALREADY_COUNTED, about(load, state))
    known = now.piece
    if known is not None:
        return other_lot(known, load, state) or _not_so(known, load, state, wants)
    if wants is Pieces.NEW or Reason.SERIAL_UNKNOWN in load.agreed:
        return None
    return Doubt(Reason.SERIAL_UNKNOWN, Ask.DECIDE, about(load, state), decide())


def _was_done(item: str, serial: str, state: Working) -> bool:
    """Whether the last thing done here with a piece was this work itself; what went back to stock may come again."""
    named = (each.event for each in reversed(state.done) if serial in getattr(each.event, "serials", ()))
    last = next((event for event in named if getattr(event, "item", "") == item), None)
    return last is not None and not isinstance(last, LotReturned)


def one_piece(load: Load, state: Working, *, none_too: bool = False) -> Doubt | None:
    """Ask again where a person said that one piece is more than one; `none_too`: it may be said that it is not there."""
    if load.item is None or load.given is None or load.given.amount == 1 or (none_too and load.given.amount == 0):
        return None
    facts = about(load, state, got=str(load.given), unit=load.item.unit, message="one piece is expected: each has its own serial")
    return Doubt(Reason.QUANTITY_INVALID, Ask.QUANTITY, facts)


def other_lot(known: KnownSerial, load: Load, state: Working) -> No | None:
    """Refuse a piece of another lot than its label says, and one whose label was voided."""
    if known.state is SerialState.VOID:
        return No(Reason.LABEL_VOID, about(load, state))
    if load.lot is not None and known.lot.code != load.lot:
        return No(Reason.FACTS_CONFLICT, about(load, state, cause="serial", like=known.lot.code))
    return None


def _not_so(known: KnownSerial, load: Load, state: Working, wants: Pieces) -> No | None:
    """Refuse a piece that is not where this work needs it: gone already, made already, in a carton, or never away."""
    here, packed = known.state is SerialState.HERE, known.state is SerialState.PACKED
    match wants:
        case Pieces.HERE | Pieces.MOVED:
            wrong = not here
        case Pieces.AWAY:
            wrong = here or packed
        case Pieces.THERE:
            if packed:
                return No(Reason.CARTON_ELSEWHERE, about(load, state, other=known.went, packed="yes"))
            wrong = not here and load.given is not None and load.given.amount == 0
        case _:
            wrong = wants is Pieces.NEW
    if not wrong:
        return None
    went = {"went": known.went} if known.went else {}
    return No(Reason.ALREADY_COUNTED, about(load, state, counted_at=known.since.isoformat(), **went))


def stands_at(load: Load, now: Circumstances) -> str | None:
    """Return where the container, or the piece, stands as the books have it; None: they do not say, or the goods are loose."""
    if load.container is not None:
        return load.container.place
    return now.piece.stands if serial_of(load) is not None and now.piece is not None else None


def piece_there(place: str, now: Circumstances) -> Decimal:
    """Return how much the books have of a piece in a place: it, or else one of those that nobody named."""
    if now.piece is not None:
        return _ONE if now.piece.stands == place else Decimal(0)
    unnamed = next((amount for where, amount in now.lot.places if where == place), Decimal(0)) - now.lot.named.get(place, 0)
    return _ONE if unnamed >= 1 else Decimal(0)


def naming_piece(event: E, load: Load) -> E:
    """Return the event with the piece's serial, where its kind names pieces."""
    serial, kind = serial_of(load), type(event)
    if serial is None or "serials" not in getattr(kind, "__dataclass_fields__", {}):
        return event
    named: Any = event
    return replace(named, serials=(serial,))  # type: ignore[no-any-return]  # its class is the one it was given
