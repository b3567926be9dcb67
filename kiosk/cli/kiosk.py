"""`lotline kiosk --config FILE`: the station, on its touchscreen."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path

from kiosk.cli.errors import CommandError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own options."""
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the station's settings (TOML)")


def run(args: argparse.Namespace) -> int:
    """Run until the window is closed."""
    gc.disable()  # what is made at the start stays; once all is there, `kiosk.app.kiosk` has the collector go on
    try:
        return _run(args)
    finally:
        gc.enable()


def _run(args: argparse.Namespace) -> int:
    from config.mistakes import SettingsRefused
    from config.settings import load_settings
    from kiosk.services.ports import StorageFailed

    try:
        settings = load_settings(args.config)
        # The window first: what comes after it takes the longer part of the start.
        from kiosk.app.first_screen import first_window

        window = first_window(settings.screen)
        from kiosk.app.kiosk import run as run_kiosk

        return run_kiosk(settings, window)
    except SettingsRefused as refused:
        raise CommandError(refused.words) from refused
    except StorageFailed as failure:
        raise CommandError(f"{failure.words} No scan can be kept, so the kiosk does not start.", 1) from failure
