"""Fields to the text of a barcode: GS1 element strings and ISO 15434 format 06 envelopes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from labels.label import Payload
from traceability.barcodes.gs1 import write
from traceability.barcodes.reading import Element

GS: Final = "\x1d"
_RS: Final = "\x1e"
_EOT: Final = "\x04"


def gs1(fields: Sequence[tuple[str, str]]) -> Payload:
    """Return a GS1 element string; the fields must have been checked."""
    return Payload(tuple(fields), write([Element(identifier, value) for identifier, value in fields]), gs1=True)


def format_06(fields: Sequence[tuple[str, str]]) -> Payload:
    """Return an ISO 15434 envelope of format 06: data identifiers of ASC MH10.8.2, values verbatim."""
    body = GS.join(identifier + value for identifier, value in fields)
    return Payload(tuple(fields), f"[)>{_RS}06{GS}{body}{_RS}{_EOT}", gs1=False)


def plain(text: str) -> Payload:
    """Return a payload without fields: a command card, a badge."""
    return Payload((), text, gs1=False)
