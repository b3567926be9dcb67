"""What the server may find to settle about an event that it took. The fact stands; a person looks."""

from __future__ import annotations

from enum import StrEnum

from sync.protocol import Finding
from traceability.refusals import Reason


class Exceptional(StrEnum):
    """Codes that only the server gives; where a station would say the same, its Reason is used."""

    VENDOR_UNKNOWN = "VENDOR_UNKNOWN"
    CUSTOMER_UNKNOWN = "CUSTOMER_UNKNOWN"
    CONTAINER_TWICE = "CONTAINER_TWICE"
    CARTON_TWICE = "CARTON_TWICE"
    LINE_UNKNOWN = "LINE_UNKNOWN"
    EVENT_UNKNOWN = "EVENT_UNKNOWN"
    CORRECTED_TWICE = "CORRECTED_TWICE"
    BARCODE_TAKEN = "BARCODE_TAKEN"
    NOT_REVERSED = "NOT_REVERSED"
    INPUTS_UNKNOWN = "INPUTS_UNKNOWN"
    INPUT_OVERSTATED = "INPUT_OVERSTATED"
    JOURNAL_FORK = "JOURNAL_FORK"
    FOUND_ELSEWHERE = "FOUND_ELSEWHERE"
    PIECE_TWICE = "PIECE_TWICE"


def finding(code: Exceptional | Reason, words: str) -> Finding:
    """Return one finding; `words` are a sentence for whoever settles it."""
    return Finding(code=code.value, words=words)
