"""What our own labels say in their barcodes: GS1 where it can hold the facts, ISO 15434 where it can't (PRODUCT, "Own lot label")."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from labels.goods import Goods
from labels.label import Payload
from labels.payloads import format_06, gs1
from traceability.barcodes.check_characters import CSET82

#: AI 10 and AI 21 hold so many characters of CSET 82 (GS1 General Specifications 3.4.1 and 3.5.2).
_GS1_CHARACTERS: Final = frozenset(CSET82)
_GS1_LONGEST: Final = 20

#: Units that a GS1 measure can state: the first three digits of its AI, and the power of ten to its own unit.
_MEASURES: Final = {
    "kg": ("310", 0), "g": ("310", -3), "m": ("311", 0), "cm": ("311", -2), "mm": ("311", -3), "m2": ("314", 0), "m²": ("314", 0),
    "l": ("315", 0), "L": ("315", 0), "ml": ("315", -3), "mL": ("315", -3), "m3": ("316", 0), "m³": ("316", 0), "lb": ("320", 0),
    "in": ("321", 0), "ft": ("322", 0), "yd": ("323", 0),
}  # fmt: skip
#: Units that say nothing but "how many of what the GTIN names": only these may stand in AI 30.
_PIECES: Final = frozenset({None, "each", "ea", "pcs", "pc", "piece", "pieces", "unit", "units"})
_MOST_DECIMALS: Final = 5


def lot_payload(goods: Goods) -> Payload:
    """Return what identifies one container of one lot; `goods` has a lot, and an item or a GTIN."""
    if goods.gtin is None or not _fits_gs1(goods.lot) or not _fits_gs1(goods.serial):
        return _in_data_identifiers(goods)
    return gs1([*_sscc(goods), ("01", goods.gtin), *_facts(goods), *_given("21", goods.serial)])


def lot_payloads_split(goods: Goods) -> tuple[Payload, Payload] | None:
    """Return the GS1 facts of a lot in two symbols, digits first: what identifies the lot stands in the second."""
    if not lot_payload(goods).gs1 or goods.gtin is None:
        return None
    digits = [field for field in _facts(goods) if field[0] != "10"]
    return gs1([*_sscc(goods), ("01", goods.gtin), *digits]), gs1([*_given("10", goods.lot), *_given("21", goods.serial)])


def unit_payloads(goods: Goods) -> tuple[Payload, ...]:
    """Return what a carton or pallet says: its SSCC, and its content where GTIN and count are both known.

    AI 02 stands only with 00 and 37. A lot that AI 10 can't hold, and a measured quantity, stand in words beside the SSCC.
    """
    content: list[tuple[str, str]] = []
    if goods.gtin is not None and goods.count is not None and _fits_gs1(goods.lot):
        content = [("02", goods.gtin), *_expiry(goods), ("37", str(goods.count)), *_given("10", goods.lot)]
    return tuple(gs1(fields) for fields in (content, _sscc(goods)) if fields)


def _facts(goods: Goods) -> list[tuple[str, str]]:
    return [*_given("10", goods.lot), *_expiry(goods), *_measure(goods.quantity, goods.unit)]


def _expiry(goods: Goods) -> list[tuple[str, str]]:
    return [("17", f"{goods.expires_on:%y%m%d}")] if goods.expires_on else []


def _measure(quantity: Decimal | None, unit: str | None) -> list[tuple[str, str]]:
    """Return AI 310n to 323n or 30; nothing when the quantity does not fit: then it stands in words only."""
    if quantity is None:
        return []
    if unit in _PIECES:
        return [("30", str(int(quantity)))] if quantity == int(quantity) and quantity < 10**8 else []
    identifier, power = _MEASURES.get(unit or "", ("", 0))
    amount = quantity.scaleb(power)
    # As written first ("25.00" keeps its two decimals), then without idle zeros.
    for written in (amount, amount.normalize()) if identifier else ():
        decimals = max(0, -int(written.as_tuple().exponent))
        digits = int(written.scaleb(decimals))
        if decimals <= _MOST_DECIMALS and digits < 10**6:
            return [(f"{identifier}{decimals}", f"{digits:06}")]
    return []


def _in_data_identifiers(goods: Goods) -> Payload:
    return format_06(
        [
            *_given("P", goods.item or goods.gtin),
            *_given("1T", goods.lot),
            *_given("14D", f"{goods.expires_on:%Y%m%d}" if goods.expires_on else None),
            *_given("Q", f"{goods.quantity:f}" if goods.quantity else None),
            *_given("S", goods.serial or goods.sscc),
        ]
    )


def _fits_gs1(code: str | None) -> bool:
    return code is None or (len(code) <= _GS1_LONGEST and _GS1_CHARACTERS.issuperset(code))


def _sscc(goods: Goods) -> list[tuple[str, str]]:
    return _given("00", goods.sscc)


def _given(identifier: str, value: str | None) -> list[tuple[str, str]]:
    return [] if value is None else [(identifier, value)]
