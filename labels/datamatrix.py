"""DataMatrix (ECC 200): how large a symbol must be so that every printer's encoder can fill it (ISO/IEC 16022)."""

from __future__ import annotations

import re
from typing import Final

from labels.label import Payload

#: Side in modules of each square symbol, and the codewords that it holds.
_SQUARES: Final = (
    (10, 3), (12, 5), (14, 8), (16, 12), (18, 18), (20, 22), (22, 30), (24, 36), (26, 44), (32, 62), (36, 86), (40, 114),
    (44, 144), (48, 174), (52, 204), (64, 280), (72, 368), (80, 456), (88, 576), (96, 696), (104, 816),
)  # fmt: skip
_PAIR_OF_DIGITS: Final = re.compile(r"\d\d", re.ASCII)


def side(payload: Payload) -> int | None:
    """Return the modules of one side, or None when no symbol holds so much.

    Counted in the ASCII encodation, which every encoder has: a cleverer one has room to spare, none has too little.
    """
    needed = _codewords(payload)
    return next((modules for modules, holds in _SQUARES if needed <= holds), None)


def _codewords(payload: Payload) -> int:
    singles = _PAIR_OF_DIGITS.sub("0", payload.text)
    # A byte beyond ASCII takes two codewords; the notice that the text is UTF-8 (ECI 26) takes two more.
    beyond_ascii = sum(2 * len(character.encode()) - 1 for character in singles if character > "\x7f")
    return payload.gs1 + len(singles) + beyond_ascii + (2 if beyond_ascii else 0)
