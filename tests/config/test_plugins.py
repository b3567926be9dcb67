"""Plug-ins are found by name, ours and installed ones, and a misspelt name is answered with the nearest."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from config import plugins


@pytest.fixture
def group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of plug-ins: `tcp`, `serial_line`, and one that must never be imported."""
    folder = tmp_path / "gadgets"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "tcp.py").write_text("WORTH = 'tcp'\n")
    (folder / "serial_line.py").write_text("raise RuntimeError('imported though nobody asked')\n")
    (folder / "_private.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.split(".")[0] == "gadgets"]:
        monkeypatch.delitem(sys.modules, name)
    return "gadgets"


def test_a_plugin_is_found_by_its_file_name(group: str) -> None:
    assert plugins.find(group, "tcp").WORTH == "tcp"


def test_listing_imports_nothing_and_leaves_private_modules_out(group: str) -> None:
    assert plugins.names(group) == ("serial_line", "tcp")


def test_a_misspelt_name_is_answered_with_the_nearest(group: str) -> None:
    with pytest.raises(plugins.UnknownPluginError) as refused:
        plugins.find(group, "serial-line")
    assert refused.value.nearest == "serial_line"
    assert refused.value.words == "there is no 'serial-line' in gadgets. Did you mean 'serial_line'? There are: serial_line, tcp."


@pytest.mark.parametrize("name", ["", "..", "tcp.py", "_private", "../tcp", "os"])
def test_a_name_reaches_nothing_but_the_group(group: str, name: str) -> None:
    with pytest.raises(plugins.UnknownPluginError):
        plugins.find(group, name)


class _Point:
    """An entry point as an installed package would bring it."""

    def __init__(self, target: object) -> None:
        self.name = "acme"
        self._target = target

    def load(self) -> object:
        return self._target


def test_an_installed_package_joins_by_an_entry_point(group: str, monkeypatch: pytest.MonkeyPatch) -> None:
    acme = ModuleType("acme")
    monkeypatch.setattr(plugins, "entry_points", lambda group: [_Point(acme)] if group == "lotline.gadgets" else [])
    assert plugins.names(group) == ("acme", "serial_line", "tcp")
    assert plugins.find(group, "acme") is acme


def test_an_entry_point_that_is_no_module_is_a_bug_of_its_package(group: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "entry_points", lambda group: [_Point(print)])
    with pytest.raises(TypeError, match="must name a module"):
        plugins.find(group, "acme")
