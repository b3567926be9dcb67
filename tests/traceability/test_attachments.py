"""What may be attached is known by its content, never by its name."""

from __future__ import annotations

import hashlib

import pytest

from traceability.attachments import LARGEST, LONGEST_NAME, Attachment, attachment_of, is_digest

JPEG = b"\xff\xd8\xff\xe0 a photo \xff\xd9"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(JPEG, "image/jpeg"), (b"\x89PNG\r\n\x1a\n rest", "image/png"), (b"%PDF-1.7\n rest", "application/pdf")],
)
def test_its_kind_is_told_by_its_first_bytes(content: bytes, kind: str) -> None:
    assert attachment_of(content, "x.exe") == Attachment(hashlib.sha256(content).hexdigest(), kind, len(content), "x.exe")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"MZ\x90 a program called photo.jpg", "no JPEG, PNG or PDF"),
        (b" %PDF-1.7", "no JPEG, PNG or PDF"),
        (JPEG + b"\0" * (LARGEST - len(JPEG) + 1), "at most 10 MB"),
    ],
)
def test_what_is_none_is_refused_in_words(content: bytes, words: str) -> None:
    answer = attachment_of(content, "photo.jpg")
    assert isinstance(answer, str)
    assert words in answer


def test_the_largest_is_taken_and_a_name_is_made_fit_to_be_kept() -> None:
    full = attachment_of(JPEG + b"\0" * (LARGEST - len(JPEG)), "a\0b\n" + "x" * 300)
    assert isinstance(full, Attachment)
    assert full.name == "ab" + "x" * (LONGEST_NAME - 2)
    nameless = attachment_of(JPEG, "\n")
    assert isinstance(nameless, Attachment)
    assert nameless.name == "unnamed"


def test_only_64_hexadecimal_digits_name_content() -> None:
    assert is_digest("0" * 64)
    assert not any(map(is_digest, ("", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "../" + "0" * 61, "0" * 64 + "\n")))
