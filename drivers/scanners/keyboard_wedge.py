"""Scanners that type: their keys are told from a person's, and framed by terminator. The screen's event filter feeds it."""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault
from drivers.frames import Frame, Framer, Framing, Terminator, utc_now
from drivers.wedge_keys import Key, KeyReader

#: So many keys in a row at a scanner's pace are a scan: people roll two keys, hardly ever three.
CERTAIN_KEYS: Final = 3
_ENDS: Final = {Terminator.LINE: "\r\n", Terminator.CR: "\r", Terminator.LF: "\n", Terminator.TAB: "\t"}


class Options(BaseModel):
    """How the scanner types, and whether people type at this station too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    framing: Framing = Field(Framing(), description="what begins and ends a scan; terminator line, cr, lf, tab or none")
    people_type: bool = Field(False, description="a keyboard is in use as well: what is typed slowly is left to the screen")
    human_gap_seconds: float = Field(0.025, gt=0, le=0.5, description="a longer gap between two keys is a person's")
    decode_as: Literal["host", "us"] = Field(
        "us", description="us: read keys by place, as a US scanner means them; host: by the host's layout"
    )
    f8_is_gs: bool = Field(True, description="the F8 key stands for GS, as some scanners send it")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a key led to: scans that are whole, and what a person typed, which the screen may have."""

    frames: tuple[Frame, ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class _Press:
    scanned: str  # what it means if a scanner pressed it
    typed: str  # and if a person did: the host's layout counts


class WedgeFramer:
    """Key presses into scans. Pure: the times are in the keys."""

    def __init__(self, device: str, options: Options, now: Callable[[], datetime] = utc_now) -> None:
        self._options = options
        self._keys = KeyReader(options.decode_as == "us", options.f8_is_gs)
        self._at = float("-inf")
        self._framer = Framer(device, options.framing, now, tick=lambda: self._at)
        self._held: list[_Press] = []  # keys of which it is not known yet whose they are
        self._in_scan = False

    def feed(self, key: Key) -> Heard:
        """Take one key press."""
        before = self.idle(key.at)
        self._at = key.at
        text = self._keys.characters(key)
        after = self._take(_Press(text, key.text), key.repeated) if text else Heard()
        return Heard(before.frames + after.frames, before.typed + after.typed)

    def release_alt(self, at: float) -> Heard:
        """The Alt key went up."""
        before = self.idle(at)
        text = self._keys.release_alt()
        if not text:
            return before
        self._at = at
        after = self._take(_Press(text, text), repeated=False)
        return Heard(before.frames + after.frames, before.typed + after.typed)

    def idle(self, at: float) -> Heard:
        """Nothing came until `at` (seconds, monotonic): let go of what can't become a scan any more."""
        typed = ""
        frames: tuple[Frame, ...] = ()
        if self._held and at - self._at > self._options.human_gap_seconds:
            typed = self._let_go()
        if self._in_scan or not self._options.people_type:
            last, self._at = self._at, at
            frames = self._framer.idle()
            self._at = last
            self._in_scan = self._in_scan and not frames
        return Heard(frames, typed)

    def _take(self, press: _Press, repeated: bool) -> Heard:
        if self._in_scan or not self._options.people_type:
            return self._scanned(press.scanned)
        self._held.append(press)
        scanned = "".join(each.scanned for each in self._held)
        prefix = self._options.framing.prefix
        if repeated:
            return Heard(typed=self._let_go())
        if len(self._held) >= CERTAIN_KEYS or (prefix and scanned.startswith(prefix)):
            self._held.clear()
            self._in_scan = True
            return self._scanned(scanned)
        return Heard(typed=self._let_go()) if self._ends(press.scanned) else Heard()

    def _let_go(self) -> str:
        typed = "".join(each.typed for each in self._held)
        self._held.clear()
        return typed

    def _scanned(self, text: str) -> Heard:
        frames = self._framer.feed(text.encode("utf-8", "surrogatepass"))
        if self._ends(text):
            self._in_scan = False
        return Heard(frames)

    def _ends(self, text: str) -> bool:
        return text[-1] in _ENDS.get(self._options.framing.terminator, "")


class Scanner:
    """A wedge as an ordinary scanner: keys go in where the screen's thread is, scans come out where the runner's is."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self._framer = WedgeFramer(name, options)
        self._frames: queue.SimpleQueue[Frame] = queue.SimpleQueue()
        self._is_open = False

    def press(self, key: Key) -> str:
        """Take one key press; return what a person typed, to be passed on."""
        return self._queue(self._framer.feed(key))

    def release_alt(self, at: float) -> str:
        """The Alt key went up; as `press`."""
        return self._queue(self._framer.release_alt(at))

    def idle(self, at: float) -> str:
        """Call every 50 ms or so; as `press`."""
        return self._queue(self._framer.idle(at))

    def open(self) -> None:
        """Nothing to reach: the keys come by themselves."""
        self._is_open = True

    def read(self) -> tuple[Frame, ...]:
        """Wait a moment for a scan."""
        if not self._is_open:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        try:
            return (self._frames.get(timeout=0.2),)
        except queue.Empty:
            return ()

    def close(self) -> None:
        """Scans that nobody has read yet stay for the next `read`."""
        self._is_open = False

    def _queue(self, heard: Heard) -> str:
        for frame in heard.frames:
            self._frames.put(frame)
        return heard.typed
