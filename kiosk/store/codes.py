"""Barcodes' codes as they are stored and asked for."""

from __future__ import annotations

from traceability.barcodes.check_characters import mod10

_GTIN_LENGTHS = (8, 12, 13)


def spellings(code: str) -> tuple[str, ...]:
    """Return the code verbatim and, where it is a shorter GTIN, as the 14 digits that GS1 barcodes carry."""
    if code.isascii() and code.isdigit() and len(code) in _GTIN_LENGTHS and mod10(code[:-1]) == code[-1]:
        return (code, code.zfill(14))
    return (code,)
