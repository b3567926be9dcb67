"""Real input, real output: bytes on a line, a socket and a keyboard come to the same events; labels come out, once, and scan back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from drivers.printer_status import PrinterState
from kiosk.presenters.views import ChipTone, FaultView, ReceiveView, VerdictHero
from labels.label import Label
from labels.printing import lay_out
from tests.kiosk.app.workplace import NETWORK, SERIAL, WEDGE, Workplace
from tests.kiosk.floor import GS, LACTOSE, ORDER, RECALLED, STARCH, WORKER, bag
from tests.labels.samples import rendered, scans
from traceability.barcodes.command import command_card

Opened = Callable[..., Workplace]

SCANS = [
    "B-0000",
    WORKER,
    ORDER,
    bag("LOT-1"),
    f"{STARCH}310000012510LOT-2{GS}17281130",
    "]C110Lot-3_x/y",
    f"{STARCH}17281130",
    command_card("QTY", "25"),
    f"{LACTOSE}310000005010LAC-1",
    "]C10109520123000012",
    "4006381333931",
    "https://example.com/01/09520123000011/10/LOT-4?17=281130",
    RECALLED,
    bag("LOT-5"),
    command_card("OK"),
    command_card("UNDO"),
    command_card("FINISH"),
]


def test_the_same_scans_give_the_same_events_over_every_wire(opened: Opened) -> None:
    recorded = {}
    for device in (SERIAL, NETWORK, WEDGE):
        workplace = opened(device, scanners=(device,))
        for scan in SCANS:
            workplace.scan(device, scan)
        recorded[device] = workplace.events()
    assert [kind for kind, _ in recorded[SERIAL]].count("receipt") == 4
    assert len(recorded[SERIAL]) > len(SCANS) - 4
    assert recorded[NETWORK] == recorded[SERIAL]
    assert recorded[WEDGE] == recorded[SERIAL]


def receive(workplace: Workplace) -> ReceiveView:
    view = workplace.kiosk.desk.view()
    assert isinstance(view, ReceiveView)
    return view


def printer_chip(workplace: Workplace) -> tuple[str, ChipTone]:
    chip = next(chip for chip in receive(workplace).top.chips if chip.icon.startswith("print"))
    return chip.words, chip.tone


def serials(workplace: Workplace) -> list[str]:
    with workplace.kiosk.wired.store.database.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT serial FROM print_jobs ORDER BY id").all()]


def on_paper(printed: bytes) -> str:
    """What a scanner reads from a printed label, by software that is not ours."""
    media = lay_out("lot", {"gtin": "09520123000011", "lot": "X", "serial": "S"})
    assert isinstance(media, Label)
    (found,) = {scan for scan in scans(rendered(printed, media)) if scan.startswith("]d2")}
    return found


def test_printed_labels_scan_back_to_their_containers(opened: Opened) -> None:
    workplace = opened()
    for scan in (WORKER, ORDER, bag("LOT-1"), f"{STARCH}310000012510LOT-2{GS}17281130"):
        workplace.scan(SERIAL, scan)
    printed = workplace.printer.paper.wait_for(2, 20)
    first, second = serials(workplace)
    for label, lot, kilograms, serial in ((printed[0], "LOT-1", 25, first), (printed[1], "LOT-2", 125, second)):
        read = re.fullmatch(rf"\]d2010952012300001110{lot}\x1d17281130310(\d)(\d{{6}})21(.+)", on_paper(label))
        assert read is not None, on_paper(label)
        assert int(read[2]) == kilograms * 10 ** int(read[1])
        assert read[3] == serial
    # The label itself, scanned: this container was counted already.
    workplace.scan(SERIAL, on_paper(printed[0]))
    hero = receive(workplace).hero
    assert isinstance(hero, VerdictHero)
    assert hero.word == "DUPLICATE"


def test_without_paper_labels_wait_and_come_out_once_when_it_is_back(opened: Opened) -> None:
    workplace = opened()
    for scan in (WORKER, ORDER, bag("LOT-1")):
        workplace.scan(SERIAL, scan)
    workplace.wait(lambda: workplace.kiosk.wired.store.prints.waiting_count() == 0)
    workplace.printer.paper.break_down(PrinterState.PAPER_OUT)
    for number in range(2, 5):
        workplace.scan(SERIAL, bag(f"LOT-{number}"))
        hero = receive(workplace).hero
        assert isinstance(hero, VerdictHero)
        assert hero.word == "ACCEPTED"  # scanning goes on
    workplace.wait(lambda: workplace.kiosk.desk.health.labels_waiting == 3)
    workplace.wait(lambda: printer_chip(workplace) == ("Printer has no labels · 3 waiting", ChipTone.BAD))
    assert len(workplace.printer.paper.printed) == 1
    workplace.printer.paper.break_down()
    workplace.wait(lambda: workplace.kiosk.desk.health.labels_waiting == 0)
    assert printer_chip(workplace) == ("Printer", ChipTone.QUIET)
    labels = [on_paper(label).rpartition("21")[2] for label in workplace.printer.paper.printed]
    assert len(labels) == 4
    assert all(serial.endswith(label) for serial, label in zip(serials(workplace), labels, strict=True))


def test_labels_that_wait_come_out_after_a_restart(opened: Opened) -> None:
    workplace = opened()
    workplace.printer.paper.break_down(PrinterState.HEAD_OPEN)
    for scan in (WORKER, ORDER, bag("LOT-1")):
        workplace.scan(SERIAL, scan)
    workplace.wait(lambda: "is open" in printer_chip(workplace)[0])
    workplace.kiosk.stop()
    workplace.printer.paper.break_down()
    assert workplace.printer.paper.printed == ()
    again = opened()
    again.printer.paper.wait_for(1, 20)
    assert len(again.printer.paper.printed) == 1


def test_a_printer_that_is_switched_off_is_noticed_before_a_label_is_wanted(opened: Opened) -> None:
    workplace = opened()
    for scan in (WORKER, ORDER):
        workplace.scan(SERIAL, scan)
    workplace.printer.unplug()
    workplace.wait(lambda: printer_chip(workplace) == ("Printer can't be reached", ChipTone.BAD))
    workplace.printer.plug_in()
    workplace.wait(lambda: printer_chip(workplace) == ("Printer", ChipTone.QUIET))


def test_a_scanner_that_is_unplugged_and_comes_back(opened: Opened) -> None:
    workplace = opened()
    workplace.serial.unplug()
    workplace.wait(lambda: bool(workplace.kiosk.desk.health.scanners[SERIAL]))
    workplace.scan(NETWORK, WORKER)  # the others go on
    workplace.serial.plug_in()
    workplace.wait(lambda: not workplace.kiosk.desk.health.scanners[SERIAL])
    workplace.scan(SERIAL, ORDER)
    assert [kind for kind, _ in workplace.events()] == ["sign_in", "document_opened"]


def test_noise_on_the_line_is_refused_recorded_and_said(opened: Opened) -> None:
    workplace = opened()
    for scan in (WORKER, ORDER):
        workplace.scan(NETWORK, scan)
    workplace.answered(lambda: workplace.network.send(b"x" * 9_000 + b"\r"))
    workplace.answered(lambda: workplace.serial.send(b"]C110LOST-EN"))  # and then nothing: its end never comes
    noise = [data["about"].get("noise") for kind, data in workplace.events() if kind == "refusal"]
    assert noise == ["TOO_LONG", "UNFINISHED"]


@pytest.mark.expects_log("kiosk.app.station_thread")
def test_a_bug_in_an_answer_is_not_silent_and_the_next_scan_is_taken(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    workplace = opened()
    workplace.scan(SERIAL, WORKER)
    with monkeypatch.context() as broken:
        broken.setattr(type(workplace.kiosk.wired.store.book), "item_codes", lambda *_: 1 / 0)
        workplace.scan(SERIAL, ORDER)
        workplace.serial.scan(bag("LOT-1"))
        workplace.wait(lambda: isinstance(workplace.kiosk.desk.view(), FaultView))
    workplace.touch("try_again")
    workplace.scan(SERIAL, bag("LOT-2"))
    assert [kind for kind, _ in workplace.events()] == ["sign_in", "document_opened", "abandonment", "receipt"]
