"""What is well at this station and what is not: each check says what it found and what to do."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from config.mistakes import SettingsRefused
from config.settings import Printer, Scale, Scanner, Settings, read_token
from config.version import VERSION
from drivers.faults import DeviceError, Fault
from kiosk.app.devices import built_printer, built_scale, built_scanner, calibrations
from kiosk.app.wiring import meetings_with
from kiosk.services.ports import StorageFailed
from kiosk.store.opening import StationStore, open_station
from traceability.number_blocks import NUMBERED_IN, Numbered
from traceability.workflows.modes import MODES

LEAST_FREE_BYTES: Final = 500 * 1024 * 1024
MOST_CLOCK_OFFSET_SECONDS: Final = 60
_NUMBERED: Final = {Numbered.LOT: "own lots", Numbered.SSCC: "cartons and pallets"}
_ADVICE: Final[dict[Fault, str]] = {
    Fault.NOT_FOUND: "Plug it in, and check its port or address in the settings",
    Fault.NOT_ALLOWED: "Let this user use it: add the user to the group that owns the device (dialout, lp)",
    Fault.BUSY: "Close the other program that uses it",
    Fault.UNREACHABLE: "Check that it is switched on and on the same network",
    Fault.DISCONNECTED: "Check its cable, then plug it in again",
    Fault.TIMED_OUT: "Switch it off and on again",
    Fault.SOFTWARE_MISSING: "Install what is named",
    Fault.MISCONFIGURED: "Put the settings right",
    Fault.FAILED: "Switch it off and on again; if that does not help, call whoever repairs it",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, whether all is well, what was found, and what to do about it."""

    check: str
    ok: bool
    words: str
    advice: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Check database, disk, clock and server, scanners and printers. Nothing is changed but a missing database is made."""
    yield Finding("version", True, f"Lotline {VERSION} on Python {platform.python_version()}, {platform.system()} {platform.release()}")
    yield Finding("settings", True, f"station {settings.station}")
    yield from _disk(settings.database)
    try:
        store = open_station(settings.database, settings.station)
    except StorageFailed as failure:
        yield Finding("database", False, failure.words, "Close the kiosk first if it runs; else do what the words say")
    else:
        try:
            yield from _database(store, settings)
            yield from _prefix(store, settings.station)
            yield from _numbers(store, settings)
        finally:
            store.close()
    for scanner in settings.scanners:
        yield _scanner(scanner)
    for scale in settings.scales:
        yield _scale(scale)
    for printer in settings.printers:
        yield _printer(printer)


def _disk(folder: Path) -> Iterator[Finding]:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    words = f"{free // 1024**2} MB free at {there}"
    yield Finding("disk", free >= LEAST_FREE_BYTES, words, "" if free >= LEAST_FREE_BYTES else "Make room: 500 MB at least")


def _database(store: StationStore, settings: Settings) -> Iterator[Finding]:
    figures = store.queue.figures(datetime.now(UTC))
    yield Finding("database", True, f"journal {store.journal.id}, {figures.waiting} waiting to be sent")
    advice = "Open the send queue on the kiosk as a supervisor" if figures.parked else ""
    yield Finding("queue", not figures.parked, f"{figures.parked} events that the server would not take", advice)
    known = store.book.has_operators()
    words = "operators are known" if known else "no operators are known: nobody has to sign in here"
    yield Finding("names", True, words, "" if known else "Import a plant file if people are to sign in")
    if settings.server is None:
        yield Finding("server", True, "none in the settings: this station stands alone")
        return
    try:
        token = read_token(settings.server)
    except SettingsRefused as refused:
        yield Finding("server", False, refused.words, "Enrol this station on the server, or put its token where the settings say")
        return
    meetings = meetings_with(store, settings.station, settings.server.url, token, settings.server.ca_file)
    report = meetings.sync_once(lambda: datetime.now(UTC))
    meetings.close()
    advice = "" if report.complete else "Check the network, the address and the token; scanning goes on without it"
    yield Finding("server", report.complete, report.words or f"{settings.server.url} answers", advice)
    if report.server_time is not None:
        yield _clock((report.server_time - datetime.now(UTC)).total_seconds())


def _numbers(store: StationStore, settings: Settings) -> Iterator[Finding]:
    """Whether the numbers that the server leases last for a day; the serials on our labels are made here and never end."""
    modes = frozenset(store.book.modes(settings.station) or MODES)
    ending = store.book.numbers_ending(datetime.now(UTC)) if settings.server is not None else {}
    for kind in (each for each in Numbered if NUMBERED_IN[each] & modes):
        if kind is Numbered.SSCC and store.book.company_prefix() is None:
            continue  # said already
        left = f"{store.numbers.left(kind)} numbers for {_NUMBERED[kind]} are left"
        words = left if settings.server is not None else f"numbers for {_NUMBERED[kind]} are all this station's"
        if kind in ending:
            advice = "Let the station meet its server, which leases the next thousand; without them none is given"
            yield Finding(f"{kind} numbers", False, f"{words}, no more than a busy day takes", advice)
        else:
            yield Finding(f"{kind} numbers", True, words)


def _prefix(store: StationStore, station: str) -> Iterator[Finding]:
    """Whether cartons can be numbered where they are packed."""
    modes = store.book.modes(station)
    if NUMBERED_IN[Numbered.SSCC] & frozenset(modes or MODES):
        there = store.book.company_prefix() is not None
        missing = "the site has no company prefix: no carton can be opened here"
        words = "cartons get numbers under the site's company prefix" if there else missing
        # Where the plant file names no modes, nobody may ever want to pack here.
        yield Finding("company prefix", there or not modes, words, "" if there else "Enter company_prefix under site in the plant's data")


def _clock(offset_seconds: float) -> Finding:
    right = abs(offset_seconds) <= MOST_CLOCK_OFFSET_SECONDS
    words = f"this clock and the server's differ by {abs(offset_seconds):.0f} s"
    return Finding("clock", right, words, "" if right else "Set the clock, or let it be set from the network")


def _scanner(settings: Scanner) -> Finding:
    try:
        calibrations((settings,))
    except SettingsRefused as refused:
        return Finding(settings.name, False, f"scanner: {refused.words}", "Teach it again with the set-up sheet")
    driver = built_scanner(settings)
    try:
        driver.open()
    except DeviceError as error:
        return Finding(settings.name, False, f"scanner: {error.fault}. {error.detail}".strip(), _ADVICE[error.fault])
    finally:
        driver.close()
    gs = "" if settings.sends_gs or settings.separator else "Prove with the set-up sheet that it sends GS, then say sends_gs"
    return Finding(settings.name, True, f"scanner: can be opened ({settings.driver})", gs)


def _scale(settings: Scale) -> Finding:
    driver = built_scale(settings)
    try:
        driver.open()
        weight = driver.read()
    except DeviceError as error:
        return Finding(settings.name, False, f"scale: {error.fault}. {error.detail}".strip(), _ADVICE[error.fault])
    finally:
        driver.close()
    shown = f"{weight.value} {weight.unit}" if weight.value is not None else "no number"
    return Finding(settings.name, True, f"scale: says {shown}, {weight.state.value.lower()} ({settings.driver})")


def _printer(settings: Printer) -> Finding:
    fault = built_printer(settings).fault()
    if fault is None:
        return Finding(settings.name, True, f"printer: ready ({settings.driver}, {settings.language})")
    return Finding(settings.name, False, f"printer: {fault.words}", "Look at the printer: power, cable, cover, labels")
