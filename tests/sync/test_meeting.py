"""One meeting with the server: what is sent and read, and that nothing leaves the journal whatever the server says."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from sync.client import SyncReport
from sync.ports import FeedPosition
from sync.protocol import LARGEST_BODY, PROTOCOL, AnswerKind
from tests.simulators.journals import START, StationJournal
from traceability.number_blocks import Numbered


def now() -> Any:
    return START


def test_all_is_sent_and_read(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    change = {"cursor": 4, "kind": "vendor", "key": "V1", "body": {"vendor": "V1"}}
    server.answers["/v1/changes"] = (200, {"epoch": "e1", "changes": [change], "cursor": 4, "more": False})
    report = meet().sync_once(now)
    assert report == SyncReport(True, True, pushed=3, pulled=1, server_time=report.server_time)
    assert journal.unsent(9) == []
    assert journal.records == {("vendor", "V1"): {"vendor": "V1"}}
    assert journal.position == FeedPosition("e1", 4)
    hello = server.asked[0]
    who = {"protocol": PROTOCOL, "station": "S1", "journal": journal.id, "versions": {"lotline": "0.1.0"}, "last_sequence": 3}
    assert hello[1].items() >= who.items()
    assert hello[2]["authorization"] == "Bearer secret"


def test_pages_are_read_to_the_end_from_the_kept_cursor(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    journal.position = FeedPosition("e1", 2)
    pages = [
        {"epoch": "e1", "changes": [{"cursor": 3, "kind": "zone", "key": "zone", "body": None}], "cursor": 3, "more": True},
        {"epoch": "e1", "changes": [{"cursor": 4, "kind": "zone", "key": "zone", "body": {"zone": "UTC"}}], "cursor": 4, "more": False},
    ]
    server.answers["/v1/changes"] = lambda _said: (200, pages.pop(0))
    assert meet().sync_once(now).pulled == 2
    assert [path.split("since=")[1].split("&")[0] for path, _, _ in server.asked if "changes" in path] == ["2", "3"]
    assert journal.records == {("zone", "zone"): {"zone": "UTC"}}


def test_an_answer_without_end_is_not_read_to_it(
    server: Any, meet: Callable[..., Any], journal: StationJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.http.LARGEST_ANSWER", 100_000)
    server.answers["/v1/hello"] = (200, b"{" + b" " * 200_000)
    report = meet().sync_once(now)
    assert not report.online
    assert "answered with more than" in (report.words or "")
    assert len(journal.unsent(9)) == 3


def test_a_feed_of_another_epoch_is_read_from_the_beginning(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    journal.position = FeedPosition("older", 70)
    meet().sync_once(now)
    assert "since=0" in server.asked[-1][0]
    assert journal.position == FeedPosition("e1", 0)


def test_a_restored_server_gets_again_what_it_lacks(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    session = meet()
    session.sync_once(now)
    server.high_water = 1
    assert session.sync_once(now).pushed == 2
    assert [each["sequence"] for each in server.asked[-2][1]["events"]] == [2, 3]


def test_a_gap_is_closed_in_the_same_meeting(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    session = meet()
    session.sync_once(now)
    journal.add("sign_in", {})
    answered = [{"epoch": "e1", "high_water": 1, "answers": [], "words": "event 2 is missing: send from there"}]
    server.answers["/v1/events"] = lambda said: (200, answered.pop() if answered else server.taken(said))
    report = session.sync_once(now)
    assert (report.complete, report.pushed) == (True, 3)


def test_a_gap_that_the_station_can_not_close_is_said(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    del journal.envelopes[0]
    server.answers["/v1/events"] = (200, {"epoch": "e1", "high_water": 0, "answers": [], "words": "event 1 is missing: send from there"})
    report = meet().sync_once(now)
    assert (report.online, report.complete, report.words) == (True, False, "event 1 is missing: send from there")
    assert len(journal.unsent(9)) == 2


def test_a_parked_event_stays_and_the_same_id_is_sent_again(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    session = meet()
    server.answers["/v1/events"] = lambda said: (200, server.taken(said, "parked"))
    assert session.sync_once(now).parked == 3
    assert session.sync_once(now).parked == 0
    chosen = str(journal.envelopes[1]["id"])
    journal.try_again(chosen)
    server.answers["/v1/events"] = lambda said: (200, server.taken(said))
    assert session.sync_once(now).pushed == 1
    assert journal.answers[chosen].answer is AnswerKind.ACKNOWLEDGED
    assert len(journal.envelopes) == 3


@pytest.mark.parametrize("status", [400, 413])
def test_one_event_that_can_not_travel_holds_up_no_other(
    server: Any, meet: Callable[..., Any], journal: StationJournal, status: int
) -> None:
    poison = journal.envelopes[1]["id"]

    def answer(said: Any) -> tuple[int, Any]:
        whole = [each for each in said["events"] if each["id"] == poison and "withheld" not in each]
        if whole:
            return status, {"code": "malformed" if status == 400 else "too_large", "words": "no"}
        reply = server.taken(said)
        for each, sent in zip(reply["answers"], said["events"], strict=True):
            each["answer"] = "parked" if sent.get("withheld") else "acknowledged"
        return 200, reply

    server.answers["/v1/events"] = answer
    report = meet().sync_once(now)
    assert (report.complete, report.pushed, report.parked) == (True, 2, 1)
    assert journal.answers[str(poison)].answer is AnswerKind.PARKED
    withheld = next(each for _, said, _ in server.asked if said and "events" in said for each in said["events"] if "withheld" in each)
    assert withheld == {key: journal.envelopes[1][key] for key in withheld if key != "withheld"} | {"withheld": True}


def test_an_event_larger_than_a_request_is_withheld(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    journal.add("refusal", {"about": "x" * (LARGEST_BODY + 1)})
    report = meet().sync_once(now)
    assert (report.complete, report.pushed) == (True, 4)
    assert server.asked[-2][1]["events"][0]["withheld"] is True


@pytest.mark.parametrize("status", [400, 404, 413, 500, 502, 302])
def test_another_products_error_parks_nothing(server: Any, meet: Callable[..., Any], journal: StationJournal, status: int) -> None:
    server.answers["/v1/events"] = (status, b"<html>Bad gateway</html>")
    report = meet().sync_once(now)
    assert (report.online, report.parked, len(journal.unsent(9))) == (False, 0, 3)
    assert str(status) in (report.words or "")


@pytest.mark.parametrize("code", ["token_unknown", "another_journal", "protocol_unknown"])
def test_a_station_that_is_turned_away_keeps_everything(server: Any, meet: Callable[..., Any], journal: StationJournal, code: str) -> None:
    server.answers["/v1/hello"] = (403, {"code": code, "words": "ask an administrator"})
    report = meet().sync_once(now)
    assert (report.online, report.complete, report.words) == (True, False, "ask an administrator")
    assert len(journal.unsent(9)) == 3


def test_an_older_server_that_can_t_read_the_greeting_is_said_to_be_older(
    server: Any, meet: Callable[..., Any], journal: StationJournal
) -> None:
    words = "the request is not understood: numbers: Extra inputs are not permitted"  # what protocol 1 said to protocol 2
    server.answers["/v1/hello"] = (400, {"code": "malformed", "words": words})
    report = meet().sync_once(now)
    assert (report.online, report.complete, len(journal.unsent(9))) == (True, False, 3)
    assert report.words == "the server does not understand protocol 2, which this station speaks: update Lotline on the older of the two"


@pytest.mark.parametrize("reply", [b"", b"{}", b"hello", b"[1]"])
def test_an_answer_that_is_not_ours_changes_nothing(server: Any, meet: Callable[..., Any], journal: StationJournal, reply: bytes) -> None:
    server.answers["/v1/events"] = (200, reply)
    report = meet().sync_once(now)
    assert (report.online, report.complete, len(journal.unsent(9))) == (False, False, 3)


def test_what_was_sent_before_the_break_is_counted(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    server.answers["/v1/changes"] = (503, b"")
    report = meet().sync_once(now)
    assert (report.online, report.complete, report.pushed) == (False, False, 3)


def test_nobody_there_is_said_in_words(meet: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    report = meet(f"http://127.0.0.1:{port}").sync_once(now)
    assert not report.online
    assert "can't be reached" in (report.words or "")


def test_a_silent_server_is_not_waited_for(meet: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        report = meet(f"http://127.0.0.1:{silent.getsockname()[1]}", answer_seconds=0.05).sync_once(now)
    assert "took too long" in (report.words or "")


@pytest.mark.parametrize("url", ["", "server", "ftp://server", "http://", "http://[::1"])
def test_an_address_that_is_none_is_said(meet: Callable[..., Any], url: str) -> None:
    report = meet(url or " ").sync_once(now)
    assert "is not a server's address" in (report.words or "")


class Numbers:
    """A station that is out of numbers."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, int, int]] = []

    def left(self, _kind: Numbered) -> int:
        return 0

    def highest(self, kind: Numbered) -> int:
        return 41 if kind is Numbered.LOT else 0

    def add(self, kind: Numbered, first: int, last: int) -> None:
        self.blocks.append((kind, first, last))


def test_a_leased_block_of_numbers_is_kept(server: Any, meet: Callable[..., Any]) -> None:
    session, numbers = meet(), Numbers()
    session.numbers = numbers
    server.answers["/v1/hello"] = lambda _said: (200, {**server.welcome(), "numbers": [{"kind": "lot", "first": 42, "last": 1041}]})
    session.sync_once(now)
    assert numbers.blocks == [("lot", 42, 1041)]
    assert server.asked[0][1]["numbers"] == {"lot": {"left": 0, "highest": 41}, "sscc": {"left": 0, "highest": 0}}


def test_a_database_older_than_the_server_is_said(server: Any, meet: Callable[..., Any], journal: StationJournal) -> None:
    server.high_water = 9
    report = meet().sync_once(now)
    assert "put back from a copy" in (report.words or "")
    assert report.complete
