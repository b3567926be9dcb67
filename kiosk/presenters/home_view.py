"""Home: what work? Small works share one tile; what helps in any work stands where there is room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from kiosk.presenters.choices import paged
from kiosk.presenters.sheet import GROUPS, sheet_of
from kiosk.presenters.sight import Sight
from kiosk.presenters.verdict_view import verdict_hero
from kiosk.presenters.views import MOST_TILES, Button, ChoiceView, HomeView, Tile
from kiosk.services.ports import QueueFigures
from traceability.workflows.modes import WORKFLOWS, WorkState

#: Open from anywhere, change nothing: with many works they stand in the row at the bottom.
HELPERS = ("lookup", "reprint")
NOTHING_BEGUN: Final[Mapping[str, WorkState]] = MappingProxyType({})


def home_view(modes: tuple[str, ...], figures: QueueFigures, sight: Sight, begun: Mapping[str, WorkState] = NOTHING_BEGUN) -> HomeView:
    """What work? Eight tiles at most: what helps only moves to the bottom where the works fill them. `begun` are works by their mode."""
    say = sight.language.say
    tiles = [replace(tile, detail=_lies_open(tile, modes, begun, sight)) for tile in _works(modes, sight)]
    helpers = [_work(mode, sight) for mode in modes if mode in HELPERS]
    helpers.append(_queue(figures, sight))
    room = max(0, MOST_TILES - len(tiles))
    below = tuple(Button(each.action, _below(each, figures, sight), each.icon) for each in helpers[room:])
    sign_out = Button("sign_out", say("button.sign_out"), "logout")
    refused = verdict_hero(sight.said, sight.number, sight.language)
    return HomeView(sight.top, say("prompt.work"), say(_hint(modes)), (*tiles, *helpers[:room]), sign_out, below, refused)


def _lies_open(tile: Tile, modes: tuple[str, ...], begun: Mapping[str, WorkState], sight: Sight) -> str:
    """Which paper lies open in a work, or in one of the small ones that share its tile: whoever goes back finds it as it was."""
    kind, _, name = tile.action.partition(":")
    within = members(name, modes) if kind == "group" else (name,)
    lying_open = (mode for mode in within if mode in begun and (says := sheet_of(mode).still_open) and says(begun[mode], sight))
    return "  ·  ".join(sheet_of(mode).header(begun[mode], sight).number for mode in lying_open)


def _works(modes: tuple[str, ...], sight: Sight) -> list[Tile]:
    """Return a tile a work, in their order; a group's works share one where there are several."""
    tiles: dict[str, Tile] = {}
    for mode in modes:
        if mode in HELPERS:
            continue
        group = group_of(mode, modes)
        tiles.setdefault(group or mode, _group(group, sight) if group else _work(mode, sight))
    return list(tiles.values())


def group_of(mode: str, modes: tuple[str, ...]) -> str:
    """Return the group whose tile leads to a work here; a group of one is no group."""
    group = sheet_of(mode).group
    return group if group and len(members(group, modes)) > 1 else ""


def members(group: str, modes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the works of a group that this station does."""
    return tuple(mode for mode in modes if sheet_of(mode).group == group)


def group_view(group: str, modes: tuple[str, ...], sight: Sight) -> ChoiceView:
    """Which of the small works?"""
    tiles = tuple(_work(mode, sight) for mode in members(group, modes))
    return paged(sight, sight.language.say(f"work.{group}"), "", tiles, sight.language.say("empty.choices"))


def _work(mode: str, sight: Sight) -> Tile:
    return Tile(f"mode:{mode}", sight.language.say(f"work.{mode}"), icon=sheet_of(mode).icon)


def _group(group: str, sight: Sight) -> Tile:
    return Tile(f"group:{group}", sight.language.say(f"work.{group}"), icon=GROUPS[group])


def _queue(figures: QueueFigures, sight: Sight) -> Tile:
    waiting, say_of = figures.waiting + figures.parked, sight.language.say_of
    count = sight.language.amount(waiting) if waiting else ""
    to_look_at = say_of("queue.to_look_at", figures.to_review) if figures.to_review else ""
    detail = "  ·  ".join(filter(None, (to_look_at, say_of("queue.tile", waiting) if waiting or not to_look_at else "")))
    return Tile("queue", sight.language.say("work.queue"), detail, "cloud_upload", count)


def _below(tile: Tile, figures: QueueFigures, sight: Sight) -> str:
    """Where there is room for a few words only, how much waits to be looked at."""
    to_look_at = figures.to_review if tile.action == "queue" else 0
    return f"{tile.words} · {sight.language.amount(to_look_at)}" if to_look_at else tile.words


def _hint(modes: tuple[str, ...]) -> str:
    papers = {mode for mode in modes if WORKFLOWS[mode].document is not None}
    if papers <= {"receive"}:
        return "hint.scan_opens"
    return "hint.scan_opens_either" if papers <= {"receive", "consume"} else "hint.scan_opens_any"
