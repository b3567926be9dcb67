"""Look-up of anything that is scanned: a card of it, what may be done with it, how old that knowledge is; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.presenters.views import LotView, ReceiveView
from tests.kiosk.floor import ORDER, STARCH, WORK_ORDER, WORKER, Floor, bag, new_database
from tests.kiosk.services.test_stock_works import LOTS, PLACES, mode, press, received
from traceability.lots import LotKey
from traceability.refusals import Reason, Verdict

CUSTOMERS = [{"customer": "C1", "name": "Example Stores"}]
SHIP_ORDERS = [{"order": "SO-1", "customer": "C1", "lines": [{"line": 1, "item": "STARCH", "quantity": "100"}]}]
UNKNOWN_SSCC = "]C100195200010000000017"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    opened = Floor(new_database(tmp_path / "db", places=PLACES, lots=LOTS, customers=CUSTOMERS, ship_orders=SHIP_ORDERS))
    opened.scan(WORKER)
    yield opened
    opened.check()
    opened.close()


def card(floor: Floor) -> LotView:
    view = floor.desk.view()
    assert isinstance(view, LotView)
    return view


def page(floor: Floor) -> ReceiveView:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    return view


@pytest.mark.parametrize(
    ("lot", "may", "why", "words"),
    [
        ("OPEN-1", "use", None, "Free to use: Use or ship it"),
        ("HELD-1", "kept", Reason.LOT_ON_HOLD, "On hold: Move, scrap or return only"),
        ("BAD-1", "apart", Reason.LOT_RECALLED, "Recalled: Only keep it apart"),
        ("OLD-1", "kept", Reason.LOT_EXPIRED, "Expired: Move, scrap or return only"),
    ],
)
def test_the_card_says_what_may_be_done_and_why_no_more(floor: Floor, lot: str, may: str, why: Reason | None, words: str) -> None:
    mode(floor, "lookup")
    about = floor.scan(bag(lot)).said.about
    assert (about["may"], about.get("why_not")) == (may, why)
    assert (about["item"], about["lot"]) == ("STARCH", lot)
    view = card(floor)
    assert view.card.state == words
    assert "This station alone" in view.hint


@pytest.mark.parametrize(("paper", "title"), [(ORDER, f"PO {ORDER}"), (WORK_ORDER, "WO-1"), ("SO-1", "SO-1")])
def test_a_paper_shows_its_card_and_does_not_open_its_work(floor: Floor, paper: str, title: str) -> None:
    received(floor)
    mode(floor, "lookup")
    shown = floor.scan(paper)
    assert (shown.said.verdict, floor.wired.station.seat.mode) == (Verdict.ASK, "lookup")
    assert (shown.recorded[0]["kind"], len(shown.recorded[0]["scans"])) == ("document_opened", 1)
    view = page(floor)
    assert title in view.document.number
    assert view.outline is not None
    assert any("Corn starch" in row.words for row in view.outline.rows)
    assert ("L1" in [row.words for row in view.outline.rows]) is (paper == ORDER)


def test_an_items_code_shows_its_lots_the_oldest_first_and_a_lot_scanned_next_its_card(floor: Floor) -> None:
    received(floor)
    mode(floor, "lookup")
    floor.scan(STARCH, after=25)
    view = page(floor)
    assert view.outline is not None
    assert [row.words for row in view.outline.rows] == ["OLD-1", "OPEN-1", "L1", "HELD-1", "BAD-1"]
    floor.scan("]C110OPEN-1")
    assert card(floor).card.lot == "OPEN-1"
    floor.scan(STARCH, after=25)
    floor.scan("Rack 7")
    assert page(floor).document.number == "Rack 7"


def test_a_carton_shows_what_is_in_it_and_for_whom_and_its_lot_says_that_too(floor: Floor) -> None:
    mode(floor, "pack")
    floor.scan("SO-1")
    press(floor, "new_carton")
    floor.scan(bag("OPEN-1"))
    (opened,) = floor.events("carton_opened")
    sscc = opened["data"]["sscc"]
    press(floor, "close")
    mode(floor, "lookup")
    floor.scan(f"]C100{sscc}", after=25)
    view = page(floor)
    assert view.outline is not None
    assert [(row.words, row.quantity) for row in view.outline.rows] == [("OPEN-1", "25 kg")]
    assert all(part in view.document.note for part in ("Closed", "C1", "SO-1"))
    floor.scan(bag("OPEN-1"), after=25)
    assert ("C1", "Packed  ·  SO-1", "25 kg") in [(row.words, row.note, row.quantity) for row in card(floor).uses.rows]
    refused = floor.scan(UNKNOWN_SSCC, after=25).said
    assert (refused.verdict, refused.reason) == (Verdict.REJECTED, Reason.CARTON_UNKNOWN)


def test_an_emptied_container_says_by_what_and_when(floor: Floor) -> None:
    (serial,) = received(floor)
    mode(floor, "lookup")
    floor.scan(serial, after=25)
    assert card(floor).uses.rows[0].note == "Dock 1"
    mode(floor, "consume")
    floor.scan(WORK_ORDER)
    floor.scan(serial, after=25)
    mode(floor, "lookup")
    floor.scan(serial, after=25)
    row = card(floor).uses.rows[0]
    assert (row.words, row.quantity) == (serial, "0 kg")
    assert all(part in row.note for part in ("Empty", "WO-1", "12:"))


def test_the_card_is_there_again_after_a_power_cut(floor: Floor) -> None:
    mode(floor, "lookup")
    floor.scan(bag("HELD-1"))
    before = card(floor)
    floor.restart()
    assert card(floor).card == before.card
    floor.scan("SO-1")
    shown = page(floor)
    floor.restart()
    assert page(floor).outline == shown.outline


def test_what_a_lot_went_into_further_on_is_named_too(floor: Floor) -> None:
    mode(floor, "lookup")
    floor.scan(bag("OPEN-1"))
    with floor.wired.store.database.writing() as connection:
        ids = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT code, id FROM lots")}
        (row,) = connection.exec_driver_sql("SELECT max(row) FROM events").one()
        for source, target in (("OPEN-1", "HELD-1"), ("HELD-1", "OLD-1")):
            connection.exec_driver_sql("INSERT INTO edges VALUES (?, ?, ?, 'scanned', '1', 'kg', 0)", (row, ids[source], ids[target]))
    steps = floor.wired.store.book.made_from(LotKey("STARCH", "OPEN-1", "NWS"))
    assert [(key.code, step) for key, step in steps] == [("HELD-1", 1), ("OLD-1", 2)]
    assert [row.words for row in card(floor).uses.rows] == ["HELD-1", "OLD-1"]
