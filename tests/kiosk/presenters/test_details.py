"""A touch on what was decided opens its details, and there a photo is attached; the same by card, in every kind of work."""

from __future__ import annotations

import pytest

from kiosk.presenters.views import LotView, ReceiveView, VerdictHero
from kiosk.services.photos import Photos
from tests.kiosk.floor import ORDER, RECALLED, SUPERVISOR, WORK_ORDER, WORKER, Floor, bag
from tests.kiosk.services.test_photos import ScriptedCamera
from tests.kiosk.session.plant import RACK, SHIP_ORDER
from tests.kiosk.session.steps import carton
from traceability.barcodes.command import command_card


def hero(floor: Floor) -> VerdictHero:
    view = floor.desk.view()
    assert isinstance(view, ReceiveView)
    assert isinstance(view.hero, VerdictHero)
    return view.hero


def details(floor: Floor) -> LotView:
    view = floor.desk.view()
    assert isinstance(view, LotView)
    return view


def with_camera(floor: Floor) -> None:
    floor.wired.station.photos = Photos(floor.wired.store.attachments, ScriptedCamera())


@pytest.mark.parametrize("by_card", [False, True])
def test_the_last_lot_s_card_is_a_touch_away_and_back_is_where_one_was(floor: Floor, by_card: bool) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    before = floor.desk.view()
    assert (hero(floor).action, hero(floor).more) == ("details", "Details")
    if by_card:
        floor.scan(command_card("DETAILS"))
    else:
        floor.press(hero(floor).action)
    view = details(floor)
    assert (view.card.lot, view.card.item, view.card.state) == ("A", "Corn starch USP", "Free to use")
    assert view.card.facts[0].value.startswith("25 kg")
    assert [row.words for row in view.sources.rows] == ["NWS"]
    floor.press(view.back.action)
    after = floor.desk.view()
    assert isinstance(before, ReceiveView)
    assert isinstance(after, ReceiveView)
    assert after.hero == before.hero


def test_a_photo_is_attached_there_to_what_is_shown(floor: Floor) -> None:
    with_camera(floor)
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    floor.press(details_photo(floor))
    assert floor.events("attachment")[0]["data"]["to_event"] == floor.events("receipt")[0]["id"]
    assert hero(floor).quantity == "Picture added to the last entry"


def details_photo(floor: Floor) -> str:
    floor.press("details")
    (photo,) = details(floor).actions
    assert photo.enabled
    return photo.action


def test_without_a_camera_the_touch_says_so(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    floor.press("details")
    (photo,) = details(floor).actions
    assert (photo.enabled, photo.why_disabled) == (False, "No camera here")


def test_nothing_opens_that_the_verdict_does_not_speak_of(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    floor.scan(bag("B"))
    floor.press("undo")  # what stands now is A, what is said is of B
    assert hero(floor).action == ""
    floor.scan("4006381333931")
    assert hero(floor).action == ""
    floor.press("cancel")
    floor.press("undo", "undo", "details")  # nothing stands: what a late touch wanted is not there
    assert isinstance(floor.desk.view(), ReceiveView)


def test_a_scan_takes_the_place_of_the_details(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    floor.press("details")
    floor.scan(bag("B"))
    assert hero(floor).lot == "B"


@pytest.mark.parametrize(
    ("mode", "scans", "name"),
    [
        ("consume", (WORK_ORDER, bag("NWS-240601-A")), "NWS-240601-A"),
        ("move", (RACK, bag("NWS-240602-B")), "NWS-240602-B"),
        ("pick", (SHIP_ORDER, bag("NWS-240511-A")), "NWS-240511-A"),
    ],
)
def test_every_work_has_it(shift: Floor, mode: str, scans: tuple[str, ...], name: str) -> None:
    shift.scan(WORKER)
    shift.press(f"mode:{mode}")
    for scan in scans:
        shift.scan(scan)
    shift.press(hero(shift).action)
    assert details(shift).card.lot == name


def test_a_carton_s_details_say_what_is_in_it(shift: Floor) -> None:
    shift.scan(WORKER)
    shift.scan(ORDER)
    shift.scan(bag("A"))
    shift.press("home", "mode:pack", "new_carton")
    shift.scan(shift.events("receipt")[0]["data"]["containers"][0]["serial"])
    shift.press("close", "details")
    view = details(shift)
    assert view.card.lot == f"Carton …{carton(shift)[-7:]}"
    assert [row.words for row in view.sources.rows] == ["A"]


def test_a_stop_shows_no_details(floor: Floor) -> None:
    floor.sign_in_and_open(SUPERVISOR)
    floor.scan(bag("A"))
    floor.scan(RECALLED)
    floor.press("details")
    assert not isinstance(floor.desk.view(), LotView)
