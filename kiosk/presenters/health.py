"""How the station's devices and its network are, and what the top bar says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.presenters.views import Chip, ChipTone


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of devices and network. Words are ready to show."""

    scanners: dict[str, str] = field(default_factory=dict)  # name to what is wrong; "" when it works
    printer: str | None = None  # what is wrong with the printer; "" when it works, None where there is none
    labels_waiting: int = 0
    server: bool = False  # whether there is a server to be connected to
    online: bool = False
    offline_words: str = ""  # why not all could be sent, in the server's or the network's words
    offline_since: datetime | None = None
    to_send: int = 0
    parked: int = 0

    @property
    def no_scanner(self) -> bool:
        """Whether nothing can be scanned at all."""
        return bool(self.scanners) and all(self.scanners.values())


def chips(health: Health) -> tuple[Chip, ...]:
    """Return the chips of the top bar: quiet where all is well, in words where it is not."""
    return tuple(filter(None, (_scanner(health), _printer(health), _connection(health))))


def _scanner(health: Health) -> Chip:
    wrong = [name for name, fault in health.scanners.items() if fault]
    if not wrong:
        return Chip("barcode_reader", "Scanner")
    if health.no_scanner:
        return Chip("barcode_reader", "No scanner", ChipTone.BAD)
    return Chip("barcode_reader", f"{wrong[0]} is gone", ChipTone.WARN)


def _printer(health: Health) -> Chip | None:
    if health.printer is None:
        return Chip("print_disabled", "No printer", ChipTone.WARN) if health.labels_waiting else None
    if not health.printer:
        return Chip("print", "Printer")
    waiting = f" · {health.labels_waiting} waiting" if health.labels_waiting else ""
    return Chip("print_error", f"Printer {health.printer}{waiting}", ChipTone.BAD)


def _connection(health: Health) -> Chip:
    if health.parked:
        return Chip("error", f"{health.parked} need you", ChipTone.BAD, "queue")
    if not health.server:
        return Chip("cloud_off", "Stand-alone", action="queue")
    if not health.online:
        return Chip("cloud_off", f"Offline · {health.to_send} to send", ChipTone.WARN, "queue")
    if health.offline_words:
        return Chip("cloud_off", f"Server says no · {health.to_send} to send", ChipTone.WARN, "queue")
    words = f"Online · {health.to_send} to send" if health.to_send else "Online"
    return Chip("cloud_done", words, action="queue")


def age(span: timedelta) -> str:
    """Return how long something lasts, for a glance: 45 s, 12 m, 2 h 14 m, 3 d."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} m"
    if seconds < 86400:
        return f"{seconds // 3600} h {seconds % 3600 // 60} m"
    return f"{seconds // 86400} d"
