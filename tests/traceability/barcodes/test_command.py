"""Command cards: what is written is read back; a damaged card does nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.barcodes import command
from traceability.barcodes.check_characters import ALPHANUMERIC, mod37_36
from traceability.barcodes.reading import Element, Misread, Reading
from traceability.refusals import Reason

WORD = st.text(st.sampled_from(ALPHANUMERIC), min_size=1, max_size=20)


def read(scan: str) -> Reading | Misread:
    return command.read(scan, scan, None, 0)


def test_a_known_check_character() -> None:
    """The example of ISO/IEC 7064 as used by the release identifiers of the music industry (GRid)."""
    assert mod37_36("A12425GABC1234002") == "M"


@given(WORD, WORD | st.none())
def test_round_trip(verb: str, argument: str | None) -> None:
    outcome = read(command.command_card(verb, argument))
    assert isinstance(outcome, Reading)
    assert outcome.facts.command == (verb if argument is None else f"{verb}.{argument}")
    assert outcome.elements[0] == Element("verb", verb)


@given(WORD, WORD, st.data())
def test_one_wrong_character_is_noticed(verb: str, argument: str, data: st.DataObject) -> None:
    card = command.command_card(verb, argument)
    place = data.draw(st.integers(4, len(card) - 1).filter(lambda at: card[at] != "."))
    wrong = data.draw(st.sampled_from(ALPHANUMERIC.replace(card[place], "")))
    outcome = read(card[:place] + wrong + card[place + 1 :])
    assert isinstance(outcome, Misread)
    assert outcome.reason is Reason.COMMAND_UNKNOWN


@pytest.mark.parametrize(
    "scan", ["..K.", "..K.QTY", "..K.QTY.", "..K..5.X", "..K.qty.5.X", "..K.A.B.C.D", "..K.QTY.5.Y\x00", "..K.QTY.٥.Y"]
)
def test_what_is_no_card(scan: str) -> None:
    outcome = read(scan)
    assert isinstance(outcome, Misread)
    assert outcome.reason is Reason.COMMAND_UNKNOWN


@pytest.mark.parametrize("words", [("",), ("qty",), ("A" * 21,), ("A.B",), ("QTY", ""), ("QTY", "5.0")])
def test_a_card_that_could_not_be_read_is_not_written(words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="capital letters and digits"):
        command.command_card(*words)
