"""At the line: using goods, a second person, where things are loaded."""

from __future__ import annotations

from tests.kiosk.floor import DYE_ORDER, PIN, STARCH, SUPERVISOR, WORK_ORDER, WORKER, bag
from tests.kiosk.session.plant import POSITION, TANK
from tests.kiosk.session.steps import Steps, set_all_aside

LINE: Steps = [
    ("home", lambda floor: floor.press("cancel", "home")),
    ("no work order", lambda floor: floor.press("mode:consume")),
    ("work orders", lambda floor: floor.press("choose_order")),
    ("a strange work order", lambda floor: (floor.press("cancel"), floor.scan("nothing"))),
    ("work order opened", lambda floor: (floor.press("acknowledge"), floor.scan(WORK_ORDER))),
    ("half a label to use", lambda floor: floor.scan(STARCH)),
    ("how much is used", lambda floor: floor.scan("NWS-240817-A")),
    ("how much, typed", lambda floor: floor.press("key:9", "unit")),
    ("more than is there", lambda floor: floor.press("key:9", "set")),
    ("used", lambda floor: floor.press("quantity", "key:2", "key:0", "set")),
    ("counting it anew", lambda floor: floor.press("change_quantity")),
    ("how much is left", lambda floor: floor.press("cancel", "return")),
    ("returned", lambda floor: floor.press("key:1", "set")),
    ("more than planned", lambda floor: (floor.scan(f"{STARCH}10NWS-240817-B"), floor.press("key:9", "key:0", "set"))),
    ("two lots used", lambda floor: floor.press("to_go")),
    ("home, with the order open", lambda floor: floor.press("home")),
    ("where it was left", lambda floor: floor.press("mode:consume")),
    ("which is left over", lambda floor: floor.press("return")),
    (
        "a second person is wanted",
        lambda floor: (floor.press("cancel"), floor.scan(WORKER), floor.scan(DYE_ORDER), floor.scan("DYE"), floor.scan("DYE-NEW")),
    ),
    ("whose badge", lambda floor: floor.press("override")),
    ("not their own badge", lambda floor: floor.scan(WORKER)),
    ("a PIN", lambda floor: (floor.scan(SUPERVISOR), floor.press("key:1"))),
    ("a wrong PIN", lambda floor: floor.press("set")),
    ("why it is let through", lambda floor: (floor.press(*(f"key:{each}" for each in PIN)), floor.press("set"))),
    ("let through", lambda floor: (floor.press("choose:URGENT"), floor.press("key:2", "set"), floor.scan(WORK_ORDER))),
    ("not on the order", lambda floor: (floor.press("cancel"), floor.scan("BOTTLE"))),
    ("typing a lot to use", lambda floor: floor.press("type_lot", "key:N")),
    ("loaded where", lambda floor: (floor.press("back"), floor.scan(POSITION))),
    ("loaded there", lambda floor: (floor.scan(bag("NWS-240601-A")), floor.press("confirm"))),
    ("nothing refused any more", set_all_aside),
    ("nothing at the line", lambda floor: floor.press("empty")),
    ("into which vessel", lambda floor: floor.scan(TANK)),
    ("is it clean", lambda floor: floor.press("empty")),
    ("it is clean", lambda floor: floor.press("choose:clean_out")),
    ("what was used", lambda floor: floor.press("finish")),
]
