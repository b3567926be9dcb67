"""PINs: compared with their argon2id hashes, five wrong ones lock for a quarter of an hour. No PIN is kept, shown or logged."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from kiosk.services.ports import PinBook
from traceability.barcodes.command import START, command_card
from traceability.operators import LOCKED_FOR, MOST_WRONG
from traceability.workflows.inputs import Pin, PinChecked

SHORTEST_PIN: Final = 4
LONGEST_PIN: Final = 12


#: What is kept of a number card's scan. Which digit it was is not: it may be one of a PIN.
HIDDEN_CARD: Final = "..K.DIGIT.#"
ENTER: Final = "ENTER"
_NUMBER: Final = f"{START}DIGIT."
_CARDS: Final = {command_card("DIGIT", digit): digit for digit in "0123456789"} | {command_card(ENTER): ENTER}
#: The same card again from the same scanner sooner than this is one pull of the trigger (PRODUCT, rule 17).
DOUBLE_READ: Final = timedelta(seconds=1.5)


def number_card(text: str) -> str | None:
    """Return the digit of a number card, ENTER for the card that ends a number, "" for a damaged one; None for any other scan."""
    text = text.rstrip("\r\n")
    return _CARDS.get(text, "" if text.startswith(_NUMBER) else None)


@dataclass(slots=True)
class PinTyping:
    """The digits of a PIN that somebody is in the middle of typing. In memory only."""

    _digits: str = field(default="", repr=False)
    _last: tuple[str, str, datetime] | None = field(default=None, repr=False)  # the last card: which, from which scanner, when

    def card(self, key: str, device: str, at: datetime) -> bool:
        """Take a number card; return whether it counts: not where it was read twice by one pull of the trigger."""
        last, self._last = self._last, (key, device, at)
        if last is not None and last[:2] == (key, device) and timedelta(0) <= at - last[2] < DOUBLE_READ:
            return False
        self.press(key)
        return True

    def press(self, key: str) -> None:
        """Take a key of the number pad: a digit, `back` or `clear`."""
        if key.isascii() and key.isdigit() and len(key) == 1:
            self._digits = (self._digits + key)[:LONGEST_PIN]
        elif key == "back":
            self._digits = self._digits[:-1]
        elif key == "clear":
            self.clear()

    @property
    def count(self) -> int:
        """How many digits there are: all that a screen shows."""
        return len(self._digits)

    def taken(self) -> str:
        """Return what was typed, and forget it."""
        digits = self._digits
        self.clear()
        return digits

    def clear(self) -> None:
        """Forget what was typed."""
        self._digits, self._last = "", None


@dataclass(frozen=True, slots=True)
class Pins:
    """Says whether a PIN is its person's. Takes tens of milliseconds on purpose: a stolen database must be slow to guess from."""

    book: PinBook
    hasher: PasswordHasher

    def checked(self, operator_id: str, pin: str, at: datetime) -> PinChecked:
        """Compare a PIN. The try is on disk before it is answered, so that pulling the plug gives none back. StorageFailed."""
        kept = self.book.pin_state(operator_id)
        if kept.hash is None:
            return PinChecked(operator_id, Pin.MISSING)
        since = min(kept.locked_at, at) if kept.locked_at else None  # a clock that was set back prolongs nothing
        if since is not None and at < since + LOCKED_FOR:
            if since != kept.locked_at:
                self.book.keep_tries(operator_id, kept.wrong, since)
            return PinChecked(operator_id, Pin.LOCKED, locked_until=since + LOCKED_FOR)
        wrong = 1 if since is not None else kept.wrong + 1
        locked_at = at if wrong >= MOST_WRONG else None
        self.book.keep_tries(operator_id, wrong, locked_at)
        if self._is_right(kept.hash, pin):
            self.book.keep_tries(operator_id, 0, None)
            return PinChecked(operator_id, Pin.RIGHT)
        if locked_at is not None:
            return PinChecked(operator_id, Pin.LOCKED, locked_until=locked_at + LOCKED_FOR)
        return PinChecked(operator_id, Pin.WRONG, MOST_WRONG - wrong)

    def _is_right(self, hashed: str, pin: str) -> bool:
        if not is_pin(pin):
            return False
        try:
            return self.hasher.verify(hashed, pin)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False


def is_pin(text: str) -> bool:
    """Whether text can be a PIN: 4 to 12 digits, as a number pad and number cards give them."""
    return text.isascii() and text.isdigit() and SHORTEST_PIN <= len(text) <= LONGEST_PIN


def hash_of(pin: str, hasher: PasswordHasher | None = None) -> str:
    """Return what a plant file keeps of a PIN."""
    return (hasher or PasswordHasher()).hash(pin)
