"""Which reasons people choose from, whatever they are asked for."""

from __future__ import annotations

import pytest

from traceability.reasons import OURS, ReasonCode, reasons_for

FOR_SCRAP = ReasonCode("BURNT", "Burnt", ("scrap",))
FOR_ANYTHING = ReasonCode("SEE_NOTE")


@pytest.mark.parametrize("purpose", OURS)
def test_a_plants_own_reasons_come_first_then_those_for_anything_then_ours(purpose: str) -> None:
    theirs = ReasonCode("X", "X", (purpose, "else"))
    assert reasons_for(purpose, (theirs, FOR_ANYTHING)) == (theirs,)
    assert reasons_for(purpose, (ReasonCode("Y", "Y", ("else",)), FOR_ANYTHING)) == (FOR_ANYTHING,)
    assert reasons_for(purpose, ()) == OURS[purpose]


def test_what_nobody_has_reasons_for_is_asked_without_any() -> None:
    assert reasons_for("juggling", (FOR_SCRAP,)) == ()
