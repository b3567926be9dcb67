"""Bytes into scans, however they are split."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.frames import LIMIT_BYTES, Frame, Framer, Framing, Noise, Terminator

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def framer(clock: Clock | None = None, **settings: object) -> Framer:
    return Framer("dock", Framing.model_validate(settings), now=lambda: NOON, tick=clock or Clock())


def bodies(frames: tuple[Frame, ...]) -> list[tuple[bytes, Noise | None]]:
    return [(frame.data, frame.noise) for frame in frames]


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n"])
def test_any_line_end_ends_a_scan(ending: bytes) -> None:
    frames = framer().feed(b"]C110ABC" + ending + b"]d2\x1d17" + ending)
    assert frames == (Frame(b"]C110ABC", "dock", NOON), Frame(b"]d2\x1d17", "dock", NOON))


@pytest.mark.parametrize(
    ("terminator", "sent", "scans"),
    [
        (Terminator.CR, b"a\rb\r", [b"a", b"b"]),
        (Terminator.LF, b"a\rb\n", [b"a\rb"]),
        (Terminator.CRLF, b"a\rb\nc\r\n", [b"a\rb\nc"]),
        (Terminator.TAB, b"a\tb\t", [b"a", b"b"]),
        (Terminator.ETX, b"a\r\n\x03", [b"a\r\n"]),
        (Terminator.STX_ETX, b"\x02a\rb\x03\r\n\x02c\x03", [b"a\rb", b"c"]),
    ],
)
def test_terminators(terminator: Terminator, sent: bytes, scans: list[bytes]) -> None:
    assert bodies(framer(terminator=terminator).feed(sent)) == [(scan, None) for scan in scans]


@given(
    scans=st.lists(st.binary(min_size=1, max_size=60).filter(lambda scan: not set(scan) & set(b"\r\n\x02\x03\t")), max_size=8),
    cuts=st.lists(st.integers(0, 500)),
    terminator=st.sampled_from([Terminator.LINE, Terminator.CRLF, Terminator.TAB, Terminator.STX_ETX]),
)
def test_where_the_bytes_are_split_does_not_matter(scans: list[bytes], cuts: list[int], terminator: Terminator) -> None:
    begin, end = {Terminator.LINE: (b"", b"\r\n"), Terminator.CRLF: (b"", b"\r\n"), Terminator.TAB: (b"", b"\t")}.get(
        terminator, (b"\x02", b"\x03")
    )
    sent = b"".join(begin + scan + end for scan in scans)
    at = sorted({0, len(sent), *(cut for cut in cuts if cut < len(sent))})
    cutter = framer(terminator=terminator)
    frames = [frame for left, right in pairwise(at) for frame in cutter.feed(sent[left:right])]
    assert [frame.data for frame in frames] == scans
    assert cutter.end() == ()


@given(pieces=st.lists(st.binary(max_size=30)), terminator=st.sampled_from(Terminator))
def test_nothing_is_lost_in_silence(pieces: list[bytes], terminator: Terminator) -> None:
    cutter = framer(terminator=terminator)
    came = [frame.data for piece in pieces for frame in cutter.feed(piece)] + [frame.data for frame in cutter.end()]
    marks = b"\r\n\t\x02\x03 "
    assert b"".join(came).translate(None, marks) == b"".join(pieces).translate(None, marks)


def test_prefix_and_suffix_of_the_settings_come_off_and_the_aim_identifier_stays() -> None:
    assert bodies(framer(prefix="S1:", suffix="#").feed(b"S1:]C110A#\rB#1\r")) == [(b"]C110A", None), (b"B#1", None)]


def test_a_scan_over_8_kb_is_noise_with_its_beginning_and_the_next_one_is_read() -> None:
    cutter = framer()
    long = bytes(range(65, 91)) * 400
    frames = [frame for start in range(0, len(long), 64) for frame in cutter.feed(long[start : start + 64])]
    assert bodies(tuple(frames)) == [(long[:LIMIT_BYTES], Noise.TOO_LONG)]
    assert bodies(cutter.feed(b"tail\r\nnext\r\n")) == [(b"next", None)]


def test_a_scan_over_8_kb_in_one_piece_is_noise_too() -> None:
    assert bodies(framer().feed(b"x" * 10_000 + b"\rnext\r")) == [(b"x" * LIMIT_BYTES, Noise.TOO_LONG), (b"next", None)]


def test_a_terminator_split_at_the_end_of_a_scan_that_is_too_long_still_ends_it() -> None:
    cutter = framer(terminator="crlf")
    cutter.feed(b"z" * 9_000 + b"\r")
    assert bodies(cutter.feed(b"\nnext\r\n")) == [(b"next", None)]


def test_a_flood_without_end_costs_no_memory() -> None:
    cutter = framer(terminator="crlf")
    frames = [frame for _ in range(50) for frame in cutter.feed(b"z" * 100_000)]
    assert bodies(tuple(frames)) == [(b"z" * LIMIT_BYTES, Noise.TOO_LONG)]
    assert bodies(cutter.feed(b"\r\nnext\r\n")) == [(b"next", None)]


def test_half_a_scan_does_not_grow_together_with_the_next_one() -> None:
    clock = Clock()
    cutter = framer(clock)
    assert cutter.feed(b"LOT-12") == ()
    clock.seconds = 3.0
    assert bodies(cutter.feed(b"LOT-99\r")) == [(b"LOT-12", Noise.UNFINISHED), (b"LOT-99", None)]


def test_a_short_pause_inside_a_scan_does_no_harm() -> None:
    clock = Clock()
    cutter = framer(clock)
    cutter.feed(b"LOT-")
    clock.seconds = 1.9
    assert bodies(cutter.feed(b"99\r")) == [(b"LOT-99", None)]


def test_without_terminator_the_pause_ends_a_scan() -> None:
    clock = Clock()
    cutter = framer(clock, terminator="none", idle_seconds=0.1)
    assert cutter.feed(b"ABC") == ()
    clock.seconds = 0.05
    assert cutter.feed(b"DEF") == cutter.idle() == ()
    clock.seconds = 0.2
    assert bodies(cutter.idle()) == [(b"ABCDEF", None)]
    assert cutter.idle() == ()


def test_bytes_outside_stx_etx_are_told_as_noise() -> None:
    frames = framer(terminator="stx_etx").feed(b"boot ok\r\n\x02half\x02whole\x03stray\x03")
    assert bodies(frames) == [(b"boot ok", Noise.UNFRAMED), (b"half", Noise.UNFINISHED), (b"whole", None), (b"stray", Noise.UNFRAMED)]


def test_the_scanners_own_word_for_no_read_is_no_scan() -> None:
    assert bodies(framer(no_read=("NOREAD",)).feed(b"NOREAD\rNOREADS\r")) == [(b"NOREAD", Noise.NO_READ), (b"NOREADS", None)]


def test_what_is_left_when_the_link_goes_is_noise() -> None:
    cutter = framer()
    cutter.feed(b"LOT-1")
    assert bodies(cutter.end()) == [(b"LOT-1", Noise.UNFINISHED)]
    assert cutter.end() == ()
