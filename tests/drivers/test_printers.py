"""Printers over real sockets: labels arrive whole, states are told, silence is never READY."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.faults import DeviceError, Fault
from drivers.printer_line import PrinterLine
from drivers.printer_status import PrinterState
from drivers.printers import cups, device_file, network, serial_port, simulated
from drivers.simulation.escpos_printer import EscposPrinter
from drivers.simulation.serial_printer import SerialZplPrinter
from drivers.simulation.zpl_printer import ZplPrinter
from drivers.status_languages import Language

LABEL = b"^XA^FO20,20^A0N,30^FDLOT 1^FS^XZ"
RECEIPT = b"\x1b@LOT 1\n\x1dV\x00"
BREAKABLE = [PrinterState.PAPER_OUT, PrinterState.HEAD_OPEN, PrinterState.FAULTY]


@pytest.fixture
def zebra() -> Iterator[ZplPrinter]:
    printer = ZplPrinter()
    printer.plug_in()
    yield printer
    printer.unplug()


@pytest.fixture
def epson() -> Iterator[EscposPrinter]:
    printer = EscposPrinter()
    printer.plug_in()
    yield printer
    printer.unplug()


def line_to(port: int, language: str = "zpl", **settings: object) -> PrinterLine:
    options = network.Options.model_validate({"host": "127.0.0.1", "port": port, "language": language, "answer_seconds": 0.2, **settings})
    return PrinterLine(network.Printer("labels", options))


def test_labels_come_out_whole_and_in_order(zebra: ZplPrinter) -> None:
    line = line_to(zebra.port)
    labels = [LABEL.replace(b"LOT 1", f"LOT {number}".encode()) for number in range(5)]
    for label in labels:
        line.send(label)
    assert zebra.paper.wait_for(5) == tuple(labels)


def test_copies_are_counted(zebra: ZplPrinter) -> None:
    line_to(zebra.port).send(LABEL.replace(b"^XZ", b"^PQ3^XZ") + b"\r\n" + LABEL)
    assert len(zebra.paper.wait_for(4)) == 4


def test_no_paper_is_said_the_label_waits_inside_and_comes_out_later(zebra: ZplPrinter) -> None:
    line = line_to(zebra.port)
    assert line.status().ready
    zebra.paper.break_down(PrinterState.PAPER_OUT, PrinterState.PAUSED)
    line.send(LABEL)
    status = line.status()
    assert status.states == (PrinterState.PAPER_OUT, PrinterState.PAUSED)
    assert (status.ready, status.waiting, status.detail) == (False, 1, "paper out, paused")
    assert zebra.paper.printed == ()
    zebra.paper.break_down()
    assert zebra.paper.wait_for(1) == (LABEL,)
    assert line.status().waiting == 0


@pytest.mark.parametrize("wrong", [*BREAKABLE, PrinterState.RIBBON_OUT, PrinterState.PAUSED, PrinterState.BUSY])
def test_zpl_states(zebra: ZplPrinter, wrong: PrinterState) -> None:
    zebra.paper.break_down(wrong)
    assert line_to(zebra.port).status().states == (wrong,)


@pytest.mark.parametrize("wrong", BREAKABLE)
def test_escpos_states(epson: EscposPrinter, wrong: PrinterState) -> None:
    line = line_to(epson.port, "escpos")
    assert line.status().ready
    epson.paper.break_down(wrong)
    assert line.status().states == (wrong,)


def test_receipts_come_out_whole_with_questions_in_between(epson: EscposPrinter) -> None:
    line = line_to(epson.port, "escpos")
    line.send(RECEIPT)
    assert line.status().ready
    line.send(RECEIPT * 2)
    assert epson.paper.wait_for(3) == (RECEIPT,) * 3


def test_a_printer_that_says_nothing_is_unknown_not_ready(zebra: ZplPrinter) -> None:
    zebra.mute_when_wrong = True
    zebra.paper.break_down(PrinterState.PAPER_OUT)
    assert line_to(zebra.port).status().state is PrinterState.UNKNOWN


def test_a_printer_asked_in_the_wrong_language_is_unknown(epson: EscposPrinter) -> None:
    assert line_to(epson.port, "zpl").status().state is PrinterState.UNKNOWN
    assert line_to(epson.port, "none").status().state is PrinterState.UNKNOWN


def test_a_printer_that_is_off_is_offline_and_takes_nothing(zebra: ZplPrinter) -> None:
    line = line_to(zebra.port)
    zebra.unplug()
    status = line.status()
    assert (status.state, status.fault) == (PrinterState.OFFLINE, Fault.UNREACHABLE)
    with pytest.raises(DeviceError) as raised:
        line.send(LABEL)
    assert raised.value.fault is Fault.UNREACHABLE
    zebra.plug_in()
    line.send(LABEL)
    assert zebra.paper.wait_for(1) == (LABEL,)


def test_a_printer_that_stops_taking_data_times_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as full:
        line = line_to(full.getsockname()[1], send_seconds=0.1)
        with pytest.raises(DeviceError) as raised:
            line.send(b"x" * (64 << 20))
    assert raised.value.fault is Fault.TIMED_OUT


def test_an_unasked_word_of_the_printer_does_not_cost_the_label() -> None:
    # Closing a link with unread bytes resets it, and what was sent is lost on the way.
    with socket.create_server(("127.0.0.1", 0)) as chatty:
        said = threading.Event()
        links: list[socket.socket] = []

        def talk() -> None:
            links.append(chatty.accept()[0])
            links[0].sendall(b"label printed\r\n" * 50)
            said.set()

        threading.Thread(target=talk, daemon=True).start()
        printer = network.Printer("labels", network.Options(host="127.0.0.1", port=chatty.getsockname()[1], language=Language.ZPL))
        printer.open()
        assert said.wait(5)
        job = LABEL * 12_000  # more than the other side holds unread
        printer.send(job)
        printer.close()
        with links[0], links[0].makefile("rb") as heard:
            assert heard.read() == job


def hang_up_on_the_first(rude: socket.socket) -> None:
    rude.accept()[0].close()


def test_a_printer_that_hangs_up_when_asked_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as rude:
        threading.Thread(target=hang_up_on_the_first, args=(rude,), daemon=True).start()
        status = line_to(rude.getsockname()[1]).status()
    assert (status.state, status.fault) == (PrinterState.OFFLINE, Fault.DISCONNECTED)


def test_simulated_printer_writes_jobs_and_obeys_its_state(tmp_path: Path) -> None:
    line = PrinterLine(simulated.Printer("labels", simulated.Options(directory=tmp_path / "out")))
    line.send(b"one")
    line.send(b"two")
    assert [job.read_bytes() for job in sorted((tmp_path / "out").glob("*.prn"))] == [b"one", b"two"]
    (tmp_path / "out/state.txt").write_text("paper_out\n", encoding="ascii")
    assert line.status().state is PrinterState.PAPER_OUT
    with pytest.raises(DeviceError):
        line.send(b"three")
    (tmp_path / "out/state.txt").write_text("on fire", encoding="ascii")
    assert line.status().state is PrinterState.UNKNOWN


@pytest.fixture
def serial_zebra(tmp_path: Path) -> Iterator[SerialZplPrinter]:
    printer = SerialZplPrinter(tmp_path / "lp0")
    printer.plug_in()
    yield printer
    printer.unplug()


def serial_line(path: Path) -> PrinterLine:
    return PrinterLine(serial_port.Printer("labels", serial_port.Options(port=str(path), language=Language.ZPL, answer_seconds=0.5)))


def file_line(path: Path, **settings: object) -> PrinterLine:
    return PrinterLine(device_file.Printer("labels", device_file.Options.model_validate({"path": path, "language": "zpl", **settings})))


@pytest.mark.parametrize("line_to_path", [serial_line, file_line], ids=["serial_port", "device_file"])
def test_printers_behind_a_port_print_tell_their_state_and_come_back(
    serial_zebra: SerialZplPrinter, line_to_path: Callable[[Path], PrinterLine]
) -> None:
    line = line_to_path(serial_zebra.path)
    line.send(LABEL * 20)
    assert serial_zebra.paper.wait_for(20) == (LABEL,) * 20
    serial_zebra.paper.break_down(PrinterState.PAPER_OUT)
    assert line.status().states == (PrinterState.PAPER_OUT,)
    serial_zebra.unplug()
    status = line.status()
    assert (status.state, status.fault) == (PrinterState.OFFLINE, Fault.NOT_FOUND)
    serial_zebra.paper.break_down()
    serial_zebra.plug_in()
    line.send(LABEL)
    assert len(serial_zebra.paper.wait_for(21)) == 21


def test_an_ordinary_file_is_no_printer(tmp_path: Path) -> None:
    (tmp_path / "lp0").touch()
    with pytest.raises(DeviceError) as raised:
        file_line(tmp_path / "lp0").send(LABEL)
    assert raised.value.fault is Fault.MISCONFIGURED


def test_a_device_file_that_takes_no_more_times_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lp0")
    reader = os.open(tmp_path / "lp0", os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(DeviceError) as raised:
        file_line(tmp_path / "lp0", language="none", send_seconds=0.1).send(b"x" * (1 << 20))
    os.close(reader)
    assert raised.value.fault is Fault.TIMED_OUT


LPSTAT = """#!/bin/sh
[ "$3" = zebra ] || { echo "lpstat: Invalid destination name in list \"$3\"." >&2; exit 1; }
cat "$(dirname "$0")/lpstat.txt"
"""
LP = """#!/bin/sh
cat > "$(dirname "$0")/job"
echo "$@" > "$(dirname "$0")/arguments"
"""


@pytest.fixture
def print_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Programs that stand in for CUPS: they answer as its own do."""
    for name, script in (("lp", LP), ("lpstat", LPSTAT)):
        (tmp_path / name).write_text(script, encoding="ascii")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "lpstat.txt").write_text("printer zebra is idle.  enabled since Sat Nov 21\n\tAlerts: none\n", encoding="ascii")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def queue(name: str = "zebra") -> PrinterLine:
    return PrinterLine(cups.Printer("labels", cups.Options(queue=name)))


def test_a_queue_takes_raw_jobs(print_system: Path) -> None:
    queue().send(LABEL)
    assert (print_system / "job").read_bytes() == LABEL
    assert (print_system / "arguments").read_text(encoding="ascii") == "-s -d zebra -o raw\n"


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("printer zebra is idle.  enabled since today\n\tAlerts: none\n", (PrinterState.READY,)),
        ("printer zebra now printing zebra-7.  enabled since today\n\tAlerts: media-empty-error cover-open\n",
         (PrinterState.HEAD_OPEN, PrinterState.PAPER_OUT)),
        ("printer zebra disabled since today -\n\tPaused\n\tAlerts: paused\n", (PrinterState.PAUSED,)),
        ("something else", (PrinterState.UNKNOWN,)),
        ("", (PrinterState.UNKNOWN,)),
    ],
)  # fmt: skip
def test_what_a_queue_says(print_system: Path, said: str, states: tuple[PrinterState, ...]) -> None:
    (print_system / "lpstat.txt").write_text(said, encoding="ascii")
    assert queue().status().states == states


@pytest.mark.usefixtures("print_system")
def test_a_queue_that_is_not_there() -> None:
    status = queue("other").status()
    assert (status.state, status.fault) == (PrinterState.OFFLINE, Fault.NOT_FOUND)


def test_without_the_print_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    status = queue().status()
    assert (status.state, status.fault) == (PrinterState.FAULTY, Fault.SOFTWARE_MISSING)


@pytest.mark.parametrize("name", ["", "-h", "a b", "a/b", "a#b"])
def test_a_queue_name_is_never_an_option(name: str) -> None:
    with pytest.raises(ValueError, match="queue"):
        cups.Options(queue=name)
