"""Several barcodes of one label become one record, in any order, and never by force."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from traceability.barcodes.assembly import Apart, Conflict, Parts, join
from traceability.barcodes.reading import Facts
from traceability.refusals import Reason

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def said(**facts: object) -> Facts:
    return Facts(**facts)


def joined(parts: Parts, facts: Facts, scan: str = "s", device: str = "gun", at: datetime = NOON) -> Parts:
    result = join(parts, facts, scan, device, at)
    assert isinstance(result, Parts)
    return result


LABEL = (said(gtin="09521234543213"), said(lot="L1", expires_on=date(2027, 1, 31)), said(quantity=Decimal("25"), unit="kg"))


@pytest.mark.parametrize("order", list(permutations(LABEL)))
def test_any_order_gives_one_record(order: tuple[Facts, ...]) -> None:
    parts = Parts()
    for number, facts in enumerate(order):
        parts = joined(parts, facts, str(number))
    assert parts.facts == Facts(gtin="09521234543213", lot="L1", expires_on=date(2027, 1, 31), quantity=Decimal("25"), unit="kg")
    assert parts.scans == ("0", "1", "2")


@pytest.mark.parametrize(
    ("fact", "had", "got"),
    [
        ("gtin", "09521234543213", "09521234543220"),
        ("item", "FLOUR", "SUGAR"),
        ("lot", "L1", "L2"),
        ("lot", "L1", "l1"),
        ("expires_on", date(2027, 1, 31), date(2027, 2, 1)),
        ("serial", "1", "01"),
        ("quantity", Decimal(25), Decimal(24)),
    ],
)
def test_a_contradiction_is_refused_and_named(fact: str, had: object, got: object) -> None:
    result = join(joined(Parts(), said(**{fact: had})), said(**{fact: got}), "2", "gun", NOON)
    assert isinstance(result, Conflict)
    assert result.cause is Apart.CONTRADICTION
    assert result.refusal.reason is Reason.FACTS_CONFLICT
    assert result.refusal.about == {"cause": "contradiction", "fact": fact, "had": str(had), "got": str(got)}


def test_the_same_again_is_no_contradiction() -> None:
    once = joined(Parts(), said(lot="L1", quantity=Decimal("25")))
    assert joined(once, said(lot="L1", quantity=Decimal("25.0"))).facts.lot == "L1"


def test_another_scanner_is_another_label() -> None:
    result = join(joined(Parts(), said(lot="L1")), said(gtin="09521234543213"), "2", "other gun", NOON)
    assert isinstance(result, Conflict)
    assert result.cause is Apart.OTHER_SCANNER


@pytest.mark.parametrize("seconds", [-20.001, 20.001, 3600])
def test_too_late_is_not_joined(seconds: float) -> None:
    result = join(joined(Parts(), said(lot="L1")), said(gtin="09521234543213"), "2", "gun", NOON + timedelta(seconds=seconds))
    assert isinstance(result, Conflict)
    assert result.cause is Apart.TOO_LATE


def test_twenty_seconds_count_from_the_last_scan() -> None:
    parts = joined(Parts(), said(lot="L1"))
    parts = joined(parts, said(gtin="09521234543213"), "2", at=NOON + timedelta(seconds=20))
    parts = joined(parts, said(serial="7"), "3", at=NOON + timedelta(seconds=40))
    assert parts.facts.serial == "7"
    assert parts.last_at == NOON + timedelta(seconds=40)
