"""Scanners over real ptys and sockets: split bytes, garbage, ten kilobytes, unplugged and back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.faults import DeviceError, Fault
from drivers.frames import LIMIT_BYTES, Noise
from drivers.runner import BackOff, Condition, DeviceStatus, ScannerRunner
from drivers.scanners import serial_line, simulated, tcp
from drivers.simulation.serial_scanner import SerialScanner
from drivers.simulation.tcp_scanner import CallingScanner, TcpScanner
from tests.drivers.listening import Station

SCAN = b"]C10109521234543213\x1d10LOT-1"


@pytest.fixture
def gun(tmp_path: Path) -> Iterator[SerialScanner]:
    device = SerialScanner(tmp_path / "ttyACM0")
    device.plug_in()
    yield device
    device.unplug()


@pytest.fixture
def portal() -> Iterator[TcpScanner]:
    device = TcpScanner()
    device.plug_in()
    yield device
    device.unplug()


def serial_scanner(gun: SerialScanner, **settings: object) -> serial_line.Scanner:
    return serial_line.Scanner("gun", serial_line.Options.model_validate({"port": str(gun.path), **settings}))


def tcp_scanner(**settings: object) -> tcp.Scanner:
    return tcp.Scanner("portal", tcp.Options.model_validate({"host": "127.0.0.1", **settings}))


def test_serial_scans_arrive_whole_with_gs(gun: SerialScanner) -> None:
    with Station(serial_scanner(gun)) as station:
        station.wait_ready()
        for byte in SCAN:
            gun.send(bytes([byte]))
        gun.send(b"\r\n" + SCAN[:9])
        gun.send(SCAN[9:] + b"\r\n")
        assert station.wait_scans(2) == [SCAN, SCAN]
    assert {frame.device for frame in station.frames} == {"gun"}


def test_serial_scanner_unplugged_in_mid_scan_comes_back(gun: SerialScanner) -> None:
    with Station(serial_scanner(gun)) as station:
        station.wait_ready()
        # At once, so that the half is read with the whole: what a port still holds when it goes is lost with it.
        gun.send(SCAN + b"\r" + b"HALF-A-SC")
        station.wait_scans(1)
        gun.unplug()
        assert station.wait_lost().fault is Fault.DISCONNECTED
        gun.plug_in()
        station.wait_ready(times=2)
        gun.scan("NEXT")
        assert station.wait_scans(3) == [SCAN, b"HALF-A-SC", b"NEXT"]
    assert [frame.noise for frame in station.frames] == [None, Noise.UNFINISHED, None]


def test_serial_port_that_is_not_there_is_tried_until_it_is(tmp_path: Path) -> None:
    gun = SerialScanner(tmp_path / "late")
    with Station(serial_scanner(gun)) as station:
        assert station.wait_lost().fault is Fault.NOT_FOUND
        gun.plug_in()
        station.wait_ready()
        gun.scan("HERE")
        assert station.wait_scans(1) == [b"HERE"]
    gun.unplug()


def test_a_port_is_ours_alone(gun: SerialScanner) -> None:
    first, second = serial_scanner(gun), serial_scanner(gun)
    first.open()
    with pytest.raises(DeviceError) as raised:
        second.open()
    first.close()
    assert raised.value.fault is Fault.BUSY


def test_garbage_and_ten_kilobytes_are_noise_and_scanning_goes_on(gun: SerialScanner) -> None:
    garbage = bytes(byte for byte in range(256) if byte not in b"\r\n")
    with Station(serial_scanner(gun)) as station:
        station.wait_ready()
        gun.scan(garbage)
        gun.scan(b"z" * 10_240)
        gun.scan("GOOD")
        assert station.wait_scans(3) == [garbage, b"z" * LIMIT_BYTES, b"GOOD"]
    assert [frame.noise for frame in station.frames] == [None, Noise.TOO_LONG, None]


def test_twenty_scans_at_once_lose_nothing_and_keep_their_order(gun: SerialScanner) -> None:
    sent = [f"LOT-{number:03}".encode() for number in range(20)]
    with Station(serial_scanner(gun)) as station:
        station.wait_ready()
        gun.send(b"".join(scan + b"\r" for scan in sent))
        assert station.wait_scans(20) == sent


@pytest.mark.parametrize("usb", [{"vendor_id": "dead"}, {"vendor_id": "dead", "product_id": "beef", "serial_number": "1"}])
def test_a_usb_scanner_that_is_not_plugged_in(usb: dict[str, str]) -> None:
    scanner = serial_line.Scanner("gun", serial_line.Options.model_validate({"usb": usb}))
    with pytest.raises(DeviceError, match="dead") as raised:
        scanner.open()
    assert raised.value.fault is Fault.NOT_FOUND


def test_serial_over_the_network(portal: TcpScanner) -> None:
    scanner = serial_line.Scanner("remote", serial_line.Options.model_validate({"port": f"socket://127.0.0.1:{portal.port}"}))
    with Station(scanner) as station:
        station.wait_ready()
        portal.scan(SCAN)
        assert station.wait_scans(1) == [SCAN]
        portal.unplug()
        assert station.wait_lost().fault is Fault.DISCONNECTED


def test_station_connects_to_a_tcp_scanner_and_again_after_it_went(portal: TcpScanner) -> None:
    with Station(tcp_scanner(port=portal.port)) as station:
        station.wait_ready()
        portal.send(SCAN[:5])
        portal.send(SCAN[5:] + b"\r\nHALF")
        station.wait_scans(1)
        portal.unplug()
        assert station.wait_lost().fault is Fault.DISCONNECTED
        portal.plug_in()
        station.wait_ready(times=2)
        while not portal.scan("NEXT"):  # the station says READY a moment before the scanner has accepted
            pass
        assert station.wait_scans(3) == [SCAN, b"HALF", b"NEXT"]
    assert station.frames[1].noise is Noise.UNFINISHED


def test_nothing_is_sent_to_who_hung_up_or_was_cut_off(portal: TcpScanner) -> None:
    with socket.create_connection(("127.0.0.1", portal.port), timeout=5) as gone:
        while not portal.connections:
            pass
        portal.unplug()
        assert portal.connections == 0
        portal.plug_in()
        assert gone.recv(1) == b""
    with socket.create_connection(("127.0.0.1", portal.port), timeout=5) as there:
        assert portal.scan("NEXT") == 1
        assert there.recv(5) == b"NEXT\r"


def test_scanners_connect_to_a_station_that_listens() -> None:
    scanner = tcp_scanner(port=0, listen=True)
    with Station(scanner) as station:
        station.wait_ready()
        with CallingScanner(("127.0.0.1", scanner.port)) as left, CallingScanner(("127.0.0.1", scanner.port)) as right:
            left.send(b"LE")
            right.scan("RIGHT")
            station.wait_scans(1)
            left.scan("FT")
            assert station.wait_scans(2) == [b"RIGHT", b"LEFT"]
            left.send(b"HALF")
        station.wait_scans(3)
        with CallingScanner(("127.0.0.1", scanner.port)) as again:
            again.scan("AGAIN")
            assert station.wait_scans(4)[3] == b"AGAIN"
    assert station.frames[2].noise is Noise.UNFINISHED
    assert Condition.LOST not in {report.condition for report in station.reports}


def talk_until_cut_off(stranger: CallingScanner) -> None:
    for _ in range(100_000):
        stranger.scan("EVIL")


def test_a_stranger_is_not_listened_to() -> None:
    scanner = tcp_scanner(port=0, listen=True, peers=("10.9.8.7",))
    with Station(scanner) as station:
        station.wait_ready()
        with CallingScanner(("127.0.0.1", scanner.port)) as stranger, pytest.raises(OSError, match=r"reset|pipe"):
            talk_until_cut_off(stranger)
    assert station.frames == []


def test_a_tcp_scanner_that_is_switched_off() -> None:
    portal = TcpScanner()
    portal.plug_in()
    portal.unplug()
    with pytest.raises(DeviceError) as raised:
        tcp_scanner(port=portal.port).open()
    assert raised.value.fault is Fault.UNREACHABLE


def test_a_host_that_has_no_address() -> None:
    with pytest.raises(DeviceError) as raised:
        tcp.Scanner("portal", tcp.Options(host="no-such-host.invalid", port=4001)).open()
    assert raised.value.fault is Fault.NOT_FOUND


def test_a_simulated_scanner_is_not_taken_from_who_has_it(tmp_path: Path) -> None:
    path = tmp_path / "scanner"
    with Station(simulated.Scanner("demo", simulated.Options(path=path))) as station:
        station.wait_ready()
        with pytest.raises(DeviceError) as raised:
            simulated.Scanner("second", simulated.Options(path=path)).open()
        with CallingScanner(path) as fired:
            fired.scan(SCAN)
        assert station.wait_scans(1) == [SCAN]
    assert raised.value.fault is Fault.BUSY


def test_simulated_scans_go_through_a_socket_file(tmp_path: Path) -> None:
    path = tmp_path / "scanner"
    path.write_text("left over from a crash", encoding="ascii")
    with Station(simulated.Scanner("demo", simulated.Options(path=path))) as station:
        station.wait_ready()
        with CallingScanner(path) as fired:
            fired.scan(SCAN)
        assert station.wait_scans(1) == [SCAN]
    assert not path.exists()


class Flapping:
    """Opens, breaks at the first read."""

    name = "flapping"

    def open(self) -> None:
        pass

    def read(self) -> tuple[()]:
        raise DeviceError(self.name, Fault.DISCONNECTED, "loose cable")

    def close(self) -> None:
        pass


def test_a_flapping_device_is_left_alone_longer_and_longer() -> None:
    with Station(Flapping()) as station:
        station.wait_until(lambda: len(station.reports) >= 12)
    pauses = [report.retry_seconds for report in station.reports if report.condition is Condition.LOST]
    assert pauses[:5] == [0.01, 0.02, 0.04, 0.05, 0.05]
    assert station.reports[-1].condition is Condition.STOPPED


class Relapsing(Flapping):
    """Works for one read after every opening."""

    def __init__(self) -> None:
        self.fresh = False

    def open(self) -> None:
        self.fresh = True

    def read(self) -> tuple[()]:
        if self.fresh:
            self.fresh = False
            return ()
        return super().read()


def test_a_device_that_worked_is_tried_again_at_once() -> None:
    with Station(Relapsing()) as station:
        station.wait_until(lambda: len(station.reports) >= 9)
    assert {report.retry_seconds for report in station.reports if report.condition is Condition.LOST} == {0.01}


def test_pauses_never_overflow() -> None:
    assert BackOff(0.25, 5.0).pause_seconds(10_000) == 5.0


def test_a_runner_can_be_stopped_before_it_began_and_twice(tmp_path: Path) -> None:
    runner = ScannerRunner(simulated.Scanner("demo", simulated.Options(path=tmp_path / "s")), lambda _: None, lambda _: None)
    runner.stop()
    runner.start()
    runner.stop()
    runner.stop()
    assert not (tmp_path / "s").exists()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_the_receiver_is_not_hidden_under_ready(gun: SerialScanner) -> None:
    reports: list[Condition] = []
    ready = threading.Event()

    def report(status: DeviceStatus) -> None:
        reports.append(status.condition)
        if status.condition is Condition.READY:
            ready.set()

    def broken(_frame: object) -> None:
        raise ZeroDivisionError

    runner = ScannerRunner(serial_scanner(gun), broken, report)
    runner.start()
    assert ready.wait(5)
    gun.scan("X")
    runner._thread.join(5)
    runner.stop()
    assert reports[-1] is Condition.STOPPED
