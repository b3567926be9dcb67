"""A plant with a bit of everything, one station on it, and whatever a worker could do there next: for tests that try anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kiosk.presenters.views import Keypad, TypeLotView
from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import BAG, GS, LACTOSE, ORDER, PLANT, STARCH, SUPERVISOR, WORK_ORDER, WORKER, Floor, bag, new_database
from tests.kiosk.ledger import pieces_here
from tests.kiosk.session import offered
from traceability.barcodes.command import command_card

SHIP_ORDER, OTHER_SHIP_ORDER = "SO-1", "SO-2"
QUALITY = "B-3001"
LINE, RACK, HOLD_CAGE, TANK = "Line 1", "Rack 7", "Hold cage", "Tank 3"


def _with_pumps(order: dict[str, Any], where: str) -> dict[str, Any]:
    return order | {where: [*order[where], {"item": "PUMP", "quantity": "10"}]}


EVERYTHING: Final[dict[str, Any]] = PLANT | {
    "items": [
        *(PLANT["items"][:3]),
        {
            "item": "TABLET",
            "gtin": "09520123000059",
            "description": "Tablets 500 mg",
            "unit": "ea",
            "units": {"box": "10"},
            "expiry_days": 365,
            "lot_pattern": "T{yy}{jjj}-{n:03}",
        },
        {"item": "PUMP", "gtin": "09520123000066", "description": "Pump", "unit": "ea", "serial_tracked": True},
    ],
    "customers": [
        {"customer": "CLINIC", "name": "Example Clinic", "min_remaining_days": 30},
        {"customer": "SHOP", "name": "Example Shop"},
    ],
    "places": [
        *PLANT["places"],
        {"place": LINE, "kind": "line"},
        {"place": RACK, "kind": "rack"},
        {"place": HOLD_CAGE, "kind": "quarantine"},
        {"place": TANK, "kind": "tank"},
    ],
    # Pieces with serials come in, go into a work order, and come out of one.
    "purchase_orders": [_with_pumps(PLANT["purchase_orders"][0], "lines"), *PLANT["purchase_orders"][1:]],
    "work_orders": [
        _with_pumps(PLANT["work_orders"][0], "components") | {"by_products": ["PUMP"]},
        *PLANT["work_orders"][1:],
    ],
    "ship_orders": [
        {"order": SHIP_ORDER, "customer": "CLINIC", "lines": [{"item": "TABLET", "quantity": "500"}, {"item": "STARCH", "quantity": "50"}]},
        {"order": OTHER_SHIP_ORDER, "customer": "SHOP", "lines": [{"item": "TABLET", "quantity": "100"}]},
    ],
    "lots": [
        *PLANT["lots"],
        {
            "item": "STARCH",
            "lot": "S-1",
            "assigned_by": "NWS",
            "expires_on": "2028-03-31",
            "on_hand": [{"place": "Dock 1", "quantity": "200"}],
        },
        {"item": "STARCH", "lot": "S-2", "assigned_by": "NWS", "expires_on": "2027-03-31", "on_hand": [{"place": RACK, "quantity": "75"}]},
        {"item": "STARCH", "lot": "OLD", "assigned_by": "NWS", "expires_on": "2025-01-31", "on_hand": [{"place": RACK, "quantity": "25"}]},
        {"item": "TABLET", "lot": "T-1", "expires_on": "2027-11-30", "on_hand": [{"place": "Dock 1", "quantity": "300"}]},
    ],
    "operators": [*PLANT["operators"], {"badge": QUALITY, "name": "Q. Okafor", "roles": ["worker", "quality"]}],
}

#: Pieces with a serial of their own; the last says no lot, as one that was made here and bears its number.
PIECES: Final = (*(f"]d2010952012300006610P-1{GS}21SN-{number}" for number in (1, 2, 3)), "]d2010952012300006621SN-4")
#: What may stand before a scanner anywhere in this plant.
CODES: Final = (
    WORKER,
    SUPERVISOR,
    QUALITY,
    "B-0",
    ORDER,
    WORK_ORDER,
    SHIP_ORDER,
    OTHER_SHIP_ORDER,
    LINE,
    RACK,
    HOLD_CAGE,
    TANK,
    bag("S-1"),
    bag("S-2"),
    bag("NEW-1"),
    bag("HELD-1"),
    f"{BAG}1728033110RECALLED-1",
    f"{BAG}10OLD",
    STARCH,
    "S-1",
    "nothing",
    f"{STARCH}310000002510S-1",
    f"{LACTOSE}310000005010LAC-1",
    "]d20109520123000059" + "10T-1",
    f"]d2010952012300005930{50}{GS}10T-1",
    *PIECES,
    "]d20109520123000066" + "10P-1",
    "]C10109520123000011X",
    "4006381333931",
    command_card("OK"),
    command_card("CANCEL"),
    command_card("UNDO"),
    command_card("QTY", "5"),
    command_card("FINISH"),
    command_card("HOME"),
    command_card("REASON", "1"),
)
#: What opens each kind of work.
PAPERS: Final[dict[str, tuple[str, ...]]] = {
    "receive": (ORDER,),
    "consume": (WORK_ORDER,),
    "produce": (WORK_ORDER,),
    "ship": (SHIP_ORDER,),
    "pick": (SHIP_ORDER,),
    "move": (RACK,),
    "count": (RACK,),
}
#: What a worker scans most.
GOODS: Final = (PIECES[0], bag("S-1"), bag("S-2"), bag("NEW-1"), f"{STARCH}310000002510S-1", f"]d2010952012300005930{50}{GS}10T-1", "S-1")
#: What a worker says to a question, mostly.
ANSWERS: Final = ("confirm", "key:5", "set", "choose:REASON", "to_go", "quantity")
#: Touches that only look, or leave the test with nothing more to do.
LEFT_OUT: Final = ("language", "filter", "select", "page", "try_now", "try_again", "queue", "sign_out")


def everything(folder: Path) -> Floor:
    """Return the station, open."""
    return Floor(new_database(folder, **EVERYTHING))


def codes_printed(floor: Floor) -> tuple[str, ...]:
    """Return what our own labels carry: serials and SSCCs, the latest first."""
    with floor.wired.store.database.reading() as connection:
        serials = connection.exec_driver_sql("SELECT serial FROM print_jobs WHERE serial <> '' ORDER BY id DESC LIMIT 8").scalars()
        return tuple(dict.fromkeys(serials))


def touches(floor: Floor) -> tuple[str, ...]:
    """Return the action of everything that can be pressed now."""
    view = floor.desk.view()
    found = list(dict.fromkeys(offered(view)))
    if isinstance(view, Keypad | TypeLotView):
        found += ["key:1"]
    return tuple(each for each in found if each.partition(":")[0] not in LEFT_OUT)


def derived(floor: Floor) -> dict[str, list[tuple[Any, ...]]]:
    """Return every table that is a reading of the journal, row by row: all but what came from outside or is about the wire."""
    with floor.wired.store.database.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").scalars().all()
        kept = [name for name in names if name not in NOT_DERIVED and not name.startswith("sqlite_")]
        return {name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr) for name in kept}


NOT_DERIVED: Final = frozenset(
    {
        "alembic_version",
        "station",
        "journals",
        "scans",
        "seat",
        "seats",
        "number_blocks",
        "feed",
        "print_jobs",
        "outbox",
        "records",
        "operators",
        "others_shares",
        "others_set_aside",
    }
)


def rebuilt_alike(floor: Floor) -> None:
    """Hold what stands beside the journal against the same made anew from it."""
    before = derived(floor)
    rebuild(floor.wired.store.database)
    after = derived(floor)
    changed = [name for name in after if after[name] != before[name]]
    assert {name: after[name] for name in changed} == {name: before[name] for name in changed}


def pieces_beside_the_books(floor: Floor) -> dict[tuple[str, str], bool]:
    """Return the pieces of which the station's books say otherwise than a plain reading of the journal whether they are free here."""
    told = pieces_here(live_events(floor))
    known = {piece: floor.wired.store.book.serial(*piece) for piece in told}
    return {piece: here for piece, here in told.items() if (known[piece] is not None and known[piece].state == "here") != here}


def stock(floor: Floor) -> dict[tuple[str, str, str, str], Decimal]:
    """Return how much of each lot stands where, zeros left out."""
    query = "SELECT item, code, assigned_by, place, opening, moved FROM stock JOIN lots ON lots.id = stock.lot"
    with floor.wired.store.database.reading() as connection:
        rows = connection.exec_driver_sql(query).all()
    amounts = {(row[0], row[1], row[2], row[3]): Decimal(row[4]) + Decimal(row[5]) for row in rows}
    return {key: amount for key, amount in amounts.items() if amount}


def progress(floor: Floor) -> dict[str, list[tuple[Any, ...]]]:
    """Return how far the orders are, what came to nothing left out."""
    tables = {"order_progress": "received", "work_order_use": "used", "ship_progress": "shipped"}
    with floor.wired.store.database.reading() as connection:
        known = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
        return {
            table: sorted(tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}") if Decimal(row._mapping[amount]))
            for table, amount in tables.items()
            if table in known
        }


def live_events(floor: Floor) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (kind, data) of every event that no correction undid."""
    events = floor.events()
    undone = {event["data"]["corrects"] for event in events if event["kind"] == "correction"}
    yield from ((event["kind"], event["data"]) for event in events if event["id"] not in undone)


def opening() -> dict[tuple[str, str, str, str], Decimal]:
    """Return what the plant file says stands where."""
    site = EVERYTHING["site"]["name"]
    lots = json.loads(json.dumps(EVERYTHING["lots"]))
    return {
        (lot["item"], lot["lot"], lot.get("assigned_by") or site, there["place"]): Decimal(there["quantity"])
        for lot in lots
        for there in lot.get("on_hand", ())
    }
