"""The `--db DIR` of commands that read a station's database."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.errors import ANSWER_IS_NO, WRONG_USAGE, CommandError

if TYPE_CHECKING:
    from kiosk.store.database import Database


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Add `--db DIR`."""
    parser.add_argument("--db", metavar="DIR", type=Path, required=True, help="the folder of the station's database (it holds station.db)")


@contextmanager
def station_database(directory: Path) -> Iterator[Database]:
    """Give the database for reading; CommandError in words where there is none (2) or it can't be read (1)."""
    from kiosk.services.ports import StorageFailed
    from kiosk.store.opening import NoDatabase, reading_station

    try:
        with reading_station(directory) as database:
            yield database
    except NoDatabase as error:
        raise CommandError(error.words, WRONG_USAGE) from error
    except StorageFailed as error:
        raise CommandError(error.words, ANSWER_IS_NO) from error
