"""Where the worker is comes back whole, though only what changed of it is written."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from kiosk.services.ports import Work
from kiosk.store.opening import StationStore, open_station
from kiosk.store.schema import SEATS
from tests.kiosk.store.station_kit import stamp
from traceability.chain import Json
from traceability.records import Rewriting, to_json
from traceability.workflows.consuming import AwaitWorkOrder
from traceability.workflows.seat import Seat

MODES = ("receive", "consume", "ship")
#: What lies aside after a commit (by its mode), and what comes of it: kept, refused by the database, or the station starts anew.
TURNS = st.lists(st.tuples(st.dictionaries(st.sampled_from(MODES), st.integers(0, 2)), st.sampled_from(["kept", "refused", "restart"])))
#: The same work is the same object, as `Rewriting` gives it.
BODIES: tuple[Json, ...] = ({"loaded": 0}, {"loaded": 1}, {"loaded": 2})


class DiskFull(Exception):
    """What a full disk makes of the end of a transaction."""


def _commit(store: StationStore, seat: dict[str, Json], *, refused: bool = False) -> None:
    def refuse(*told: object) -> None:
        if told[2] == "COMMIT":
            raise DiskFull

    engine = store.database.connection().engine
    if not refused:
        store.journal.commit(Work(stamp(), seat=seat))
        return
    event.listen(engine, "before_cursor_execute", refuse)
    with pytest.raises(DiskFull):
        store.journal.commit(Work(stamp(), seat=seat))
    event.remove(engine, "before_cursor_execute", refuse)


@settings(max_examples=15)
@given(TURNS)
def test_what_was_committed_last_comes_back_whatever_was_kept_refused_and_restarted_before(turns: list[tuple[dict[str, int], str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, last = open_station(Path(folder), "S"), {}
        for number, (aside, then) in enumerate(turns):
            seat: dict[str, Json] = {"number": number, "aside": {mode: BODIES[body] for mode, body in aside.items()}}
            _commit(store, seat, refused=then == "refused")
            if then != "refused":
                last = {"1": seat}
            if then == "restart":
                store.close()
                store = open_station(Path(folder), "S")
            assert store.journal.seats() == last
        store.close()


def test_a_scan_does_not_write_anew_what_lies_open_in_other_modes(store: StationStore) -> None:
    writing, seat = Rewriting(), Seat().in_mode("consume").in_mode("pack").in_mode("receive")
    _commit(store, writing.to_json(seat))
    written: list[str] = []
    event.listen(store.database.connection().engine, "before_cursor_execute", lambda *told: written.append(str(told[2])))
    _commit(store, writing.to_json(replace(seat, language="pl")))
    assert not [each for each in written if "seats_aside" in each]
    _commit(store, writing.to_json(replace(seat, aside={**seat.aside, "consume": AwaitWorkOrder()})))
    assert len([each for each in written if "INTO seats_aside" in each]) == 1


def test_a_seat_that_an_older_version_wrote_in_one_row_comes_back(folder: Path, store: StationStore) -> None:
    seat = to_json(Seat(language="de").in_mode("consume"))
    with store.database.writing() as connection:
        connection.execute(SEATS.insert().values(name="1", body=json.dumps(seat)))
    store.close()
    again = open_station(folder, "DOCK-1")
    assert again.journal.seats() == {"1": seat}
    _commit(again, {**seat, "aside": {}})
    assert again.journal.seats() == {"1": {**seat, "aside": {}}}
    again.close()
