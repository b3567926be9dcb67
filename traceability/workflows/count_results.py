"""A count at its end: what was not found, what is too far off, and the event of each lot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from traceability.barcodes.assembly import Parts
from traceability.events import FOUND_HERE, CountedContainer, CountedPiece, LotCounted, LotMoved
from traceability.ids import ENTROPY_BYTES, uuid7
from traceability.lots import LotKey
from traceability.reasons import UNKNOWN_CAUSE
from traceability.values import replace
from traceability.workflows.count_rules import RULES
from traceability.workflows.inputs import Circumstances, Standing
from traceability.workflows.step import Record
from traceability.workflows.stocktaking import Stocktake, Tally
from traceability.workflows.working import Done, Load

_NO_LOAD: Final = Load(Parts())


def as_found(state: Stocktake, standing: tuple[Standing, ...]) -> dict[LotKey, Standing]:
    """Return what should be in the place, by lot: what the books have there, and what they have elsewhere and was found here."""
    brought = dict[LotKey, Decimal]()
    for each in state.tallies:
        if each.is_elsewhere:
            brought[each.key] = brought.get(each.key, Decimal(0)) + each.held
    return {each.key: replace(each, amount=each.amount + brought.get(each.key, Decimal(0))) for each in standing}


def missing(state: Stocktake, expected: Mapping[LotKey, Standing]) -> tuple[LotKey, ...]:
    """Return the lots that the books have here and nobody found, or of which containers were found and others were not."""
    found = {each.key for each in state.tallies}
    return tuple(
        key
        for key, each in expected.items()
        if (key not in found and each.amount > 0) or (key in found and (not_found(state, key, each) or lost(state, key, each)))
    )


def lost(state: Stocktake, key: LotKey, expected: Standing | None) -> tuple[str, ...]:
    """Return the pieces of a lot that should be here, by their serials, and were not found."""
    found = {each.serial for each in state.tallies if each.key == key}
    return tuple(each for each in expected.pieces if each not in found) if expected is not None else ()


def not_found(state: Stocktake, key: LotKey, expected: Standing | None) -> tuple[tuple[str, Decimal], ...]:
    """Return the containers (serial, amount) of a lot that should be here and were not found.

    Where some of it was counted loose nobody can say which: what is loose may have been in them.
    """
    found = [each for each in state.tallies if each.key == key]
    if expected is None or any(each.container is None and each.amount for each in found):
        return ()
    serials = {each.container for each in found}
    return tuple((serial, amount) for serial, amount in expected.containers if serial not in serials and amount)


def too_far_off(state: Stocktake, expected: Mapping[LotKey, Standing]) -> tuple[LotKey, ...]:
    """Return the lots whose count differs from the books by more than the plant allows; what is walked in has nothing to differ from."""
    opening = {each.key for each in state.tallies if each.opening}
    lots = dict.fromkeys((*(each.key for each in state.tallies), *expected))
    return tuple(key for key in lots if key not in opening and not _near(state, key, expected.get(key)))


def _near(state: Stocktake, key: LotKey, expected: Standing | None) -> bool:
    found = state.found_of(key)
    return expected.tolerance.allows(expected.amount, found) if expected else not found


def results(state: Stocktake, expected: Mapping[LotKey, Standing], now: Circumstances) -> tuple[tuple[Record, ...], tuple[Done, ...]]:
    """Return the events of the count, a lot each, and what may be undone of it."""
    lots = dict.fromkeys((*(each.key for each in state.tallies), *expected))
    records, done = list[Record](), list[Done]()
    for number, moved in enumerate(_brought(state), start=len(lots)):
        records.append(Record(moved, documents=state.document(), id=_id(now, number)))
        done.append(Done(_id(now, number), now.at, moved, _NO_LOAD))
    for number, key in enumerate(lots):
        tallies = tuple(each for each in state.tallies if each.key == key)
        event = _counted(state, key, tallies, expected.get(key))
        name = _id(now, number)
        scans = tuple(scan for each in tallies for scan in each.scans)
        records.append(Record(event, scans, documents=state.document(), rules=RULES, id=name, how="scanned" if scans else "typed"))
        done.append(Done(name, now.at, event, _NO_LOAD, event.expires_on))
    return tuple(records), tuple(done)


def _counted(state: Stocktake, key: LotKey, tallies: tuple[Tally, ...], expected: Standing | None) -> LotCounted:
    assert state.place is not None
    found, thought = state.found_of(key), expected.amount if expected else Decimal(0)
    unit = tallies[0].unit if tallies else (expected.unit if expected else "")
    description = tallies[0].description if tallies else (expected.description if expected else "")
    return LotCounted(
        item=key.item,
        lot=key.code,
        assigned_by=key.assigned_by,
        quantity=found,
        unit=unit,
        why=None if state.cause_of(key) == UNKNOWN_CAUSE.code else state.cause_of(key),
        base_quantity=found,
        base_unit=unit,
        conversion=Decimal(1),
        place=state.place.name,
        expected=thought,
        difference=found - thought,
        round=state.round if key in state.again else 1,
        opening=any(each.opening for each in tallies),
        found=(*_found(tallies, state.place.name), *_emptied(not_found(state, key, expected), state.place.name)),
        containers=(),
        description=description,
        expires_on=next((each.expires_on for each in tallies if each.opening and each.expires_on), None),
        accepted_reasons=tuple(dict.fromkeys(reason for each in tallies for reason in each.agreed)),
        pieces=(
            *(CountedPiece(each.serial, True, each.stood) for each in tallies if each.serial is not None),
            *(CountedPiece(serial, False, state.place.name) for serial in lost(state, key, expected)),
        ),
    )


def _brought(state: Stocktake) -> Iterator[LotMoved]:
    """Yield a move of each container and piece that the books have elsewhere: its figure must not stay there."""
    assert state.place is not None
    for each in state.tallies:
        if each.is_elsewhere:
            pieces = (each.serial,) if each.serial is not None else ()
            yield LotMoved(
                item=each.key.item,
                lot=each.key.code,
                assigned_by=each.key.assigned_by,
                quantity=each.held,
                unit=each.unit,
                base_quantity=each.held,
                base_unit=each.unit,
                conversion=Decimal(1),
                container=each.container,
                place=each.stood,
                to_place=state.place.name,
                description=each.description,
                why=FOUND_HERE,
                serials=pieces,
            )


def _found(tallies: tuple[Tally, ...], place: str) -> tuple[CountedContainer, ...]:
    """What was brought here by the books' own move stands here already."""
    return tuple(
        CountedContainer(each.container, each.amount, each.held, place if each.is_elsewhere else each.stood)
        for each in tallies
        if each.container
    )


def _emptied(absent: tuple[tuple[str, Decimal], ...], place: str) -> tuple[CountedContainer, ...]:
    """Containers that a person said are not there hold nothing: their figure must not stay."""
    return tuple(CountedContainer(serial, Decimal(0), amount, place) for serial, amount in absent)


def _id(now: Circumstances, number: int) -> str:
    """The first event has the step's own id; the others one that follows from it."""
    return now.event_id if number == 0 else uuid7(now.at, hashlib.sha256(f"{now.event_id}/{number}".encode()).digest()[:ENTROPY_BYTES])
