"""A scanner that types, beside people who type."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.frames import LIMIT_BYTES, Frame, Noise
from drivers.scanners.keyboard_wedge import Heard, Options, Scanner, WedgeFramer
from drivers.wedge_keys import _PLAIN, _SHIFTED, F8, Key
from tests.drivers.listening import Station

ALT = 56


class Keys:
    """Somebody, or something, that presses keys at a pace."""

    def __init__(self, framer: WedgeFramer) -> None:
        self.framer = framer
        self.at = 100.0
        self.frames: list[Frame] = []
        self.typed = ""

    def hear(self, heard: Heard) -> None:
        self.frames += heard.frames
        self.typed += heard.typed

    def press(self, text: str, pace: float = 0.003, scan_code: int = 0, **modifiers: bool) -> None:
        self.at += pace
        self.hear(self.framer.feed(Key(text, scan_code, self.at, **modifiers)))

    def type(self, text: Iterable[str], pace: float = 0.003) -> None:
        for character in text:
            self.press(character, pace)

    def wait(self, seconds: float) -> None:
        self.at += seconds
        self.hear(self.framer.idle(self.at))

    @property
    def scans(self) -> list[tuple[bytes, Noise | None]]:
        return [(frame.data, frame.noise) for frame in self.frames]


def keys(**settings: object) -> Keys:
    return Keys(WedgeFramer("wedge", Options.model_validate(settings)))


@pytest.mark.parametrize("people_type", [False, True])
def test_a_scan_ends_at_its_terminator(people_type: bool) -> None:
    wedge = keys(people_type=people_type)
    wedge.type("]C1010952\x1d10LOT-1\r")
    wedge.type("SECOND\r")
    assert wedge.scans == [(b"]C1010952\x1d10LOT-1", None), (b"SECOND", None)]
    assert wedge.typed == ""


@pytest.mark.parametrize("people_type", [False, True])
def test_a_pause_inside_a_scan_does_not_cut_it(people_type: bool) -> None:
    wedge = keys(people_type=people_type)
    wedge.type("LOT-")
    wedge.wait(0.4)
    wedge.type("77\r")
    assert wedge.scans == [(b"LOT-77", None)]


def test_what_a_person_types_is_left_to_the_screen() -> None:
    wedge = keys(people_type=True)
    wedge.type("LOT", pace=0.09)
    wedge.wait(0.06)
    assert wedge.typed == "LOT"
    wedge.type("7\r", pace=0.09)
    wedge.wait(0.06)
    assert wedge.typed == "LOT7\r"
    assert wedge.scans == []


def test_a_scan_between_typed_keys_is_told_apart() -> None:
    wedge = keys(people_type=True)
    wedge.type("ab", pace=0.08)
    wedge.at += 0.08
    wedge.type("LOT-1\r")
    wedge.at += 0.08
    wedge.type("c\r", pace=0.08)
    wedge.wait(0.06)
    assert (wedge.scans, wedge.typed) == ([(b"LOT-1", None)], "abc\r")


def test_a_key_held_down_is_no_scan() -> None:
    wedge = keys(people_type=True)
    wedge.press("a", 0.5)
    for _ in range(20):
        wedge.press("a", 0.02, repeated=True)
    assert (wedge.scans, wedge.typed) == ([], "a" * 21)


def test_when_only_scanners_type_pace_does_not_matter() -> None:
    wedge = keys()
    wedge.type("A1\r", pace=0.3)
    assert wedge.scans == [(b"A1", None)]


def test_half_a_scan_is_noise_and_does_not_stick_to_the_next() -> None:
    wedge = keys(people_type=True)
    wedge.type("HALF")
    wedge.wait(2.5)
    wedge.type("WHOLE\r")
    assert wedge.scans == [(b"HALF", Noise.UNFINISHED), (b"WHOLE", None)]


@pytest.mark.parametrize("text", ["\x1d", "]"])
def test_gs_comes_as_control_and_bracket(text: str) -> None:
    wedge = keys()
    wedge.type("10A")
    wedge.press(text, control=True, scan_code=27)
    wedge.type("17\r")
    assert wedge.scans == [(b"10A\x1d17", None)]


def test_gs_comes_as_f8() -> None:
    wedge = keys()
    wedge.type("10A")
    wedge.press("", scan_code=F8)
    wedge.type("17\r")
    assert wedge.scans == [(b"10A\x1d17", None)]


@pytest.mark.parametrize("code", ["029", "0029"])
def test_gs_comes_as_an_alt_code(code: str) -> None:
    wedge = keys()
    wedge.type("10A")
    wedge.press("", scan_code=ALT, alt=True)
    for digit in code:
        wedge.press(digit, alt=True)
    wedge.hear(wedge.framer.release_alt(wedge.at))
    wedge.type("17\r")
    assert wedge.scans == [(b"10A\x1d17", None)]


def test_a_scanner_that_sends_all_by_alt_codes() -> None:
    wedge = keys()
    for character in "]C1Ab\x1d\r":
        for digit in f"{ord(character):03}":
            wedge.press(digit, alt=True)
        wedge.hear(wedge.framer.release_alt(wedge.at))
    assert wedge.scans == [(b"]C1Ab\x1d", None)]


def test_a_german_host_is_repaired_by_the_place_of_the_keys() -> None:
    wedge = keys(decode_as="us")
    german = {"z": "y", "y": "z", "-": "ß", "]": "+", "Z": "Y", "_": "?"}
    for character in "]Zy-_":
        shift = character in _SHIFTED.values() and character not in _PLAIN.values()
        code = next(code for code, text in (_SHIFTED if shift else _PLAIN).items() if text == character)
        wedge.press(german.get(character, character), scan_code=code, shift=shift)
    wedge.press("+", scan_code=27, control=True)
    wedge.press("\r", scan_code=28)
    assert wedge.scans == [(b"]Zy-_\x1d", None)]


def test_the_hosts_layout_where_the_scanner_is_set_to_it() -> None:
    wedge = keys(decode_as="host")
    wedge.press("ö", scan_code=39)
    wedge.press("\r", scan_code=28)
    assert wedge.scans == [("ö".encode(), None)]


def test_a_person_types_in_the_hosts_layout_all_the_same() -> None:
    wedge = keys(decode_as="us", people_type=True)
    wedge.press("z", 0.2, scan_code=21)
    wedge.press("ö", 0.2, scan_code=39)
    wedge.wait(0.2)
    assert wedge.typed == "zö"


def test_a_flood_is_noise() -> None:
    wedge = keys()
    wedge.type("z" * 10_000 + "\rOK\r", pace=0.0005)
    assert wedge.scans == [(b"z" * LIMIT_BYTES, Noise.TOO_LONG), (b"OK", None)]


@given(
    pressed=st.lists(st.tuples(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=1), st.floats(0.0005, 4))),
    people_type=st.booleans(),
)
def test_no_key_is_lost(pressed: list[tuple[str, float]], people_type: bool) -> None:
    wedge = keys(people_type=people_type)
    for character, pace in pressed:
        wedge.press(character, pace)
    wedge.wait(10)
    heard = sorted(b"".join(frame.data for frame in wedge.frames).decode() + wedge.typed)
    assert heard == sorted(character for character, _ in pressed)


def test_a_wedge_runs_like_any_scanner() -> None:
    scanner = Scanner("wedge", Options())
    with Station(scanner) as station:
        station.wait_ready()
        assert [scanner.press(Key(text, 0, 1.0)) for text in "LOT\r"] == [""] * 4
        assert station.wait_scans(1) == [b"LOT"]
