"""A plant file's sections, as they stand in it."""

from __future__ import annotations

from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator

from config import plant_parts as parts
from config.fields import wrong
from config.loading import Checked

#: Who assigns our own lot codes where the plant file does not name its site.
SITE_WITHOUT_NAME: Final = "site"


def _zone(value: Any) -> Any:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise wrong("a time zone's name like Europe/Berlin or UTC") from None
    return value


class Sections(Checked):
    """Everything a station needs to know beforehand. All keys are optional."""

    items: tuple[parts.Item, ...] = ()
    vendors: tuple[parts.Vendor, ...] = ()
    customers: tuple[parts.Customer, ...] = ()
    site: parts.Site | None = None
    places: tuple[parts.Place, ...] = ()
    purchase_orders: tuple[parts.PurchaseOrder, ...] = ()
    work_orders: tuple[parts.WorkOrder, ...] = ()
    ship_orders: tuple[parts.ShipOrder, ...] = ()
    lots: tuple[parts.Lot, ...] = ()
    operators: tuple[parts.Operator, ...] = ()
    stations: tuple[parts.Station, ...] = ()
    barcode_patterns: parts.BarcodePatterns | None = None
    zone: Annotated[str, BeforeValidator(_zone)] | None = None
    policies: parts.Policies | None = None
    reasons: tuple[parts.ReasonCode, ...] = ()
    tolerances: tuple[parts.Tolerance, ...] = ()
    tests: tuple[parts.Test, ...] = ()

    @property
    def own_name(self) -> str:
        """Who assigns the lot codes that this site makes."""
        return (self.site and self.site.name) or SITE_WITHOUT_NAME
