"""Stopped ancestors, worked out for the whole genealogy or for a part of it, are those that a walk finds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from traceability.genealogy import Edge, Grade, LotId, trace_back, trace_forward
from traceability.taints import Link, stopped_ancestors

LOTS = range(5)
LINKS = st.lists(st.tuples(st.sampled_from(LOTS), st.sampled_from(LOTS)), max_size=12)


@dataclass(frozen=True)
class Book:
    links: Collection[Link]

    def edges_into(self, lots: Collection[LotId]) -> Iterator[Edge]:
        return (_edge(each) for each in self.links if each[1] in lots)

    def edges_out_of(self, lots: Collection[LotId]) -> Iterator[Edge]:
        return (_edge(each) for each in self.links if each[0] in lots)


def _edge(link: Link) -> Edge:
    return Edge(*link, Decimal(1), "kg", Grade.POSSIBLE, "")


def walked(links: Collection[Link], stopped: Collection[LotId]) -> dict[LotId, set[LotId]]:
    found = {lot: (trace_back(lot, Book(links)).levels.keys() - {lot}) & set(stopped) for lot in LOTS}
    return {lot: ancestors for lot, ancestors in found.items() if ancestors}


def test_the_nearest_is_named_and_a_way_through_a_stopped_lot_goes_on() -> None:
    links = [(1, 2), (2, 3), (3, 4)]
    assert stopped_ancestors(links, {1, 3}, {}, 1) == {2: (1,), 3: (1,), 4: (3,)}
    assert stopped_ancestors(links, {1, 3}, {}, 5)[4] == (3, 1)


def test_rework_ends_and_no_lot_is_its_own_ancestor() -> None:
    assert stopped_ancestors([(1, 2), (2, 1), (1, 1)], {1}, {}, 1) == {2: (1,)}


def test_a_lot_of_a_cycle_still_meets_the_other_that_is_stopped() -> None:
    # 1 is in a cycle with 2; what stops it beside itself lies farther off.
    links = [(1, 2), (2, 1), (4, 3), (3, 2)]
    assert stopped_ancestors(links, {1, 4}, {}, 1)[1] == (4,)


@settings(max_examples=300)
@given(links=LINKS, stopped=st.sets(st.sampled_from(LOTS)), at_most=st.integers(1, 5))
def test_all_are_those_of_a_walk(links: list[Link], stopped: set[LotId], at_most: int) -> None:
    found, expected = stopped_ancestors(links, stopped, {}, at_most), walked(links, stopped)
    assert found.keys() == expected.keys()
    for lot, ancestors in found.items():
        assert len(set(ancestors)) == len(ancestors) == min(at_most, len(expected[lot]))
        assert set(ancestors) <= expected[lot]


@settings(max_examples=300)
@given(links=LINKS, stopped=st.sets(st.sampled_from(LOTS)), begin=st.sets(st.sampled_from(LOTS)))
def test_a_part_is_worked_out_from_what_is_known_of_the_rest(links: list[Link], stopped: set[LotId], begin: set[LotId]) -> None:
    whole = stopped_ancestors(links, stopped, {}, 1)
    part = {lot for each in begin for lot in trace_forward(each, Book(links)).levels}
    into = [link for link in links if link[1] in part]
    outside = {source: whole[source] for source, _ in into if source not in part and source in whole}
    assert stopped_ancestors(into, stopped, outside, 1).keys() == whole.keys() & part
