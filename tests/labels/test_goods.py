"""What a label is about is read strictly: every fault named at once, in words that say what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.goods import Goods, read_goods
from labels.refused import LabelRefused

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)
_KEYS = st.sampled_from(["item", "gtin", "lot", "expires_on", "quantity", "unit", "count", "serial", "sscc", "place", "reprint", "x"])


def _words(**data: object) -> str:
    refused = read_goods(data)
    assert isinstance(refused, LabelRefused), refused
    return refused.words


def test_right_data_become_values() -> None:
    goods = read_goods(
        {
            "item": "4711",
            "gtin": "9520123456788",
            "lot": " A ",
            "quantity": "25.00",
            "expires_on": "2028-02-29",
            "count": 3,
            "place": "A\t1",
        }
    )
    assert goods == Goods(
        item="4711", gtin="09520123456788", lot=" A ", quantity=Decimal("25.00"), expires_on=date(2028, 2, 29), count=3, place="A 1"
    )


def test_words_for_people_lose_their_control_characters() -> None:
    assert read_goods({"place": "\tRack\x00B\n04 "}) == Goods(place="Rack B 04")


def test_null_is_absent() -> None:
    assert read_goods({"item": "4711", "lot": None}) == Goods(item="4711")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"gtin": "09520123456789"}, "gtin: 0952012345678|9| ends in the wrong check digit; expected 8. Check the number."),
        ({"gtin": "0952"}, "gtin: '0952' has 4 digits; a GTIN has 8, 12, 13 or 14."),
        ({"gtin": "٠٩٥٢٠١٢٣٤٥٦٧٨٨"}, "gtin: '٠٩٥٢٠١٢٣٤٥٦٧٨٨' must be digits only."),
        ({"gtin": 9520123456788}, "gtin: 9520123456788 is not text; write it in quotes."),
        ({"sscc": "095201234500000012"}, "sscc: 09520123450000001|2| ends in the wrong check digit; expected 4. Check the number."),
        ({"sscc": "1"}, "sscc: '1' has 1 digits; an SSCC has 18."),
        ({"lot": ""}, "lot: is empty; expected what stands on the goods."),
        ({"lot": "  "}, "lot: is empty; expected what stands on the goods."),
        ({"lot": "A" * 65}, f"lot: '{'A' * 56}... has 65 characters; expected 64 at most."),
        ({"lot": "A\x1dB"}, "lot: A|U+001D|B has a control character; expected only characters that can be printed."),
        ({"expires_on": "2027-02-30"}, "expires_on: '2027-02-30' is no day of the calendar."),
        ({"expires_on": "30.11.2027"}, "expires_on: '30.11.2027' is no date; expected year-month-day such as '2027-11-30'."),
        ({"expires_on": "1999-12-31"}, "expires_on: '1999-12-31' can't be an expiry date; expected 2000 to 2076."),
        ({"quantity": 25.5}, 'quantity: 25.5 is a binary number, which is not exact; write it in quotes, "25.5".'),
        ({"quantity": "25,5"}, "quantity: '25,5' is no quantity; expected a decimal number such as '25.00'."),
        ({"quantity": "NaN"}, "quantity: 'NaN' is no quantity; expected a decimal number such as '25.00'."),
        ({"quantity": "1e9"}, "quantity: '1e9' is no quantity; expected a decimal number such as '25.00'."),
        ({"quantity": True}, "quantity: True is no quantity; expected a decimal number such as '25.00'."),
        ({"quantity": "0.00"}, "quantity: '0.00' is nothing; a label needs a quantity above zero."),
        ({"count": "1.5"}, "count: '1.5' is no count; expected a whole number from 1 to 99999999."),
        ({"reprint": "yes"}, "reprint: 'yes' is neither true nor false."),
        ({"expires": "2027-11-30"}, "There is no key 'expires'. Did you mean 'expires_on'?"),
    ],
)
def test_wrong_data_are_refused_in_words(data: dict[str, object], words: str) -> None:
    assert _words(**data) == words


def test_all_faults_are_told_at_once() -> None:
    words = _words(lot="", gtin="1", qantity="5")
    assert words.count("expected what stands on the goods") == 1
    assert "a GTIN has 8, 12, 13 or 14" in words
    assert "Did you mean 'quantity'?" in words


@given(st.dictionaries(_KEYS, _JSON, max_size=6))
def test_any_json_is_read_or_refused(data: dict[str, object]) -> None:
    answer = read_goods(data)
    assert isinstance(answer, Goods) or answer.words
