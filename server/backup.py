"""A copy of a running server's database, which stations recognise when it takes the original's place."""

from __future__ import annotations

from pathlib import Path

from server.store.database import Database, DatabaseRefused, open_database
from server.store.schema import renew_epoch


def back_up(database: Database, target: Path) -> None:
    """Write a consistent copy to `target`, whole or not at all; the server may go on working. DatabaseRefused.

    The copy has an epoch of its own: stations that meet it know that it is not what they last met, and send again what it lacks.
    """
    if target.exists():
        raise DatabaseRefused(f"{target} exists already; a backup never overwrites one. Give another name")
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        _copy(database, unfinished)
        unfinished.rename(target)
    except OSError as error:
        raise DatabaseRefused(f"the backup could not be written to {target}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _copy(database: Database, target: Path) -> None:
    database.copy_to(target)
    copy = open_database(f"sqlite:///{target}")
    try:
        with copy.writing() as connection:
            renew_epoch(connection)
    finally:
        copy.close()
    for journal in target.parent.glob(f"{target.name}-*"):
        journal.unlink()  # empty: the last connection wrote everything back
