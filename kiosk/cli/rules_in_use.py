"""Where `lotline teach` puts a rule to use: the server, which passes it on to every station, or one station that has none."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import label_rules
from config.plant import Record
from kiosk.cli.errors import ANSWER_IS_NO, CommandError
from kiosk.cli.server_access import connected, refused
from traceability.barcodes.vendor import Rule


def put_to_use(args: argparse.Namespace, rule: Rule) -> str:
    """Store the rule at `--server` or in `--db`; return the words that say so. CommandError where a later version is there."""
    record = Record(label_rules.KIND, label_rules.key_of(rule.vendor, args.label), label_rules.body_of(rule))
    return _to_server(args, record) if args.server else _to_station(args.db, record)


def _to_server(args: argparse.Namespace, record: Record) -> str:
    from sync.http import TurnedAway, Unreachable
    from sync.upload import upload

    try:
        _, changed = upload(connected(args), [record])
    except Unreachable as error:
        raise CommandError(str(error), ANSWER_IS_NO) from error
    except TurnedAway as error:
        raise refused(error) from error
    return "in use at every station after its next sync" if changed else "the server had this rule already"


@dataclass(frozen=True, slots=True)
class _OneRecord:
    record: Record

    def records(self) -> tuple[Record, ...]:
        """Return the record, as a plant file returns its many."""
        return (self.record,)


def _to_station(directory: Path, record: Record) -> str:
    from kiosk.services.ports import StorageFailed
    from kiosk.store.opening import import_plant

    try:
        if fault := label_rules.replacement_fault(_kept(directory, record), record.body):
            raise CommandError(f"{fault}.", ANSWER_IS_NO)
        import_plant(directory, _OneRecord(record))
    except StorageFailed as error:
        raise CommandError(error.words, ANSWER_IS_NO) from error
    return f"in use at the station of {directory}"


def _kept(directory: Path, record: Record) -> dict[str, Any] | None:
    from kiosk.store.nouns import body_of
    from kiosk.store.opening import NoDatabase, reading_station

    try:
        with reading_station(directory) as database, database.reading() as connection:
            return body_of(connection, record.kind, record.key)
    except NoDatabase:
        return None  # the import makes one
