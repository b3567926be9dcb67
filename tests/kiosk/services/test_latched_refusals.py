"""Where the plant wants it, a REJECTED holds its seat up until somebody says that it was seen, in whatever kind of work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.presenters.views import ReceiveView, StopView, Tone
from kiosk.ui.sounder import sound_of
from kiosk.ui.sounds import Sound
from tests.kiosk.floor import ORDER, RECALLED, SCANNER, SUPERVISOR, WORKER, Floor, bag, new_database
from traceability.refusals import Reason, Verdict
from traceability.workflows.modes import MODES

OTHER = "scanner-2"


@pytest.fixture(scope="module")
def strict_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_database(tmp_path_factory.mktemp("strict") / "db", policies={"latch_rejected": True})


@pytest.fixture
def strict(strict_database: Path, tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(Path(shutil.copytree(strict_database, tmp_path / "strict")), seat_of={SCANNER: "1", OTHER: "2"})
    floor.scan(WORKER)
    floor.scan(SUPERVISOR, OTHER)
    yield floor
    floor.check()
    floor.close()


@pytest.mark.parametrize("mode", MODES)
def test_in_every_kind_of_work(strict: Floor, mode: str) -> None:
    strict.press(f"mode:{mode}")
    refused = strict.scan("]d2 no barcode that anybody knows")
    assert refused.said.verdict is Verdict.REJECTED
    for meanwhile in (strict.scan(bag("LOT-1")), strict.scan(ORDER)):
        assert (meanwhile.said.verdict, meanwhile.said.reason) == (Verdict.STOP, Reason.ACKNOWLEDGE_FIRST)
        assert meanwhile.seat.work == refused.seat.work
    assert [event["data"]["reason"] for event in strict.events("refusal")][1:] == ["ACKNOWLEDGE_FIRST"] * 2
    strict.press("acknowledge")
    assert strict.wired.station.seat.latched is None
    assert strict.wired.station.seat.mode == mode


def test_the_other_seat_is_not_stopped_and_a_restart_forgets_nothing(strict: Floor, tmp_path: Path) -> None:
    strict.scan(ORDER)
    strict.scan(ORDER, OTHER)
    strict.scan("strange")
    assert strict.scan(bag("LOT-1"), OTHER).said.verdict is Verdict.ACCEPTED
    shutil.copytree(strict.folder, tmp_path / "again")
    again = Floor(tmp_path / "again", strict.clock, seat_of=strict.seat_of)
    assert again.scan(bag("LOT-2")).said.reason is Reason.ACKNOWLEDGE_FIRST
    again.press("acknowledge")
    assert again.scan(bag("LOT-2")).said.verdict is Verdict.ACCEPTED
    again.check()
    again.close()


def test_the_screen_says_rejected_until_it_was_seen(strict: Floor) -> None:
    strict.scan(ORDER)
    strict.scan("strange")
    shown = strict.desk.view()
    assert isinstance(shown, StopView)
    assert (shown.word, shown.lot, shown.acknowledge.words, shown.tone) == ("REJECTED", "strange", "I have seen it", Tone.BAD)
    assert sound_of(shown)[0] is Sound.REJECTED
    strict.scan(bag("LOT-1"))
    assert strict.desk.said is not None
    words = strict.desk.view()
    assert isinstance(words, StopView)
    assert words.refused_meanwhile
    strict.press("acknowledge")
    assert isinstance(strict.desk.view(), ReceiveView)


def test_a_stop_is_still_a_stop(strict: Floor) -> None:
    strict.scan(ORDER)
    strict.scan(RECALLED)
    shown = strict.desk.view()
    assert isinstance(shown, StopView)
    assert (shown.word, shown.acknowledge.words) == ("STOP", "I have stopped")
    assert sound_of(shown)[0] is Sound.STOP
