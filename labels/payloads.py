"""Fields to the text of a barcode: GS1 element strings and ISO 15434 format 06 envelopes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from labels.label import Payload

GS: Final = "\x1d"
_RS: Final = "\x1e"
_EOT: Final = "\x04"

#: First two digits of the application identifiers whose length is predefined: no separator follows them
#: (GS1 General Specifications, figure 7.8.5-2).
_PREDEFINED: Final = frozenset({"00", "01", "02", "03", "04", *map(str, range(11, 21)), *map(str, range(31, 37)), "41"})


def gs1(fields: Sequence[tuple[str, str]]) -> Payload:
    """Return a GS1 element string; a separator stands after each field of variable length but the last."""
    text = ""
    for identifier, value in fields:
        text += identifier + value + ("" if identifier[:2] in _PREDEFINED else GS)
    return Payload(tuple(fields), text.removesuffix(GS), gs1=True)


def format_06(fields: Sequence[tuple[str, str]]) -> Payload:
    """Return an ISO 15434 envelope of format 06: data identifiers of ASC MH10.8.2, values verbatim."""
    body = GS.join(identifier + value for identifier, value in fields)
    return Payload(tuple(fields), f"[)>{_RS}06{GS}{body}{_RS}{_EOT}", gs1=False)


def plain(text: str) -> Payload:
    """Return a payload without fields: a command card, a badge."""
    return Payload((), text, gs1=False)
