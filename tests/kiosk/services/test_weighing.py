"""A scale answers a quantity: only what stands still, in its own unit, and the record says that it was weighed."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from config.settings import Scale
from drivers.faults import DeviceError, Fault
from kiosk.app.devices import ScaleLoop, built_scale
from kiosk.presenters.views import Keypad, ReceiveView
from tests.kiosk.floor import DYE_ORDER, ORDER, STARCH, WORKER, Floor
from traceability.barcodes.command import command_card
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask

WEIGHT = (Decimal("12.400"), "kg")


def asked(floor: Floor) -> Floor:
    """How much of a lot goes into the order is asked."""
    floor.scan(WORKER)
    for scan in (DYE_ORDER, "DYE", "DYE-OLD"):
        told = floor.scan(scan)
    assert told.said.ask is Ask.QUANTITY
    return floor


def keypad(floor: Floor) -> Keypad:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.side, Keypad)
    return view.side


def test_a_weight_is_the_quantity_and_the_record_says_so(floor: Floor) -> None:
    asked(floor)
    floor.clock.advance(2)
    told = floor.wired.station.give_weight("2400", "g")
    assert told.said.verdict is Verdict.ACCEPTED
    used = floor.events("consumption")[0]
    assert (used["data"]["quantity"], used["data"]["unit"], used["data"]["base_quantity"]) == ("2400", "g", "2.400")
    assert used["read"]["weighed"] == "2400 g"
    floor.check()


def test_in_receiving_too(floor: Floor) -> None:
    for scan in (WORKER, ORDER, f"{STARCH}17281130" + "10LOT-1"):
        floor.scan(scan)
    assert floor.wired.station.give_weight("25.0", "kg").said.verdict is Verdict.ACCEPTED
    assert floor.events("receipt")[0]["read"]["weighed"] == "25.0 kg"
    floor.check()


def test_the_keypad_offers_what_stands_still_and_waits_for_what_does_not(floor: Floor) -> None:
    asked(floor)
    assert not any(button.action == "weigh" for button in keypad(floor).packs)  # there is no scale
    floor.wired.station.scale = lambda: None
    assert [(each.words, each.enabled) for each in keypad(floor).packs] == [("Take weight", False)]
    floor.press("weigh")
    assert keypad(floor).problem == "wait until the scale stands still"
    assert floor.events("consumption") == []
    floor.wired.station.scale = lambda: (Decimal("2.40"), "kg")
    assert [(each.words, each.enabled) for each in keypad(floor).packs] == [("Take 2.4 kg", True)]
    floor.press("weigh")
    assert floor.events("consumption")[0]["read"]["weighed"] == "2.40 kg"
    floor.check()


def test_a_card_takes_the_weight(floor: Floor) -> None:
    asked(floor)
    floor.wired.station.scale = lambda: (Decimal("2.4"), "kg")
    assert floor.scan(command_card("WEIGH")).said.verdict is Verdict.ACCEPTED
    floor.check()


def test_a_weight_that_nobody_asked_for_counts_nothing(floor: Floor) -> None:
    floor.scan(WORKER)
    floor.scan(DYE_ORDER)
    assert floor.wired.station.give_weight("2.4", "kg").said.reason is Reason.NOT_EXPECTED_HERE
    assert floor.events("consumption") == []


def test_nothing_on_the_scale_is_no_quantity(floor: Floor) -> None:
    asked(floor)
    for weight in ("0", "-0.02"):
        told = floor.wired.station.give_weight(weight, "kg")
        assert (told.said.verdict, told.said.reason) == (Verdict.CHECK, Reason.QUANTITY_INVALID)
    assert floor.events("consumption") == []


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def test_the_loop_hands_on_only_what_stands_still(tmp_path: Path) -> None:
    file = tmp_path / "scale.txt"
    file.write_text("S S     12.400 kg")
    told: list[tuple[str, str]] = []
    loop = ScaleLoop(built_scale(Scale(name="bench", driver="simulated", options={"path": file})), lambda *said: told.append(said), list)
    loop.start()
    until(lambda: loop.weight() == WEIGHT)
    file.write_text("S D     13.100 kg")
    until(lambda: loop.weight() is None)
    file.write_text("S S     13.200 kg")
    until(lambda: loop.weight() == (Decimal("13.200"), "kg"))
    file.unlink()
    until(lambda: loop.weight() is None)
    until(lambda: len(told) == 2)
    loop.stop()
    assert told[0] == ("bench", "")
    assert told[1][1]


class _Broken:
    name = "bench"

    def open(self) -> None:
        raise DeviceError(self.name, Fault.NOT_FOUND)

    def close(self) -> None:
        pass


def test_a_scale_that_is_not_there_is_told_once_and_weighs_nothing() -> None:
    told: list[tuple[str, str]] = []
    loop = ScaleLoop(_Broken(), lambda *said: told.append(said), list)
    loop.start()
    until(lambda: bool(told))
    loop.stop()
    assert len(told) == 1
    assert loop.weight() is None
