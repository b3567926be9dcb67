"""`lotline replay`: a station without a screen; the same services and workflows, one JSON line in, one out."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kiosk.cli.errors import ANSWER_IS_NO, DONE, WRONG_USAGE, CommandError
from kiosk.cli.server_access import token_from
from kiosk.presenters.language import language_codes

if TYPE_CHECKING:
    from config.plant import Plant


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own options."""
    parser.add_argument("--plant", type=Path, required=True, metavar="PLANT.json", help="the plant's reference data")
    parser.add_argument("--db", type=Path, metavar="DIR", help="the station's database; without it a new one that is thrown away")
    parser.add_argument("--server", metavar="URL", help='the central server, reached after {"network": "up"}')
    parser.add_argument("--token-file", type=Path, metavar="F", help="the station's token for the server")
    parser.add_argument("--ca-file", type=Path, metavar="F", help="the server's certificate authority")
    parser.add_argument("--station", metavar="S", help="which of the plant's stations (default: its first)")
    parser.add_argument("--assume-gs1", action="store_true", help="the scanner sends GS1 data without an AIM identifier")
    parser.add_argument("--separator", type=_separator, metavar="CHAR", help="the character that the scanner sends for GS")
    parser.add_argument("--labels", type=Path, metavar="DIR", help="write every printed label here (ZPL)")
    parser.add_argument("--language", choices=language_codes(), default="en", metavar="CODE", help="the words' language (default: en)")
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
        raise CommandError(failure.words, ANSWER_IS_NO) from failure


def _play(args: argparse.Namespace, plant: Plant, directory: Path) -> int:
    from kiosk.app.replaying import LineRefused, Replay, ReplaySettings

    settings = ReplaySettings(
        directory=directory,
        station=args.station,
        server=args.server,
        token=token_from(args.token_file) if args.token_file else os.environ.get("LOTLINE_TOKEN", ""),
        ca_file=args.ca_file,
        assume_gs1=args.assume_gs1,
        separator=args.separator,
        labels=_labels(args.labels),
        language=args.language,
    )
    with _script(args.script) as lines, Replay(plant, settings) as replay:
        for number, text in _numbered(lines):
            try:
                answer = replay.play(number, text)
            except LineRefused as refused:
                print(f"lotline replay: line {number}: {refused.words}", file=sys.stderr)
                return WRONG_USAGE
            print(json.dumps(answer, ensure_ascii=False), flush=True)
    return DONE


def _separator(text: str) -> str:
    if len(text) != 1:
        raise argparse.ArgumentTypeError(f"one character is expected, got {text!r}")
    return text


def _labels(folder: Path | None) -> Path | None:
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"the folder {folder} can't be made: {error.strerror}.") from error
    return folder


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
