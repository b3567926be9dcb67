"""What was made from a lot on hold is stopped at once, and free when nothing stops it any more: the flags are what a walk would find."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.store.opening import StationStore, open_station
from kiosk.store.rebuild import rebuild
from kiosk.store.schema import EDGES, LOTS, TAINTS, TOLD_ANCESTORS
from sync.protocol import AnswerKind
from tests.kiosk.store.station_kit import receipt, record, undo
from tests.kiosk.store.test_reference import answered, apply, lot_change
from traceability.events import Event, EventCorrected, LotHeld, LotInput, LotProduced, LotReleased, LotTested, Measured
from traceability.genealogy import Edge, Grade, LotId, trace_back
from traceability.lots import Disposition, LotKey
from traceability.standing import PLANT
from traceability.taints import STOPPING

NAMES = "ABCDE"


def key(name: str) -> LotKey:
    return LotKey("FLOUR", name, "V1")


def made(name: str, *sources: str, grade: Grade = Grade.SCANNED) -> LotProduced:
    """A lot that came out of mixing others."""
    return LotProduced(
        item="FLOUR",
        lot=name,
        assigned_by="V1",
        order=None,
        transformation="commingled",
        quantity=Decimal(1),
        unit="kg",
        base_quantity=Decimal(1),
        base_unit="kg",
        conversion=Decimal(1),
        expires_on=None,
        disposition=Disposition.AVAILABLE,
        inputs=tuple(LotInput("FLOUR", each, "V1", Decimal(1), "kg", grade) for each in sources),
        containers=(),
        place="DOCK",
        description="",
    )


def held(name: str) -> LotHeld:
    return LotHeld("FLOUR", name, "V1", "metal")


def qc(name: str, disposition: Disposition | None) -> LotTested:
    found = Measured("moisture", Decimal(15), "%", None, Decimal(14), passed=False)
    return LotTested("FLOUR", name, "V1", (found,), passed=False, disposition=disposition)


def released(store: StationStore, name: str) -> LotReleased:
    holds = tuple(each.id for each in store.book.holds_on(key(name)))
    return LotReleased("FLOUR", name, "V1", holds, Disposition.AVAILABLE)


def flagged(store: StationStore) -> dict[str, str]:
    """Which lot is flagged because of which."""
    found = store.book.ancestors_on_hold([key(each) for each in NAMES])
    return {lot.code: ancestor.key.code for lot, ancestor in found.items()}


def stands(store: StationStore, name: str) -> Disposition:
    lot = store.book.lot(key(name))
    assert lot is not None
    return lot.disposition


class Links:
    """The station's edges and what it was told, as a walk asks for them."""

    def __init__(self, store: StationStore) -> None:
        self._connection = store.database.connection()
        own = self._connection.execute(select(EDGES.c.source, EDGES.c.target).where(EDGES.c.voided == 0))
        told = self._connection.execute(select(TOLD_ANCESTORS.c.ancestor, TOLD_ANCESTORS.c.lot))
        self.links = [tuple(row) for rows in (own, told) for row in rows]

    def edges_into(self, lots: Collection[LotId]) -> Iterator[Edge]:
        return (self._edge(*ends) for ends in self.links if ends[1] in lots)

    def edges_out_of(self, lots: Collection[LotId]) -> Iterator[Edge]:
        return (self._edge(*ends) for ends in self.links if ends[0] in lots)

    @staticmethod
    def _edge(source: LotId, target: LotId) -> Edge:
        return Edge(source, target, Decimal(1), "kg", Grade.SCANNED, "")


def check(store: StationStore) -> None:
    """The flags that are kept are those that a walk finds."""
    connection, links = store.database.connection(), Links(store)
    lots = {row.id: row.disposition for row in connection.execute(select(LOTS.c.id, LOTS.c.disposition))}
    kept = {row.lot: row.ancestor for row in connection.execute(select(TAINTS))}
    for lot in lots:
        stopping = {each for each in trace_back(lot, links).levels if each != lot and lots[each] in STOPPING}
        assert (lot in kept) == bool(stopping)
        assert lot not in kept or kept[lot] in stopping


def test_what_was_made_from_a_held_lot_is_stopped_and_free_after_the_release(store: StationStore) -> None:
    record(store, receipt("A"), receipt("B"), made("C", "A"), made("D", "C", grade=Grade.POSSIBLE))
    assert flagged(store) == {}
    record(store, held("A"))
    assert flagged(store) == {"C": "A", "D": "A"}
    record(store, made("E", "D", "B"))
    assert flagged(store)["E"] == "A"
    record(store, released(store, "A"))
    assert flagged(store) == {}
    assert stands(store, "A") is Disposition.AVAILABLE


def test_a_release_frees_only_what_no_other_held_lot_is_in(store: StationStore) -> None:
    record(store, receipt("A"), receipt("B"), made("C", "A", "B"), made("D", "A"), held("A"), held("B"))
    record(store, released(store, "A"))
    assert flagged(store) == {"C": "B"}
    check(store)


def test_a_lot_is_held_while_any_hold_on_it_stands(store: StationStore) -> None:
    record(store, receipt("A"), made("B", "A"))
    (first,), (second,) = record(store, held("A")), record(store, held("A"))
    record(store, LotReleased("FLOUR", "A", "V1", (str(first["id"]),), Disposition.AVAILABLE))
    assert (stands(store, "A"), flagged(store)) == (Disposition.HOLD, {"B": "A"})
    undo(store, second)
    assert (stands(store, "A"), flagged(store)) == (Disposition.AVAILABLE, {})


def test_an_undone_release_leaves_the_lot_on_hold(store: StationStore) -> None:
    record(store, receipt("A"), made("B", "A"), held("A"))
    (release,) = record(store, released(store, "A"))
    undo(store, release)
    assert (stands(store, "A"), flagged(store)) == (Disposition.HOLD, {"B": "A"})


def test_goods_taken_in_on_hold_are_released_like_others(store: StationStore) -> None:
    record(store, receipt("A", disposition=Disposition.HOLD))
    assert [each.by for each in store.book.holds_on(key("A"))] == [None]
    record(store, released(store, "A"))
    assert stands(store, "A") is Disposition.AVAILABLE


def test_a_failed_test_may_reject_the_lot_and_undo_takes_it_back(store: StationStore) -> None:
    record(store, receipt("A", disposition=Disposition.QUARANTINE), made("B", "A"))
    record(store, qc("A", None))
    assert stands(store, "A") is Disposition.QUARANTINE
    (result,) = record(store, qc("A", Disposition.REJECTED))
    assert (stands(store, "A"), flagged(store)) == (Disposition.REJECTED, {"B": "A"})
    undo(store, result)
    assert (stands(store, "A"), flagged(store)) == (Disposition.QUARANTINE, {})


def test_the_server_tells_of_holds_elsewhere_and_of_what_was_made_there(store: StationStore) -> None:
    ancestor = [["FLOUR", "A", "V1"]]
    hold = {"hold": "0-1", "by": "op-7", "at": "2026-11-21T09:00:00.000000Z", "why": "metal"}
    apply(store, lot_change(key=key("C"), ancestors=ancestor), lot_change(key=key("A"), disposition="hold", base="available", holds=[hold]))
    record(store, made("D", "C"))
    assert flagged(store) == {"C": "A", "D": "A"}
    (in_force,) = store.book.holds_on(key("A"))
    assert (in_force.id, in_force.by, in_force.why) == ("0-1", "op-7", "metal")
    # Released here, before the server knows: free at once; undone: stopped at once.
    (release,) = record(store, released(store, "A"))
    assert flagged(store) == {}
    undo(store, release)
    assert flagged(store) == {"C": "A", "D": "A"}
    apply(store, lot_change(key=key("A")), lot_change(key=key("C")))
    assert flagged(store) == {}


def test_a_release_undone_after_the_server_took_it_holds_the_lot_at_once(store: StationStore) -> None:
    record(store, receipt("A"))
    (hold,) = record(store, held("A"))
    (release,) = record(store, released(store, "A"))
    answered(store, hold, release)
    apply(store, lot_change(key=key("A")))
    assert stands(store, "A") is Disposition.AVAILABLE
    undo(store, release)
    assert stands(store, "A") is Disposition.HOLD


def test_what_the_server_took_in_is_held_as_long_as_the_server_says(store: StationStore) -> None:
    record(store, receipt("A"), made("B", "A"))
    (hold,) = record(store, held("A"))
    answered(store, hold, answer=AnswerKind.ACKNOWLEDGED)
    apply(store, lot_change(key=key("A")))
    assert (stands(store, "A"), flagged(store)) == (Disposition.AVAILABLE, {})  # released at another station


def test_a_hold_of_the_plants_own_data_can_be_released(store: StationStore) -> None:
    apply(store, lot_change(key=key("A"), disposition="hold"))
    assert [each.id for each in store.book.holds_on(key("A"))] == [PLANT]
    record(store, released(store, "A"))
    assert stands(store, "A") is Disposition.AVAILABLE


_LOT = st.sampled_from(NAMES)
_MAKE = st.tuples(st.just("make"), _LOT, st.lists(_LOT, min_size=1, max_size=3, unique=True))
_UNDO = st.tuples(st.just("undo"), st.integers(0, 30))
_DEED = st.one_of(
    _MAKE,
    _MAKE,
    _UNDO,
    _UNDO,
    st.tuples(st.just("hold"), _LOT),
    st.tuples(st.just("release"), _LOT),
    st.tuples(st.just("reject"), _LOT),
    st.tuples(st.just("told"), _LOT, st.lists(_LOT, max_size=2, unique=True)),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(_DEED, max_size=25))
def test_whatever_happens_the_flags_are_those_of_a_walk(known_plant: Path, deeds: Sequence[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_station(Path(shutil.copytree(known_plant, folder, dirs_exist_ok=True)), "S")
        record(store, *(receipt(each) for each in NAMES))
        done: list[Any] = []
        for deed in deeds:
            match deed:
                case ("undo", which):
                    standing = [each for each in done if each is not None]
                    if standing:
                        undone = standing[which % len(standing)]
                        undo(store, undone)
                        done.remove(undone)
                case ("told", lot, ancestors):
                    apply(store, lot_change(key=key(lot), ancestors=[["FLOUR", each, "V1"] for each in ancestors]))
                case _:
                    done += record(store, _event(store, deed))
        check(store)
        before = flagged(store), {each: stands(store, each) for each in NAMES}
        rebuild(store.database)
        check(store)
        assert (flagged(store).keys(), {each: stands(store, each) for each in NAMES}) == (before[0].keys(), before[1])
        store.close()


def _event(store: StationStore, deed: Any) -> Event:
    match deed:
        case ("make", lot, sources):
            return made(lot, *sources)
        case ("hold", lot):
            return held(lot)
        case ("release", lot):
            return released(store, lot)
        case _:
            return qc(deed[1], Disposition.REJECTED)


def test_undo_of_a_production_frees_what_was_never_made(store: StationStore) -> None:
    record(store, receipt("A"), held("A"))
    (production,) = record(store, made("B", "A"))
    record(store, made("C", "B"))
    assert flagged(store) == {"B": "A", "C": "A"}
    record(store, EventCorrected(str(production["id"]), "production", "wrong"))
    assert flagged(store) == {}
