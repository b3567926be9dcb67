"""The project's own papers: the locks fit what is asked for, name no host, and leave nothing without a hash."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from config.version import VERSION

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
DEVELOPER = [Requirement(text) for text in PROJECT["dependency-groups"]["dev"]]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def locked(name: str) -> dict[str, list[Version]]:
    """Return every locked package with its versions (one for each platform that wants its own)."""
    found: dict[str, list[Version]] = {}
    for pinned, version in re.findall(r"^([a-z0-9-]+)==([^ ]+) ", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(canonicalize_name(pinned), []).append(Version(version))
    return found


@pytest.mark.parametrize(("lock", "wanted"), [("requirements.lock", RUNTIME), ("requirements-dev.lock", [*RUNTIME, *DEVELOPER])])
def test_everything_asked_for_is_locked_within_its_range(lock: str, wanted: list[Requirement]) -> None:
    pins = locked(lock)
    for requirement in wanted:
        versions = pins[canonicalize_name(requirement.name)]
        assert any(version in requirement.specifier for version in versions), requirement


def test_both_locks_agree() -> None:
    developer = locked("requirements-dev.lock")
    assert {name: developer.get(name) for name in locked("requirements.lock")} == locked("requirements.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_every_package_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 40
    assert all("--hash=sha256:" in entry for entry in entries)


def test_raspberry_pi_os_bookworm_gets_the_last_qt_that_runs_there() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "pyside6-essentials==6.8.0.2 ; python_full_version < '3.12' and platform_machine == 'aarch64'" in text


def test_qt_stays_below_the_version_that_crashes() -> None:
    assert all(version < Version("6.12") for version in locked("requirements.lock")["pyside6-essentials"])


def test_every_package_that_the_product_imports_is_asked_for() -> None:
    ours = ["config", "drivers", "kiosk", "labels", "server", "sync", "traceability"]
    trees = [ast.parse(file.read_bytes()) for folder in ours for file in (ROOT / folder).rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    strangers = {module.split(".")[0] for module in modules} - set(ours) - sys.stdlib_module_names
    asked_for = {canonicalize_name(requirement.name) for requirement in RUNTIME}
    providers = packages_distributions()
    unasked = {module for module in strangers if not asked_for & {canonicalize_name(name) for name in providers.get(module, [])}}
    # These are parts of pydantic and PySide6, released together with them.
    assert unasked <= {"pydantic_core", "shiboken6"}


def test_every_dependency_has_its_reason_written_down() -> None:
    reasons = (ROOT / "docs/decisions/0005-dependencies.md").read_text(encoding="utf-8").lower()
    # psycopg[binary] and the two fonts stand in one row each; types-* together.
    names = [requirement.name.lower() for requirement in [*RUNTIME, *DEVELOPER] if not requirement.name.startswith(("types-", "fontpkg-"))]
    assert [name for name in names if name not in reasons] == []


def test_the_version_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    from kiosk.cli.main import main

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"lotline {VERSION}\n"
    assert str(Version(VERSION)) == VERSION


def test_links_between_papers_lead_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    dead = [
        f"{paper.relative_to(ROOT)}: {link}"
        for paper in papers
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", paper.read_text(encoding="utf-8"))
        if not (paper.parent / link).exists()
    ]
    assert dead == []
