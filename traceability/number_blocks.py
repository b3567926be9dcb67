"""Numbers that a station may give away offline: leased in blocks, so that no two stations give the same one."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Numbered(StrEnum):
    """What the numbers are for; each kind has blocks of its own."""

    LOT = "lot"
    SSCC = "sscc"


#: The kinds of work that give them away.
NUMBERED_IN: Final = {Numbered.LOT: frozenset({"receive", "produce"}), Numbered.SSCC: frozenset({"pack"})}

#: The last number that is ever given. Lots: nine digits, as many as a pattern's counter is padded to.
#: Cartons: what the shortest company prefix (4 digits) leaves of an SSCC, its extension digit included.
LAST_NUMBER: Final = {Numbered.LOT: 999_999_999, Numbered.SSCC: 10**13 - 1}
