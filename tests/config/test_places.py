"""Lines of values in JSON and TOML files."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.places import Path, json_places, path, toml_places, way

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def every_path(value: Any, here: Path = ()) -> list[Path]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(found for key, part in parts for found in every_path(part, (*here, key)))]


@given(VALUES, st.sampled_from([None, 1, 4]))
def test_every_json_value_has_a_line(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    places = json_places(text)
    last = text.count("\n") + 1
    assert set(places.lines) == set(every_path(value))
    assert all(1 <= line <= last for line in places.lines.values())
    assert places.twice == ()


def test_json_lines_are_those_of_the_keys() -> None:
    places = json_places('{\n "a": [\n  {"b": 1},\n  {"b":\n 2}\n ],\n "c\\"}": 3\n}')
    assert places.lines[("a", 1, "b")] == 4
    assert places.lines[('c"}',)] == 7
    assert places.line_of(("a", 1, "nope", 5)) == 4


def test_json_key_that_stands_twice_is_found() -> None:
    assert json_places('{"a": 1,\n"b": {"a": 2},\n"a": 3}').twice == ((("a",), 3),)


TOML = """\
# head
station = "A"
text = '''
[not.a.table]
key = 1
'''

[screen]
theme = "dark"

[[scanners]]
name = "one"

[[scanners]]
name = "two"
options = { host = "x", list = [
  1,
  2,
] }

[scanners.options2.framing]
a.b = 1
"q.r" = 2
"""


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("station",), 2),
        (("text",), 3),
        (("screen",), 8),
        (("screen", "theme"), 9),
        (("scanners", 0), 11),
        (("scanners", 0, "name"), 12),
        (("scanners", 1), 14),
        (("scanners", 1, "name"), 15),
        (("scanners", 1, "options", "host"), 16),
        (("scanners", 1, "options2", "framing"), 21),
        (("scanners", 1, "options2", "framing", "a", "b"), 22),
        (("scanners", 1, "options2", "framing", "q.r"), 23),
        (("nowhere",), 1),
    ],
)
def test_toml_lines(where: Path, line: int) -> None:
    tomllib.loads(TOML)
    assert toml_places(TOML).line_of(where) == line


def test_a_table_in_a_multi_line_text_is_no_table() -> None:
    assert ("not", "a", "table") not in toml_places(TOML).lines


def test_a_way_is_read_back() -> None:
    assert way(("items", 3, "gtin")) == "items[3].gtin"
    assert path("items[3].gtin") == ("items", 3, "gtin")
    assert way(("a\nb",)) == "'a\\nb'"
