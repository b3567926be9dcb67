"""What a label is about: goods, read strictly from a JSON object, with every fault told at once."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

from labels import values
from labels.refused import LabelRefused


@dataclass(frozen=True, slots=True)
class Goods:
    """The facts that a label may state; each is right by itself, and a template says which it needs."""

    item: str | None = None
    gtin: str | None = None  # 14 digits
    description: str | None = None
    lot: str | None = None  # verbatim
    expires_on: date | None = None  # the last good day
    quantity: Decimal | None = None
    unit: str | None = None
    count: int | None = None  # trade items in a carton or pallet (AI 37)
    serial: str | None = None
    sscc: str | None = None  # 18 digits
    place: str | None = None
    order: str | None = None
    vendor: str | None = None
    customer: str | None = None
    reason: str | None = None
    held_by: str | None = None
    held_on: date | None = None
    reprint: bool = False


_READ: Final[Mapping[str, Callable[[object], object]]] = {
    "item": values.name(48),
    "gtin": values.gtin,
    "description": values.prose,
    "lot": values.name(64),
    "expires_on": values.expiry,
    "quantity": values.quantity,
    "unit": values.name(12),
    "count": values.count,
    "serial": values.name(32),
    "sscc": values.sscc,
    "place": values.prose,
    "order": values.prose,
    "vendor": values.prose,
    "customer": values.prose,
    "reason": values.prose,
    "held_by": values.prose,
    "held_on": values.day,
    "reprint": values.flag,
}


def read_goods(data: Mapping[str, object]) -> Goods | LabelRefused:
    """Read goods from plain JSON values; null means absent. All faults are named in one refusal."""
    faults: list[str] = []
    found: dict[str, Any] = {}
    for key, value in data.items():
        if key not in _READ:
            faults.append(unknown_key(key, tuple(_READ)))
        elif value is not None:
            _take(key, value, found, faults)
    return LabelRefused(" ".join(faults)) if faults else Goods(**found)


def unknown_key(key: str, known: tuple[str, ...]) -> str:
    """Say that nothing is called `key`, with the nearest right name."""
    near = difflib.get_close_matches(key, known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else f" There are: {', '.join(known)}."
    return f"There is no key {values.shown(key)}.{hint}"


def missing(goods: Goods, *needed: str) -> LabelRefused | None:
    """Refuse when one of the `needed` facts is not there."""
    lacking = [field.name for field in fields(goods) if field.name in needed and getattr(goods, field.name) is None]
    return LabelRefused(f"This label needs {' and '.join(lacking)}; nothing was given.") if lacking else None


def _take(key: str, value: object, found: dict[str, object], faults: list[str]) -> None:
    try:
        found[key] = _READ[key](value)
    except values.RefusedValueError as refused:
        faults.append(f"{key}: {refused.words}")
