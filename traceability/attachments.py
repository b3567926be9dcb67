"""Photos and papers that belong to an event: what they are by their content, and how large one may be."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final, Literal

#: Bytes of one photo or paper.
LARGEST: Final = 10 * 1024 * 1024
LONGEST_NAME: Final = 100
MediaType = Literal["image/jpeg", "image/png", "application/pdf"]
Way = Literal["camera", "file"]

_STARTS: Final[tuple[tuple[bytes, MediaType], ...]] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file by its content: SHA-256 in hexadecimal, kind, size in bytes; `name` is for people only."""

    sha256: str
    media_type: MediaType
    size: int
    name: str


def media_type_of(content: bytes) -> MediaType | None:
    """Return what `content` is; its name is not asked. None: nothing that is kept here."""
    return next((kind for start, kind in _STARTS if content.startswith(start)), None)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 that names this content."""
    return hashlib.sha256(content).hexdigest()


def is_digest(text: str) -> bool:
    """Whether `text` can name content."""
    return _SHA256.fullmatch(text) is not None


def attachment_of(content: bytes, name: str) -> Attachment | str:
    """Return what is to be attached, or words on why it can't be: too large, empty, or no photo and no paper."""
    if not content:
        return "the file is empty"
    if len(content) > LARGEST:
        return f"the file has {len(content)} bytes; at most {LARGEST // 1024 // 1024} MB are kept"
    kind = media_type_of(content)
    if kind is None:
        return "the file is no JPEG, PNG or PDF by its content"
    shown = "".join(each for each in name if each.isprintable())[:LONGEST_NAME].strip()
    return Attachment(digest_of(content), kind, len(content), shown or "unnamed")
