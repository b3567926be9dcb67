"""Every icon that a presenter names exists: a missing one would stop the screen from being painted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import kiosk.presenters
from kiosk.ui.icons import has_icon

FOLDER = Path(kiosk.presenters.__file__).parent
PLACES = {"Button": 2, "Chip": 0, "Tile": 3, "Banner": 1}  # which argument of each part is its icon
NAMES = ("icon", "next_icon", "hint_icon")


def icons_of(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        place = PLACES.get(call.func.id)
        named = [each.value for each in call.keywords if each.arg in NAMES]
        placed = [call.args[place]] if place is not None and len(call.args) > place else []
        for given in (*named, *placed):
            yield from (each.value for each in ast.walk(given) if isinstance(each, ast.Constant) and isinstance(each.value, str))


def test_every_named_icon_is_a_material_symbol() -> None:
    named = {icon for file in FOLDER.glob("*.py") for icon in icons_of(ast.parse(file.read_text()))}
    assert len(named) > 10, "the icons are found at all"
    assert [icon for icon in sorted(named) if icon and not has_icon(icon)] == []
