"""Serial ports for scanners, scales and printers: found by name or by what is plugged in, opened for us alone."""

from __future__ import annotations

import sys
from typing import Any, Final, Literal, Self

import serial
from pydantic import BaseModel, ConfigDict, Field, model_validator

from drivers.faults import DeviceError, Fault, device_error
from drivers.usb_identity import UsbIdentity

if sys.platform == "win32":
    SERIAL_FAILURES: Final[tuple[type[Exception], ...]] = (serial.SerialException, OSError)
else:
    import termios

    # A pty has no modem lines (ENOTTY as termios.error); after a hang-up `in_waiting` raises a bare OSError.
    SERIAL_FAILURES: Final[tuple[type[Exception], ...]] = (serial.SerialException, OSError, termios.error)

#: pyserial's one class that every link has; its stubs leave `in_waiting` out of the shared one.
Port = serial.Serial

_PARITY: Final[dict[str, str]] = {"none": "N", "even": "E", "odd": "O", "mark": "M", "space": "S"}
_WRITE_SECONDS: Final = 10.0


class SerialSettings(BaseModel):
    """Where a serial device is and how fast it talks; either `port`, or `usb` for one that is found wherever it is plugged in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    port: str = Field("", description="/dev/ttyACM0, COM3, socket://10.0.0.5:4001, rfc2217://10.0.0.5:4001")
    usb: UsbIdentity | None = Field(None, description="find the port by the device's USB vendor, product and serial number")
    baud_rate: int = Field(9600, ge=300, le=4_000_000, description="bits a second")
    data_bits: Literal[7, 8] = Field(8, description="bits a character")
    parity: Literal["none", "even", "odd", "mark", "space"] = Field("none", description="parity bit")
    stop_bits: Literal[1, 2] = Field(1, description="stop bits")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if bool(self.port) == (self.usb is not None):
            raise ValueError("give either port or usb")
        return self


def open_port(device: str, settings: SerialSettings, read_seconds: float) -> Port:
    """Return the open port, whose reads wait `read_seconds`; raise DeviceError where it is absent, taken, or not allowed to us."""
    where = _port_of(device, settings.usb) if settings.usb else settings.port
    on_network = "://" in where
    options: dict[str, Any] = {
        "baudrate": settings.baud_rate,
        "bytesize": settings.data_bits,
        "parity": _PARITY[settings.parity],
        "stopbits": settings.stop_bits,
        "timeout": read_seconds,
        "write_timeout": _WRITE_SECONDS,
    }
    if not on_network and sys.platform != "win32":
        options["exclusive"] = True
    try:
        port: Port = serial.serial_for_url(where, **options)
    except ValueError as error:
        raise DeviceError(device, Fault.MISCONFIGURED, str(error)) from error
    except SERIAL_FAILURES as error:
        raise serial_error(device, error, Fault.UNREACHABLE if on_network else Fault.NOT_FOUND) from error
    return port


def serial_error(device: str, error: Exception, otherwise: Fault) -> DeviceError:
    """Return what pyserial's `error` amounts to."""
    if "PermissionError" in str(error):  # Windows, of a port that another program holds; the cause stands only in the words
        return DeviceError(device, Fault.BUSY, str(error))
    if isinstance(error, serial.SerialTimeoutException):
        return DeviceError(device, Fault.TIMED_OUT, str(error))
    return device_error(device, error, otherwise)


def _port_of(device: str, usb: UsbIdentity) -> str:
    from serial.tools import list_ports

    return usb.only(device, sorted(str(port.device) for port in list_ports.comports() if usb.fits(port.vid, port.pid, port.serial_number)))
