"""`lotline replay`: a station without a screen; the same services and workflows, one JSON line in, one out."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kiosk.cli.errors import DONE, WRONG_USAGE, CommandError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own options."""
    parser.add_argument("--plant", type=Path, required=True, metavar="PLANT.json", help="the plant's reference data")
    parser.add_argument("--db", type=Path, metavar="DIR", help="the station's database; without it a new one that is thrown away")
    parser.add_argument("--server", metavar="URL", help='the central server, reached after {"network": "up"}')
    parser.add_argument("--token-file", type=Path, metavar="F", help="the station's token for the server")
    parser.add_argument("--ca-file", type=Path, metavar="F", help="the server's certificate authority")
    parser.add_argument("--station", metavar="S", help="which of the plant's stations (default: its first)")
    parser.add_argument("--assume-gs1", action="store_true", help="the scanner sends GS1 data without an AIM identifier")
    parser.add_argument("--separator", metavar="CHAR", help="the character that the scanner sends for GS")
    parser.add_argument("--labels", type=Path, metavar="DIR", help="write every printed label here (ZPL)")
    parser.add_argument("script", metavar="SCRIPT.jsonl", help="the script; - is standard input")


def run(args: argparse.Namespace) -> int:
    """Play the script; exit 0 when it ran, 2 with the line's number where a line is malformed."""
    from config.mistakes import SettingsRefused
    from config.plant import load_plant
    from kiosk.services.ports import StorageFailed

    try:
        plant = load_plant(args.plant)
        if args.db is not None:
            return _play(args, plant, args.db)
        with tempfile.TemporaryDirectory(prefix="lotline-") as folder:
            return _play(args, plant, Path(folder))
    except SettingsRefused as refused:
        raise CommandError(refused.words) from refused
    except StorageFailed as failure:
        raise CommandError(failure.words) from failure


def _play(args: argparse.Namespace, plant: object, directory: Path) -> int:
    from kiosk.app.replaying import LineRefused, Replay, ReplaySettings

    settings = ReplaySettings(
        directory=directory,
        station=args.station,
        server=args.server,
        token=_token(args.token_file),
        ca_file=args.ca_file,
        assume_gs1=args.assume_gs1,
        separator=args.separator,
        labels=args.labels,
    )
    with _script(args.script) as lines, Replay(plant, settings) as replay:  # type: ignore[arg-type]
        for number, text in _numbered(lines):
            try:
                answer = replay.play(number, text)
            except LineRefused as refused:
                print(f"lotline replay: line {number}: {refused.words}", file=sys.stderr)
                return WRONG_USAGE
            print(json.dumps(answer, ensure_ascii=False), flush=True)
    return DONE


def _token(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text().strip()
    except OSError as error:
        raise CommandError(f"the token file {path} can't be read: {error.strerror}.") from error


def _script(name: str) -> IO[str]:
    if name == "-":
        return open(sys.stdin.fileno(), encoding="utf-8", errors="surrogateescape", closefd=False)
    try:
        return Path(name).open(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise CommandError(f"the script {name} can't be read: {error.strerror}.") from error


def _numbered(lines: IO[str]) -> Iterator[tuple[int, str]]:
    for number, text in enumerate(lines, 1):
        if text.strip() and not text.lstrip().startswith("#"):
            yield number, text
