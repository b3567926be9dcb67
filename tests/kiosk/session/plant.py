"""The session's plant: the small one, and what making, storing, packing and shipping need."""

from __future__ import annotations

from typing import Any, Final

from tests.kiosk.floor import PLANT

QUALITY, SECOND_QUALITY = "B-3001", "B-3002"
SHIP_ORDER, OTHER_SHIP_ORDER = "SO-1", "SO-2"
POSITION, TANK, RACK, STAGING, CAGE = "Line 1", "Tank 3", "Rack 7", "Staging 1", "Hold cage"
TABLET, DUST = "]d20109520123000059", "]d20109520123000073"

_TABLET = {
    "item": "TABLET",
    "gtin": "09520123000059",
    "description": "Tablets 500 mg",
    "unit": "ea",
    "units": {"box": "100"},
    "expiry_days": 365,
    "lot_pattern": "T{yy}{jjj}-{n:03}{check}",
}
_DUST = {"item": "DUST", "gtin": "09520123000073", "description": "Dust", "unit": "kg", "lot_pattern": "D{n:04}"}


def _lot(lot: str, place: str, quantity: str, expires: str = "2028-03-31") -> dict[str, Any]:
    shelf = {"place": place, "quantity": quantity}
    return {"item": "STARCH", "lot": lot, "assigned_by": "NWS", "expires_on": expires, "on_hand": [shelf]}


SHIFT: Final[dict[str, Any]] = {
    "items": [*(each for each in PLANT["items"] if each["item"] != "TABLET"), _TABLET, _DUST],
    "work_orders": [{**PLANT["work_orders"][0], "by_products": ["DUST"]}, *PLANT["work_orders"][1:]],
    "customers": [{"customer": "CLINIC", "name": "Example Clinic", "min_remaining_days": 90}, {"customer": "SHOP", "name": "Example Shop"}],
    "ship_orders": [
        {"order": SHIP_ORDER, "customer": "CLINIC", "lines": [{"item": "STARCH", "quantity": "60"}, {"item": "TABLET", "quantity": "100"}]},
        {"order": OTHER_SHIP_ORDER, "customer": "SHOP", "lines": [{"item": "TABLET", "quantity": "500"}]},
    ],
    "places": [
        *PLANT["places"],
        {"place": POSITION, "kind": "line"},
        {"place": TANK, "kind": "tank"},
        {"place": RACK, "kind": "rack"},
        {"place": "Rack 8", "kind": "rack"},
        {"place": STAGING, "kind": "staging"},
        {"place": CAGE, "kind": "quarantine"},
    ],
    "lots": [
        *PLANT["lots"],
        _lot("NWS-240601-A", "Dock 1", "200"),
        _lot("NWS-240602-B", "Dock 1", "200"),
        _lot("NWS-240511-A", RACK, "60", "2027-06-30"),
        _lot("NWS-240512-C", RACK, "50"),
        _lot("NWS-240102-S", RACK, "20", "2026-12-24"),
    ],
    "tests": [
        {"test": "Moisture", "item": "STARCH", "unit": "%", "high": "14"},
        {"test": "pH", "item": "STARCH", "low": "4.5", "high": "7"},
    ],
    "tolerances": [{"for": "count", "item": "STARCH", "under_percent": "2"}],
    "operators": [
        *PLANT["operators"],
        {"badge": QUALITY, "name": "Q. Okafor", "roles": ["worker", "quality"]},
        {"badge": SECOND_QUALITY, "name": "Q. Lind", "roles": ["quality"]},
    ],
}
