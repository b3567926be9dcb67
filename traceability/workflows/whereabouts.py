"""Where goods are taken from: as their label says, as a person says, as the books have them; and nobody takes what is not there unasked."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from traceability.events import LotMoved
from traceability.ids import sibling
from traceability.places import Place
from traceability.refusals import Reason
from traceability.units import plain
from traceability.values import replace
from traceability.workflows.inputs import Circumstances, Thing
from traceability.workflows.judgement import Doubt
from traceability.workflows.lot_rules import about, decide, short_of, source_of_lot
from traceability.workflows.pieces import naming_piece, serial_of, stands_at
from traceability.workflows.step import Ask, Choice, Record, ScanRef
from traceability.workflows.working import Asked, Load, Working

FROM: Final = "from"
_CANCEL: Final = Choice("cancel", "Cancel")


def taken_from(load: Load, state: Working, now: Circumstances, scanned: str | None = None) -> str | Doubt:
    """Return the place; where loose goods lie in several and not here, a person says which.

    `scanned`: the place that the work goes on in, by its own label.
    """
    if (stands := stands_at(load, now)) is not None:
        return stands
    if (said := load.answer(FROM) or scanned) is not None:
        return said
    there = [place for place, amount in now.lot.places if amount > 0]
    if now.place in there or not there:
        return now.place
    return there[0] if len(there) == 1 else _which(load, state, now, Decimal(0))


def kept_apart(load: Load, state: Working, now: Circumstances) -> Doubt | None:
    """Ask where the books have this very container, or piece, where it is kept apart: its lot may be used, but somebody put it there."""
    if now.stood is None or not now.stood.keeps_apart or Reason.NOT_EXPECTED_HERE in load.agreed:
        return None
    return Doubt(Reason.NOT_EXPECTED_HERE, Ask.DECIDE, about(load, state, apart="yes", other=now.stood.name), decide())


def brought(load: Load, state: Working, place: str, now: Circumstances, why: str | None = None) -> tuple[Record, ...]:
    """Return the move of a container, or piece, that the books have elsewhere, to where it is; none where they are right."""
    item, stood = load.item, stands_at(load, now)
    amount = load.container.quantity if load.container is not None else Decimal(1)
    if item is None or stood is None or stood == place or amount <= 0:
        return ()
    moved = LotMoved(
        item=item.code,
        lot=load.lot or "",
        assigned_by=load.container.lot.assigned_by if load.container else source_of_lot(load, now.lot.known),
        quantity=amount,
        unit=item.unit,
        base_quantity=amount,
        base_unit=item.unit,
        conversion=Decimal(1),
        container=load.container.serial if load.container else None,
        place=stood,
        to_place=place,
        description=item.description,
        why=why,
    )
    return (Record(naming_piece(moved, load), documents=state.document(), id=sibling(now.event_id, 1)),)


def too_little_at(place: str, load: Load, state: Working, amount: Decimal, now: Circumstances, scanned: str | None = None) -> Doubt | None:
    """Ask where less of a loose lot than that lies in the place: from which other, where nobody said which, else whether it is right."""
    if now.lot.known is None or load.container is not None or serial_of(load) is not None or Reason.LOT_SHORT in load.agreed:
        return None
    there = at(place, now)
    if amount <= there:
        return None
    elsewhere = any(other != place and held > 0 for other, held in now.lot.places)
    if elsewhere and load.answer(FROM) is None and scanned is None:
        return _which(load, state, now, there, quantity=plain(amount))
    return short_of(load, state, amount, there)


def at(place: str, now: Circumstances) -> Decimal:
    """Return how much of the lot the books have in a place, in the base unit."""
    return next((amount for name, amount in now.lot.places if name == place), Decimal(0))


def answers_place(asked: Asked, thing: Thing) -> bool:
    """Whether something scanned says where the goods are taken from."""
    return isinstance(thing, Place) and asked.topic == FROM


def place_chosen(asked: Asked, chosen: str) -> Load | None:
    """Return the load with the place that was chosen of those that were offered; None where that is not asked."""
    offered = asked.topic == FROM and chosen != "cancel" and any(each.id == chosen for each in asked.choices)
    return placed(asked.load, chosen) if offered and asked.load is not None else None


def placed(load: Load, place: str, scan: ScanRef | None = None) -> Load:
    """Return the load with a person's word where it is taken from; the place's own scan is named with it."""
    parts = replace(load.parts, scans=(*load.parts.scans, scan.id)) if scan else load.parts
    return replace(load, parts=parts, chosen=(*load.chosen, (FROM, place)))


def _which(load: Load, state: Working, now: Circumstances, there: Decimal, **more: str) -> Doubt:
    choices = (*(Choice(place, place) for place, amount in now.lot.places if amount > 0), _CANCEL)
    facts = about(load, state, there=plain(max(there, Decimal(0))), lies="elsewhere", **more)
    return Doubt(Reason.LOT_SHORT, Ask.CHOOSE_PLACE, facts, choices, FROM)
