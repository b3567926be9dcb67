from __future__ import annotations

import tempfile
from collections import Counter
from datetime import timedelta, timezone
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.store.opening import StationStore, open_station
from kiosk.store.schema import EVENTS
from sync.protocol import Answer, AnswerKind, Finding
from tests.kiosk.store.station_kit import NOW, receipt, record
from traceability.chain import Envelope


def answer(envelope: Envelope, kind: AnswerKind, words: str | None = None, finding: str | None = None) -> Answer:
    exceptions = (Finding(code="LATE", words=finding),) if finding else ()
    return Answer(id=str(envelope["id"]), sequence=int(str(envelope["sequence"])), answer=kind, exceptions=exceptions, words=words)


def five(store: StationStore) -> tuple[Envelope, ...]:
    return record(store, *(receipt(f"L{number}") for number in range(5)))


def test_what_is_unsent_is_what_was_committed_oldest_first(store: StationStore) -> None:
    events = five(store)
    assert store.outbox.unsent(3) == list(events[:3])
    assert store.outbox.unsent(500) == list(events)
    assert (store.outbox.last_sequence(), store.outbox.high_water()) == (5, 0)


def test_answers_take_events_off_the_queue_and_never_out_of_the_journal(store: StationStore) -> None:
    events = five(store)
    answers = [
        answer(events[0], AnswerKind.ACKNOWLEDGED),
        answer(events[1], AnswerKind.EXCEPTION, finding="the lot is recalled"),
        answer(events[2], AnswerKind.PARKED, words="the item is not known"),
    ]
    store.outbox.record_answers(answers, NOW)
    assert store.outbox.unsent(9) == list(events[3:])
    assert store.outbox.high_water() == 3
    assert [(each.state, each.words, each.tries) for each in store.queue.events(("parked", "exception", "waiting"), 9)] == [
        ("parked", "the item is not known", 1),
        ("exception", "the lot is recalled", 1),
        ("waiting", "", 0),
        ("waiting", "", 0),
    ]
    assert all(store.journal.envelope(str(each["id"])) == each for each in events)


def test_a_parked_event_is_sent_again_only_when_someone_says_so(store: StationStore) -> None:
    events = five(store)
    store.outbox.record_answers([answer(each, AnswerKind.PARKED, words="no") for each in events[:2]], NOW)
    store.queue.try_again(str(events[1]["id"]))
    store.queue.try_again("no such event")
    assert store.outbox.unsent(9) == [events[1], *events[2:]]
    store.outbox.record_answers([answer(events[1], AnswerKind.ACKNOWLEDGED)], NOW)
    store.queue.try_again(str(events[1]["id"]))
    assert store.queue.figures(NOW).parked == 1
    assert store.outbox.unsent(9) == list(events[2:])


def test_a_late_answer_does_not_undo_what_was_settled_meanwhile(store: StationStore) -> None:
    events = five(store)
    store.outbox.record_answers([answer(events[0], AnswerKind.ACKNOWLEDGED)], NOW)
    store.outbox.record_answers([answer(events[0], AnswerKind.PARKED, words="late")], NOW)
    assert store.queue.figures(NOW).parked == 0


def test_answers_for_events_of_others_are_no_business_of_ours(store: StationStore) -> None:
    five(store)
    store.outbox.record_answers([Answer(id="another", sequence=1, answer=AnswerKind.ACKNOWLEDGED)], NOW)
    assert store.queue.figures(NOW).waiting == 5


def test_a_restored_server_gets_everything_from_there_again_parked_ones_included(store: StationStore) -> None:
    events = five(store)
    kinds = [AnswerKind.ACKNOWLEDGED, AnswerKind.ACKNOWLEDGED, AnswerKind.PARKED, AnswerKind.EXCEPTION]
    store.outbox.record_answers([answer(each, kind) for each, kind in zip(events, kinds, strict=False)], NOW)
    store.outbox.resend_from(2)
    assert store.outbox.unsent(9) == list(events[1:])
    assert store.outbox.high_water() == 1


STEPS = st.lists(
    st.tuples(st.sampled_from(["commit", "answer", "try again", "resend"]), st.integers(0, 8), st.sampled_from(AnswerKind)), max_size=12
)


@settings(max_examples=20)
@given(STEPS)
def test_what_is_counted_along_the_way_is_what_one_would_count(steps: list[tuple[str, int, AnswerKind]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_station(Path(folder), "DOCK-1")
        events: list[Envelope] = []
        for what, which, kind in steps:
            if what == "commit":
                events += record(store, receipt(f"L{len(events)}"))
            elif what == "answer" and which < len(events):
                store.outbox.record_answers([answer(events[which], kind)], NOW)
            elif what == "try again" and which < len(events):
                store.queue.try_again(str(events[which]["id"]))
            elif what == "resend":
                store.outbox.resend_from(which)
            with store.database.reading() as connection:
                counted = Counter(connection.execute(select(EVENTS.c.state)).scalars())
            assert {state: number for state, number in store.queue.counts().items() if number} == counted
        store.close()


def test_the_figures_of_the_queue(store: StationStore) -> None:
    empty = store.queue.figures(NOW)
    assert (empty.waiting, empty.oldest_at, empty.last_sync_at) == (0, None, None)
    early = record(store, receipt("L0"), at=NOW - timedelta(hours=30))
    events = (*early, *five(store))
    store.outbox.record_answers([answer(events[0], AnswerKind.ACKNOWLEDGED)], NOW - timedelta(hours=11))
    store.outbox.record_answers([answer(events[1], AnswerKind.PARKED)], NOW)
    figures = store.queue.figures(NOW)
    assert (figures.waiting, figures.parked, figures.exceptions) == (4, 1, 0)
    assert (figures.oldest_at, figures.last_sync_at) == (NOW, NOW)
    # 23:00 UTC the day before is still yesterday in London and already today in Berlin.
    assert figures.sent_today == 1
    assert store.queue.figures(NOW.astimezone(timezone(timedelta(hours=1)))).sent_today == 2
