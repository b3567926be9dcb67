"""What the station keeps in memory of the reference data is never older than what is on disk."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from config.plant import Record
from kiosk.store.opening import StationStore
from kiosk.store.schema import RECORDS
from tests.kiosk.store.station_kit import NOW
from traceability.items import Item
from traceability.places import Place

Told = Callable[[StationStore, Record], None]


def by_this_thread(store: StationStore, record: Record) -> None:
    store.reference.store([record])


def by_the_syncs_thread(store: StationStore, record: Record) -> None:
    told = threading.Thread(target=by_this_thread, args=(store, record))
    told.start()
    told.join()


CHANGES: list[tuple[Record, Callable[[StationStore], Any], Any, Any]] = [
    (Record("policies", "policies", {"expired": "reject"}), lambda s: s.book.policies()["expired"], "quarantine", "reject"),
    (Record("site", "site", {"name": "Other mill"}), lambda s: s.book.site(), "Mill", "Other mill"),
    (Record("site", "site", {"name": "Mill", "company_prefix": "952"}), lambda s: s.book.company_prefix(), None, "952"),
    (Record("station", "DOCK-1", {"place": "A1"}), lambda s: s.book.place_of("DOCK-1"), "DOCK", "A1"),
    (Record("station", "DOCK-1", {"modes": ["count"]}), lambda s: s.book.modes("DOCK-1"), ("receive",), ("count",)),
    (Record("reason", "X", {"code": "X"}), lambda s: any(each.code == "X" for each in s.book.reasons()), False, True),
    (Record("place", "A9", {"place": "A9"}), lambda s: s.book.place("A9"), None, Place("A9", "")),
    (Record("place", "A1", None), lambda s: s.book.place("A1"), Place("A1", ""), None),
    (Record("item", "SALT", {"item": "SALT", "unit": "t"}), lambda s: s.book.item("SALT").unit, "kg", "t"),
    (Record("item", "SALT", None), lambda s: s.book.items({"SALT"}).get("SALT") is None, False, True),
    (Record("vendor", "V1", {"vendor": "V1", "name": "New"}), lambda s: s.book.purchase_order("PO1").vendor_name, "Mill & Sons", "New"),
]


@pytest.mark.parametrize("tell", [by_this_thread, by_the_syncs_thread])
@pytest.mark.parametrize(("change", "ask", "before", "after"), CHANGES)
def test_what_changed_is_said_at_once_whoever_told_it(
    store: StationStore, tell: Told, change: Record, ask: Callable[[StationStore], Any], before: Any, after: Any
) -> None:
    assert ask(store) == ask(store) == before
    tell(store, change)
    assert ask(store) == after


def test_the_last_worker_who_goes_leaves_a_station_without_signing_in(store: StationStore) -> None:
    assert store.book.has_operators()
    with store.database.reading() as connection:
        who = connection.exec_driver_sql("SELECT id FROM operators").scalar_one()
    store.reference.store([Record("operator", who, None)])
    assert not store.book.has_operators()


def test_nothing_is_asked_twice_while_nothing_changes(store: StationStore) -> None:
    def ask() -> None:
        store.book.policies(), store.book.reasons(), store.book.site(), store.book.item("FLOUR"), store.book.place_of("DOCK-1")

    ask()
    asked: list[str] = []
    event.listen(store.database.connection().engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    ask()
    assert asked == []


def test_a_list_that_is_half_read_does_not_keep_what_was_before(store: StationStore) -> None:
    """A statement that is open holds its connection to the state at its beginning."""
    with store.database.reading() as connection:
        half_read = connection.execute(RECORDS.select())
        half_read.fetchone()
        by_the_syncs_thread(store, Record("item", "SALT", {"item": "SALT", "unit": "t"}))
        item = store.book.item("SALT")
        half_read.close()
    assert item == Item("SALT", "", "t")


def test_what_is_taken_back_was_never_there(store: StationStore) -> None:
    """A chunk that fails is rolled back: nothing of it stays in memory."""
    wrong = Record("lot", json.dumps(["SALT", "L", "V1"]), {"disposition": "no such thing"})
    with pytest.raises(ValueError, match="no such thing"):
        store.reference.store([Record("policies", "policies", {"expired": "reject"}), wrong])
    assert store.book.policies()["expired"] == "quarantine"


def test_lots_and_meetings_leave_what_is_kept(store: StationStore) -> None:
    """They come all the time; what is read of them is never kept."""
    item, age = store.book.item("FLOUR"), store.book.cache_age_seconds(NOW)
    store.reference.store([Record("lot", json.dumps(["FLOUR", "NEW", "V1"]), {"on_hand": []})])
    store.reference.note_meeting(NOW, online=True, complete=True)
    assert store.book.item("FLOUR") is item
    assert (age, store.book.cache_age_seconds(NOW)) == (None, 0)
    assert store.book.lots_with_code("NEW")
