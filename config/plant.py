"""The plant file: a site's reference data, checked whole, and as the records that go over the wire."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from config import plant_parts as parts
from config.loading import read_json
from config.plant_checks import mistakes
from config.plant_sections import Sections

_OPERATORS: Final = uuid.uuid5(uuid.NAMESPACE_OID, "lotline operators")


@dataclass(frozen=True, slots=True)
class Record:
    """One piece of reference data on the wire: what kind, which one, and all that is known of it (JSON, decimals as text)."""

    kind: str
    key: str
    body: dict[str, Any]


class Plant(Sections):
    """Everything a station needs to know beforehand, and its way over the wire."""

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
        yield from (self._test_record(number, each) for number, each in enumerate(self.tests, 1))
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

    def _test_record(self, number: int, test: parts.Test) -> Record:
        return Record("test", _joined(test.test, test.item or ""), {"rank": number, **_body(test)})

    def _lot_record(self, lot: parts.Lot) -> Record:
        assigned_by = lot.assigned_by or self.own_name
        return Record("lot", _joined(lot.item, lot.lot, assigned_by), {**_body(lot), "assigned_by": assigned_by})


def load_plant(path: Path) -> Plant:
    """Return the plant of a JSON file; raise SettingsRefused with every mistake, its line and the nearest right name."""
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
