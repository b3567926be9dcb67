"""What our labels say in their barcodes, held against the product's rules and against our own reader."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.goods import Goods, read_goods
from labels.identity import lot_payload, lot_payloads_split, unit_payloads
from tests.labels.samples import LOT, laid_out
from traceability.barcodes.read import read
from traceability.barcodes.reading import Format, Reading

_TODAY = date(2026, 11, 21)
_GTIN = "09520123456788"
_SSCC = "095201234500000014"


def _goods(**data: object) -> Goods:
    goods = read_goods(data)
    assert isinstance(goods, Goods), goods
    return goods


def _measure(quantity: str, unit: str | None) -> dict[str, str]:
    fields = dict(lot_payload(_goods(gtin=_GTIN, lot="A", quantity=quantity, unit=unit)).fields)
    return {identifier: value for identifier, value in fields.items() if identifier not in ("01", "10")}


def test_fields_stand_in_the_products_order() -> None:
    fields = [identifier for identifier, _ in lot_payload(_goods(**LOT)).fields]
    assert fields == ["01", "10", "17", "3102", "21"]


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        ("25.00", "kg", {"3102": "002500"}),
        ("25", "kg", {"3100": "000025"}),
        ("25000.00", "kg", {"3100": "025000"}),
        ("0.00001", "kg", {"3105": "000001"}),
        ("500", "g", {"3103": "000500"}),
        ("12.5", "L", {"3151": "000125"}),
        ("3", None, {"30": "3"}),
        ("3.0", "pcs", {"30": "3"}),
        ("1234567.891", "kg", {}),
        ("0.000001", "kg", {}),
        ("3.5", "pcs", {}),
        ("100000000", "pcs", {}),
        ("3", "bag", {}),
    ],
)
def test_a_quantity_is_a_measure_a_count_or_only_words(quantity: str, unit: str | None, expected: dict[str, str]) -> None:
    assert _measure(quantity, unit) == expected


@pytest.mark.parametrize("lot", ["A B", "A^B", "A~B", "A\\B", "A#B", "A@B", "A{B}", "x" * 21, "Ä1", "A$1"])
def test_a_lot_that_ai_10_cannot_hold_is_carried_verbatim_by_iso_15434(lot: str) -> None:
    payload = lot_payload(_goods(**{**LOT, "lot": lot}))
    expected = f"[)>\x1e06\x1dPRM-4711\x1d1T{lot}\x1d14D20271130\x1dQ25.00\x1dSS1-000123\x1e\x04"
    assert (payload.gs1, payload.text) == (False, expected)
    assert lot_payloads_split(_goods(**{**LOT, "lot": lot})) is None


def test_without_a_gtin_the_item_stands_in_iso_15434() -> None:
    assert lot_payload(_goods(item="4711", lot="A-1")).text == "[)>\x1e06\x1dP4711\x1d1TA-1\x1e\x04"


def test_ai_02_stands_only_with_00_and_37() -> None:
    whole = unit_payloads(_goods(sscc=_SSCC, gtin=_GTIN, lot="A1", count=48, expires_on="2026-12-24"))
    assert [payload.fields for payload in whole] == [(("02", _GTIN), ("17", "261224"), ("37", "48"), ("10", "A1")), (("00", _SSCC),)]
    assert [payload.fields for payload in unit_payloads(_goods(sscc=_SSCC, gtin=_GTIN, lot="A1"))] == [(("00", _SSCC),)]


_LOTS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=64).filter(str.strip)
_QUANTITIES = st.decimals("0.001", "999999", places=3) | st.integers(1, 999_999).map(Decimal)


@given(
    lot=_LOTS,
    serial=st.none() | _LOTS.filter(lambda code: len(code) <= 32),
    quantity=_QUANTITIES,
    expires_on=st.dates(_TODAY, date(2076, 12, 31)),
)
def test_our_reader_gets_back_what_our_label_says(lot: str, serial: str | None, quantity: Decimal, expires_on: date) -> None:
    goods = _goods(
        item="RM-4711", gtin=_GTIN, lot=lot, serial=serial, quantity=f"{quantity:f}", unit="kg", expires_on=expires_on.isoformat()
    )
    payload = lot_payload(goods)
    reading = read(("]d2" if payload.gs1 else "]d1") + payload.text, today=_TODAY)
    assert isinstance(reading, Reading), reading
    assert reading.format is (Format.GS1 if payload.gs1 else Format.ISO15434)
    facts = reading.facts
    assert (facts.lot, facts.serial, facts.expires_on) == (lot, serial, expires_on)
    assert facts.quantity in (quantity, None)


def test_bars_hold_no_more_than_gs1_allows_however_wide_the_label() -> None:
    long = {**LOT, "lot": "1" * 20, "serial": "2" * 20}
    payloads = laid_out("lot", long, "250x300").payloads
    assert [len(payload.text) for payload in payloads] == [79, 34, 45]
