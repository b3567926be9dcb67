"""A station put together without a screen: database, services, printing and the wire, for the kiosk, the demo and scripts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.version import VERSION
from kiosk.services.ports import Clock
from kiosk.services.printing import LabelPrinter, PrintRoom
from kiosk.services.station import Station
from kiosk.store.opening import StationStore, open_station
from sync.client import SyncSession
from sync.http import Address, Connection
from traceability.barcodes.read import ReaderSettings


@dataclass(frozen=True, slots=True)
class Wired:
    """One station, ready to work."""

    store: StationStore
    station: Station
    left_behind: int  # scans that a crash left without an answer


def wire_station(directory: Path, name: str, clock: Clock, readers: Mapping[str, ReaderSettings], has_server: bool) -> Wired:
    """Open the station's database and go back to where the worker was. StorageFailed says why not."""
    store = open_station(directory, name)
    if not has_server:
        # No server that could lease numbers: this station is the only one to make them.
        store.numbers.claim_all()
    station = Station(
        name=name,
        journal=store.journal,
        book=store.book,
        clock=clock,
        entropy=os.urandom,
        app_version=VERSION,
        readers=readers,
    )
    return Wired(store, station, station.resume())


def print_room(store: StationStore, printer: LabelPrinter, clock: Clock) -> PrintRoom:
    """Return what brings the station's labels to paper."""
    return PrintRoom(store.prints, printer, clock)


def sync_session(store: StationStore, station: str, url: str, token: str, ca_file: Path | None = None) -> SyncSession:
    """Return the station's end of the wire to one server."""
    connection = Connection(Address(url, token, str(ca_file) if ca_file else None))
    return SyncSession(station, connection, store.outbox, store.reference, {"lotline": VERSION}, store.numbers)
