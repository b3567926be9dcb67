"""One piece, container or carton, asked for by its serial: which lot it is of, and where this very one came from and went."""

from __future__ import annotations

from typing import Any

import pytest

from server.reports.named_thing import answered_by_serial
from server.reports.trace import Direction, Question, Unanswerable
from server.store.database import Database
from server.store.tables import named_things
from sync.protocol import RecordIn
from tests.server.test_shipping import C1, SALES, opened, packing, shipment, undo
from tests.server.test_stock_changes import count, event
from tests.simulators.journals import START, StationJournal, receipt

PIECE = {"quantity": "1", "base_quantity": "1", "unit": "kg", "base_unit": "kg", "containers": []}


def asked(database: Database, serial: str, item: str = "", lot: str = "") -> Any:
    with database.reading() as connection:
        answer = answered_by_serial(connection, Question(item, lot, None, Direction.BOTH), serial, START)
    return answer if isinstance(answer, Unanswerable) else answer.model_dump(mode="json")


def happened(answer: Any) -> list[tuple[str, str | None, str | None, bool]]:
    return [(each["kind"], each["place"], each["party"] or each["order"], each["undone"]) for each in answer["named"]["events"]]


def codes(answers: Any) -> list[str]:
    return [each.code for answer in answers for each in answer.exceptions]


@pytest.fixture
def journal(store: Any) -> StationJournal:
    store(*SALES, RecordIn(kind="place", key="RACK", body={"place": "RACK", "kind": "rack"}))
    journal = StationJournal()
    journal.add("receipt", receipt(vendor_serial="P-1", **PIECE))
    journal.add("receipt", receipt(vendor_serial="P-2", **PIECE))
    return journal


def moved(serial: str, **changes: Any) -> dict[str, Any]:
    return event(container=None, to_place="RACK", **PIECE | {"containers": None} | {"serials": [serial]}) | changes


def used(serial: str, **changes: Any) -> dict[str, Any]:
    return event(container=None, order="WO-1", **PIECE | {"serials": [serial]}, **changes)


def without_containers(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "containers"}


def test_a_piece_is_followed_from_its_receipt_into_a_carton_and_to_the_customer(
    database: Database, counter: Any, journal: StationJournal
) -> None:
    journal.add("move", without_containers(moved("P-1")))
    journal.add("carton_opened", opened())
    journal.add("packing", packing(quantity="1", serials=["P-1"]))
    journal.add("carton_closed", {"sscc": C1, "level": "carton"})
    journal.add("shipment", shipment(quantity="1"))
    counter.send(journal)
    answer = asked(database, "P-1")
    assert (answer["lot"]["lot"], answer["named"]["kind"]) == ("L1", "piece")
    assert happened(answer) == [
        ("receipt", "DOCK", "V1", False),
        ("move", "RACK", None, False),
        ("packing", "DOCK", None, False),
        ("shipment", "DOCK", "BAKERY", False),
    ]
    assert [each["sscc"] for each in answer["named"]["events"]] == [None, None, C1, C1]
    # The other piece of the lot went nowhere.
    assert [each[0] for each in happened(asked(database, "P-2"))] == ["receipt"]


def test_what_was_undone_is_shown_as_that(database: Database, counter: Any, journal: StationJournal) -> None:
    gone = journal.add("consumption", without_containers(used("P-1")))
    journal.add("correction", undo(gone))
    journal.add("consumption", without_containers(used("P-1")))
    assert "PIECE_TWICE" not in codes(counter.send(journal).answers)
    assert [each[3] for each in happened(asked(database, "P-1"))] == [False, True, False]


def test_a_piece_that_two_stations_used_is_for_a_person_to_settle(counter: Any, journal: StationJournal) -> None:
    journal.add("consumption", without_containers(used("P-1")))
    counter.send(journal)
    other = StationJournal("S2", seed=2)
    other.add("consumption", without_containers(used("P-1")))
    assert "PIECE_TWICE" in codes(counter.send(other).answers)


def test_what_was_found_where_the_books_did_not_have_it_is_for_a_person_to_settle(counter: Any, journal: StationJournal) -> None:
    journal.add("move", without_containers(moved("P-1", why="FOUND_HERE")))
    journal.add("consumption", without_containers(used("P-2")))
    journal.add("count", count("1", "1", pieces=[{"serial": "P-2", "found": True, "place": ""}]))
    assert codes(counter.send(journal).answers).count("FOUND_ELSEWHERE") == 2


def test_a_container_and_a_delivered_unit_and_our_carton_answer_too(database: Database, counter: Any, journal: StationJournal) -> None:
    label = [{"serial": "C-1", "quantity": "25", "unit": "kg"}]
    journal.add("receipt", receipt(lot="L2", containers=label, sscc="395200010000000018"))
    journal.add("scrap", event(lot="L2", why="DAMAGED"))
    journal.add("carton_opened", opened())
    journal.add("packing", packing(quantity="10", lot="L2", container="C-1"))
    journal.add("packing", packing(quantity="1"))
    counter.send(journal)
    container = asked(database, "C-1")
    assert (container["lot"]["lot"], container["named"]["kind"]) == ("L2", "container")
    assert [each[0] for each in happened(container)] == ["receipt", "scrap", "packing"]
    delivered = asked(database, "395200010000000018")
    assert (delivered["lot"]["lot"], delivered["named"]["kind"]) == ("L2", "delivered")
    several = asked(database, C1)
    assert (several.ambiguous, "lot 'L1' of FLOUR, lot 'L2' of FLOUR" in several.words) == (True, True)
    carton = asked(database, f"00{C1}", lot="L1")
    assert (carton["named"]["kind"], [each[0] for each in happened(carton)]) == ("carton", ["carton_opened", "packing", "packing"])


def test_what_nobody_knows_is_said_in_words(database: Database, counter: Any, journal: StationJournal) -> None:
    counter.send(journal)
    assert asked(database, "P-9").words.startswith("no piece, container, carton or pallet 'P-9' is known here")
    assert "of item 'YEAST'" in asked(database, "P-1", item="YEAST").words


def test_an_older_database_learns_what_its_events_name(counter: Any, journal: StationJournal) -> None:
    journal.add("receipt", receipt(lot="L2", containers=[{"serial": "C-1", "quantity": "25", "unit": "kg"}], sscc="395200010000000018"))
    gone = journal.add("consumption", without_containers(used("P-1")))
    journal.add("correction", undo(gone))
    journal.add("carton_opened", opened())
    journal.add("packing", packing(quantity="1", serials=["P-1"]))
    counter.send(journal)
    everything = f"SELECT * FROM named_things ORDER BY {', '.join(named_things.primary_key.columns.keys())}"
    before = counter.rows(everything)
    counter.take_step_again("0013", "DROP TABLE named_things")
    assert counter.rows(everything) == before
    assert len(before) == 6


def test_what_was_kept_apart_and_taken_all_the_same_is_for_a_person_to_settle(counter: Any, journal: StationJournal) -> None:
    journal.add("consumption", without_containers(used("P-1", accepted_reasons=["NOT_EXPECTED_HERE"], place="RACK")))
    assert "NOT_EXPECTED_HERE" in codes(counter.send(journal).answers)
