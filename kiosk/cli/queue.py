"""`lotline queue`: what waits at this station, since when, and what the server would not take."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.cli.errors import DONE
from kiosk.cli.station_folder import add_folder, station_database

if TYPE_CHECKING:
    from kiosk.services.ports import QueuedEvent
    from kiosk.store.queue import QueueState

_MOST_PARKED = 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_folder(parser)
    parser.add_argument(
        "--json", action="store_true", help="one JSON object: station, journal, online, waiting, parked, oldest_at, last_sync_at"
    )


def run(args: argparse.Namespace) -> int:
    """Show the queue; reading it changes nothing."""
    from kiosk.store.queue import StationQueue

    with station_database(args.db) as database:
        queue = StationQueue(database)
        state, parked = queue.state(datetime.now(UTC)), queue.events(("parked",), _MOST_PARKED)
    print(json.dumps(_as_json(state, parked), ensure_ascii=False) if args.json else _in_words(state, parked))
    return DONE


def _as_json(state: QueueState, parked: tuple[QueuedEvent, ...]) -> dict[str, object]:
    return {
        "station": state.station,
        "journal": state.journal,
        "online": state.online,
        "waiting": state.figures.waiting,
        "parked": [_parked(each) for each in parked],
        "exceptions": state.figures.exceptions,
        "oldest_at": _moment(state.figures.oldest_at),
        "last_sync_at": _moment(state.figures.last_sync_at),
    }


def _parked(event: QueuedEvent) -> dict[str, object]:
    return {
        "id": event.id,
        "sequence": event.sequence,
        "kind": event.kind,
        "occurred_at": _moment(event.occurred_at),
        "tries": event.tries,
        "words": event.words,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _in_words(state: QueueState, parked: tuple[QueuedEvent, ...]) -> str:
    figures = state.figures
    since = f", the oldest since {_moment(figures.oldest_at)}" if figures.oldest_at else ""
    lines = [
        f"Station {state.station or '(not named yet)'}: {'online' if state.online else 'offline'} when it was last asked.",
        f"{figures.waiting} events wait to be sent{since}. The server last answered: {_moment(figures.last_sync_at) or 'never'}.",
        f"{figures.parked} parked, {figures.exceptions} taken with an exception.",
        *(f"  parked: {each.kind} {each.sequence} of {_moment(each.occurred_at)}: {each.words}" for each in parked),
    ]
    return "\n".join(lines)
