"""ESC/POS, interpreted strictly: pictures decode, and the printer's own bars carry the exact element string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.label import Box, Label
from labels.layout import bars
from labels.media import Media
from labels.payloads import plain
from labels.printing import make
from labels.refused import LabelRefused
from labels.renderers import escpos
from tests.labels.receipt_printer import receipts
from tests.labels.samples import CARTON, LOT, LOT_SCAN, SAMPLES, laid_out, made, scans


def test_a_lot_receipt_scans_back_exactly() -> None:
    (receipt,) = receipts(made("lot", LOT, "escpos"))
    assert scans(receipt.picture) == {LOT_SCAN}


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_every_template_carries_all_on_a_receipt(template: str) -> None:
    label = laid_out(template, SAMPLES[template], "receipt80")
    (receipt,) = receipts(made(template, SAMPLES[template], "escpos"))
    carried = {text for _, text in receipt.bars} | {scan[3:] for scan in scans(receipt.picture)}
    assert carried == {payload.text for payload in label.payloads}


def test_an_sscc_is_the_printers_own_gs1_128() -> None:
    (receipt,) = receipts(made("carton", CARTON, "escpos"))
    assert receipt.bars == [(True, "00095201234500000014")]


_PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


@given(st.text(_PRINTABLE, min_size=1, max_size=18) | st.from_regex(r"[0-9]{1,40}", fullmatch=True))
def test_the_printers_own_bars_say_what_was_meant(text: str) -> None:
    media = Media("test", 104, None)
    symbol = bars(media, Box(0, 0, 104, 10), plain(text))
    assert symbol is not None
    data = escpos.render(Label(media, 12, (symbol,)), copies=1)
    assert isinstance(data, bytes)
    assert receipts(data)[0].bars == [(False, text)]


def test_each_copy_is_cut_off() -> None:
    data = make("lot", LOT, "escpos", copies=2)
    assert isinstance(data, bytes)
    assert len(receipts(data)) == 2


def test_paper_wider_than_any_receipt_printer_is_refused() -> None:
    refused = make("lot", LOT, "escpos", "150x100")
    assert isinstance(refused, LabelRefused)
    assert refused.words == "150x100 is wider than the 104 mm of a receipt printer; use 'receipt80'."
