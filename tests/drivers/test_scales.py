"""Scales over a real pty, and every answer they know."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.faults import DeviceError, Fault
from drivers.scales import serial_scale, simulated
from drivers.simulation.serial_scale import SerialScale
from drivers.weights import Weight, WeightState, read_headed, read_sics


@pytest.mark.parametrize(
    ("line", "weight"),
    [
        ("S S     12.340 kg", Weight(WeightState.STABLE, Decimal("12.340"), "kg")),
        ("S S      -0.02 g", Weight(WeightState.STABLE, Decimal("-0.02"), "g")),
        ("S D    100 lb", Weight(WeightState.MOVING, Decimal(100), "lb")),
        ("S +", Weight(WeightState.OVERLOAD)),
        ("S -", Weight(WeightState.UNDERLOAD)),
        ("S I", Weight(WeightState.NOT_NOW)),
        ("ES", None),
        ("S S kg", None),
        ("S S     NaN kg", None),
        ("S S     ٣ kg", None),
    ],
)
def test_sics_answers(line: str, weight: Weight | None) -> None:
    assert read_sics(line) == weight


@pytest.mark.parametrize(
    ("line", "weight"),
    [
        ("ST,GS,+  12.345kg", Weight(WeightState.STABLE, Decimal("12.345"), "kg")),
        ("ST,+00012.34  g", Weight(WeightState.STABLE, Decimal("12.34"), "g")),
        ("US,NT,-   0.5kg", Weight(WeightState.MOVING, Decimal("-0.5"), "kg")),
        ("OL,+9999999E+19", Weight(WeightState.OVERLOAD)),
        ("OL,-9999999E+19", Weight(WeightState.UNDERLOAD)),
        ("ST,GS,+  12.345", None),
        ("12.3 kg", None),
    ],
)
def test_headed_lines(line: str, weight: Weight | None) -> None:
    assert read_headed(line) == weight


@given(line=st.text(max_size=40))
def test_no_line_raises(line: str) -> None:
    for weight in (read_sics(line), read_headed(line)):
        assert weight is None or weight.value is None or weight.value.is_finite()


@pytest.fixture
def scale(tmp_path: Path) -> Iterator[SerialScale]:
    device = SerialScale(tmp_path / "ttyUSB0")
    device.plug_in()
    yield device
    device.unplug()


def opened(device: SerialScale, **settings: object) -> serial_scale.Scale:
    driver = serial_scale.Scale("scale", serial_scale.Options.model_validate({"port": str(device.path), "answer_seconds": 0.3, **settings}))
    driver.open()
    return driver


def test_a_scale_is_asked_and_answers(scale: SerialScale) -> None:
    driver = opened(scale)
    scale.line = "S S     12.340 kg"
    assert driver.read() == Weight(WeightState.STABLE, Decimal("12.340"), "kg")
    scale.line = "S D     13.0 kg"
    assert driver.read().state is WeightState.MOVING
    driver.close()


def test_a_scale_that_sends_on_and_on(scale: SerialScale) -> None:
    driver = opened(scale, protocol="headed", answer_seconds=5)
    stop = threading.Event()

    def send() -> None:
        while not stop.wait(0.01):
            scale.send("ST,GS,+  7.5kg")

    sender = threading.Thread(target=send)
    sender.start()
    weight = driver.read()
    stop.set()
    sender.join()
    driver.close()
    assert weight == Weight(WeightState.STABLE, Decimal("7.5"), "kg")


def test_nonsense_is_told_as_it_came(scale: SerialScale) -> None:
    driver = opened(scale)
    scale.line = "EL"
    with pytest.raises(DeviceError, match="EL") as raised:
        driver.read()
    driver.close()
    assert raised.value.fault is Fault.TIMED_OUT


def test_an_unplugged_scale_is_reported_and_comes_back(scale: SerialScale) -> None:
    driver = opened(scale)
    scale.unplug()
    with pytest.raises(DeviceError) as raised:
        driver.read()
    assert raised.value.fault is Fault.DISCONNECTED
    scale.plug_in()
    driver.open()
    assert driver.read().state is WeightState.STABLE
    driver.close()


def test_simulated_scale(tmp_path: Path) -> None:
    path = tmp_path / "weight.txt"
    path.write_text("S S     12.34 kg\n", encoding="ascii")
    driver = simulated.Scale("scale", simulated.Options(path=path))
    driver.open()
    assert driver.read().value == Decimal("12.34")
    path.write_text("a sack", encoding="ascii")
    with pytest.raises(DeviceError, match="a sack"):
        driver.read()
