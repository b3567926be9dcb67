"""Ids that sort by time and need no server: UUID version 7 (RFC 9562, section 5.7)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

ENTROPY_BYTES: Final = 10
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def uuid7(at: datetime, entropy: bytes) -> str:
    """Return the UUIDv7 of a moment (UTC-aware, kept to the millisecond) and 10 random bytes."""
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError(f"a UUIDv7 takes {ENTROPY_BYTES} random bytes, got {len(entropy)}")
    milliseconds = (at - _EPOCH) // timedelta(milliseconds=1)
    number = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(entropy, "big")
    number = number & ~(0xF << 76) | 0x7 << 76  # version
    number = number & ~(0b11 << 62) | 0b10 << 62  # variant
    return str(UUID(int=number))


def sibling(known: str, number: int) -> str:
    """Return a further id of the same moment as `known` (a UUIDv7): for events that one step makes beside its main one."""
    whole = UUID(known).int
    tail = (whole + number) & (2**62 - 1)
    return str(UUID(int=whole & ~(2**62 - 1) | tail))
