"""Home: eight tiles at most, small works behind one of them, helpers where there is room. Every kind of work has a sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.presenters import home_view
from kiosk.presenters.health import Health
from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.sheet import GROUPS, Sheet, sheet_of
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import TopBar
from kiosk.services.ports import QueueFigures
from tests.kiosk.floor import Floor
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
