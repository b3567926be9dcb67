"""HID-POS reports, through a pipe in place of the kernel's device file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.faults import DeviceError, Fault
from drivers.frames import LIMIT_BYTES, Noise
from drivers.scanners.usb_hid import Options, Scanner
from drivers.usb_identity import UsbIdentity
from drivers.usb_reports import ReportReader
from tests.drivers.listening import Station


def reports(data: bytes, aim: bytes = b"]C1") -> list[bytes]:
    pieces = [data[start : start + 56] for start in range(0, len(data), 56)]
    more = [1] * (len(pieces) - 1) + [0]
    return [
        bytes([2, len(piece)]) + aim + piece.ljust(56, b"\0") + b"\0\0" + bytes([flag]) for piece, flag in zip(pieces, more, strict=True)
    ]


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    path = tmp_path / "hidraw0"
    os.mkfifo(path)
    writer = os.open(path, os.O_RDWR)
    yield path, writer
    os.close(writer)


@given(data=st.binary(min_size=1, max_size=400))
def test_reports_of_one_scan_are_joined(data: bytes) -> None:
    reader = ReportReader()
    assert [reader.take(report) for report in reports(data)][-1] == (b"]C1" + data, None)
    assert reader.end() is None


@given(junk=st.lists(st.binary(max_size=70), max_size=20))
def test_no_report_raises(junk: list[bytes]) -> None:
    reader = ReportReader()
    for report in junk:
        scan = reader.take(report)
        assert scan is None or len(scan[0]) <= LIMIT_BYTES


def test_a_scan_without_end_is_noise_and_the_next_is_read() -> None:
    reader = ReportReader()
    long = [reader.take(report) for report in reports(b"z" * 20_000)]
    assert long[:-1] == [None] * (len(long) - 1)
    assert long[-1] == ((b"]C1" + b"z" * LIMIT_BYTES)[:LIMIT_BYTES], Noise.TOO_LONG)
    assert reader.take(reports(b"OK")[0]) == (b"]C1OK", None)


def test_reports_about_other_things_are_not_scans() -> None:
    assert ReportReader().take(b"\x03" + reports(b"X")[0][1:]) is None


def test_scans_come_and_an_unplugged_scanner_is_reported(pipe: tuple[Path, int]) -> None:
    path, writer = pipe
    with Station(Scanner("hid", Options(path=path))) as station:
        station.wait_ready()
        for report in reports(b"0109521234543213\x1d10" + b"L" * 60) + reports(b"PLAIN", aim=b"\0\0\0"):
            os.write(writer, report)
        assert station.wait_scans(2) == [b"]C10109521234543213\x1d10" + b"L" * 60, b"PLAIN"]


def test_half_a_scan_is_told_when_it_is_unplugged(tmp_path: Path) -> None:
    path = tmp_path / "hidraw0"
    os.mkfifo(path)
    scanner = Scanner("hid", Options(path=path))
    scanner.open()
    writer = os.open(path, os.O_WRONLY)
    os.write(writer, reports(b"x" * 100)[0])
    os.close(writer)
    assert scanner.read() == ()
    (frame,) = scanner.read()
    assert (frame.data, frame.noise) == (b"]C1" + b"x" * 56, Noise.UNFINISHED)
    with pytest.raises(DeviceError) as raised:
        scanner.read()
    scanner.close()
    assert raised.value.fault is Fault.DISCONNECTED


def plugged(folder: Path, name: str, numbers: str, serial: str) -> None:
    (folder / name / "device").mkdir(parents=True)
    (folder / name / "device/uevent").write_text(f"DRIVER=hid-generic\nHID_ID=0003:{numbers}\nHID_UNIQ={serial}\n", encoding="ascii")


def test_a_scanner_is_found_by_its_usb_numbers(tmp_path: Path) -> None:
    plugged(tmp_path, "hidraw77770", "000005E0:00001701", "A")
    plugged(tmp_path, "hidraw77771", "000005E0:00001701", "B")
    plugged(tmp_path, "hidraw77772", "0000046D:0000C31C", "")
    (tmp_path / "hidraw77773").mkdir()

    def error(**identity: str) -> DeviceError:
        with pytest.raises(DeviceError) as raised:
            Scanner("hid", Options(usb=UsbIdentity(**identity)), hidraw=tmp_path).open()
        return raised.value

    assert "/dev/hidraw77771" in error(vendor_id="05e0", serial_number="B").detail
    assert error(vendor_id="05e0").fault is Fault.MISCONFIGURED
    assert error(vendor_id="0c2e").fault is Fault.NOT_FOUND
