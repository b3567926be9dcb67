"""Bring a station's database to this Lotline's form: a backup first, then every step in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from kiosk.services.ports import StorageFailed
from kiosk.store.database import Database

#: The newest step in `migrations/versions`. Known here so that an up-to-date database opens without loading Alembic.
NEWEST: Final = "0014"
SCRIPTS: Final = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """Return the form that the database is in; None where it is empty. StorageFailed where it is none of ours."""
    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise StorageFailed("station.db is not a database of Lotline. Name another folder.")
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def migrate(database: Database, newest: str = NEWEST, scripts: Path = SCRIPTS) -> None:
    """Make or upgrade the tables. StorageFailed for a database that a newer Lotline wrote."""
    with database.reading() as connection:
        revision = revision_of(connection)
    if revision == newest:
        return
    refuse_newer(revision, newest)
    if revision is not None:
        _back_up(database, revision)
    _upgrade(database, scripts)


def refuse_newer(revision: str | None, newest: str = NEWEST) -> None:
    """StorageFailed where `revision` is past what this Lotline knows; revisions are numbered."""
    if revision is not None and revision > newest:
        raise StorageFailed(
            f"the station's database was written by a newer Lotline (form {revision}; this one knows up to {newest}). "
            "Update Lotline; nothing was changed."
        )


def _back_up(database: Database, revision: str) -> None:
    copy = database.path.with_name(f"station.before-upgrade-from-{revision}.db")
    unfinished = copy.with_suffix(".part")
    with database.reading() as connection:
        unfinished.unlink(missing_ok=True)
        connection.exec_driver_sql("VACUUM INTO ?", (str(unfinished),))
        unfinished.replace(copy)


def _upgrade(database: Database, scripts: Path) -> None:
    # Only where there is something to do: Alembic takes long to load.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts.as_posix().replace("%", "%%"))
    # One transaction for all steps: killed at any moment, the database is in the old form or in the new one.
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
