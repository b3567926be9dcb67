from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from kiosk.services.ports import RawScan, Work
from kiosk.store.identity import LAST_SERIAL
from kiosk.store.opening import StationStore, open_station
from kiosk.store.postings import NotCorrectable
from kiosk.store.scans import JournalMisused
from kiosk.store.schema import STATION
from tests.kiosk.store.station_kit import NOW, container, label, receipt, record, scan, stamp, undo
from tests.simulators.journals import first_break
from traceability.events import BarcodeLinked, LotHeld, ScanRefused, SignedIn
from traceability.lots import Disposition, LotKey
from traceability.number_blocks import Numbered
from traceability.refusals import Reason
from traceability.workflows.step import Record

LOT = LotKey("FLOUR", "L1", "V1")


def test_events_are_chained_and_carry_their_scans(store: StationStore) -> None:
    kept = scan(b"\x1d10L1\xff")
    store.journal.keep_scan(kept)
    spoken = Record(
        receipt(),
        scans=(kept.id,),
        how="typed",
        documents=(("purchase_order", "PO1"),),
        labels=("S-1",),
        rules=("expiry",),
        read={"lot": "L1"},
    )
    first, second = store.journal.commit(Work(stamp(), (spoken, Record(receipt("L2")))))
    assert first_break([first, second]) is None
    assert first["scans"] == [
        {
            "id": kept.id,
            "bytes": base64.b64encode(b"\x1d10L1\xff").decode(),
            "aim": "]C1",
            "device": "front",
            "at": "2026-11-21T10:00:00.000000Z",
        }
    ]
    assert (first["sequence"], second["sequence"], first["station"], first["journal"]) == (1, 2, "DOCK-1", store.journal.id)
    assert first["documents"] == [{"kind": "purchase_order", "number": "PO1"}]
    assert (first["how"], first["labels"], first["read"]) == ("typed", ["S-1"], {"lot": "L1"})
    assert first["rules"] == {"asked": ["expiry"], "cache_age_seconds": None}
    assert store.journal.envelope(str(first["id"])) == first
    assert store.journal.envelope("another") is None


def test_an_event_takes_the_id_that_the_workflow_gave_it(store: StationStore) -> None:
    chosen = "01a20000-0000-7000-8000-000000000001"
    (envelope,) = store.journal.commit(Work(stamp(), (Record(receipt(), id=chosen),)))
    assert envelope["id"] == chosen


def test_scans_wait_on_disk_until_an_event_names_them(folder: Path, store: StationStore) -> None:
    kept = [scan(b"one"), scan(b"two"), scan(b"three")]
    for each in kept:
        store.journal.keep_scan(each)
    store.journal.commit(Work(stamp(), (Record(ScanRefused("receive", Reason.LOT_EXPIRED, {}), scans=(kept[1].id,)),)))
    store.close()
    again = open_station(folder, "DOCK-1")
    assert again.journal.unnamed_scans() == (kept[0], kept[2])
    again.close()


def test_no_two_events_name_one_scan(store: StationStore) -> None:
    kept = scan()
    store.journal.keep_scan(kept)
    twice = Work(
        stamp(), (Record(receipt("L1"), scans=(kept.id,)), Record(receipt("L2"), scans=(kept.id,))), prints=(label("S-1"),), seat={"a": 1}
    )
    with pytest.raises(JournalMisused, match="is named by an event already"):
        store.journal.commit(twice)
    # Nothing of it stayed: no event, no stock, no label, no seat.
    assert store.outbox.last_sequence() == 0
    assert store.book.lot(LOT) is None
    assert store.prints.waiting_count() == 0
    assert store.journal.seats() == {}
    assert store.journal.unnamed_scans() == (kept,)


def test_a_scan_that_was_never_kept_can_not_be_named(store: StationStore) -> None:
    with pytest.raises(JournalMisused, match="never kept"):
        store.journal.commit(Work(stamp(), (Record(receipt(), scans=("ghost",)),)))


def test_badges_leave_only_a_keyed_hash(folder: Path, store: StationStore) -> None:
    badge = RawScan("01a20000-0000-7000-8000-00000000000b", "front", b"SECRET-BADGE-4711", "]C0", NOW)
    store.journal.keep_scan(badge)
    work = Work(stamp(), (Record(SignedIn(), scans=(badge.id,)),), secret_scans={badge.id: "operator-1"})
    (envelope,) = store.journal.commit(work)
    (named,) = envelope["scans"]
    assert isinstance(named, dict)
    assert named["secret"] is True
    assert len(base64.b64decode(str(named["bytes"]))) == 32
    store.close()
    assert not [each.name for each in folder.iterdir() if b"SECRET-BADGE" in each.read_bytes()]


def test_the_seat_is_kept_and_only_changed_where_there_is_a_new_one(folder: Path, store: StationStore) -> None:
    store.journal.commit(Work(stamp(), seat={"document": "PO1", "lines": ["é", 1, None]}))
    record(store, receipt())
    store.close()
    again = open_station(folder, "DOCK-1")
    assert again.journal.seats() == {"1": {"document": "PO1", "lines": ["é", 1, None]}}
    again.close()


def test_serials_are_used_up_with_the_work(store: StationStore) -> None:
    before = store.journal.serials()
    record(store, receipt(containers=(container("S-1"), container("S-2"))), serials_used=2)
    after = store.journal.serials()
    assert (after.prefix, after.next) == (before.prefix, before.next + 2)


def test_a_new_tag_is_taken_before_serials_grow_too_long(store: StationStore) -> None:
    before = store.journal.serials().prefix
    with store.database.writing() as connection:
        connection.execute(STATION.update().values(next_serial=LAST_SERIAL - 10_000))
    record(store, receipt(), serials_used=1)
    after = store.journal.serials()
    assert after.prefix != before
    assert after.next == 1


def test_own_lot_numbers_are_given_once(store: StationStore) -> None:
    assert store.journal.next_number(Numbered.LOT) is None
    with pytest.raises(JournalMisused, match="none was left"):
        record(store, receipt(), numbers_used=1)
    store.numbers.claim_all()
    record(store, receipt(), numbers_used=2)
    store.numbers.claim_all()
    assert store.journal.next_number(Numbered.LOT) == 3


def test_undoing_a_receipt_takes_back_all_that_it_did(store: StationStore) -> None:
    serials = ("S-1", "S-2")
    (received,) = record(
        store, receipt(containers=tuple(map(container, serials)), sscc="095212345678901236"), prints=tuple(map(label, serials))
    )
    store.prints.mark_printed(store.prints.waiting(1)[0].id, NOW)
    (correction,) = undo(store, received)
    assert store.book.lot(LOT) is None
    assert store.book.recent_lot_codes("FLOUR", 5) == ("OLD-1",)
    assert [store.book.container(each).voided for each in serials] == [True, True]
    assert store.prints.waiting_count() == 0
    order = store.book.purchase_order("PO1")
    assert order is not None
    assert [str(line.received) for line in order.lines] == ["0", "0"]
    assert store.book.sscc_counted_at("095212345678901236") is None
    # The original stays, and both are in the chain.
    assert first_break([received, correction]) is None
    assert store.journal.envelope(str(received["id"])) == received


def test_one_undone_receipt_leaves_the_others(store: StationStore) -> None:
    first, second = record(store, receipt(base="10"), receipt(base="15.5", expires_on=None))
    undo(store, first)
    lot = store.book.lot(LOT)
    assert lot is not None
    assert (str(lot.on_hand), lot.expires_on) == ("15.5", None)
    undo(store, second)
    assert store.book.lot(LOT) is None


def test_what_can_not_be_undone_is_refused(store: StationStore) -> None:
    received, refused = record(store, receipt(), ScanRefused("receive", Reason.LOT_EXPIRED, {}))
    (correction,) = undo(store, received)
    for wrong, why in (
        (received, "undone already"),
        (refused, "no effect to undo"),
        (correction, "no effect to undo"),
        ({"id": "x", "kind": "receipt"}, "no event x"),
    ):
        with pytest.raises(NotCorrectable, match=why):
            undo(store, wrong)
    assert store.outbox.last_sequence() == 3


def test_a_hold_stops_the_lot_until_it_is_undone(store: StationStore) -> None:
    _, held = record(store, receipt(), LotHeld("FLOUR", "L1", "V1", "looks wet"))
    assert _disposition(store) is Disposition.HOLD
    # A further delivery does not release what is held.
    record(store, receipt())
    assert _disposition(store) is Disposition.HOLD
    undo(store, held)
    assert _disposition(store) is Disposition.AVAILABLE


def _disposition(store: StationStore) -> Disposition:
    lot = store.book.lot(LOT)
    assert lot is not None
    return lot.disposition


def test_a_linked_barcode_is_known_at_once_and_can_be_unlinked(store: StationStore) -> None:
    (linked,) = record(store, BarcodeLinked("4006381333931", "SALT", "bag", "V2"))
    for code in ("4006381333931", "04006381333931"):
        assert [(each.item.code, each.unit, each.vendor) for each in store.book.item_codes(code, "V2")] == [("SALT", "bag", "V2")]
    undo(store, linked)
    assert store.book.item_codes("4006381333931", "V2") == ()


def test_a_missing_expiry_never_overwrites_one(store: StationStore) -> None:
    record(store, receipt(), receipt(expires_on=None))
    lot = store.book.lot(LOT)
    assert lot is not None
    assert str(lot.expires_on) == "2027-06-30"


def test_the_journal_is_json_that_anyone_can_read(store: StationStore) -> None:
    (received,) = record(store, receipt())
    assert json.loads(json.dumps(received))["data"]["quantity"] == "50"
