"""The plant file: what it takes, what it refuses and how it says so, what goes over the wire."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import plant_parts as parts
from config.loading import Checked
from config.mistakes import SettingsRefused
from config.plant import Plant, Record, load_plant, operator_id

EXAMPLES = Path(__file__).parents[2] / "config/examples"


def plant(tmp_path: Path, document: Any) -> Plant:
    file = tmp_path / "plant.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return load_plant(file)


def refusal(tmp_path: Path, document: Any) -> list[str]:
    with pytest.raises(SettingsRefused) as refused:
        plant(tmp_path, document)
    return [str(mistake) for mistake in refused.value.mistakes]


def body(records: list[Record], kind: str, key: str) -> dict[str, Any]:
    return next(record.body for record in records if (record.kind, record.key) == (kind, key))


PIN_HASH = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$o2mSYCRQcgBXMIL8yMvpwA"


@pytest.mark.parametrize(
    "pin_hash", ["1234", "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$o2mSYCRQcgBXMIL8yMvpwA", PIN_HASH.replace("m=8", "m=9999999")]
)
def test_a_pin_is_never_in_the_file_but_as_its_hash(tmp_path: Path, pin_hash: str) -> None:
    file = tmp_path / "plant.json"
    file.write_text(json.dumps({"operators": [{"badge": "B1", "pin_hash": pin_hash}]}))
    with pytest.raises(SettingsRefused) as refused:
        load_plant(file)
    assert "lotline pin" in refused.value.words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("T{yy}{jjj}", "needs a counter"),
        ("T{week}-{n}", "{week} is not known"),
        ("{n:04}{", "brace stands alone"),
        ("{check}{n}{check}", "one {check}"),
    ],
)
def test_a_lot_pattern_that_would_give_two_lots_one_number_is_refused(tmp_path: Path, pattern: str, words: str) -> None:
    mistakes = refusal(tmp_path, {"items": [{"item": "TABLET", "lot_pattern": pattern}]})
    assert len(mistakes) == 1
    assert words in mistakes[0]
    assert "items[0].lot_pattern" in mistakes[0]


def test_the_example_loads() -> None:
    records = list(load_plant(EXAMPLES / "plant.json").records())
    flour = body(records, "item", "FLOUR-T55")
    assert flour["units"] == {"bag": "25"}
    assert flour["barcodes"] == [{"code": "19520123000018", "vendor": "MILL", "unit": "bag"}]
    assert body(records, "purchase_order", "PO-1002")["lines"] == [{"line": "1", "item": "SALT", "quantity": "500"}]
    assert body(records, "zone", "zone") == {"zone": "Europe/Berlin"}


def test_nothing_is_a_plant_too(tmp_path: Path) -> None:
    assert list(plant(tmp_path, {}).records()) == []


def test_every_key_is_taken(tmp_path: Path) -> None:
    document = {
        "items": [
            {
                "item": "A",
                "gtin": "9520123456788",
                "description": "Ä 1/2",
                "unit": "kg",
                "units": {"bag": "25"},
                "barcodes": [{"code": "X", "vendor": "V", "unit": "bag"}],
                "lot_tracked": True,
                "serial_tracked": False,
                "expiry_required": True,
                "best_before_is_expiry": True,
                "label_on_receipt": "unreadable",
                "expiry_days": 90,
                "receive_into": "quarantine",
                "over_receipt_percent": "2.5",
                "min_remaining_days": 30,
                "oldest_first": "block",
                "lot_pattern": "{yyyy}-{n:04}",
            },
        ],
        "vendors": [
            {"vendor": "V", "name": "Vend", "gln": "9520123456788", "exempt": True, "address": {"city": "C"}, "contacts": [{"name": "N"}]}
        ],
        "customers": [{"customer": "C", "min_remaining_days": 10}],
        "site": {"name": "HERE", "gln": "9520123456788", "company_prefix": "9520123", "address": {"country": "DE"}},
        "places": [{"place": "DOCK", "kind": "receiving"}],
        "purchase_orders": [
            {
                "order": "PO",
                "vendor": "V",
                "lines": [{"item": "A", "quantity": "1"}, {"line": 7, "item": "A", "quantity": 2.50, "unit": "bag"}],
            }
        ],
        "work_orders": [
            {"order": "WO", "item": "A", "quantity": "1", "unit": "kg", "components": [{"item": "A", "quantity": "1", "unit": "g"}]}
        ],
        "ship_orders": [{"order": "SO", "customer": "C", "lines": [{"line": 1, "item": "A", "quantity": "1"}]}],
        "lots": [
            {
                "item": "A",
                "lot": "L",
                "assigned_by": "V",
                "expires_on": "2027-11-30",
                "disposition": "hold",
                "on_hand": [{"place": "DOCK", "quantity": "5"}],
            },
            {"item": "A", "lot": "L"},
        ],
        "operators": [
            {
                "badge": "B1",
                "name": "N",
                "roles": ["worker", "quality", "supervisor", "admin"],
                "pin_hash": PIN_HASH,
                "may_not_override": ["URGENT"],
            }
        ],
        "stations": [{"station": "S1", "place": "DOCK", "modes": ["receive", "consume", "ship"]}],
        "barcode_patterns": {"badge": "B*", "order": "PO-####", "place": "L*"},
        "zone": "UTC",
        "policies": {
            "expired": "quarantine",
            "near_expiry": "check",
            "data_too_old": "block",
            "latch_rejected": True,
            "overrides": {"LOT_EXPIRED": ["quality"], "OLDER_LOT_FIRST": []},
            "needs_override": ["OVER_PLAN"],
            "undo_minutes": 0,
        },
        "reasons": [{"code": "SPILL", "words": "spilt", "for": ["scrap"]}],
        "tolerances": [{"for": "count", "item": "A", "over_percent": "2"}],
        "tests": [{"test": "pH", "unit": "", "low": "4", "high": "7"}],
    }
    records = list(plant(tmp_path, document).records())
    assert {record.kind for record in records} == {
        *("item", "vendor", "customer", "site", "place", "purchase_order", "work_order", "ship_order", "lot", "operator", "station"),
        *("barcode_patterns", "zone", "policies", "reason", "tolerance", "test"),
    }
    assert body(records, "item", "A")["gtin"] == "09520123456788"
    lines = body(records, "purchase_order", "PO")["lines"]
    assert [(line["line"], line["quantity"]) for line in lines] == [("1", "1"), ("7", "2.5")]
    assert {record.key for record in records if record.kind == "lot"} == {'["A","L","V"]', '["A","L","HERE"]'}
    assert body(records, "reason", "SPILL")["for"] == ["scrap"]
    assert body(records, "policies", "policies")["data_too_old"]["then"] == "block"
    assert json.loads(json.dumps([record.body for record in records])) == [record.body for record in records]


def test_three_mistakes_are_told_at_once_with_line_and_nearest_name(tmp_path: Path) -> None:
    text = """{
      "items": [{"item": "A", "gtinn": "1", "label_on_receipt": "allways"}],
      "purchase_orders": [
        {"order": "PO", "vendor": "V", "lines": [{"item": "B", "quantity": "1"}]}
      ]
    }"""
    assert refusal(tmp_path, text) == [
        "line 2: items[0].label_on_receipt: got \"allways\", expected one of always, unreadable, never. Did you mean 'always'?",
        f"line 2: items[0].gtinn: there is no such key here. Did you mean 'gtin'? Known: {', '.join(sorted(parts.Item.model_fields))}.",
        "line 4: purchase_orders[0].lines[0].item: there is no 'B' in this file.",
    ]


MISTAKES = [
    ({"items": [{"item": "A"}, {"item": "A"}]}, "items[1].item: 'A' stands in items[0] already; keep one"),
    (
        {"items": [{"item": "A", "gtin": "09520123456789"}]},
        'items[0].gtin: got "09520123456789", expected a GTIN whose last digit is its check digit, 8',
    ),
    (
        {"items": [{"item": "A", "gtin": 9520123456788}]},
        "items[0].gtin: got 9520123456788, expected a GTIN of 8 or 12 or 13 or 14 digits, in quotes",
    ),
    ({"items": [{"item": "A", "units": {"bag": "0"}}]}, 'items[0].units.bag: got "0", expected a number above zero'),
    ({"items": [{"item": "A\n"}]}, 'items[0].item: got "A\\n", expected text without control characters, line breaks or spaces around it'),
    ({"items": [{"item": ""}]}, 'items[0].item: got "", expected some text'),
    ({"items": {}}, "items: got an object, expected a list"),
    ({"items": ["A"]}, 'items[0]: got "A", expected an object with named parts'),
    ({"lots": [{"item": "A", "lot": "L", "expires_on": "2027-02-30"}]}, "expected a date of the calendar (day is out of range for month)"),
    ({"lots": [{"item": "A", "lot": "L", "expires_on": "30.11.2027"}]}, "expected a date like 2027-11-30, in quotes"),
    (
        {"lots": [{"item": "A", "lot": "L"}, {"item": "A", "lot": "L", "assigned_by": "site"}]},
        "lots[1].lot: 'L of A by site' stands in lots[0] already",
    ),
    (
        {
            "items": [{"item": "A", "unit": "kg"}],
            "ship_orders": [{"order": "S", "customer": "C", "lines": [{"item": "A", "quantity": "1", "unit": "bag"}]}],
        },
        "ship_orders[0].lines[0].unit: item 'A' can't be counted in 'bag': its units are kg.",
    ),
    (
        {"items": [{"item": "A", "barcodes": [{"code": "X"}]}, {"item": "B", "barcodes": [{"code": "X"}]}]},
        "'X' stands for item 'A' already",
    ),
    (
        {"vendors": [{"vendor": "ACME"}], "purchase_orders": [{"order": "P", "vendor": "ACNE"}]},
        "there is no 'ACNE' in this file. Did you mean 'ACME'?",
    ),
    (
        {"places": [{"place": "DOCK"}], "stations": [{"station": "S", "place": "DOK"}]},
        "stations[0].place: there is no 'DOK' in this file. Did you mean 'DOCK'?",
    ),
    ({"operators": [{"badge": "1"}, {"badge": "1"}]}, "operators[1].badge: '1' stands in operators[0] already"),
    ({"stations": [{"station": "S", "modes": ["recieve"]}]}, "Did you mean 'receive'?"),
    ({"zone": "Europe/Berln"}, "expected a time zone's name like Europe/Berlin or UTC"),
    ({"tests": [{"test": "pH", "low": "7", "high": "4"}]}, "tests[0]: low (7) is above high (4)"),
    ({"policies": {"data_too_old": {"hours": "x"}}}, 'policies.data_too_old.hours: got "x", expected a whole number'),
]


@pytest.mark.parametrize(("document", "words"), MISTAKES, ids=range(len(MISTAKES)))
def test_each_mistake_says_what_was_got_and_what_was_expected(tmp_path: Path, document: dict[str, Any], words: str) -> None:
    told = refusal(tmp_path, document)
    assert len(told) == 1
    assert words in told[0]


@pytest.mark.parametrize(
    "amount", ["-1", "1e3", "NaN", "1,5", "٣", " 1", "", "1.", "9" * 13, "0." + "1" * 10, True, None, [], math.pi * 10**20]
)
def test_what_is_no_amount(tmp_path: Path, amount: object) -> None:
    order = {"order": "P", "vendor": "V", "lines": [{"item": "A", "quantity": amount}]}
    assert "expected a decimal number" in refusal(tmp_path, {"purchase_orders": [order]})[0]


def test_bare_numbers_keep_every_digit(tmp_path: Path) -> None:
    text = '{"purchase_orders": [{"order": "P", "vendor": "V", "lines": [{"item": "A", "quantity": 0.123456789}]}]}'
    assert next(plant(tmp_path, text).records()).body["lines"][0]["quantity"] == "0.123456789"


def test_places_are_those_of_the_file_though_an_entry_before_can_not_be_used(tmp_path: Path) -> None:
    document = '{"places": [{"place": "DOCK"}],\n"stations": [\n{"place": "DOCK"},\n{"station": "S", "place": "DOK"}]}'
    assert refusal(tmp_path, document) == [
        "line 3: stations[0].station: it is missing",
        "line 4: stations[1].place: there is no 'DOK' in this file. Did you mean 'DOCK'?",
    ]


def test_a_wrong_line_hides_nothing_in_the_others(tmp_path: Path) -> None:
    lines = [{"quantity": "1"}, {"item": "A", "quantity": "x"}, {"item": "C", "quantity": "1"}, {"item": "B", "quantity": 2, "unit": "bag"}]
    plant = {
        "items": [{"item": "A"}, {"item": "B"}],
        "purchase_orders": [{"order": 1, "vendor": "V"}, {"order": "P", "vendor": "V", "lines": lines}],
    }
    assert [line.split(": ")[1] for line in refusal(tmp_path, plant)] == [
        "purchase_orders[0].order",
        "purchase_orders[1].lines[0].item",
        "purchase_orders[1].lines[1].quantity",
        "purchase_orders[1].lines[2].item",
        "purchase_orders[1].lines[3].unit",
    ]


def test_a_section_that_is_not_there_is_not_checked_against(tmp_path: Path) -> None:
    orders = plant(
        tmp_path,
        {"purchase_orders": [{"order": "P", "vendor": "known elsewhere", "lines": [{"item": "too", "quantity": "1", "unit": "bag"}]}]},
    )
    assert [record.key for record in orders.records()] == ["P"]


def test_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, '{"items": [],\n "items": []}') == ["line 2: items: this key stands here a second time; keep one"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "this is not JSON: Expecting value, at column 1"),
        ('{"items": [}', "this is not JSON"),
        ("[]", "expected an object with named parts, got a list"),
        ('{"zone": NaN}', "NaN is no number"),
        ("[" * 200_000, "nested too deeply"),
        ('{"zone": ' + "1" * 5000 + "}", "a number of too many digits"),
    ],
    ids=["empty", "broken", "list", "nan", "deep", "long number"],
)
def test_what_is_no_plant_file_at_all(tmp_path: Path, text: str, words: str) -> None:
    assert words in refusal(tmp_path, text)[0]


def test_other_encodings_and_missing_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes('{"zone": "Ä"}'.encode("latin-1"))
    with pytest.raises(SettingsRefused, match="not UTF-8"):
        load_plant(tmp_path / "latin.json")
    with pytest.raises(SettingsRefused, match=r"no such file\. Did you mean 'latin\.json'\?"):
        load_plant(tmp_path / "latni.json")
    with pytest.raises(SettingsRefused, match="can't be read"):
        load_plant(tmp_path)


def test_an_operator_is_the_same_at_every_import_and_not_the_badge(tmp_path: Path) -> None:
    people = plant(tmp_path, {"operators": [{"badge": "B1"}, {"badge": "B2", "operator": "op-2"}]}).operators
    again = plant(tmp_path, {"operators": [{"badge": "B1", "name": "other"}]}).operators
    assert operator_id(people[0]) == operator_id(again[0])
    assert "B1" not in operator_id(people[0])
    assert operator_id(people[1]) == "op-2"


SCRAPS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["A", "1", "kg", "2027-11-30", "available"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "item",
                    "lot",
                    "gtin",
                    "unit",
                    "units",
                    "barcodes",
                    "code",
                    "lines",
                    "quantity",
                    "vendor",
                    "order",
                    "place",
                    "on_hand",
                    "tset",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*Plant.model_fields, "itmes"]), SCRAPS, max_size=4))
def test_any_document_is_taken_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, document: dict[str, Any]) -> None:
    file = tmp_path_factory.getbasetemp() / "any.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    try:
        records = list(load_plant(file).records())
    except SettingsRefused as refused:
        assert refused.mistakes
        assert all(mistake.words and mistake.line is not None for mistake in refused.mistakes)
    else:
        assert json.loads(json.dumps([record.body for record in records])) == [record.body for record in records]


def test_every_key_is_in_the_handbook() -> None:
    handbook = (EXAMPLES.parents[1] / "docs/plant-file.md").read_text(encoding="utf-8")
    models = [model for model in vars(parts).values() if isinstance(model, type) and issubclass(model, Checked) and model is not Checked]
    keys = {field.alias or name for model in (Plant, *models) for name, field in model.model_fields.items()}
    assert len(keys) > 60
    assert {key for key in keys if f"`{key}`" not in handbook} == set()
