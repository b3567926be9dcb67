"""`lotline overrides`: what second persons let through, at this station or at all, who for whom, when and why, and who has looked at it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError
from kiosk.cli.server_access import add_access, connected, refused
from kiosk.cli.station_folder import station_database

if TYPE_CHECKING:
    from kiosk.services.ports import Override

_MOST = 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--db", metavar="DIR|URL", help="the folder of a station's database, or of the central server's")
    where.add_argument("--server", metavar="URL", help="the central server: of every station")
    add_access(parser)
    parser.add_argument("--unseen", action="store_true", help="only those that nobody has looked at")
    parser.add_argument("--station", metavar="S", help="only those of this station")
    parser.add_argument("--person", metavar="ID", help="only those that this person approved or was helped by (the opaque id)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, the newest first")


def run(args: argparse.Namespace) -> int:
    """Show them; reading changes nothing."""
    found = _from_server(args) if args.server else _from_database(args)
    for each in found:
        print(json.dumps(each, ensure_ascii=False) if args.json else _in_words(each))
    if not found and not args.json:
        print("Nothing was overridden here." if not args.unseen else "Nothing waits to be looked at.")
    return DONE


def _from_server(args: argparse.Namespace) -> Sequence[dict[str, Any]]:
    from pydantic import RootModel

    from sync.http import TurnedAway, Unreachable
    from sync.protocol import OVERRIDES

    asked = {"station": args.station, "person": args.person, "seen": "false" if args.unseen else None}
    try:
        answer = connected(args).get(OVERRIDES, RootModel[dict[str, Any]], **{name: text for name, text in asked.items() if text})
    except Unreachable as error:
        raise CommandError(str(error), ANSWER_IS_NO) from error
    except TurnedAway as error:
        raise refused(error) from error
    found: list[dict[str, Any]] = answer.root["overrides"]
    return found


def _from_database(args: argparse.Namespace) -> Sequence[dict[str, Any]]:
    from server.store.database import FILE_NAME

    if "://" in args.db or (Path(args.db) / FILE_NAME).is_file():
        return _from_servers_database(args)
    return _from_station(args)


def _from_servers_database(args: argparse.Namespace) -> Sequence[dict[str, Any]]:
    from server.app import utc_now
    from server.reports.overrides import Question, answered
    from server.store.database import DatabaseRefused, open_database
    from server.store.schema import ready

    question = Question(False if args.unseen else None, args.station, args.person)
    try:
        with closing(open_database(args.db)) as database, ready(database, utc_now()).reading() as connection:
            return [each.model_dump(mode="json") for each in answered(connection, question).overrides]
    except DatabaseRefused as error:
        raise CommandError(error.words, ANSWER_IS_NO) from error


def _from_station(args: argparse.Namespace) -> Sequence[dict[str, Any]]:
    from kiosk.store.overrides import overrides

    with station_database(Path(args.db)) as database:
        found = [_facts(each) for each in overrides(database, _MOST, unseen=args.unseen)]
    of_station = (each for each in found if args.station in (None, each["station"]))
    return [each for each in of_station if args.person in (None, each["approver"], each["operator"])]


def _facts(override: Override) -> dict[str, Any]:
    approval, review = override.approval, override.review
    data: Any = approval["data"]
    return {
        "id": approval["id"],
        "occurred_at": approval["occurred_at"],
        "station": approval["station"],
        "workflow": data["workflow"],
        "reason": data["reason"],
        "code": data["code"],
        "approver": data["approver"],
        "operator": approval["operator"],
        "about": data["about"],
        "reviewed_by": review["operator"] if review else None,
        "reviewed_at": review["occurred_at"] if review else None,
    }


def _in_words(each: dict[str, Any]) -> str:
    lot = f" for lot {each['about']['lot']}" if each["about"].get("lot") else ""
    seen = f"seen by {each['reviewed_by']}" if each["reviewed_by"] else "not looked at yet"
    who = f"{each['approver']} for {each['operator']}"
    return f"{each['occurred_at']}  {each['station']}: {each['reason']}{lot} at {each['workflow']}: {who}, {each['code']}; {seen}"
