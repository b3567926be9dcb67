"""A camera that takes one photo when it is asked: a USB camera or a stream, opened for the moment of the photo only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from drivers.faults import DeviceError, Fault

if TYPE_CHECKING:
    import cv2
    from cv2.typing import MatLike

#: The first pictures of a camera that has just woken are dark.
WARM_UP_PICTURES: Final = 5
LONGEST_SIDE: Final = 2560  # pixels: a label can be read on it, and it stays far below what is kept at most
_QUALITY: Final = 85
_STREAM_MILLISECONDS: Final = 3000


@dataclass(frozen=True, slots=True)
class PhotoCamera:
    """One camera. `source`: 0 for the first camera, /dev/video2, http://…/stream.mjpg."""

    name: str
    source: str

    def take(self) -> bytes:
        """Return a JPEG of what it sees now; raise DeviceError where it shows nothing."""
        import cv2

        picture = self._picture()
        longest = max(picture.shape[:2])
        if longest > LONGEST_SIDE:
            scale = LONGEST_SIDE / longest
            picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        done, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        if not done:
            raise DeviceError(self.name, Fault.FAILED, "its picture can't be made a JPEG")
        return encoded.tobytes()

    def _picture(self) -> MatLike:
        import cv2

        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)  # the fault says it once
        capture = self._capture()
        try:
            if not capture.isOpened():
                raise DeviceError(self.name, Fault.NOT_FOUND, f"no camera or stream at {self.source}")
            last: MatLike | None = None
            for _ in range(WARM_UP_PICTURES):
                got, picture = capture.read()
                last = picture if got else last
            if last is None:
                raise DeviceError(self.name, Fault.TIMED_OUT, "it gives no picture")
            return last
        finally:
            capture.release()

    def _capture(self) -> cv2.VideoCapture:
        import cv2

        if self.source.isdigit():
            return cv2.VideoCapture(int(self.source))
        if "://" in self.source:
            limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _STREAM_MILLISECONDS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _STREAM_MILLISECONDS]
            return cv2.VideoCapture(self.source, cv2.CAP_FFMPEG, limits)
        return cv2.VideoCapture(self.source)
