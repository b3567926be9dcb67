"""Quality: holds, tests, releases, and the gate that nothing held passes."""

from __future__ import annotations

from tests.kiosk.floor import ORDER, WORK_ORDER, WORKER, bag
from tests.kiosk.session.plant import OTHER_SHIP_ORDER, QUALITY, SECOND_QUALITY
from tests.kiosk.session.steps import Steps, carton, first, own_labels

QUALITY_WORK: Steps = [
    ("quality begins", lambda floor: floor.press("acknowledge", "finish", "finish", "home", "mode:quality")),
    ("what about this lot", lambda floor: floor.scan(bag("NWS-240817-A"))),
    ("why is it held", lambda floor: floor.press("choose:hold")),
    ("held by quality", lambda floor: floor.press(first(floor, "choose:"))),
    ("a held lot", lambda floor: floor.scan(bag("NWS-240817-A"))),
    ("not released by a worker", lambda floor: floor.press("choose:release")),
    ("released as what", lambda floor: (floor.scan(QUALITY), floor.scan(bag("NWS-240817-A")), floor.press("choose:release"))),
    ("released", lambda floor: floor.press("choose:available")),
    ("the first value", lambda floor: (floor.scan(bag("NWS-240818-C")), floor.press("choose:test"))),
    ("the second value", lambda floor: floor.press("key:1", "key:5", "set")),
    ("out of limits", lambda floor: floor.press("key:5", "set")),
    ("held by its test", lambda floor: floor.press("choose:hold")),
    ("not by who held it", lambda floor: (floor.scan(bag("NWS-240818-C")), floor.press("choose:release"))),
    ("which time", lambda floor: floor.press("several")),
    ("nothing came then", lambda floor: floor.press("choose:yesterday")),
    ("why are they held", lambda floor: floor.press("several", "choose:hour")),
    ("how many are held", lambda floor: floor.press(first(floor, "choose:"))),
    ("a delivery is held", lambda floor: (floor.press("cancel"), floor.scan(ORDER))),
    ("a delivery was held", lambda floor: floor.press(first(floor, "choose:"), "choose:hold_all")),
    ("held together", lambda floor: (floor.scan(SECOND_QUALITY), floor.scan(ORDER))),
    ("which hold is released", lambda floor: floor.press("cancel", "several", "choose:held_together")),
    ("this hold is released", lambda floor: floor.press(first(floor, "choose:"))),
    ("all of it is released", lambda floor: (floor.press("choose:release"), floor.scan(QUALITY))),
    ("a work order's lots", lambda floor: (floor.press("cancel"), floor.scan(WORK_ORDER))),
    ("rejected for good", lambda floor: (floor.press("cancel"), floor.scan(SECOND_QUALITY), floor.scan(bag("NWS-240818-C")))),
    (
        "a held lot at the gate",
        lambda floor: (
            floor.press("cancel"),
            floor.scan(WORKER),
            floor.scan(own_labels(floor, "production")[0]),
            floor.press("choose:hold"),
            floor.press(first(floor, "choose:")),
            floor.press("home", "mode:ship"),
            floor.scan(OTHER_SHIP_ORDER),
            floor.scan(carton(floor)),
        ),
    ),
]
