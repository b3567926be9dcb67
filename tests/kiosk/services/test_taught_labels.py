"""A vendor's own label at the dock: unknown until somebody teaches it, then read like any other."""

from __future__ import annotations

from config import label_rules
from sync.protocol import Change
from tests.kiosk.floor import OTHER_ORDER, STARCH, Floor
from tests.simulators.vendor_labels import marked, taught
from traceability.barcodes.vendor import Rule
from traceability.refusals import Reason, Verdict

LABEL = "ST/STARCH/2803/CH 0815/4"
RULE = taught("NWS", marked("ST/{item STARCH}/{expiry 2711}/CH {lot 0814}/{quantity 2}", expiry="2027-11-30", quantity="2 bag"))


def teach(floor: Floor, rule: Rule, label: str = "", cursor: int = 1) -> None:
    key = label_rules.key_of(rule.vendor, label)
    change = Change(cursor=cursor, kind=label_rules.KIND, key=key, body=label_rules.body_of(rule))
    floor.wired.store.reference.apply([change], cursor, "epoch-1")


def test_a_taught_label_is_received_like_any_other(floor: Floor) -> None:
    floor.sign_in_and_open()
    assert floor.scan(LABEL).said.reason is Reason.ITEM_UNKNOWN
    teach(floor, RULE)
    assert floor.scan("]C0" + LABEL).said.verdict is Verdict.ACCEPTED
    (receipt,) = floor.events("receipt")
    told = {name: receipt["data"][name] for name in ("item", "lot", "expires_on", "quantity", "unit", "base_quantity")}
    assert told == {
        "item": "STARCH",
        "lot": "0815",
        "expires_on": "2028-03-31",
        "quantity": "4",
        "unit": "bag",
        "base_quantity": "100",
    }


def test_another_vendors_delivery_knows_nothing_of_it(floor: Floor) -> None:
    teach(floor, RULE)
    floor.sign_in_and_open()
    floor.press("back")
    floor.scan(OTHER_ORDER)
    assert floor.scan(LABEL).said.reason is Reason.ITEM_UNKNOWN


def test_a_standard_barcode_is_read_by_its_standard(floor: Floor) -> None:
    """A rule that would fit a GS1 text never comes between."""
    teach(floor, taught("NWS", marked("{lot 0109520123000011}")))
    floor.sign_in_and_open()
    asked = floor.scan(STARCH)
    assert asked.said.reason is not Reason.AMBIGUOUS
    assert "0109520123000011" not in str(asked.said.about)


def test_a_taught_label_that_names_no_item_completes_one_that_does(floor: Floor) -> None:
    teach(floor, taught("NWS", marked("CH {lot 0814};{expiry 30.11.2027};{quantity 2} BAG", quantity="2 bag")))
    floor.sign_in_and_open()
    floor.scan("CH 0815;31.03.2028;4 BAG")
    assert floor.scan(STARCH).said.verdict is Verdict.ACCEPTED
    (receipt,) = floor.events("receipt")
    assert (receipt["data"]["lot"], receipt["data"]["base_quantity"]) == ("0815", "100")


def test_what_two_rules_read_differently_is_asked_about(floor: Floor) -> None:
    teach(floor, taught("NWS", marked("{item STARCH}#{lot 0814}")), "drum", 1)
    teach(floor, taught("NWS", marked("{lot 0814}#{serial STARCH}")), "sack", 2)
    floor.sign_in_and_open()
    assert floor.scan("7#STARCH").said.reason is Reason.AMBIGUOUS
    # Where the code of only one of them is known, that one is meant.
    assert floor.scan("STARCH#7").said.reason is not Reason.AMBIGUOUS


def test_what_two_rules_read_alike_is_read(floor: Floor) -> None:
    teach(floor, RULE, "drum", 1)
    teach(floor, RULE, "sack", 2)
    floor.sign_in_and_open()
    assert floor.scan(LABEL).said.verdict is Verdict.ACCEPTED
