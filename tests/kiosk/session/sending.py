"""Out of the house: fetching for orders, cartons and pallets, the gate."""

from __future__ import annotations

from tests.kiosk.floor import RECALLED, STARCH
from tests.kiosk.session.plant import OTHER_SHIP_ORDER, SHIP_ORDER, STAGING
from tests.kiosk.session.steps import Steps, carton, first, own_labels

SENDING: Steps = [
    ("nothing to fetch", lambda floor: floor.press("home", "mode:pick")),
    ("orders to fetch for", lambda floor: floor.press("choose_order")),
    ("no such order", lambda floor: (floor.press("back"), floor.scan("nothing"))),
    ("what is to be fetched", lambda floor: floor.scan(SHIP_ORDER)),
    ("how much is fetched", lambda floor: floor.scan(f"{STARCH}10NWS-240511-A")),
    ("fetched", lambda floor: floor.press("key:5", "set")),
    ("a picture of it", lambda floor: floor.press("photo")),
    ("fetched to another place", lambda floor: floor.scan(STAGING)),
    ("too short for them", lambda floor: floor.scan(f"{STARCH}310000000510NWS-240102-S")),
    ("another lot than proposed", lambda floor: floor.scan(own_labels(floor)[2])),
    ("fetched what is left", lambda floor: floor.press(first(floor, "choose:"))),
    ("another lot again", lambda floor: floor.scan(f"{STARCH}310000005010NWS-240818-C")),
    ("more fetched than ordered", lambda floor: floor.press(first(floor, "choose:"))),
    ("more than they ordered", lambda floor: floor.press("confirm")),
    ("what was fetched", lambda floor: floor.press("cancel", "finish")),
    ("nothing packed", lambda floor: floor.press("finish", "home", "mode:pack")),
    ("an empty carton", lambda floor: floor.press("new_carton")),
    ("packed", lambda floor: floor.scan(own_labels(floor)[3])),
    ("how much is packed", lambda floor: floor.press("change_quantity")),
    ("packed twice", lambda floor: (floor.press("cancel"), floor.scan(own_labels(floor)[3]))),
    ("what is taken out", lambda floor: floor.press("unpack")),
    ("carton closed", lambda floor: floor.press("back", "close")),
    ("details of the carton", lambda floor: floor.press("details")),
    ("an empty pallet", lambda floor: floor.press("new_pallet")),
    ("on the pallet", lambda floor: floor.scan(carton(floor, 0))),
    ("a recalled lot in a carton", lambda floor: (floor.press("close", "new_carton"), floor.scan(RECALLED))),
    ("nothing to ship", lambda floor: (floor.press("acknowledge", "undo"), floor.press("finish", "home", "mode:ship"))),
    ("orders to ship", lambda floor: floor.press("choose_order")),
    ("what is to be shipped", lambda floor: (floor.press("back"), floor.scan(SHIP_ORDER))),
    ("loose goods at the gate", lambda floor: floor.scan(own_labels(floor)[2])),
    ("no such carton", lambda floor: floor.scan("]C100095200010000099991")),
    ("shipped", lambda floor: floor.scan(carton(floor, 1))),
    ("details of what was shipped", lambda floor: floor.press("details")),
    ("shipped twice", lambda floor: floor.scan(carton(floor, 1))),
    ("undone late", lambda floor: (floor.clock.advance(600), floor.press("undo"))),
    ("what was shipped", lambda floor: floor.press("cancel", "finish")),
    ("packed for another", lambda floor: (floor.press("finish", "home", "mode:pack"), floor.scan(OTHER_SHIP_ORDER))),
    (
        "a carton for another customer",
        lambda floor: (
            floor.press("new_carton"),
            floor.scan(own_labels(floor, "production")[0]),
            floor.press("close", "home", "mode:ship"),
            floor.scan(SHIP_ORDER),
            floor.scan(carton(floor)),
        ),
    ),
]
