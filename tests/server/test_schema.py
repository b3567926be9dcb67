"""The database comes to this version whole or stays as it was; a newer one is left alone."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.backup import back_up
from server.store import schema
from server.store.database import FILE_NAME, Database, DatabaseRefused, open_database
from server.store.schema import epoch, migrate, ready
from server.store.tables import metadata
from tests.simulators.journals import START

#: These change the tables, and the tests share one PostgreSQL; there, each step is one transaction by itself.
ON_SQLITE = pytest.mark.parametrize("where", ["sqlite"], indirect=True)

STEP = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9999", "{after}"
def upgrade():
    op.add_column("stations", sa.Column("colour", sa.Text()))
    {then}
"""


def test_migrations_make_what_the_tables_say(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_ready_database_keeps_its_epoch(database: Database, where: str) -> None:
    with database.reading() as connection:
        first = epoch(connection)
    assert migrate(database, START) is None
    again = ready(open_database(where), START)
    with again.reading() as connection:
        assert epoch(connection) == first
    again.close()


@ON_SQLITE
def test_a_newer_database_is_refused_and_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2099'"))
    for attempt in (ready, migrate):
        with pytest.raises(DatabaseRefused, match="newer Lotline"):
            attempt(database, START)
    with database.writing() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "2099"


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program with one more migration; returns its file."""
    migrations = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, migrations)
    after = schema.newest_version()
    monkeypatch.setattr(schema, "_MIGRATIONS", migrations)
    step = migrations / "versions" / "next_9999.py"
    step.write_text(STEP.format(after=after, then=""))
    return step


@ON_SQLITE
def test_an_older_database_is_copied_then_brought_up(database: Database, next_version: Path) -> None:
    with pytest.raises(DatabaseRefused, match="lotline server migrate"):
        ready(database, START)
    copy = migrate(database, START)
    assert copy is not None
    with sqlite3.connect(copy) as before:
        assert "colour" not in [row[1] for row in before.execute("PRAGMA table_info(stations)")]
    before.close()
    ready(database, START)


@ON_SQLITE
def test_a_step_that_breaks_leaves_nothing_half_done(database: Database, next_version: Path) -> None:
    whole = next_version.read_text()
    next_version.write_text(whole.replace("\n    \n", "\n    raise RuntimeError('power cut')\n"))
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(database, START)
    next_version.write_text(whole)
    migrate(database, START + timedelta(seconds=1))
    with database.reading() as connection:
        connection.execute(text("SELECT colour FROM stations"))


def test_a_backup_is_whole_and_of_another_epoch(tmp_path: Path, empty_sqlite: Path) -> None:
    database = ready(open_database(str(empty_sqlite.parent)), START)
    target = tmp_path / "backup.db"
    back_up(database, target)
    with pytest.raises(DatabaseRefused, match="exists already"):
        back_up(database, target)
    with pytest.raises(DatabaseRefused, match="can't be written"):
        back_up(database, tmp_path / "missing" / "backup.db")
    copy = ready(open_database(f"sqlite:///{target}"), START)
    with database.reading() as ours, copy.reading() as theirs:
        assert epoch(ours) != epoch(theirs)
    copy.close()
    database.close()
    assert [file.name for file in tmp_path.iterdir()] == ["backup.db"]


@pytest.mark.parametrize("where", ["mysql://host/x", "://", "postgresql://nobody@127.0.0.1:1/none"])
def test_no_database_is_refused_in_words(where: str) -> None:
    with pytest.raises(DatabaseRefused):
        open_database(where)


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(DatabaseRefused, match="can't be opened"):
        open_database(str(tmp_path))


def test_what_people_did_is_for_the_servers_own_account(tmp_path: Path) -> None:
    database = ready(open_database(str(tmp_path / "server")), START)
    back_up(database, tmp_path / "backup.db")
    database.close()
    assert stat.S_IMODE((tmp_path / "server").stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "server" / FILE_NAME, tmp_path / "backup.db")] == [0o600, 0o600]


@pytest.mark.parametrize("where", ["mysql://u:secret@host/x", "postgresql://u:secret@host:port/x", "postgresql://u:se/cret@127.0.0.1:1/x"])
def test_a_databases_password_is_not_shown(where: str) -> None:
    with pytest.raises(DatabaseRefused) as refused:
        open_database(where)
    assert "cret" not in refused.value.words


def test_what_a_statement_wrote_is_not_told(tmp_path: Path) -> None:
    database = ready(open_database(str(tmp_path)), START)
    with pytest.raises(DBAPIError) as failed, database.writing() as connection:
        connection.execute(text("INSERT INTO nothing VALUES (:badge)"), {"badge": "B-0001"})
    database.close()
    assert "B-0001" not in str(failed.value)
