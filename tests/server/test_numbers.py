"""Own lot numbers are leased in blocks that no two stations share, also after the server was put back from a copy."""

from __future__ import annotations

from typing import Any

from server.meeting import greet
from server.numbers import BLOCK, ENOUGH, SKIPPED_AFTER_RESTORE
from server.store.schema import renew_epoch
from sync.protocol import PROTOCOL, Hello, NumberBlock
from tests.simulators.journals import START, StationJournal


def lease(counter: Any, station: str, left: int | None, highest: int = 0) -> NumberBlock | None:
    journal = StationJournal(station, seed=ord(station[-1]))
    said = Hello(protocol=PROTOCOL, station=station, journal=journal.id, numbers_left=left, highest_number=highest)
    return greet(counter.database, counter.callers[station], said, START).numbers


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
