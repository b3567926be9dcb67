"""A small plant, and the pieces of work that a station commits, for the store's tests."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from config.plant import Plant
from kiosk.services.ports import RawScan, Stamp, Work
from kiosk.store.opening import StationStore
from traceability.chain import Envelope
from traceability.events import Container, Event, EventCorrected, LotReceived
from traceability.lots import Disposition
from traceability.workflows.step import PrintOrder, Record

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
SITE = "Mill"


def plant(**changes: Any) -> Plant:
    sections: dict[str, Any] = {
        "site": {"name": SITE},
        "zone": "Europe/Berlin",
        "items": [
            {
                "item": "FLOUR",
                "gtin": "09521234543213",
                "description": "Wheat flour",
                "unit": "kg",
                "units": {"bag": "25"},
                "barcodes": [{"code": "BAG-1", "vendor": "V1", "unit": "bag"}, {"code": "96385074", "unit": "bag"}],
                "over_receipt_percent": "5",
                "receive_into": "quarantine",
            },
            {"item": "SALT", "unit": "kg"},
        ],
        "vendors": [{"vendor": "V1", "name": "Mill & Sons"}, {"vendor": "V2"}],
        "purchase_orders": [
            {
                "order": "PO1",
                "vendor": "V1",
                "lines": [{"item": "FLOUR", "quantity": "4", "unit": "bag"}, {"item": "SALT", "quantity": "10"}],
            },
            {"order": "PO2", "vendor": "V2", "closed": True, "lines": [{"item": "SALT", "quantity": "10"}]},
        ],
        "operators": [{"badge": "B-0001", "name": "Ann", "roles": ["worker", "quality"]}],
        "stations": [{"station": "DOCK-1", "place": "DOCK", "modes": ["receive"]}],
        "places": [{"place": "DOCK"}, {"place": "A1"}],
        "lots": [
            {
                "item": "FLOUR",
                "lot": "OLD-1",
                "assigned_by": "V1",
                "expires_on": "2027-01-31",
                "on_hand": [{"place": "A1", "quantity": "12.5"}],
            }
        ],
        "policies": {"expired": "quarantine", "latch_rejected": True},
    }
    return Plant.model_validate(sections | changes)


def stamp(at: datetime = NOW) -> Stamp:
    return Stamp(
        occurred_at=at,
        zone="Europe/Berlin",
        monotonic_us=1_000_000,
        clock_offset_ms=None,
        operator=None,
        place="DOCK",
        app_version="0.1.0",
    )


def receipt(lot: str = "L1", base: str = "50", **changes: Any) -> LotReceived:
    facts: dict[str, Any] = {
        "item": "FLOUR",
        "lot": lot,
        "assigned_by": "V1",
        "vendor": "V1",
        "order": "PO1",
        "line": "1",
        "quantity": Decimal(base),
        "unit": "kg",
        "base_quantity": Decimal(base),
        "base_unit": "kg",
        "conversion": Decimal(1),
        "expires_on": date(2027, 6, 30),
        "disposition": Disposition.AVAILABLE,
        "containers": (),
        "lot_source": "vendor",
        "place": "DOCK",
        "description": "Wheat flour",
    }
    return LotReceived(**(facts | changes))


def container(serial: str, quantity: str = "25") -> Container:
    return Container(serial, Decimal(quantity), "kg")


def scan(data: bytes = b"10L1", at: datetime = NOW) -> RawScan:
    return RawScan(str(uuid.uuid4()), "front", data, "]C1", at)


def record(store: StationStore, *events: Event, at: datetime = NOW, **work: Any) -> tuple[Envelope, ...]:
    """Commit events, each with a scan of its own."""
    records = []
    for number, event in enumerate(events):
        kept = scan(b"scan %d" % number, at + timedelta(milliseconds=number))
        store.journal.keep_scan(kept)
        records.append(Record(event, scans=(kept.id,)))
    return store.journal.commit(Work(stamp(at), tuple(records), **work))


def undo(store: StationStore, envelope: Envelope) -> tuple[Envelope, ...]:
    return record(store, EventCorrected(str(envelope["id"]), str(envelope["kind"]), "wrong lot"))


def label(serial: str) -> PrintOrder:
    return PrintOrder("lot", serial, {"lot": "L1"})
