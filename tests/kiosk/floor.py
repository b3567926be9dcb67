"""A small plant and one station on a real database, in a test's hands: its clock, its scans, its touches."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from config.plant import Plant
from kiosk.app.wiring import Wired, wire_station
from kiosk.presenters.bench import Bench
from kiosk.presenters.desk import Desk
from kiosk.services.clocks import ScriptClock
from kiosk.services.station import Outcome
from kiosk.store.opening import import_plant
from kiosk.store.verifying import verify
from traceability.barcodes.read import ReaderSettings
from traceability.barcodes.wedge import Calibration
from traceability.workflows.seat import open_scans

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
STATION = "DOCK-1"
SCANNER = "scanner-1"
WORKER, SUPERVISOR = "B-1001", "B-2001"
ORDER, OTHER_ORDER = "4500012345", "4500012346"
WORK_ORDER, CLOSED_WORK_ORDER, DYE_ORDER = "WO-1", "WO-2", "WO-3"
PIN = "246813"
#: Quick to compare: what makes a real one slow is for thieves.
PIN_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
GS = "\x1d"
BAG = "]d20119520123000018"
STARCH = "]d20109520123000011"
LACTOSE = "]d20109520123000028"
RECALLED = f"{BAG}1728033110RECALLED-1"

PLANT: dict[str, Any] = {
    "site": {"name": "EXAMPLE TABLETS", "gln": "9520001000003", "company_prefix": "9520001"},
    "items": [
        {
            "item": "STARCH",
            "gtin": "09520123000011",
            "description": "Corn starch USP",
            "unit": "kg",
            "units": {"bag": "25"},
            "expiry_required": True,
            "over_receipt_percent": "5",
            "min_remaining_days": 60,
            "label_on_receipt": "always",
            "barcodes": [{"code": "19520123000018", "vendor": "NWS", "unit": "bag"}, {"code": "SHARED", "vendor": "NWS", "unit": "bag"}],
        },
        {
            "item": "LACTOSE",
            "gtin": "09520123000028",
            "description": "Lactose mono",
            "unit": "kg",
            "label_on_receipt": "always",
            "receive_into": "quarantine",
            "barcodes": [{"code": "SHARED", "vendor": "NWS"}],
        },
        {"item": "BOTTLE", "description": "Bottle 100 ml", "unit": "ea", "units": {"box": "144"}, "lot_pattern": "B{yy}{jjj}-{n:03}"},
        {"item": "TABLET", "description": "Tablets 500 mg"},
        {"item": "DYE", "description": "Blue dye", "unit": "kg", "oldest_first": "block"},
    ],
    "vendors": [{"vendor": "NWS", "name": "Northwind Starch Co."}, {"vendor": "GLASS", "name": "Example Glassworks"}],
    "places": [{"place": "Dock 1", "kind": "receiving"}],
    "purchase_orders": [
        {"order": ORDER, "vendor": "NWS", "lines": [{"item": "STARCH", "quantity": "2000"}, {"item": "LACTOSE", "quantity": "100"}]},
        {"order": OTHER_ORDER, "vendor": "GLASS", "lines": [{"item": "BOTTLE", "quantity": "10", "unit": "box"}]},
        {"order": "4500012347", "vendor": "NWS", "closed": True, "lines": [{"item": "STARCH", "quantity": "10"}]},
    ],
    "work_orders": [
        {
            "order": WORK_ORDER,
            "item": "TABLET",
            "quantity": "1000",
            # One item twice: to be loaded in two steps.
            "components": [{"item": "STARCH", "quantity": "3", "unit": "bag"}, {"item": "STARCH", "quantity": "5"}],
        },
        {"order": CLOSED_WORK_ORDER, "item": "TABLET", "quantity": "1", "closed": True},
        {"order": DYE_ORDER, "item": "TABLET", "quantity": "10", "components": [{"item": "DYE", "quantity": "50"}]},
    ],
    "lots": [
        {"item": "STARCH", "lot": "RECALLED-1", "assigned_by": "NWS", "disposition": "recalled", "expires_on": "2028-03-31"},
        {"item": "STARCH", "lot": "HELD-1", "assigned_by": "NWS", "disposition": "hold", "expires_on": "2028-03-31"},
        {"item": "DYE", "lot": "DYE-OLD", "expires_on": "2027-01-31", "on_hand": [{"place": "Dock 1", "quantity": "5"}]},
        {"item": "DYE", "lot": "DYE-NEW", "expires_on": "2028-03-31", "on_hand": [{"place": "Dock 1", "quantity": "500"}]},
    ],
    "operators": [
        {"badge": WORKER, "name": "M. Alvarez", "roles": ["worker"]},
        {"badge": SUPERVISOR, "name": "R. Chen", "roles": ["worker", "supervisor"], "pin_hash": PIN_HASH},
    ],
    "stations": [{"station": STATION, "place": "Dock 1"}],
}


def plant(**changes: Any) -> Plant:
    return Plant.model_validate(PLANT | changes)


def plant_file(folder: Path, **changes: Any) -> Path:
    """The plant as a file; there no code may mean two items, while stations hold what other versions let through."""
    items = [{**item, "barcodes": [each for each in item.get("barcodes", ()) if each["code"] != "SHARED"]} for item in PLANT["items"]]
    file = folder / "plant.json"
    file.write_text(json.dumps(PLANT | {"items": items} | changes))
    return file


def bag(lot: str) -> str:
    """A bag's barcode: item, expiry, lot."""
    return f"{BAG}17281130" + f"10{lot}"


@dataclass
class Floor:
    """One station; two seconds pass with every input."""

    folder: Path
    clock: ScriptClock = field(default_factory=lambda: ScriptClock(NOON))
    calibrations: dict[str, Calibration] = field(default_factory=dict)
    reader: ReaderSettings = field(default_factory=ReaderSettings)
    seat_of: dict[str, str] = field(default_factory=dict)  # whose each scanner is, where several people work here
    station: str = STATION
    has_server: bool = False
    wired: Wired = field(init=False)
    bench: Bench = field(init=False)

    def __post_init__(self) -> None:
        self._open()

    def _open(self) -> None:
        readers = {SCANNER: self.reader}
        self.wired = wire_station(
            self.folder,
            self.station,
            self.clock,
            readers,
            has_server=self.has_server,
            calibrations=self.calibrations,
            seat_of=self.seat_of,
        )
        store = self.wired.store
        self.bench = Bench(self.wired.seats, store.book, store.queue, self.clock)

    @property
    def desk(self) -> Desk:
        """The desk that the screen shows."""
        return self.bench.desk

    def close(self) -> None:
        self.wired.store.close()

    def restart(self) -> None:
        """As after a power cut: what is in memory is gone."""
        self.close()
        self._open()

    def scan(self, text: str | bytes, device: str = SCANNER, after: float = 2, noise: str | None = None) -> Outcome:
        self.clock.advance(after)
        return self.bench.scan(text.encode() if isinstance(text, str) else text, device, self.clock.now(), noise)

    def press(self, *actions: str) -> None:
        for action in actions:
            self.clock.advance(2)
            self.bench.press(action)

    def sign_in_and_open(self, badge: str = WORKER) -> None:
        self.scan(badge)
        self.scan(ORDER)

    def events(self, *kinds: str) -> list[dict[str, Any]]:
        """The journal from its beginning, or only some kinds of it."""
        with self.wired.store.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT body FROM events ORDER BY row").all()
        events = [json.loads(row[0]) for row in rows]
        return [event for event in events if not kinds or event["kind"] in kinds]

    def scans_kept(self) -> int:
        with self.wired.store.database.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM scans").scalar_one())

    def check(self) -> None:
        """What always holds: the chain is whole, and each scan is named by one event or held by the work that is open."""
        assert verify(self.wired.store.database).ok
        named = [scan["id"] for event in self.events() for scan in event["scans"]]
        assert len(named) == len(set(named))
        held = [scan for station in self.wired.seats.stations.values() for scan in open_scans(station.seat)]
        assert {scan.id for scan in self.wired.store.journal.unnamed_scans()} == set(held)


def new_database(folder: Path, **changes: Any) -> Path:
    import_plant(folder, plant(**changes))
    return folder
