"""Printers over real sockets: labels arrive whole, states are told, silence is never READY."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.faults import DeviceError, Fault
from drivers.printer_line import PrinterLine
from drivers.printer_status import PrinterState
from drivers.printers import network, simulated
from drivers.simulation.escpos_printer import EscposPrinter
from drivers.simulation.zpl_printer import ZplPrinter

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
