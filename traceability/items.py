"""Items: what is bought, made and sold, and the barcodes that stand for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from traceability.lots import Disposition
from traceability.values import quick


class LabelPolicy(StrEnum):
    """When our own label is printed at receipt."""

    ALWAYS = "always"
    UNREADABLE = "unreadable"  # only where the vendor's own can't be scanned
    NEVER = "never"


#: Scanned lot by lot, or taken by the recipe when something is made.
Consumption = Literal["exact", "backflushed"]
OldestFirst = Literal["off", "warn", "block"]


@quick
@dataclass(frozen=True, slots=True)
class Item:
    """One item's rules. `packs` says how many base units one of the item's own units holds: {"bag": 25}."""

    code: str
    description: str
    unit: str
    gtin: str | None = None
    packs: dict[str, Decimal] = field(default_factory=dict)
    lot_tracked: bool = True
    serial_tracked: bool = False
    expiry_required: bool = False
    best_before_is_expiry: bool = False
    label_on_receipt: LabelPolicy = LabelPolicy.ALWAYS
    expiry_days: int | None = None  # shelf life that sets the expiry where a label gives only the production date
    receive_into: Disposition = Disposition.AVAILABLE
    over_receipt_percent: Decimal = Decimal(0)
    min_remaining_days: int | None = None
    oldest_first: OldestFirst = "off"
    lot_pattern: str | None = None
    consumption: Consumption | None = None  # as a component; None: as the plant's policies say


@dataclass(frozen=True, slots=True)
class ItemCode:
    """What a barcode stands for: an item, in one of its units ("bag"), as one vendor labels it."""

    item: Item
    unit: str | None = None  # None: the code says nothing about the pack
    vendor: str | None = None
