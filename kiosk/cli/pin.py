"""`lotline pin`: read a PIN, print its hash for the plant file (`operators`, `pin_hash`). The PIN is neither shown nor kept."""

from __future__ import annotations

import argparse
import getpass
import sys

from kiosk.cli.errors import DONE, CommandError


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Add the command's options: none. A PIN among them would stand in the shell's history."""


def run(_args: argparse.Namespace) -> int:
    """Ask for the PIN twice, or read it from standard input where that is no terminal, and print its hash."""
    from kiosk.services.pins import LONGEST_PIN, SHORTEST_PIN, hash_of, is_pin

    pin = _asked() if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not is_pin(pin):
        raise CommandError(
            f"a PIN is {SHORTEST_PIN} to {LONGEST_PIN} digits, so that it can be typed on the number pad; nothing was printed."
        )
    print(hash_of(pin))
    return DONE


def _asked() -> str:
    pin = getpass.getpass("PIN: ")
    if getpass.getpass("PIN once more: ") != pin:
        raise CommandError("the two PINs differ; nothing was printed.")
    return pin
