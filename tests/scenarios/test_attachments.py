"""Photos and papers reach the server after their events, piece by piece, over a bad network, whole or not at all."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from config.version import VERSION
from kiosk.app.wiring import Meetings
from kiosk.services.photos import Photos
from server.app import create_app
from server.enrolment import Role, admit, enrol
from server.listening import Listening
from server.store.database import Database, open_database
from server.store.schema import ready, renew_epoch
from sync.client import SyncReport, SyncSession
from sync.http import Address, Connection, Unreachable
from sync.protocol import LARGEST_PIECE, PROTOCOL
from tests.kiosk.floor import NOON, STATION, Floor, bag
from tests.simulators.chaos_proxy import ChaosProxy
from traceability.attachments import digest_of

JPEG, PDF = b"\xff\xd8\xff\xe0", b"%PDF-1.7"


def picture(size: int, seed: int = 1, start: bytes = JPEG) -> bytes:
    return start + random.Random(seed).randbytes(size - len(start))


@dataclass
class Camera:
    content: bytes = b""

    def take(self) -> bytes:
        return self.content


@dataclass
class Town:
    """A real server, one station on its real database, and the wire between them."""

    folder: Path
    floor: Floor
    keep_in: Path | None = None
    camera: Camera = field(default_factory=Camera)
    proxy: ChaosProxy | None = None

    def __post_init__(self) -> None:
        self.database: Database = ready(open_database(str(self.folder / "server")), NOON)
        self.listening = Listening(create_app(self.database, lambda: NOON, self.keep_in))
        self.listening.start()
        with self.database.writing() as connection:
            self.token = enrol(connection, STATION, NOON)
            self.other_token = enrol(connection, "S2", NOON)
            self.reader = admit(connection, "rob", Role.READER, NOON)
        self.meetings = self._meetings(self.listening.url)
        self.floor.wired.station.photos = Photos(self.floor.wired.store.attachments, self.camera)

    def _meetings(self, url: str) -> Meetings:
        store = self.floor.wired.store
        connection = Connection(Address(url, self.token))
        session = SyncSession(STATION, connection, store.outbox, store.reference, {"lotline": VERSION}, None, store.attachments)
        return Meetings(store, session)

    def over_chaos(self, seed: int) -> None:
        self.proxy = ChaosProxy(self.listening.url, seed)
        self.meetings.close()
        self.meetings = self._meetings(self.proxy.url)

    def close(self) -> None:
        self.meetings.close()
        self.listening.stop()
        if self.proxy is not None:
            self.proxy.close()
        self.database.close()

    def meet(self) -> SyncReport:
        return self.meetings.sync_once(self.floor.clock.now)

    def photo(self, content: bytes) -> str:
        self.camera.content = content
        self.floor.press("photo")
        return digest_of(content)

    def call(self, method: str, path: str, token: str, **how: Any) -> requests.Response:
        how.setdefault("params", {})["protocol"] = PROTOCOL
        return requests.request(method, self.listening.url + path, headers={"Authorization": f"Bearer {token}"}, timeout=30, **how)

    def seen(self, sha256: str) -> bytes | None:
        answer = self.call("GET", f"/v1/attachments/{sha256}", self.reader)
        return answer.content if answer.status_code == 200 else None

    def missing(self, lot: str) -> int:
        answer = self.call("GET", "/v1/trace", self.reader, params={"item": "STARCH", "lot": lot})
        assert answer.status_code == 200, answer.text
        return int(answer.json()["completeness"]["attachments_missing"])

    @property
    def shelf(self) -> Path:
        return self.keep_in or self.folder / "server" / "attachments"


@pytest.fixture
def town(plant_database: Path, tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "server").mkdir()
    running = Town(tmp_path, Floor(Path(shutil.copytree(plant_database, tmp_path / "station"))))
    running.floor.sign_in_and_open()
    running.floor.scan(bag("A"))
    yield running
    running.floor.check()
    running.close()
    running.floor.close()


def test_a_photo_is_announced_with_its_event_then_comes_and_is_shown_to_readers(town: Town) -> None:
    content = picture(3 * LARGEST_PIECE + 17)
    sha256 = town.photo(content)
    report = town.meet()
    assert (report.online, report.complete, report.attached, report.words) == (True, True, 1, None)
    assert town.seen(sha256) == content
    receipt, announced = town.floor.events("receipt")[0], town.floor.events("attachment")[0]
    listed = town.call("GET", "/v1/attachments", town.reader, params={"event": receipt["id"]}).json()
    assert listed["attachments"] == [
        {
            "event": announced["id"],
            "to_event": receipt["id"],
            "sha256": sha256,
            "media_type": "image/jpeg",
            "size": len(content),
            "name": "photo",
            "taken_by": "camera",
            "here": True,
        }
    ]
    answer = town.call("GET", f"/v1/attachments/{sha256}", town.reader)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert town.floor.wired.store.attachments.waiting() == 0
    assert town.meet().attached == 0  # nothing is sent twice


def test_until_it_is_there_an_answer_about_its_lot_says_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.photo(picture(1000))
    monkeypatch.setattr("sync.client.SyncSession._send_attachments", lambda *_: None)
    town.meet()
    assert town.missing("A") == 1
    monkeypatch.undo()
    town.meet()
    assert town.missing("A") == 0


def test_an_upload_that_broke_off_goes_on_where_it_was(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    content = picture(4 * LARGEST_PIECE)
    sha256, put, sent = town.photo(content), Connection.put, list[int]()

    def breaking(self: Connection, path: str, piece: bytes, reply: Any, **parameters: Any) -> Any:
        if len(sent) == 2:
            raise Unreachable("the cable was pulled")
        sent.append(parameters["offset"])
        return put(self, path, piece, reply, **parameters)

    monkeypatch.setattr(Connection, "put", breaking)
    report = town.meet()
    assert (report.online, report.complete, report.words) == (False, False, "the cable was pulled")
    assert town.seen(sha256) is None
    assert town.floor.wired.store.queue.figures(NOON).waiting == 0  # the events themselves were not held up
    sent[:] = [-1]
    monkeypatch.setattr(Connection, "put", lambda self, *a, **k: (sent.append(k["offset"]), put(self, *a, **k))[1])
    assert town.meet().attached == 1
    assert sent[1:] == [2 * LARGEST_PIECE, 3 * LARGEST_PIECE]
    assert town.seen(sha256) == content


def test_events_that_come_meanwhile_go_first(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.photo(picture(2 * LARGEST_PIECE + 1))
    put, post, order = Connection.put, Connection.post, list[str]()

    def scanning_meanwhile(self: Connection, *what: Any, **parameters: Any) -> Any:
        town.floor.scan(bag(f"M-{len(order)}"))
        order.append("piece")
        return put(self, *what, **parameters)

    def watched(self: Connection, path: str, message: Any, reply: Any) -> Any:
        order.extend(["events"] if path == "/v1/events" else [])
        return post(self, path, message, reply)

    monkeypatch.setattr(Connection, "post", watched)
    monkeypatch.setattr(Connection, "put", scanning_meanwhile)
    report = town.meet()
    assert order == ["events", "piece", "events", "piece", "events", "piece"]
    assert report.attached == 1
    assert town.floor.wired.store.queue.figures(NOON).waiting == 1  # scanned during the last piece: the next meeting's


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_over_a_bad_network_each_comes_whole(town: Town, seed: int) -> None:
    contents = [picture(size, seed) for size in (1, 4, LARGEST_PIECE, LARGEST_PIECE + 1, 3 * LARGEST_PIECE + 5) if size >= len(JPEG)]
    town.over_chaos(seed)
    names = [town.photo(content) for content in contents]
    for _ in range(400):
        town.meet()
        if town.floor.wired.store.attachments.waiting() == 0:
            break
    assert [town.seen(name) for name in names] == contents
    assert sorted(each.name for each in town.shelf.iterdir()) == sorted(names)
    assert town.proxy is not None
    assert town.proxy.met["pass"] < sum(town.proxy.met.values())


def test_a_server_that_was_put_back_gets_again_what_it_lost(town: Town) -> None:
    lost, kept = picture(5000, 1), picture(6000, 2)
    names = [town.photo(lost), town.photo(kept)]
    assert town.meet().attached == 2
    (town.shelf / names[0]).unlink()
    assert town.meet().attached == 0  # it does not ask in every meeting
    with town.database.writing() as connection:
        renew_epoch(connection)
    assert town.meet().attached == 2  # asked for both; only the lost one travelled
    assert [town.seen(name) for name in names] == [lost, kept]


def test_a_photo_that_was_damaged_on_the_station_is_said_and_holds_up_no_other(town: Town) -> None:
    names = [town.photo(picture(5000, 1)), town.photo(picture(6000, 2))]
    (town.floor.folder / "attachments" / names[0]).write_bytes(b"\xff\xd8\xff something else")
    report = town.meet()
    assert (report.complete, report.attached) == (True, 1)
    assert "damaged" in (report.words or "")
    assert [town.seen(name) is not None for name in names] == [False, True]
    assert (town.meet().words, town.floor.wired.store.attachments.waiting()) == (None, 1)


def test_the_server_takes_only_what_was_announced_and_only_the_bytes_that_were(town: Town) -> None:
    content = picture(1000)
    sha256 = digest_of(content)
    path = f"/v1/attachments/{sha256}"
    unannounced = town.call("PUT", path, town.token, data=content)
    assert (unannounced.status_code, unannounced.json()["code"]) == (404, "not_found")
    town.photo(content)
    (town.floor.folder / "attachments" / sha256).rename(town.folder / "away")
    town.meet()
    assert town.call("PUT", path, town.other_token, data=content).status_code == 404  # another station's photo
    assert town.call("PUT", path, town.reader, data=content).status_code == 403
    assert town.call("GET", path, town.token).status_code == 403
    wrong = town.call("PUT", path, town.token, data=b"\xff\xd8\xff" + bytes(997))
    assert (wrong.status_code, wrong.json()["code"]) == (400, "not_the_same")
    assert town.call("PUT", path, town.token, data=content + b"x").status_code == 400
    assert town.call("PUT", path, town.token, data=bytes(LARGEST_PIECE + 1)).status_code == 413
    assert town.call("PUT", path, town.token, data=content, params={"offset": 10**9}).status_code == 400
    elsewhere = town.call("PUT", path, town.token, data=content, params={"offset": 5})
    assert elsewhere.json() == {"sha256": sha256, "have": 0, "whole": False}
    assert town.seen(sha256) is None
    for _ in range(2):  # the same again does no harm
        assert town.call("PUT", path, town.token, data=content).json() == {"sha256": sha256, "have": 1000, "whole": True}
    assert town.seen(sha256) == content
    assert [each.name for each in town.shelf.iterdir()] == [sha256]
    for strange in ("..%2fserver.db", "x", "0" * 63):
        assert town.call("GET", f"/v1/attachments/{strange}", town.reader).status_code == 404
        assert town.call("PUT", f"/v1/attachments/{strange}", town.token, data=b"x").status_code == 404
