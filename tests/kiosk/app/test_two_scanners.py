"""Two scanners at full speed over real wires: nothing is lost, nothing is out of order, and nobody's STOP stops the other."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.store.verifying import verify
from tests.kiosk.app.workplace import NETWORK, SERIAL, Workplace
from tests.kiosk.floor import ORDER, RECALLED, STARCH, SUPERVISOR, WORKER, bag

Opened = Callable[..., Workplace]
#: Five seconds of work at 20 scans a second from each of two scanners, sent as fast as the wires take it.
EACH = 100


def _wanted(device: str) -> list[str]:
    """What one worker scans: whole labels, halves, nonsense, the same again."""
    kinds: tuple[Callable[[int], str], ...] = (
        lambda number: bag(f"{device}-{number}"),
        lambda _: f"{STARCH}17281130",
        lambda number: f"]C110{device}-{number}",
        lambda number: f"nonsense {device} {number}",
    )
    return [kinds[number % len(kinds)](number) for number in range(EACH)]


def _at_once(workplace: Workplace, sent: dict[str, list[str]]) -> None:
    """Send everything, a scan of each in turn, without waiting for an answer."""
    wires = {SERIAL: workplace.serial.scan, NETWORK: workplace.network.scan}

    def send() -> None:
        for pair in zip(*sent.values(), strict=True):
            for device, text in zip(sent, pair, strict=True):
                wires[device](text)

    workplace.answered(send, sum(map(len, sent.values())))


def _kept(workplace: Workplace) -> dict[str, list[str]]:
    """The scans on disk, each scanner's in the order in which they were kept."""
    with workplace.kiosk.wired.store.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT device, data FROM scans WHERE secret = 0 ORDER BY row").all()
    kept: dict[str, list[str]] = {}
    for device, text in rows:
        kept.setdefault(device, []).append(text.decode() if isinstance(text, bytes) else text)
    return kept


def _journal(workplace: Workplace) -> list[Any]:
    with workplace.kiosk.wired.store.database.reading() as connection:
        return [json.loads(row[0]) for row in connection.exec_driver_sql("SELECT body FROM events ORDER BY row").all()]


@pytest.mark.parametrize("seats", [{}, {NETWORK: "2"}], ids=["one seat", "two seats"])
def test_scans_of_two_scanners_at_once_are_all_kept_in_each_one_s_order(opened: Opened, seats: dict[str, str]) -> None:
    workplace = opened(scanners=(SERIAL, NETWORK), seats=seats)
    for device, badge in ((SERIAL, WORKER), (NETWORK, SUPERVISOR)):
        workplace.scan(device, badge)
        workplace.scan(device, ORDER)
    sent = {device: _wanted(device) for device in (SERIAL, NETWORK)}
    _at_once(workplace, sent)
    kept = _kept(workplace)
    assert {device: texts[-EACH:] for device, texts in kept.items()} == sent
    named = [(scan["device"], scan["id"]) for event in _journal(workplace) for scan in event["scans"]]
    assert len(named) == len(set(named))
    store = workplace.kiosk.wired.store
    held = {scan.id for scan in store.journal.unnamed_scans()}
    assert len(named) + len(held) == 4 + 2 * EACH
    assert verify(store.database).ok


def test_what_one_scanner_counted_stands_in_its_own_order_and_at_its_own_seat(opened: Opened) -> None:
    workplace = opened(scanners=(SERIAL, NETWORK), seats={NETWORK: "2"})
    for device, badge in ((SERIAL, WORKER), (NETWORK, SUPERVISOR)):
        workplace.scan(device, badge)
        workplace.scan(device, ORDER)
    sent = {device: [bag(f"{device}-{number}") for number in range(40)] for device in (SERIAL, NETWORK)}
    _at_once(workplace, sent)
    receipts = [event for event in _journal(workplace) if event["kind"] == "receipt"]
    people = {event["operator"] for event in receipts}
    assert len(people) == 2
    for device in sent:
        own = [event for event in receipts if event["scans"][0]["device"] == device]
        assert [event["data"]["lot"] for event in own] == [f"{device}-{number}" for number in range(40)]
        assert len({event["operator"] for event in own}) == 1


def test_while_one_seat_is_stopped_its_scans_are_refused_and_the_other_s_counted(opened: Opened) -> None:
    workplace = opened(scanners=(SERIAL, NETWORK), seats={NETWORK: "2"})
    for device, badge in ((SERIAL, WORKER), (NETWORK, SUPERVISOR)):
        workplace.scan(device, badge)
        workplace.scan(device, ORDER)
    workplace.scan(NETWORK, RECALLED)
    sent = {device: [bag(f"{device}-{number}") for number in range(40)] for device in (SERIAL, NETWORK)}
    _at_once(workplace, sent)
    events = _journal(workplace)
    assert [event["data"]["lot"] for event in events if event["kind"] == "receipt"] == [f"{SERIAL}-{number}" for number in range(40)]
    refused = [event for event in events if event["kind"] == "refusal" and event["data"]["reason"] == "ACKNOWLEDGE_FIRST"]
    assert [scan["device"] for event in refused for scan in event["scans"]] == [NETWORK] * 40
    (band,) = workplace.kiosk.bench.bands()
    assert band.stopped
    workplace.touch("seat:2")
    workplace.touch("acknowledge")
    workplace.scan(NETWORK, bag("AFTER"))
    assert _journal(workplace)[-1]["data"]["lot"] == "AFTER"
