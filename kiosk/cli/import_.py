"""`lotline import --server URL|--db DIR PLANT.json`: reference data for the whole plant, or for one station."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError
from kiosk.cli.server_access import add_access, connected, refused

if TYPE_CHECKING:
    from config.plant import Plant


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--server", metavar="URL", help="the central server, which passes it on to every station")
    where.add_argument("--db", type=Path, metavar="DIR", help="the directory of one station's database")
    add_access(parser)
    parser.add_argument("plant", type=Path, metavar="PLANT.json|FILE.csv")
    parser.add_argument("--kind", help="what a CSV file holds (default: its name): items, vendors, purchase_orders or lots")


def run(args: argparse.Namespace) -> int:
    """Check the file whole, then store it."""
    from config.mistakes import SettingsRefused
    from config.reference_files import load_reference

    try:
        plant = load_reference(args.plant, args.kind)
    except SettingsRefused as error:
        raise CommandError(error.words) from error
    return _to_server(args, plant) if args.server else _to_station(args.db, plant)


def _to_server(args: argparse.Namespace, plant: Plant) -> int:
    from sync.http import TurnedAway, Unreachable
    from sync.upload import upload

    try:
        count, changed = upload(connected(args), plant.records())
    except Unreachable as error:
        raise CommandError(str(error), ANSWER_IS_NO) from error
    except TurnedAway as error:
        raise refused(error) from error
    print(f"{count} records sent, {changed} of them new or changed")
    return DONE


def _to_station(directory: Path, plant: Plant) -> int:
    from kiosk.services.ports import StorageFailed
    from kiosk.store.opening import import_plant

    try:
        import_plant(directory, plant)
    except StorageFailed as error:
        raise CommandError(error.words, ANSWER_IS_NO) from error
    print(f"{sum(1 for _ in plant.records())} records stored in {directory}")
    return DONE
