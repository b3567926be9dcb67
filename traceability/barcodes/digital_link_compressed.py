"""The compressed form of a GS1 Digital Link: elements packed into bits, written in file-safe base 64 (https://id.gs1.org/AQnYUc1gmg).

Each element is its AI in decimal digits of four bits, then its value: digits as one binary number, text by the narrowest of
five encodings, lengths before what varies. A byte with a hexadecimal letter stands for a common row of AIs. Source: GS1
Digital Link Standard, Compression.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from traceability.barcodes import gs1_checks
from traceability.barcodes.gs1_fields import AI_LENGTHS, FIELDS
from traceability.barcodes.reading import Element

_BASE64: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_HEX: Final = "0123456789ABCDEF"
_SEXTETS: Final = {sign: value for value, sign in enumerate(_BASE64)}
_TEXT_ALPHABETS: Final = {1: (_HEX.lower(), 4), 2: (_HEX, 4), 3: (_BASE64, 6), 4: ("".join(map(chr, range(128))), 7)}
_LONGEST: Final = 2000  # sextets; 64 elements of the longest kind need fewer

#: Rows of AIs that one byte stands for. `n` is the last digit of a family, counted on in the byte's last hexadecimal digit.
_ROWS: Final = """
0A 01 22 | 0B 01 10 | 0C 01 21 | 0D 01 17 | 0E 01 7003 | 0F 01 30 | 1A 01 10 21 17 | 1B 01 15 | 1C 01 11 | 1D 01 16 | 1E 01 91
1F 01 10 15 | 9A 8010 8011 | 9B 8017 8019 | 9C 8018 8019 | 9D 414 254
2A 01 310n6 | 3A 01 320n6 | A0 01 392n10 | C0 255 390n10 | CA 255 394n4
"""


def _rows() -> dict[int, tuple[str, ...]]:
    rows: dict[int, tuple[str, ...]] = {}
    for words in (part.split() for line in _ROWS.strip().splitlines() for part in line.split("|")):
        first, *identifiers = words
        family, _, count = identifiers[-1].partition("n")
        for step in range(int(count or 1)):
            last = f"{family}{step}" if count else family
            rows[int(first, 16) + step] = (*identifiers[:-1], last)
    return rows


_BY_CODE: Final = _rows()
# Longer rows are tried first when packing.
_CODES: Final = sorted(_BY_CODE.items(), key=lambda row: -len(row[1]))


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of characters as it is packed: digits or text, of one length or up to `size`."""

    digits: bool
    fixed: bool
    size: int


def _parts(identifier: str) -> tuple[_Part, ...]:
    """Return how the standard packs a value: neighbouring components of one kind count as one."""
    parts: list[_Part] = []
    for component in FIELDS[identifier].components:
        part = _Part(component.checks[0] is gs1_checks.digits, component.least == component.most and not component.optional, component.most)
        last = parts[-1] if parts else None
        joins = last is not None and last.digits == part.digits and (last.fixed == part.fixed or not part.digits)
        if last is not None and joins:
            parts[-1] = _Part(part.digits, part.fixed and last.fixed, last.size + part.size)
        else:
            parts.append(part)
    return tuple(parts)


def _length_bits(most: int) -> int:
    return math.ceil(math.log2(most) + 0.01)


def _number_bits(digits: int) -> int:
    return math.ceil(digits * math.log2(10) + 0.01)


class _Bits:
    """A row of bits, read from the left. Past the end it yields zeros and `over` tells so."""

    def __init__(self, text: str) -> None:
        self._value = 0
        for sign in text:
            self._value = self._value << 6 | _SEXTETS[sign]
        self.left = 6 * len(text)
        self.over = False

    def take(self, count: int) -> int:
        self.left -= count
        if self.left < 0:
            self.over, self.left = True, 0
            return 0
        found = self._value >> self.left
        self._value &= (1 << self.left) - 1
        return found

    def is_padding(self) -> bool:
        return self.left < 6 and self._value == 0


def unpack(text: str) -> tuple[Element, ...] | None:
    """Return the elements packed in a path segment, unchecked but for their packing; None where it is no such thing."""
    if not text or len(text) > _LONGEST or not _SEXTETS.keys() >= set(text):
        return None
    bits = _Bits(text)
    found: list[Element] = []
    while not bits.is_padding():
        identifiers = _next_identifiers(bits)
        if identifiers is None:
            return None
        for identifier in identifiers:
            value = _value(bits, identifier)
            if value is None or bits.over:
                return None
            found.append(Element(identifier, value))
    return tuple(found)


def _next_identifiers(bits: _Bits) -> tuple[str, ...] | None:
    code = bits.take(8)
    if code >> 4 == 0xF:
        return () if _pass_over_extension(bits, code) else None
    start = f"{code:02X}"
    if code in _BY_CODE:
        return _BY_CODE[code]
    further = "".join(f"{bits.take(4):X}" for _ in range(AI_LENGTHS.get(start, 2) - 2))
    return (start + further,) if start + further in FIELDS else None


def _pass_over_extension(bits: _Bits, code: int) -> bool:
    """Pass over a query word that is no GS1 element: its name's length (7 bits, four of them in `code`), name, value."""
    bits.take(6 * ((code & 0xF) << 3 | bits.take(3)))
    encoding = bits.take(3)
    return _text(bits, encoding, bits.take(7)) is not None and not bits.over


def _value(bits: _Bits, identifier: str) -> str | None:
    value = ""
    for part in _parts(identifier):
        encoding = 0 if part.digits else bits.take(3)
        size = part.size if part.fixed else bits.take(_length_bits(part.size))
        text = _text(bits, encoding, size)
        if text is None:
            return None
        value += text
    return value


def _text(bits: _Bits, encoding: int, size: int) -> str | None:
    if encoding == 0:
        number = str(bits.take(_number_bits(size)))
        if len(number) > size:
            return "" if size == 0 and number == "0" else None
        return number.zfill(size)
    if encoding not in _TEXT_ALPHABETS:
        return None
    alphabet, width = _TEXT_ALPHABETS[encoding]
    return "".join(alphabet[bits.take(width)] for _ in range(size))


def pack(elements: Sequence[Element]) -> str:
    """Return the path segment that carries `elements`, which must be right: `unpack` gives them back, in another order."""
    waiting = {element.identifier: element.value for element in elements}
    bits = ""
    for code, row in _CODES:
        if all(identifier in waiting for identifier in row):
            bits += f"{code:08b}" + "".join(_packed(identifier, waiting.pop(identifier)) for identifier in row)
    for identifier, value in waiting.items():
        bits += "".join(f"{int(digit):04b}" for digit in identifier) + _packed(identifier, value)
    bits += "0" * (-len(bits) % 6)
    return "".join(_BASE64[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))


def _packed(identifier: str, value: str) -> str:
    bits, at = "", 0
    for part in _parts(identifier):
        text = value[at : at + part.size]
        at += len(text)
        encoding = 0 if part.digits else _narrowest(text)
        bits += "" if part.digits else f"{encoding:03b}"
        bits += "" if part.fixed else f"{len(text):0{_length_bits(part.size)}b}"
        bits += _packed_text(text, encoding)
    return bits


def _narrowest(text: str) -> int:
    if not text:
        return 4  # as a number, even nothing takes a bit
    if not text.strip("0123456789"):
        return 0
    return next(encoding for encoding, (alphabet, _) in _TEXT_ALPHABETS.items() if set(text) <= set(alphabet))


def _packed_text(text: str, encoding: int) -> str:
    if encoding == 0:
        return f"{int(text or '0'):0{_number_bits(len(text))}b}"
    alphabet, width = _TEXT_ALPHABETS[encoding]
    return "".join(f"{alphabet.index(sign):0{width}b}" for sign in text)
