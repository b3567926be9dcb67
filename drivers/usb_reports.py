"""HID-POS: the reports that a USB scanner in its proper mode sends (USB HID Point of Sale Usage Tables, section 5.1)."""

from __future__ import annotations

from typing import Final

from drivers.frames import LIMIT_BYTES, Noise

#: One report of scanned data: id, length, AIM identifier, 56 bytes of data, two of symbology, flags.
REPORT_BYTES: Final = 64
SCANNED_DATA: Final = 2
_MOST_DATA: Final = 56
_FLAGS: Final = 63
_MORE_FOLLOWS: Final = 0x01


class ReportReader:
    """Joins the reports of one scan; returns it as a scanner on a cable would send it, AIM identifier first."""

    def __init__(self) -> None:
        self._held = b""

    def take(self, report: bytes) -> tuple[bytes, Noise | None] | None:
        """Take one report; return the scan that it completes, and what is wrong with it if anything."""
        if len(report) < REPORT_BYTES or report[0] != SCANNED_DATA:
            return None  # about something else: battery, button, status
        if not self._held and report[2:3] == b"]":
            self._held = report[2:5]
        if len(self._held) <= LIMIT_BYTES:
            self._held += report[5 : 5 + min(report[1], _MOST_DATA)]
        return None if report[_FLAGS] & _MORE_FOLLOWS else self._whole(None)

    def end(self) -> tuple[bytes, Noise | None] | None:
        """The link is gone: return what was left over."""
        return self._whole(Noise.UNFINISHED)

    def _whole(self, noise: Noise | None) -> tuple[bytes, Noise | None] | None:
        scan, self._held = self._held, b""
        if len(scan) > LIMIT_BYTES:
            return scan[:LIMIT_BYTES], Noise.TOO_LONG
        return (scan, noise) if scan else None
