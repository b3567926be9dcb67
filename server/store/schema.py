"""Bring the server's database to this version: each step whole or not at all, a copy of the file first."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, select, update

from server.store.database import Database, DatabaseRefused
from server.store.tables import meta

_MIGRATIONS: Final = Path(__file__).parent / "migrations"


def migrate(database: Database, now: datetime) -> Path | None:
    """Bring an older or empty database to this version; return the copy made before (SQLite with data), or None.

    DatabaseRefused where the database is newer than this program.
    """
    before = _version(database)
    if before == newest_version():
        return None
    _refuse_newer(before)
    copy = _copy_beside(database, before, now) if before else None
    with database.writing() as connection:
        command.upgrade(_config(connection), "head")
        _have_epoch(connection)
    return copy


def ready(database: Database, now: datetime) -> Database:
    """Return `database` fit for use: a fresh one is set up, an older or newer one is refused in words."""
    version = _version(database)
    if version is None:
        migrate(database, now)
    elif version != newest_version():
        _refuse_newer(version)
        raise DatabaseRefused(
            f"the database is of version {version} and this program of {newest_version()}: run 'lotline server migrate' first"
        )
    return database


def epoch(connection: Connection) -> str:
    """Return the database's epoch: it changes when a copy takes its place, so that stations know."""
    return str(connection.execute(select(meta.c.value).where(meta.c.name == "epoch")).scalar_one())


def renew_epoch(connection: Connection) -> None:
    """Say that this database is a copy put in another's place."""
    connection.execute(update(meta).where(meta.c.name == "epoch").values(value=str(uuid.uuid4())))


def newest_version() -> str:
    """Return the version that this program works with."""
    head = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    assert head is not None
    return head


def _version(database: Database) -> str | None:
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(version: str | None) -> None:
    known = {step.revision for step in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}
    if version is not None and version not in known:
        raise DatabaseRefused(
            f"the database is of version {version}, which this program ({newest_version()}) does not know: "
            "it was made by a newer Lotline. Update the program; the database was left as it is"
        )


def _copy_beside(database: Database, version: str, now: datetime) -> Path | None:
    if database.file is None:
        return None  # a database server has backups of its own
    copy = database.file.with_name(f"{database.file.stem}-{version}-{now:%Y%m%dT%H%M%S}.db")
    database.copy_to(copy)
    return copy


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _have_epoch(connection: Connection) -> None:
    if connection.execute(select(meta.c.value).where(meta.c.name == "epoch")).first() is None:
        connection.execute(insert(meta).values(name="epoch", value=str(uuid.uuid4())))
