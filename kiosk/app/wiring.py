"""A station put together without a screen: database, services, printing and the wire, for the kiosk, the demo and scripts."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from argon2 import PasswordHasher

from config.version import VERSION
from kiosk.presenters.language import language_codes
from kiosk.services.photos import Photos
from kiosk.services.pins import Pins
from kiosk.services.ports import Camera, Clock, StorageFailed
from kiosk.services.printing import LabelPrinter, PrintRoom
from kiosk.services.seats import Seats
from kiosk.services.station import Station
from kiosk.store.opening import StationStore, open_station
from sync.client import SyncReport, SyncSession
from sync.http import Address, Connection
from traceability.barcodes.read import ReaderSettings
from traceability.barcodes.wedge import Calibration


@dataclass(frozen=True, slots=True)
class Wired:
    """One station, ready to work."""

    store: StationStore
    seats: Seats
    left_behind: int  # scans that a crash left without an answer

    @property
    def station(self) -> Station:
        """The first seat."""
        return self.seats.first


def wire_station(
    directory: Path,
    name: str,
    clock: Clock,
    readers: Mapping[str, ReaderSettings],
    has_server: bool,
    calibrations: Mapping[str, Calibration] | None = None,
    seat_of: Mapping[str, str] | None = None,
    camera: Camera | None = None,
) -> Wired:
    """Open the station's database and go back to where everyone was; `seat_of` says whose each scanner is. StorageFailed says why not."""
    store = open_station(directory, name)
    if not has_server:
        # No server that could lease numbers: this station is the only one to make them.
        store.numbers.claim_all()
    else:
        store.numbers.give_back()
    first = Station(
        name=name,
        journal=store.journal,
        book=store.book,
        clock=clock,
        entropy=os.urandom,
        app_version=VERSION,
        readers=readers,
        calibrations=calibrations or {},
        languages=language_codes(),
        photos=Photos(store.attachments, camera),
        pins=Pins(store.pins, PasswordHasher()),
        has_server=has_server,
    )
    seats = Seats(first, dict(seat_of or {}))
    return Wired(store, seats, seats.resume())


def print_room(store: StationStore, printer: LabelPrinter, clock: Clock) -> PrintRoom:
    """Return what brings the station's labels to paper."""
    return PrintRoom(store.prints, printer, clock)


@dataclass(frozen=True, slots=True)
class Meetings:
    """The station's end of the wire to one server. What a full or locked disk could not keep of a meeting comes again at the next."""

    store: StationStore
    session: SyncSession

    def sync_once(self, now: Callable[[], datetime]) -> SyncReport:
        """Meet the server once and note how it went; the report tells where the station's own database was in the way."""
        try:
            report = self.session.sync_once(now)
            self.store.reference.note_meeting(now(), online=report.online, complete=report.complete)
        except StorageFailed as failure:
            return SyncReport(online=False, words=failure.words)
        return report

    def close(self) -> None:
        """Let go of the connection."""
        self.session.connection.close()


def meetings_with(store: StationStore, station: str, url: str, token: str, ca_file: Path | None = None) -> Meetings:
    """Return the station's end of the wire to the server at `url`."""
    connection = Connection(Address(url, token, str(ca_file) if ca_file else None))
    session = SyncSession(station, connection, store.outbox, store.reference, {"lotline": VERSION}, store.numbers, store.attachments)
    return Meetings(store, session)
