"""The supervisor's list of what was let through: who sees it, what it says, and how it is looked at, by touch and by card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.presenters.views import HomeView, QueueView
from kiosk.services.ports import Work
from tests.kiosk.floor import PIN, SUPERVISOR, Floor, new_database, plant
from tests.kiosk.services.test_overrides import asked, give
from traceability.barcodes.command import command_card
from traceability.events import OverrideApproved
from traceability.refusals import Reason
from traceability.workflows.step import Record

QUALITY = "B-3001"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Floor]:
    """R. Chen has let a newer lot through for M. Alvarez; the worker is at home."""
    people = [*plant().model_dump(mode="json", by_alias=True)["operators"], {"badge": QUALITY, "name": "Q. Moss", "roles": ["quality"]}]
    floor = asked(Floor(new_database(tmp_path / "station", operators=people)))
    give(floor, PIN)
    floor.press("choose:URGENT", "key:2", "set", "finish", "home")
    yield floor
    floor.check()
    floor.close()


def view(floor: Floor) -> QueueView:
    shown = floor.desk.view()
    assert isinstance(shown, QueueView)
    return shown


def entry(floor: Floor) -> str:
    """What stands on the way to the queue."""
    shown = floor.desk.view()
    assert isinstance(shown, HomeView)
    return " ".join([*(each.detail for each in shown.tiles if each.action == "queue"), *(each.words for each in shown.others)])


def to_the_list(floor: Floor, badge: str) -> None:
    floor.scan(badge)
    floor.press("queue", "filter:override")


def card(floor: Floor, verb: str, argument: str | None = None) -> None:
    floor.scan(command_card(verb, *([argument] if argument else [])))


def test_a_worker_is_shown_nothing_of_it(floor: Floor) -> None:
    assert "· 1" not in entry(floor)
    floor.press("queue", "filter:override")
    assert [each.action for each in view(floor).states] == ["filter:parked", "filter:exception", "filter:waiting", "filter:all"]
    assert view(floor).rows == ()
    floor.press(f"select:{floor.events('override')[0]['id']}", "reviewed")
    assert floor.events("override_reviewed") == []


def test_it_says_who_let_what_through_for_whom_when_and_why(floor: Floor) -> None:
    floor.scan(QUALITY)
    assert "Send queue · 1" in entry(floor)
    floor.press("queue", "filter:override")
    tile = view(floor).states[-1]
    assert (tile.action, tile.name, tile.count, tile.selected) == ("filter:override", "To look at", "1", True)
    assert tile.age.startswith("oldest ")
    (row,) = view(floor).rows
    assert (row.kind, row.lot, row.words, row.place) == ("Consume", "DYE-NEW", "An older lot is in Dock 1", "R. Chen")
    floor.press(row.action)
    detail = view(floor).detail
    assert detail is not None
    told = {each.name: each.value for each in detail.facts}
    assert (told["Let through"], told["For"], told["Why"]) == ("R. Chen", "M. Alvarez", "The order is urgent")
    assert told["When"].startswith("21 Nov 2026, 12:00:")
    assert (detail.lot, detail.words) == ("DYE-NEW", "An older lot is in Dock 1")


def test_somebody_else_looks_at_it_and_it_leaves_the_list(floor: Floor) -> None:
    to_the_list(floor, QUALITY)
    floor.press(view(floor).rows[0].action, "reviewed")
    shown = view(floor)
    assert (shown.rows, shown.detail, shown.states[-1].count, shown.empty) == ((), None, "0", "Nothing waits to be looked at")
    (seen,) = floor.events("override_reviewed")
    assert seen["data"]["override"] == floor.events("override")[0]["id"]
    floor.press("back")
    assert "· 1" not in entry(floor)


def test_who_took_part_in_it_does_not(floor: Floor) -> None:
    to_the_list(floor, SUPERVISOR)
    floor.press(view(floor).rows[0].action)
    detail = view(floor).detail
    assert detail is not None
    assert detail.best is not None
    assert (detail.best.enabled, detail.best.why_disabled) == (False, "You took part in it")
    floor.press("reviewed")  # by a card of old, or a button that has just gone
    assert floor.events("override_reviewed") == []
    assert len(view(floor).rows) == 1


def test_cards_do_what_a_touch_does(floor: Floor) -> None:
    floor.scan(QUALITY)
    for verb, argument in (("QUEUE", None), ("FILTER", "5"), ("CHOOSE", "1"), ("REVIEWED", None)):
        card(floor, verb, argument)
    assert len(floor.events("override_reviewed")) == 1
    assert view(floor).rows == ()


def test_a_name_that_was_erased_leaves_the_opaque_id(floor: Floor) -> None:
    floor.scan(QUALITY)
    boss = floor.events("override")[0]["data"]["approver"]
    with floor.wired.store.database.told() as connection:
        connection.exec_driver_sql("DELETE FROM operators WHERE id = ?", (boss,))
    floor.press("queue", "filter:override")
    assert view(floor).rows[0].place == boss


def test_pages_turn_through_many(floor: Floor) -> None:
    more = OverrideApproved("ship", Reason.DATA_TOO_OLD, "URGENT", "op-9", {"sscc": "095200010000000010"})
    for _ in range(3):
        floor.wired.store.journal.commit(Work(floor.wired.station._stamp(floor.clock.now()), (Record(more),)))
    to_the_list(floor, QUALITY)
    assert (len(view(floor).rows), view(floor).states[-1].count) == (3, "4")
    newest = view(floor).rows[0].action
    floor.press("page:next")
    assert len(view(floor).rows) == 1
    assert newest.removeprefix("select:") == floor.events("override")[-1]["id"]
