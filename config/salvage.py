"""What is left of a document when its mistakes are taken out, so that the rest can be checked in the same go."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from config.places import Path


@dataclass(frozen=True, slots=True)
class Remains:
    """A document without its mistakes, and beside it, in the same shape, where each entry of its lists stood."""

    document: dict[str, Any]
    stood: Any

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Remains:
        """Return all of a document."""
        whole = dict(document)
        return cls(whole, _where_all_stands(whole))

    def original(self, path: Path) -> Path:
        """Return where `path` stood before anything was taken out."""
        here, way = self.stood, []
        for part in path:
            if isinstance(here, list) and isinstance(part, int) and part < len(here):
                part, here = here[part]
            else:
                here = here.get(part) if isinstance(here, dict) else None
            way.append(part)
        return tuple(way)

    def without(self, mistakes: Iterable[Path]) -> Remains:
        """Return what is left without `mistakes`: a value goes with its key, an entry of a list that can't do without it goes whole."""
        document, stood = copy.deepcopy(self.document), copy.deepcopy(self.stood)
        # From the end, so that nothing shifts before its turn; what is further in goes first.
        for path in sorted({entry for mistake in mistakes if (entry := _to_take_out(document, mistake))}, reverse=True):
            holder, beside = _at(document, stood, path[:-1])
            del holder[path[-1]], beside[path[-1]]
        return Remains(document, stood)


def _where_all_stands(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _where_all_stands(part) for key, part in value.items()}
    if isinstance(value, list):
        return [(place, _where_all_stands(part)) for place, part in enumerate(value)]
    return None


def _to_take_out(document: dict[str, Any], path: Path) -> Path:
    """Return what has to go for the mistake at `path`: what stands there, or the list's entry, or the section, that lacks it."""
    there = 0
    here: Any = document
    while there < len(path) and _has(here, path[there]):
        here = here[path[there]]
        there += 1
    if there == len(path):
        return path
    entries = [depth for depth in range(there) if isinstance(path[depth], int)]
    return path[: entries[-1] + 1] if entries else path[: min(there, 1)]


def _has(holder: Any, key: str | int) -> bool:
    return key in holder if isinstance(holder, dict) else isinstance(holder, list) and isinstance(key, int) and key < len(holder)


def _at(document: Any, stood: Any, path: Path) -> tuple[Any, Any]:
    for part in path:
        stood = stood[part][1] if isinstance(part, int) else stood[part]
        document = document[part]
    return document, stood
