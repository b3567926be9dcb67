"""What a scale says: a weight, or why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final


class WeightState(StrEnum):
    """Whether a weight may be used."""

    STABLE = "STABLE"
    MOVING = "MOVING"  # wait
    OVERLOAD = "OVERLOAD"
    UNDERLOAD = "UNDERLOAD"
    NOT_NOW = "NOT_NOW"  # it is doing something else: taring, calibrating


@dataclass(frozen=True, slots=True)
class Weight:
    """One answer of a scale; `value` and `unit` are None where it gives no number."""

    state: WeightState
    value: Decimal | None = None
    unit: str | None = None  # as the scale writes it: kg, g, lb


_SICS_STATES: Final = {
    "S": WeightState.STABLE,
    "D": WeightState.MOVING,
    "+": WeightState.OVERLOAD,
    "-": WeightState.UNDERLOAD,
    "I": WeightState.NOT_NOW,
}
_SICS: Final = re.compile(r"S ([SD]) {1,12}(-?\d{1,9}(?:\.\d{1,6})?) ?([A-Za-z]{1,4})|S ([+\-I])", re.ASCII)

_HEADER_STATES: Final = {"ST": WeightState.STABLE, "QT": WeightState.STABLE, "US": WeightState.MOVING}
_HEADED: Final = re.compile(r"(ST|QT|US),(?:(?:GS|NT|TR),)?([+-]?) *(\d{1,9}(?:\.\d{1,6})?) *([A-Za-z]{1,4})", re.ASCII)
#: Over or under its range it sends nines: `OL,+9999999E+19`.
_OUT_OF_RANGE: Final = re.compile(r"OL,(?:(?:GS|NT|TR),)?([+-]?)[ 0-9.E+A-Za-z-]*", re.ASCII)


def read_sics(line: str) -> Weight | None:
    """Read an answer to the Mettler Toledo SICS command S or SI (`S S     12.34 kg`); None when it is no such answer."""
    match = _SICS.fullmatch(line.rstrip())
    if match is None:
        return None
    state, number, unit, trouble = match.groups()
    return Weight(_SICS_STATES[trouble]) if trouble else Weight(_SICS_STATES[state], Decimal(number), unit)


def read_headed(line: str) -> Weight | None:
    """Read a line of the header format of A&D, CAS and many others (`ST,GS,+  12.34kg`); None when it is no such line."""
    line = line.strip()
    if out := _OUT_OF_RANGE.fullmatch(line):
        return Weight(WeightState.UNDERLOAD if out[1] == "-" else WeightState.OVERLOAD)
    match = _HEADED.fullmatch(line)
    if match is None:
        return None
    header, sign, number, unit = match.groups()
    return Weight(_HEADER_STATES[header], Decimal(sign + number), unit)
