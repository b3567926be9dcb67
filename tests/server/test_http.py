"""The server's face to the network: who may call, how much, and no in words."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.app import create_app
from server.enrolment import Role, admit, enrol, revoke
from server.listening import Listening
from server.store.database import Database
from sync.protocol import LARGEST_BATCH, LARGEST_BODY, PROTOCOL
from tests.simulators.journals import START, StationJournal, receipt


class Callers:
    """A client for each role."""

    def __init__(self, database: Database, url: str) -> None:
        self.database, self.url, self.session = database, url, requests.Session()
        with database.writing() as connection:
            self.station = enrol(connection, "S1", START)
            self.other = enrol(connection, "S2", START)
            self.admin = admit(connection, "ann", Role.ADMIN, START)
            self.reader = admit(connection, "rob", Role.READER, START)

    def call(self, method: str, path: str, token: str | None, **how: Any) -> tuple[int, Any]:
        headers = {**how.pop("headers", {}), **({"Authorization": f"Bearer {token}"} if token is not None else {})}
        answer = self.session.request(method, self.url + path, headers=headers, timeout=30, **how)
        return answer.status_code, answer.json()

    def send(self, journal: StationJournal, /, *events: Any, token: str | None = None, **changes: Any) -> tuple[int, Any]:
        said = {
            "protocol": PROTOCOL,
            "station": journal.station,
            "journal": journal.id,
            "events": list(events or journal.envelopes),
            **changes,
        }
        return self.call("POST", "/v1/events", token or self.station, json=said)


@pytest.fixture
def where(tmp_path: Any) -> str:
    return str(tmp_path / "server")


@pytest.fixture
def callers(database: Database) -> Iterator[Callers]:
    listening = Listening(create_app(database, lambda: START))
    listening.start()
    callers = Callers(database, listening.url)
    yield callers
    callers.session.close()
    listening.stop()


@pytest.fixture
def journal() -> StationJournal:
    made = StationJournal()
    made.add("receipt", receipt())
    return made


def test_a_station_is_greeted_and_heard(callers: Callers, journal: StationJournal) -> None:
    said = {"protocol": PROTOCOL, "station": "S1", "journal": journal.id, "versions": {"lotline": "0.1.0"}, "last_sequence": 1}
    status, welcome = callers.call("POST", "/v1/hello", callers.station, json=said)
    assert (status, welcome["high_water"], welcome["server_time"]) == (200, 0, "2026-11-21T10:00:00Z")
    status, answers = callers.send(journal)
    assert (status, answers["high_water"], answers["epoch"]) == (200, 1, welcome["epoch"])
    assert answers["answers"][0]["id"] == journal.envelopes[0]["id"]
    assert callers.call("POST", "/v1/hello", callers.station, json=said)[1]["high_water"] == 1


@pytest.mark.parametrize("token", [None, "", "wrong", "lotline-station-x", "a b", "\u00e9".encode().decode("latin-1")])
def test_without_a_token_that_opens_nothing_is_taken(callers: Callers, token: str | None) -> None:
    status, problem = callers.call("POST", "/v1/events", token, json={})
    assert (status, problem["code"]) == (401, "token_unknown")


def test_a_token_opens_its_own_calls_only(callers: Callers, journal: StationJournal) -> None:
    calls = {
        "/v1/events": "POST",
        "/v1/hello": "POST",
        "/v1/records": "POST",
        "/v1/changes?protocol=2": "GET",
        "/v1/trace?protocol=2&item=I&lot=L": "GET",
        "/v1/overrides?protocol=2": "GET",
    }
    opened = {
        role: {path.split("?")[0].removeprefix("/v1/") for path, method in calls.items() if callers.call(method, path, token)[0] != 403}
        for role, token in (("station", callers.station), ("admin", callers.admin), ("reader", callers.reader))
    }
    reports = {"trace", "overrides"}
    assert opened == {"station": {"events", "hello", "changes"}, "admin": {"records", "changes", *reports}, "reader": reports}


def test_a_withdrawn_or_replaced_token_opens_no_more(callers: Callers, journal: StationJournal) -> None:
    with callers.database.writing() as connection:
        newer = enrol(connection, "S1", START)
    assert callers.send(journal)[0] == 401
    assert callers.send(journal, token=newer)[0] == 200
    with callers.database.writing() as connection:
        assert revoke(connection, "S1", Role.STATION, START) == 1
    assert callers.send(journal, token=newer)[0] == 401


def test_a_station_speaks_for_itself_only(callers: Callers, journal: StationJournal) -> None:
    assert callers.send(journal, token=callers.other)[1]["code"] == "another_station"
    assert callers.send(journal)[0] == 200
    assert callers.send(journal, token=callers.other, station="S2")[1]["code"] == "another_journal"


def test_tokens_are_kept_as_hashes_only(callers: Callers) -> None:
    assert callers.database.file is not None
    assert callers.station.encode() not in callers.database.file.read_bytes()


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"protocol": PROTOCOL + 1}, 426, "protocol_unknown"),
        ({"protocol": 0}, 426, "protocol_unknown"),
        ({"protocol": "one"}, 400, "malformed"),
        ({"station": ""}, 400, "malformed"),
        ({"station": "S\x001"}, 400, "malformed"),
        ({"journal": "J1"}, 400, "malformed"),
        ({"events": "all"}, 400, "malformed"),
        ({"events": [5]}, 400, "malformed"),
        ({"events": [{}] * (LARGEST_BATCH + 1)}, 400, "malformed"),
        ({"colour": "red"}, 400, "malformed"),
    ],
)
def test_a_request_that_is_not_understood_is_refused_whole(
    callers: Callers, journal: StationJournal, changes: dict[str, Any], status: int, code: str
) -> None:
    got, problem = callers.send(journal, **changes)
    assert (got, problem["code"]) == (status, code)
    assert problem["words"]


def test_an_older_station_is_told_to_be_updated_whatever_its_messages_look_like(callers: Callers, journal: StationJournal) -> None:
    # As protocol 1 greeted: its fields are not those of today, and that is not what is said.
    said = {"protocol": 1, "station": "S1", "journal": journal.id, "versions": {}, "last_sequence": 3, "numbers_left": 0}
    status, problem = callers.call("POST", "/v1/hello", callers.station, json={**said, "highest_number": 0})
    assert (status, problem["code"]) == (426, "protocol_unknown")
    assert "the caller speaks protocol 1, this server 2: update Lotline on the caller" in problem["words"]
    status, problem = callers.send(journal, protocol=1)
    assert (status, problem["code"]) == (426, "protocol_unknown")
    status, problem = callers.call("GET", "/v1/changes?protocol=1", callers.station)
    assert (status, problem["code"]) == (426, "protocol_unknown")


def test_a_newer_station_is_told_that_the_server_is_older(callers: Callers, journal: StationJournal) -> None:
    said = {"protocol": PROTOCOL + 1, "station": "S1", "journal": journal.id, "what_comes_later": {}}
    status, problem = callers.call("POST", "/v1/hello", callers.station, json=said)
    assert (status, problem["code"]) == (426, "protocol_unknown")
    assert "update Lotline on the server" in problem["words"]


BODIES = [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"protocol": 1' + b"[" * 5000, b'"\\ud800"']


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_is_no_message_is_refused(callers: Callers, body: bytes) -> None:
    assert callers.call("POST", "/v1/events", callers.station, data=body)[0] == 400


def test_packed_bodies(callers: Callers, journal: StationJournal) -> None:
    packed = {"Content-Encoding": "gzip"}
    said = json.dumps({"protocol": PROTOCOL, "station": "S1", "journal": journal.id, "events": journal.envelopes}).encode()

    def send(body: bytes, **headers: str) -> tuple[int, str]:
        status, answer = callers.call("POST", "/v1/events", callers.station, data=body, headers={**packed, **headers})
        return status, answer.get("code", "")

    assert send(gzip.compress(said)) == (200, "")
    assert send(said) == (400, "malformed")
    assert send(gzip.compress(said)[:-9]) == (400, "malformed")
    assert send(gzip.compress(b" " * (LARGEST_BODY + 1))) == (413, "too_large")
    assert send(said, **{"Content-Encoding": "br"}) == (415, "encoding_unknown")


def test_a_large_body_is_refused(callers: Callers) -> None:
    assert callers.call("POST", "/v1/events", callers.station, data=b" " * (LARGEST_BODY + 1))[1]["code"] == "too_large"


@pytest.mark.parametrize(
    "query",
    ["", "?protocol=x", "?protocol=2&since=-1", "?protocol=2&limit=0", "?protocol=2&limit=1001", "?protocol=2&since=9223372036854775808"],
)
def test_wrong_parameters_are_refused_in_words(callers: Callers, query: str) -> None:
    status, problem = callers.call("GET", f"/v1/changes{query}", callers.station)
    assert (status, problem["code"]) == (400, "malformed")


def test_an_unknown_call_is_refused_in_words(callers: Callers) -> None:
    assert callers.call("GET", "/v2/events", callers.station) == (404, {"code": "no_such_call", "words": "there is no GET /v2/events here"})
    assert callers.call("GET", "/v1/events", callers.station)[0] == 405


@pytest.mark.expects_log("lotline.server")
def test_a_broken_database_is_the_servers_fault_not_the_events(callers: Callers, journal: StationJournal) -> None:
    with callers.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE envelopes RENAME TO elsewhere")
    status, problem = callers.send(journal)
    assert (status, problem["code"]) == (503, "database_failed")


def test_an_administrator_stores_and_a_station_reads(callers: Callers) -> None:
    record = {"kind": "vendor", "key": "V1", "body": {"vendor": "V1"}}
    said = {"protocol": PROTOCOL, "records": [record]}
    assert callers.call("POST", "/v1/records", callers.admin, json=said)[1]["changed"] == 1
    assert callers.call("POST", "/v1/records", callers.admin, json=said)[1]["unchanged"] == 1
    page = callers.call("GET", "/v1/changes?protocol=2", callers.station)[1]
    assert page["changes"] == [{"cursor": 1, **record}]
    assert callers.call("GET", "/v1/changes?protocol=2&since=1", callers.station)[1]["changes"] == []


@pytest.mark.parametrize(
    "record",
    [
        {"kind": "secret", "key": "x", "body": {}},
        {"kind": "item", "key": "x", "body": {"item": "x", "colour": "red"}},
        {"kind": "item", "key": "x", "body": {}},
        {"kind": "lot", "key": "x", "body": {"item": "FLOUR", "lot": "L", "assigned_by": "V1"}},
    ],
)
def test_a_record_that_is_wrong_is_refused_and_nothing_is_stored(callers: Callers, record: dict[str, Any]) -> None:
    good = {"kind": "vendor", "key": "V1", "body": {"vendor": "V1"}}
    status, problem = callers.call("POST", "/v1/records", callers.admin, json={"protocol": PROTOCOL, "records": [good, record]})
    assert (status, problem["code"]) == (400, "malformed")
    assert callers.call("GET", "/v1/changes?protocol=2", callers.station)[1]["changes"] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
EVENT_KEYS = ("id", "sequence", "hash", "previous", "journal", "station", "kind", "version", "occurred_at", "data")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(EVENT_KEYS), JSON, min_size=1, max_size=3))
def test_any_event_gets_an_answer(callers: Callers, changes: dict[str, Any]) -> None:
    journal = StationJournal(seed=9)
    event = journal.add("receipt", receipt())
    body = json.dumps({"protocol": PROTOCOL, "station": "S1", "journal": journal.id, "events": [{**event, **changes}]})
    status, answer = callers.call("POST", "/v1/events", callers.station, data=body.encode("utf-8", "surrogatepass"))
    assert status in (200, 400)
    if status == 200:
        assert len(answer["answers"]) == 1 or "missing" in answer["words"]


def test_the_trace_is_given_to_readers(callers: Callers, journal: StationJournal, store: Callable[..., int]) -> None:
    callers.send(journal)
    status, answer = callers.call("GET", "/v1/trace?protocol=2&item=FLOUR&lot=L1", callers.reader)
    assert (status, answer["balance"]["in"]) == (200, "25")
    assert callers.call("GET", "/v1/trace?protocol=2&item=FLOUR&lot=L2", callers.reader)[1]["code"] == "not_found"
    assert callers.call("GET", "/v1/trace?protocol=2&serial=NOTHING", callers.reader)[1]["code"] == "not_found"
    assert callers.call("GET", "/v1/trace?protocol=2&item=FLOUR", callers.reader)[1]["code"] == "malformed"
