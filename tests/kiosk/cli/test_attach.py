"""`lotline attach`: a paper for an event of the station's journal, or words on why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.cli.main import main
from tests.kiosk.floor import ORDER, WORKER, Floor, bag, plant_file
from traceability.attachments import LARGEST

PDF = b"%PDF-1.7 certificate of analysis"


@pytest.fixture
def received(floor: Floor) -> str:
    floor.sign_in_and_open()
    floor.scan(bag("A"))
    return str(floor.events("receipt")[0]["id"])


def attach(floor: Floor, file: Path, event: str, *more: str) -> int:
    floor.close()
    code = main(["attach", "--db", str(floor.folder), "--event", event, *more, str(file)])
    floor.restart()
    return code


def test_a_certificate_belongs_to_the_receipt(floor: Floor, received: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "coa.png"
    file.write_bytes(PDF)
    assert attach(floor, file, received, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    (event,) = floor.events("attachment")
    assert (told["id"], told["event"], told["media_type"]) == (event["id"], received, "application/pdf")
    assert floor.wired.store.attachments.content(told["sha256"]) == PDF


def test_what_cannot_be_attached_is_said(floor: Floor, received: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"GIF89a")
    assert attach(floor, file, received) == 1
    assert "no JPEG, PNG or PDF" in capsys.readouterr().err
    file.write_bytes(PDF + bytes(LARGEST))
    assert attach(floor, file, received) == 1
    assert "at most 10 MB" in capsys.readouterr().err
    file.write_bytes(PDF)
    assert attach(floor, file, "no-such-event") == 1
    assert "no event 'no-such-event'" in capsys.readouterr().err
    assert attach(floor, tmp_path / "gone", received) == 2
    assert "can't be read" in capsys.readouterr().err
    assert floor.events("attachment") == []


def test_while_the_kiosk_works_the_database_is_its_own(
    floor: Floor, received: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "coa.pdf"
    file.write_bytes(PDF)
    assert main(["attach", "--db", str(floor.folder), "--event", received, str(file)]) == 1
    assert "Close it first" in capsys.readouterr().err


def test_a_script_attaches_a_file_to_what_was_done_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, script = tmp_path / "coa.pdf", tmp_path / "script.jsonl"
    file.write_bytes(PDF)
    lines = [{"scan": WORKER}, {"scan": ORDER}, {"attach": str(file)}, {"scan": bag("A")}, {"attach": str(file)}, {"attach": "/none"}]
    script.write_text("\n".join(map(json.dumps, lines)))
    assert main(["replay", "--plant", str(plant_file(tmp_path)), str(script)]) == 2
    said = capsys.readouterr()
    *_, early, received, attached = map(json.loads, said.out.splitlines())
    assert (early["verdict"], early["reason"]) == ("REJECTED", "NOTHING_TO_ATTACH_TO")
    (record,) = attached["recorded"]
    assert (attached["verdict"], record["kind"], record["to_event"]) == ("ACCEPTED", "attachment", received["recorded"][0]["id"])
    assert "line 6" in said.err
    assert "can't be read" in said.err
