"""The morning: signing in, receiving, the queue."""

from __future__ import annotations

from kiosk.presenters.health import Health
from sync.protocol import Answer, AnswerKind
from tests.kiosk.floor import BAG, LACTOSE, NOON, ORDER, OTHER_ORDER, RECALLED, SCANNER, STARCH, SUPERVISOR, WORKER, Floor, bag
from tests.kiosk.session.steps import Steps, first


def answered(floor: Floor, kind: AnswerKind, words: str = "") -> None:
    """The server answers everything that waits."""
    outbox = floor.wired.store.outbox
    waiting = [(str(each["id"]), int(str(each["sequence"]))) for each in outbox.unsent(500)]
    outbox.record_answers([Answer(id=name, sequence=number, answer=kind, words=words) for name, number in waiting], floor.clock.now())


def stand_alone(floor: Floor) -> None:
    floor.desk.health = Health()


def leave_it_offline(floor: Floor) -> None:
    floor.desk.health = Health(server=True, online=False, offline_words="can't be reached", offline_since=NOON)


def come_back_online(floor: Floor) -> None:
    """Devices and the wire are well, what needed somebody was settled, and the whole hold list was read."""
    queue = floor.wired.store.queue
    for each in queue.events(("parked",), 500):
        queue.try_again(each.id)
    answered(floor, AnswerKind.ACKNOWLEDGED)
    floor.wired.store.reference.note_meeting(floor.clock.now(), online=True, complete=True)
    floor.desk.health = Health(server=True, online=True, scanners={SCANNER: ""}, printer="")


GOODS_IN: Steps = [
    ("signed out", come_back_online),
    ("a strange badge", lambda floor: floor.scan("B-0")),
    ("signed in", lambda floor: floor.scan(WORKER)),
    ("nothing of that name at home", lambda floor: floor.scan("nothing")),
    ("no order", lambda floor: floor.press("mode:receive")),
    ("orders", lambda floor: floor.press("choose_order")),
    ("a strange order", lambda floor: (floor.press("cancel"), floor.scan("nothing"))),
    ("vendors", lambda floor: floor.press("blind")),
    ("opened", lambda floor: (floor.press("cancel"), floor.scan(ORDER))),
    ("accepted", lambda floor: floor.scan(bag("NWS-240817-A"))),
    ("its details", lambda floor: floor.press("details")),
    ("half a label", lambda floor: floor.scan(STARCH)),
    ("lot missing", lambda floor: floor.press("confirm")),
    ("typing a lot", lambda floor: floor.press("type_lot", "key:N", "key:W")),
    ("quantity asked", lambda floor: (floor.press("back", "cancel"), floor.scan(f"{STARCH}1728113010NWS-240817-B"))),
    ("quantity typed", lambda floor: floor.press("key:1", "key:2", "unit")),
    ("quantity that is none", lambda floor: floor.press("key:clear", "key:0", "set")),
    ("too much", lambda floor: floor.press("key:9", "key:9", "key:9", "key:9", "set")),
    (
        "twelve bags",
        lambda floor: (floor.press("cancel"), floor.scan(f"{STARCH}1728113010NWS-240817-B"), floor.press("unit", "key:1", "key:2", "set")),
    ),
    ("near its end", lambda floor: floor.scan(f"{BAG}1726120110NWS-240730-F")),
    ("held", lambda floor: floor.press("hold")),
    ("expired", lambda floor: floor.scan(f"{BAG}1723120110NWS-230311-A")),
    ("two meanings", lambda floor: floor.scan("SHARED")),
    ("why again", lambda floor: floor.press("cancel", "reprint")),
    ("unknown item", lambda floor: (floor.press("cancel"), floor.scan("4006381333931"))),
    ("not allowed to link", lambda floor: floor.press("link")),
    ("link to which", lambda floor: (floor.scan(SUPERVISOR), floor.press("link"))),
    ("which unit", lambda floor: floor.press("choose:STARCH")),
    ("linked", lambda floor: floor.press("choose:bag")),
    ("changing the quantity", lambda floor: (floor.scan(bag("NWS-240818-C")), floor.press("change_quantity"))),
    ("looks alike", lambda floor: (floor.press("cancel"), floor.scan(f"{BAG}17281130"), floor.press("type_lot", "lot:NWS-240818-D"))),
    ("quarantine", lambda floor: (floor.press("cancel"), floor.scan(f"{LACTOSE}310000005010LAC-7741"))),
    ("summary", lambda floor: floor.press("finish")),
    ("queue, alone", lambda floor: (stand_alone(floor), floor.press("back", "queue"))),
    (
        "queue, offline",
        lambda floor: (leave_it_offline(floor), floor.press("back"), floor.scan(bag("NWS-240817-E")), floor.press("queue")),
    ),
    ("queue, parked", lambda floor: answered(floor, AnswerKind.PARKED, "PO line 4 is closed")),
    ("queue, selected", lambda floor: floor.press(first(floor, "select:"))),
    ("queue, next page", lambda floor: floor.press("page:next")),
    ("queue, filtered", lambda floor: floor.press("filter:parked")),
    ("queue, all sent", come_back_online),
    ("stopped", lambda floor: (floor.press("back"), floor.scan(RECALLED))),
    ("finished", lambda floor: floor.press("acknowledge", "finish", "finish")),
    ("a lot of our own", lambda floor: (floor.scan(OTHER_ORDER), floor.scan("BOTTLE"))),
    ("own lot, how much", lambda floor: floor.press("no_lot")),
]
