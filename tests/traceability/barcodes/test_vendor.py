"""Teach a vendor's label: what is marked is read on the next label, what is unsure is asked, the rest is left alone."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulators.vendor_labels import marked as sample
from traceability.barcodes import vendor_rules
from traceability.barcodes.reading import Ambiguous, Facts, Format, Reading
from traceability.barcodes.vendor import Field, Literal, Mark, Rule, Sample, Slot, apply
from traceability.barcodes.vendor_learning import Cannot, learn, readings

TODAY = date(2026, 11, 21)


def taught(*samples: Sample) -> Rule:
    rule = learn("ACME", samples, TODAY)
    assert isinstance(rule, Rule), rule
    return rule


def facts(rule: Rule, text: str) -> Facts:
    reading = apply(rule, text, TODAY)
    assert isinstance(reading, Reading), reading
    assert reading.format is Format.VENDOR
    return reading.facts


def cannot(*samples: Sample) -> Cannot:
    answer = learn("ACME", samples, TODAY)
    assert isinstance(answer, Cannot), answer
    return answer


def test_fields_behind_words_and_between_separators() -> None:
    rule = taught(sample("PN:{item FLOUR-25};LOT:{lot AB-7};EXP:{expiry 30.11.2027};QTY:{quantity 25}KG", quantity="25 kg"))
    assert apply(rule, "PN:SUGAR;LOT:2026/0042;EXP:01.02.2028;QTY:1.250KG", TODAY) is None  # one and a quarter, or more?
    assert facts(rule, "PN:SUGAR;LOT:2026/0042;EXP:01.02.2028;QTY:120KG") == Facts(
        item="SUGAR", lot="2026/0042", expires_on=date(2028, 2, 1), quantity=Decimal(120), unit="kg"
    )
    for other in (
        "PN:SUGAR;LOT:1;EXP:01.02.2028;QTY:120LB",
        "PN:SUGAR;LOT:;EXP:01.02.2028;QTY:1KG",
        "LOT:1",
        "",
        "PN:A;LOT:1;EXP:31.02.2028;QTY:1KG",
    ):
        assert apply(rule, other, TODAY) is None


def test_fixed_places_without_separators() -> None:
    rule = taught(sample("{item 4711}{lot AB1234}{expiry 301127}", expiry="2027-11-30"))
    assert facts(rule, "0815ZZ9999010228") == Facts(item="0815", lot="ZZ9999", expires_on=date(2028, 2, 1))
    for other in ("0815ZZ99990102281", "0815ZZ999901022", "08159999ZZ010228", "4006381333931"):
        assert apply(rule, other, TODAY) is None


def test_a_bare_lot_is_known_by_its_shape() -> None:
    rule = taught(sample("{lot A12345}"), sample("{lot B99001}"))
    assert facts(rule, "C00001").lot == "C00001"
    assert [apply(rule, other, TODAY) for other in ("C0001", "CC0001", "123456", "C000012")] == [None] * 4


def test_what_changes_unmarked_is_passed_over() -> None:
    first = sample("SN00017 {lot L1} 8")
    assert apply(taught(first), "SN00018 L2 8", TODAY) is None  # one sample can't tell what changes
    rule = taught(first, sample("SN00903 {lot L22} 8"))
    assert facts(rule, "SN12345 L333 8").lot == "L333"
    assert apply(rule, "SNX2345 L333 8", TODAY) is None


def test_fields_filled_up_with_spaces() -> None:
    rule = taught(sample("L{lot AB1}   Q{quantity 5}"), sample("L{lot AB123} Q{quantity 17}"))
    assert facts(rule, "LA B    Q8") == Facts(lot="A B", quantity=Decimal(8))


def test_asks_which_day_is_meant() -> None:
    answer = cannot(sample("L{lot 1};{expiry 271130}"))
    assert (answer.field, answer.sample, answer.answers) == (Field.EXPIRY, 0, ("2027-11-30", "2030-11-27"))
    assert facts(taught(sample("L{lot 1};{expiry 271130}", expiry=answer.answers[0])), "L2;280229").expires_on == date(2028, 2, 29)
    assert facts(taught(sample("L{lot 1};{expiry 271130}", expiry=answer.answers[1])), "L2;290228").expires_on == date(2028, 2, 29)


def test_asks_for_another_sample_where_no_answer_can_tell() -> None:
    assert "another day" in cannot(sample("L{lot 1};{expiry 11/11/2027}", expiry="2027-11-11")).words
    rule = taught(sample("L{lot 1};{expiry 11/11/2027}"), sample("L{lot 2};{expiry 25/11/2027}"))
    assert facts(rule, "L3;01/02/2028").expires_on == date(2028, 2, 1)


@pytest.mark.parametrize(
    ("written", "means"),
    [("30NOV27", "2027-11-30"), ("27334", "2027-11-30"), ("2027334", "2027-11-30"), ("11/27", "2027-11-30"), ("2027-11", "2027-11-30")],
)
def test_dates_in_many_forms(written: str, means: str) -> None:
    rule = taught(sample(f"L{{lot 1}};{{expiry {written}}}", expiry=means))
    assert facts(rule, f"L2;{written}").expires_on == date.fromisoformat(means)


def test_quantities_with_commas_and_unwritten_decimals() -> None:
    assert facts(taught(sample("{lot A};{quantity 2,5} kg", quantity="2.5 kg")), "B;12,25 kg").quantity == Decimal("12.25")
    assert facts(taught(sample("{lot A};{quantity 002500}", quantity="25 kg")), "B;001250") == Facts(
        lot="B", quantity=Decimal("12.50"), unit="kg"
    )
    assert cannot(sample("{lot A};{quantity 1,000}")).field is Field.QUANTITY
    assert facts(taught(sample("{lot A};{quantity 1,000}", quantity="1")), "B;2,000").quantity == Decimal(2)


@pytest.mark.parametrize(
    "samples",
    [
        [],
        [Sample("L1")],
        [sample("L{lot 1}"), sample("{lot L1}")],  # the first rule would read the second otherwise
        [sample("{lot 1};{item 2}"), sample("{item 1};{lot 2}")],
        [sample("{lot 1};{lot 2}")],
        [Sample("L1", (Mark(Field.LOT, 1, 1),))],
        [Sample("L1", (Mark(Field.LOT, 1, 3),))],
        [Sample("L1", (Mark(Field.LOT, -1, 1),))],
        [Sample("L12", (Mark(Field.LOT, 0, 2), Mark(Field.ITEM, 1, 3)))],
        [Sample("L 1", (Mark(Field.LOT, 1, 3),))],
        [Sample("L\x001", (Mark(Field.LOT, 0, 1),))],
        [sample("{expiry hello}")],
        [sample("{expiry 271130}", expiry="soon")],
        [sample("{quantity 5}", quantity="five")],
        [sample("{quantity 5}", quantity="5 kg"), sample("{quantity 7}", quantity="7 lb")],
    ],
)
def test_what_can_not_be_taught_is_said(samples: list[Sample]) -> None:
    assert cannot(*samples).words.endswith((".", "?"))


def test_another_label_of_the_vendor_is_left_alone_or_the_rule_refused() -> None:
    rule = taught(sample("LOT{lot A1}"), Sample("PO4711"))
    assert apply(rule, "PO4712", TODAY) is None
    answer = cannot(sample("{lot A1}"), Sample("B2"))
    assert (answer.sample, answer.words) == (1, "Sample 2 is another label, but the rule would read it.")


def test_two_ways_of_reading_are_asked() -> None:
    rule = taught(sample("{lot A}-{serial 1}"))
    both = apply(rule, "A-B-1", TODAY)
    assert isinstance(both, Ambiguous)
    assert {reading.facts.lot for reading in both.readings} == {"A", "A-B"}


def test_versions_count_and_a_preview_is_shown() -> None:
    first = taught(sample("LOT{lot A1}"))
    second = learn("ACME", [*first.samples, sample("LOT{lot B-2}")], TODAY, first)
    assert isinstance(second, Rule)
    assert (first.version, second.version) == (1, 2)
    assert [found and found.facts.lot for found in readings(second, ["LOTX", "PO1"], TODAY)] == ["X", None]


def test_json_and_back() -> None:
    rule = taught(sample("PN:{item F};{expiry 271130};{quantity 2,5}", expiry="2027-11-30"), Sample("other"))
    assert vendor_rules.loads(vendor_rules.dumps(rule), TODAY) == rule


@pytest.mark.parametrize(
    "change",
    [
        {"form": 2}, {"version": -1}, {"vendor": 3}, {"segments": []}, {"segments": [{"text": "X"}]}, {"samples": []},
        {"date_forms": {}}, {"number_form": None},
        {"date_forms": {"expiry": "(a+)+$"}}, {"segments": [{"field": "lot", "least": 1, "most": 48, "shape": "??"}]},
    ],
)  # fmt: skip
def test_a_damaged_or_wrong_rule_is_refused(change: dict[str, object]) -> None:
    data = json.loads(vendor_rules.dumps(taught(sample("{lot F};{expiry 271130}", expiry="2027-11-30"))))
    assert isinstance(vendor_rules.loads(json.dumps(data | change), TODAY), Cannot)


def test_a_rule_of_more_than_teaching_gives_is_refused() -> None:
    data = json.loads(vendor_rules.dumps(taught(sample("{lot F}"))))
    passed_over = {"field": None, "least": 0, "most": 1, "shape": "*"}
    for more in ({"segments": data["segments"] + [passed_over] * 2000}, {"samples": data["samples"] * 101}):
        assert isinstance(vendor_rules.loads(json.dumps(data | more), TODAY), Cannot)


@given(st.text(max_size=40))
def test_no_json_raises(text: str) -> None:
    assert isinstance(vendor_rules.loads(text, TODAY), Cannot)


@given(
    st.text(st.sampled_from("AB19-; :\x1dé\ud800"), max_size=20),
    st.lists(st.tuples(st.sampled_from(Field), st.integers(-1, 21), st.integers(-1, 21))),
)
def test_teaching_never_raises_and_its_rule_reads_its_sample(text: str, marks: list[tuple[Field, int, int]]) -> None:
    rule = learn("V", [Sample(text, tuple(Mark(*mark) for mark in marks))], TODAY)
    if isinstance(rule, Rule):
        assert isinstance(apply(rule, text, TODAY), Reading)


@given(st.text(max_size=60))
def test_reading_never_raises_and_invents_nothing(text: str) -> None:
    rule = taught(sample("{item A1};{lot B2} {quantity 5}"), sample("{item 12};{lot C} {quantity 10}"))
    found = apply(rule, text, TODAY)
    if isinstance(found, Reading):
        assert "".join(element.value for element in found.elements) == text.replace(";", "", 1).replace(" ", "", 1)


def test_a_text_that_fits_in_thousands_of_ways_is_left_alone() -> None:
    anything = Slot(None, 0, 40, "*")
    rule = Rule("ACME", 1, (anything, anything, anything, anything, Literal(";L"), Slot(Field.LOT, 1, 9, "9")), ())
    assert isinstance(apply(rule, "a;L1", TODAY), Reading)
    assert apply(rule, "a" * 40 + ";L1", TODAY) is None


def test_a_long_text_is_quickly_left_alone() -> None:
    rule = taught(sample("{item A};{lot B};{serial C};{order D}"))
    assert apply(rule, ";" * 512, TODAY) is None
    assert apply(rule, "A;" * 200, TODAY) is None
