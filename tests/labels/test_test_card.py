"""The test card for keyboard scanners: what other people's software reads from the print is what calibration expects."""

from __future__ import annotations

import pytest

from labels.printing import lay_out
from labels.refused import LabelRefused
from tests.labels.receipt_printer import receipts
from tests.labels.samples import laid_out, made, opened, rendered, scans
from traceability.barcodes.wedge_card import BASELINE, dead_key_barcode

CARDS = [({}, BASELINE), ({"dead": "^"}, dead_key_barcode("^")), ({"dead": "~"}, dead_key_barcode("~"))]


@pytest.mark.parametrize(("data", "text"), CARDS)
@pytest.mark.parametrize("media", ["100x150", "100x50", "40x25"])
def test_it_scans_back_exactly(data: dict[str, object], text: str, media: str) -> None:
    assert scans(opened(made("test_card", data, "png", media))) == {"]d1" + text}
    assert scans(rendered(made("test_card", data, "zpl", media), laid_out("test_card", data, media))) == {"]d1" + text}


def test_a_receipt_printer_has_one_too() -> None:
    (receipt,) = receipts(made("test_card", {}, "escpos"))
    assert scans(receipt.picture) == {"]d1" + BASELINE}


@pytest.mark.parametrize("dead", ["é", "\x7f", "^^", "", " ", 94, None])
def test_what_is_no_key_has_no_card(dead: object) -> None:
    assert lay_out("test_card", {"dead": dead}) == LabelRefused(f"dead: {dead!r} is on no key of ASCII; expected one sign such as '^'.")


def test_a_paper_too_small_is_refused() -> None:
    refused = lay_out("test_card", {}, "25x25")
    assert isinstance(refused, LabelRefused)
    assert "does not fit on 25x25" in refused.words
