"""What one worker sees: verdicts, lists, counts, the keypad's buffer, pages of the queue."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.presenters.health import Health
from kiosk.presenters.views import (
    ChipTone,
    ChoiceView,
    HomeView,
    Keypad,
    Mark,
    QuantityTile,
    QueueView,
    ReadyHero,
    ReceiveView,
    SignInView,
    StopView,
    SummaryView,
    Tone,
    TypeLotView,
    VerdictHero,
)
from sync.protocol import Answer, AnswerKind
from tests.kiosk.floor import BAG, LACTOSE, NOON, ORDER, RECALLED, SCANNER, STARCH, STATION, SUPERVISOR, WORKER, Floor, bag, new_database
from traceability.refusals import Reason


def receive(floor: Floor) -> ReceiveView:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    return view


def verdict(floor: Floor) -> VerdictHero:
    hero = receive(floor).hero
    assert isinstance(hero, VerdictHero)
    return hero


def keypad(floor: Floor) -> Keypad:
    side = receive(floor).side
    assert isinstance(side, Keypad)
    return side


def tallies(floor: Floor) -> dict[Mark, int]:
    return {each.mark: each.count for each in receive(floor).scans.tallies}


def test_an_accepted_bag(floor: Floor) -> None:
    floor.sign_in_and_open()
    assert isinstance(receive(floor).hero, ReadyHero)
    floor.scan(bag("LOT-1"))
    hero, side = verdict(floor), receive(floor).side
    assert (hero.tone, hero.word, hero.quantity, hero.lot) == (Tone.OK, "ACCEPTED", "25 kg", "LOT-1")
    assert hero.tally == "25 of 2\u2009000 kg"
    assert isinstance(side, QuantityTile)
    assert (side.number, side.unit, side.source) == ("25", "kg", "From label")
    (row,) = receive(floor).scans.rows
    assert (row.mark, row.lot, row.note, row.quantity) == (Mark.OK, "LOT-1", "Corn starch USP", "25 kg")


def test_quarantine_says_where_the_goods_go(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{LACTOSE}310000005010LAC-1")
    assert (verdict(floor).tone, verdict(floor).strip, verdict(floor).next_step) == (Tone.OK, Tone.CHECK, "Take it to QC")


def test_counts_follow_what_is_refused_held_and_undone(floor: Floor) -> None:
    floor.sign_in_and_open()
    assert tallies(floor) == {Mark.OK: 0, Mark.BAD: 0, Mark.HOLD: 0}
    floor.scan(bag("LOT-1"))
    floor.scan(bag("LOT-1"))
    floor.scan(bag("LOT-1"), after=0.2)  # read twice: counts for nothing
    floor.scan(f"{BAG}1723120110OLD")
    floor.scan(f"{BAG}1728033110HELD-1")
    assert tallies(floor) == {Mark.OK: 2, Mark.BAD: 1, Mark.HOLD: 1}
    floor.press("undo")
    assert tallies(floor) == {Mark.OK: 2, Mark.BAD: 1, Mark.HOLD: 0}
    floor.press("undo")
    assert tallies(floor) == {Mark.OK: 1, Mark.BAD: 1, Mark.HOLD: 0}
    assert receive(floor).scans.rows[0].note == "Undone: 25 kg of LOT-1"


def test_the_list_has_an_end(floor: Floor) -> None:
    floor.sign_in_and_open()
    for number in range(35):
        floor.scan(f"nonsense {number}")
    assert len(receive(floor).scans.rows) == 30
    assert receive(floor).scans.rows[0].lot == "nonsense 34"
    assert tallies(floor)[Mark.BAD] == 35


def test_each_verdict_has_a_new_number_and_a_question_none(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    first = verdict(floor).number
    floor.scan(bag("LOT-2"))
    assert verdict(floor).number == first + 1
    floor.scan(STARCH)
    floor.press("cancel")
    floor.scan("strange")
    assert verdict(floor).number == first + 2


def test_freed_scans_are_shown_in_their_order(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{STARCH}1728113010ASKED")
    floor.scan(bag("WAITS"))
    floor.press("key:5", "set")
    assert [row.lot for row in receive(floor).scans.rows] == ["WAITS", "ASKED"]
    assert verdict(floor).lot == "WAITS"


@pytest.mark.parametrize(
    ("keys", "buffer"),
    [
        ("1 2 . 5", "12.5"),
        ("1 . . 5", "1.5"),
        ("1 2 back", "1"),
        ("back", ""),
        ("1 2 clear", ""),
        (". 5", ".5"),
        (" ".join("9" * 80), "9" * 60),
    ],
)
def test_the_keypad(floor: Floor, keys: str, buffer: str) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{STARCH}1728113010LOT-1")
    floor.press(*(f"key:{key}" for key in keys.split()))
    assert keypad(floor).buffer == buffer


def test_a_quantity_that_is_none_is_said_on_the_keypad(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{STARCH}1728113010LOT-1")
    assert keypad(floor).problem == ""
    floor.press("key:0", "set")
    assert (keypad(floor).buffer, keypad(floor).problem) == ("", "more than nothing is expected")
    floor.press("key:2")
    assert keypad(floor).problem == ""
    floor.press("key:5", "set")
    assert verdict(floor).quantity == "25 kg"


def test_units_and_packs(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{STARCH}1728113010LOT-1")
    assert keypad(floor).unit == "kg"
    assert [button.words for button in keypad(floor).packs] == ["1 bag 25 kg"]
    floor.press("unit")
    assert keypad(floor).unit == "bag"
    floor.press("unit", "unit", "key:3", "set")
    assert verdict(floor).quantity == "75 kg in 3 containers"
    floor.scan(f"{STARCH}1728113010LOT-2")
    floor.press("pack:bag")
    assert verdict(floor).quantity == "25 kg"


def test_typing_a_lot(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("LOT-1"))
    floor.scan(f"{BAG}17281130")
    floor.press("type_lot")
    view = floor.desk.view()
    assert isinstance(view, TypeLotView)
    assert not view.use.enabled
    floor.press("key:l", "key:o")
    view = floor.desk.view()
    assert isinstance(view, TypeLotView)
    assert [match.words for match in view.matches] == ["LOT-1"]
    floor.press("key:back", "key:back", "key:X", "key:space", "key:1", "set")
    assert verdict(floor).lot == "X 1"


def test_a_scan_is_worth_more_than_what_is_looked_at(floor: Floor) -> None:
    for overlay in ("type_lot", "finish", "queue"):
        floor.sign_in_and_open()
        floor.press(overlay)
        assert not isinstance(floor.desk.view(), ReceiveView)
        floor.scan(f"{BAG}1723120110{overlay}")
        assert verdict(floor).word == "REJECTED"  # it would go unseen otherwise
        floor.press("finish", "finish", "sign_out")


def test_a_wrong_expiry_is_asked_again_with_what_was_wrong(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{BAG}10LOT-1")
    floor.press("confirm", "type_lot", *(f"key:{key}" for key in "31.12.28"), "set")
    assert verdict(floor).reason == "31.12.28 can't be taken: a date like 2027-11-30 is expected"
    floor.press("type_lot", *(f"key:{key}" for key in "2028-12-31"), "set")
    assert verdict(floor).word == "ACCEPTED"


def test_a_damaged_barcode_is_shown_at_its_mark(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan("]C10109520123000012" + "17281130" + "10NWS-240817-A")
    assert "|2|" in verdict(floor).lot


def test_a_stop_counts_what_comes_meanwhile(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(RECALLED)
    floor.scan(bag("LOT-1"))
    floor.scan(bag("LOT-2"))
    view = floor.desk.view()
    assert isinstance(view, StopView)
    assert (view.lot, view.refused_meanwhile) == ("RECALLED-1", "2 scans refused meanwhile")
    floor.press("acknowledge")
    assert isinstance(floor.desk.view(), ReceiveView)
    assert floor.events("receipt") == []


def test_signed_out_over_an_open_delivery(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.press("sign_out")
    view = floor.desk.view()
    assert isinstance(view, SignInView)
    assert ORDER in view.resume
    floor.scan(SUPERVISOR)
    assert receive(floor).document.number == f"PO {ORDER}"
    assert receive(floor).top.user == "R. Chen"


def test_a_station_with_work_of_another_version_stays_at_home(tmp_path: Path) -> None:
    floor = Floor(new_database(tmp_path / "station", stations=[{"station": STATION, "place": "Dock 1", "modes": ["supervisor"]}]))
    floor.scan(WORKER)
    view = floor.desk.view()
    assert isinstance(view, HomeView)
    assert [(tile.action, tile.count) for tile in view.tiles] == [("queue", "1")]
    assert floor.scan(ORDER).said.reason is Reason.NOT_EXPECTED_HERE
    floor.press(view.sign_out.action)
    assert isinstance(floor.desk.view(), SignInView)
    floor.check()
    floor.close()


def test_the_summary_says_what_is_short_held_and_refused(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(f"{BAG}1728033110HELD-1")
    floor.scan("strange")
    floor.press("finish")
    view = floor.desk.view()
    assert isinstance(view, SummaryView)
    assert view.warning == "2 lines short, 1 scan refused"
    assert [(row.mark, row.received) for row in view.rows] == [(Mark.HOLD, "25 of 2\u2009000 kg"), (Mark.CHECK, "0 of 100 kg")]


def test_orders_to_choose_from_are_the_open_ones(floor: Floor) -> None:
    floor.scan(WORKER)
    floor.press("mode:receive", "choose_order")
    view = floor.desk.view()
    assert isinstance(view, ChoiceView)
    assert [tile.action for tile in view.tiles] == ["choose:4500012345", "choose:4500012346"]
    assert view.tiles[0].detail == "Northwind Starch Co. · 2 lines open"
    floor.press("choose:4500012345")
    assert receive(floor).document.number == f"PO {ORDER}"


def park(floor: Floor, count: int) -> None:
    outbox = floor.wired.store.outbox
    answers = [
        Answer(id=str(each["id"]), sequence=int(str(each["sequence"])), answer=AnswerKind.PARKED, words="the item is not known")
        for each in outbox.unsent(count)
    ]
    outbox.record_answers(answers, NOON)


def queue(floor: Floor) -> QueueView:
    view = floor.desk.view()
    assert isinstance(view, QueueView)
    return view


def test_pages_of_the_queue(floor: Floor) -> None:
    floor.sign_in_and_open()
    for number in range(6):
        floor.scan(bag(f"LOT-{number}"))
    floor.press("queue")
    assert [row.kind for row in queue(floor).rows] == ["Sign in", "Open", "Receive"]
    floor.press("page:next", "page:next", "page:next", "page:next")
    pages = queue(floor).pages
    assert pages is not None
    assert (pages.words, pages.previous.enabled, pages.following.enabled) == ("3 of 3", True, False)
    assert [row.lot for row in queue(floor).rows] == ["LOT-4", "LOT-5"]
    # The rest was sent while the page was open: nobody is left on a page that is gone.
    outbox = floor.wired.store.outbox
    taken = [Answer(id=str(e["id"]), sequence=int(str(e["sequence"])), answer=AnswerKind.ACKNOWLEDGED) for e in outbox.unsent(7)]
    outbox.record_answers(taken, NOON)
    assert [row.lot for row in queue(floor).rows] == ["LOT-5"]
    assert queue(floor).pages is None


def test_only_a_supervisor_has_a_parked_event_sent_again(floor: Floor) -> None:
    floor.sign_in_and_open()
    park(floor, 2)
    woken: list[str] = []
    floor.desk.sync_now = lambda: woken.append("sync")
    floor.press("queue")
    assert (queue(floor).states[0].count, queue(floor).states[0].urgent) == ("2", True)
    floor.press(queue(floor).rows[0].action)
    detail = queue(floor).detail
    assert detail is not None
    assert detail.best is not None
    assert (detail.words, detail.best.enabled, detail.best.why_disabled) == ("the item is not known", False, "Needs a supervisor")
    floor.press("try_again")
    assert queue(floor).states[0].count == "2"
    floor.scan(SUPERVISOR)
    floor.press("queue", "filter:parked", queue(floor).rows[0].action if isinstance(floor.desk.view(), QueueView) else "queue")
    floor.press(queue(floor).rows[0].action, "try_again")
    assert (queue(floor).states[0].count, woken) == ("1", ["sync"])


@pytest.mark.parametrize(
    ("health", "chips"),
    [
        (Health(), [("Scanner", ChipTone.QUIET), ("Stand-alone", ChipTone.QUIET)]),
        (Health({"a": "", "b": "gone"}), [("b is gone", ChipTone.WARN), ("Stand-alone", ChipTone.QUIET)]),
        (Health({"a": "x", "b": "gone"}), [("No scanner", ChipTone.BAD), ("Stand-alone", ChipTone.QUIET)]),
        (Health(printer=""), [("Scanner", ChipTone.QUIET), ("Printer", ChipTone.QUIET), ("Stand-alone", ChipTone.QUIET)]),
        (
            Health(printer="has no labels", labels_waiting=3),
            [("Scanner", ChipTone.QUIET), ("Printer has no labels · 3 waiting", ChipTone.BAD), ("Stand-alone", ChipTone.QUIET)],
        ),
        (Health(labels_waiting=1), [("Scanner", ChipTone.QUIET), ("No printer", ChipTone.WARN), ("Stand-alone", ChipTone.QUIET)]),
        (Health(server=True), [("Scanner", ChipTone.QUIET), ("Offline · 2 to send", ChipTone.WARN)]),
        (Health(server=True, online=True), [("Scanner", ChipTone.QUIET), ("Online · 2 to send", ChipTone.QUIET)]),
    ],
)
def test_chips_are_quiet_where_all_is_well(floor: Floor, health: Health, chips: list[tuple[str, ChipTone]]) -> None:
    floor.sign_in_and_open()
    floor.desk.health = health
    assert [(chip.words, chip.tone) for chip in receive(floor).top.chips] == chips


def test_a_parked_event_is_louder_than_being_online(floor: Floor) -> None:
    floor.sign_in_and_open()
    park(floor, 1)
    floor.desk.health = Health(server=True, online=True)
    chip = receive(floor).top.chips[-1]
    assert (chip.words, chip.tone, chip.action) == ("1 needs you", ChipTone.BAD, "queue")


def test_without_a_scanner_the_screen_says_what_to_do(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.desk.health = Health({SCANNER: "gone"})
    hero = receive(floor).hero
    assert isinstance(hero, ReadyHero)
    assert hero.prompt == "No scanner found"
