"""Check digits and check characters: the arithmetic that tells a slipped finger from a real number."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "0123456789"
ALPHANUMERIC: Final = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

#: The 82 characters of GS1 data, in the order of ISO/IEC 646 (GS1 General Specifications, figure 7.11-1).
CSET82: Final = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_PAIR_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PAIR_MODULUS: Final = 1021


def mod10(digits: str) -> str:
    """Return the GS1 check digit that follows `digits` (ASCII digits; weights 3 and 1 from the right)."""
    codes = digits.encode("ascii")
    size = len(codes)
    # 48 is the code of "0"; it counts three times in every second place from the right, once in the others.
    total = 3 * sum(codes[-1::-2]) + sum(codes[-2::-2]) - 48 * (size + (size + 1) // 2 * 2)
    return DIGITS[-total % 10]


def mod37_36(text: str) -> str:
    """Return the ISO/IEC 7064 MOD 37,36 check character of `text` (A to Z and 0 to 9; KeyError for others)."""
    product = 36
    for character in text:
        total = (product + _ALPHANUMERIC_VALUE[character]) % 36 or 36
        product = total * 2 % 37
    return ALPHANUMERIC[(37 - product) % 36]


def mod97(text: str) -> int:
    """Return the ISO/IEC 7064 MOD 97-10 remainder of `text`, letters counting from A = 10 (1 is right in an IBAN)."""
    return int("".join(str(_ALPHANUMERIC_VALUE[character]) for character in text)) % 97


def check_pair(text: str) -> str:
    """Return the GS1 check character pair of `text` (CSET 82; at most 97 characters: there are no more weights).

    GS1 General Specifications, section 7.9.5: each character's place in CSET 82 times a prime, modulo 1021.
    """
    weights = _primes(len(text))[::-1]
    total = sum(CSET82.index(character) * weight for character, weight in zip(text, weights, strict=True))
    high, low = divmod(total % _PAIR_MODULUS, 32)
    return _PAIR_ALPHABET[high] + _PAIR_ALPHABET[low]


def _primes(count: int) -> list[int]:
    found: list[int] = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return found


_ALPHANUMERIC_VALUE: Final = {character: value for value, character in enumerate(ALPHANUMERIC)}
