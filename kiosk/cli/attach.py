"""`lotline attach`: a photo or a certificate for an event that this station knows, while its kiosk is closed."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError
from kiosk.cli.station_folder import add_folder

if TYPE_CHECKING:
    from kiosk.store.opening import StationStore
    from traceability.attachments import Attachment


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_folder(parser)
    parser.add_argument("--event", required=True, metavar="ID", help="the event that it belongs to, as the queue and replay name it")
    parser.add_argument("--operator", metavar="ID", help="who attaches it: the person's opaque id")
    parser.add_argument("--json", action="store_true", help="one JSON object: id, event, sha256, media_type, size, name")
    parser.add_argument("file", type=Path, metavar="FILE", help="a JPEG, PNG or PDF of 10 MB at most, by its content")


def run(args: argparse.Namespace) -> int:
    """Keep the file, then record that it belongs to the event; it goes to the server at the next meeting."""
    from kiosk.cli.station_folder import station_database
    from kiosk.services.ports import StorageFailed
    from kiosk.store.opening import open_station
    from kiosk.store.queue import StationQueue
    from traceability.attachments import attachment_of

    content = _read(args.file)
    file = attachment_of(content, args.file.name)
    if isinstance(file, str):
        raise CommandError(f"{args.file} can't be attached: {file}.", ANSWER_IS_NO)
    with station_database(args.db) as database:
        station = StationQueue(database).state(datetime.now(UTC)).station
    if not station:
        raise CommandError(f"no station has worked in {args.db} yet.", ANSWER_IS_NO)
    try:
        store = open_station(args.db, station)
    except StorageFailed as failure:
        raise CommandError(failure.words, ANSWER_IS_NO) from failure
    try:
        event_id = _recorded(store, station, file, content, args)
    except StorageFailed as failure:
        raise CommandError(failure.words, ANSWER_IS_NO) from failure
    finally:
        store.close()
    told = {"id": event_id, "event": args.event, "sha256": file.sha256, "media_type": file.media_type, "size": file.size, "name": file.name}
    print(json.dumps(told, ensure_ascii=False) if args.json else f"{file.name} ({file.media_type}) is attached to event {args.event}.")
    return DONE


def _recorded(store: StationStore, station: str, file: Attachment, content: bytes, args: argparse.Namespace) -> str:
    from config.version import VERSION
    from kiosk.services.clocks import SystemClock
    from kiosk.services.ports import Stamp, Work
    from traceability.events import FileAttached
    from traceability.workflows.step import Record

    if store.journal.envelope(args.event) is None:
        raise CommandError(f"there is no event {args.event!r} in this station's journal.", ANSWER_IS_NO)
    store.attachments.keep(content)
    clock = SystemClock(store.book.zone())
    stamp = Stamp(
        occurred_at=clock.now(),
        zone=clock.zone(),
        monotonic_us=clock.monotonic_us(),
        clock_offset_ms=None,
        operator=args.operator,
        place=store.book.place_of(station),
        app_version=VERSION,
    )
    event = FileAttached(args.event, file.sha256, file.media_type, file.size, file.name, "file")
    (envelope,) = store.journal.commit(Work(stamp, (Record(event, how="imported"),)))
    return str(envelope["id"])


def _read(path: Path) -> bytes:
    from traceability.attachments import LARGEST

    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from error
