"""Which lots may be in what is made: told by when each was at a line position or in a vessel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.genealogy import Grade
from traceability.lines import OVERLAP, AtHand, Emptied, Happened, Loaded, overlap_of, possible_inputs
from traceability.lots import LotKey

T0 = datetime(2026, 11, 21, 8, tzinfo=UTC)
POSITION, TANK = "Filler 1", "Tank 3"


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


def lot(code: str) -> LotKey:
    return LotKey("STARCH", code, "NWS")


def loaded(minutes: float, code: str, place: str = POSITION) -> Loaded:
    return Loaded(place, at(minutes), lot(code), "kg", vessel=place == TANK)


def possible(*happened: Happened, since: float, made: float, named: tuple[str, ...] = ()) -> list[str]:
    found = possible_inputs(AtHand(happened, at(since)), at(made), OVERLAP, {lot(code) for code in named})
    assert all(each.grade is Grade.POSSIBLE and each.quantity == 0 and each.unit == "kg" and each.place is None for each in found)
    return [each.lot for each in found]


def test_what_was_in_the_hopper_when_another_lot_came_may_be_in_what_is_made_then() -> None:
    change = (loaded(0, "OLD"), loaded(60, "NEW"))
    assert possible(*change, since=60, made=70, named=("NEW",)) == ["OLD"]
    assert possible(*change, since=89, made=200, named=("NEW",)) == ["OLD"]  # begun while the rest may still have come
    assert possible(*change, since=90, made=95, named=("NEW",)) == []


def test_a_position_that_was_said_to_be_empty_holds_nothing_back() -> None:
    change = (loaded(0, "OLD"), Emptied(POSITION, at(55)), loaded(60, "NEW"))
    assert possible(*change, since=60, made=70, named=("NEW",)) == []
    assert possible(*change, since=50, made=70, named=("NEW",)) == ["OLD"]  # it was there when this was begun


def test_what_is_loaded_and_was_never_scanned_into_the_order_may_be_in_it() -> None:
    assert possible(loaded(0, "A"), since=0, made=10) == ["A"]
    assert possible(loaded(20, "LATER"), since=0, made=10) == []


def test_more_of_the_same_lot_is_no_change() -> None:
    again = (loaded(0, "A"), loaded(30, "A"), loaded(60, "B"))
    assert possible(*again, since=61, made=70, named=("B",)) == ["A"]
    assert possible(*again, since=91, made=99, named=("B",)) == []


def test_a_lot_that_comes_back_is_there_again() -> None:
    assert possible(loaded(0, "A"), loaded(10, "B"), loaded(100, "A"), since=150, made=160) == ["A"]


def test_one_position_says_nothing_of_another() -> None:
    other = loaded(60, "NEW", "Filler 2")
    assert possible(loaded(0, "OLD"), other, since=200, made=210, named=("NEW",)) == ["OLD"]


def test_a_vessel_keeps_all_that_came_in_until_it_is_cleaned_out() -> None:
    filled = (loaded(0, "A", TANK), loaded(1000, "B", TANK), loaded(90_000, "C", TANK))
    assert possible(*filled, since=100_000, made=100_001, named=("C",)) == ["A", "B"]
    cleaned = (*filled[:2], Emptied(TANK, at(2000)), filled[2])
    assert possible(*cleaned, since=100_000, made=100_001, named=("C",)) == []
    assert possible(*cleaned, since=1500, made=2500) == ["A", "B"]  # begun before it was cleaned


def test_what_comes_out_is_no_input_of_itself() -> None:
    found = possible_inputs(AtHand((loaded(0, "REWORK", TANK),), at(0)), at(9), OVERLAP, (), made=lot("REWORK"))
    assert found == ()


@pytest.mark.parametrize(
    ("policy", "minutes"), [("", 30), ("0", 0), ("90", 90), ("half an hour", 30), ("-5", 30), ("9" * 30, 30)], ids=repr
)
def test_the_plant_says_how_long_the_overlap_is(policy: str, minutes: int) -> None:
    assert overlap_of({"overlap_minutes": policy} if policy else {}) == timedelta(minutes=minutes)


moments = st.integers(0, 300)
happenings = st.lists(
    st.one_of(
        st.builds(loaded, moments, st.sampled_from("ABC"), st.sampled_from((POSITION, TANK))),
        st.builds(lambda place, minutes: Emptied(place, at(minutes)), st.sampled_from((POSITION, TANK)), moments),
    ),
    max_size=12,
).map(lambda found: tuple(sorted(found, key=lambda each: each.at)))


@given(happenings, moments, moments, st.integers(0, 60))
def test_a_longer_overlap_or_an_earlier_beginning_never_loses_a_lot(
    happened: tuple[Happened, ...], since: int, lasted: int, overlap: int
) -> None:
    def lots(begun: int, minutes: int) -> set[str]:
        found = possible_inputs(AtHand(happened, at(begun)), at(since + lasted), timedelta(minutes=minutes), ())
        return {each.lot for each in found}

    assert lots(since, overlap) <= lots(since, overlap + 10)
    assert lots(since, overlap) <= lots(max(0, since - 10), overlap)


@given(happenings, moments)
def test_nothing_from_before_everything_was_emptied_is_left(happened: tuple[Happened, ...], since: int) -> None:
    emptied = (Emptied(POSITION, at(301)), Emptied(TANK, at(301)))
    assert possible_inputs(AtHand((*happened, *emptied), at(302 + since)), at(1000), OVERLAP, ()) == ()
