"""Ask an ESC/POS printer how it is: DLE EOT 1 to 4, one byte each (Epson ESC/POS command reference)."""

from __future__ import annotations

from typing import Final

from drivers.printer_status import Exchange, PrinterState, PrinterStatus, silent, status_of

QUERIES: Final = tuple(b"\x10\x04" + bytes([n]) for n in (1, 2, 3, 4))

#: (which query, bit, state, words)
_BITS: Final[tuple[tuple[int, int, PrinterState, str], ...]] = (
    (2, 0x04, PrinterState.HEAD_OPEN, "cover open"),
    (2, 0x08, PrinterState.PAUSED, "being fed by its button"),
    (2, 0x20, PrinterState.PAPER_OUT, "paper end"),
    (3, 0x08, PrinterState.FAULTY, "cutter fault"),
    (3, 0x20, PrinterState.FAULTY, "unrecoverable fault"),
    (3, 0x40, PrinterState.FAULTY, "print head too hot"),
    (4, 0x60, PrinterState.PAPER_OUT, "no paper"),
)


def ask_escpos(exchange: Exchange) -> PrinterStatus:
    """Ask the four questions one by one, so that a byte can't be taken for the answer to another."""
    answers: list[int] = []
    for number, query in enumerate(QUERIES, start=1):
        got = [byte for byte in exchange(query, lambda got: any(map(_is_status, got))) if _is_status(byte)]
        if not got:
            return silent(f"no answer to DLE EOT {number}")
        answers.append(got[-1])
    return parse_status(answers)


def _is_status(byte: int) -> bool:
    """Bits 0, 1, 4 and 7 are fixed (0, 1, 1, 0): what does not look so is automatic status or noise."""
    return byte & 0b1001_0011 == 0b0001_0010


def parse_status(answers: list[int]) -> PrinterStatus:
    """Read the four bytes, in order."""
    wrong = [(state, words) for query, bit, state, words in _BITS if answers[query - 1] & bit]
    if answers[0] & 0x08 and not wrong:
        wrong.append((PrinterState.OFFLINE, "off line"))
    return status_of({state for state, _ in wrong}, ", ".join(words for _, words in wrong), paper_low=bool(answers[3] & 0x0C))
