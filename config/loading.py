"""Read a settings or plant file against its model: every mistake at once, each with its line and the nearest right name."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from config import places
from config.mistakes import Mistake, SettingsRefused, did_you_mean
from config.salvage import Remains
from config.wording import in_our_words, shown

LARGEST_FILE: Final = 256 * 1024 * 1024
#: How often a document is tried again without what was wrong with it, to find more in the same go.
ROUNDS: Final = 4

AnyModel = TypeVar("AnyModel", bound=BaseModel)


class Checked(BaseModel):
    """A part of a file: frozen, and no key that it doesn't know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_toml(path: Path, model: type[AnyModel], check: Callable[[AnyModel], Iterable[Mistake]] | None = None) -> AnyModel:
    """Return the TOML file as `model`; raise SettingsRefused with all mistakes. `check` may find more in a valid one."""
    text = read_text(path)
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsRefused(path, [_syntax_mistake(error)]) from None
    return model_of(path, document, model, lambda: places.toml_places(text), check)


def read_json(path: Path, model: type[AnyModel], check: Callable[[AnyModel], Iterable[Mistake]] | None = None) -> AnyModel:
    """Return the JSON file as `model`; raise SettingsRefused with all mistakes. Numbers keep every digit (Decimal)."""
    text = read_text(path)
    try:
        document = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_Keys)
    except (ValueError, RecursionError) as error:  # ValueError: no JSON, NaN, or a number of thousands of digits
        raise SettingsRefused(path, [_syntax_mistake(error)]) from None
    return model_of(path, document, model, lambda: places.json_places(text), check)


class _Keys(dict[str, Any]):
    """A JSON object that remembers whether a key stood in it twice (the parser would keep the last in silence)."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.has_twins = len(self) != len(pairs)


class _NoNumber(ValueError):
    """NaN or Infinity: JSON has no such numbers, and no quantity is one."""


def _no_constant(name: str) -> object:
    raise _NoNumber(name)


def _syntax_mistake(error: Exception) -> Mistake:
    match error:
        case json.JSONDecodeError():
            return Mistake("", f"this is not JSON: {error.msg}, at column {error.colno}", error.lineno)
        case tomllib.TOMLDecodeError():
            return Mistake("", f"this is not TOML: {error}")
        case _NoNumber():
            return Mistake("", f"this is not JSON: {error} is no number")
        case RecursionError():
            return Mistake("", "it is nested too deeply for a file of ours")
        case _:
            return Mistake("", "it holds a number of too many digits")


def read_text(path: Path) -> str:
    """Return a file's text, UTF-8; raise SettingsRefused where there is none to be had."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)  # not trusting the size that a file says it has: a device says 0
        if len(content) > LARGEST_FILE:
            raise SettingsRefused(path, [Mistake("", f"the file is larger than {LARGEST_FILE // 1024 // 1024} MB")])
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsRefused(path, [Mistake("", f"the file is not UTF-8 text (byte {error.start})")]) from None
    except FileNotFoundError:
        raise SettingsRefused(path, [Mistake("", "there is no such file." + _near_file(path))]) from None
    except OSError as error:
        raise SettingsRefused(path, [Mistake("", f"it can't be read: {error.strerror}")]) from None


def _near_file(path: Path) -> str:
    try:
        return did_you_mean(path.name, [other.name for other in path.parent.iterdir()])
    except OSError:
        return ""


def model_of(
    path: Path,
    document: object,
    model: type[AnyModel],
    locate: Callable[[], places.Places],
    check: Callable[[AnyModel], Iterable[Mistake]] | None,
) -> AnyModel:
    """Return a parsed document as `model`; `locate` says where its parts stand, and is asked only when something is wrong."""
    if not isinstance(document, Mapping):
        raise SettingsRefused(path, [Mistake("", f"expected an object with named parts, got {shown(document)}", 1)])
    loaded, mistakes, remains = _validated(model, document)
    if loaded is not None and check is not None:
        mistakes += [(remains.original(places.path(mistake.where)), mistake.words) for mistake in check(loaded)]
    if loaded is not None and not mistakes and not _has_twins(document):
        return loaded
    there = locate()
    raise SettingsRefused(
        path,
        [
            *(Mistake(places.way(where), words, there.line_of(where)) for where, words in mistakes),
            *(Mistake(places.way(where), "this key stands here a second time; keep one", line) for where, line in there.twice),
        ],
    )


def _validated(model: type[AnyModel], document: Mapping[str, Any]) -> tuple[AnyModel | None, list[tuple[places.Path, str]], Remains]:
    """Return what could be made of `document`, what was wrong with it, and what was left of it without that."""
    mistakes: list[tuple[places.Path, str]] = []
    remains = Remains.of(document)
    for _ in range(ROUNDS):
        try:
            return model.model_validate(remains.document), mistakes, remains
        except ValidationError as error:
            found = [in_our_words(model, details) for details in error.errors(include_url=False)]
        # What is missing only since its wrong value was taken out has been told already.
        told = {where for where, _ in mistakes}
        mistakes += [(where, words) for where, words in ((remains.original(where), words) for where, words in found) if where not in told]
        remains = remains.without([where for where, _ in found])
    return None, mistakes, remains


def _has_twins(document: object) -> bool:
    if isinstance(document, _Keys) and document.has_twins:
        return True
    parts = document.values() if isinstance(document, Mapping) else document if isinstance(document, list) else ()
    return any(_has_twins(part) for part in parts)
