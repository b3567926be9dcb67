"""What a shift leaves behind: labels, a trace, and the proof that no event was lost and none counted twice."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from drivers.simulation.zpl_printer import ZplPrinter
from kiosk.app.demo.site import DemoSite
from kiosk.app.label_printers import Paper, rendered
from sync.http import Address, Connection
from sync.protocol import TRACE
from traceability.records import from_json
from traceability.workflows.step import PrintOrder

TRACED: Final = {"item": "RM-2041", "lot": "NWS-240817-A", "assigned_by": "NWS", "direction": "both"}


@dataclass(frozen=True, slots=True)
class Counted:
    """The journals compared with the server's database, event by event."""

    events: int
    acknowledged: int
    parked: int
    refused: int
    exceptions: int
    lost: int
    duplicates: int
    by_kind: dict[str, int]
    odd: dict[str, int]  # what the server found odd, by its code


def compare(station_database: Path, server_database: Path) -> Counted:
    """Compare what the station recorded with what the server has; neither side's own counters are asked."""
    with _reading(station_database) as station, _reading(server_database) as server:
        mine = [(row[0], row[1]) for row in station.execute("SELECT id, kind FROM events")]
        theirs = [(row[0], row[1]) for row in server.execute("SELECT event_id, answer FROM envelopes")]
        findings = [row[0] for row in server.execute("SELECT code FROM findings")]
    kept = Counter(event for event, _ in theirs)
    answers = Counter(answer for event, answer in theirs)
    return Counted(
        events=len(mine),
        acknowledged=answers["acknowledged"] + answers["exception"],
        parked=answers["parked"],
        refused=sum(kind == "refusal" for _, kind in mine),
        exceptions=answers["exception"],
        lost=sum(kept[event] == 0 for event, _ in mine),
        duplicates=sum(count - 1 for count in kept.values()),
        by_kind=dict(sorted(Counter(kind for _, kind in mine).items())),
        odd=dict(sorted(Counter(findings).items())),
    )


def _reading(file: Path) -> closing[sqlite3.Connection]:
    """Open a database for reading only."""
    return closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True))


def write_labels(printer: ZplPrinter, orders: list[PrintOrder], folder: Path) -> int:
    """Write every label that came out of the printer (ZPL), and a picture of each that was ordered; return how many came out."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, label in enumerate(printer.paper.printed, 1):
        (folder / f"{place:03}.zpl").write_bytes(label)
    for place, order in enumerate(orders, 1):
        picture = rendered(order, Paper("png"))
        if isinstance(picture, bytes):
            (folder / f"{place:03}-{order.template}.png").write_bytes(picture)
    return len(printer.paper.printed)


def ordered_labels(station_database: Path) -> list[PrintOrder]:
    """Return what the station ordered to be printed, oldest first."""
    with _reading(station_database) as station:
        rows = station.execute("SELECT print_order FROM print_jobs ORDER BY id").fetchall()
    return [from_json(PrintOrder, json.loads(row[0]), "print order") for row in rows]


def trace(site: DemoSite) -> dict[str, Any]:
    """Ask the server where the shift's lot came from and where it is."""
    from pydantic import RootModel

    connection = Connection(Address(site.server.url, site.reader_token.read_text().strip()))
    try:
        return connection.get(TRACE, RootModel[dict[str, Any]], **TRACED).root
    finally:
        connection.close()
