"""One mistake in a person's words: what was got, what was expected, the nearest right name."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from config.mistakes import did_you_mean
from config.places import Path


def in_our_words(model: type[BaseModel], details: ErrorDetails) -> tuple[Path, str]:
    """Return where and what, from pydantic's own account of one mistake."""
    where = tuple(part for part in details["loc"] if part != "[key]")
    got = shown(details["input"])
    context = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            names = _names_at(model, where[:-1])
            return where, f"there is no such key here.{did_you_mean(str(where[-1]), names)} Known: {', '.join(sorted(names))}."
        case "missing":
            return where, "it is missing"
        case "literal_error" | "enum":
            expected = str(context["expected"])
            known = [word.strip(" '\"") for word in expected.replace(" or ", ", ").split(",")]
            return where, f"got {got}, expected one of {', '.join(known)}.{_nearest(details['input'], known)}"
        case "value_error":
            return where, str(context["error"])
        case "string_pattern_mismatch":
            return where, f"got {got}, expected text that matches {context['pattern']}"
        case "fault":
            return where, details["msg"]
        case "words":
            return where, f"got {got}, expected {details['msg']}"
        case _:
            return where, f"got {got}, expected {_EXPECTED.get(details['type'], _plain(details['msg']))}"


def _nearest(given: object, known: list[str]) -> str:
    return did_you_mean(given, known) if isinstance(given, str) else ""


def _plain(message: str) -> str:
    """Return pydantic's own "Input should be less than 5" as what follows "expected"."""
    return message.removeprefix("Input should be ").removeprefix("Value should ")


_EXPECTED: Final = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "date_from_datetime_parsing": "a date like 2027-11-30",
    "date_parsing": "a date like 2027-11-30",
    "dict_type": "an object of names and values",
    "float_type": "a number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_type": "an object with named parts",
    "model_attributes_type": "an object with named parts",
    "string_too_short": "some text",
    "too_short": "some text",
    "string_type": "text in quotes",
    "tuple_type": "a list",
}


def shown(value: object) -> str:
    """Return a value as it stood in the file, short."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _names_at(model: type[BaseModel], where: Path) -> tuple[str, ...]:
    """Return the keys that the part of `model` at `where` knows."""
    hint: object = model
    for part in where:
        hint = _step(hint, part)
    found = _model_in(hint)
    return tuple(field.alias or name for name, field in found.model_fields.items()) if found else ()


def _step(hint: object, part: str | int) -> object:
    found = _model_in(hint)
    if found is not None and isinstance(part, str):
        by_alias = {field.alias or name: field.annotation for name, field in found.model_fields.items()}
        return by_alias.get(part)
    # A list's or a table's own part: the last of its types (list[Line], dict[str, Line], tuple[Line, ...]).
    inner = [argument for argument in typing.get_args(hint) if argument is not Ellipsis and argument is not type(None)]
    return inner[-1] if inner else None


def _model_in(hint: object) -> type[BaseModel] | None:
    """Return the model that a field's type names, `Line | None` included."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return next((found for part in typing.get_args(hint) if (found := _model_in(part))), None)
    return None
