"""Where in a file a value stands, for messages: the line of each path, in JSON and in TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

#: The way to a value: keys and list places, ("items", 3, "gtin").
Path = tuple[str | int, ...]

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+|\n')
_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)((?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""")


def way(path: Path) -> str:
    """Return a path as people write it: items[3].gtin (list places counted from 0, as tools do)."""
    text = ""
    for part in path:
        name = part if isinstance(part, int) or part.isprintable() else repr(part)
        text += f"[{name}]" if isinstance(name, int) else f".{name}" if text else name
    return text


def path(way: str) -> Path:
    """Return the path that `way` wrote."""
    return tuple(int(part) if part.isdigit() else part for part in way.replace("[", ".").replace("]", "").split(".") if part)


@dataclass(frozen=True, slots=True)
class Places:
    """Lines by path, counted from 1, and the keys that stand twice in one object."""

    lines: dict[Path, int] = field(default_factory=dict)
    twice: tuple[tuple[Path, int], ...] = ()

    def line_of(self, path: Path) -> int | None:
        """Return the line of `path`, or of the nearest thing around it; None for an unknown file."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


@dataclass(slots=True)
class _Open:
    """An object or a list that is not closed yet, and the key or place that comes next."""

    path: Path
    is_list: bool
    key: str | int | None


def json_places(text: str) -> Places:
    """Return where everything stands in a JSON text that is known to be well formed."""
    lines: dict[Path, int] = {(): 1}
    twice: list[tuple[Path, int]] = []
    stack: list[_Open] = []
    for token, line in _json_tokens(text):
        inside = stack[-1] if stack else None
        if token in "}]":
            stack.pop()
        elif token == ",":
            if inside is not None and isinstance(inside.key, int):
                inside.key += 1
            elif inside is not None:
                inside.key = None
        elif inside is not None and not inside.is_list and inside.key is None:
            inside.key = _unquoted(token)
            path = (*inside.path, inside.key)
            if path in lines:
                twice.append((path, line))
            lines[path] = line
        elif token != ":":
            path = () if inside is None or inside.key is None else (*inside.path, inside.key)
            lines.setdefault(path, line)
            if token in "{[":
                stack.append(_Open(path, token == "[", 0 if token == "[" else None))
    return Places(lines, tuple(twice))


def _json_tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        if match[0] == "\n":
            line += 1
        else:
            yield match[0], line


def _unquoted(token: str) -> str:
    import json

    return str(json.loads(token))


def toml_places(text: str) -> Places:
    """Return where tables and keys stand in a TOML text that is known to be well formed."""
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    rows = text.split("\n")
    number = 0
    while number < len(rows):
        header, key = _HEADER.match(rows[number]), _KEY.match(rows[number])
        if header:
            table = _table(_dotted(header[2]), header[1] == "[[", counts)
            lines.setdefault(table, number + 1)
        elif key:
            lines[(*table, *_dotted(key[1] + key[2]))] = number + 1
            number += _rows_of_value(rows, number) - 1
        number += 1
    return Places(lines)


def _table(names: Path, is_list: bool, counts: dict[Path, int]) -> Path:
    """Return the path of a table; the name of a list of tables stands for its last one."""
    path: Path = ()
    for place, name in enumerate(names):
        path = (*path, name)
        is_last = place == len(names) - 1
        if is_last and is_list:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _dotted(text: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(r""""[^"]*"|'[^']*'|[A-Za-z0-9_-]+""", text))


def _rows_of_value(rows: list[str], start: int) -> int:
    """Return how many rows the key and value that begin at `start` take: they end where they parse."""
    for taken in range(1, len(rows) - start + 1):
        try:
            tomllib.loads("\n".join(rows[start : start + taken]))
        except tomllib.TOMLDecodeError:
            continue
        return taken
    return 1
