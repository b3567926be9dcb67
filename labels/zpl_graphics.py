"""Pictures as ^GF fields: hexadecimal with ZPL's own run-length letters, which every ZPL printer has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_RUN: Final = re.compile(r"(.)\1+")
_TWENTIES: Final = " ghijklmnopqrstuvwxyz"  # g is 20 times, z is 400 times
_ONES: Final = " GHIJKLMNOPQRSTUVWXY"  # G is once, Y is 19 times


def graphic(picture: Image) -> str:
    """Return ^GFA…: ink is darker than middle grey."""
    ink = picture.point(lambda grey: 255 if grey < 128 else 0, "1")
    across, data = (ink.width + 7) // 8, ink.tobytes()
    rows = [data[start : start + across].hex().upper() for start in range(0, len(data), across)]
    body = "".join(":" if number and row == rows[number - 1] else _shortened(row) for number, row in enumerate(rows))
    return f"^GFA,{len(data)},{len(data)},{across},{body}"


def _shortened(row: str) -> str:
    for filler, sign in (("0", ","), ("F", "!")):
        if row.endswith(filler):
            return _RUN.sub(_run, row.rstrip(filler)) + sign
    return _RUN.sub(_run, row)


def _run(found: re.Match[str]) -> str:
    times, digit = len(found[0]), found[1]
    most, rest = divmod(times, 400)
    twenties, ones = divmod(rest, 20)
    return "z" * most + _TWENTIES[twenties].strip() + _ONES[ones].strip() + digit
