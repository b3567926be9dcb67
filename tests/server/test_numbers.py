"""Numbers for own lots and cartons are leased in blocks that no two stations share, also after the server was put back from a copy."""

from __future__ import annotations

from typing import Any

from server.meeting import greet
from server.numbers import BLOCK, ENOUGH, SKIPPED_AFTER_RESTORE
from server.store.schema import renew_epoch
from sync.protocol import PROTOCOL, Hello, NumberBlock, NumbersLeft
from tests.simulators.journals import START, StationJournal
from traceability.number_blocks import Numbered


def lease(counter: Any, station: str, left: int | None, highest: int = 0, kind: Numbered = Numbered.LOT) -> NumberBlock | None:
    journal = StationJournal(station, seed=ord(station[-1]))
    wanted = {} if left is None else {kind: NumbersLeft(left=left, highest=highest)}
    said = Hello(protocol=PROTOCOL, station=station, journal=journal.id, numbers=wanted)
    given = greet(counter.database, counter.callers[station], said, START).numbers
    return given[0] if given else None


def test_blocks_do_not_meet(counter: Any) -> None:
    blocks = [lease(counter, station, 0) for station in ("S1", "S2", "S1")]
    spans = [(block.first, block.last) for block in blocks if block]
    assert spans == [(1 + BLOCK * n, BLOCK * (n + 1)) for n in range(3)]


def test_a_station_that_has_enough_or_wants_none_gets_none(counter: Any) -> None:
    assert lease(counter, "S1", ENOUGH) is None
    assert lease(counter, "S1", None) is None


def test_a_restored_server_goes_on_past_what_it_forgot(counter: Any) -> None:
    first = lease(counter, "S1", 0)
    with counter.database.writing() as connection:
        renew_epoch(connection)
    second, third = lease(counter, "S2", 0), lease(counter, "S2", 0)
    assert first is not None
    assert second is not None
    assert third is not None
    assert second.first == first.last + 1 + SKIPPED_AFTER_RESTORE
    assert third.first == second.last + 1
    told = lease(counter, "S1", 0, highest=10**9)
    assert told is not None
    assert told.first == 10**9 + 1


def test_each_kind_counts_for_itself(counter: Any) -> None:
    lots, cartons = lease(counter, "S1", 0), lease(counter, "S2", 0, kind=Numbered.SSCC)
    assert lots is not None
    assert cartons is not None
    assert (lots.kind, lots.first, cartons.kind, cartons.first) == (Numbered.LOT, 1, Numbered.SSCC, 1)
    more = lease(counter, "S1", 0, kind=Numbered.SSCC)
    assert more is not None
    assert more.first == BLOCK + 1
