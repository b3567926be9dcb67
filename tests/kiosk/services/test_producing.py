"""Producing on a real database: what was consumed goes into what is made; labels, numbers, by-products, mixing, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.views import Keypad, ReceiveView, VerdictHero
from kiosk.presenters.words import words_of
from kiosk.services.ports import Work
from kiosk.services.station import Outcome
from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import ORDER, PLANT, WORK_ORDER, WORKER, Floor, bag, new_database
from traceability.barcodes.command import command_card
from traceability.events import from_data
from traceability.lots import Disposition, LotKey
from traceability.refusals import Reason, Verdict
from traceability.workflows.producing import Mixing, Producing
from traceability.workflows.seat import next_ask
from traceability.workflows.step import Ask, Record

TABLES = ("lots", "stock", "containers", "movements", "lot_facts", "work_order_use", "uses", "productions", "edges")
TABLET = {
    "item": "TABLET",
    "gtin": "09520123000059",
    "description": "Tablets 500 mg",
    "unit": "ea",
    "units": {"box": "100"},
    "expiry_days": 10,
    "receive_into": "quarantine",
    "lot_pattern": "T{yy}{jjj}-{n:03}{check}",
}
DUST = {"item": "DUST", "gtin": "09520123000073", "description": "Dust", "unit": "kg", "lot_pattern": "D{n:04}"}
ITEMS = [*(each for each in PLANT["items"] if each["item"] != "TABLET"), TABLET, DUST]
ORDERS = [{**PLANT["work_orders"][0], "by_products": ["DUST"]}, *PLANT["work_orders"][1:]]
SITE = "EXAMPLE TABLETS"
FIRST, SECOND = "T26325-001", "T26325-002"


@pytest.fixture
def changes() -> dict[str, Any]:
    return {}


@pytest.fixture
def floor(tmp_path: Path, changes: dict[str, Any]) -> Iterator[Floor]:
    """Two bags (25 kg each) were received."""
    floor = Floor(new_database(tmp_path, **{"items": ITEMS, "work_orders": ORDERS, **changes}))
    floor.scan(WORKER)
    floor.scan(ORDER)
    floor.scan(bag("LOT-1"))
    floor.scan(bag("LOT-2"))
    yield floor
    floor.check()
    floor.close()


def serials(floor: Floor) -> list[str]:
    return [each["data"]["containers"][0]["serial"] for each in floor.events("receipt")]


def consume(floor: Floor, *bags: int) -> None:
    floor.press("mode:consume")
    floor.scan(WORK_ORDER)
    for each in bags:
        floor.scan(serials(floor)[each])


def produce(floor: Floor, quantity: str | None = None, unit: str | None = None) -> Outcome | None:
    floor.press("mode:produce")
    if not isinstance(floor.wired.station.seat.work, Producing):
        floor.scan(WORK_ORDER)
    return give(floor, quantity, unit) if quantity else None


def give(floor: Floor, quantity: str, unit: str | None = None) -> Outcome:
    floor.clock.advance(2)
    return floor.wired.station.give_quantity(quantity, unit)


def made(floor: Floor) -> list[dict[str, Any]]:
    return [each["data"] for each in floor.events("production")]


def inputs(event: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["lot"], each["quantity"], each["grade"]) for each in event["inputs"]]


def code(event: dict[str, Any]) -> str:
    """The lot number without its check character."""
    return str(event["lot"])[:-1]


def on_hand(floor: Floor, item: str, lot: str, by: str = SITE) -> Decimal | None:
    known = floor.wired.store.book.lot(LotKey(item, lot, by))
    return known.on_hand if known else None


def figures(floor: Floor) -> dict[str, list[Any]]:
    connection = floor.wired.store.database.connection()
    return {table: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table}")), key=repr) for table in TABLES}


def view(floor: Floor) -> ReceiveView:
    shown = floor.desk.view()
    assert isinstance(shown, ReceiveView)
    return shown


def test_what_was_consumed_goes_into_what_is_made(floor: Floor) -> None:
    consume(floor, 0)
    outcome = produce(floor, "500")  # 1000 take 80 kg of starch: half of that is more than the 25 that went in
    assert outcome is not None
    assert (outcome.said.verdict, outcome.said.ask) == (Verdict.ACCEPTED, Ask.QUANTITY)
    (event,) = made(floor)
    assert (code(event), inputs(event)) == (FIRST, [("LOT-1", "25", "scanned")])
    assert (event["expires_on"], event["disposition"], event["order"]) == ("2026-12-01", "quarantine", WORK_ORDER)
    known = floor.wired.store.book.lot(LotKey("TABLET", event["lot"], SITE))
    assert known is not None
    assert (known.on_hand, known.disposition) == (500, Disposition.QUARANTINE)
    assert [label.serial for label in outcome.printed] == [event["containers"][0]["serial"]]
    assert outcome.printed[0].data["lot"] == event["lot"]


def test_each_output_gets_the_recipes_share_and_the_last_all_that_is_left(floor: Floor) -> None:
    consume(floor, 0, 1)
    for quantity in ("250", "500", "250"):
        produce(floor, quantity)
    assert [inputs(each) for each in made(floor)] == [
        [("LOT-1", "20", "scanned"), ("LOT-2", "0", "possible")],
        [("LOT-1", "5", "scanned"), ("LOT-2", "25", "scanned")],
        [("LOT-1", "0", "possible"), ("LOT-2", "0", "possible")],
    ]
    order = floor.wired.store.book.work_order(WORK_ORDER)
    assert order is not None
    assert (order.made, order.to_make) == (1000, 0)
    assert WORK_ORDER not in [each.number for each in floor.wired.store.book.orders_to_make(10)]


def test_a_label_a_box_at_once(floor: Floor) -> None:
    consume(floor, 0)
    outcome = produce(floor, "2.5", "box")
    assert outcome is not None
    assert [label.data["quantity"] for label in outcome.printed] == ["100", "100", "50"]


def test_a_quantity_card_says_how_much_was_made_once(floor: Floor) -> None:
    consume(floor, 0)
    produce(floor)
    first, again = floor.scan(command_card("QTY", "300")), floor.scan(command_card("QTY", "300"), after=0.1)
    assert (first.said.verdict, again.said.verdict) == (Verdict.ACCEPTED, Verdict.DUPLICATE)
    assert [event["quantity"] for event in made(floor)] == ["300"]
    floor.check()


def test_a_by_product_is_scanned_and_has_the_same_inputs(floor: Floor) -> None:
    consume(floor, 0)
    produce(floor, "500")
    floor.scan("]d20109520123000073")
    outcome = give(floor, "1.5")
    assert outcome.said.verdict is Verdict.ACCEPTED
    event = made(floor)[-1]
    assert (event["lot"], event["transformation"], inputs(event)) == ("D0002", "by_product", [("LOT-1", "0", "scanned")])
    order = floor.wired.store.book.work_order(WORK_ORDER)
    assert order is not None
    assert order.made == 500


def test_what_the_order_does_not_make_is_refused(floor: Floor) -> None:
    produce(floor)
    outcome = floor.scan("]d20119520123000018")
    assert (outcome.said.verdict, outcome.said.reason) == (Verdict.REJECTED, Reason.ITEM_NOT_ON_ORDER)
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert hero.reason == f"Order {WORK_ORDER} does not make this item"
    assert give(floor, "10").said.verdict is Verdict.ACCEPTED


def test_more_than_planned_is_asked_and_only_what_is_planned_is_an_answer(floor: Floor) -> None:
    produce(floor, "900")
    assert give(floor, "200").said.reason is Reason.OVER_PLAN
    floor.press("to_go")
    assert [each["base_quantity"] for each in made(floor)] == ["900", "100"]
    give(floor, "1")
    floor.press("confirm")
    assert made(floor)[-1]["accepted_reasons"] == ["OVER_PLAN"]


def test_undone_all_is_as_it_was(floor: Floor) -> None:
    consume(floor, 0)
    produce(floor)
    start = figures(floor)
    give(floor, "500")
    floor.press("undo")
    (event,) = made(floor)
    assert on_hand(floor, "TABLET", event["lot"]) is None
    assert [label.state for label in _jobs(floor, event)] == ["void"]
    after = figures(floor)
    assert {table: after[table] for table in ("uses", "work_order_use")} == {table: start[table] for table in ("uses", "work_order_use")}
    assert [row[-1] for table in ("edges", "productions") for row in after[table]] == [1, 1]
    # What was undone names nothing any more: the next output gets it.
    give(floor, "500")
    assert inputs(made(floor)[-1]) == [("LOT-1", "25", "scanned")]
    rebuilt = figures(floor)
    rebuild(floor.wired.store.database)
    assert figures(floor) == rebuilt


def _jobs(floor: Floor, event: dict[str, Any]) -> list[Any]:
    rows = floor.wired.store.database.connection().exec_driver_sql("SELECT serial, state FROM print_jobs").all()
    return [row for row in rows if row.serial in [each["serial"] for each in event["containers"]]]


def test_counted_anew_the_lot_keeps_its_number_and_its_inputs_are_worked_out_again(floor: Floor) -> None:
    consume(floor, 0)
    produce(floor, "500")
    floor.press("change_quantity")
    give(floor, "250")
    first, second = made(floor)
    assert (first["lot"], inputs(second)) == (second["lot"], [("LOT-1", "20", "scanned")])
    assert on_hand(floor, "TABLET", first["lot"]) == 250
    order = floor.wired.store.book.work_order(WORK_ORDER)
    assert order is not None
    assert order.made == 250
    work = floor.wired.station.seat.work
    assert isinstance(work, Producing)
    assert work.order.made == 250


def test_more_of_the_same_lot_takes_no_new_number(floor: Floor) -> None:
    produce(floor, "100")
    floor.press("more_lot")
    give(floor, "50")
    give(floor, "10")
    lots = [each["lot"] for each in made(floor)]
    assert (lots[0] == lots[1], code(made(floor)[2])) == (True, SECOND)
    assert on_hand(floor, "TABLET", lots[0]) == 150


@pytest.mark.parametrize("changes", [{"items": [*ITEMS[:-2], {**TABLET, "receive_into": "available"}, DUST]}])
def test_what_was_used_further_on_is_named_and_not_undone(floor: Floor, changes: dict[str, Any]) -> None:
    produce(floor, "100")
    (event,) = made(floor)
    floor.press("finish", "finish", "mix")
    floor.scan(event["containers"][0]["serial"])
    floor.press("make")
    give(floor, "100")
    repacked = made(floor)[-1]
    assert floor.wired.store.book.downstream(floor.events("production")[0]["id"]) == (repacked["lot"],)


def test_undo_is_refused_where_the_lot_went_on(floor: Floor) -> None:
    consume(floor, 0)
    produce(floor, "100")
    (event,) = floor.events("production")
    taken = floor.events("consumption")[0]
    # Somebody at the other seat used of it.
    data = {**taken["data"], "item": "TABLET", "lot": event["data"]["lot"], "assigned_by": SITE, "order": "WO-9", "container": None}
    floor.wired.store.journal.commit(Work(floor.wired.station._stamp(floor.clock.now()), (Record(from_data("consumption", data)),)))
    floor.press("undo")
    outcome = floor.desk.view()
    assert isinstance(outcome, ReceiveView)
    assert isinstance(outcome.hero, VerdictHero)
    assert outcome.hero.reason == f"Lot {event['data']['lot']} went on to WO-9"
    assert floor.events("correction") == []


def test_without_a_number_left_nothing_is_made(floor: Floor) -> None:
    with floor.wired.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE number_blocks SET next = last WHERE kind = 'lot'")
    produce(floor)
    floor.press("key:9", "set")
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert (hero.word, hero.next_step) == ("ACCEPTED", "Only 0 lot numbers left: connect the station")
    outcome = give(floor, "10")
    assert (outcome.said.verdict, outcome.said.reason) == (Verdict.REJECTED, Reason.NUMBERS_USED_UP)
    assert len(made(floor)) == 1


@pytest.mark.parametrize("changes", [{"policies": {"consumption": "backflushed"}}])
def test_by_the_recipe_the_oldest_stock_here_is_taken(floor: Floor, changes: dict[str, Any]) -> None:
    produce(floor)
    floor.press("key:4", "key:0", "key:0", "set")  # 32 kg
    (event,) = made(floor)
    assert inputs(event) == [("LOT-1", "25", "backflushed"), ("LOT-2", "7", "backflushed")]
    assert (on_hand(floor, "STARCH", "LOT-1", "NWS"), on_hand(floor, "STARCH", "LOT-2", "NWS")) == (0, 18)
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert hero.quantity == "400 ea made, by recipe"
    order = floor.wired.store.book.work_order(WORK_ORDER)
    assert order is not None
    assert order.components[0].used == 32
    assert give(floor, "400").said.reason is Reason.LOT_SHORT  # 32 more; 18 are here
    floor.press("confirm")
    assert inputs(made(floor)[-1]) == [("LOT-2", "18", "backflushed")]
    floor.press("undo", "undo")
    assert (on_hand(floor, "STARCH", "LOT-1", "NWS"), on_hand(floor, "STARCH", "LOT-2", "NWS")) == (25, 25)


@pytest.mark.parametrize("changes", [{"policies": {"consumption": "backflushed"}}])
def test_what_was_scanned_all_the_same_is_not_taken_twice(floor: Floor, changes: dict[str, Any]) -> None:
    consume(floor, 0)
    produce(floor, "400")
    assert inputs(made(floor)[0]) == [("LOT-1", "25", "scanned"), ("LOT-2", "7", "backflushed")]


def test_waste_of_what_was_made_is_taken_off_with_its_reason(floor: Floor) -> None:
    produce(floor, "2", "box")
    assert give_scrap(floor, "201").said.reason is Reason.QUANTITY_INVALID
    give(floor, "30")
    floor.press("choose:NONSENSE")
    assert floor.events("scrap") == []
    floor.press("choose:DAMAGED")
    (scrap,) = (each["data"] for each in floor.events("scrap"))
    event = made(floor)[0]
    assert (scrap["lot"], scrap["base_quantity"], scrap["why"], scrap["order"]) == (event["lot"], "30", "DAMAGED", WORK_ORDER)
    assert scrap["container"] == event["containers"][-1]["serial"]
    assert on_hand(floor, "TABLET", event["lot"]) == 170
    floor.press("undo")
    assert on_hand(floor, "TABLET", event["lot"]) == 200
    floor.press("undo")
    assert on_hand(floor, "TABLET", event["lot"]) is None


def test_waste_of_what_was_scanned_may_be_left_again(floor: Floor) -> None:
    """The production names the scan: leaving the question why it is waste must not name it once more."""
    floor.press("mode:produce")
    floor.scan(WORK_ORDER)
    floor.scan("]d2010952012300005910T-1\x1d3750")
    assert made(floor)[0]["lot"] == "T-1"
    assert give_scrap(floor, "5").said.ask is Ask.CHOOSE_REASON
    floor.press("undo")
    assert (floor.events("scrap"), floor.events("abandonment")) == ([], [])


def give_scrap(floor: Floor, quantity: str) -> Outcome:
    floor.press("scrap")
    return give(floor, quantity)


def test_what_the_other_seat_made_meanwhile_counts(floor: Floor) -> None:
    produce(floor, "600")
    event = floor.events("production")[0]["data"]
    elsewhere = from_data("production", {**event, "lot": "T-2", "containers": [], "base_quantity": "300", "quantity": "300"})
    floor.wired.store.journal.commit(Work(floor.wired.station._stamp(floor.clock.now()), (Record(elsewhere),)))
    assert give(floor, "200").said.about["over"] == "100"


def test_two_lots_become_one(floor: Floor) -> None:
    floor.press("mode:produce", "mix")
    for each in serials(floor):
        assert floor.scan(each).said.verdict is Verdict.ASK
    assert floor.scan(serials(floor)[0]).said.reason is Reason.ALREADY_COUNTED
    assert floor.events("production", "consumption") == []
    floor.press("make")
    assert isinstance(view(floor).side, Keypad)
    assert give(floor, "51").said.reason is Reason.QUANTITY_INVALID
    assert give(floor, "49.5").said.verdict is Verdict.ACCEPTED
    (event,) = made(floor)
    assert (event["transformation"], event["order"], event["assigned_by"]) == ("commingled", None, SITE)
    assert inputs(event) == [("LOT-1", "25", "scanned"), ("LOT-2", "25", "scanned")]
    assert event["expires_on"] == "2028-11-30"
    assert on_hand(floor, "STARCH", "LOT-1", "NWS") == 0
    assert on_hand(floor, "STARCH", event["lot"]) == Decimal("49.5")
    assert len(floor.events("production")[0]["scans"]) == 2
    floor.press("undo")
    assert (on_hand(floor, "STARCH", "LOT-1", "NWS"), on_hand(floor, "STARCH", event["lot"])) == (25, None)


def test_one_lot_is_repacked_and_what_was_left_out_stays(floor: Floor) -> None:
    floor.press("mode:produce", "mix")
    for each in serials(floor):
        floor.scan(each)
    floor.press("undo", "make")
    give(floor, "1", "bag")
    (event,) = made(floor)
    assert (event["transformation"], inputs(event)) == ("repacked", [("LOT-1", "25", "scanned")])
    assert on_hand(floor, "STARCH", "LOT-2", "NWS") == 25
    floor.press("finish")
    assert next_ask(floor.wired.station.seat) is Ask.SCAN_WORK_ORDER


def test_another_item_or_a_recalled_lot_is_not_mixed_in(floor: Floor) -> None:
    floor.press("mode:produce", "mix")
    floor.scan(serials(floor)[0])
    assert floor.scan("]d2010952012300002810L-20").said.reason is Reason.LOT_WRONG_ITEM
    assert floor.scan("]d2011952012300001810RECALLED-1").said.verdict is Verdict.STOP


def test_left_without_a_new_lot_nothing_went_anywhere(floor: Floor) -> None:
    floor.press("mode:produce", "mix")
    floor.scan(serials(floor)[0])
    floor.press("finish")
    assert floor.events("production") == []
    assert on_hand(floor, "STARCH", "LOT-1", "NWS") == 25


def test_a_work_orders_paper_stays_in_the_work_that_is_open(floor: Floor) -> None:
    produce(floor)
    floor.scan(WORK_ORDER)
    assert floor.wired.station.seat.mode == "produce"
    floor.scan(ORDER)
    assert floor.wired.station.seat.mode == "receive"


def _opened(floor: Floor) -> None:
    produce(floor)


def _made_some(floor: Floor) -> None:
    consume(floor, 0)
    produce(floor, "100")


def _by_product(floor: Floor) -> None:
    produce(floor)
    floor.scan("]d20109520123000073")


def _too_much(floor: Floor) -> None:
    produce(floor, "2000")


def _changing(floor: Floor) -> None:
    produce(floor, "100")
    floor.press("change_quantity")


def _scrapping(floor: Floor) -> None:
    produce(floor, "100")
    floor.press("scrap")


def _why_scrap(floor: Floor) -> None:
    _scrapping(floor)
    give(floor, "5")


def _mixing(floor: Floor) -> None:
    floor.press("mode:produce", "mix")
    floor.scan(serials(floor)[0])


def _making(floor: Floor) -> None:
    _mixing(floor)
    floor.press("make")


STATES: list[tuple[Callable[[Floor], None], Ask]] = [
    (_opened, Ask.QUANTITY),
    (_made_some, Ask.QUANTITY),
    (_by_product, Ask.QUANTITY),
    (_too_much, Ask.DECIDE),
    (_changing, Ask.QUANTITY),
    (_scrapping, Ask.QUANTITY),
    (_why_scrap, Ask.CHOOSE_REASON),
    (_mixing, Ask.SCAN_LABEL),
    (_making, Ask.QUANTITY),
]


@pytest.mark.parametrize(("lead_there", "ask"), STATES, ids=[each[0].__name__.strip("_") for each in STATES])
def test_a_restart_leads_back_to_the_same_state(floor: Floor, lead_there: Callable[[Floor], None], ask: Ask) -> None:
    lead_there(floor)
    before, events, shown = floor.wired.station.seat, floor.events(), floor.desk.view()
    assert next_ask(before) is ask
    floor.restart()
    assert floor.wired.station.seat == before
    assert floor.events() == events  # nothing was abandoned
    assert type(floor.desk.view()) is type(shown)
    assert isinstance(floor.wired.station.seat.work, Producing | Mixing)


def test_the_screen_asks_how_much_and_says_what_is_in_it(floor: Floor) -> None:
    consume(floor, 0, 1)
    produce(floor)
    shown = view(floor)
    assert isinstance(shown.side, Keypad)
    assert (shown.side.title, shown.side.set_button.words) == ("Will be T26325-0010", "Print label")
    floor.press("key:5", "key:0", "set")
    hero = view(floor).hero
    assert isinstance(hero, VerdictHero)
    assert (hero.word, hero.quantity, hero.lot, hero.tally) == ("ACCEPTED", "50 ea made", made(floor)[0]["lot"], "50 of 1\u2009000 ea made")
    assert (hero.detail, hero.next_step) == ("Tablets 500 mg  ·  expires 1 Dec 2026", "Take it to QC")


def test_what_is_made_of_nothing_that_is_known_says_so(floor: Floor) -> None:
    made = produce(floor, "100")
    assert made is not None
    assert (made.said.verdict, floor.events("production")[-1]["data"]["inputs"]) == (Verdict.ACCEPTED, [])
    said = words_of(made.said, load_language(SOURCE))
    assert said.next == "Nothing was consumed for it here: scan what went in"
    consume(floor, 0)
    after = produce(floor, "100")
    assert after is not None
    assert "no_inputs" not in after.said.about
