"""A photo taken, or a file brought in, becomes an input for the rules: its bytes are on disk before any event speaks of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from kiosk.services.ports import Attachments, Camera, NoPicture
from traceability.attachments import Way, attachment_of
from traceability.refusals import Reason
from traceability.workflows.inputs import FileGiven
from traceability.workflows.step import ScanRef

PHOTO_NAME = "photo"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Photos:
    """The station's camera, where one is set up, and where photos and papers are kept."""

    kept_in: Attachments
    camera: Camera | None = None

    def photo(self, to_event: str | None, scan: ScanRef | None = None) -> FileGiven:
        """Take a photo for an event. StorageFailed where it can't be kept."""
        if to_event is None:
            return FileGiven("camera", reason=Reason.NOTHING_TO_ATTACH_TO, scan=scan)
        if self.camera is None:
            return FileGiven("camera", reason=Reason.NO_CAMERA, scan=scan)
        try:
            content = self.camera.take()
        except NoPicture as none:
            _log.warning("no photo: %s", none.words)
            return FileGiven("camera", reason=Reason.NO_PICTURE, scan=scan)
        return self.file(content, PHOTO_NAME, "camera", to_event, scan)

    def file(self, content: bytes, name: str, taken_by: Way, to_event: str | None, scan: ScanRef | None = None) -> FileGiven:
        """Keep a file for an event. StorageFailed where it can't be kept."""
        if to_event is None:
            return FileGiven(taken_by, reason=Reason.NOTHING_TO_ATTACH_TO, scan=scan)
        file = attachment_of(content, name)
        if isinstance(file, str):
            return FileGiven(taken_by, reason=Reason.FILE_UNUSABLE, about={"message": file}, scan=scan)
        self.kept_in.keep(content)
        return FileGiven(taken_by, file, to_event, scan=scan)
