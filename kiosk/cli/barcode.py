"""`lotline barcode`: what a scan means, for people and, with --json, for scripts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError
from traceability.barcodes import wedge
from traceability.barcodes.flaws import picture
from traceability.barcodes.read import ReaderSettings, read
from traceability.barcodes.reading import Ambiguous, Facts, Misread, Outcome, Reading
from traceability.barcodes.wedge import Calibration
from traceability.refusals import Refusal


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own options."""
    parser.add_argument("scans", nargs="*", metavar="SCAN", help="what a scanner sent; without any, lines of standard input")
    parser.add_argument("--json", action="store_true", help="one JSON object a line; standard input then holds one JSON string a line")
    parser.add_argument("--assume-gs1", action="store_true", help="read GS1 data without an AIM identifier")
    parser.add_argument("--separator", metavar="CHAR", type=_one_character, help="the character that the scanner sends for GS")
    parser.add_argument("--calibration", metavar="FILE", help="what a keyboard scanner made of the test card (docs/barcodes.md)")
    parser.add_argument("--typed", action="store_true", help="understand (01)… in brackets, as people type it")
    parser.add_argument("--today", metavar="DATE", type=calendar_day, help="the day from which two-digit years count, as 2026-11-21")


def run(args: argparse.Namespace) -> int:
    """Read each scan in order, tell what it means; 1 where any is not in order."""
    settings = ReaderSettings(args.assume_gs1, args.separator, args.typed)
    calibration = _calibration(args.calibration) if args.calibration else None
    today = args.today or datetime.now(UTC).date()
    tell: Callable[[Outcome], str] = as_json if args.json else as_text
    all_well = True
    for scan in args.scans or (_json_lines() if args.json else _plain_lines()):
        sent = scan if calibration is None else calibration.translate(scan)
        outcome = sent if isinstance(sent, Misread) else read(sent, settings, today=today)
        print(tell(outcome), flush=not args.scans)
        all_well = all_well and isinstance(outcome, Reading)
    return DONE if all_well else ANSWER_IS_NO


def as_json(outcome: Outcome) -> str:
    """Return one line of JSON; ASCII only, so that any scan survives any terminal."""
    return json.dumps(answer(outcome), separators=(",", ":"))


def answer(outcome: Outcome) -> dict[str, Any]:
    """Return what `--json` tells of one scan (PRODUCT, "Command line")."""
    match outcome:
        case Reading():
            return {"scan": outcome.scan, "ok": True, **_what(outcome), "error": None}
        case Misread():
            kind = outcome.format.value if outcome.format else None
            return {"scan": outcome.scan, "ok": False, "format": kind, "elements": [], "facts": {}, "error": _error(outcome)}
        case Ambiguous():
            readings = [_what(reading) for reading in outcome.readings]
            error = {"reason": outcome.reason.value, "message": _two_meanings(outcome), "marked": "", "position": None}
            return {"scan": outcome.scan, "ok": False, "format": None, "elements": [], "facts": {}, "error": error, "readings": readings}


def _what(reading: Reading) -> dict[str, Any]:
    told: dict[str, Any] = {
        "format": reading.format.value,
        "elements": [[element.identifier, element.value] for element in reading.elements],
        "facts": facts_told(reading.facts),
    }
    return {**told, "repairs": list(reading.repairs)} if reading.repairs else told


def facts_told(facts: Facts) -> dict[str, Any]:
    """Return the facts that are there: dates as 2027-11-30, decimals as text, a count as a number."""
    told = ((name, getattr(facts, name)) for name in Facts.__slots__)
    return {name: _plain(value) for name, value in told if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if isinstance(value, int) else str(value)


def _error(misread: Misread) -> dict[str, Any]:
    return {"reason": misread.reason.value, "message": misread.message, "marked": misread.marked, "position": misread.position}


def _two_meanings(outcome: Ambiguous) -> str:
    kinds = " or ".join(reading.format.value for reading in outcome.readings)
    return f"This barcode can be read in two ways, {kinds}: someone must say which is meant."


def as_text(outcome: Outcome) -> str:
    """Return a few lines for a person."""
    match outcome:
        case Reading():
            return "\n".join([picture(outcome.scan), *_reading_lines(outcome)])
        case Misread():
            marked = [f"  {outcome.marked}"] if outcome.marked.strip("|") else []
            return "\n".join([picture(outcome.scan[:200]), f"  {outcome.reason.value}: {outcome.message}", *marked])
        case Ambiguous():
            lines = [line for reading in outcome.readings for line in _reading_lines(reading)]
            return "\n".join([picture(outcome.scan), f"  {outcome.reason.value}: {_two_meanings(outcome)}", *lines])


def _reading_lines(reading: Reading) -> Iterator[str]:
    yield f"  format     {reading.format.value}{f', {reading.aim}' if reading.aim else ''}"
    for element in reading.elements:
        yield f"  {element.identifier:<10} {picture(element.value)}"
    for name, value in facts_told(reading.facts).items():
        yield f"  {name.replace('_', ' '):<12} = {value}"
    for repair in reading.repairs:
        yield f"  repaired   {repair}"


def _calibration(path: str) -> Calibration:
    try:
        with Path(path).open(encoding="utf-8") as file:
            found = wedge.loads(file.read(1_000_000))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"the calibration {path} can't be read: {error}.") from error
    if isinstance(found, Refusal):
        raise CommandError(f"the calibration {path} can't be used: {found.about['why']}.")
    return found


def _plain_lines() -> Iterator[str]:
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", "surrogateescape").rstrip("\r\n")


def _json_lines() -> Iterator[str]:
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        if raw.strip():
            yield _json_string(raw, number)


def _json_string(raw: bytes, number: int) -> str:
    try:
        scan = json.loads(raw)
    except (ValueError, RecursionError):
        scan = None
    if not isinstance(scan, str):
        shown = picture(raw[:40].decode("utf-8", "replace").strip())
        example = '"]C10112345678901231"'
        raise CommandError(f"line {number} of standard input is no JSON string: got {shown}, expected something like {example}.")
    return scan


def _one_character(text: str) -> str:
    if len(text) != 1:
        raise argparse.ArgumentTypeError(f"one character was expected, got {text!r}")
    return text


def calendar_day(text: str) -> date:
    """Return an option's date, 2026-11-21."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a date such as 2026-11-21 was expected, got {text!r}") from None
