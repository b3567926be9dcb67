"""`lotline calibrate [FILE] -o CALIBRATION.json`: how a keyboard scanner types here, from the test card."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from kiosk.cli.card_scans import CardScans
from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError
from kiosk.cli.output_file import write_whole
from kiosk.cli.typed_lines import Lines, opened_lines
from traceability.barcodes import wedge
from traceability.barcodes.flaws import picture
from traceability.barcodes.wedge import Calibration, Case
from traceability.refusals import Refusal

_NAMES: Final = {
    "\x1d": "GS",
    "\x1c": "FS",
    "\x1e": "RS",
    "\x1f": "US",
    "\x04": "EOT",
    "\t": "Tab",
    "\r": "Enter",
    "\n": "Enter",
    "\0": "NUL",
}
_CASES: Final = {
    Case.KEPT: "Capital and small letters arrive as they are.",
    Case.SWAPPED: "Capital and small letters are swapped, which is put right: Caps Lock is on.",
    Case.MERGED: "Only one kind of letters arrives: set the scanner to send letters as they are.",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where the scans come from and where the calibration goes."""
    words = "what the scanner typed, one barcode a line: the test card's, then one for each dead key; without it, scan into this window"
    parser.add_argument("file", nargs="?", metavar="FILE", help=words)
    parser.add_argument("-o", "--output", metavar="CALIBRATION.json", required=True, help="for the scanner's setting 'calibration'")
    parser.add_argument("--json", action="store_true", help="tell what was found as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Learn from the card, write the file, say what was found; 1 where GS can't arrive."""
    with opened_lines(args.file) as lines:
        found = _calibrated(lines)
    write_whole(args.output, wedge.dumps(found).encode() + b"\n")
    print(json.dumps({"ok": bool(found.separator), **asdict(found)}) if args.json else "\n".join(_told(found)))
    return DONE if found.separator else ANSWER_IS_NO


def _calibrated(lines: Lines) -> Calibration:
    baseline = lines.next("Scan the test card's barcode ('lotline label test_card' prints it).")
    if baseline is None:
        raise CommandError("nothing was scanned.", ANSWER_IS_NO)
    found = wedge.calibrate(baseline)
    if isinstance(found, Refusal):
        raise CommandError(f"the first line can't be used: {found.about['why']}. Scan the test card again, whole.", ANSWER_IS_NO)
    scans = CardScans(baseline, found)
    while scans.untried and (line := lines.next(_ask(scans.untried))) is not None:
        if not scans.take(line):
            _refuse_scan(lines, scans.untried)
    if scans.waiting:
        raise CommandError(f"not all of the dead keys' barcodes came; still to be scanned: {' '.join(scans.found.untried)}.", ANSWER_IS_NO)
    return scans.found


def _ask(untried: str) -> str:
    return f"Scan the barcode of the dead key {untried[0]} (Enter alone ends it here). To go: {' '.join(untried)}"


def _refuse_scan(lines: Lines, untried: str) -> None:
    words = f"this is no barcode of a dead key that is still to be scanned; these are: {' '.join(untried)}"
    if not lines.asks:
        raise CommandError(f"{words}.", ANSWER_IS_NO)
    print(f"No, {words}.", file=sys.stderr)


def _told(found: Calibration) -> Iterator[str]:
    """Yield what was found, in the words of whoever sets the scanner up."""
    if found.scanner and found.host:
        yield f"The scanner types as on a {found.scanner} keyboard, the computer reads a {found.host} one."
    else:
        yield "The keyboard layouts are none that are known by name; what arrives is put right all the same."
    yield _CASES[found.case]
    yield f"Before each scan comes {_named(found.prefix)}." if found.prefix else "Nothing comes before a scan."
    yield f"Behind each scan comes {_named(found.terminator)}." if found.terminator else "Behind each scan comes Enter only."
    yield "AIM identifiers arrive." if found.aim else "No AIM identifiers arrive: switch them on in the scanner if you can."
    if found.separator:
        yield f"GS, the separator, arrives as {_named(found.separator)}."
    else:
        yield "GS, the separator, does not arrive: a lot would run into what follows it."
        yield "Set the scanner to serial or HID-POS, or have it send GS as a sign that arrives, and scan the card again."
    if lost := found.lost.replace("\x1d", ""):
        yield f"Lost on the way: {_named(lost)}."
    if found.unclear:
        yield f"These arrive for several signs, and a scan that has one is refused: {_named(found.unclear)}."
    for sign in found.untried:
        data = json.dumps({"dead": sign})
        yield f"Still to be scanned: the dead key {sign}. Print its card: echo '{data}' | lotline label test_card --data - …"


def _named(signs: str) -> str:
    return " ".join(_NAMES.get(sign) or picture(sign) for sign in signs)
