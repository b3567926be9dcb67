"""A camera as a scanner, on picture sequences, a video and a stream over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp

from drivers.faults import DeviceError, Fault
from drivers.pictures import Barcode, Picture, Symbology
from drivers.scanners.camera import Options, Scanner, Sightings
from drivers.simulation.mjpeg_camera import MjpegCamera
from tests.drivers.listening import Station

BLANK = np.full((240, 320), 200, np.uint8)


def shown(text: str) -> Picture:
    symbol = np.array(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, gs1=True).to_image(scale=5, add_quiet_zones=True))
    picture = BLANK.copy()
    picture[20 : 20 + symbol.shape[0], 30 : 30 + symbol.shape[1]] = symbol
    return picture


def jpeg(picture: Picture) -> bytes:
    return cv2.imencode(".jpg", picture)[1].tobytes()


def barcode(text: str) -> Barcode:
    return Barcode(text, Symbology.CODE128, "]C0", ((0, 0),) * 4, text.encode())


def test_a_code_in_one_frame_only_does_not_count(tmp_path: Path) -> None:
    frames = [BLANK, shown("(10)ONCE"), BLANK, shown("(10)TWICE(21)1"), shown("(10)TWICE(21)1"), BLANK]
    for number, frame in enumerate(frames):
        cv2.imwrite(str(tmp_path / f"shot{number:04}.png"), frame)
    scanner = Scanner("camera", Options(source=str(tmp_path / "shot%04d.png")))
    scanner.open()
    came = [[frame.data for frame in scanner.read()] for _ in frames]
    scanner.close()
    assert came == [[], [], [], [], [b"]d210TWICE\x1d211"], []]


def test_a_video_ends_as_a_camera_that_went(tmp_path: Path) -> None:
    path = tmp_path / "line.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for _ in range(4):
        writer.write(cv2.cvtColor(shown("(10)LOT"), cv2.COLOR_GRAY2BGR))
    writer.release()
    with Station(Scanner("camera", Options(source=str(path)))) as station:
        assert station.wait_scans(1) == [b"]d210LOT"]
        assert station.wait_lost().fault is Fault.DISCONNECTED


@pytest.fixture
def camera() -> Iterator[MjpegCamera]:
    device = MjpegCamera()
    device.show(jpeg(BLANK))
    device.plug_in()
    yield device
    device.unplug()


def test_a_network_camera_goes_and_comes_back(camera: MjpegCamera) -> None:
    with Station(Scanner("camera", Options(source=camera.url))) as station:
        station.wait_ready()
        camera.show(jpeg(shown("(10)A")))
        assert station.wait_scans(1) == [b"]d210A"]
        camera.unplug()
        assert station.wait_lost().fault is Fault.DISCONNECTED
        camera.show(jpeg(shown("(10)B")))
        camera.plug_in()
        assert station.wait_scans(2)[1] == b"]d210B"


def test_a_code_counts_again_only_after_it_was_away() -> None:
    sightings = Sightings(agreeing_frames=2, forget_seconds=1.5)
    seen = [sightings.look((barcode("A"),), at) for at in (0.0, 0.1, 0.2, 1.6, 3.0)]
    assert [bool(each) for each in seen] == [False, True, False, False, False]
    assert sightings.look((barcode("A"),), 4.6) == ()
    assert sightings.look((barcode("A"), barcode("A")), 4.7) == (barcode("A"),)


def test_only_the_symbologies_that_are_wanted(tmp_path: Path) -> None:
    for number in range(3):
        cv2.imwrite(str(tmp_path / f"shot{number:04}.png"), shown("(10)A"))
    scanner = Scanner("camera", Options(source=str(tmp_path / "shot%04d.png"), symbologies=(Symbology.CODE128,)))
    scanner.open()
    assert [scanner.read() for _ in range(3)] == [(), (), ()]
    scanner.close()


@pytest.mark.parametrize("source", ["63", "/nowhere/none.avi", "http://127.0.0.1:9/stream.mjpg"])
def test_a_camera_that_is_not_there(source: str) -> None:
    with pytest.raises(DeviceError) as raised:
        Scanner("camera", Options(source=source)).open()
    assert raised.value.fault is Fault.NOT_FOUND
