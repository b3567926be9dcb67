"""What every label template must do, ours and installed ones: know its paper, and refuse in words what would be a wrong label."""

from __future__ import annotations

import pytest

from config import plugins
from labels.label import Label
from labels.media import Media, read_media
from labels.printing import TEMPLATES, lay_out
from labels.refused import LabelRefused

_TEMPLATES = plugins.names(TEMPLATES)


@pytest.mark.parametrize("template", _TEMPLATES)
def test_its_paper_is_a_paper(template: str) -> None:
    assert isinstance(read_media(plugins.find(TEMPLATES, template).MEDIA), Media)


@pytest.mark.parametrize("template", _TEMPLATES)
@pytest.mark.parametrize("media", ["100x150", "100x50", "57x32", "receipt80"])
def test_no_data_are_refused_on_every_paper(template: str, media: str) -> None:
    made = lay_out(template, {}, media)
    if isinstance(made, Label):  # a card that is the same for everyone
        assert [payload.text for payload in made.payloads] == [_everyones(template)]
        return
    assert made.words.endswith(".")
    assert not made.asked_wrong


def _everyones(template: str) -> str:
    card = lay_out(template, {})
    assert isinstance(card, Label)
    (payload,) = card.payloads
    return payload.text


@pytest.mark.parametrize("template", _TEMPLATES)
def test_an_unknown_key_is_named(template: str) -> None:
    refused = lay_out(template, {"no_such_key": "1"})
    assert isinstance(refused, LabelRefused)
    assert "'no_such_key'" in refused.words
