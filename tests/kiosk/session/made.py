"""Making: outputs, by-products, waste, mixing and repacking."""

from __future__ import annotations

from tests.kiosk.floor import BAG, RECALLED, STARCH, WORK_ORDER, bag
from tests.kiosk.session.plant import DUST
from tests.kiosk.session.steps import Steps, first

MADE: Steps = [
    ("nothing to make", lambda floor: floor.press("mode:produce")),
    ("orders to make", lambda floor: floor.press("choose_order")),
    ("how many were made", lambda floor: (floor.press("back"), floor.scan(WORK_ORDER))),
    ("how many, typed", lambda floor: floor.press("key:5", "unit")),
    ("no amount", lambda floor: floor.press("key:.", "key:.", "key:back", "key:back", "key:0", "set")),
    ("made", lambda floor: floor.press("key:3", "key:0", "key:0", "set")),
    ("not made by this order", lambda floor: floor.scan(BAG)),
    ("more made than planned", lambda floor: floor.press("key:9", "key:0", "key:0", "set")),
    ("more of the same lot", lambda floor: floor.press("cancel", "more_lot")),
    ("details of what was made", lambda floor: (floor.press("key:1", "key:0", "set"), floor.press("details"))),
    ("made counted anew", lambda floor: floor.press("change_quantity")),
    ("how much is waste", lambda floor: floor.press("cancel", "scrap")),
    ("why it is waste", lambda floor: floor.press("key:5", "set")),
    ("waste taken off", lambda floor: floor.press(first(floor, "choose:"))),
    ("a by-product", lambda floor: floor.scan(DUST)),
    ("a by-product made", lambda floor: floor.press("key:2", "set")),
    ("making undone", lambda floor: floor.press("undo")),
    ("a lot that is no output", lambda floor: floor.scan(bag("NWS-240817-A"))),
    ("nothing of that name", lambda floor: floor.scan("nothing")),
    ("what was made", lambda floor: floor.press("finish")),
    ("nothing mixed", lambda floor: floor.press("finish", "mix")),
    ("how much goes in", lambda floor: floor.scan(f"{STARCH}10NWS-240601-A")),
    ("mixed in", lambda floor: floor.press("key:9", "set")),
    ("another item in the mix", lambda floor: floor.scan("DYE")),
    ("how much is the new lot", lambda floor: (floor.press("cancel"), floor.scan(bag("NWS-240602-B")), floor.press("make"))),
    ("a recalled lot in the mix", lambda floor: (floor.press("cancel"), floor.scan(RECALLED))),
    ("mixed", lambda floor: (floor.press("acknowledge", "make"), floor.press("key:1", "key:2", "set"))),
]
