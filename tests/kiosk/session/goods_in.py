"""The morning: signing in, receiving, the queue."""

from __future__ import annotations

from kiosk.presenters.health import Health
from sync.protocol import Answer, AnswerKind
from tests.kiosk.floor import BAG, LACTOSE, NOON, ORDER, OTHER_ORDER, RECALLED, STARCH, SUPERVISOR, WORKER, Floor, bag
from tests.kiosk.session.steps import Steps, first


def park_all(floor: Floor) -> None:
    store = floor.wired.store
    waiting = store.outbox.unsent(500)
    answers = [Answer(id=str(e["id"]), sequence=int(str(e["sequence"])), answer=AnswerKind.PARKED, words="not known") for e in waiting]
    store.outbox.record_answers(answers, NOON)


def leave_it_offline(floor: Floor) -> None:
    floor.desk.health = Health(server=True, online=False, offline_words="can't be reached", offline_since=NOON)


GOODS_IN: Steps = [
    ("signed out", lambda floor: None),
    ("a strange badge", lambda floor: floor.scan("B-0")),
    ("signed in", lambda floor: floor.scan(WORKER)),
    ("nothing of that name at home", lambda floor: floor.scan("nothing")),
    ("no order", lambda floor: floor.press("mode:receive")),
    ("orders", lambda floor: floor.press("choose_order")),
    ("a strange order", lambda floor: (floor.press("cancel"), floor.scan("nothing"))),
    ("vendors", lambda floor: floor.press("blind")),
    ("opened", lambda floor: (floor.press("cancel"), floor.scan(ORDER))),
    ("accepted", lambda floor: floor.scan(bag("LOT-1"))),
    ("its details", lambda floor: floor.press("details")),
    ("half a label", lambda floor: floor.scan(STARCH)),
    ("lot missing", lambda floor: floor.press("confirm")),
    ("typing a lot", lambda floor: floor.press("type_lot", "key:L", "key:O")),
    ("quantity asked", lambda floor: (floor.press("back", "cancel"), floor.scan(f"{STARCH}1728113010LOT-2"))),
    ("quantity typed", lambda floor: floor.press("key:1", "key:2", "unit")),
    ("quantity that is none", lambda floor: floor.press("key:clear", "key:0", "set")),
    ("too much", lambda floor: floor.press("key:9", "key:9", "key:9", "key:9", "set")),
    (
        "twelve bags",
        lambda floor: (floor.press("cancel"), floor.scan(f"{STARCH}1728113010LOT-2"), floor.press("unit", "key:1", "key:2", "set")),
    ),
    ("near its end", lambda floor: floor.scan(f"{BAG}1726120110LOT-3")),
    ("held", lambda floor: floor.press("hold")),
    ("expired", lambda floor: floor.scan(f"{BAG}1723120110LOT-4")),
    ("two meanings", lambda floor: floor.scan("SHARED")),
    ("why again", lambda floor: floor.press("cancel", "reprint")),
    ("unknown item", lambda floor: (floor.press("cancel"), floor.scan("4006381333931"))),
    ("not allowed to link", lambda floor: floor.press("link")),
    ("link to which", lambda floor: (floor.scan(SUPERVISOR), floor.press("link"))),
    ("which unit", lambda floor: floor.press("choose:STARCH")),
    ("linked", lambda floor: floor.press("choose:bag")),
    ("changing the quantity", lambda floor: (floor.scan(bag("LOT-5")), floor.press("change_quantity"))),
    ("looks alike", lambda floor: (floor.press("cancel"), floor.scan(f"{BAG}17281130"), floor.press("type_lot", "lot:LOT-6"))),
    ("quarantine", lambda floor: (floor.press("cancel"), floor.scan(f"{LACTOSE}310000005010LAC-1"))),
    ("summary", lambda floor: floor.press("finish")),
    ("queue, alone", lambda floor: floor.press("back", "queue")),
    ("queue, offline", leave_it_offline),
    ("queue, parked", park_all),
    ("queue, selected", lambda floor: floor.press(first(floor, "select:"))),
    ("queue, next page", lambda floor: floor.press("page:next")),
    ("queue, filtered", lambda floor: floor.press("filter:parked")),
    ("stopped", lambda floor: (floor.press("back"), floor.scan(RECALLED))),
    ("finished", lambda floor: floor.press("acknowledge", "finish", "finish")),
    ("a lot of our own", lambda floor: (floor.scan(OTHER_ORDER), floor.scan("BOTTLE"))),
    ("own lot, how much", lambda floor: floor.press("no_lot")),
]
