"""Two workers at one station, a scanner each: neither stops the other, and each sees what the other did."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.presenters.views import ReceiveView, SignInView, StopView, Tone
from kiosk.services.ports import RawScan
from tests.kiosk.floor import GS, ORDER, RECALLED, SCANNER, STARCH, SUPERVISOR, WORK_ORDER, WORKER, Floor, bag
from traceability.barcodes.command import command_card
from traceability.refusals import Reason, Verdict
from traceability.workflows.consuming import Consuming
from traceability.workflows.receiving import Receiving
from traceability.workflows.seat import next_ask
from traceability.workflows.step import Ask

OTHER = "scanner-2"
SEAT_OF = {SCANNER: "1", OTHER: "2"}


@pytest.fixture
def pair(plant_database: Path, tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(Path(shutil.copytree(plant_database, tmp_path / "pair")), seat_of=SEAT_OF)
    floor.scan(WORKER)
    floor.scan(SUPERVISOR, OTHER)
    yield floor
    floor.check()
    floor.close()


def _killed(floor: Floor, seat_of: dict[str, str] = SEAT_OF) -> Floor:
    """The station as it comes up again; nothing was put away in order."""
    folder = floor.folder.with_name(f"{floor.folder.name}-again")
    shutil.copytree(floor.folder, folder)
    return Floor(folder, floor.clock, seat_of=seat_of)


def _work(floor: Floor, seat: str) -> Receiving:
    work = floor.wired.seats.stations[seat].seat.work
    assert isinstance(work, Receiving)
    return work


def test_each_scanner_s_scans_go_to_its_own_seat(pair: Floor) -> None:
    pair.scan(ORDER)
    pair.scan(STARCH)  # half a label here …
    pair.scan(ORDER, OTHER)
    pair.scan(bag("LOT-2"), OTHER)  # … is no part of a whole one there
    one, two = _work(pair, "1"), _work(pair, "2")
    assert (len(one.drafts), len(one.taken)) == (1, 0)
    assert (len(two.drafts), len(two.taken)) == (0, 1)
    (receipt,) = pair.events("receipt")
    (mine,) = [event["operator"] for event in pair.events("sign_in")][-1:]
    assert receipt["operator"] == mine
    assert [scan["device"] for scan in receipt["scans"]] == [OTHER]


def test_a_stop_latches_its_own_seat_alone(pair: Floor) -> None:
    for device in (SCANNER, OTHER):
        pair.scan(ORDER, device)
    stopped = pair.scan(RECALLED)
    assert stopped.said.verdict is Verdict.STOP
    assert pair.scan(bag("LOT-1"), OTHER).said.verdict is Verdict.ACCEPTED
    assert pair.scan(bag("LOT-2")).said.reason is Reason.ACKNOWLEDGE_FIRST
    assert pair.scan(bag("LOT-3")).said.reason is Reason.ACKNOWLEDGE_FIRST
    latched = pair.wired.seats.first.seat.latched
    assert latched is not None
    assert latched.refused_meanwhile == 2
    assert [event["data"]["reason"] for event in pair.events("refusal")] == ["LOT_RECALLED", *["ACKNOWLEDGE_FIRST"] * 2]
    pair.press("acknowledge")
    assert pair.scan(bag("LOT-2")).said.verdict is Verdict.ACCEPTED
    assert [event["data"]["lot"] for event in pair.events("receipt")] == ["LOT-1", "LOT-2"]


def test_two_who_receive_one_order_see_each_other_s_progress(pair: Floor) -> None:
    for device in (SCANNER, OTHER):
        pair.scan(ORDER, device)
    pair.scan(bag("LOT-1"))
    pair.scan(bag("LOT-2"), OTHER)
    assert [_work(pair, seat).order.lines[0].received for seat in "12"] == [25, 50]
    pair.bench.view()
    assert _work(pair, "1").order.lines[0].received == 50
    pair.press("undo")
    pair.scan(STARCH, OTHER)
    assert [_work(pair, seat).order.lines[0].received for seat in "12"] == [25, 25]


def test_two_who_use_one_work_order_see_each_other_s_use(pair: Floor) -> None:
    pair.scan(ORDER)
    for lot in ("LOT-1", "LOT-2", "LOT-3", "LOT-4"):
        pair.scan(bag(lot))
    for device in (SCANNER, OTHER):
        pair.scan("..K.MODE.CONSUME.", device)
        pair.scan(WORK_ORDER, device)
    pair.press("home", "mode:consume")
    pair.scan(WORK_ORDER)
    pair.wired.seats.seat("2").press("mode:consume")
    pair.scan(WORK_ORDER, OTHER)
    for lot, device in (("LOT-1", SCANNER), ("LOT-2", OTHER), ("LOT-3", SCANNER)):
        assert pair.scan(bag(lot), device).said.verdict is Verdict.ACCEPTED
    # Of 80 kg 75 are used, by both together: one more bag is too much for whoever scans it.
    said = pair.scan(bag("LOT-4"), OTHER).said
    assert said.reason is Reason.OVER_PLAN
    work = pair.wired.seats.stations["2"].seat.work
    assert isinstance(work, Consuming)
    assert work.order.components[0].used == 75


def test_two_never_get_the_same_serial_for_their_labels(pair: Floor) -> None:
    for device in (SCANNER, OTHER):
        pair.scan(ORDER, device)
    for number in range(3):
        pair.scan(bag(f"A-{number}"))
        pair.scan(bag(f"B-{number}"), OTHER)
    serials = [each["serial"] for event in pair.events("receipt") for each in event["data"]["containers"]]
    assert len(serials) == len(set(serials)) == 6


def test_goods_that_one_seat_counted_are_counted_for_the_other_too(pair: Floor) -> None:
    for device in (SCANNER, OTHER):
        pair.scan(ORDER, device)
    first = pair.scan(f"{bag('LOT-1')}{GS}21SERIAL-7")
    again = pair.scan(f"{bag('LOT-1')}{GS}21SERIAL-7", OTHER)
    assert (first.said.verdict, again.said.verdict) == (Verdict.ACCEPTED, Verdict.DUPLICATE)


def test_the_screen_stays_with_whom_it_shows_and_tells_of_the_other(pair: Floor) -> None:
    for device in (SCANNER, OTHER):
        pair.scan(ORDER, device)
    pair.scan(bag("LOT-1"), OTHER)
    view = pair.bench.view()
    assert isinstance(view, ReceiveView)
    assert view.top.user == "M. Alvarez"
    (band,) = pair.bench.bands()
    assert (band.name, band.user, band.tone, band.word, band.lot) == ("Seat 2", "R. Chen", Tone.OK, "ACCEPTED", "LOT-1")
    pair.scan(RECALLED, OTHER)
    (band,) = pair.bench.bands()
    assert (band.stopped, band.word, band.lot) == (True, "STOP", "RECALLED-1")
    assert isinstance(pair.bench.view(), ReceiveView)
    pair.press(band.action)
    assert isinstance(pair.bench.view(), StopView)
    assert pair.bench.bands()[0].name == "Seat 1"
    pair.press("acknowledge", "seat:1", "seat:9")
    assert pair.bench.shown == "1"
    assert pair.bench.bands()[0].words == "Scan the next lot"


def test_touches_and_typing_are_the_shown_seat_s(pair: Floor) -> None:
    for device in (SCANNER, OTHER):
        pair.scan(ORDER, device)
        pair.scan(f"{STARCH}1728113010LOT-{device[-1]}", device)
    pair.press("seat:2", "key:7", "set")
    assert [event["data"]["base_quantity"] for event in pair.events("receipt")] == ["7"]
    asked = [pair.wired.seats.stations[seat].seat for seat in "12"]
    assert [next_ask(seat) for seat in asked] == [Ask.QUANTITY, Ask.SCAN_LABEL]
    pair.press("sign_out")
    assert isinstance(pair.bench.view(), SignInView)
    assert pair.scan(bag("LOT-9")).said.waiting == 1  # the other works on


def test_each_seat_has_its_own_language(pair: Floor) -> None:
    pair.wired.seats.seat("2").press("language:de")
    assert pair.bench.view().top.mode == "Home"
    pair.press("seat:2")
    assert pair.bench.view().top.mode == "Start"
    assert pair.bench.bands()[0].name == "Platz 1"


def test_after_a_kill_both_are_back_and_no_scan_is_anybody_else_s(pair: Floor) -> None:
    for device in (SCANNER, OTHER):
        pair.scan(ORDER, device)
        pair.scan(STARCH, device)
    pair.scan(RECALLED, OTHER)
    again = _killed(pair)
    assert again.wired.left_behind == 0
    for seat in "12":
        assert again.wired.seats.stations[seat].seat == pair.wired.seats.stations[seat].seat
    again.check()
    again.close()


def test_a_scan_that_a_kill_left_without_an_answer_is_named_once(pair: Floor) -> None:
    for device in (SCANNER, OTHER):
        pair.scan(ORDER, device)
        pair.scan(STARCH, device)
    station = pair.wired.seats.first
    lost = station._heard(bag("LOST").encode(), OTHER, pair.clock.now(), None)
    station.journal.keep_scan(RawScan(lost.id, OTHER, bag("LOST").encode(), lost.aim, lost.at))
    again = _killed(pair)
    assert again.wired.left_behind == 1
    (event,) = again.events("abandonment")
    assert [scan["id"] for scan in event["scans"]] == [lost.id]
    again.check()
    again.close()
    assert station.try_storage()  # … and here once more, for the check at the end


def test_a_seat_whose_scanner_is_gone_is_kept_until_its_work_is_done(pair: Floor) -> None:
    pair.scan(ORDER, OTHER)
    pair.scan(STARCH, OTHER)
    again = _killed(pair, {SCANNER: "1"})
    assert list(again.wired.seats.stations) == ["1", "2"]
    again.press("seat:2", "cancel")
    again.check()
    gone = _killed(again, {SCANNER: "1"})
    assert list(gone.wired.seats.stations) == ["1"]
    assert gone.bench.bands() == ()
    for floor in (again, gone):
        floor.close()


def test_an_order_that_both_have_open_is_whole_after_a_kill(pair: Floor) -> None:
    for device in (SCANNER, OTHER):
        pair.scan(ORDER, device)
    pair.scan(bag("LOT-1"), OTHER)
    again = _killed(pair)
    assert [_work(again, seat).order.lines[0].received for seat in "12"] == [25, 25]
    again.close()


def test_what_locks_one_seat_locks_them_all_and_is_over_for_them_all(pair: Floor) -> None:
    first, second = pair.wired.seats.stations.values()
    first.fault = "the disk is full"
    assert second.fault == "the disk is full"
    assert second.try_storage()
    assert first.fault is None


def test_a_card_brings_its_own_seat_to_the_screen(pair: Floor) -> None:
    pair.press("seat:1")
    pair.scan(command_card("SEAT"), OTHER)
    assert pair.bench.shown == "2"
    pair.scan(command_card("SEAT"))
    assert pair.bench.shown == "1"
