"""One long session at a station: each screen that there is, in most of its states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

from kiosk.presenters.health import Health
from kiosk.presenters.views import Keypad, TypeLotView
from sync.protocol import Answer, AnswerKind
from tests.kiosk.floor import (
    BAG,
    DYE_ORDER,
    LACTOSE,
    NOON,
    ORDER,
    OTHER_ORDER,
    PIN,
    RECALLED,
    STARCH,
    SUPERVISOR,
    WORK_ORDER,
    WORKER,
    Floor,
    bag,
)


def offered(view: object) -> Iterator[str]:
    """Yield the action of everything on a view that can be pressed."""
    if isinstance(view, tuple):
        for each in view:
            yield from offered(each)
    if not is_dataclass(view):
        return
    if isinstance(view, Keypad | TypeLotView):
        yield from ("key:7", "key:.", "key:back")
    for name in ("action", "user_action"):
        if getattr(view, name, "") and getattr(view, "enabled", True):
            yield getattr(view, name)
    for field in fields(view):
        yield from offered(getattr(view, field.name))


def park_all(floor: Floor) -> None:
    store = floor.wired.store
    waiting = store.outbox.unsent(500)
    answers = [Answer(id=str(e["id"]), sequence=int(str(e["sequence"])), answer=AnswerKind.PARKED, words="not known") for e in waiting]
    store.outbox.record_answers(answers, NOON)


def leave_it_offline(floor: Floor) -> None:
    floor.desk.health = Health(server=True, online=False, offline_words="can't be reached", offline_since=NOON)


def select_first(floor: Floor) -> None:
    floor.press(next(action for action in offered(floor.desk.view()) if action.startswith("select:")))


def break_the_disk(floor: Floor) -> None:
    floor.wired.station.fault = "the disk is full"


#: One long session: what is done, and the screen that is looked at then.
SESSION: list[tuple[str, Callable[[Floor], object]]] = [
    ("signed out", lambda floor: None),
    ("a strange badge", lambda floor: floor.scan("B-0")),
    ("signed in", lambda floor: floor.scan(WORKER)),
    ("orders", lambda floor: floor.press("choose_order")),
    ("a strange order", lambda floor: (floor.press("cancel"), floor.scan("nothing"))),
    ("vendors", lambda floor: floor.press("blind")),
    ("opened", lambda floor: (floor.press("cancel"), floor.scan(ORDER))),
    ("accepted", lambda floor: floor.scan(bag("LOT-1"))),
    ("half a label", lambda floor: floor.scan(STARCH)),
    ("lot missing", lambda floor: floor.press("confirm")),
    ("typing a lot", lambda floor: floor.press("type_lot", "key:L", "key:O")),
    ("quantity asked", lambda floor: (floor.press("back", "cancel"), floor.scan(f"{STARCH}1728113010LOT-2"))),
    ("quantity typed", lambda floor: floor.press("key:1", "key:2", "unit")),
    ("quantity that is none", lambda floor: floor.press("key:.", "key:.", "key:.", "set")),
    ("too much", lambda floor: floor.press("key:9", "key:9", "key:9", "key:9", "set")),
    ("near its end", lambda floor: (floor.press("cancel"), floor.scan(f"{BAG}1726120110LOT-3"))),
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
    ("queue, selected", select_first),
    ("queue, next page", lambda floor: floor.press("page:next")),
    ("queue, filtered", lambda floor: floor.press("filter:parked")),
    ("stopped", lambda floor: (floor.press("back"), floor.scan(RECALLED))),
    ("finished", lambda floor: floor.press("acknowledge", "finish", "finish")),
    ("a lot of our own", lambda floor: (floor.scan(OTHER_ORDER), floor.scan("BOTTLE"))),
    ("own lot, how much", lambda floor: floor.press("no_lot")),
    ("home", lambda floor: floor.press("cancel", "home")),
    ("no work order", lambda floor: floor.press("mode:consume")),
    ("work orders", lambda floor: floor.press("choose_order")),
    ("a strange work order", lambda floor: (floor.press("cancel"), floor.scan("nothing"))),
    ("work order opened", lambda floor: (floor.press("acknowledge"), floor.scan(WORK_ORDER))),
    ("half a label to use", lambda floor: floor.scan(STARCH)),
    ("how much is used", lambda floor: floor.scan("LOT-1")),
    ("how much, typed", lambda floor: floor.press("key:9", "unit")),
    ("more than is there", lambda floor: floor.press("key:9", "set")),
    ("more than planned", lambda floor: floor.press("confirm")),
    ("used", lambda floor: floor.press("confirm")),
    ("counting it anew", lambda floor: floor.press("change_quantity")),
    ("how much is left", lambda floor: floor.press("cancel", "return")),
    ("returned", lambda floor: floor.press("key:1", "set")),
    ("two lots used", lambda floor: (floor.scan(bag("LOT-5")), floor.press("confirm"))),
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
    ("typing a lot to use", lambda floor: floor.press("type_lot", "key:L")),
    ("what was used", lambda floor: floor.press("back", "finish")),
    ("labels printed last", lambda floor: floor.press("back", "home", "mode:reprint")),
    ("which label", lambda floor: floor.press("choose_order")),
    ("why this label", lambda floor: floor.press(next(action for action in offered(floor.desk.view()) if action.startswith("choose:")))),
    ("printed again", lambda floor: floor.press("choose:lost")),
    ("no label of ours", lambda floor: floor.scan(bag("LOT-1"))),
    ("stopped at the line", lambda floor: (floor.press("mode:consume"), floor.scan(RECALLED))),
    ("locked", break_the_disk),
]
