"""`lotline demo`: a sample plant on an embedded server, with simulated scanners and a printer; with a screen or without."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError

STATION = "DOCK3"
PICTURES = "demo-output"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own options."""
    parser.add_argument("--headless", type=Path, metavar="DIR", help="play a whole shift without a screen; pictures and figures go here")
    parser.add_argument("--station", default=STATION, metavar="NAME", help=f"which of the sample plant's stations (default: {STATION})")


def run(args: argparse.Namespace) -> int:
    """Show the kiosk with a panel that fires scans; without a display play the shift and say where the pictures are."""
    from config.plant import load_plant
    from kiosk.app.demo.site import PLANT

    stations = [each.station for each in load_plant(PLANT).stations]
    if args.station not in stations:
        raise CommandError(f"the sample plant has no station {args.station!r}; it has {' and '.join(stations)}.")
    folder: Path | None = args.headless
    if folder is None and not _has_display():
        folder = Path(PICTURES)
        print("There is no display here, so the shift is played without one.")
    return _headless(folder, args.station) if folder is not None else _with_screen(args.station)


def _has_display() -> bool:
    return os.name == "nt" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _headless(folder: Path, station: str) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kiosk.app.demo import evidence
    from kiosk.app.demo.player import ShiftStuck
    from kiosk.app.demo.shift import play_shift
    from kiosk.app.demo.site import DemoSite

    pictures = folder / "screens"
    try:
        pictures.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"the folder {folder} can't be made: {error.strerror}.") from error
    with tempfile.TemporaryDirectory(prefix="lotline-demo-") as temporary:
        site = DemoSite(Path(temporary), station)
        site.start()
        try:
            play_shift(site, pictures)
            database = site.station_directory / "station.db"
            labels = evidence.write_labels(site.printer, evidence.ordered_labels(database), folder / "labels")
            traced = evidence.trace(site)
            counted = evidence.compare(database, site.folder / "server" / "server.db")
        except ShiftStuck as stuck:
            raise CommandError(f"the shift got stuck: {stuck}.", ANSWER_IS_NO) from stuck
        finally:
            site.stop()
    summary = {**asdict(counted), "labels": labels, "pictures": len(list(pictures.glob("*.png")))}
    (folder / "trace.json").write_text(json.dumps(traced, ensure_ascii=False, indent=2) + "\n")
    (folder / "summary.json").write_text(json.dumps(summary, indent=2) + "\n")
    print(f"The shift is over: {counted.events} events, {counted.lost} lost, {counted.duplicates} counted twice, {labels} labels.")
    print(f"Pictures of every screen are in {pictures.resolve()}")
    return DONE if not (counted.lost or counted.duplicates) else ANSWER_IS_NO


def _with_screen(station: str) -> int:
    from config.settings import Screen
    from kiosk.app.first_screen import first_window

    screen = Screen(size="1280x800")
    window = first_window(screen)  # before the server, which takes its second or two
    from kiosk.app.demo.panel import show_panel
    from kiosk.app.demo.site import DemoSite
    from kiosk.app.kiosk import run as run_kiosk

    with tempfile.TemporaryDirectory(prefix="lotline-demo-") as temporary:
        site = DemoSite(Path(temporary), station)
        site.start()
        try:
            return run_kiosk(site.settings(screen, sounds=True), window, lambda kiosk: show_panel(site, kiosk))
        finally:
            site.stop()
