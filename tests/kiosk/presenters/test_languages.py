"""Every language says everything: the same keys and facts as English, short enough, its own plurals, dates and figures."""

from __future__ import annotations

import ast
import re
import string
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import kiosk.presenters
from kiosk.presenters.language import GROUP, SOURCE, Language, language_codes, load_language
from kiosk.presenters.plurals import form_of, forms
from kiosk.presenters.words import choice_in_words, reason_in_words, words_of
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask, Choice, Said

CODES = ("en", "de", "es", "fr", "pl", "pt", "vi")
ENGLISH = load_language(SOURCE)
OTHERS = [load_language(code) for code in CODES if code != SOURCE]
LONGEST_WORD, LONGEST_WHY = 12, 60
#: What stands in a sentence at most, as the screen shows it.
FACTS = {
    "expires_on": "2026-09-30",
    "stored": "2026-09-30",
    "days": "12",
    "over": "25",
    "unit": "kg",
    "given_unit": "bag",
    "order": "4500012345",
    "text": "X-17",
    "code": "4006381333931",
    "like": "LOT-1004",
    "place": "Rack 7",
    "got": "0 kg",
    "words": "disk is full",
}
each_language = pytest.mark.parametrize("language", [ENGLISH, *OTHERS], ids=lambda language: language.code)
each_other = pytest.mark.parametrize("language", OTHERS, ids=lambda language: language.code)


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_these_languages_are_there() -> None:
    assert set(language_codes()) >= set(CODES)
    assert language_codes()[0] == SOURCE
    with pytest.raises(LookupError, match="there is no language 'xx'"):
        load_language("xx")


@each_other
def test_it_has_the_keys_of_english_and_no_others(language: Language) -> None:
    assert language.texts.keys() ^ ENGLISH.texts.keys() == set()
    assert language.counted.keys() ^ ENGLISH.counted.keys() == set()
    assert [key for key, text in language.texts.items() if bool(text) != bool(ENGLISH.texts[key])] == []


@each_other
def test_it_names_the_facts_of_english(language: Language) -> None:
    differing = {key for key, text in language.texts.items() if facts_of(text) != facts_of(ENGLISH.texts[key])}
    counted = {
        f"{key}.{form}"
        for key, texts in language.counted.items()
        for form, text in texts.items()
        if facts_of(text) != facts_of(ENGLISH.counted[key]["other"])
    }
    assert differing | counted == set()


@each_language
def test_it_has_a_sentence_for_every_count(language: Language) -> None:
    missing = {key: forms(language.code) - texts.keys() for key, texts in language.counted.items()}
    assert {key for key, absent in missing.items() if absent} == set()


@each_language
def test_only_english_was_read_by_somebody_who_grew_up_with_it(language: Language) -> None:
    assert language.reviewed == (language.code == SOURCE)


@each_language
def test_every_verdict_reason_and_question_has_words(language: Language) -> None:
    for reason in Reason:
        assert words_of(Said(Verdict.REJECTED, Ask.SCAN_LABEL, reason), language).why
    for verdict in Verdict:
        assert words_of(Said(verdict), language).what or verdict is Verdict.ASK
    for ask in Ask:
        assert words_of(Said(Verdict.ASK, ask), language).next


@each_language
def test_verdicts_and_reasons_are_short(language: Language) -> None:
    assert [text for key, text in language.texts.items() if key.startswith("verdict.") and len(text) > LONGEST_WORD] == []
    for reason in Reason:
        words = words_of(Said(Verdict.REJECTED, Ask.SCAN_LABEL, reason, FACTS), language)
        assert len(words.why) <= LONGEST_WHY, words.why
        assert len(words.next) <= LONGEST_WHY, words.next


@each_language
def test_no_text_starts_or_ends_with_a_gap(language: Language) -> None:
    joined = {"said.twice", "said.counted_on"}  # stand behind another sentence
    assert [key for key, text in language.texts.items() if text != text.strip() and key not in joined] == []


@each_language
def test_verdict_words_differ(language: Language) -> None:
    words = [text for key, text in language.texts.items() if key.startswith("verdict.") and text]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("code", "count", "form"),
    [
        *(("en", count, form) for count, form in ((0, "other"), (1, "one"), (2, "other"))),
        *(("de", count, form) for count, form in ((1, "one"), (21, "other"))),
        *(("fr", count, form) for count, form in ((0, "one"), (1, "one"), (2, "other"), (1_000_000, "many"))),
        *(("pt", count, form) for count, form in ((0, "one"), (2, "other"))),
        *(("es", count, form) for count, form in ((0, "other"), (1, "one"), (2_000_000, "many"))),
        *(("pl", count, form) for count, form in ((1, "one"), (2, "few"), (5, "many"), (12, "many"), (22, "few"), (21, "many"))),
        *(("vi", count, "other") for count in (0, 1, 2)),
    ],
)
def test_a_count_takes_its_form(code: str, count: int, form: str) -> None:
    assert form_of(code, count) == form


def test_lots_are_counted_as_people_count_them() -> None:
    polish, french = load_language("pl"), load_language("fr")
    assert [polish.say_of("document.lots", count) for count in (1, 3, 5, 12, 22)] == [
        *("1 partia", "3 partie", "5 partii", "12 partii", "22 partie"),
    ]
    assert [french.say_of("document.lots", count) for count in (0, 2)] == ["0 lot", "2 lots"]


def test_dates_are_in_words() -> None:
    days = {language.code: language.day(date(2026, 3, 31)) for language in [ENGLISH, *OTHERS]}
    assert days["en"] == "31 Mar 2026"
    assert days["de"] == "31 März 2026"
    assert days["vi"] == "31 thg 3 2026"
    for language in [ENGLISH, *OTHERS]:
        assert len(set(language.months)) == 12


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("2.5", "2.5", "2,5"),
        ("1500.25 kg", f"1{GROUP}500.25 kg", f"1{GROUP}500,25 kg"),
        ("999", "999", "999"),
        ("1000000", f"1{GROUP}000{GROUP}000", f"1{GROUP}000{GROUP}000"),
        ("A-1.5", "A-1.5", "A-1.5"),
        ("00123", "00123", "00123"),
        ("", "", ""),
    ],
)
def test_figures_have_the_decimal_sign_of_the_language(text: str, english: str, german: str) -> None:
    assert ENGLISH.figure(text) == english
    assert load_language("de").figure(text) == german


def test_amounts_lose_needless_zeros() -> None:
    assert load_language("fr").amount(Decimal("2.50")) == "2,5"
    assert ENGLISH.amount(1284) == f"1{GROUP}284"


def test_a_sentence_of_the_rules_is_translated_or_left_out_but_never_shown_in_another_language() -> None:
    german, about = load_language("de"), {"got": "0 kg", "message": "more than nothing is expected"}
    assert (
        words_of(Said(Verdict.CHECK, Ask.QUANTITY, Reason.QUANTITY_INVALID, about), german).why
        == "0 kg ist keine Menge: mehr als nichts erwartet"
    )
    strange = {**about, "message": "its check digit is wrong"}
    assert reason_in_words("QUANTITY_INVALID", strange, german) == "0 kg ist hier keine Menge"
    assert reason_in_words("BARCODE_INVALID", strange, german) == "In diesem Code stimmt etwas nicht"
    assert reason_in_words("BARCODE_INVALID", strange, ENGLISH) == "its check digit is wrong"


def test_the_ready_made_sentences_are_those_of_the_code() -> None:
    root = Path(kiosk.presenters.__file__).parents[2]
    files = [*root.glob("traceability/**/*.py"), *root.glob("kiosk/app/*.py"), *root.glob("kiosk/services/*.py")]
    constants = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    sentences = {key.removeprefix("detail.") for key in ENGLISH.texts if key.startswith("detail.")}
    assert sentences - constants == set()


def test_names_are_no_answers() -> None:
    german = load_language("de")
    assert choice_in_words(Choice("new", "new"), {}, german) == "new"  # a lot of that name
    assert choice_in_words(Choice("new", "Count them"), {"cause": "old_scans"}, german) == "Zählen"
    assert choice_in_words(Choice("cancel", "Keep the first one"), {"cause": "too_late"}, german) == "Das erste behalten"
    assert choice_in_words(Choice("A kg", "Corn starch"), {}, german) == "Corn starch"


@pytest.mark.parametrize("file", sorted(Path(kiosk.presenters.__file__).parent.glob("*.py")), ids=lambda file: file.name)
def test_presenters_hold_no_words_of_their_own(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    quiet = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and "__all__" in ast.unparse(node)]
    quiet |= {id(part) for node in (*named, *raised(tree)) for part in ast.walk(node)}
    texts = {node.value: id(node) for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert [text for text, where in texts.items() if where not in quiet and spoken(text)] == []


def raised(tree: ast.AST) -> list[ast.AST]:
    """What is said to programmers."""
    checks = ("_at_most",)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in checks]
    return [*calls, *(node for node in ast.walk(tree) if isinstance(node, ast.Raise))]


def spoken(text: str) -> bool:
    """Whether a text looks like words for people: a capital and small letters, or several words."""
    return bool(re.match(r"[A-Z][a-z]+", text) or re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text))
