"""The table of the small stock works: a row each says what is asked, what stops it, and which event comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from traceability.lots import Disposition
from traceability.refusals import Reason
from traceability.serials import Pieces
from traceability.workflows.lot_rules import ONLY_RECALLS, STOPS

#: How the amount comes about. whole: all that is in the container, or as the label says. part: always asked.
#: there: what is there now, nothing included. each: how much each new container gets.
Amount = Literal["whole", "part", "there", "each"]


@dataclass(frozen=True, slots=True)
class StockWork:
    """One small work. `reason` is the purpose of the reason codes that are offered; none: no reason is asked."""

    name: str  # the event's kind
    amount: Amount = "whole"
    reason: str | None = None
    cause_may_be_unknown: bool = False
    to_place: bool = False
    comes_in: bool = False  # nothing is taken from stock
    stops: Mapping[Disposition, Reason] = field(default_factory=dict)
    doubts: Mapping[Disposition, Reason] = field(default_factory=dict)  # asked about; a place that keeps apart takes all
    party: Literal["vendor", "customer"] | None = None
    pieces: Pieces = Pieces.LOTS


_HELD: Final = {disposition: reason for disposition, reason in STOPS.items() if disposition not in ONLY_RECALLS}
#: Held, rejected and expired lots may be moved aside, scrapped, counted and sent back (PRODUCT, rule 11). A recalled one may be moved only
#: to where it is kept apart, and not be divided.
WORKS: Final[dict[str, StockWork]] = {
    each.name: each
    for each in (
        StockWork("move", to_place=True, stops=ONLY_RECALLS, doubts=_HELD, pieces=Pieces.MOVED),
        StockWork("adjustment", "there", "adjust", cause_may_be_unknown=True, pieces=Pieces.THERE),
        StockWork("sample", "part", pieces=Pieces.HERE),
        StockWork("scrap", "whole", "scrap", pieces=Pieces.HERE),
        StockWork("split", "each", stops=ONLY_RECALLS, pieces=Pieces.MOVED),
        StockWork("customer_return", "part", "customer_return", comes_in=True, party="customer", pieces=Pieces.AWAY),
        StockWork("vendor_return", "whole", "vendor_return", party="vendor", pieces=Pieces.HERE),
    )
}
#: Which of them each mode does; where there are two, a person says which.
MODES: Final[dict[str, tuple[str, ...]]] = {
    "move": ("move",),
    "adjust": ("adjustment",),
    "sample": ("sample",),
    "scrap": ("scrap",),
    "split": ("split",),
    "return": ("customer_return", "vendor_return"),
}
