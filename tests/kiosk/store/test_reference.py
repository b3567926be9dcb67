from __future__ import annotations

import itertools
import json
from decimal import Decimal
from typing import Any

from kiosk.store.opening import StationStore, import_plant
from kiosk.store.reference import CHUNK, PAUSE_SECONDS, StationReference
from sync.ports import FeedPosition
from sync.protocol import Answer, AnswerKind, Change
from tests.kiosk.store.station_kit import NOW, plant, receipt, record, undo
from traceability.chain import Envelope
from traceability.events import BarcodeLinked, LotHeld
from traceability.lots import Disposition, Lot, LotKey

LOT = LotKey("FLOUR", "L1", "V1")
_cursors = itertools.count(1)


def change(kind: str, key: str, body: dict[str, Any] | None) -> Change:
    return Change(cursor=next(_cursors), kind=kind, key=key, body=body)


def lot_change(on_hand: str | None = None, key: LotKey = LOT, **words: Any) -> Change:
    body: dict[str, Any] = {"item": key.item, "lot": key.code, "assigned_by": key.assigned_by, "disposition": "available", **words}
    if on_hand is not None:
        body["on_hand"] = [{"place": "DOCK", "quantity": on_hand}]
    return change("lot", json.dumps([key.item, key.code, key.assigned_by]), body)


def apply(store: StationStore, *changes: Change) -> None:
    store.reference.apply(changes, changes[-1].cursor, "epoch-1")


def answered(store: StationStore, *envelopes: Envelope, answer: AnswerKind = AnswerKind.ACKNOWLEDGED) -> None:
    answers = [Answer(id=str(each["id"]), sequence=int(str(each["sequence"])), answer=answer) for each in envelopes]
    store.outbox.record_answers(answers, NOW)


def lot(store: StationStore) -> Lot:
    found = store.book.lot(LOT)
    assert found is not None
    return found


def test_the_position_in_the_feed_is_kept(store: StationStore) -> None:
    assert store.reference.cursor() == FeedPosition(None, 0)
    store.reference.apply([change("place", "B2", {"place": "B2"})], 7, "epoch-1")
    assert store.reference.cursor() == FeedPosition("epoch-1", 7)


def test_the_newest_word_wins_and_what_is_gone_is_gone(store: StationStore) -> None:
    apply(
        store,
        change("item", "SALT", {"item": "SALT", "unit": "g"}),
        change("item", "SALT", {"item": "SALT", "unit": "t", "gtin": "04006381333931"}),
    )
    salt = store.book.item("SALT")
    assert salt is not None
    assert salt.unit == "t"
    assert [each.item.code for each in store.book.item_codes("04006381333931", None)] == ["SALT"]
    apply(store, change("item", "SALT", None))
    assert store.book.item("SALT") is None
    assert store.book.item_codes("SALT", None) == ()


def test_a_code_that_the_item_lost_is_forgotten_but_a_linked_one_stays(store: StationStore) -> None:
    record(store, BarcodeLinked("LINKED", "FLOUR", "bag", "V1"))
    apply(store, change("item", "FLOUR", {"item": "FLOUR", "unit": "kg"}))
    assert store.book.item_codes("BAG-1", "V1") == ()
    assert [each.unit for each in store.book.item_codes("LINKED", "V1")] == ["bag"]


def test_a_badge_belongs_to_whoever_was_given_it_last(store: StationStore) -> None:
    apply(store, change("operator", "op-2", {"operator": "op-2", "badge": "B-0001", "name": "Bo", "roles": ["worker"]}))
    bo = store.book.operator_by_badge("B-0001")
    assert bo is not None
    assert bo.id == "op-2"
    apply(store, change("operator", "op-2", None))
    assert store.book.operator_by_badge("B-0001") is None
    assert store.book.has_operators()


def test_the_servers_figure_takes_the_place_of_what_it_has_taken_in(store: StationStore) -> None:
    first, second = record(store, receipt(base="50"), receipt(base="7"))
    answered(store, first)
    # 50 of ours and 100 of another station's; the second receipt is not there yet.
    apply(store, lot_change("150"))
    assert lot(store).on_hand == Decimal(157)
    answered(store, second, answer=AnswerKind.EXCEPTION)
    apply(store, lot_change("157"))
    apply(store, lot_change("157"))
    assert lot(store).on_hand == Decimal(157)


def test_a_parked_receipt_stays_on_top_of_the_servers_figure(store: StationStore) -> None:
    (parked,) = record(store, receipt(base="50"))
    answered(store, parked, answer=AnswerKind.PARKED)
    apply(store, lot_change("100"))
    assert lot(store).on_hand == Decimal(150)


def test_an_undone_receipt_that_the_server_holds_is_taken_off_its_figure(store: StationStore) -> None:
    (received,) = record(store, receipt(base="50"))
    answered(store, received)
    apply(store, lot_change("50"))
    undo(store, received)
    assert lot(store).on_hand == 0


def test_a_record_without_figures_leaves_them(store: StationStore) -> None:
    record(store, receipt(base="50"))
    apply(store, lot_change("5"))
    apply(store, lot_change(disposition="recalled"))
    assert (lot(store).on_hand, lot(store).disposition) == (Decimal(55), Disposition.RECALLED)


def test_our_hold_stands_until_the_server_has_it_and_says_otherwise(store: StationStore) -> None:
    _, held = record(store, receipt(), LotHeld("FLOUR", "L1", "V1", "wet"))
    apply(store, lot_change(disposition="available"))
    assert lot(store).disposition is Disposition.HOLD
    answered(store, held)
    apply(store, lot_change(disposition="hold"))
    assert lot(store).disposition is Disposition.HOLD
    apply(store, lot_change(disposition="available"))
    assert lot(store).disposition is Disposition.AVAILABLE


def test_a_missing_expiry_of_the_server_overwrites_none(store: StationStore) -> None:
    apply(store, lot_change(expires_on="2027-05-01"))
    apply(store, lot_change())
    assert str(lot(store).expires_on) == "2027-05-01"
    (received,) = record(store, receipt(expires_on=None))
    answered(store, received)
    apply(store, lot_change())
    assert str(lot(store).expires_on) == "2027-05-01"


def test_a_lot_that_the_server_forgot_is_what_our_events_say(store: StationStore) -> None:
    apply(store, lot_change("5"), lot_change("5", LotKey("SALT", "X", "V1")))
    record(store, receipt(base="2"))
    apply(store, change("lot", json.dumps(["FLOUR", "L1", "V1"]), None), change("lot", json.dumps(["SALT", "X", "V1"]), None))
    assert lot(store).on_hand == Decimal(2)
    assert store.book.lot(LotKey("SALT", "X", "V1")) is None
    apply(store, change("lot", json.dumps(["SALT", "never", "heard"]), None))


def test_a_long_feed_is_stored_in_short_transactions(store: StationStore) -> None:
    pauses: list[float] = []
    reference = StationReference(store.database, b"key", pause=pauses.append)
    reference.store(lot_change("1", LotKey("FLOUR", f"N{number}", "V1")) for number in range(2 * CHUNK + 1))
    assert pauses == [PAUSE_SECONDS, PAUSE_SECONDS]
    assert store.book.lots_with_code(f"N{2 * CHUNK}")[0].on_hand == 1


def test_a_plant_file_twice_changes_nothing(store: StationStore) -> None:
    record(store, receipt("OLD-1", base="1"))
    before = store.book.lots_with_code("OLD-1")
    folder = store.database.path.parent
    store.close()
    import_plant(folder, plant())
    from kiosk.store.opening import open_station

    again = open_station(folder, "DOCK-1")
    assert again.book.lots_with_code("OLD-1") == before
    assert before[0].on_hand == Decimal("13.5")
    again.close()


def test_a_plant_file_does_not_take_the_servers_figures_back(store: StationStore) -> None:
    old = LotKey("FLOUR", "OLD-1", "V1")
    apply(store, lot_change("99", old))
    folder = store.database.path.parent
    store.close()
    import_plant(folder, plant())
    from kiosk.store.opening import open_station

    again = open_station(folder, "DOCK-1")
    found = again.book.lot(old)
    assert found is not None
    assert found.on_hand == 99
    again.close()


def test_a_barcode_that_another_station_linked_is_known_here_until_it_is_withdrawn(store: StationStore) -> None:
    apply(store, change("item", "SALT", {"item": "SALT", "unit": "kg", "units": {"sack": "25"}}))
    link = {"code": "4006381333931", "item": "SALT", "unit": "sack", "vendor": "V1", "event": "e"}
    apply(store, change("barcode_link", '["4006381333931","V1"]', link))
    meanings = [(each.item.code, each.unit) for each in store.book.item_codes("04006381333931", "V1")]
    assert meanings == [("SALT", "sack")]
    apply(store, change("item", "SALT", {"item": "SALT", "unit": "kg", "units": {"sack": "20"}}))
    assert [each.unit for each in store.book.item_codes("4006381333931", "V1")] == ["sack"], "a new version of the item keeps the link"
    apply(store, change("barcode_link", '["4006381333931","V1"]', None))
    assert store.book.item_codes("4006381333931", "V1") == ()
