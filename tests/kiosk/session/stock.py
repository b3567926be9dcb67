"""In the store: moving, counting, putting figures right, samples, waste, splitting, returns, looking things up."""

from __future__ import annotations

from kiosk.presenters.views import ChoiceView
from tests.kiosk.floor import Floor, bag
from tests.kiosk.session.plant import CAGE, RACK
from tests.kiosk.session.steps import Steps, first, own_labels

#: A label that says nothing of who assigned the lot.
WALKED_IN = "]d2010952012300001117281130310000001010WALK-1"


def explain(floor: Floor) -> None:
    """Give a reason for each lot whose count differs."""
    while isinstance(floor.desk.view(), ChoiceView):
        floor.press(first(floor, "choose:"))


STOCK: Steps = [
    ("small works", lambda floor: floor.press("home", "group:stock")),
    ("what is moved", lambda floor: floor.press("mode:move")),
    ("where to", lambda floor: floor.scan(own_labels(floor)[0])),
    ("moved", lambda floor: floor.scan(RACK)),
    ("no place", lambda floor: floor.scan("nowhere")),
    ("what is held is moved", lambda floor: floor.scan(bag("HELD-1"))),
    ("to its cage", lambda floor: floor.scan(CAGE)),
    ("what is adjusted", lambda floor: floor.press("home", "mode:adjust")),
    ("how much there is", lambda floor: floor.scan(bag("NWS-240601-A"))),
    ("why it differs", lambda floor: floor.press("key:4", "key:0", "set")),
    ("adjusted", lambda floor: floor.press(first(floor, "choose:"))),
    ("what is sampled", lambda floor: floor.press("home", "mode:sample")),
    ("how much is sampled", lambda floor: floor.scan(bag("NWS-240602-B"))),
    ("more than there is", lambda floor: floor.press("key:9", "key:9", "key:9", "set")),
    ("sampled", lambda floor: floor.press("quantity", "key:1", "set")),
    ("what is waste", lambda floor: floor.press("home", "mode:scrap")),
    ("why is it waste", lambda floor: floor.scan(own_labels(floor)[1])),
    ("scrapped", lambda floor: floor.press(first(floor, "choose:"))),
    ("what is split", lambda floor: floor.press("home", "mode:split")),
    ("how much goes out", lambda floor: floor.scan(own_labels(floor)[0])),
    ("how often", lambda floor: floor.press("key:5", "set")),
    ("split", lambda floor: floor.press("choose:2")),
    ("what comes back", lambda floor: floor.press("home", "mode:return")),
    ("who gives it back", lambda floor: floor.scan(bag("NWS-240602-B"))),
    ("how much comes back", lambda floor: floor.press("choose:customer_return")),
    ("why it comes back", lambda floor: floor.press("key:2", "set")),
    ("more than they got", lambda floor: floor.press(first(floor, "choose:"))),
    ("given back", lambda floor: floor.press("confirm")),
    ("which place is counted", lambda floor: floor.press("home", "mode:count")),
    ("no such place", lambda floor: floor.scan("nowhere")),
    ("nothing counted yet", lambda floor: floor.scan(RACK)),
    ("counted", lambda floor: floor.scan(bag("NWS-240511-A"))),
    ("how much was counted", lambda floor: floor.press("change")),
    ("a lot that nobody knew", lambda floor: (floor.press("key:6", "key:0", "set"), floor.scan(bag("NWS-240905-K")))),
    ("whose lot it is", lambda floor: (floor.press("confirm"), floor.scan(WALKED_IN), floor.press("confirm"))),
    ("some were not found", lambda floor: (floor.press("choose:own_lot"), floor.press("finish"))),
    ("the count is far off", lambda floor: floor.press("choose:none_left")),
    ("counted again", lambda floor: floor.press("choose:recount")),
    (
        "counted by lots",
        lambda floor: (floor.scan(bag("NWS-240511-A")), floor.scan(bag("NWS-240512-C"))),
    ),
    ("why the count differs", lambda floor: floor.press("finish", "choose:none_left")),
    ("count done", explain),
    ("looking up", lambda floor: floor.press("home", "mode:lookup")),
    ("a lot's card", lambda floor: floor.scan(bag("NWS-240817-B"))),
    ("a place's lots", lambda floor: floor.scan(RACK)),
    ("a lot that nobody has seen", lambda floor: floor.scan(bag("NOWHERE"))),
    ("a held lot's card", lambda floor: floor.scan(bag("HELD-1"))),
]
