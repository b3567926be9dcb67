"""`./lotline`: makes the environment once, redoes what was interrupted, one at a time, and says in words what it can't do.

The interpreter is a stand-in: what pip and venv do is not this launcher's business, when it calls them is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the launcher is a POSIX shell script")

# Knows the few things that the launcher asks of Python; every call is written to calls.log beside the project.
STAND_IN = """\
#!/bin/sh
echo "$*" >>"$CALLS"
case "$*" in
    *version_info*'< (3, 11)'*) exit "${TOO_OLD:-0}" ;;
    --version) echo 'Python 3.9.2' ;;
    *'-m venv '*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && touch "$3/has-pip" ;;
    *'-m pip --version'*) [ -f "$(dirname "$0")/../has-pip" ] ;;
    *'-m pip install'*) exit "${PIP_FAILS:-0}" ;;
    '-m kiosk'*) shift 2; echo "ran: $*"; echo "path: $PYTHONPATH safe: $PYTHONSAFEPATH" ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the real launcher and small locks, beside a folder with the stand-in."""
    root = tmp_path / "some project"
    root.mkdir()
    shutil.copy(ROOT / "lotline", root / "lotline")
    (root / "requirements.lock").write_text("a==1\n")
    (root / "requirements-dev.lock").write_text("a==1\nb==2\n")
    (tmp_path / "python3").write_text(STAND_IN)
    (tmp_path / "python3").chmod(0o755)
    return root


def environment(project: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "LOTLINE_PYTHON": str(project.parent / "python3"),
        "CALLS": str(project.parent / "calls.log"),
        **more,
    }


def launch(project: Path, *words: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    command = [str(project / "lotline"), *words]
    return subprocess.run(command, env=environment(project, **more), cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def calls(project: Path, of: str) -> int:
    return sum(of in line for line in (project.parent / "calls.log").read_text().splitlines())


def test_the_environment_is_made_once(project: Path) -> None:
    first, second = launch(project, "barcode", "a b", "$c"), launch(project, "queue", "--json")
    assert (first.returncode, first.stdout.splitlines()[0]) == (0, "ran: barcode a b $c")
    assert "once; a minute or two" in first.stderr
    assert (second.returncode, second.stderr) == (0, "")
    assert (calls(project, "-m venv"), calls(project, "pip install")) == (1, 1)


def test_a_changed_lock_is_installed_and_nothing_else_made(project: Path) -> None:
    launch(project, "queue")
    (project / "requirements.lock").write_text("a==2\n")
    launch(project, "queue")
    assert (calls(project, "-m venv"), calls(project, "pip install")) == (1, 2)


def test_developers_packages_serve_the_station_too(project: Path) -> None:
    launch(project, "lint")
    launch(project, "queue")
    assert calls(project, "pip install") == 1
    assert calls(project, "requirements-dev.lock") == 1


def test_a_failed_set_up_says_so_and_is_redone(project: Path) -> None:
    failed = launch(project, "queue", PIP_FAILS="1")
    assert failed.returncode == 2
    assert "requirements.lock could not be installed" in failed.stderr
    assert launch(project, "queue").returncode == 0
    assert calls(project, "pip install") == 2


def test_an_environment_that_was_cut_off_is_made_anew(project: Path) -> None:
    launch(project, "queue")
    (project / ".venv/has-pip").unlink()
    (project / ".venv/.installed-requirements.lock").unlink()
    (project / ".venv/bin/half").touch()
    assert launch(project, "queue").returncode == 0
    assert calls(project, "-m venv") == 2
    assert not (project / ".venv/bin/half").exists()


def test_an_interpreter_that_went_away_is_replaced(project: Path) -> None:
    launch(project, "queue")
    (project / ".venv/bin/python").unlink()
    assert launch(project, "queue").returncode == 0
    assert calls(project, "-m venv") == 2


def test_two_first_runs_at_once_set_up_once(project: Path) -> None:
    command = [str(project / "lotline"), "queue"]
    runs = [subprocess.Popen(command, env=environment(project), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(4)]
    answers = [run.communicate(timeout=60)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0, 0]
    assert all(answer.startswith(b"ran: queue") for answer in answers)
    assert calls(project, "pip install") == 1


def test_it_runs_from_anywhere_and_through_a_symlink(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "kiosk").mkdir(parents=True)
    link = elsewhere / "lotline"
    link.symlink_to(project / "lotline")
    answer = subprocess.run(
        [link, "queue"], env=environment(project, PYTHONPATH="/mine"), cwd=elsewhere, capture_output=True, text=True, check=True
    )
    # PYTHONSAFEPATH: the folder `kiosk` where one stands is not taken for ours.
    assert answer.stdout.splitlines() == ["ran: queue", f"path: {project}:/mine safe: 1"]


def test_python_too_old_is_told_in_words(project: Path) -> None:
    answer = launch(project, "queue", TOO_OLD="1")
    assert answer.returncode == 2
    assert "Python 3.11 or later is needed; tried" in answer.stderr
    assert "(Python 3.9.2)" in answer.stderr
    assert not (project / ".venv").exists()


def test_an_unknown_fuzz_target_is_told_in_words(project: Path) -> None:
    answer = launch(project, "fuzz", "nothing")
    assert answer.returncode == 2
    assert "there is nothing to fuzz by the name nothing; there are:" in answer.stderr


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_shellcheck_finds_nothing() -> None:
    subprocess.run(["shellcheck", ROOT / "lotline", ROOT / ".ci/run"], check=True)
