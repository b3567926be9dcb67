"""Picture files into grey pixels, and files that are none."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers import pictures
from drivers.pictures import PictureError, load, parse


def png(image: Image.Image, **settings: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", **settings)
    return out.getvalue()


def test_colour_becomes_grey_and_transparent_becomes_white() -> None:
    image = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (0, 0, 0, 255))
    assert parse(png(image)).tolist() == [[255, 0]]


def test_sixteen_bits_become_eight() -> None:
    image = Image.fromarray(np.array([[0, 257 * 100, 65535]], np.uint16))
    assert parse(png(image)).tolist() == [[0, 100, 255]]


def test_a_photograph_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    assert parse(png(Image.new("L", (4, 2)), exif=exif)).shape == (4, 2)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"hello", "no picture"),
        (png(Image.effect_noise((60, 60), 50))[:600], "damaged"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
    ],
)
def test_what_is_no_picture_is_told_in_words(data: bytes, words: str) -> None:
    with pytest.raises(PictureError, match=words):
        parse(data)


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


@pytest.mark.parametrize("height", [1_050, 2_000])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(height: int) -> None:
    header = (100_000).to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    with pytest.raises(PictureError, match="million"):
        parse(bomb)


@given(cut=st.integers(0, 400), flips=st.lists(st.tuples(st.integers(0, 400), st.integers(1, 255)), max_size=4))
def test_damaged_files_never_raise_anything_else(cut: int, flips: list[tuple[int, int]]) -> None:
    data = bytearray(png(Image.effect_noise((20, 20), 50).convert("RGB")))
    for place, bits in flips:
        data[place % len(data)] ^= bits
    try:
        assert parse(bytes(data[: len(data) - cut])).ndim == 2
    except PictureError as error:
        assert str(error)


def test_a_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", 1000)
    with pytest.raises(PictureError, match="larger than"):
        pictures.load(Path("/dev/zero"))


def test_load_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(Image.new("L", (3, 2), 7)))
    assert load(tmp_path / "a.png").tolist() == [[7, 7, 7], [7, 7, 7]]
