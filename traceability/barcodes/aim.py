"""AIM identifiers: the three characters before the data by which a scanner says what kind of symbol it read.

ISO/IEC 15424: `]`, a letter for the symbology, and a modifier, as in ]C1.
"""

from __future__ import annotations

import re
from typing import Final

_PATTERN: Final = re.compile(r"\][A-Za-z][0-9A-F]")

#: Symbols whose first character says "GS1 elements follow". ]C0 never is one of them.
GS1: Final = frozenset({"]C1", "]e0", "]e1", "]e2", "]d2", "]d5", "]Q3", "]Q4", "]J1"})

#: EAN and UPC, with and without add-on; ITF whose check digit the scanner verified.
RETAIL: Final = frozenset({"]E0", "]E1", "]E2", "]E3", "]E4", "]I1"})

#: Two-dimensional symbols that may carry a web address: QR, Data Matrix, DotCode, Aztec, PDF417, Han Xin.
WEB: Final = frozenset("QdJzLh")

CODE_39: Final = "A"


def split(scan: str) -> tuple[str | None, int]:
    """Return the AIM identifier of `scan`, or None, and where its data start."""
    start = scan[:3]
    return (start, 3) if start in GS1 or _PATTERN.match(start) else (None, 0)
