"""EAN and UPC with add-ons and composites, ITF-14, PZN and PPN, ISBT 128."""

from __future__ import annotations

from datetime import date

import pytest

from traceability.barcodes import ifa
from traceability.barcodes.read import read
from traceability.barcodes.reading import Element, Facts, Misread, Reading

TODAY = date(2026, 11, 21)


def reading(scan: str) -> Reading:
    outcome = read(scan, today=TODAY)
    assert isinstance(outcome, Reading), outcome
    return outcome


@pytest.mark.parametrize(
    ("scan", "gtin", "add_on"),
    [
        ("]E04006381333931", "04006381333931", None),
        ("]E402345673", "00000002345673", None),
        ("]E3400638133393112", "04006381333931", "12"),
        ("]E3400638133393112345", "04006381333931", "12345"),
        ("]E112", None, "12"),
        ("]E212345", None, "12345"),
        ("]I119520123456785", "19520123456785", None),
    ],
)
def test_retail(scan: str, gtin: str | None, add_on: str | None) -> None:
    outcome = reading(scan)
    assert outcome.facts == Facts(gtin=gtin)
    assert outcome.elements == ((Element("add-on", add_on),) if add_on else ())


@pytest.mark.parametrize(
    ("scan", "position"),
    [
        ("]E04006381333932", 15),
        ("]E0400638133393", 15),
        ("]E040063813339311", 16),
        ("]E34006381333931123", 16),
        ("]E1AB", 3),
        ("]I119520123456784", 16),
        ("]E02112345678900|]e0", 20),
        ("]E02112345678900|]e01012345^", 27),
    ],
)
def test_a_damaged_retail_code_is_refused(scan: str, position: int) -> None:
    outcome = read(scan, today=TODAY)
    assert isinstance(outcome, Misread)
    assert outcome.position == position


def test_a_composite_adds_to_the_number() -> None:
    outcome = reading("]E02112345678900|]e010LOT\x1d21S")
    assert outcome.facts == Facts(gtin="02112345678900", lot="LOT", serial="S")


def test_a_pharmacy_number() -> None:
    assert reading("]A0-12345678").facts.item == "12345678"
    assert reading("]A0-1234562").elements == (Element("PZN", "01234562"),)  # the older, shorter form
    outcome = read("]A0-12345679", today=TODAY)
    assert isinstance(outcome, Misread)
    assert outcome.position == 11
    assert reading("]A0-277580").facts == Facts()


def test_a_pharmacy_product_number_holds_a_pzn() -> None:
    assert ifa.pzn_of("111234567842") == "12345678"
    assert ifa.pzn_of("111234567843") is None
    assert ifa.pzn_of("111234567") is None


@pytest.mark.parametrize(
    ("scan", "facts"),
    [
        ("=W00002612345600", Facts(lot="W000026123456")),
        ("=<E0336V00", Facts(item="E0336V00")),
        ("=>026365", Facts(expires_on=date(2026, 12, 31))),
        ("&>0263652359", Facts(expires_on=date(2026, 12, 31))),
        ("&>0263650000", Facts(expires_on=date(2026, 12, 30))),
        ("=%5100", Facts()),
    ],
)
def test_blood_and_tissue(scan: str, facts: Facts) -> None:
    assert reading(scan).facts == facts


@pytest.mark.parametrize("scan", ["=>026366", "&>0263652460", "=W0000261234560", "=>02636٥"])
def test_what_is_no_isbt_structure_is_plain(scan: str) -> None:
    assert reading(scan).facts == Facts()
