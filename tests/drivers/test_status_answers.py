"""What printers answer, byte for byte, and what is made of it; nonsense never becomes READY."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.printer_status import PrinterState
from drivers.status_languages import Language, ask
from drivers.zpl_status import parse_errors, parse_host_status

# As in the examples of the ZPL II Programming Guide.
FINE = b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
PAPER_OUT = b"\x02014,1,0,0609,002,0,0,0,000,0,0,0\x03\r\n\x02000,0,1,0,0,2,4,0,00000003,1,000\x03\r\n\x021234,0\x03\r\n"
HQES = b"~HQES\r\n\r\n\x02\r\n  PRINTER STATUS\r\n   ERRORS:         1 00000000 00010005\r\n   WARNINGS:       1 00000000 00000008\r\n\x03"


class Printer:
    """Answers each query with what a table says, or nothing."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers = answers

    def __call__(self, query: bytes, _complete: Callable[[bytes], bool]) -> bytes:
        return self.answers.get(query.strip(), b"")


def test_host_status_of_a_printer_that_is_fine() -> None:
    status = ask(Language.ZPL, Printer({b"~HS": FINE}))
    assert (status.states, status.waiting) == ((PrinterState.READY,), 0)


def test_host_status_tells_all_that_is_wrong_and_how_much_waits() -> None:
    status = ask(Language.ZPL, Printer({b"~HS": PAPER_OUT}))
    assert status.states == (PrinterState.HEAD_OPEN, PrinterState.PAPER_OUT)
    assert status.waiting == 5
    assert not status.ready


def test_a_printer_silent_to_hs_is_asked_by_hqes() -> None:
    status = ask(Language.ZPL, Printer({b"~HQES": HQES}))
    assert status.states == (PrinterState.HEAD_OPEN, PrinterState.PAPER_OUT, PrinterState.PAUSED)
    assert status.paper_low


@pytest.mark.parametrize(("high", "low"), [("00000001", "00000000"), ("00000000", "00000000"), ("00000000", "01000000")])
def test_an_error_that_we_do_not_know_is_an_error(high: str, low: str) -> None:
    status = parse_errors(f"ERRORS: 1 {high} {low}\r\nWARNINGS: 0 00000000 00000000".encode())
    assert status is not None
    assert status.states == (PrinterState.FAULTY,)


@given(answer=st.binary(max_size=200))
def test_nonsense_is_not_understood(answer: bytes) -> None:
    assert parse_host_status(answer) is None
    assert parse_errors(answer) is None
    assert ask(Language.ZPL, Printer({b"~HS": answer})).state is PrinterState.UNKNOWN


@given(cut=st.integers(0, len(FINE) - 3))
def test_half_an_answer_is_no_answer(cut: int) -> None:
    assert parse_host_status(FINE[:cut]) is None


@given(place=st.integers(0, len(FINE) - 1), byte=st.integers(0, 255))
def test_a_flipped_byte_never_raises(place: int, byte: int) -> None:
    changed = FINE[:place] + bytes([byte]) + FINE[place + 1 :]
    status = parse_host_status(changed)
    assert status is None or status.states


def escpos(one: int, two: int, three: int, four: int) -> Printer:
    return Printer({b"\x10\x04" + bytes([n]): bytes([answer]) for n, answer in enumerate((one, two, three, four), start=1)})


@pytest.mark.parametrize(
    ("answers", "states"),
    [
        ((0x12, 0x12, 0x12, 0x12), (PrinterState.READY,)),
        ((0x1A, 0x16, 0x12, 0x12), (PrinterState.HEAD_OPEN,)),
        ((0x1A, 0x32, 0x12, 0x7E), (PrinterState.PAPER_OUT,)),
        ((0x1A, 0x12, 0x1A, 0x12), (PrinterState.FAULTY,)),
        ((0x1A, 0x12, 0x12, 0x12), (PrinterState.OFFLINE,)),
    ],
)
def test_escpos_answers(answers: tuple[int, int, int, int], states: tuple[PrinterState, ...]) -> None:
    assert ask(Language.ESCPOS, escpos(*answers)).states == states


def test_escpos_paper_near_its_end_is_still_ready() -> None:
    status = ask(Language.ESCPOS, escpos(0x12, 0x12, 0x12, 0x1E))
    assert (status.ready, status.paper_low) == (True, True)


@pytest.mark.parametrize("answer", [b"", b"\x00", b"\xff", b"\x14\x00\x00\x0f", b"hello"])
def test_escpos_noise_and_automatic_status_are_no_answer(answer: bytes) -> None:
    assert ask(Language.ESCPOS, Printer({b"\x10\x04" + bytes([n]): answer for n in (1, 2, 3, 4)})).state is PrinterState.UNKNOWN
