"""Find a plug-in by its name: a module in a folder of ours, or an installed package's entry point of the same group.

`driver = "tcp"` finds `drivers/scanners/tcp.py`. Nothing is imported until it is asked for.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Final

#: Entry points live in groups named after the folder: `lotline.drivers.scanners`.
GROUP_PREFIX: Final = "lotline."


class UnknownPluginError(LookupError):
    """No plug-in has this name; `words` says which was asked for, the nearest, and all there are."""

    def __init__(self, group: str, name: str, known: tuple[str, ...]) -> None:
        near = difflib.get_close_matches(name.lower(), known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        kind = group.rsplit(".", 1)[-1]
        self.words = f"there is no {name!r} in {kind}.{hint} There are: {', '.join(known) or 'none'}."
        self.nearest: str | None = near[0] if near else None
        super().__init__(self.words)


def find(group: str, name: str) -> ModuleType:
    """Import the plug-in `name` of the package `group` ("labels.templates"); raise UnknownPluginError when there is none."""
    if name in _ours(group):
        return importlib.import_module(f"{group}.{name}")
    installed = _installed(group)
    if name not in installed:
        raise UnknownPluginError(group, name, names(group))
    found = installed[name].load()
    if not isinstance(found, ModuleType):
        raise TypeError(f"entry point {name!r} of {GROUP_PREFIX}{group} must name a module, got {type(found).__name__}")
    return found


def names(group: str) -> tuple[str, ...]:
    """Return the names of every plug-in of the package `group`, ours and installed, sorted; imports none of them."""
    return tuple(sorted(_ours(group) | _installed(group).keys()))


def _ours(group: str) -> frozenset[str]:
    package = importlib.import_module(group)
    return frozenset(module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_"))


def _installed(group: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=f"{GROUP_PREFIX}{group}")}
