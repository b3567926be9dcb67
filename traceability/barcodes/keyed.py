"""Vendors' labels that name their own fields: `{pn:…,qty:…}`, `PN:… QTY:…`, and data identifiers with spaces between them.

Only what can hardly be anything else is taken: several fields, each named once, nothing left over.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from traceability.barcodes import dates, mh10
from traceability.barcodes.reading import Element, Facts, Format, Reading

_LONGEST: Final = 1024
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,15}", re.ASCII)
_DAY: Final = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", re.ASCII)
_COUNT: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_FEWEST: Final = 3  # fields
# Words that stand between named fields without a name.
_REMARKS: Final = frozenset(("ROHS",))
# Names that vendors use, the surest first.
_ITEM: Final = ("pn", "item", "sku", "part", "pc", "pm", "mpn")
_LOT: Final = ("lot", "lotno", "batch", "charge")
_EXPIRY: Final = ("exp", "expiry", "bbd")
_QUANTITY: Final = ("qty", "quantity")
_ORDER: Final = ("cpo", "po")


def read(text: str, scan: str, aim: str | None, today: date) -> Reading | None:
    """Read a label that names its fields; None where `text` is none for sure."""
    if len(text) > _LONGEST or not text.isprintable():
        return None
    if text.startswith("{") and text.endswith("}"):
        elements = _named(text[1:-1].split(","))
    else:
        words = [word for word in text.split(" ") if word.upper() not in _REMARKS and "://" not in word]
        elements = _named(words) or _identified(words)
        if elements and elements[0].identifier in ("P", "1P") and ":" not in words[0]:
            facts, left_open = mh10.facts(elements, today)
            return Reading(scan, Format.VENDOR, elements, facts, aim, ("spaces were taken for GS", *left_open))
    return Reading(scan, Format.VENDOR, elements, _facts(elements), aim) if elements else None


def _named(parts: list[str]) -> tuple[Element, ...]:
    pairs = [part.partition(":") for part in parts]
    names = [name for name, _, _ in pairs]
    sound = all(colon and _NAME.fullmatch(name) for name, colon, _ in pairs) and len(set(names)) == len(names) >= _FEWEST
    return tuple(Element(name, value) for name, _, value in pairs) if sound else ()


def _identified(words: list[str]) -> tuple[Element, ...]:
    """Take words as fields of MH10.8.2 where each starts with an assigned identifier, the first is an item, and one a count."""
    found = [mh10.split(word) for word in words]
    elements = tuple(element for element in found if element and element.value and mh10.is_assigned(element.identifier))
    names = [element.identifier for element in elements]
    sound = len(elements) == len(words) >= _FEWEST and len(set(names)) == len(names) and names[0] in ("P", "1P")
    return elements if sound and any(element.identifier == "Q" and _COUNT.fullmatch(element.value) for element in elements) else ()


def _facts(elements: tuple[Element, ...]) -> Facts:
    values = {element.identifier.lower(): element.value for element in elements if element.value}

    def first(names: tuple[str, ...]) -> str | None:
        return next((values[name] for name in names if name in values), None)

    count, day = first(_QUANTITY), _DAY.fullmatch(first(_EXPIRY) or "")
    return Facts(
        item=first(_ITEM),
        lot=first(_LOT),
        expires_on=dates.day(int(day[1]), int(day[2]), int(day[3])) if day and day[3] != "00" else None,
        quantity=Decimal(count) if count and _COUNT.fullmatch(count) else None,
        order=first(_ORDER),
    )
