"""Reference data reaches every station, each change once, in an order that loses none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from server import feed
from server.store.books import Books, record_key
from server.store.database import Database
from sync.protocol import Change, RecordIn
from tests.simulators.journals import StationJournal, receipt


def lot(**body: Any) -> RecordIn:
    said = {"item": "FLOUR", "lot": "L1", "assigned_by": "V1", **body}
    return RecordIn(kind="lot", key=record_key("FLOUR", "L1", "V1"), body=said)


def vendor(name: str, /, **body: Any) -> RecordIn:
    return RecordIn(kind="vendor", key=name, body={"vendor": name, **body})


def changes(database: Database, since: int = 0, limit: int = 1000) -> list[Change]:
    with database.reading() as connection:
        return list(feed.changes_since(connection, since, limit).changes)


def test_a_station_reads_what_changed_since(database: Database, store: Callable[..., int]) -> None:
    store(vendor("V1"), vendor("V2"))
    newest = changes(database)[-1].cursor
    assert store(vendor("V1"), vendor("V2", name="Mill")) == 1
    assert [(each.key, each.body) for each in changes(database, newest)] == [("V2", {"vendor": "V2", "name": "Mill"})]
    assert [each.key for each in changes(database)] == ["V1", "V2"]


def test_what_is_gone_is_told(database: Database, store: Callable[..., int]) -> None:
    store(vendor("V1"))
    store(RecordIn(kind="vendor", key="V1", body=None))
    assert [(each.key, each.body) for each in changes(database)] == [("V1", None)]
    assert store(RecordIn(kind="vendor", key="V9", body=None)) == 0


def test_pages_meet_without_gap_or_overlap(database: Database, store: Callable[..., int]) -> None:
    store(*(vendor(f"V{number}") for number in range(7)))
    seen, since, more = [], 0, True
    while more:
        with database.reading() as connection:
            page = feed.changes_since(connection, since, 3)
        seen += [each.key for each in page.changes]
        since, more = page.cursor, page.more
    assert seen == [f"V{number}" for number in range(7)]


def test_a_cursor_of_a_server_that_was_put_back_begins_again(database: Database, store: Callable[..., int]) -> None:
    store(vendor("V1"))
    assert [each.key for each in changes(database, since=99)] == ["V1"]


def test_opening_stock_is_counted_in_once(database: Database, store: Callable[..., int], counter: Any) -> None:
    opening = lot(on_hand=[{"place": "DOCK", "quantity": "40"}])
    assert (store(opening), store(opening)) == (1, 0)
    journal = StationJournal()
    journal.add("receipt", receipt())
    counter.send(journal)
    store(opening)
    assert counter.rows("SELECT quantity, opening FROM stock") == [("65", "40")]
    store(lot(on_hand=[{"place": "DOCK", "quantity": "30"}]))
    assert counter.rows("SELECT quantity, opening FROM stock") == [("55", "30")]


def test_a_plant_file_never_frees_a_held_lot_nor_forgets_an_expiry(database: Database, store: Callable[..., int], counter: Any) -> None:
    store(lot(disposition="hold", expires_on="2027-01-31"))
    store(lot(disposition="available"))
    assert counter.rows("SELECT disposition, expires_on FROM lots") == [("hold", "2027-01-31")]
    store(lot(disposition="recalled"))
    assert counter.rows("SELECT disposition FROM lots") == [("recalled",)]


def test_stations_hear_of_each_others_lots(database: Database, counter: Any) -> None:
    newest = changes(database)[-1].cursor
    journal = StationJournal()
    journal.add("receipt", receipt())
    hold = journal.add("hold", {"item": "FLOUR", "lot": "L1", "assigned_by": "V1", "why": "smell"})
    counter.send(journal)
    order, *heard = changes(database, newest)
    assert (order.kind, order.key) == ("order_progress", '["purchase_order","PO-1"]')
    assert [(each.kind, each.key) for each in heard] == [("lot", '["FLOUR","L1","V1"]')]
    assert heard[0].body == {
        "item": "FLOUR",
        "lot": "L1",
        "assigned_by": "V1",
        "expires_on": "2027-11-30",
        "disposition": "hold",
        "base": "available",
        "holds": [{"hold": hold["id"], "by": "op-1", "at": hold["occurred_at"], "why": "smell"}],
        "on_hand": [{"place": "DOCK", "quantity": "25"}],
    }


@pytest.mark.parametrize("writers", [4])
def test_a_reader_beside_many_writers_misses_nothing(database: Database, writers: int) -> None:
    """Cursors become visible in their order: what a reader passed by is never added later."""
    stop, seen = threading.Event(), dict[str, int]()

    def write(writer: int) -> None:
        for number in range(15):
            with database.writing() as connection:
                feed.store(Books(connection), [vendor(f"V{writer}-{number}")])

    def read() -> None:
        since = 0
        while True:
            last_round = stop.is_set()
            with database.reading() as connection:
                page = feed.changes_since(connection, since, 1000)
            for each in page.changes:
                seen[each.key] = each.cursor
            since = page.cursor
            if last_round:
                return

    reader = threading.Thread(target=read)
    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in (reader, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    reader.join()
    assert len(seen) == writers * 15
    assert len(set(seen.values())) == len(seen)
