"""`lotline COMMAND …`: finds the command's module by its name and runs it."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from kiosk.cli.errors import ANSWER_IS_NO, DONE, WRONG_USAGE, CommandError

# The word a person types, the module that answers it, and what it does. A module is imported only when it is asked for.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("kiosk.cli.demo", "a sample plant with simulated devices; --headless DIR plays a whole shift"),
    "kiosk": ("kiosk.cli.kiosk", "the station, on its touchscreen"),
    "barcode": ("kiosk.cli.barcode", "what a scan means"),
    "replay": ("kiosk.cli.replay", "a station without a screen, played from a script"),
    "decode": ("kiosk.cli.decode", "barcodes in pictures"),
    "cards": ("kiosk.cli.cards", "every command card of a station, in sheets to print"),
    "label": ("kiosk.cli.label", "one label, for a printer or as a picture"),
    "queue": ("kiosk.cli.queue", "what waits to be sent, and what the server would not take"),
    "server": ("server.cli", "the central server, and its administration"),
    "import": ("kiosk.cli.import_", "reference data for the plant or for one station"),
    "teach": ("kiosk.cli.teach", "how to read a vendor's own label, from samples that a person marks"),
    "calibrate": ("kiosk.cli.calibrate", "how a keyboard scanner types here, from the test card"),
    "attach": ("kiosk.cli.attach", "a photo or paper for an event of this station"),
    "trace": ("kiosk.cli.trace", "where a lot came from and where it went"),
    "overrides": ("kiosk.cli.overrides", "what second persons let through, at a station or everywhere, and who has looked at it"),
    "pin": ("kiosk.cli.pin", "the hash of a person's PIN, for the plant file"),
    "doctor": ("kiosk.cli.doctor", "what is well at this station, what is not, and what to do"),
    "verify": ("kiosk.cli.verify", "prove that the station's journal is whole"),
}


class Command(Protocol):
    """What a command's module has."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it; return the exit code (0 done, 1 the answer is no)."""


def _usage() -> str:
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:<{width}}  {does}" for name, (_, does) in COMMANDS.items())
    return f"usage: lotline COMMAND …   (lotline COMMAND --help says more)\n\n{rows}\n"


def _unknown(name: str) -> str:
    from config.mistakes import did_you_mean

    return f"lotline: there is no command {name!r}.{did_you_mean(name, COMMANDS)} 'lotline --help' lists them."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help"):
        print(_usage(), end="", file=sys.stdout if words else sys.stderr)
        return DONE if words else WRONG_USAGE
    if words[0] == "--version":
        from config.version import VERSION

        print(f"lotline {VERSION}")
        return DONE
    if words[0] not in COMMANDS:
        print(_unknown(words[0]), file=sys.stderr)
        return WRONG_USAGE
    module_name, does = COMMANDS[words[0]]
    command = cast(Command, importlib.import_module(module_name))
    parser = argparse.ArgumentParser(prog=f"lotline {words[0]}", description=does, allow_abbrev=False)
    command.arguments(parser)
    args = parser.parse_args(words[1:])
    try:
        return command.run(args)
    except CommandError as error:
        print(f"lotline {words[0]}: {error.words}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader went away (`| head`): not a fault. Keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("LOTLINE_TRACEBACK"):
            raise
        print(f"lotline {words[0]}: {_mistake(error)}", file=sys.stderr)
        return ANSWER_IS_NO


def _mistake(error: Exception) -> str:
    """Return what a person is told of a bug: no traceback, and how whoever mends it gets one."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"this program made a mistake ({what}). Please report it; with LOTLINE_TRACEBACK=1 it says where."


if __name__ == "__main__":
    sys.exit(main())
