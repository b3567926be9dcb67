"""A photo or paper goes to the last event of the open work; its bytes are on disk before the event is."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.words import words_of
from kiosk.services.photos import Photos
from kiosk.services.ports import NoPicture, StorageFailed
from kiosk.store.rebuild import rebuild
from tests.kiosk.floor import RECALLED, WORKER, Floor, bag
from traceability.attachments import digest_of
from traceability.barcodes.command import command_card
from traceability.refusals import Reason, Verdict

PHOTO = b"\xff\xd8\xff\xe0 what the camera saw"
PAPER = b"%PDF-1.7 certificate of analysis"
CARD = command_card("PHOTO")


@dataclass
class ScriptedCamera:
    content: bytes | None = PHOTO
    taken: int = 0

    def take(self) -> bytes:
        self.taken += 1
        if self.content is None:
            raise NoPicture("unplugged")
        return self.content


@dataclass
class WatchedFolder:
    """Fails where it is told to, and remembers what it was given."""

    kept: list[bytes] = field(default_factory=list)
    fault: str | None = None

    def keep(self, content: bytes) -> None:
        if self.fault:
            raise StorageFailed(self.fault)
        self.kept.append(content)


def with_camera(floor: Floor, content: bytes | None = PHOTO) -> ScriptedCamera:
    camera = ScriptedCamera(content)
    floor.wired.station.photos = Photos(floor.wired.store.attachments, camera)
    return camera


def test_a_photo_by_card_and_one_by_touch_belong_to_the_last_receipt(floor: Floor) -> None:
    camera = with_camera(floor)
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    floor.scan(bag("B"))
    outcome = floor.scan(CARD)
    assert outcome.said.verdict is Verdict.ACCEPTED
    assert words_of(outcome.said, load_language(SOURCE)).why == "Picture added to the last entry"
    floor.press("photo")
    last = floor.events("receipt")[-1]
    first, second = floor.events("attachment")
    assert (first["data"], first["how"]) == (second["data"], second["how"])
    assert first["data"] == {
        "to_event": last["id"],
        "sha256": digest_of(PHOTO),
        "media_type": "image/jpeg",
        "size": len(PHOTO),
        "name": "photo",
        "taken_by": "camera",
    }
    assert first["how"] == "camera"
    assert camera.taken == 2
    assert floor.wired.store.attachments.content(digest_of(PHOTO)) == PHOTO
    assert floor.wired.store.attachments.waiting() == 1  # one content, announced twice


def test_a_question_that_is_open_stays_open(floor: Floor) -> None:
    with_camera(floor)
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    asked = floor.scan("]d201095201230000111728113010B")  # of the item's own code: how much is it?
    assert asked.said.reason is Reason.QUANTITY_MISSING
    before = floor.wired.station.seat
    outcome = floor.scan(CARD)
    assert (outcome.said.verdict, outcome.said.ask) == (Verdict.ACCEPTED, asked.said.ask)
    assert floor.wired.station.seat == before


@pytest.mark.parametrize("mode", ["nothing_done", "undone", "home", "signed_out"])
def test_without_anything_to_attach_it_to_no_photo_is_taken(floor: Floor, mode: str) -> None:
    camera = with_camera(floor)
    if mode != "signed_out":
        floor.sign_in_and_open()
    if mode != "nothing_done" and mode != "signed_out":
        floor.scan(bag("A"))
    floor.press(*{"undone": ("undo",), "home": ("home",)}.get(mode, ()))
    said = floor.scan(CARD).said
    expected = Reason.NOT_SIGNED_IN if mode == "signed_out" else Reason.NOTHING_TO_ATTACH_TO
    assert (said.verdict, said.reason, camera.taken) == (Verdict.REJECTED, expected, 0)
    assert floor.events("attachment") == []


@pytest.mark.expects_log("kiosk.services.photos")
def test_where_no_camera_is_set_up_or_it_shows_nothing_it_says_so(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    assert floor.scan(CARD).said.reason is Reason.NO_CAMERA
    with_camera(floor, None)
    assert floor.scan(CARD).said.reason is Reason.NO_PICTURE
    with_camera(floor, b"GIF89a")
    assert floor.scan(CARD).said.reason is Reason.FILE_UNUSABLE
    assert floor.events("attachment") == []
    assert len(floor.events("refusal")) == 3


def test_while_a_stop_is_latched_it_is_refused(floor: Floor) -> None:
    camera = with_camera(floor)
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    floor.scan(RECALLED)
    assert floor.scan(CARD).said.reason is Reason.ACKNOWLEDGE_FIRST
    assert camera.taken == 0
    latched = floor.wired.station.seat.latched
    assert latched is not None
    assert latched.refused_meanwhile == 1


def test_no_event_speaks_of_bytes_that_could_not_be_kept(floor: Floor) -> None:
    folder = WatchedFolder(fault="the disk is full")
    floor.wired.station.photos = Photos(folder, ScriptedCamera())
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    outcome = floor.scan(CARD)
    assert (outcome.said.verdict, outcome.said.reason) == (Verdict.STOP, Reason.STORAGE_FAILED)
    assert floor.events("attachment") == []
    assert floor.wired.station.try_storage()  # names the card's scan


def test_a_certificate_comes_as_a_file(floor: Floor) -> None:
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    assert floor.wired.station.attach(PAPER, "coa.jpg").said.verdict is Verdict.ACCEPTED
    (event,) = floor.events("attachment")
    assert (event["data"]["media_type"], event["data"]["name"], event["how"]) == ("application/pdf", "coa.jpg", "imported")


def test_the_list_of_what_waits_is_rebuilt_from_the_journal_and_a_restart_loses_none(floor: Floor) -> None:
    with_camera(floor)
    floor.sign_in_and_open(WORKER)
    floor.scan(bag("A"))
    floor.scan(CARD)
    floor.restart()
    with floor.wired.store.database.reading() as connection:
        before = connection.exec_driver_sql("SELECT * FROM attachments").all()
    rebuild(floor.wired.store.database)
    with floor.wired.store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT * FROM attachments").all() == before
    assert len(before) == 1


def test_bytes_that_were_damaged_on_disk_are_not_given_out(floor: Floor) -> None:
    store = floor.wired.store.attachments
    store.keep(PHOTO)
    file = floor.folder / "attachments" / digest_of(PHOTO)
    file.write_bytes(PHOTO[:-1])
    assert store.content(digest_of(PHOTO)) is None
    store.keep(PHOTO)  # the same photo again mends it
    assert store.content(digest_of(PHOTO)) == PHOTO
    assert file.stat().st_mode & 0o777 == 0o600
