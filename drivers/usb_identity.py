"""Which USB device is meant, by what it says of itself."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from drivers.faults import DeviceError, Fault


class UsbIdentity(BaseModel):
    """Which USB device is meant, wherever it is plugged in: four hexadecimal digits each, as `lsusb` shows them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    vendor_id: str = Field(pattern="^[0-9a-fA-F]{4}$", description="USB vendor, 05e0")
    product_id: str | None = Field(None, pattern="^[0-9a-fA-F]{4}$", description="USB product, 1701")
    serial_number: str | None = Field(None, description="to tell two alike apart")

    def fits(self, vendor_id: int | None, product_id: int | None, serial_number: str | None) -> bool:
        """Tell whether a device that says this of itself is the one."""
        return (
            vendor_id == int(self.vendor_id, 16)
            and (self.product_id is None or product_id == int(self.product_id, 16))
            and (self.serial_number is None or serial_number == self.serial_number)
        )

    def only(self, device: str, found: list[str]) -> str:
        """Return the one place where such a device was found; raise DeviceError where it is none, or one of several."""
        if not found:
            raise DeviceError(device, Fault.NOT_FOUND, f"no USB device with {self} is plugged in")
        if len(found) > 1:
            raise DeviceError(device, Fault.MISCONFIGURED, f"{len(found)} devices have {self}: {', '.join(found)}; give serial_number")
        return found[0]
