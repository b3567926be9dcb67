"""Walks end, reach what is to be reached, and say how surely; balances close only over what is known."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.genealogy import Balance, Edge, Grade, trace_back, trace_forward

GRADES = tuple(Grade)


class Book:
    """Edges in a list; counts the questions."""

    def __init__(self, *edges: tuple[int, int, Grade]) -> None:
        self.edges = [Edge(source, target, Decimal(1), "kg", grade, f"e{n}") for n, (source, target, grade) in enumerate(edges)]
        self.questions = 0

    def edges_into(self, lots: Collection[int]) -> list[Edge]:
        self.questions += 1
        return [edge for edge in self.edges if edge.target in lots]

    def edges_out_of(self, lots: Collection[int]) -> list[Edge]:
        self.questions += 1
        return [edge for edge in self.edges if edge.source in lots]


def test_a_chain_is_walked_both_ways() -> None:
    book = Book((1, 2, Grade.SCANNED), (2, 3, Grade.BACKFLUSHED), (3, 4, Grade.OVERRIDDEN))
    assert trace_forward(1, book).levels == {1: 0, 2: 1, 3: 2, 4: 3}
    assert trace_back(4, book).levels == {4: 0, 3: 1, 2: 2, 1: 3}
    assert trace_back(4, book).sure == {1, 2, 3, 4}
    assert trace_back(1, book).edges == ()


def test_rework_makes_a_cycle_and_ends() -> None:
    book = Book((1, 2, Grade.SCANNED), (2, 1, Grade.SCANNED), (2, 2, Grade.SCANNED))
    walk = trace_forward(1, book)
    assert walk.levels == {1: 0, 2: 1}
    assert len(walk.edges) == 3


def test_possible_is_not_sure_unless_another_way_is() -> None:
    book = Book((1, 2, Grade.POSSIBLE), (2, 5, Grade.SCANNED), (1, 3, Grade.SCANNED), (3, 4, Grade.SCANNED), (4, 2, Grade.SCANNED))
    assert trace_forward(1, book).sure == {1, 2, 3, 4, 5}
    assert trace_forward(1, Book((1, 2, Grade.POSSIBLE), (2, 5, Grade.SCANNED))).sure == {1}


def test_one_question_a_level() -> None:
    book = Book(*((1, target, Grade.SCANNED) for target in range(2, 500)))
    trace_forward(1, book)
    assert book.questions == 2


EDGES = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from(GRADES)), max_size=25)


def _closure(start: int, edges: list[tuple[int, int, Grade]], grades: tuple[Grade, ...]) -> set[int]:
    reached = {start}
    for _ in range(10):
        reached |= {target for source, target, grade in edges if source in reached and grade in grades}
    return reached


@given(EDGES)
def test_walks_reach_the_closure(edges: list[tuple[int, int, Grade]]) -> None:
    walk = trace_forward(0, Book(*edges))
    assert walk.levels.keys() == _closure(0, edges, GRADES)
    assert walk.sure == _closure(0, edges, tuple(grade for grade in GRADES if grade is not Grade.POSSIBLE))
    assert {edge.event for edge in walk.edges} == {f"e{n}" for n, edge in enumerate(edges) if edge[0] in walk.levels}
    assert len(walk.edges) == len({edge.event for edge in walk.edges})


@given(EDGES)
def test_back_is_forward_against_the_arrows(edges: list[tuple[int, int, Grade]]) -> None:
    turned = [(target, source, grade) for source, target, grade in edges]
    back, forward = trace_back(0, Book(*edges)), trace_forward(0, Book(*turned))
    assert (back.levels, back.sure) == (forward.levels, forward.sure)


@pytest.mark.parametrize(
    ("balance", "unaccounted", "percent"),
    [
        (Balance(Decimal(100), on_hand=Decimal(60), consumed=Decimal(30), sampled=Decimal(10)), "0", "100.00"),
        (Balance(Decimal(3), on_hand=Decimal(2)), "1", "66.67"),
        (Balance(Decimal(10), shipped=Decimal(11)), "-1", "110.00"),
        (Balance(Decimal(0)), "0", None),
    ],
)
def test_a_balance_says_what_is_missing(balance: Balance, unaccounted: str, percent: str | None) -> None:
    assert balance.unaccounted == Decimal(unaccounted)
    assert (None if balance.percent is None else str(balance.percent)) == percent
