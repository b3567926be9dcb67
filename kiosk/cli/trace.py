"""`lotline trace --item I --lot L`, or `--serial S`: where a lot, or one piece of it, came from and went, and how sure that is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from kiosk.cli.errors import ANSWER_IS_NO, DONE, CommandError
from kiosk.cli.server_access import add_access, connected, refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--item", metavar="I", help="the item's code")
    parser.add_argument("--lot", metavar="L", help="the lot code, as printed")
    parser.add_argument("--serial", metavar="S", help="instead of a lot: the serial of one piece or container, or an SSCC")
    parser.add_argument("--assigned-by", metavar="V", help="who assigned the code; needed where two lots share it")
    parser.add_argument("--direction", choices=("back", "forward", "both"), default="both")
    parser.add_argument("--json", action="store_true", help="for machines")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--server", metavar="URL", help="the central server")
    where.add_argument("--db", metavar="DIR|URL", help="the central server's database, where this runs beside it")
    add_access(parser)


def run(args: argparse.Namespace) -> int:
    """Ask and print; exit 1 where no such lot, or nothing with that serial, is known."""
    if args.serial is None and (args.item is None or args.lot is None):
        raise CommandError("say which lot: --item and --lot, or --serial with what stands on one piece, container, carton or pallet")
    answer = _from_server(args) if args.server else _from_database(args)
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print("\n".join(_for_people(answer)))
    return DONE


def _from_server(args: argparse.Namespace) -> Mapping[str, Any]:
    from pydantic import RootModel

    from sync.http import TurnedAway, Unreachable
    from sync.protocol import TRACE

    said = {"item": args.item, "lot": args.lot, "serial": args.serial, "assigned_by": args.assigned_by}
    asked = {"direction": args.direction, **{name: value for name, value in said.items() if value is not None}}
    try:
        return connected(args).get(TRACE, RootModel[dict[str, Any]], **asked).root
    except Unreachable as error:
        raise CommandError(str(error), ANSWER_IS_NO) from error
    except TurnedAway as error:
        raise refused(error) from error


def _from_database(args: argparse.Namespace) -> Mapping[str, Any]:
    from server.app import utc_now
    from server.reports import trace
    from server.reports.named_thing import answered_by_serial
    from server.store.database import FILE_NAME, DatabaseRefused, open_database
    from server.store.schema import ready

    if "://" not in args.db and not (Path(args.db) / FILE_NAME).is_file():
        raise CommandError(f"{args.db} holds no server's database ({FILE_NAME}); give the directory that 'lotline server run --db' uses")
    question = trace.Question(args.item or "", args.lot or "", args.assigned_by, trace.Direction(args.direction))
    try:
        with closing(open_database(args.db)) as database, ready(database, utc_now()).reading() as connection:
            by_lot = args.serial is None
            answer = (
                trace.answered(connection, question, utc_now())
                if by_lot
                else answered_by_serial(connection, question, args.serial, utc_now())
            )
    except DatabaseRefused as error:
        raise CommandError(error.words, ANSWER_IS_NO) from error
    if isinstance(answer, trace.Unanswerable):
        raise CommandError(answer.words, ANSWER_IS_NO)
    return answer.model_dump(mode="json")


def _for_people(answer: Mapping[str, Any]) -> Iterator[str]:
    lot, balance, whole = answer["lot"], answer["balance"], answer["completeness"]
    if named := answer.get("named"):
        yield from _of_the_thing(named)
    yield f"Lot {lot['lot']} of {lot['item']}, assigned by {lot['assigned_by']}, as of {answer['as_of']}"
    for each in answer["received"]:
        order = f" on order {each['order']}" if each["order"] else ""
        yield f"  received {each['quantity']} {each['unit']} of lot {each['lot']} from {each['vendor']}{order}, {each['occurred_at']}"
    for each in answer["on_hand"]:
        doubt = "" if each["sure"] else " (possibly made from it)"
        yield f"  on hand  {each['quantity']} {each['unit']} of lot {each['lot']} in {each['place']}{doubt}"
    percent = "" if balance["percent"] is None else f" ({balance['percent']} % accounted for)"
    yield f"  balance  {balance['in']} {balance['unit']} came in, {balance['unaccounted']} unaccounted{percent}"
    yield f"  whole?   {whole['parked']} parked events may touch it, {whole['exceptions']} exceptions are open"
    for each in whole["stations"]:
        if each["last_sync_at"] is None:
            yield f"           station {each['station']} has never called"
        elif each["waiting"]:
            yield f"           station {each['station']} has {each['waiting']} events not sent; last call {each['last_sync_at']}"


def _of_the_thing(named: Mapping[str, Any]) -> Iterator[str]:
    yield f"{named['kind'].capitalize()} {named['serial']}"
    for each in named["events"]:
        amount = f"{each['quantity']} {each['unit']}" if each["quantity"] else None
        where = [amount, each["place"], each["order"], each["party"], each["sscc"], "undone" if each["undone"] else None]
        yield f"  {each['occurred_at']}  {each['kind']}, station {each['station']}: {', '.join(filter(None, where))}"
