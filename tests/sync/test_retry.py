"""Delays grow, stay under the cap, and are spread."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from sync.retry import Backoff


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 2000))
def test_a_delay_is_never_above_the_cap(drawn: float, failures: int) -> None:
    backoff = Backoff(lambda: drawn, first=1, cap=60, failures=failures)
    assert 0 <= backoff.delay() <= 60


def test_ceilings_double_until_the_cap_and_begin_again() -> None:
    backoff = Backoff(lambda: 1.0, first=1, cap=10)
    assert [backoff.delay() for _ in range(6)] == [1, 2, 4, 8, 10, 10]
    backoff.reset()
    assert backoff.delay() == 1


def test_two_stations_do_not_come_back_in_step() -> None:
    one, two = (Backoff(random.Random(seed).random) for seed in (1, 2))
    assert [one.delay() for _ in range(5)] != [two.delay() for _ in range(5)]
