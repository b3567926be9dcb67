"""Every component check against the GS1 Syntax Engine's own suite, with the characters that it marks."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.corpora import cases
from traceability.barcodes import gs1_checks as checks
from traceability.barcodes import gs1_coupons as coupons
from traceability.barcodes.flaws import Flaw

CHECKS = {
    "couponcode": coupons.coupon,
    "couponposoffer": coupons.offer,
    "cset39": checks.set39,
    "cset64": checks.set64,
    "cset82": checks.set82,
    "csetnumeric": lambda text: checks.digits(text) if text else None,
    "csum": checks.mod10,
    "csumalpha": checks.pair,
    "gcppos1": checks.owner1,
    "gcppos2": checks.owner2,
    "hasnondigit": checks.not_number,
    "hh": checks.hour,
    "hhmi": checks.time,
    "hyphen": checks.hyphens,
    "iban": checks.iban,
    "importeridx": checks.importer,
    "iso3166": checks.country,
    "iso3166999": checks.processor_country,
    "iso3166alpha2": checks.country_letters,
    "iso4217": checks.currency,
    "iso5218": checks.sex,
    "latitude": checks.latitude,
    "longitude": checks.longitude,
    "mediatype": checks.media,
    "mi": checks.minute,
    "nonzero": checks.nonzero,
    "nozeroprefix": checks.no_leading_zero,
    "packagetype": checks.package,
    "pcenc": checks.percent,
    "pieceoftotal": checks.piece,
    "posinseqslash": checks.birth_order,
    "ss": checks.second,
    "winding": checks.winding,
    "yesno": checks.flag,
    "yymmdd": checks.day,
    "yymmd0": checks.day0,
    "yyyymmdd": checks.full_day,
    "yyyymmd0": checks.full_day0,
    "zero": checks.zero,
}
CASES = cases("gs1/linters.jsonl")


def _needs_prefix_list(case: dict[str, Any]) -> bool:
    """Five cases ran with a made-up list of allocated company prefixes; with none (ours, and the rest of the suite) they are valid."""
    return case["error"] == "The GS1 Company Prefix is invalid." and case["input"].isdigit()


def _marked(text: str, flaw: Flaw | None) -> str | None:
    return flaw and f"{text[: flaw.start]}*{text[flaw.start : flaw.end]}*{text[flaw.end :]}"


@pytest.mark.parametrize("linter", CHECKS)
def test_a_check_marks_what_the_suite_marks(linter: str) -> None:
    tried = [case for case in CASES if case["linter"] == linter and not _needs_prefix_list(case)]
    assert tried
    wrong = [
        (case["input"], case["markup"], got)
        for case in tried
        if (got := _marked(case["input"], CHECKS[linter](case["input"]))) != case["markup"]
    ]
    assert not wrong


def test_no_linter_of_the_suite_is_left_out() -> None:
    counted = Counter(case["linter"] for case in CASES)
    assert set(counted) - set(CHECKS) == {"_stubs"}
    assert sum(map(_needs_prefix_list, CASES)) == 5
