"""Records go to JSON and come back the same; what is malformed is said by name."""

from __future__ import annotations

import json
import typing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.chain import canonical
from traceability.events import BUSINESS, TYPES, Container, Event, LotReceived, ScanRefused, from_data, to_data
from traceability.events.stock import StockEvent
from traceability.ids import uuid7
from traceability.lots import Disposition, LotKey
from traceability.records import Malformed, Rewriting, to_json
from traceability.refusals import Reason

RECEIPT = LotReceived(
    "STARCH",
    "A1",
    "NWS",
    "NWS",
    "PO1",
    "1",
    Decimal("2.5"),
    "bag",
    Decimal("62.50"),
    "kg",
    Decimal(25),
    date(2027, 11, 30),
    Disposition.QUARANTINE,
    (Container("D3-1", Decimal(25), "kg"), Container("D3-2", Decimal("12.5"), "kg")),
    "vendor",
    "Dock 3",
    "Corn starch",
    accepted_reasons=(Reason.OVER_RECEIPT,),
)
st.register_type_strategy(Decimal, st.decimals(0, 10**12, places=9))


@pytest.mark.parametrize("kind", sorted(TYPES))
@given(data=st.data())
def test_every_event_comes_back_from_json_as_it_was(kind: str, data: st.DataObject) -> None:
    event: Any = data.draw(st.builds(TYPES[kind]))
    assert from_data(kind, json.loads(json.dumps(to_data(event)))) == event


@dataclass(frozen=True, slots=True)
class Line:
    lots: tuple[LotKey, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    first: Line | None
    lines: tuple[Line, ...]
    named: dict[str, Line | LotKey]


KEYS = [LotKey("A", "1", "V"), LotKey("B", "2", "V")]
LINES = [Line(()), Line((KEYS[0],)), Line((KEYS[0], KEYS[1])), Line((KEYS[1],), "late")]
PAPERS = st.builds(
    Paper,
    st.none() | st.sampled_from(LINES),
    st.lists(st.sampled_from(LINES)).map(tuple),
    st.dictionaries(st.sampled_from("xy"), st.sampled_from([*LINES, *KEYS])),
)


@given(st.lists(PAPERS | st.builds(Line, st.just((KEYS[0],)), st.text()).map(lambda line: Paper(line, (line,), {"x": line}))))
def test_what_is_written_again_reads_as_if_it_were_written_for_the_first_time(papers: list[Paper]) -> None:
    writing = Rewriting()
    assert [writing.to_json(each) for each in papers] == [to_json(each) for each in papers]


def test_what_has_not_changed_is_not_written_again_and_what_is_gone_is_forgotten() -> None:
    writing = Rewriting()
    first = writing.to_json(Paper(LINES[1], (LINES[2],), {}))
    second = writing.to_json(Paper(LINES[1], (), {"x": LINES[2]}))
    third = writing.to_json(Paper(LINES[1], (LINES[2],), {}))
    assert first["first"] is second["first"] is third["first"]
    assert typing.cast(list[Any], first["lines"])[0] is not typing.cast(list[Any], third["lines"])[0]


def test_quantities_and_dates_are_text() -> None:
    written = to_data(RECEIPT)
    assert (written["base_quantity"], written["expires_on"], written["disposition"]) == ("62.50", "2027-11-30", "quarantine")
    assert written["containers"] == [
        {"serial": "D3-1", "quantity": "25", "unit": "kg"},
        {"serial": "D3-2", "quantity": "12.5", "unit": "kg"},
    ]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("base_quantity", 62.5, "expected text"),
        ("base_quantity", "NaN", "a decimal number"),
        ("base_quantity", "1E+999999", "a decimal number"),
        ("base_quantity", "١٢", "a decimal number"),
        ("base_quantity", "9" * 65, "a decimal number"),
        ("expires_on", "30.11.2027", "a date like"),
        ("disposition", "gone", "one of available, quarantine"),
        ("containers", "none", "a list"),
        ("containers", [{"serial": "1"}], "containers[0]: quantity, unit missing"),
        ("lot_source", "both", "one of vendor, own"),
        ("accepted_reasons", ["WHY_NOT"], "accepted_reasons[0]"),
        ("colour", "red", "'colour' not known"),
        ("item", None, "receipt.item: expected text"),
    ],
)
def test_malformed_data_is_said_by_name(field: str, value: object, words: str) -> None:
    data: dict[str, Any] = {**to_data(RECEIPT), field: value}
    with pytest.raises(Malformed) as caught:
        from_data("receipt", data)
    assert words in str(caught.value)


def test_a_missing_field_and_an_unknown_kind_are_named() -> None:
    with pytest.raises(Malformed, match="workflow, reason, about missing"):
        from_data("refusal", {})
    with pytest.raises(Malformed, match="'party' is not known"):
        from_data("party", {})
    with pytest.raises(Malformed, match="expected an object"):
        from_data("refusal", typing.cast(Any, []))


def test_kinds_have_one_type_each() -> None:
    assert len(TYPES) == len(typing.get_args(Event))
    assert TYPES.keys() >= BUSINESS
    assert TYPES["refusal"] is ScanRefused


def test_ids_sort_by_time_and_say_their_version() -> None:
    entropy = bytes(range(10))
    ids = [uuid7(datetime(2026, 11, 21, 8, 0, 0, micro, tzinfo=UTC), entropy) for micro in (0, 999, 1000, 123_000)]
    assert ids == sorted(ids)
    assert ids[0] == ids[1] != ids[2]
    assert all(each[14] == "7" and each[19] in "89ab" for each in ids)
    with pytest.raises(ValueError, match="10 random bytes"):
        uuid7(datetime(2026, 1, 1, tzinfo=UTC), b"")


@given(st.integers(0, 2**41))
def test_an_id_keeps_its_moment_to_the_millisecond(milliseconds: int) -> None:
    at = datetime.fromtimestamp(milliseconds // 1000, UTC).replace(microsecond=milliseconds % 1000 * 1000)
    assert int(uuid7(at, bytes(10)).replace("-", "")[:12], 16) == milliseconds


_RECORDED: list[str] = (Path(__file__).parent / "recorded_stock.jsonl").read_text().splitlines()


@pytest.mark.parametrize("line", _RECORDED)
def test_a_stock_event_of_an_older_version_is_read_and_written_byte_for_byte_alike(line: str) -> None:
    """Recorded when each kind said each of its fields by itself: with every field, and with those only that have no default."""
    told = json.loads(line)
    event = from_data(told["kind"], told["data"])
    again = canonical({"kind": event.kind, "data": to_data(event)}).decode()
    # Fields that came later are written too; what was said before stays as it was.
    later = {name: value for name, value in json.loads(again)["data"].items() if name not in told["data"]}
    assert canonical({"kind": told["kind"], "data": {**told["data"], **later}}).decode() == again


def test_every_kind_of_stock_event_was_recorded() -> None:
    assert {json.loads(line)["kind"] for line in _RECORDED} == {each.kind for each in typing.get_args(StockEvent)}
