"""What stands at the line and in a vessel is kept with the event that put it there, undone with it, and made anew from the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.services.ports import Work
from kiosk.store.opening import StationStore, import_plant, open_station
from kiosk.store.rebuild import rebuild
from tests.kiosk.store.station_kit import NOW, SITE, plant, receipt, stamp
from traceability.events import CleanedOut, Event, EventCorrected, LineCleared, LineLoaded, LotConsumed, LotMoved, LotProduced
from traceability.lines import OVERLAP, possible_inputs
from traceability.lots import Disposition, LotKey
from traceability.workflows.step import Record

HOPPER, TANK, ORDER = "Hopper", "Tank", "WO-1"


@pytest.fixture
def store(tmp_path: Path) -> StationStore:
    places = [{"place": "DOCK"}, {"place": "A1"}, {"place": HOPPER, "kind": "line"}, {"place": TANK, "kind": "tank"}]
    orders = [{"order": ORDER, "item": "SALT", "quantity": "100", "components": [{"item": "FLOUR", "quantity": "100"}]}]
    import_plant(tmp_path / "db", plant(places=places, work_orders=orders))
    return open_station(tmp_path / "db", "DOCK-1")


def happen(store: StationStore, minutes: int, *events: Event, ids: tuple[str | None, ...] = ()) -> list[str]:
    records = tuple(Record(event, id=ids[n] if n < len(ids) else None) for n, event in enumerate(events))
    done = store.journal.commit(Work(replace(stamp(), occurred_at=NOW + timedelta(minutes=minutes)), records))
    return [str(each["id"]) for each in done]


def load(lot: str, place: str = HOPPER, order: str | None = ORDER, used_by: str | None = None) -> LineLoaded:
    return LineLoaded(place, order, "FLOUR", lot, "V1", "kg", None, "", vessel=place == TANK, used_by=used_by)


def use(lot: str, place: str = "DOCK") -> LotConsumed:
    one = Decimal(1)
    return LotConsumed("FLOUR", lot, "V1", ORDER, one, "kg", one, "kg", one, None, place, "")


def made(lot: str, place: str = "A1") -> LotProduced:
    ten = Decimal(10)
    return LotProduced("SALT", lot, SITE, ORDER, "made", ten, "kg", ten, "kg", Decimal(1), None, Disposition.AVAILABLE, (), (), place, "")


def lots(store: StationStore, minutes: int) -> set[str]:
    found = possible_inputs(store.book.at_hand(ORDER), NOW + timedelta(minutes=minutes), OVERLAP, ())
    return {each.lot for each in found}


def test_the_lot_before_is_at_hand_while_it_overlaps_and_no_longer(store: StationStore) -> None:
    happen(store, 0, load("OLD", order=None))
    happen(store, 60, load("NEW"))
    assert lots(store, 70) == {"OLD", "NEW"}
    happen(store, 70, made("P1"))
    assert lots(store, 80) == {"OLD", "NEW"}  # begun at 70, before the overlap was over
    happen(store, 95, made("P2"))
    assert lots(store, 99) == {"NEW"}
    store.close()


def test_an_order_that_nothing_was_loaded_for_has_nothing_at_hand(store: StationStore) -> None:
    happen(store, 0, load("OTHER", order="WO-9"))
    assert lots(store, 5) == set()
    store.close()


def test_an_empty_position_and_a_clean_vessel_end_it_and_undone_they_do_not(store: StationStore) -> None:
    happen(store, 0, load("OLD", order=None), load("DREGS", TANK, order=None))
    emptied = happen(store, 10, LineCleared(HOPPER), CleanedOut(TANK))
    happen(store, 20, load("NEW"), load("FRESH", TANK))
    assert lots(store, 30) == {"NEW", "FRESH"}
    for event, kind, left in zip(emptied, ("line_cleared", "clean_out"), ({"OLD"}, {"OLD", "DREGS"}), strict=True):
        happen(store, 31, EventCorrected(event, kind, "undone"))
        assert lots(store, 32) == {"NEW", "FRESH", *left}
    store.close()


def test_whatever_put_it_into_the_vessel_counts(store: StationStore) -> None:
    amount = Decimal(5)
    moved = LotMoved(
        item="FLOUR",
        lot="MOVED",
        assigned_by="V1",
        quantity=amount,
        unit="kg",
        base_quantity=amount,
        base_unit="kg",
        conversion=Decimal(1),
        container=None,
        place="DOCK",
        to_place=TANK,
        description="",
    )
    happen(store, 0, replace(receipt("RECEIVED"), place=TANK), receipt("MOVED"))
    (move,) = happen(store, 1, moved)
    happen(store, 2, use("USED", TANK))
    assert lots(store, 5) == {"RECEIVED", "MOVED", "USED"}
    happen(store, 6, EventCorrected(move, "move", "undone"))
    assert lots(store, 7) == {"RECEIVED", "USED"}
    store.close()


def test_a_use_that_is_undone_takes_its_loading_with_it(store: StationStore) -> None:
    happen(store, 0, load("OLD", order=None))
    name = "019ab000-0000-7000-8000-000000000001"
    (used, _) = happen(store, 60, use("WRONG"), load("WRONG", used_by=name), ids=(name,))
    assert used == name
    happen(store, 61, EventCorrected(used, "consumption", "undone"), load("RIGHT"))
    assert lots(store, 70) == {"OLD", "RIGHT"}
    store.close()


def test_it_is_made_anew_from_the_journal(store: StationStore) -> None:
    happen(store, 0, load("OLD", order=None), load("DREGS", TANK))
    (ended,) = happen(store, 10, CleanedOut(TANK))
    happen(store, 20, load("NEW"), use("USED", TANK))
    happen(store, 21, EventCorrected(ended, "clean_out", "undone"))
    before = store.book.at_hand(ORDER)
    assert lots(store, 30) == {"OLD", "NEW", "DREGS", "USED"}
    rebuild(store.database)
    assert store.book.at_hand(ORDER) == before
    store.close()


def test_the_key_is_the_lot_and_who_assigned_it(store: StationStore) -> None:
    happen(store, 0, load("A"))
    (found,) = possible_inputs(store.book.at_hand(ORDER), NOW, OVERLAP, ())
    assert LotKey(found.item, found.lot, found.assigned_by) == LotKey("FLOUR", "A", "V1")
    store.close()
