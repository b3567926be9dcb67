"""Key presses of a keyboard wedge into the characters that the scanner meant, whatever layout the host has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GS: Final = "\x1d"
F8: Final = 66  # evdev: some scanners send GS as this key

# Linux evdev key codes; the first 83 are PC scan codes of set 1 as well, which Windows reports.
_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
    (28, "\r", "\r"),
    (15, "\t", "\t"),
    (96, "\r", "\r"),
)
_KEYPAD: Final = {71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0",
                  55: "*", 74: "-", 78: "+", 83: ".", 98: "/"}  # fmt: skip
_PLAIN: Final = {code + place: text for code, row, _ in _ROWS for place, text in enumerate(row)} | _KEYPAD
_SHIFTED: Final = {code + place: text for code, _, row in _ROWS for place, text in enumerate(row)} | _KEYPAD


@dataclass(frozen=True, slots=True)
class Key:
    """One key press as the window system reports it."""

    text: str  # what the host's layout makes of it; may be empty
    scan_code: int  # evdev code: on X11 and Wayland the native scan code less 8, on Windows as it is
    at: float  # seconds, monotonic
    shift: bool = False
    control: bool = False
    alt: bool = False
    repeated: bool = False  # held down: no scanner does that


class KeyReader:
    """Gives each key's character; remembers a code that is being typed with Alt held (Alt+029 is GS)."""

    def __init__(self, as_us: bool, f8_is_gs: bool) -> None:
        self._as_us = as_us
        self._f8_is_gs = f8_is_gs
        self._code = ""

    def characters(self, key: Key) -> str:
        """Return what `key` adds: nothing for a modifier or a digit of an unfinished Alt code."""
        text = self._text(key)
        if key.alt and len(text) == 1 and text in "0123456789":
            self._code += text
            # Four digits where the first is a zero (Alt+0029), three otherwise; a three-digit 029 ends with the Alt key.
            return self.release_alt() if len(self._code) == 4 or (len(self._code) == 3 and self._code[0] != "0") else ""
        return self.release_alt() + text

    def release_alt(self) -> str:
        """The Alt key went up, or a key came without it: return the character that the code stands for."""
        code, self._code = self._code, ""
        return bytes([int(code)]).decode("cp1252", "replace") if code and int(code) < 256 else code

    def _text(self, key: Key) -> str:
        if key.scan_code == F8 and self._f8_is_gs:
            return GS
        text = key.text
        if self._as_us:
            # Keys that a US keyboard lacks keep the host's character.
            text = (_SHIFTED if key.shift else _PLAIN).get(key.scan_code, key.text)
        if key.control and len(text) == 1 and "@" <= text.upper() <= "_":
            return chr(ord(text.upper()) & 0x1F)
        return text
