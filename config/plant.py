"""The plant file: a site's reference data, checked whole, and as the records that go over the wire."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator

from config import plant_parts as parts
from config.fields import wrong
from config.loading import Checked, read_json

#: Who assigns our own lot codes where the plant file does not name its site.
SITE_WITHOUT_NAME: Final = "site"
_OPERATORS: Final = uuid.uuid5(uuid.NAMESPACE_OID, "lotline operators")


@dataclass(frozen=True, slots=True)
class Record:
    """One piece of reference data on the wire: what kind, which one, and all that is known of it (JSON, decimals as text)."""

    kind: str
    key: str
    body: dict[str, Any]


def _zone(value: Any) -> Any:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise wrong("a time zone's name like Europe/Berlin or UTC") from None
    return value


class Plant(Checked):
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

    def records(self) -> Iterator[Record]:
        """Yield everything as records; what others name comes before those who name it."""
        if self.site:
            yield Record("site", "site", {**_body(self.site), "name": self.own_name})
        if self.zone:
            yield Record("zone", "zone", {"zone": self.zone})
        if self.policies:
            yield Record("policies", "policies", _body(self.policies))
        if self.barcode_patterns:
            yield Record("barcode_patterns", "barcode_patterns", _body(self.barcode_patterns))
        yield from _each("reason", "code", self.reasons)
        yield from (Record("tolerance", _joined(each.purpose, each.item or ""), _body(each)) for each in self.tolerances)
        yield from (Record("test", _joined(each.test, each.item or ""), _body(each)) for each in self.tests)
        yield from _each("place", "place", self.places)
        yield from _each("vendor", "vendor", self.vendors)
        yield from _each("customer", "customer", self.customers)
        yield from _each("item", "item", self.items)
        yield from (_operator_record(each) for each in self.operators)
        yield from _each("station", "station", self.stations)
        yield from _each("purchase_order", "order", self.purchase_orders)
        yield from _each("work_order", "order", self.work_orders)
        yield from _each("ship_order", "order", self.ship_orders)
        yield from (self._lot_record(lot) for lot in self.lots)

    def _lot_record(self, lot: parts.Lot) -> Record:
        assigned_by = lot.assigned_by or self.own_name
        return Record("lot", _joined(lot.item, lot.lot, assigned_by), {**_body(lot), "assigned_by": assigned_by})


def load_plant(path: Path) -> Plant:
    """Return the plant of a JSON file; raise SettingsRefused with every mistake, its line and the nearest right name."""
    from config.plant_checks import mistakes

    return read_json(path, Plant, mistakes)


def operator_id(operator: parts.Operator) -> str:
    """Return the opaque id that the journal knows a person by; without one of their own it is derived from the badge.

    The derived one is the same at every import. It keeps the badge out of the journal but can be guessed from a list of
    badges; a plant that minds gives `operator` itself.
    """
    return operator.operator or str(uuid.uuid5(_OPERATORS, operator.badge))


def _operator_record(operator: parts.Operator) -> Record:
    known_as = operator_id(operator)
    return Record("operator", known_as, {**_body(operator), "operator": known_as})


def _each(kind: str, key: str, things: Iterable[BaseModel]) -> Iterator[Record]:
    for thing in things:
        body = _body(thing)
        yield Record(kind, body[key], body)


def _body(thing: BaseModel) -> dict[str, Any]:
    """Return what is known of a thing; what is not known is left out."""
    return thing.model_dump(mode="json", by_alias=True, exclude_none=True)


def _joined(*names: str) -> str:
    """Return one key for several names; a JSON list, so that no character in a name can forge another key."""
    return json.dumps(names, ensure_ascii=False, separators=(",", ":"))
