"""`lotline verify`: the station's journal checked end to end."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError
from kiosk.cli.station_folder import add_folder, station_database

if TYPE_CHECKING:
    from kiosk.store.verifying import Verdict


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_folder(parser)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object: ok, events, journals, broken_at (the event's sequence), words"
    )


def run(args: argparse.Namespace) -> int:
    """Check every event and scan; 1 where anything was changed or is missing."""
    verdict = _verdict(args.db)
    print(json.dumps(_as_json(verdict)) if args.json else _in_words(verdict))
    return DONE if verdict.ok else ANSWER_IS_NO


def _verdict(directory: Path) -> Verdict:
    from kiosk.store.verifying import Verdict, verify

    try:
        with station_database(directory) as database:
            return verify(database)
    except CommandError as error:
        if error.exit_code != ANSWER_IS_NO:
            raise
        # Not even readable: that is an answer too.
        return Verdict(0, (), None, error.words)


def _as_json(verdict: Verdict) -> dict[str, object]:
    broken = verdict.broken
    return {
        "ok": verdict.ok,
        "events": verdict.events,
        "journals": list(verdict.journals),
        "broken_at": broken.sequence if broken else None,
        "broken_journal": broken.journal if broken else None,
        "words": _fault(verdict),
    }


def _fault(verdict: Verdict) -> str | None:
    return verdict.broken.words if verdict.broken else verdict.damage


def _in_words(verdict: Verdict) -> str:
    fault = _fault(verdict)
    if fault is None:
        return f"All {verdict.events} events and their scans are as they were recorded."
    return (
        f"The journal does not hold: {fault.rstrip('.')}.\n"
        "Keep the folder as it is and make a copy of it. The server has every event that it acknowledged: compare before working on."
    )
