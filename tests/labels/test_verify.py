"""A scanned label is compared with what was printed: a match, or the element that differs."""

from __future__ import annotations

import pytest

from labels.label import Label
from labels.media import Media
from labels.verify import Differs, Match, compare
from tests.labels.samples import COMMANDS, LOT, LOT_SCAN, laid_out, made, rendered, scans


@pytest.fixture
def label() -> Label:
    return laid_out("lot", LOT, "100x150")


def test_everything_on_the_label_matches(label: Label) -> None:
    answers = [compare(label, scan) for scan in scans(rendered(made("lot", LOT, "zpl", "100x150"), label))]
    assert len(answers) == 3
    assert all(isinstance(answer, Match) for answer in answers)


@pytest.mark.parametrize(
    ("scan", "identifier", "printed", "scanned"),
    [
        (LOT_SCAN.replace("-A", "-B"), "10", "NWS-240511-A", "NWS-240511-B"),
        (LOT_SCAN.replace("-A\x1d17", "-A17"), "10", "NWS-240511-A", "NWS-240511-A17271130310200250021S1-000123"),
        (LOT_SCAN.replace("-A", "-AB"), "10", "NWS-240511-A", "NWS-240511-AB"),
        (LOT_SCAN.replace("271130", "271129"), "17", "271130", "271129310200250021S1-000123"),
        (LOT_SCAN + "4", "21", "S1-000123", "S1-0001234"),
        (LOT_SCAN[:-1], "21", "S1-000123", "S1-00012"),
        (LOT_SCAN.split("21S1")[0], "21", "S1-000123", ""),
    ],
)
def test_the_element_that_differs_is_named(label: Label, scan: str, identifier: str, printed: str, scanned: str) -> None:
    answer = compare(label, scan)
    assert isinstance(answer, Differs)
    assert (answer.identifier, answer.printed, answer.scanned) == (identifier, printed, scanned)


def test_the_aim_identifier_may_be_missing(label: Label) -> None:
    assert isinstance(compare(label, LOT_SCAN[3:]), Match)


def test_a_barcode_without_fields_differs_as_a_whole() -> None:
    answer = compare(laid_out("command_sheet", {"cards": [{"command": "UNDO"}]}), "..K.UNDO.X")
    assert isinstance(answer, Differs)
    assert (answer.identifier, answer.printed, answer.scanned) == (None, "P", "X")


def test_each_card_of_a_sheet_matches() -> None:
    sheet = laid_out("command_sheet", COMMANDS)
    assert [compare(sheet, payload.text) for payload in sheet.payloads] == [Match(payload) for payload in sheet.payloads]


def test_a_label_without_barcodes_cannot_be_verified() -> None:
    with pytest.raises(ValueError, match="without a barcode"):
        compare(Label(Media("100x50", 100, 50), 50, ()), "A")
