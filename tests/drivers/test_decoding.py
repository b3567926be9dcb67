"""Decoders on pictures that we draw: verbatim data, AIM identifiers, corners, and what `auto` brings back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import cv2
import numpy as np
import pytest
import zxingcpp

from config.plugins import find, names
from drivers.decoders import zbar, zxing
from drivers.decoding import Attempt, AutoDecoder, _is_believed
from drivers.pictures import EVERY, Barcode, Decoder, Picture, Symbology
from drivers.preparing import Prepared, contrasted, enlarged, slant_degrees, straightened, turned

PATIENT = 60.0


def drawn(text: str, kind: zxingcpp.BarcodeFormat, scale: int = 3, border: int = 40, gs1: bool = False) -> Picture:
    barcode = zxingcpp.create_barcode(text, kind, gs1=gs1)
    picture = np.array(barcode.to_image(scale=scale, add_quiet_zones=True), np.uint8)
    return np.asarray(cv2.copyMakeBorder(picture, border, border, border, border, cv2.BORDER_CONSTANT, value=255), np.uint8)


def every_decoder() -> list[Decoder]:
    return [find("drivers.decoders", name).Decoder() for name in names("drivers.decoders")] + [AutoDecoder(PATIENT)]


@pytest.mark.parametrize(
    ("kind", "symbology", "aim"),
    [
        (zxingcpp.BarcodeFormat.DataMatrix, Symbology.DATAMATRIX, "]d2"),
        (zxingcpp.BarcodeFormat.QRCode, Symbology.QRCODE, "]Q3"),
        (zxingcpp.BarcodeFormat.Code128, Symbology.CODE128, "]C1"),
    ],
)
@pytest.mark.parametrize("decoder", [zxing.Decoder(), AutoDecoder(PATIENT)], ids=["zxing", "auto"])
def test_gs1_data_is_verbatim_behind_its_aim_identifier(
    decoder: Decoder, kind: zxingcpp.BarcodeFormat, symbology: Symbology, aim: str
) -> None:
    (barcode,) = decoder.decode(drawn("(10)LOT-1(21)S/7", kind, gs1=True))
    assert (barcode.symbology, barcode.aim, barcode.data) == (symbology, aim, b"10LOT-1\x1d21S/7")
    assert barcode.scan == aim.encode() + b"10LOT-1\x1d21S/7"


@pytest.mark.parametrize("decoder", [zxing.Decoder(), zbar.Decoder()], ids=["zxing", "zbar"])
def test_retail_codes_come_alike_from_all(decoder: Decoder) -> None:
    found = decoder.decode(drawn("9520123456788", zxingcpp.BarcodeFormat.EAN13))
    assert [(each.text, each.data, each.aim) for each in found] == [("9520123456788", b"9520123456788", "]E0")]


@pytest.mark.parametrize("last", range(10))
def test_upc_e_comes_in_thirteen_digits_from_all(last: int) -> None:
    for check in range(10):  # one of them is right, and only that one can be drawn
        with contextlib.suppress(ValueError):
            picture = drawn(f"012345{last}{check}", zxingcpp.BarcodeFormat.UPCE)
            (mine,), (theirs,) = zbar.Decoder().decode(picture), zxing.Decoder().decode(picture)
            assert (mine.data, mine.aim) == (theirs.data, theirs.aim)
            return
    pytest.fail("no check digit was right")


@pytest.mark.parametrize("decoder", every_decoder())
def test_a_qr_code_is_read_by_all(decoder: Decoder) -> None:
    found = decoder.decode(drawn("https://example.com/01/09521234543213", zxingcpp.BarcodeFormat.QRCode, scale=6))
    assert [(each.symbology, each.data) for each in found] == [(Symbology.QRCODE, b"https://example.com/01/09521234543213")]


@pytest.mark.parametrize("decoder", every_decoder())
def test_only_what_is_wanted_is_found(decoder: Decoder) -> None:
    picture = drawn("9520123456788", zxingcpp.BarcodeFormat.EAN13)
    assert decoder.decode(picture, frozenset({Symbology.QRCODE})) == ()
    assert decoder.decode(picture, frozenset()) == ()


@pytest.mark.parametrize("decoder", every_decoder())
@pytest.mark.parametrize("shape", [(1, 1), (1, 400), (400, 1), (64, 64)])
def test_an_empty_picture_holds_nothing(decoder: Decoder, shape: tuple[int, int]) -> None:
    assert decoder.decode(np.full(shape, 255, np.uint8)) == ()


def test_two_codes_in_one_picture_with_their_corners() -> None:
    left = drawn("(10)LEFT", zxingcpp.BarcodeFormat.DataMatrix, gs1=True)
    right = drawn("RIGHT", zxingcpp.BarcodeFormat.QRCode)
    height = max(left.shape[0], right.shape[0])
    pages = [cv2.copyMakeBorder(page, 0, height - page.shape[0], 0, 0, cv2.BORDER_CONSTANT, value=255) for page in (left, right)]
    found = AutoDecoder(PATIENT).decode(np.asarray(np.hstack(pages), np.uint8))
    assert {each.text for each in found} == {"10LEFT", "RIGHT"}
    for each in found:
        is_left = each.text == "10LEFT"
        assert all((x < left.shape[1]) is is_left and 0 <= y < height for x, y in each.corners)


@pytest.mark.parametrize("degrees", range(0, 360, 15))
def test_auto_reads_a_linear_code_at_any_angle_and_says_where(degrees: int) -> None:
    picture = turned(drawn("LOT-2026-11", zxingcpp.BarcodeFormat.Code128), degrees).picture
    found = AutoDecoder(PATIENT).decode(picture)
    assert [each.text for each in found] == ["LOT-2026-11"]
    middle = np.mean(found[0].corners, axis=0)
    height, width = picture.shape
    assert abs(middle[0] - width / 2) < width / 4
    assert abs(middle[1] - height / 2) < height / 4


@pytest.mark.parametrize("degrees", [-80, -45, -20, 20, 45, 80])
def test_how_much_a_label_leans_is_seen(degrees: int) -> None:
    leaning = turned(drawn("LOT-2026-11", zxingcpp.BarcodeFormat.Code128), degrees).picture
    assert abs((slant_degrees(leaning) + degrees + 45) % 90 - 45) <= 4
    upright = straightened(leaning)
    assert upright is not None
    assert straightened(turned(leaning, -degrees).picture) is None
    assert [each.text for each in zxing.Decoder().decode(upright.picture)] == ["LOT-2026-11"]


def believed(symbology: Symbology, *voters: tuple[str, Callable[[Picture], Prepared | None]]) -> bool:
    return _is_believed(symbology, [Attempt(decoder, prepare) for decoder, prepare in voters])


def test_one_weak_word_is_not_believed() -> None:
    assert believed(Symbology.DATAMATRIX, ("zxing", enlarged))
    assert not believed(Symbology.EAN13, ("zxing", enlarged))
    assert believed(Symbology.EAN13, ("zxing", enlarged), ("zbar", enlarged))
    assert believed(Symbology.CODE128, ("zxing", enlarged), ("zxing", contrasted))
    assert not believed(Symbology.CODE128, ("zxing", enlarged), ("zxing_global", enlarged))
    assert believed(Symbology.EAN8, ("zbar", enlarged), ("zbar", contrasted))
    assert not believed(Symbology.UPCE, ("zbar", enlarged), ("zbar", contrasted))


class Counting:
    """A decoder that never finds anything and says how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def decode(self, picture: Picture, wanted: frozenset[Symbology] = EVERY) -> tuple[Barcode, ...]:
        self.asked += 1
        return ()


def test_no_attempt_is_begun_once_the_budget_is_spent() -> None:
    times = iter([0.0, 0.2, 0.5, 1.0])
    decoder, counting = AutoDecoder(1.0, tick=lambda: next(times)), Counting()
    decoder._decoders = dict.fromkeys(decoder._decoders, counting)
    assert decoder.decode(np.full((50, 50), 255, np.uint8)) == ()
    assert counting.asked == 3  # the plain picture, and two attempts


def test_noise_and_writing_hold_no_barcode() -> None:
    chance = np.random.default_rng(20261121)
    decoder = AutoDecoder(PATIENT)
    for _ in range(4):
        noise = chance.integers(0, 256, (160, 240)).astype(np.uint8)
        stripes = np.repeat(chance.integers(0, 2, 240).astype(np.uint8) * 255, 160).reshape(240, 160).T.copy()
        page = np.full((160, 240), 255, np.uint8)
        cv2.putText(page, "LOT 4711 EXP", (5, 80), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
        assert [decoder.decode(picture) for picture in (noise, stripes, page)] == [(), (), ()]
