"""`lotline teach`: a person copies parts of a scan; stations then read the label."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from kiosk.cli.main import main
from server.app import create_app
from server.enrolment import Role, admit, enrol
from server.listening import Listening
from server.store.database import open_database
from server.store.schema import ready
from sync.client import SyncSession
from sync.http import Address, Connection
from tests.corpora import ROOT
from tests.kiosk.floor import NOON, Floor, new_database
from traceability.refusals import Verdict

ROD: dict[str, Any] = {
    "scan": "]C0ST/STARCH/2711/CH 0814/2",
    "item": "STARCH",
    "expiry": "2711",
    "lot": "0814",
    "quantity": {"text": "2", "nth": 2, "means": "2 bag"},
}
NEXT = {
    "scan": "ST/STARCH/2802/CH AB-7/40",
    "item": "STARCH",
    "expiry": "2802",
    "lot": "AB-7",
    "quantity": {"text": "40", "means": "40 bag"},
}

Told = tuple[int, str, str]


@pytest.fixture
def teach(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Run the command on samples (JSON values, or a file's whole text)."""

    def run(samples: object, *words: object, vendor: str = "NWS") -> Told:
        file = tmp_path / "samples.json"
        file.write_text(samples if isinstance(samples, str) else json.dumps(samples))
        code = main(["teach", vendor, "--samples", str(file), "--today", "2026-11-21", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_a_trial_shows_what_would_be_read_and_keeps_nothing(teach: Callable[..., Told], tmp_path: Path) -> None:
    code, out, _ = teach([ROD, {"scan": "HELLO"}])
    assert code == 0
    assert out.splitlines() == [
        "NWS, version 1, would read",
        "  ST/STARCH/2711/CH 0814/2",
        "    item         = STARCH",
        "    lot          = 0814",
        "    expires on   = 2027-11-30",
        "    quantity     = 2",
        "    unit         = bag",
        "  HELLO",
        "    left alone: another label",
        "This was a trial. -o keeps the rule; --server or --db puts it to use.",
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["samples.json"]


def test_the_documents_example_is_as_it_says(teach: Callable[..., Told]) -> None:
    text = (ROOT / "docs" / "barcodes.md").read_text("utf-8").partition("`rod.json`:\n")[2]
    samples, shown = text.partition("`nth` is")[0], text.partition("--samples rod.json\n\n")[2].partition("\n\n")[0]
    assert teach(samples)[1] == dedent(shown) + "\n"


def test_the_next_version_keeps_reading_the_samples_of_the_last(teach: Callable[..., Told], tmp_path: Path) -> None:
    first, second = tmp_path / "rod-1.json", tmp_path / "rod-2.json"
    assert teach([ROD, {"scan": "HELLO"}], "-o", first)[0] == 0
    code, out, _ = teach([NEXT], "--rule", first, "-o", second, "--json")
    assert code == 0
    told = json.loads(out)
    assert (told["ok"], told["version"]) == (True, 2)
    assert [(sample["scan"], (sample["facts"] or {}).get("lot")) for sample in told["samples"]] == [
        ("ST/STARCH/2802/CH AB-7/40", "AB-7"),
        ("ST/STARCH/2711/CH 0814/2", "0814"),
        ("HELLO", None),
    ]
    assert "sample of the rule so far" in teach([NEXT], "--rule", first)[1]
    # What the first version reads can't be unlearned by a sample that contradicts it.
    code, _, err = teach([{**NEXT, "scan": "ST/STARCH/2802/CH AB-7/40/", "lot": "2802", "expiry": "AB-7"}], "--rule", first)
    assert (code, "in another order" in err) == (1, True)


def test_a_sample_is_marked_anew(teach: Callable[..., Told], tmp_path: Path) -> None:
    first = tmp_path / "rod-1.json"
    teach([ROD], "-o", first)
    told = json.loads(teach([{"scan": ROD["scan"], "lot": "CH 0814"}], "--rule", first, "--json")[1])
    assert told["samples"] == [{"scan": "ST/STARCH/2711/CH 0814/2", "facts": {"lot": "CH 0814"}}]


def test_a_question_names_the_sample_and_how_to_answer(teach: Callable[..., Told]) -> None:
    asks = [{"scan": "L7;271130", "lot": "L7", "expiry": "271130"}]
    code, out, err = teach(asks)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "lotline teach: Which day is the expiry '271130'?",
        "  sample 1: L7;271130",
        '  say so there: "expiry": {"text": "271130", "means": "2027-11-30"} or {"text": "271130", "means": "2030-11-27"}',
    ]
    code, out, _ = teach(asks, "--json")
    error = {"message": "Which day is the expiry '271130'?", "sample": 1, "field": "expiry", "answers": ["2027-11-30", "2030-11-27"]}
    assert (code, json.loads(out)) == (1, {"ok": False, "error": error})
    answered = [{**asks[0], "expiry": {"text": "271130", "means": "2030-11-27"}}]
    assert json.loads(teach(answered, "--json")[1])["samples"][0]["facts"]["expires_on"] == "2030-11-27"


def test_words_that_stand_twice_are_shown_in_their_places(teach: Callable[..., Told]) -> None:
    code, _, err = teach([{**ROD, "quantity": "2"}])
    assert code == 2
    assert '\n  "quantity": {"text": "2", "nth": 1} is ST/STARCH/|2|711/CH 0814/2\n' in err
    assert err.endswith('\n  "quantity": {"text": "2", "nth": 2} is ST/STARCH/2711/CH 0814/|2|\n')


@pytest.mark.parametrize(
    ("samples", "code", "words"),
    [
        ("", 2, "is not JSON (line 1, column 1"),
        ("[" * 100_000, 2, "is not a JSON file of samples"),
        ('[{"scan": "' + "A" * 300_000 + '"}]', 2, "holds no list of samples"),
        ("{}", 2, 'expected a list such as [{"scan": "CH AB-7'),
        ("[]", 2, "holds no list of samples"),
        ("[[]]", 2, 'sample 1: there is no "scan"'),
        ('[{"scan": 7}]', 2, 'sample 1: there is no "scan"'),
        ('[{"scan": "A1", "lott": "1"}]', 2, "there is no field 'lott'. Did you mean 'lot'?"),
        ('[{"scan": "A1", "lot": "1", "lot": "A"}]', 2, "the key 'lot' stands twice"),
        ('[{"scan": "A1", "lot": "2"}]', 2, "the lot '2' stands nowhere in 'A1': copy it from there."),
        ('[{"scan": "A111", "lot": "11"}]', 2, '"lot": {"text": "11", "nth": 2} is A1|11|'),
        ('[{"scan": "A1", "lot": ""}]', 2, "the lot '' stands nowhere"),
        ('[{"scan": "A1", "lot": {"text": "1", "nth": 2}}]', 2, "the lot '1' stands once in 'A1'"),
        ('[{"scan": "A1", "lot": {"text": "1", "nth": 0}}]', 2, "nth of the lot must be a whole number from 1"),
        ('[{"scan": "A1", "lot": {"text": "1", "nth": true}}]', 2, "nth of the lot"),
        ('[{"scan": "A1", "lot": {"words": "1"}}]', 2, "the lot must be text, or"),
        ('[{"scan": "A1", "lot": "1"}, {"scan": "]C110A1", "lot": "A1"}]', 1, "sample 2: ']C110A1' is taken for a gs1 barcode"),
        ('[{"scan": "+A123BJC5D6E71G", "lot": "A123"}]', 1, "a hibc barcode, on which no taught rule is tried"),
        ('[{"scan": "A1"}]', 1, "Mark at least the lot"),
        (
            '[{"scan": "L7 x", "lot": "L7"}, {"scan": "L8 x"}]',
            1,
            "Sample 2 is another label, but the rule would read it.\n  sample 2: L8 x",
        ),
        ('[{"scan": "L7 1,000", "lot": "L7", "quantity": "1,000"}]', 1, '"quantity": {"text": "1,000", "means": "25 kg"}'),
        ('[{"scan": "L7 20/13/27", "lot": "L7", "expiry": "20/13/27"}]', 1, "is no date of a known form"),
    ],
)
def test_what_can_not_be_learned_is_said(teach: Callable[..., Told], samples: str, code: int, words: str, tmp_path: Path) -> None:
    got, out, err = teach(samples, "-o", tmp_path / "rule.json")
    assert (got, out) == (code, "")
    assert words in err
    assert not (tmp_path / "rule.json").exists()


def test_a_file_that_is_not_text_or_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "samples.json"
    assert main(["teach", "NWS", "--samples", str(file)]) == 2
    assert "No such file" in capsys.readouterr().err
    file.write_bytes(b"\xff")
    assert main(["teach", "NWS", "--samples", str(file)]) == 2
    assert "is not a JSON file of samples" in capsys.readouterr().err


def test_a_rule_that_is_none_or_anothers_is_not_taught_on(teach: Callable[..., Told], tmp_path: Path) -> None:
    rule = tmp_path / "rule.json"
    assert teach([ROD], "--rule", rule)[0] == 2
    rule.write_text('{"form": 2}')
    assert "The rule is of form 2" in teach([ROD], "--rule", rule)[2]
    teach([ROD], "-o", rule, vendor="GLASS")
    assert "is for vendor 'GLASS', not for 'NWS'" in teach([ROD], "--rule", rule)[2]


def test_a_station_of_its_own_is_given_the_rule(teach: Callable[..., Told], tmp_path: Path) -> None:
    folder, first = new_database(tmp_path / "station"), tmp_path / "rod-1.json"
    code, out, _ = teach([ROD], "-o", first, "--db", folder)
    assert (code, out.splitlines()[-2:]) == (0, [f"kept in {first}", f"in use at the station of {folder}"])
    assert teach([ROD, NEXT], "--rule", first, "--db", folder)[0] == 0
    # Taught again from nothing, it would forget what version 2 knows.
    code, _, err = teach([ROD], "--db", folder)
    assert (code, "version 2 is in use" in err) == (1, True)
    assert _received(folder) == "0815"


def _received(folder: Path) -> str:
    floor = Floor(folder)
    floor.sign_in_and_open()
    assert floor.scan("]C0ST/STARCH/2803/CH 0815/4").said.verdict is Verdict.ACCEPTED
    (receipt,) = floor.events("receipt")
    floor.close()
    return str(receipt["data"]["lot"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path, str]]:
    """A server's address, its administrator's token file, and the station's token."""
    database = ready(open_database(str(tmp_path / "server")), NOON)
    with database.writing() as connection:
        tokens = admit(connection, "ann", Role.ADMIN, NOON), enrol(connection, "DOCK-1", NOON)
    (tmp_path / "admin").write_text(tokens[0])
    listening = Listening(create_app(database, lambda: NOON))
    listening.start()
    yield listening.url, tmp_path / "admin", tokens[1]
    listening.stop()
    database.close()


def test_every_station_is_given_the_rule(teach: Callable[..., Told], server: tuple[str, Path, str], tmp_path: Path) -> None:
    url, token_file, station_token = server
    access = ("--server", url, "--token-file", token_file)
    assert teach([ROD], *access)[1].endswith("in use at every station after its next sync\n")
    assert teach([ROD], *access)[1].endswith("the server had this rule already\n")
    code, _, err = teach([NEXT], *access)
    assert (code, "version 1 is in use" in err) == (1, True)
    folder = new_database(tmp_path / "station")
    floor = Floor(folder)
    connection = Connection(Address(url, station_token))
    report = SyncSession("DOCK-1", connection, floor.wired.store.outbox, floor.wired.store.reference).sync_once(lambda: NOON)
    connection.close()
    floor.close()
    assert report.complete
    assert _received(folder) == "0815"
