"""Making a label by names: what there is not is answered with what there is."""

from __future__ import annotations

import pytest

from config import plugins
from labels.printing import LANGUAGES, TEMPLATES, make
from labels.refused import LabelRefused
from tests.labels.samples import LOT, LOT_SCAN, SAMPLES, made, opened, scans


def test_every_template_has_a_sample_here() -> None:
    assert set(plugins.names(TEMPLATES)) == set(SAMPLES)
    assert plugins.names(LANGUAGES) == ("escpos", "png", "zpl")


@pytest.mark.parametrize(
    ("template", "language", "media", "copies", "words"),
    [
        ("lott", "zpl", None, 1, "There is no 'lott' in templates. Did you mean 'lot'?"),
        ("lot", "zlp", None, 1, "There is no 'zlp' in renderers. Did you mean 'zpl'?"),
        ("lot", "zpl", "100*50", 1, "'100*50' is no label size; expected width x height"),
        ("lot", "zpl", None, 0, "0 is no number of copies; expected 1 to 999."),
        ("lot", "png", None, 2, "A picture has no copies; got 2, expected 1."),
    ],
)
def test_what_there_is_not_is_refused(template: str, language: str, media: str | None, copies: int, words: str) -> None:
    refused = make(template, LOT, language, media, copies)
    assert isinstance(refused, LabelRefused)
    assert refused.words.startswith(words)


@pytest.mark.parametrize(
    ("template", "data", "words"),
    [
        ("lot", {"item": "4711"}, "This label needs lot; nothing was given."),
        ("lot", {"lot": "A"}, "This label needs an item or a gtin; neither was given."),
        ("hold_tag", {"lot": "A", "item": "4711"}, "This label needs reason; nothing was given."),
        ("carton", {"lot": "A"}, "This label needs sscc; nothing was given."),
        ("pallet", {}, "This label needs sscc; nothing was given."),
        ("command_sheet", {}, "cards: expected a list of one card or more, such as [{'command': 'UNDO', 'words': 'Undo'}]."),
        ("command_sheet", {"card": []}, "There is no key 'card'. Did you mean 'cards'?"),
        ("command_sheet", {"cards": ["UNDO"]}, "cards: 'UNDO' is no card; expected {'command': 'UNDO', 'words': 'Undo'}."),
        ("command_sheet", {"cards": [{"command": "undo"}]}, "cards: 'undo' is no command; expected capitals and digits such as 'QTY.5'."),
        (
            "command_sheet",
            {"cards": [{"command": "UNDO"}] * 11},
            "11 cards do not fit on 100x150; it takes 9. Use a larger label or two sheets.",
        ),
    ],
)
def test_a_label_that_lacks_what_it_needs_is_refused(template: str, data: dict[str, object], words: str) -> None:
    assert make(template, data, "zpl") == LabelRefused(words)


def test_a_barcode_too_large_for_the_label_is_refused() -> None:
    refused = make("lot", {"item": "I" * 48, "lot": "L" * 64, "serial": "S" * 32}, "zpl", "40x25")
    assert refused == LabelRefused("The barcode (159 characters) does not fit on 40x25; use a larger label.")


def test_a_picture_scans_back_exactly() -> None:
    assert scans(opened(made("lot", LOT, "png"))) == {LOT_SCAN}


@pytest.mark.parametrize("template", ["lot", "hold_tag", "carton"])
@pytest.mark.parametrize("media", ["100x50", "100x150"])
def test_a_reprint_says_so(template: str, media: str) -> None:
    assert b"^FR^A0" in made(template, {**SAMPLES[template], "reprint": True}, "zpl", media)
    assert b"REPRINT" not in made(template, {**SAMPLES[template], "reprint": False}, "zpl", media)


def test_a_quantity_left_out_of_the_barcode_stands_in_words() -> None:
    zpl = made("lot", {**LOT, "quantity": "1234567.891"}, "zpl")
    assert b"^FD1234567.891 kg^FS" in zpl
    assert b"_11727113021" in zpl
