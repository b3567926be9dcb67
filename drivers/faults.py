"""Why a device can't do its job: one closed list, so that help for a person can hang on each."""

from __future__ import annotations

import errno
import socket
from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """What is wrong with a device, in the terms of what a person can do about it."""

    NOT_FOUND = "NOT_FOUND"  # no such port, file, host or queue: is it plugged in, is the name right?
    NOT_ALLOWED = "NOT_ALLOWED"  # this user may not open it: group, udev rule
    BUSY = "BUSY"  # another program holds it
    UNREACHABLE = "UNREACHABLE"  # the network leads nowhere, or the device does not take the connection
    DISCONNECTED = "DISCONNECTED"  # was there and went away
    TIMED_OUT = "TIMED_OUT"  # there, but does not take or give data
    SOFTWARE_MISSING = "SOFTWARE_MISSING"  # a program or library that the driver needs is not installed
    MISCONFIGURED = "MISCONFIGURED"  # settings that this device can't follow
    FAILED = "FAILED"  # anything else; the detail says what the system said


class DeviceError(Exception):
    """A device is broken or away. `detail` is the system's own words, for the log and for whoever repairs it."""

    def __init__(self, device: str, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{device}: {fault}" + (f" ({detail})" if detail else ""))
        self.device = device
        self.fault = fault
        self.detail = detail


_BY_ERRNO: Final[dict[int, Fault]] = {
    errno.ENOENT: Fault.NOT_FOUND,
    errno.ENXIO: Fault.NOT_FOUND,
    errno.EACCES: Fault.NOT_ALLOWED,
    errno.EPERM: Fault.NOT_ALLOWED,
    errno.EBUSY: Fault.BUSY,
    errno.EAGAIN: Fault.BUSY,
    errno.EADDRINUSE: Fault.BUSY,
    errno.ECONNREFUSED: Fault.UNREACHABLE,
    errno.EHOSTUNREACH: Fault.UNREACHABLE,
    errno.ENETUNREACH: Fault.UNREACHABLE,
    errno.EADDRNOTAVAIL: Fault.MISCONFIGURED,
    errno.ENODEV: Fault.DISCONNECTED,
    errno.EIO: Fault.DISCONNECTED,
    errno.EPIPE: Fault.DISCONNECTED,
    errno.ECONNRESET: Fault.DISCONNECTED,
    errno.ETIMEDOUT: Fault.TIMED_OUT,
}


def device_error(device: str, error: Exception, otherwise: Fault) -> DeviceError:
    """Return the DeviceError that `error` of the system or of a library amounts to; `otherwise` where it does not tell."""
    if isinstance(error, socket.gaierror):
        return DeviceError(device, Fault.NOT_FOUND, str(error))
    if isinstance(error, TimeoutError):
        return DeviceError(device, Fault.TIMED_OUT, str(error))
    number = error.errno if isinstance(error, OSError) else None
    return DeviceError(device, _BY_ERRNO.get(number or 0, otherwise), str(error))
