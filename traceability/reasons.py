"""Reason codes that people choose from: a plant's own list, or a short one of ours where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """Why somebody did something unusual; `words` are the plant's own, the code's where it gave none."""

    code: str
    words: str = ""
    purposes: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What stands on its tile."""
        return self.words or self.code


OVERRIDE: Final = "override"
UNDO: Final = "undo"
SCRAP: Final = "scrap"
HOLD: Final = "hold"

#: Where the plant names no reasons for a purpose. Their words are in the languages (`choice.CODE`).
OURS: Final[dict[str, tuple[ReasonCode, ...]]] = {
    "pick": (
        ReasonCode("CANT_BE_REACHED", "Other lot out of reach"),
        ReasonCode("FIGURE_WRONG", "Stock figure is wrong"),
        ReasonCode("OTHER", "Another reason"),
    ),
    OVERRIDE: (
        ReasonCode("URGENT", "The order is urgent"),
        ReasonCode("CANT_BE_REACHED", "Other lot out of reach"),
        ReasonCode("FIGURE_WRONG", "Stock figure is wrong"),
        ReasonCode("QUALITY_AGREED", "Quality has agreed"),
    ),
    HOLD: (
        ReasonCode("FOREIGN_BODY", "Foreign body"),
        ReasonCode("DAMAGED_GOODS", "Damaged or dirty"),
        ReasonCode("LOOKS_WRONG", "Looks or smells wrong"),
        ReasonCode("SUPPLIER_WARNED", "The vendor warned us"),
        ReasonCode("QC_DOUBT", "QC wants to look"),
        ReasonCode("OTHER", "Another reason"),
    ),
    UNDO: (
        ReasonCode("WRONG_LOT", "Wrong lot"),
        ReasonCode("WRONG_QUANTITY", "Wrong quantity"),
        ReasonCode("COUNTED_TWICE", "Counted twice"),
        ReasonCode("OTHER", "Another reason"),
    ),
    SCRAP: (
        ReasonCode("DAMAGED", "Damaged"),
        ReasonCode("TOO_OLD", "Expired"),
        ReasonCode("DIRTY", "Contaminated"),
        ReasonCode("SPILLED", "Spilled"),
        ReasonCode("OTHER", "Another reason"),
    ),
}


def reasons_for(purpose: str, plant: Iterable[ReasonCode]) -> tuple[ReasonCode, ...]:
    """Return what may be chosen for `purpose`: the plant's codes that name it; ours where it has none."""
    theirs = tuple(each for each in plant if purpose in each.purposes)
    return theirs or OURS.get(purpose, ())
