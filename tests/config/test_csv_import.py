"""Reference data from spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.csv_import import COLUMNS, load_csv
from config.mistakes import SettingsRefused
from config.plant import Record


def records(tmp_path: Path, kind: str, text: str) -> list[Record]:
    file = tmp_path / f"{kind}.csv"
    file.write_text(text, encoding="utf-8")
    return list(load_csv(file, kind).records())


def refusal(tmp_path: Path, kind: str, text: str) -> list[str]:
    with pytest.raises(SettingsRefused) as refused:
        records(tmp_path, kind, text)
    return [str(mistake) for mistake in refused.value.mistakes]


def test_items_with_a_byte_order_mark_and_semicolons(tmp_path: Path) -> None:
    found = records(tmp_path, "items", "\ufeffitem;gtin;lot_tracked;expiry_days\nA;9520123456788;no;30\nB;;;\n")
    assert [record.key for record in found] == ["A", "B"]
    assert (found[0].body["gtin"], found[0].body["lot_tracked"], found[0].body["expiry_days"]) == ("09520123456788", False, 30)
    assert found[1].body["lot_tracked"] is True


def test_vendors_with_address_and_contact(tmp_path: Path) -> None:
    (vendor,) = records(tmp_path, "vendors", 'vendor,name,exempt,city,contact,email\nV,"Vend, Ltd",yes,Town,Ann,ann@example.com\n')
    assert vendor.body["name"] == "Vend, Ltd"
    assert vendor.body["exempt"] is True
    assert vendor.body["address"]["city"] == "Town"
    assert vendor.body["contacts"] == [{"name": "Ann", "email": "ann@example.com", "phone": ""}]


def test_rows_of_one_order_are_its_lines(tmp_path: Path) -> None:
    found = records(tmp_path, "purchase_orders", "order,vendor,item,quantity,unit\nP1,V,A,5,kg\nP2,V,B,1.5,\nP1,V,C,7,\n")
    assert [(record.key, [line["item"] for line in record.body["lines"]]) for record in found] == [("P1", ["A", "C"]), ("P2", ["B"])]


def test_rows_of_one_lot_are_its_places(tmp_path: Path) -> None:
    found = records(tmp_path, "lots", "item,lot,assigned_by,place,quantity\nA,L1,V,DOCK,5\nA,L1,V,STORE,6\nA,L1,W,,\n")
    assert [record.key for record in found] == ['["A","L1","V"]', '["A","L1","W"]']
    assert [place["quantity"] for place in found[0].body["on_hand"]] == ["5", "6"]
    assert found[1].body["on_hand"] == []


def test_mistakes_come_all_at_once_with_their_rows(tmp_path: Path) -> None:
    told = refusal(tmp_path, "purchase_orders", "order,vendor,item,quantity\nP1,V,A,5\nP1,V,B,x\nP2,,C,1\n")
    assert [line.split(": ")[:2] for line in told] == [
        ["line 3", "purchase_orders[0].lines[1].quantity"],
        ["line 4", "purchase_orders[1].vendor"],
    ]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("items", "itme\nA\n", "line 1: itme: there is no such column. Did you mean 'item'?"),
        ("items", "", "the file is empty; the first line names the columns: item, gtin"),
        ("items", "item\nA,B\n", "line 2: this row has more than 1 cells"),
        ("items", 'item\n"A\n', "this is not CSV"),
        ("items", "item,expiry_days\nA,٣\n", "expected a whole number"),
        ("items", "item,lot_tracked\nA,perhaps\n", 'got "perhaps", expected true or false'),
        ("lots", "item,lot\nA,L\n", "line 2: lots[0].assigned_by: it is missing"),
        ("lot", "item,lot\nA,L\n", "Did you mean 'lots'?"),
    ],
)
def test_each_mistake_says_what_was_expected(tmp_path: Path, kind: str, text: str, words: str) -> None:
    told = refusal(tmp_path, kind, text)
    assert len(told) == 1
    assert words in told[0]


@given(st.sampled_from(sorted(COLUMNS)), st.text(alphabet='itemlo,;"\n\r\0 A1é', max_size=40))
def test_any_text_is_taken_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, kind: str, rest: str) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_text(",".join(COLUMNS[kind]) + "\n" + rest, encoding="utf-8", newline="")
    try:
        found = list(load_csv(file, kind).records())
    except SettingsRefused as refused:
        assert refused.mistakes
    else:
        assert all(record.body for record in found)
