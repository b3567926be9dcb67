"""Ask a ZPL printer how it is: `~HS`, and `~HQES` where that stays silent (ZPL II Programming Guide)."""

from __future__ import annotations

import re
from typing import Final

from drivers.printer_status import Exchange, PrinterState, PrinterStatus, silent, status_of

HOST_STATUS: Final = b"~HS\r\n"
ERRORS_AND_WARNINGS: Final = b"~HQES\r\n"

_STRING = re.compile(rb"\x02([^\x02\x03]*)\x03")
_FLAGS = re.compile(rb"(ERRORS|WARNINGS):\s+([01])\s+([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{8})")

#: `~HQES` ERRORS, group 1: the bits that stop a label, and their words.
_ERROR_BITS: Final[tuple[tuple[int, PrinterState, str], ...]] = (
    (0x1, PrinterState.PAPER_OUT, "media out"),
    (0x2, PrinterState.RIBBON_OUT, "ribbon out"),
    (0x4, PrinterState.HEAD_OPEN, "head open"),
    (0x8, PrinterState.FAULTY, "cutter fault"),
    (0x10, PrinterState.FAULTY, "print head too hot"),
    (0x20, PrinterState.FAULTY, "motor too hot"),
    (0x40, PrinterState.FAULTY, "bad print head element"),
    (0x80, PrinterState.FAULTY, "print head not detected"),
    (0x10000, PrinterState.PAUSED, "paused"),
)
_KNOWN_ERRORS: Final = 0x100FF
_PAPER_LOW: Final = 0x8  # WARNINGS, group 1: paper near its end


def ask_zpl(exchange: Exchange) -> PrinterStatus:
    """Ask with `~HS`; some models do not answer it when something is wrong: then with `~HQES`."""
    answer = exchange(HOST_STATUS, lambda got: len(_STRING.findall(got)) >= 3)
    status = parse_host_status(answer)
    if status is not None:
        return status
    status = parse_errors(exchange(ERRORS_AND_WARNINGS, lambda got: b"\x03" in got and b"WARNINGS" in got))
    return status or silent(f"no answer to ~HS that makes sense, got {answer[:40]!r}" if answer else "no answer to ~HS and ~HQES")


def parse_host_status(answer: bytes) -> PrinterStatus | None:
    """Read the three strings that `~HS` answers; None when they are not all there or not as the guide says."""
    strings = [match.split(b",") for match in _STRING.findall(answer)]
    if len(strings) < 3 or len(strings[0]) < 12 or len(strings[1]) < 9:
        return None
    first, second = strings[0], strings[1]
    try:
        waiting = int(first[4]) + int(second[8])
        flags = {name: _flag(value) for name, value in (("paper", first[1]), ("pause", first[2]), ("full", first[5]), ("cold", first[10]),
                                                        ("hot", first[11]), ("head", second[2]), ("ribbon", second[3]))}  # fmt: skip
    except ValueError:
        return None
    return _host_status(flags, waiting)


def _flag(value: bytes) -> bool:
    if value not in (b"0", b"1"):
        raise ValueError(value)
    return value == b"1"


def _host_status(flags: dict[str, bool], waiting: int) -> PrinterStatus:
    means = {
        "paper": (PrinterState.PAPER_OUT, "paper out"),
        "pause": (PrinterState.PAUSED, "paused"),
        "full": (PrinterState.BUSY, "receive buffer full"),
        "cold": (PrinterState.FAULTY, "under temperature"),
        "hot": (PrinterState.FAULTY, "over temperature"),
        "head": (PrinterState.HEAD_OPEN, "head open"),
        "ribbon": (PrinterState.RIBBON_OUT, "ribbon out"),
    }
    wrong = [means[name] for name, is_set in flags.items() if is_set]
    return status_of({state for state, _ in wrong}, ", ".join(words for _, words in wrong), waiting)


def parse_errors(answer: bytes) -> PrinterStatus | None:
    """Read what `~HQES` answers; None when ERRORS and WARNINGS are not both there."""
    groups = {name: (flag == b"1", int(high, 16), int(low, 16)) for name, flag, high, low in _FLAGS.findall(answer)}
    if groups.keys() != {b"ERRORS", b"WARNINGS"}:
        return None
    any_error, high, low = groups[b"ERRORS"]
    wrong = [(state, words) for bit, state, words in _ERROR_BITS if low & bit]
    if any_error and (high or low & ~_KNOWN_ERRORS or not wrong):
        wrong.append((PrinterState.FAULTY, f"error {high:08X} {low:08X}"))
    paper_low = bool(groups[b"WARNINGS"][2] & _PAPER_LOW)
    return status_of({state for state, _ in wrong}, ", ".join(words for _, words in wrong), paper_low=paper_low)
