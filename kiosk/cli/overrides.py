"""`lotline overrides`: what second persons let through at this station, who for whom, when and why, and who has looked at it since."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from kiosk.cli.errors import DONE
from kiosk.cli.station_folder import add_folder, station_database

if TYPE_CHECKING:
    from kiosk.store.overrides import Override

_MOST = 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_folder(parser)
    parser.add_argument("--unseen", action="store_true", help="only those that nobody has looked at")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, the newest first")


def run(args: argparse.Namespace) -> int:
    """Show them; reading changes nothing."""
    from kiosk.store.overrides import overrides

    with station_database(args.db) as database:
        found = [_facts(each) for each in overrides(database, _MOST, unseen=args.unseen)]
    for each in found:
        print(json.dumps(each, ensure_ascii=False) if args.json else _in_words(each))
    if not found and not args.json:
        print("Nothing was overridden here." if not args.unseen else "Nothing waits to be looked at.")
    return DONE


def _facts(override: Override) -> dict[str, Any]:
    approval, review = override.approval, override.review
    data: Any = approval["data"]
    return {
        "id": approval["id"],
        "occurred_at": approval["occurred_at"],
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
    return f"{each['occurred_at']}  {each['reason']}{lot} at {each['workflow']}: {who}, {each['code']}; {seen}"
