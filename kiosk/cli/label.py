"""`lotline label TEMPLATE --data FILE.json --language zpl -o FILE`: make one label."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from config.plugins import UnknownPluginError, names
from kiosk.cli.errors import ANSWER_IS_NO, DONE, WRONG_USAGE, CommandError
from kiosk.cli.output_file import write_whole
from labels.media import RESOLUTIONS
from labels.printing import LANGUAGES, TEMPLATES, lay_out, make
from labels.refused import LabelRefused
from labels.verify import Differs, Match, compare

LARGEST_FILE: Final = 64 * 1024  # no label says more
_EXPECTED: Final = 'expected a JSON object such as {"item": "4711", "lot": "A-1"}'


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to print, on what, and for which printer."""
    parser.add_argument("template", metavar="TEMPLATE", help=", ".join(names(TEMPLATES)))
    parser.add_argument("--data", metavar="FILE.json", required=True, help="what the label is about, a JSON object; - reads standard input")
    parser.add_argument("--language", required=True, help=", ".join(names(LANGUAGES)))
    parser.add_argument("--media", help="width x height in millimetres such as 100x150, or receipt80 (default: the template's own)")
    parser.add_argument("--dpi", type=int, default=RESOLUTIONS[0], help="the printer's dots per inch: 203, 300 or 600 (default: 203)")
    parser.add_argument("--copies", type=int, default=1, help="how many (default: 1)")
    ways = parser.add_mutually_exclusive_group(required=True)
    ways.add_argument("-o", "--output", metavar="FILE", help="where the label goes; - is standard output")
    ways.add_argument("--verify", metavar="SCAN", help="what a scanner read from the printed label: say whether that is what it must carry")


def run(args: argparse.Namespace) -> int:
    """Make the label; write the file only when it is right. With a scan, compare instead: 1 where it is another."""
    if args.verify is not None:
        return _verified(args)
    made = make(args.template, _read(args.data), args.language, args.media, args.copies, args.dpi)
    if isinstance(made, LabelRefused):
        raise CommandError(made.words, WRONG_USAGE if made.asked_wrong else ANSWER_IS_NO)
    write_whole(args.output, made)
    return DONE


def _verified(args: argparse.Namespace) -> int:
    try:
        label = lay_out(args.template, _read(args.data), args.media, args.dpi)
    except UnknownPluginError as unknown:
        raise CommandError(f"{unknown.words[:1].upper()}{unknown.words[1:]}", WRONG_USAGE) from None
    if isinstance(label, LabelRefused):
        raise CommandError(label.words, WRONG_USAGE if label.asked_wrong else ANSWER_IS_NO)
    if not label.payloads:
        raise CommandError("this label has no barcode that a scan could prove.", ANSWER_IS_NO)
    match compare(label, args.verify):
        case Match():
            print("The label carries what it must.")
            return DONE
        case Differs(identifier=identifier, printed=printed, scanned=scanned):
            where = f"({identifier})" if identifier else "outside its fields"
            raise CommandError(f"the scan is not this label's: {where} should be {printed!r}, read was {scanned!r}.", ANSWER_IS_NO)


def _read(name: str) -> dict[str, object]:
    try:
        data = json.loads(_text_of(name), object_pairs_hook=_without_doubles)
    except OSError as error:
        raise CommandError(f"can't read {name}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{name} is not UTF-8 text; {_EXPECTED}.") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise CommandError(f"{name} is not JSON ({where}); {_EXPECTED}.") from None
    except (ValueError, RecursionError):
        # Valid JSON beyond what Python takes: thousands of digits, thousands of brackets.
        raise CommandError(f"{name} holds more than a label can say; {_EXPECTED}.") from None
    if not isinstance(data, dict):
        raise CommandError(f"{name} holds a {type(data).__name__}; {_EXPECTED}.")
    return data


def _text_of(name: str) -> str:
    if name == "-":
        content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    else:
        with Path(name).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise CommandError(f"{name} is larger than {LARGEST_FILE // 1024} kB; no label says so much.")
    return content.decode("utf-8-sig")


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a key that stands twice: one of the two would win silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise CommandError(f"the key {double!r} stands twice in the data; remove one.", ANSWER_IS_NO)
    return found
