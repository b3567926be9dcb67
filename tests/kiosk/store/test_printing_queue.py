from __future__ import annotations

from datetime import timedelta

from kiosk.store.opening import StationStore, open_station
from tests.kiosk.store.station_kit import NOW, container, label, receipt, record, undo


def test_labels_wait_in_order_until_they_are_printed(store: StationStore) -> None:
    record(store, receipt(), prints=(label("S-1"), label("S-2"), label("S-3")))
    first, second = store.prints.waiting(2)
    assert [first.order, second.order] == [label("S-1"), label("S-2")]
    store.prints.mark_failed(first.id, "no paper")
    store.prints.mark_printed(second.id, NOW + timedelta(seconds=2))
    assert [(job.order.serial, job.tries, job.last_words) for job in store.prints.waiting(9)] == [("S-1", 1, "no paper"), ("S-3", 0, "")]
    assert store.prints.waiting_count() == 2


def test_labels_outlive_a_restart(store: StationStore) -> None:
    record(store, receipt(), prints=(label("S-1"),))
    folder = store.database.path.parent
    store.close()
    again = open_station(folder, "DOCK-1")
    assert [job.order for job in again.prints.waiting(9)] == [label("S-1")]
    again.close()


def test_a_label_that_was_voided_while_the_printer_had_it_stays_void(store: StationStore) -> None:
    (received,) = record(store, receipt(containers=(container("S-1"),)), prints=(label("S-1"),))
    (job,) = store.prints.waiting(1)
    undo(store, received)
    store.prints.mark_printed(job.id, NOW)
    store.prints.mark_failed(job.id, "no paper")
    assert store.database.connection().exec_driver_sql("SELECT state, tries FROM print_jobs").all() == [("void", 0)]
