"""Numbers for own lots and cartons, where a server comes to a station that worked without one."""

from __future__ import annotations

from kiosk.store.numbers import use_number
from kiosk.store.opening import StationStore
from traceability.number_blocks import LAST_NUMBER, Numbered


def test_what_a_station_claimed_alone_it_leaves_to_the_server_and_tells_how_far_it_came(store: StationStore) -> None:
    store.numbers.claim_all()
    with store.database.writing() as connection:
        for _ in range(3):
            assert use_number(connection, Numbered.SSCC, "2026-11-21")
    assert store.numbers.highest(Numbered.SSCC) == LAST_NUMBER[Numbered.SSCC]
    for _ in range(2):
        store.numbers.give_back()
    assert store.journal.next_number(Numbered.SSCC) is None
    assert (store.numbers.left(Numbered.SSCC), store.numbers.highest(Numbered.SSCC)) == (0, 3)
    store.numbers.add(Numbered.SSCC, 4, 1003)
    store.numbers.give_back()
    store.numbers.claim_all()  # without the server for a day: what it leased is all there is
    assert store.journal.next_number(Numbered.SSCC) == 4
