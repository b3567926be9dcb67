"""Every reason has words for the worker: what, why, what to do next; and they hold whatever a barcode held."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.words import LONGEST_ECHO, around_mark, choice_in_words, first_clause, reason_in_words, shortened, visible, words_of
from traceability import events
from traceability.refusals import Reason, Verdict
from traceability.workflows.counting import no_number
from traceability.workflows.inputs import QuantityGiven
from traceability.workflows.modes import MODES
from traceability.workflows.step import Ask, Choice, Said

ENGLISH = load_language(SOURCE)


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.CHECK, Verdict.HOLD, Verdict.STOP, Verdict.DUPLICATE, Verdict.ASK])
def test_every_reason_has_words_without_gaps(reason: Reason, verdict: Verdict) -> None:
    words = words_of(Said(verdict, Ask.SCAN_LABEL, reason, {"message": "the check digit is wrong"}), ENGLISH)
    assert words.why
    assert words.next
    assert not set("{}") & set(words.why + words.next)
    assert reason_in_words(reason.value, {"message": "x"}, ENGLISH)


@pytest.mark.parametrize("ask", list(Ask))
def test_every_question_says_what_is_wanted(ask: Ask) -> None:
    assert words_of(Said(Verdict.ASK, ask), ENGLISH).next
    assert words_of(Said(Verdict.ASK, ask, waiting=2), ENGLISH).why == "2 waiting until this is answered"


@given(
    st.text(), st.sampled_from(list(Reason)), st.sampled_from(["text", "code", "got", "like", "lot", "message", "words", "noise", "cause"])
)
def test_no_barcode_breaks_the_words(text: str, reason: Reason, name: str) -> None:
    words = words_of(Said(Verdict.REJECTED, Ask.SCAN_LABEL, reason, {name: text}), ENGLISH)
    assert words.next
    assert "\x1d" not in words.why or name not in ("text", "code", "got", "message")


@given(st.text())
def test_an_echo_is_visible_and_fits(text: str) -> None:
    assert len(shortened(text)) <= LONGEST_ECHO
    assert shortened(text).isprintable()
    assert visible("\x1d") == "␝"


@given(st.text(alphabet="0123456789AB\x1d", max_size=80), st.integers(0, 80))
def test_the_marked_place_is_in_the_echo(text: str, place: int) -> None:
    place = min(place, len(text))
    marked = f"{text[:place]}|X|{text[place:]}"
    assert "|X|" in around_mark(marked)
    assert len(around_mark(marked)) <= LONGEST_ECHO + 2


def test_dates_can_not_be_read_the_other_way_round() -> None:
    assert ENGLISH.day(date(2026, 3, 4)) == "4 Mar 2026"
    said = Said(Verdict.REJECTED, Ask.SCAN_LABEL, Reason.LOT_EXPIRED, {"expires_on": "2026-03-04"})
    assert words_of(said, ENGLISH).why == "This lot expired on 4 Mar 2026"


def test_a_reason_that_is_a_sentence_stays_one() -> None:
    assert reason_in_words("Found wet", {}, ENGLISH) == "Found wet"


@pytest.mark.parametrize(
    ("message", "clause"),
    [
        ("GTIN (01): the check digit is 2, expected 1.", "GTIN (01): the check digit is 2, expected 1"),
        (
            "Lot (10): 70 characters, expected 1 to 20; the separator (GS) after it may be lost.",
            "Lot (10): 70 characters, expected 1 to 20",
        ),
        ("No GS1 element starts with X: the separator (GS) before it may be lost, or worse.", "No GS1 element starts with X"),
        ("x" * 90, "x" * 59 + "…"),
    ],
)
def test_a_long_message_is_cut_where_it_still_says_what_is_wrong(message: str, clause: str) -> None:
    assert first_clause(message) == clause


def test_what_was_taken_in_on_hold_has_no_gap_where_a_fact_is_gone() -> None:
    held = Said(Verdict.HOLD, Ask.SCAN_LABEL, Reason.LOT_NEAR_EXPIRY, {"expires_on": "2026-12-01"})
    assert words_of(held, ENGLISH).why == "This lot is on hold"
    with_days = Said(Verdict.HOLD, Ask.SCAN_LABEL, Reason.LOT_NEAR_EXPIRY, {"expires_on": "2026-12-01", "days": "10"})
    assert words_of(with_days, ENGLISH).why == "Only 10 days left, until 1 Dec 2026"


@pytest.mark.parametrize("code", ["en", "de"])
def test_a_kind_of_work_is_offered_by_its_name(code: str) -> None:
    language = load_language(code)
    for mode in MODES:
        words = choice_in_words(Choice(f"mode:{mode}", mode), {}, language)
        assert words == language.say(f"work.{mode}")
        assert words != mode


def test_every_kind_of_event_has_a_name_for_people() -> None:
    """The send queue and a lot's card name what was done."""
    kinds = {each.kind for each in vars(events).values() if isinstance(each, type) and isinstance(getattr(each, "kind", None), str)}
    assert len(kinds) > 30
    assert {kind for kind in kinds if not load_language(SOURCE).knows(f"kind.{kind}")} == set()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "No quantity: a number is expected, like 25 or 12.5"),
        ("abc", "abc is no quantity here: a number is expected, like 25 or 12.5"),
        ("9999999999999", "9\u2009999\u2009999\u2009999\u2009999 is no quantity here: that is more than can be counted"),
        ("0.0000000001", "0.0000000001 is no quantity here: at most nine digits after the point are expected"),
    ],
)
def test_a_quantity_that_is_none_says_what_is_wrong_with_it(typed: str, why: str) -> None:
    message = no_number(QuantityGiven(None, None, typed))
    said = Said(Verdict.CHECK, Ask.QUANTITY, Reason.QUANTITY_INVALID, {"got": typed, "message": message})
    assert words_of(said, load_language(SOURCE)).why == why
