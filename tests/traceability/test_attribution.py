"""Every lot that an order consumed is an input of what comes out; in sum no more is named than was consumed, and in the end all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.attribution import OrderUse, share, went_in, went_into_by_product
from traceability.backflush import Shelf, Stand, taken
from traceability.genealogy import Grade
from traceability.lots import LotKey
from traceability.orders import Component, WorkOrder

ORDER = WorkOrder("WO", "BREAD", Decimal(100), "ea", (Component("FLOUR", Decimal(50)), Component("SALT", Decimal(1))))
AMOUNTS = st.decimals(min_value=0, max_value=1000, places=3)


def use(lot: str, used: str, named: str = "0", item: str = "FLOUR") -> OrderUse:
    return OrderUse(LotKey(item, lot, "V"), "kg", Decimal(used), Decimal(named))


def named(uses: Sequence[OrderUse], produced: str, order: WorkOrder = ORDER) -> list[tuple[str, str, str]]:
    return [(each.lot, format(each.quantity, "f"), each.grade.value) for each in went_in(uses, order, Decimal(produced))]


@pytest.mark.parametrize(
    ("uses", "produced", "expected"),
    [
        ([use("A", "25")], "10", [("A", "5", "scanned")]),
        ([use("A", "25"), use("B", "25")], "60", [("A", "25", "scanned"), ("B", "5", "scanned")]),
        ([use("A", "25", "25"), use("B", "25")], "10", [("A", "0", "possible"), ("B", "5", "scanned")]),
        ([use("A", "25"), use("B", "25")], "10", [("A", "5", "scanned"), ("B", "0", "possible")]),
        ([use("A", "60")], "100", [("A", "60", "scanned")]),  # the order is done: all that is left
        ([use("A", "0")], "10", []),  # all of it came back
        ([use("A", "3", "5")], "10", [("A", "0", "possible")]),  # a remnant came back after it was named
        ([use("P", "2", item="PAPER")], "10", [("P", "2", "scanned")]),  # no recipe says how much
    ],
)
def test_the_recipes_share_first_consumed_first(uses: list[OrderUse], produced: str, expected: list[tuple[str, str, str]]) -> None:
    assert named(uses, produced) == expected


def test_by_products_name_the_same_lots_and_no_quantity() -> None:
    inputs = went_into_by_product([use("A", "25", "25"), use("B", "0")])
    assert [(each.lot, each.quantity, each.grade) for each in inputs] == [("A", 0, Grade.SCANNED)]


@given(
    consumed=st.lists(st.tuples(st.sampled_from(["FLOUR", "SALT", "PAPER"]), AMOUNTS), max_size=6), outputs=st.lists(AMOUNTS, min_size=1)
)
def test_all_is_named_in_the_end_and_never_more_than_was_consumed(consumed: list[tuple[str, Decimal]], outputs: list[Decimal]) -> None:
    uses = [use(f"L{number}", str(amount), item=item) for number, (item, amount) in enumerate(consumed)]
    order, total = ORDER, dict.fromkeys((each.key for each in uses), Decimal(0))
    for produced in (*outputs, order.quantity):
        inputs = went_in([replace(each, named=total[each.key]) for each in uses], order, produced)
        assert {each.lot for each in inputs} == {each.key.code for each in uses if each.used > 0}  # none is ever lost
        for each in inputs:
            total[LotKey(each.item, each.lot, each.assigned_by)] += each.quantity
            assert (each.quantity > 0) == (each.grade is Grade.SCANNED)
        assert all(total[each.key] <= each.used for each in uses)
        order = order.with_made(produced)
    assert total == {each.key: each.used for each in uses}


@given(planned=AMOUNTS, quantity=st.decimals(min_value=1, max_value=1000, places=3), parts=st.lists(AMOUNTS, max_size=5))
def test_shares_are_exact_to_nine_places(planned: Decimal, quantity: Decimal, parts: list[Decimal]) -> None:
    shares = sum((share(planned, quantity, part) for part in parts), Decimal(0))
    whole = share(planned, quantity, sum(parts, Decimal(0)))
    assert abs(shares - whole) <= Decimal("0.000000001") * (len(parts) + 1)


def test_by_the_recipe_the_oldest_comes_first_and_what_is_missing_is_said() -> None:
    stands = tuple(
        Stand(LotKey("FLOUR", lot, "V"), Decimal(amount), "LINE", label) for lot, amount, label in (("A", 3, "C1"), ("B", 4, None))
    )
    inputs, missing = taken([Shelf("FLOUR", "kg", stands)], [], ORDER, Decimal(10))
    assert [(each.lot, each.quantity, each.container, each.place) for each in inputs] == [("A", 3, "C1", "LINE"), ("B", 2, None, "LINE")]
    assert missing is None
    _, missing = taken([Shelf("FLOUR", "kg", stands)], [use("X", "1")], ORDER, Decimal(20))
    assert missing is not None
    assert (missing.wanted, missing.there) == (9, 7)  # ten by the recipe, one of them was scanned
