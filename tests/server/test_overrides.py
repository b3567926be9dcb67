"""What was let through, at the server: of every station, seen or not, by station and by person; and who looked who should not have."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kiosk.cli.main import main
from server.app import create_app
from server.enrolment import Role, admit
from server.listening import Listening
from server.reports.overrides import Overrides, Question, answered
from sync.protocol import AnswerKind
from tests.server.conftest import Counter
from tests.simulators.journals import START, StationJournal


def override(approver: str = "op-7", lot: str = "A") -> dict[str, Any]:
    return {"workflow": "consume", "reason": "LOT_EXPIRED", "code": "URGENT", "approver": approver, "about": {"lot": lot, "item": "FLOUR"}}


@pytest.fixture
def first(counter: Counter) -> StationJournal:
    return StationJournal("S1")


@pytest.fixture
def second(counter: Counter) -> StationJournal:
    return StationJournal("S2", seed=2)


def report(counter: Counter, **asked: Any) -> Overrides:
    with counter.database.reading() as connection:
        return answered(connection, Question(**asked))


def lots(counter: Counter, **asked: Any) -> list[str]:
    return [each.about["lot"] for each in report(counter, **asked).overrides]


def codes(counter: Counter, journal: StationJournal) -> list[str]:
    return [each.code for each in counter.send(journal).answers[-1].exceptions]


def test_every_stations_are_listed_newest_first_and_found_by_station_and_person(
    counter: Counter, first: StationJournal, second: StationJournal
) -> None:
    first.add("override", override())
    first.add("sign_in", {})
    first.add("override", override("op-8", "C"), operator="op-2")
    second.add("sign_in", {})
    second.add("override", override("op-9", "B"), operator="op-7")
    for journal in (first, second):
        assert codes(counter, journal) == []
    assert lots(counter) == ["C", "B", "A"]
    assert lots(counter, station="S2") == ["B"]
    assert lots(counter, person="op-7") == ["B", "A"]  # it was for that person, or by that person
    (newest,) = report(counter, limit=1).overrides
    assert (newest.station, newest.workflow, newest.reason, newest.code) == ("S1", "consume", "LOT_EXPIRED", "URGENT")
    assert (newest.approver, newest.operator, newest.reviewed_by) == ("op-8", "op-2", None)
    assert (report(counter, limit=1).more, report(counter).more) == (True, False)


def test_what_was_looked_at_says_by_whom_and_when(counter: Counter, first: StationJournal) -> None:
    seen, _unseen = first.add("override", override()), first.add("override", override(lot="B"))
    review = first.add("override_reviewed", {"override": seen["id"]}, operator="op-3")
    assert codes(counter, first) == []
    assert (lots(counter, seen=True), lots(counter, seen=False)) == (["A"], ["B"])
    (told,) = report(counter, seen=True).overrides
    assert (told.reviewed_by, told.reviewed_at) == ("op-3", review["occurred_at"])
    first.add("override_reviewed", {"override": seen["id"]}, operator="op-4")
    assert codes(counter, first) == []
    assert report(counter, seen=True).overrides[0].reviewed_by == "op-3"  # who looked first


@pytest.mark.parametrize("who", ["op-1", "op-7"])
def test_who_took_part_must_not_look_at_it(who: str, counter: Counter, first: StationJournal) -> None:
    first.add("override_reviewed", {"override": first.add("override", override())["id"]}, operator=who)
    assert codes(counter, first) == ["SAME_PERSON"]


def test_a_review_of_nothing_is_settled_by_a_person(counter: Counter, first: StationJournal) -> None:
    first.add("override_reviewed", {"override": "nowhere"})
    assert codes(counter, first) == ["EVENT_UNKNOWN"]
    first.add("override", override(""))
    assert counter.send(first).answers[-1].answer is AnswerKind.PARKED


def test_the_command_and_the_call_say_the_same(
    counter: Counter, first: StationJournal, tmp_path: Any, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = first.add("override", override())
    first.add("override", override(lot="B"))
    first.add("override_reviewed", {"override": seen["id"]}, operator="op-3")
    counter.send(first)
    with counter.database.writing() as connection:
        (tmp_path / "token").write_text(admit(connection, "rob", Role.READER, START))
    listening = Listening(create_app(counter.database, lambda: START))
    listening.start()
    access = ["--server", listening.url, "--token-file", str(tmp_path / "token")]

    def told(*words: str) -> list[dict[str, Any]]:
        assert main(["overrides", "--json", *words]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    try:
        for asked, expected in (((), ["B", "A"]), (("--unseen",), ["B"]), (("--station", "S2"), []), (("--person", "op-7"), ["B", "A"])):
            by_call = told(*access, *asked)
            assert [each["about"]["lot"] for each in by_call] == expected
            assert told("--db", where, *asked) == by_call
        assert main(["overrides", "--unseen", *access]) == 0
        words = capsys.readouterr().out
        assert "S1: LOT_EXPIRED for lot B at consume: op-7 for op-1, URGENT; not looked at yet" in words
    finally:
        listening.stop()


def test_those_of_before_are_in_the_report_after_the_upgrade(counter: Counter, first: StationJournal, second: StationJournal) -> None:
    seen = first.add("override", override())
    first.add("override", override(lot="B"))
    first.add("override_reviewed", {"override": seen["id"]}, operator="op-3")
    counter.send(first)
    before = report(counter)
    counter.take_step_again("0012", "DROP TABLE overrides")
    assert report(counter) == before
    assert len(before.overrides) == 2
