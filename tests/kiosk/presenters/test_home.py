"""Home: eight tiles at most, small works behind one of them, helpers where there is room. Every kind of work has a sheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.presenters import home_view
from kiosk.presenters.health import Health
from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.sheet import GROUPS, Sheet, sheet_of
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import HomeView, ReadyHero, ReceiveView, Tile, Tone, TopBar
from kiosk.services.ports import QueueFigures
from tests.kiosk.floor import ORDER, STARCH, WORK_ORDER, WORKER, Floor, new_database
from tests.kiosk.session.plant import RACK
from traceability.barcodes.command import command_card
from traceability.workflows.modes import MODES, WORKFLOWS

WORKS = ("receive", "consume", "produce", "pack", "ship", "pick")
STOCK = ("move", "count", "adjust", "sample", "scrap", "split", "return")
ALL = (*WORKS, *STOCK, "quality", "lookup")
FIGURES = QueueFigures(2, 1, 0, 0, None, None)


@pytest.fixture
def sight(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> Sight:
    """Every kind of work that there may be, whatever this version does."""

    def sheet(mode: str) -> Sheet:
        return replace(sheet_of("receive"), group="stock" if mode in STOCK else "")

    monkeypatch.setattr(home_view, "sheet_of", sheet)
    monkeypatch.setattr(home_view, "WORKFLOWS", dict.fromkeys(ALL, WORKFLOWS["receive"]))
    english = load_language(SOURCE)
    language = replace(english, texts={**{f"work.{mode}": mode for mode in ALL}, **english.texts})
    return Sight(TopBar("home", "Home", "Dock 1", "12:00"), language, floor.desk.book, Health())


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_of_work_has_its_sheet_and_its_words(mode: str) -> None:
    sheet, language = sheet_of(mode), load_language(SOURCE)
    assert sheet.group in ("", *GROUPS)
    assert language.say(f"work.{mode}")
    assert language.say(f"doing.{mode}")
    if WORKFLOWS[mode].document is not None:
        assert sheet.own or (sheet.beginning and sheet.papers)


def test_all_works_fit_on_one_screen(sight: Sight) -> None:
    view = home_view.home_view(ALL, FIGURES, sight)
    assert [tile.action for tile in view.tiles] == [*(f"mode:{mode}" for mode in WORKS), "group:stock", "mode:quality"]
    assert view.others[0].action == "mode:lookup"
    assert view.others[-1].action == "queue"


def test_with_few_works_the_helpers_are_tiles(sight: Sight) -> None:
    view = home_view.home_view(("receive", "move", "lookup"), FIGURES, sight)
    assert [tile.action for tile in view.tiles][:3] == ["mode:receive", "mode:move", "mode:lookup"]  # a group of one is none
    assert (view.tiles[-1].action, view.tiles[-1].count) == ("queue", "3")
    assert view.others == ()


def test_a_group_shows_its_works(sight: Sight) -> None:
    modes = ("receive", "move", "scrap")
    assert [tile.action for tile in home_view.home_view(modes, FIGURES, sight).tiles][:2] == ["mode:receive", "group:stock"]
    group = home_view.group_view("stock", modes, sight)
    assert [tile.action for tile in group.tiles] == ["mode:move", "mode:scrap"]
    assert group.question == "Stock"


def test_a_group_is_left_as_it_was_entered(floor: Floor) -> None:
    floor.scan("B-1001")
    home = floor.desk.view()
    floor.press("group:stock")
    assert floor.desk.view() != home
    floor.press("cancel")
    assert type(floor.desk.view()) is type(home)


def home_of(floor: Floor) -> HomeView:
    view = floor.desk.view()
    assert isinstance(view, HomeView)
    return view


def tile(view: HomeView, action: str) -> Tile:
    return next(each for each in view.tiles if each.action == action)


@pytest.mark.parametrize("by_card", [False, True])
@pytest.mark.parametrize(
    ("mode", "paper", "says"), [("receive", ORDER, f"PO {ORDER}"), ("consume", WORK_ORDER, "Order WO-1"), ("pick", "SO-1", "Pick for SO-1")]
)
def test_home_is_one_touch_away_and_the_open_paper_is_found_as_it_was(
    shift: Floor, mode: str, paper: str, says: str, by_card: bool
) -> None:
    shift.scan(WORKER)
    shift.press(f"mode:{mode}")
    shift.scan(paper)
    shift.scan(STARCH)  # half a label
    before = shift.desk.view()
    assert isinstance(before, ReceiveView)
    assert before.top.home is not None
    if by_card:
        shift.scan(command_card("HOME"))
    else:
        shift.press(before.top.home.action)
    home = home_of(shift)
    assert home.top.home is None
    assert tile(home, f"mode:{mode}").detail == says
    assert not tile(home, "mode:ship").detail
    shift.press(f"mode:{mode}")
    after = shift.desk.view()
    assert isinstance(after, ReceiveView)
    assert isinstance(after.hero, ReadyHero)
    assert (after.document, after.hero.parts) == (before.document, before.hero.parts)


def test_a_count_that_lies_open_is_said_on_the_tile_of_its_group(shift: Floor) -> None:
    shift.scan(WORKER)
    shift.press("mode:count")
    shift.scan(RACK)
    shift.press("home")
    assert tile(home_of(shift), "group:stock").detail == RACK


def test_a_station_of_one_work_has_no_way_home(tmp_path: Path) -> None:
    only = Floor(new_database(tmp_path, stations=[{"station": "DOCK-1", "modes": ["receive"]}]))
    only.sign_in_and_open()
    view = only.desk.view()
    assert isinstance(view, ReceiveView)
    assert view.top.home is None
    only.close()


def test_what_is_refused_at_home_is_seen_there(shift: Floor) -> None:
    shift.scan(WORKER)
    assert home_of(shift).hero is None
    shift.scan("nothing")
    refused = home_of(shift).hero
    assert refused is not None
    assert (refused.tone, refused.lot) == (Tone.BAD, "nothing")
    shift.press("mode:receive", "home")
    assert home_of(shift).hero is None
