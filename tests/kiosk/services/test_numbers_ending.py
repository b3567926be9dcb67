"""Numbers that end within a day are said in time; a site without a company prefix is told that, not to connect."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.health import MOST_CHIPS, Health, chips
from kiosk.presenters.language import load_language
from kiosk.presenters.views import Chip, ChipTone, HomeView, ReceiveView, VerdictHero
from tests.kiosk.floor import PLANT, WORKER, Floor, new_database
from traceability.number_blocks import Numbered
from traceability.refusals import Reason, Verdict


def left(floor: Floor, kind: str, count: int) -> None:
    with floor.wired.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE number_blocks SET last = next + ? - 1 WHERE kind = ?", (count, kind))


def tags(floor: Floor) -> list[tuple[str, ChipTone]]:
    view = floor.desk.view()
    assert isinstance(view, HomeView | ReceiveView)
    return [(chip.words, chip.tone) for chip in view.top.chips if chip.icon == "tag"]


def test_a_chip_says_a_day_ahead_that_numbers_end(floor: Floor) -> None:
    floor.scan(WORKER)
    assert tags(floor) == []
    left(floor, "lot", 51)
    assert tags(floor) == []
    left(floor, "lot", 50)  # what a day takes where none of the week took any
    assert tags(floor) == [("Lot numbers: 50", ChipTone.WARN)]
    left(floor, "sscc", 7)
    assert tags(floor) == [("Carton numbers: 7", ChipTone.WARN)]
    left(floor, "lot", 0)
    assert tags(floor) == [("Lot numbers: 0", ChipTone.BAD)]


def test_a_day_is_as_long_as_the_busiest_of_the_week(floor: Floor) -> None:
    with floor.wired.store.database.writing() as connection:
        for day, used in (("2026-11-10", 900), ("2026-11-16", 30), ("2026-11-20", 80)):
            connection.exec_driver_sql("INSERT INTO number_use VALUES ('sscc', ?, ?)", (day, used))
    left(floor, "sscc", 81)
    book, now = floor.wired.store.book, floor.clock.now()
    assert book.numbers_ending(now) == {}
    left(floor, "sscc", 80)
    assert book.numbers_ending(now) == {Numbered.SSCC: 80}


def test_what_the_company_prefix_has_no_room_for_does_not_count(tmp_path: Path) -> None:
    floor = Floor(new_database(tmp_path / "station", site={"name": "HERE", "company_prefix": "952000112345"}))
    book, now = floor.wired.store.book, floor.clock.now()
    assert book.numbers_ending(now) == {}
    with floor.wired.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE number_blocks SET next = 99990 WHERE kind = 'sscc'")  # five digits are left of 17
    assert book.numbers_ending(now) == {Numbered.SSCC: 10}
    floor.close()


@pytest.mark.parametrize("mode", ["move", "ship", "consume"])
def test_a_station_that_gives_no_numbers_away_is_not_bothered(tmp_path: Path, mode: str) -> None:
    stations = [{"station": "DOCK-1", "place": "Dock 1", "modes": [mode, "count"]}]
    floor = Floor(new_database(tmp_path / "station", stations=stations), has_server=True)
    floor.scan(WORKER)
    assert floor.wired.store.book.numbers_ending(floor.clock.now()) == {Numbered.LOT: 0, Numbered.SSCC: 0}
    assert tags(floor) == []
    floor.close()


def refused(floor: Floor) -> VerdictHero:
    floor.scan(WORKER)
    floor.press("mode:pack", "new_carton")
    assert floor.desk.said is not None
    assert (floor.desk.said.verdict, floor.desk.said.reason) == (Verdict.REJECTED, Reason.NUMBERS_USED_UP)
    assert floor.events("carton_opened") == []
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.hero, VerdictHero)
    return view.hero


@pytest.mark.parametrize(
    ("site", "used", "why", "following"),
    [
        ({"name": "HERE"}, 0, "The site has no company prefix", "Ask the office to enter it, then pack"),
        ({"company_prefix": "952000112345"}, 99_999, "The company prefix is used up", "Ask the office for another one"),
        (PLANT["site"], None, "No carton numbers are left here", "Connect the station to get new ones"),
    ],
)
def test_why_there_is_no_number_for_a_carton(tmp_path: Path, site: dict[str, Any], used: int | None, why: str, following: str) -> None:
    floor = Floor(new_database(tmp_path / "station", site={"name": "HERE", **site}))
    with floor.wired.store.database.writing() as connection:
        values = "next = last + 1" if used is None else f"next = {used + 1}"
        connection.exec_driver_sql(f"UPDATE number_blocks SET {values} WHERE kind = 'sscc'")
    hero = refused(floor)
    assert (hero.reason, hero.next_step) == (why, following)
    floor.check()
    floor.close()


def test_three_chips_fit_and_the_connection_is_always_one() -> None:
    english, well = load_language("en"), Health(scanners={"s": ""}, printer="", server=True, online=True)
    wrong = replace(well, scale="Scale 1", numbers={Numbered.LOT: 3}, printer="no paper", scanners={"s": "gone"})
    for health in (well, replace(well, numbers={Numbered.LOT: 3}), replace(well, scale="Scale 1", printer="no paper"), wrong):
        shown = chips(health, english)
        assert len(shown) <= MOST_CHIPS
        assert shown[-1].icon == "cloud_done"
    told: list[Chip] = [each for each in chips(wrong, english) if each.tone is ChipTone.BAD]
    assert [each.icon for each in told] == ["barcode_reader", "print_error"]
    assert "tag" in [each.icon for each in chips(replace(well, numbers={Numbered.SSCC: 3}), english)]
