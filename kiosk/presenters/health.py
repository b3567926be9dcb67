"""How the station's devices and its network are, and what the top bar says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from kiosk.presenters.language import Language
from kiosk.presenters.views import Chip, ChipTone
from traceability.number_blocks import Numbered

#: So many fit into the top bar.
MOST_CHIPS: Final = 3
_URGENCY: Final = (ChipTone.QUIET, ChipTone.WARN, ChipTone.BAD)


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
    scale: str | None = None  # the name of the scale where it does not answer; None where it does, or there is none
    to_send: int = 0
    parked: int = 0
    numbers: Mapping[Numbered, int] = field(default_factory=dict)  # how many are left, of each kind that ends within a day

    @property
    def no_scanner(self) -> bool:
        """Whether nothing can be scanned at all."""
        return bool(self.scanners) and all(self.scanners.values())


def chips(health: Health, language: Language) -> tuple[Chip, ...]:
    """Return the chips of the top bar: quiet where all is well, in words where it is not.

    There is room for three: the connection is always there, what is well gives way to what is not.
    """
    scale = Chip("scale", language.say("chip.gone", name=health.scale), ChipTone.WARN) if health.scale else None
    parts = (_scanner(health, language), scale, _printer(health, language), _numbers(health, language))
    here = [chip for chip in parts if chip is not None]
    worst = sorted(here, key=lambda chip: -_URGENCY.index(chip.tone))[: MOST_CHIPS - 1]
    return (*(chip for chip in here if chip in worst), _connection(health, language))


def _numbers(health: Health, language: Language) -> Chip | None:
    """What kind of number is used up first; None where there are enough for a day."""
    if not health.numbers:
        return None
    kind, left = min(health.numbers.items(), key=lambda each: each[1])
    return Chip("tag", language.say(f"chip.{kind}_numbers", count=language.amount(left)), ChipTone.WARN if left else ChipTone.BAD)


def _scanner(health: Health, language: Language) -> Chip:
    wrong = [name for name, fault in health.scanners.items() if fault]
    if not wrong:
        return Chip("barcode_reader", language.say("chip.scanner"))
    if health.no_scanner:
        return Chip("barcode_reader", language.say("chip.no_scanner"), ChipTone.BAD)
    return Chip("barcode_reader", language.say("chip.gone", name=wrong[0]), ChipTone.WARN)


def _printer(health: Health, language: Language) -> Chip | None:
    if health.printer is None:
        return Chip("print_disabled", language.say("chip.no_printer"), ChipTone.WARN) if health.labels_waiting else None
    if not health.printer:
        return Chip("print", language.say("chip.printer"))
    fault = language.say("chip.printer_fault", fault=language.detail(health.printer) or health.printer)
    waiting = f" · {language.say_of('chip.labels', health.labels_waiting)}" if health.labels_waiting else ""
    return Chip("print_error", f"{fault}{waiting}", ChipTone.BAD)


def _connection(health: Health, language: Language) -> Chip:
    if health.parked:
        return Chip("error", language.say_of("chip.need_you", health.parked), ChipTone.BAD, "queue")
    if not health.server:
        return Chip("cloud_off", language.say("chip.alone"), action="queue")
    if not health.online:
        return Chip("cloud_off", language.say_of("chip.offline", health.to_send), ChipTone.WARN, "queue")
    if health.offline_words:
        return Chip("cloud_off", language.say_of("chip.refused", health.to_send), ChipTone.WARN, "queue")
    words = language.say_of("chip.to_send", health.to_send) if health.to_send else language.say("chip.online")
    return Chip("cloud_done", words, action="queue")


def age(span: timedelta, language: Language) -> str:
    """Return how long something lasts, for a glance: 45 s, 12 m, 2 h 14 m, 3 d."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return language.say("age.seconds", seconds=str(seconds))
    if seconds < 3600:
        return language.say("age.minutes", minutes=str(seconds // 60))
    if seconds < 86400:
        return language.say("age.hours", hours=str(seconds // 3600), minutes=str(seconds % 3600 // 60))
    return language.say("age.days", days=language.amount(seconds // 86400))
