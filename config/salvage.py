"""What is left of a document when its mistakes are taken out, so that the rest can be checked in the same go."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from config.places import Path


@dataclass(frozen=True, slots=True)
class Remains:
    """A document without its mistakes, and where each entry of its lists stood: ("items", 2) was items[5]."""

    document: dict[str, Any]
    stood: dict[str, list[int]] = field(default_factory=dict)

    def original(self, path: Path) -> Path:
        """Return where `path` stood before anything was taken out."""
        if len(path) > 1 and isinstance(path[1], int) and path[0] in self.stood:
            return (path[0], self.stood[path[0]][path[1]], *path[2:])
        return path

    def without(self, mistakes: Iterable[Path]) -> Remains:
        """Return the document without what stands at `mistakes`.

        A value goes with its key. Where an entry of a list at the top can't do without it, the entry goes and the places
        are remembered; a list further in goes whole, so that no place in it shifts.
        """
        document = copy.deepcopy(self.document)
        dropped = {entry for path in mistakes if (entry := _take_out(document, path)) is not None}
        stood = dict(self.stood)
        for section in {section for section, _ in dropped}:
            kept = [place for place in range(len(document[section])) if (section, place) not in dropped]
            before = stood.get(section)
            stood[section] = [before[place] for place in kept] if before else kept
            document[section] = [document[section][place] for place in kept]
        return Remains(document, stood)


def _take_out(remains: dict[str, Any], path: Path) -> tuple[str, int] | None:
    """Remove what stands at `path`; return the (section, place) that has to go whole instead."""
    trail = _trail(remains, path)
    if not trail or len(path) - len(trail) > 1:
        return None  # it went with something around it
    holder, key = trail[-1]
    if len(trail) == len(path) and isinstance(holder, dict):
        del holder[key]
        return None
    depths = [depth for depth, (around, _) in enumerate(trail) if isinstance(around, list)]
    if not depths:
        del remains[str(trail[0][1])]
        return None
    if depths[-1] == 1:
        return str(trail[0][1]), int(trail[1][1])
    around, name = trail[depths[-1] - 1]
    del around[name]
    return None


def _trail(document: dict[str, Any], path: Path) -> list[tuple[Any, str | int]]:
    """Return each thing on the way to `path` with the key that leads on, as far as there is one."""
    trail: list[tuple[Any, str | int]] = []
    here: Any = document
    for part in path:
        is_there = part in here if isinstance(here, dict) else isinstance(here, list) and isinstance(part, int) and part < len(here)
        if not is_there:
            break
        trail.append((here, part))
        here = here[part]
    return trail
