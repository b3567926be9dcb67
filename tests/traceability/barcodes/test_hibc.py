"""HIBC: every form read, every damage found, nothing invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.barcodes import hibc
from traceability.barcodes.reading import Facts, Format, Misread, Reading

TODAY = date(2026, 11, 21)
LABELS = (
    "+A123BJC5D6E71G",
    "+$$52001510X3GD",
    "+A99912345/$$52001510X3/16D20111212/S77DEFG457",
    "+A99912349/$10X3/16D20111231/14D20200131/Q500Z",
    "+A123BJC5D6E71G+$$52001510X3GD",
    "+A123BJCMD6E79++$$52001510X3+ ",
    "+/EU720060FF0/O523201/Z34H159/M9842431340V",
)


def read(text: str, aim: str = "") -> Reading | Misread:
    return hibc.read(text, aim + text, aim or None, len(aim), TODAY)


def facts(text: str) -> Facts:
    result = read(text)
    assert isinstance(result, Reading), result
    return result.facts


def written(text: str) -> str:
    result = hibc.write(text, TODAY)
    assert isinstance(result, str), result
    return result


def test_says_what_goods_they_are() -> None:
    assert facts("+A99912349/$10X3/16D20111231/14D20200131/Q500Z") == Facts(
        item="A9991234", lot="10X3", expires_on=date(2020, 1, 31), produced_on=date(2011, 12, 31), quantity=Decimal(500)
    )


def test_a_month_lasts_to_its_last_day() -> None:
    assert facts(written("+$$0228LOT1Z")).expires_on == date(2028, 2, 29)


def test_short_years_are_near_today() -> None:
    assert facts(written("+$$3760101AZ")).expires_on == date(2076, 1, 1)
    assert facts(written("+$$3780101AZ")).expires_on == date(1978, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        "+$$5203673C001L",
        "+$$1305A1L",
        "+$$3240230A1L",
        "+$$4050928243C001L",
        "+$$3240200A1L",
        "+A99912345/14D20230229",
        "+A99912345/16D20230100",
    ],
)
def test_dates_that_no_calendar_has(wrong: str) -> None:
    result = hibc.write(wrong, TODAY)
    assert isinstance(result, Misread)
    assert "date" in result.message


def test_a_date_without_its_flag_leaves_the_expiry_open() -> None:
    result = read("+$$25102173960231W")
    assert isinstance(result, Reading)
    assert (result.facts.lot, result.facts.expires_on) == ("7396023", None)
    assert "251021" in result.repairs[0]


def test_says_where_the_check_character_is_wrong() -> None:
    result = read("+A123BJC5D6E71H", "]C0")
    assert isinstance(result, Misread)
    assert result.position == 17
    assert result.marked == "+A123BJC5D6E71|H|"
    assert result.message == "The check character is 'H'; 'G' was expected."


def test_says_that_the_link_is_not_the_primary_ones() -> None:
    result = read("+A123BJC5D6E71G+$$52001510X3+ ")
    assert isinstance(result, Misread)
    assert result.position == 28
    assert "'G'" in result.message


def test_contradictions_in_one_barcode_are_refused() -> None:
    result = hibc.write("+A99912345/$L1/$$7L2", TODAY)
    assert isinstance(result, Misread)
    assert "lot twice" in result.message


def test_small_letters_and_asterisks_are_mended_and_told() -> None:
    result = read("*+a123bjc5d6e71g*")
    assert isinstance(result, Reading)
    assert result.facts.item == "A123BJC5D6E7"
    assert len(result.repairs) == 2


@pytest.mark.parametrize("label", LABELS)
def test_truncated_anywhere_is_refused(label: str) -> None:
    shorter = [label[:length] for length in range(len(label))]
    # A first barcode of several is whole in itself; every other cut must be seen by its check character.
    accepted = [text for text in shorter if isinstance(read(text), Reading)]
    assert all(text + "+" == label[: len(text) + 1] or hibc.check_character(text[:-1]) == text[-1] for text in accepted)
    assert len(accepted) <= 2


@pytest.mark.parametrize("label", LABELS)
def test_one_wrong_character_is_always_refused(label: str) -> None:
    for place, sign in enumerate(label):
        for other in "07AZ-$/+ %é٣":
            if other != sign:
                assert isinstance(read(label[:place] + other + label[place + 1 :]), Misread)


@given(st.one_of(st.text(max_size=60), st.text("+$/0123456789ADEQSZ.- %", max_size=40).map(lambda tail: "+" + tail)))
def test_never_raises_and_never_invents(text: str) -> None:
    result = read(text)
    if isinstance(result, Reading):
        assert result.format is Format.HIBC
        assert all(element.value in text.upper() or element.identifier in ("exp", "mfg", "qty") for element in result.elements)
    else:
        assert result.position is not None
        assert 0 <= result.position <= len(text)


@given(st.text("+$/0123456789ADEQSZ. -", min_size=1, max_size=40).map(lambda tail: "+" + tail))
def test_what_is_written_is_read(text: str) -> None:
    scan = hibc.write(text, TODAY)
    if isinstance(scan, str):
        assert isinstance(read(scan), Reading)
