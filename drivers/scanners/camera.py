"""A camera as a scanner: frames of a USB camera, an MJPEG stream or a video; a code counts once two frames agree on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault
from drivers.frames import Frame, utc_now
from drivers.pictures import EVERY, Barcode, Decoder, Picture, Symbology

if TYPE_CHECKING:
    import cv2
    from cv2.typing import MatLike

#: A camera that gives no picture for so long is gone; single frames do get lost.
LOST_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 0.02
_STREAM_MILLISECONDS: Final = 3000


class Options(BaseModel):
    """Which camera, and what it looks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(
        min_length=1, description="0 for the first camera, /dev/video2, http://…/stream.mjpg, a video, or pictures: shots/%04d.png"
    )
    symbologies: tuple[Symbology, ...] = Field((), description="only these, which is quicker and surer; empty means all")
    agreeing_frames: int = Field(2, ge=1, le=10, description="how many frames must agree on a code")
    forget_seconds: float = Field(1.5, gt=0, le=60, description="a code out of sight for so long counts again when it comes back")


class Sightings:
    """Which codes are in sight: each is told once, when enough frames agree, and again only after it was away."""

    def __init__(self, agreeing_frames: int, forget_seconds: float) -> None:
        self._agreeing = agreeing_frames
        self._forget_seconds = forget_seconds
        self._seen: dict[tuple[Symbology, bytes], tuple[int, float]] = {}

    def look(self, barcodes: tuple[Barcode, ...], at: float) -> tuple[Barcode, ...]:
        """Take what one frame showed at `at` seconds; return the codes that have just become sure."""
        self._seen = {key: (count, seen) for key, (count, seen) in self._seen.items() if at - seen < self._forget_seconds}
        sure = []
        for barcode in {(each.symbology, each.data): each for each in barcodes}.values():
            key = (barcode.symbology, barcode.data)
            count = self._seen.get(key, (0, at))[0] + 1
            self._seen[key] = (count, at)
            if count == self._agreeing:
                sure.append(barcode)
        return tuple(sure)


class Scanner:
    """One camera."""

    def __init__(self, name: str, options: Options, decoder: Decoder | None = None, tick: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self._options = options
        self._decoder = decoder
        self._tick = tick
        self._wanted = frozenset(options.symbologies) or EVERY
        self._sightings = Sightings(options.agreeing_frames, options.forget_seconds)
        self._capture: cv2.VideoCapture | None = None
        self._last_picture_at = tick()

    def open(self) -> None:
        """Start the camera."""
        self.close()
        capture = _capture_of(self._options.source)
        if not capture.isOpened():
            capture.release()
            raise DeviceError(self.name, Fault.NOT_FOUND, f"no camera, stream or video at {self._options.source}")
        self._capture = capture
        self._last_picture_at = self._tick()

    def read(self) -> tuple[Frame, ...]:
        """Look at the next frame; return the codes of which it made sure."""
        if self._capture is None:
            raise DeviceError(self.name, Fault.DISCONNECTED, "not open")
        got, picture = self._capture.read()
        now = self._tick()
        if not got:
            if now - self._last_picture_at >= LOST_SECONDS:
                raise DeviceError(self.name, Fault.DISCONNECTED, "no more pictures come")
            time.sleep(_PAUSE_SECONDS)
            return ()
        self._last_picture_at = now
        sure = self._sightings.look(self._decode(_grey(picture)), now)
        return tuple(Frame(barcode.scan, self.name, utc_now()) for barcode in sure)

    def close(self) -> None:
        """Stop the camera."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _decode(self, picture: Picture) -> tuple[Barcode, ...]:
        if self._decoder is None:
            from drivers.decoders.zxing import Decoder as Zxing

            self._decoder = Zxing()  # 15 ms for a frame of 1080 lines; there is always a next frame, which beats trying harder
        return self._decoder.decode(picture, self._wanted)


def _capture_of(source: str) -> cv2.VideoCapture:
    import cv2

    # It would write to standard error at every retry; the fault says it once.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    if source.isdigit():
        return cv2.VideoCapture(int(source))
    if "://" in source:
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _STREAM_MILLISECONDS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _STREAM_MILLISECONDS]
        return cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
    return cv2.VideoCapture(source)


def _grey(picture: MatLike) -> Picture:
    import cv2
    import numpy as np

    return np.asarray(picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
