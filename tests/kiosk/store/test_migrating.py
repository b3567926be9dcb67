from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kiosk.services.ports import StorageFailed
from kiosk.store.database import Database
from kiosk.store.migrating import NEWEST, SCRIPTS, migrate, revision_of
from kiosk.store.opening import FILE, open_station
from kiosk.store.schema import METADATA
from tests.corpora import ROOT

NEXT_STEP = """
import os, signal
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{newest}", None, None

def upgrade():
    op.execute("CREATE TABLE extra (a INTEGER)")
    op.execute("INSERT INTO extra VALUES (1)")
    {then}
    op.execute("CREATE TABLE more (a INTEGER)")
"""
UPGRADE = """
import sys
from pathlib import Path
from kiosk.store.database import Database
from kiosk.store.migrating import NEWEST, migrate
migrate(Database(Path(sys.argv[1])), "9999", Path(sys.argv[2]))
"""


@pytest.fixture
def database(folder: Path) -> Database:
    open_station(folder, "S").close()
    return Database(folder / FILE)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SCRIPTS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__")))


def _write_step(scripts: Path, then: str) -> None:
    (scripts / "versions" / "v0003_next.py").write_text(NEXT_STEP.format(then=then, newest=NEWEST), encoding="utf-8")


def test_the_steps_make_the_tables_that_the_code_speaks_of(database: Database) -> None:
    context = MigrationContext.configure(database.connection())
    assert compare_metadata(context, METADATA) == []
    database.close()


def test_the_newest_step_is_the_one_that_the_code_knows() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == NEWEST


def test_an_up_to_date_database_opens_without_the_migration_library(folder: Path) -> None:
    open_station(folder, "S").close()
    code = "import sys; from pathlib import Path; from kiosk.store.opening import open_station; "
    code += "open_station(Path(sys.argv[1]), 'S').close(); print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_upgrade_that_is_killed_half_way_changes_nothing_and_can_be_done_again(database: Database, scripts: Path) -> None:
    database.close()
    _write_step(scripts, "os.kill(os.getpid(), signal.SIGKILL)")
    killed = subprocess.run([sys.executable, "-c", UPGRADE, str(database.path), str(scripts)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    raw = sqlite3.connect(database.path)
    tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    raw.close()
    assert not tables & {"extra", "more"}
    assert revision_of(database.connection()) == NEWEST
    _write_step(scripts, "pass")
    migrate(database, "9999", scripts)
    assert revision_of(database.connection()) == "9999"
    assert database.connection().exec_driver_sql("SELECT count(*) FROM extra").scalar() == 1
    database.close()


def test_an_upgrade_leaves_a_copy_of_what_was_before(database: Database, scripts: Path) -> None:
    _write_step(scripts, "pass")
    migrate(database, "9999", scripts)
    database.close()
    copy = Database(database.path.with_name(f"station.before-upgrade-from-{NEWEST}.db"), read_only=True)
    assert revision_of(copy.connection()) == NEWEST
    copy.close()


def test_an_upgrade_that_fails_leaves_the_old_form(database: Database, scripts: Path) -> None:
    _write_step(scripts, "raise RuntimeError('a bug in the step')")
    with pytest.raises(RuntimeError, match="a bug in the step"):
        migrate(database, "9999", scripts)
    assert revision_of(database.connection()) == NEWEST
    database.close()


def test_a_form_that_is_not_known_is_refused(database: Database) -> None:
    with pytest.raises(StorageFailed, match="newer Lotline"):
        migrate(database, "0000")
    database.close()


def test_whoever_sat_at_the_station_s_one_seat_goes_on_at_its_first(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    database = Database(folder / FILE)
    _until(database, "0008")
    with database.writing() as connection:
        connection.exec_driver_sql('INSERT INTO seat VALUES (1, \'{"mode":"receive"}\')')
    migrate(database)
    assert database.connection().exec_driver_sql("SELECT name, body FROM seats").all() == [("1", '{"mode":"receive"}')]
    database.close()


def _until(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
