"""What GS1 elements say about goods, in Lotline's words. The elements are already checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from traceability.barcodes import dates
from traceability.barcodes.reading import Element, Facts

# What is measured, on the trade item (False) or on the whole logistic unit with its packing (True): AI without its last
# digit, and unit. In the order in which one of several is taken for the quantity.
_ROWS: Final = (
    ("weight", False, "310 kg, 320 lb, 356 ozt"),
    ("volume", False, "315 l, 316 m3, 357 fl_oz, 360 qt, 361 gal, 364 in3, 365 ft3, 366 yd3"),
    ("area", False, "314 m2, 350 in2, 351 ft2, 352 yd2"),
    ("length", False, "311 m, 321 in, 322 ft, 323 yd"),
    ("weight", True, "330 kg, 340 lb"),
    ("volume", True, "335 l, 336 m3, 362 qt, 363 gal, 367 in3, 368 ft3, 369 yd3"),
    ("area", True, "334 m2, 353 in2, 354 ft2, 355 yd2"),
    ("length", True, "331 m, 341 in, 342 ft, 343 yd"),
    ("width", False, "312 m, 324 in, 325 ft, 326 yd"),
    ("height", False, "313 m, 327 in, 328 ft, 329 yd"),
    ("width", True, "332 m, 344 in, 345 ft, 346 yd"),
    ("height", True, "333 m, 347 in, 348 ft, 349 yd"),
    ("density", False, "337 kg/m2"),
)
# A width, a height or a weight by area alone does not say how much there is.
_NO_AMOUNT: Final = frozenset({"width", "height", "density"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with a unit from AI 310n to 369n. `logistic`: of the whole pallet or carton, packing included."""

    amount: Decimal
    unit: str
    what: str  # weight, volume, area, length, width, height, density
    logistic: bool


def _measures() -> dict[str, tuple[int, str, str, bool]]:
    table: dict[str, tuple[int, str, str, bool]] = {}
    for rank, (what, logistic, members) in enumerate(_ROWS):
        for member in members.split(", "):
            identifier, unit = member.split()
            table[identifier] = (rank, unit, what, logistic)
    return table


_MEASURES: Final = _measures()

# What each further element says, and how it is told. Of two that give one date, the one with a time gives way.
_TEXTS: Final = {"00": "sscc", "01": "gtin", "02": "content_gtin", "03": "gtin", "10": "lot", "21": "serial", "241": "item", "400": "order"}
_PIECES: Final = {"8006": "gtin", "8026": "content_gtin"}
_DAYS: Final = {"11": "produced_on", "15": "best_before", "17": "expires_on"}
_MOMENTS: Final = {"7003": "expires_on", "8008": "produced_on"}
_COUNTS: Final = {"30": "count", "37": "count"}


def facts(elements: Iterable[Element], today: date) -> Facts:
    """Return what `elements` say; of an element that stands twice, the first. Short years count from `today`."""
    said: dict[str, Any] = {}
    moments: dict[str, Any] = {}
    best = len(_ROWS)
    for element in elements:
        identifier, value = element.identifier, element.value
        if name := _TEXTS.get(identifier):
            said.setdefault(name, value)
        elif name := _DAYS.get(identifier):
            said.setdefault(name, _date(value, today))
        elif measured := _MEASURES.get(identifier[:3]):
            rank, unit, what, _ = measured
            if rank < best and what not in _NO_AMOUNT:
                best = rank
                said["quantity"], said["unit"] = _decimal(value, identifier), unit
        elif name := _COUNTS.get(identifier):
            said.setdefault(name, int(value))
        elif name := _MOMENTS.get(identifier):
            moments.setdefault(name, _date(value, today))
        elif name := _PIECES.get(identifier):
            said.setdefault(name, value[:14])
    return Facts(**(moments | said if moments else said))


def measures(elements: Iterable[Element]) -> tuple[Measure, ...]:
    """Return every measure that `elements` carry, so that the item's own dimension can be chosen from them."""
    found = ((element, _MEASURES.get(element.identifier[:3])) for element in elements if len(element.identifier) == 4)
    return tuple(Measure(_decimal(element.value, element.identifier), row[1], row[2], row[3]) for element, row in found if row is not None)


def _decimal(value: str, identifier: str) -> Decimal:
    """Six digits, of which the AI's last digit says how many are decimals: 3102 with 002500 is 25.00."""
    decimals = int(identifier[3])
    return Decimal(f"{value[: 6 - decimals]}.{value[6 - decimals :]}" if decimals else value)


def _date(value: str, today: date) -> date | None:
    """YYMMDD, then maybe a time; day 00 is the last of the month."""
    year, month, day = dates.full_year(int(value[:2]), today), int(value[2:4]), int(value[4:6])
    # The element was checked: only the last of a month, and 29 February of a year 00, need the calendar.
    return date(year, month, day) if day and month != 2 and year < 10000 else dates.day(year, month, day)
