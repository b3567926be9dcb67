"""What every driver must do, tried on every one that is found: a new file in drivers/ is tested by being there."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel, ValidationError

from config.plugins import find, names
from drivers.faults import DeviceError, Fault
from drivers.pictures import EVERY
from drivers.printer_line import PrinterLine
from drivers.runner import Condition
from tests.corpora import ROOT
from tests.drivers.listening import Station

SCANNERS, PRINTERS, SCALES, DECODERS = (names(f"drivers.{kind}") for kind in ("scanners", "printers", "scales", "decoders"))
CLASSES = {"scanners": "Scanner", "printers": "Printer", "scales": "Scale"}
DEVICES = [(kind, name) for kind, found in (("scanners", SCANNERS), ("printers", PRINTERS), ("scales", SCALES)) for name in found]
NOWHERE = "/nowhere/at-all"

#: For each driver, settings of a device that can't be had; one that always can be had says None. A new driver adds a line.
ABSENT: dict[tuple[str, str], dict[str, Any] | None] = {
    ("scanners", "camera"): {"source": f"{NOWHERE}.avi"},
    ("scanners", "keyboard_wedge"): None,
    ("scanners", "serial_line"): {"port": NOWHERE},
    ("scanners", "simulated"): {"path": NOWHERE},
    ("scanners", "tcp"): {"host": "127.0.0.1", "port": 9},
    ("scanners", "usb_hid"): {"path": NOWHERE},
    ("printers", "cups"): {"queue": "nobody-has-this-queue"},
    ("printers", "device_file"): {"path": NOWHERE, "language": "zpl"},
    ("printers", "network"): {"host": "127.0.0.1", "port": 9, "language": "zpl"},
    ("printers", "serial_port"): {"port": NOWHERE, "language": "zpl"},
    ("printers", "simulated"): {"directory": "/dev/null/labels"},
    ("scales", "serial_scale"): {"port": NOWHERE},
    ("scales", "simulated"): {"path": NOWHERE},
}


def made(kind: str, name: str, settings: dict[str, Any]) -> Any:
    module = find(f"drivers.{kind}", name)
    return getattr(module, CLASSES[kind])("device-1", module.Options.model_validate(settings))


def absent(kind: str, name: str) -> Any:
    settings = ABSENT[kind, name]
    if settings is None:
        pytest.skip("this one can always be had")
    return made(kind, name, settings)


def each(devices: list[tuple[str, str]]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return pytest.mark.parametrize(("kind", "name"), devices, ids=[f"{kind}.{name}" for kind, name in devices])


def options_in(model: type[BaseModel]) -> list[type[BaseModel]]:
    inner = [field.annotation for field in model.model_fields.values()]
    return [model, *(found for one in inner if isinstance(one, type) and issubclass(one, BaseModel) for found in options_in(one))]


@each(DEVICES)
def test_options_are_documented_frozen_and_closed(kind: str, name: str) -> None:
    for model in options_in(find(f"drivers.{kind}", name).Options):
        assert model.model_config.get("frozen")
        assert model.model_config.get("extra") == "forbid"
        assert all(field.description for field in model.model_fields.values()), model


@each(DEVICES)
def test_a_setting_that_does_not_exist_is_refused(kind: str, name: str) -> None:
    with pytest.raises(ValidationError, match="no_such_setting"):
        find(f"drivers.{kind}", name).Options.model_validate({**(ABSENT[kind, name] or {}), "no_such_setting": 1})


@each(DEVICES)
def test_the_class_has_the_verbs_of_its_kind(kind: str, name: str) -> None:
    driver = getattr(find(f"drivers.{kind}", name), CLASSES[kind])
    for verb in {
        "scanners": ("open", "read", "close"),
        "printers": ("open", "send", "status", "close"),
        "scales": ("open", "read", "close"),
    }[kind]:
        assert inspect.getdoc(getattr(driver, verb))


@each(DEVICES)
def test_making_one_touches_no_device_and_closing_it_twice_does_no_harm(kind: str, name: str) -> None:
    device = made(kind, name, ABSENT[kind, name] or {})
    assert device.name == "device-1"
    device.close()
    device.close()


@each(DEVICES)
def test_a_device_that_is_not_there_is_a_fault_with_words(kind: str, name: str) -> None:
    device = absent(kind, name)
    with pytest.raises(DeviceError) as raised:
        device.open()
    assert raised.value.device == "device-1"
    assert raised.value.fault in Fault
    assert raised.value.detail
    device.close()


@each([device for device in DEVICES if device[0] != "printers"])
def test_reading_what_is_not_open_is_a_fault(kind: str, name: str) -> None:
    with pytest.raises(DeviceError) as raised:
        made(kind, name, ABSENT[kind, name] or {}).read()
    assert raised.value.fault is Fault.DISCONNECTED


@each([device for device in DEVICES if device[0] == "printers"])
def test_sending_to_what_is_not_open_is_a_fault(kind: str, name: str) -> None:
    with pytest.raises(DeviceError):
        made(kind, name, ABSENT[kind, name] or {}).send(b"x")


@pytest.mark.parametrize("name", SCANNERS)
def test_the_runner_reports_an_absent_scanner_and_goes_on_trying(name: str) -> None:
    with Station(absent("scanners", name)) as station:
        station.wait_until(lambda: sum(report.condition is Condition.LOST for report in station.reports) >= 2)
    assert station.reports[0].condition is Condition.CONNECTING
    assert station.reports[-1].condition is Condition.STOPPED


@pytest.mark.parametrize("name", PRINTERS)
def test_an_absent_printer_is_never_ready(name: str) -> None:
    status = PrinterLine(absent("printers", name)).status()
    assert not status.ready
    assert status.fault is not None


@pytest.mark.parametrize("name", DECODERS)
def test_a_decoder_finds_nothing_in_nothing(name: str) -> None:
    assert find("drivers.decoders", name).Decoder().decode(np.zeros((40, 60), np.uint8), EVERY) == ()


def maturity() -> dict[str, Any]:
    return tomllib.loads((ROOT / "drivers/maturity.toml").read_text(encoding="utf-8"))


@each([*DEVICES, *(("decoders", name) for name in DECODERS)])
def test_each_drivers_maturity_is_written_down_and_proved(kind: str, name: str) -> None:
    written = maturity()
    answers = written[kind][name]
    assert answers.keys() == written["rules"][kind].keys()
    for rule, answer in answers.items():
        if answer.startswith("no: "):
            assert len(answer) > len("no: because"), (name, rule)
        else:
            file, _, test = answer.partition("::")
            assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), (name, rule, answer)


def test_maturity_speaks_of_no_driver_that_does_not_exist() -> None:
    written = maturity()
    assert {(kind, name) for kind in written if kind != "rules" for name in written[kind]} == {
        *DEVICES,
        *(("decoders", name) for name in DECODERS),
    }


def test_no_driver_is_forgotten_here() -> None:
    assert set(DEVICES) <= ABSENT.keys()
