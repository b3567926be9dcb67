"""The one door: what a scan means. It answers for anything that can arrive, never guesses and never raises.

The AIM identifier decides the format. Without one: what starts unmistakably (command card, ISO 15434 envelope, HIBC, web
address, ISBT 128), then GS1 where a separator or the station's settings say so, else a plain code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from traceability.barcodes import aim as aims
from traceability.barcodes import flaws, gs1, gs1_checks
from traceability.barcodes.gs1 import GS
from traceability.barcodes.reading import Ambiguous, Facts, Format, Misread, Outcome, Reading
from traceability.refusals import Reason

#: More than any symbol holds: noise, or two scanners on one line.
LONGEST_SCAN: Final = 8192

# Nothing that a plain barcode carries: control characters other than tab, line ends and the separators FS to US; DEL, C1
# controls; half of a surrogate pair, which is no character at all.
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x9f\ud800-\udfff]")
_TWO_DIGITS: Final = re.compile("[0-9]{2}")
_COMMAND: Final = "..K."
_ENVELOPES: Final = ("[)>", ">[)>")


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What a station knows about its scanner."""

    assume_gs1: bool = False  # sends GS1 data without an AIM identifier
    separator: str | None = None  # the one character that it sends for GS (FNC1): | or ^ or ]
    typed: bool = False  # a person types: (01)… in brackets is understood

    def __post_init__(self) -> None:
        if self.separator is not None and len(self.separator) != 1:
            raise ValueError(f"a separator is one character, got {self.separator!r}")


DEFAULT: Final = ReaderSettings()


def read(scan: str, settings: ReaderSettings = DEFAULT, *, today: date) -> Outcome:
    """Say what `scan` means. Two-digit years are read as within fifty years of `today`."""
    if len(scan) > LONGEST_SCAN:
        return _unreadable(scan, LONGEST_SCAN, None, f"{len(scan)} characters are noise: no barcode holds over {LONGEST_SCAN}.")
    aim, offset = aims.split(scan)
    text = scan[offset:].rstrip("\r\n")
    if aim is None:
        return _without_aim(text, scan, settings, today)
    if aim in aims.GS1:
        return gs1.read(_with_separators(text, settings), scan, aim, offset, today)
    if aim in aims.RETAIL:
        from traceability.barcodes import retail

        return retail.read(text, scan, aim, offset, today)
    return _by_its_start(text, scan, aim, offset, today) or _self_named(text, scan, aim, today) or _plain(text, scan, aim, offset)


def _without_aim(text: str, scan: str, settings: ReaderSettings, today: date) -> Outcome:
    if not text:
        return _unreadable(scan, 0, None, "Nothing was read: the scan is empty.")
    if text.startswith("]") and settings.separator != "]":
        return _unreadable(scan, 0, None, "The scan starts with ] but not with a symbology identifier such as ]C1.")
    if known := _by_its_start(text, scan, None, 0, today):
        return known
    if settings.typed and text.startswith("("):
        from traceability.barcodes import gs1_brackets

        return gs1_brackets.read(text, scan, today) if gs1_brackets.looks_bracketed(text) else _plain(text, scan, None, 0)
    if _says_gs1(text, settings):
        return _gs1_or_retail(_with_separators(text, settings), scan, today)
    return _self_named(text, scan, None, today) or _plain(text, scan, None, 0)


def _by_its_start(text: str, scan: str, aim: str | None, offset: int, today: date) -> Reading | Misread | None:
    """Read what no other format starts like; None where nothing of the kind is there."""
    # A station meets few of these formats; each is loaded when the first barcode of its kind arrives.
    if text.startswith(_COMMAND):
        from traceability.barcodes import command

        return command.read(text, scan, aim, offset)
    if text.startswith(_ENVELOPES):
        from traceability.barcodes import iso15434

        return iso15434.read(text, scan, aim, offset, today)
    if text.startswith(("+", "*+")):
        from traceability.barcodes import hibc

        return hibc.read(text, scan, aim, offset, today)
    if (aim is None or aim[1] in aims.WEB) and text[:4].lower() == "http":
        return _web_address(text, scan, aim, offset, today)
    return _medical(text, scan, aim, offset, today)


def _web_address(text: str, scan: str, aim: str | None, offset: int, today: date) -> Reading | Misread | None:
    from traceability.barcodes import digital_link

    return digital_link.read(text, scan, aim, offset, today) if digital_link.looks_like_one(text) else None


def _medical(text: str, scan: str, aim: str | None, offset: int, today: date) -> Reading | Misread | None:
    if text.startswith("-") and aim is not None and aim[1] == aims.CODE_39:
        from traceability.barcodes import ifa

        return ifa.read(text, scan, aim, offset) if ifa.looks_like_pzn(text) else None
    if text.startswith(("=", "&")):
        from traceability.barcodes import isbt128

        return isbt128.read(text, scan, aim, today)
    return None


def _self_named(text: str, scan: str, aim: str | None, today: date) -> Reading | None:
    """Read a vendor's label that names its own fields: {pn:…,qty:…} or PN:… QTY:…"""
    if not text.startswith("{") and " " not in text:
        return None
    from traceability.barcodes import keyed

    return keyed.read(text, scan, aim, today)


def _says_gs1(text: str, settings: ReaderSettings) -> bool:
    """Tell whether a scan without AIM identifier is GS1 data: by the settings, or because FNC1 arrived as a separator."""
    if settings.assume_gs1 or GS in text:
        return True
    disguised = settings.separator is not None and settings.separator in text
    return disguised and _TWO_DIGITS.match(text.lstrip(settings.separator)) is not None


def _with_separators(text: str, settings: ReaderSettings) -> str:
    return text if settings.separator is None else text.replace(settings.separator, GS)


def _gs1_or_retail(text: str, scan: str, today: date) -> Outcome:
    """Read GS1 data; digits that are just as well a retail code (EAN-13 4006381333931: an order, or a GTIN?) are both."""
    found = gs1.read(text, scan, None, 0, today)
    if isinstance(found, Misread) or len(text) not in (8, 12, 13, 14) or gs1_checks.mod10(text):
        return found
    return Ambiguous(scan, (found, Reading(scan, Format.RETAIL, (), Facts(gtin=text.zfill(14)))))


def _plain(text: str, scan: str, aim: str | None, offset: int) -> Reading | Misread:
    """Take the text as it stands: a lot, an order, a badge; whoever looks it up knows."""
    if bad := _NO_TEXT.search(text):
        message = "The scan holds a character that no plain barcode carries: scan again, or check the cable and the scanner's settings."
        return _unreadable(scan, offset + bad.start(), aim, message)
    return Reading(scan, Format.PLAIN, aim=aim)


def _unreadable(scan: str, position: int, aim: str | None, message: str) -> Misread:
    shown = flaws.misread(flaws.Flaw(message, position, position + 1), scan, scan, aim, 0, Format.PLAIN)
    return Misread(scan, None, message, shown.marked, position, Reason.BARCODE_UNREADABLE, aim)
