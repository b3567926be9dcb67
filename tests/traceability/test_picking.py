"""Which lots an order gets: never more than is free, never more than is wanted, the oldest first; what is undone is as before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from traceability.lots import Lot, LotKey
from traceability.picking import FreeLot, PickLine, PickOrder, SetAside, meant, missing, next_up, proposals, with_fetched

TODAY = date(2026, 11, 21)
UNITS = {"FLOUR": "kg", "SALT": "kg"}


def shelf(lot: str, free: str, days: int | None = 100, place: str = "A1", item: str = "FLOUR") -> FreeLot:
    expires_on = None if days is None else TODAY + timedelta(days)
    return FreeLot(Lot(LotKey(item, lot, "V1"), expires_on), place, Decimal(free))


def order(*lines: tuple[str, str, str], days: int | None = None) -> PickOrder:
    return PickOrder("ship_order", "SO1", tuple(PickLine(line, item, Decimal(wanted)) for line, item, wanted in lines), "", days)


def told(found: tuple[SetAside, ...]) -> list[tuple[str, str, str, str]]:
    return [(each.line, each.lot, each.place, str(each.base_quantity)) for each in found]


def test_the_oldest_goes_first_and_a_line_is_split_over_lots_and_places() -> None:
    shelves = (shelf("OLD", "10"), shelf("OLD", "5", place="B2"), shelf("NEW", "50", 200))
    found = proposals(order(("1", "FLOUR", "18"), ("2", "FLOUR", "4")), shelves, TODAY, UNITS)
    assert told(found) == [("1", "OLD", "A1", "10"), ("1", "OLD", "B2", "5"), ("1", "NEW", "A1", "3"), ("2", "NEW", "A1", "4")]
    assert {each.base_unit for each in found} == {"kg"}


def test_what_does_not_keep_long_enough_for_the_customer_is_passed_over_and_the_rest_is_missing() -> None:
    wanted = order(("1", "FLOUR", "18"), days=30)
    found = proposals(wanted, (shelf("SHORT", "10", 29), shelf("JUST", "10", 30), shelf("GONE", "10", -1)), TODAY, UNITS)
    assert told(found) == [("1", "JUST", "A1", "10")]
    assert missing(wanted, found) == {"1": Decimal(8)}


AMOUNTS = st.decimals("0.5", "40", places=1)
SHELVES = st.lists(
    st.builds(shelf, st.sampled_from("ABC"), AMOUNTS.map(str), st.sampled_from([None, -1, 0, 10, 90]), st.sampled_from(["P", "Q"])),
    max_size=6,
    unique_by=lambda each: (each.lot.key, each.place),
)
LINES = st.lists(st.tuples(st.sampled_from(["FLOUR", "SALT"]), AMOUNTS), max_size=4)


@given(SHELVES, LINES, st.sampled_from([None, 0, 30]))
def test_nobody_is_promised_what_is_not_there_or_not_wanted(
    shelves: list[FreeLot], lines: list[tuple[str, Decimal]], days: int | None
) -> None:
    wanted = order(*((str(number), item, str(amount)) for number, (item, amount) in enumerate(lines)), days=days)
    found = proposals(wanted, shelves, TODAY, UNITS)
    assert all(each.base_quantity > 0 for each in found)
    for each in shelves:
        promised = sum(one.base_quantity for one in found if (one.key, one.place) == (each.lot.key, each.place))
        assert promised <= each.free
        if promised:
            assert each.lot.expires_on is None or each.lot.expires_on >= TODAY + timedelta(days or 0)
    short = missing(wanted, found)
    for line in wanted.lines:
        got = sum((one.base_quantity for one in found if one.line == line.line), Decimal(0))
        assert got + short.get(line.line, Decimal(0)) == line.to_go
        usable = [one for one in shelves if one.lot.key.item == line.item and one.lot.expires_on != TODAY - timedelta(1)]
        usable = [one for one in usable if one.lot.expires_on is None or one.lot.expires_on >= TODAY + timedelta(days or 0)]
        if line.line in short:  # short only where everything that fits is promised
            assert sum(one.base_quantity for one in found if one.item == line.item) == sum(one.free for one in usable)


@given(SHELVES, st.lists(st.tuples(st.integers(0, 5), AMOUNTS), max_size=6))
def test_what_is_taken_back_is_as_before(shelves: list[FreeLot], picks: list[tuple[int, Decimal]]) -> None:
    start = proposals(order(("1", "FLOUR", "100")), shelves, TODAY, UNITS)
    now, taken = start, []
    for number, amount in picks:
        used = start[number % len(start)] if start else None
        now = with_fetched(now, used, amount)
        taken.append((used, amount))
    for used, amount in reversed(taken):
        now = with_fetched(now, used, -amount)
    assert now == start


def test_a_lot_is_meant_where_it_stands_first_and_what_is_fetched_is_not_next() -> None:
    found = proposals(
        order(("1", "FLOUR", "12")), (shelf("OLD", "5"), shelf("OLD", "5", place="B2"), shelf("NEW", "50", 200)), TODAY, UNITS
    )
    key = LotKey("FLOUR", "OLD", "V1")
    at_b2 = meant(found, "1", key, "B2")
    assert at_b2 is not None
    assert at_b2.place == "B2"
    rest = with_fetched(found, next_up(found, "1"), Decimal(5))
    following = next_up(rest, "1")
    assert following is not None
    assert (following.lot, following.place) == ("OLD", "B2")
    loose = meant(rest, "1", key, None)
    assert loose is not None
    assert loose.place == "B2"
    assert meant(found, "1", LotKey("FLOUR", "OTHER", "V1"), "A1") is None
