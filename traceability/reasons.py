"""Reason codes that people choose from: a plant's own list, or a short one of ours where it has none."""

from __future__ import annotations

from collections.abc import Sequence
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
COUNT: Final = "count"


def _ours(**words: str) -> tuple[ReasonCode, ...]:
    return tuple(ReasonCode(code, said) for code, said in words.items())


_SPOILT: Final = {"DAMAGED": "Damaged", "TOO_OLD": "Expired", "DIRTY": "Contaminated"}
_OTHER: Final = {"OTHER": "Another reason"}
_OUT_OF_REACH: Final = {"CANT_BE_REACHED": "Other lot out of reach", "FIGURE_WRONG": "Stock figure is wrong"}
_WRONG_FIGURE: Final = {"WRONG_BOOKING": "Booked wrongly before", "DRIED": "Dried out"}
#: Where the plant names no reasons for a purpose. Their words are in the languages (`choice.CODE`).
OURS: Final[dict[str, tuple[ReasonCode, ...]]] = {
    "pick": _ours(**_OUT_OF_REACH, **_OTHER),
    OVERRIDE: _ours(URGENT="The order is urgent", **_OUT_OF_REACH, QUALITY_AGREED="Quality has agreed"),
    HOLD: _ours(
        FOREIGN_BODY="Foreign body",
        DAMAGED_GOODS="Damaged or dirty",
        LOOKS_WRONG="Looks or smells wrong",
        SUPPLIER_WARNED="The vendor warned us",
        QC_DOUBT="QC wants to look",
        **_OTHER,
    ),
    UNDO: _ours(WRONG_LOT="Wrong lot", WRONG_QUANTITY="Wrong quantity", COUNTED_TWICE="Counted twice", **_OTHER),
    SCRAP: _ours(**_SPOILT, SPILLED="Spilled", **_OTHER),
    "adjust": _ours(**_WRONG_FIGURE, **_OTHER),
    COUNT: _ours(**_WRONG_FIGURE, SPILLED="Spilled", **_OTHER),
    "customer_return": _ours(**_SPOILT, WRONG_GOODS="Wrong goods", COMPLAINT="Complaint", **_OTHER),
    "vendor_return": _ours(**_SPOILT, WRONG_GOODS="Wrong goods", FAILED_QC="Failed QC", **_OTHER),
}
#: The answer that nobody knows the cause: the difference stays unaccounted.
UNKNOWN_CAUSE: Final = ReasonCode("CAUSE_UNKNOWN", "Nobody knows")


def reasons_for(purpose: str, plant: Sequence[ReasonCode]) -> tuple[ReasonCode, ...]:
    """Return what may be chosen for `purpose`: the plant's codes that name it, else those for anything, else ours."""
    theirs = tuple(each for each in plant if purpose in each.purposes) or tuple(each for each in plant if not each.purposes)
    return theirs or OURS.get(purpose, ())
