"""`lotline doctor`: settings, devices, printer, database, clock, disk and server; each with what to do."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.errors import ANSWER_IS_NO, DONE

if TYPE_CHECKING:
    from kiosk.app.doctor import Finding


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own options."""
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the station's settings (TOML)")
    parser.add_argument("--json", action="store_true", help="one JSON list: check, ok, words, advice")


def run(args: argparse.Namespace) -> int:
    """Check everything; 1 where something is not well."""
    from config.mistakes import SettingsRefused
    from config.settings import load_settings
    from kiosk.app.doctor import Finding, examine

    try:
        findings = list(examine(load_settings(args.config)))
    except SettingsRefused as refused:
        findings = [Finding("settings", False, refused.words, "Put the settings right: the words name each place")]
    if args.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        print("\n".join(_line(finding) for finding in findings))
    return DONE if all(finding.ok for finding in findings) else ANSWER_IS_NO


def _line(finding: Finding) -> str:
    sign = "ok " if finding.ok else "NO "
    return f"{sign} {finding.check}: {finding.words}" + (f"\n     → {finding.advice}" if finding.advice else "")
