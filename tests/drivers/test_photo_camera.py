"""A photo when it is asked for: from pictures, from a stream, and words where nothing is seen."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.faults import DeviceError, Fault
from drivers.photo_camera import LONGEST_SIDE, WARM_UP_PICTURES, PhotoCamera


def folder_of(tmp_path: Path, *shades: int, side: int = 64) -> str:
    for number, shade in enumerate(shades):
        cv2.imwrite(str(tmp_path / f"shot{number:04}.png"), np.full((side, side // 2, 3), shade, np.uint8))
    return str(tmp_path / "shot%04d.png")


def seen(photo: bytes) -> cv2.typing.MatLike:
    picture = cv2.imdecode(np.frombuffer(photo, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture


def test_it_is_a_jpeg_of_what_the_camera_sees_once_it_has_woken(tmp_path: Path) -> None:
    dark, bright = [0] * (WARM_UP_PICTURES - 1), 200
    photo = PhotoCamera("camera", folder_of(tmp_path, *dark, bright)).take()
    assert photo.startswith(b"\xff\xd8\xff")
    assert abs(float(seen(photo).mean()) - bright) < 3


def test_a_camera_that_stops_early_still_gives_its_last_picture(tmp_path: Path) -> None:
    assert abs(float(seen(PhotoCamera("camera", folder_of(tmp_path, 10, 120)).take()).mean()) - 120) < 3


def test_a_large_picture_is_made_small_enough_to_keep(tmp_path: Path) -> None:
    picture = seen(PhotoCamera("camera", folder_of(tmp_path, 90, side=2 * LONGEST_SIDE)).take())
    assert picture.shape[:2] == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_where_there_is_none_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(DeviceError) as error:
        PhotoCamera("camera", str(tmp_path / "none%04d.png")).take()
    assert error.value.fault is Fault.NOT_FOUND
