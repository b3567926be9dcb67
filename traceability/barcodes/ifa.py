"""German pharmacy numbers: a PZN in Code 39, and the PPN that stands under 9N in a Data Matrix.

Source: IFA, technical information on the PZN (modulo 11) and on the PPN (modulo 97).
"""

from __future__ import annotations

import re
from typing import Final

from traceability.barcodes.flaws import Flaw, misread
from traceability.barcodes.reading import Element, Facts, Format, Misread, Reading

_SHAPE: Final = re.compile("-[0-9]{7,8}")
_PPN: Final = re.compile("11[0-9]{8}[0-9]{2}")
_ELEVEN: Final = 11


def looks_like_pzn(text: str) -> bool:
    """Tell whether `text` has the shape of a PZN: a minus sign and seven or eight digits."""
    return _SHAPE.fullmatch(text) is not None


def read(text: str, scan: str, aim: str | None, offset: int) -> Reading | Misread:
    """Read a PZN; `text` has its shape and starts at character `offset` of `scan`."""
    pzn = text[1:].zfill(8)
    expected = _check(pzn[:7])
    if expected == int(pzn[-1]):
        return Reading(scan, Format.IFA, (Element("PZN", pzn),), Facts(item=pzn), aim)
    wanted = f"expected {expected}" if expected < 10 else "no such number is given out"
    flaw = Flaw(f"The PZN's check digit is {pzn[-1]}, {wanted}.", len(text) - 1, len(text))
    return misread(flaw, text, scan, aim, offset, Format.IFA)


def pzn_of(ppn: str) -> str | None:
    """Return the PZN in a pharmacy product number (11, PZN, two check digits), or None where it is wrong."""
    if not _PPN.fullmatch(ppn):
        return None
    total = sum(ord(sign) * weight for weight, sign in enumerate(ppn[:-2], start=2))
    pzn = ppn[2:10]
    return pzn if total % 97 == int(ppn[-2:]) and _check(pzn[:7]) == int(pzn[-1]) else None


def _check(seven: str) -> int:
    return sum(int(digit) * weight for weight, digit in enumerate(seven, start=1)) % _ELEVEN
