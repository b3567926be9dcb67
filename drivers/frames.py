"""Cut the bytes of a scanner into scans, however they are split on the way: `[prefix][]cm]data[suffix]`."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

#: A longer scan is noise (PRODUCT, "Bad input"): the largest symbol, a QR code 40-L, holds 7089 digits.
LIMIT_BYTES: Final = 8192


class Noise(StrEnum):
    """Why a frame is no scan. It is delivered all the same: nothing that came from a scanner is dropped in silence."""

    TOO_LONG = "TOO_LONG"  # over 8 kB; the frame holds its beginning
    UNFINISHED = "UNFINISHED"  # the terminator never came: unplugged, or a pause that no scanner makes
    UNFRAMED = "UNFRAMED"  # bytes outside STX … ETX
    NO_READ = "NO_READ"  # the scanner's own word for "I could not read it"


@dataclass(frozen=True, slots=True)
class Frame:
    """One scan as it came, terminator and settings' prefix and suffix off; the AIM identifier, if any, still in `data`."""

    data: bytes
    device: str
    received_at: datetime  # UTC
    noise: Noise | None = None


class Terminator(StrEnum):
    """What ends a scan."""

    LINE = "line"  # CR, LF or CR LF: whatever the scanner was left at
    CR = "cr"
    LF = "lf"
    CRLF = "crlf"
    TAB = "tab"
    ETX = "etx"
    STX_ETX = "stx_etx"
    NONE = "none"  # a pause of `idle_seconds`, for scanners that can't be set


_ENDS: Final[dict[Terminator, re.Pattern[bytes]]] = {
    Terminator.LINE: re.compile(rb"[\r\n]"),
    Terminator.CR: re.compile(rb"\r"),
    Terminator.LF: re.compile(rb"\n"),
    Terminator.CRLF: re.compile(rb"\r\n"),
    Terminator.TAB: re.compile(rb"\t"),
    Terminator.ETX: re.compile(rb"\x03"),
    Terminator.STX_ETX: re.compile(rb"\x03"),
    Terminator.NONE: re.compile(rb"(?!)"),
}


class Framing(BaseModel):
    """How one scanner marks where a scan begins and ends."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    terminator: Terminator = Field(Terminator.LINE, description="what ends a scan")
    prefix: str = Field("", description="characters that the scanner puts before every scan; taken off")
    suffix: str = Field("", description="characters that it puts after the data, before the terminator; taken off")
    no_read: tuple[str, ...] = Field((), description="what it sends when it could not read (NOREAD, ERROR)")
    idle_seconds: float = Field(0.05, gt=0, le=5, description="with terminator none: the pause that ends a scan")
    stale_seconds: float = Field(2.0, gt=0, le=60, description="a longer pause inside a scan: its end was lost")


def utc_now() -> datetime:
    """Return the time that a frame is stamped with."""
    return datetime.now(UTC)


class Framer:
    """Collects the bytes of one link and returns each scan once it is whole. Not for use by two threads at a time."""

    def __init__(
        self,
        device: str,
        framing: Framing,
        now: Callable[[], datetime] = utc_now,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._device = device
        self._framing = framing
        self._now = now
        self._tick = tick
        self._end = _ENDS[framing.terminator]
        self._held = bytearray()
        self._skipping = False  # inside a scan that was reported as too long: wait for its end
        self._touched = tick()

    def feed(self, data: bytes) -> tuple[Frame, ...]:
        """Take the bytes that came; return the scans that they finish."""
        frames = list(self.idle())
        self._touched = self._tick()
        # A piece at a time, so that a flood costs no memory.
        for start in range(0, len(data), LIMIT_BYTES):
            self._held += data[start : start + LIMIT_BYTES]
            frames += self._finished()
        return tuple(frames)

    def idle(self) -> tuple[Frame, ...]:
        """Return what the pause until now ended: a scan without terminator, or the rest of one whose end was lost."""
        pause = self._tick() - self._touched
        if self._framing.terminator is Terminator.NONE:
            return self._flush(None) if pause >= self._framing.idle_seconds else ()
        return self.end() if pause >= self._framing.stale_seconds else ()

    def end(self) -> tuple[Frame, ...]:
        """The link is gone: return what was left over, as noise."""
        return self._flush(Noise.UNFINISHED)

    @property
    def patience_seconds(self) -> float:
        """How long a read may wait before `idle` must be asked."""
        return self._framing.idle_seconds if self._framing.terminator is Terminator.NONE else 0.2

    def _finished(self) -> list[Frame]:
        frames: list[Frame] = []
        begin = 0
        for match in self._end.finditer(self._held):
            frames += self._cut(bytes(self._held[begin : match.start()]))
            begin = match.end()
        del self._held[:begin]
        if len(self._held) > LIMIT_BYTES:
            frames += self._overrun()
        return frames

    def _cut(self, body: bytes) -> tuple[Frame, ...]:
        """One terminator was seen; `body` stands before it."""
        if self._skipping:
            self._skipping = False
            return ()
        if self._framing.terminator is Terminator.STX_ETX:
            return self._between_stx(body)
        return self._frame(body, None)

    def _between_stx(self, body: bytes) -> tuple[Frame, ...]:
        *before, data = body.split(b"\x02")
        if not before:
            return self._frame(data, Noise.UNFRAMED)
        strays = before[0].strip(b"\r\n \t")
        lost = [frame for piece in before[1:] for frame in self._frame(piece, Noise.UNFINISHED)]
        return (*self._frame(strays, Noise.UNFRAMED), *lost, *self._frame(data, None))

    def _overrun(self) -> tuple[Frame, ...]:
        already, self._skipping = self._skipping, True
        kept = bytes(self._held[:LIMIT_BYTES])
        del self._held[:-1]  # the last byte may be the first half of CR LF
        return () if already else self._frame(kept, Noise.TOO_LONG)

    def _flush(self, noise: Noise | None) -> tuple[Frame, ...]:
        body, skipped = bytes(self._held), self._skipping
        self._held.clear()
        self._skipping = False
        return () if skipped else self._frame(body, noise)

    def _frame(self, body: bytes, noise: Noise | None) -> tuple[Frame, ...]:
        if noise is None:
            body, noise = self._without_extras(body)
        if not body:
            return ()
        if len(body) > LIMIT_BYTES:
            body, noise = body[:LIMIT_BYTES], Noise.TOO_LONG
        return (Frame(body, self._device, self._now(), noise),)

    def _without_extras(self, body: bytes) -> tuple[bytes, Noise | None]:
        body = body.removeprefix(self._framing.prefix.encode()).removesuffix(self._framing.suffix.encode())
        unread = body.strip().decode("ascii", "replace") in self._framing.no_read
        return body, Noise.NO_READ if unread else None
