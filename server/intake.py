"""Take a batch of events from a station: an answer for each, facts kept with what a person should settle, nothing dropped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from server import dispatch, order_shares
from server.chains import Chain, Standing, keep_chain, open_chain
from server.content import Content, Header, content_of, header_of, is_id
from server.findings import Exceptional, finding
from server.store import tables
from server.store.books import Books
from server.store.sheets import Row
from sync.protocol import Answer, AnswerKind, Finding

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the enrolled station and the row of the journal that it sends."""

    station: str
    station_id: int
    journal: str
    journal_id: int


@dataclass(frozen=True, slots=True)
class Taking:
    """What became of a batch: answers as far as the chain reaches, and words where a gap ended it."""

    answers: tuple[Answer, ...]
    high_water: int
    words: str | None = None


class PostingFailed(Exception):
    """The server failed over one event (`event_id`), by a fault of its own: the transaction can't be kept."""

    def __init__(self, event_id: str) -> None:
        super().__init__(event_id)
        self.event_id = event_id


def take(books: Books, sender: Sender, events: Sequence[JsonObject], now: datetime, failed: str | None = None) -> Taking:
    """Judge each event and keep it, in the caller's transaction; one that `failed` before is parked. PostingFailed."""
    chain = open_chain(books.connection, sender.journal_id)
    _foresee(books, events)
    answers, words = list[Answer](), None
    for envelope in events:
        answer = _taken(books, sender, chain, envelope, now, failed)
        if answer is None:
            words = f"event {chain.high_water + 1} is missing: send from there"
            break
        answers.append(answer)
    keep_chain(books.connection, chain)
    books.keep()
    return Taking(tuple(answers), chain.high_water, words)


def _foresee(books: Books, events: Sequence[JsonObject]) -> None:
    """Read at once what the batch will ask for; what is overlooked here is read one by one."""
    datas = [data for each in events if isinstance(data := each.get("data"), Mapping)]
    ids = [each["id"] for each in events if is_id(each.get("id"))]
    books.envelopes.foresee((each,) for each in ids)
    books.voids.foresee((each,) for each in ids)
    names = [each for each in datas if all(_is_name(each.get(key)) for key in ("item", "lot", "assigned_by"))]
    books.lots.foresee((each["lot"], each["item"], each["assigned_by"]) for each in names)
    lists = [parts for each in names if isinstance(parts := each.get("containers"), list)]
    serials = (part.get("serial") for parts in lists for part in parts if isinstance(part, Mapping))
    books.containers.foresee((serial,) for serial in serials if _is_name(serial))
    books.records.foresee((*(("item", each["item"]) for each in names), *order_shares.foreseen(events)))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 128 and "\0" not in value


def _taken(books: Books, sender: Sender, chain: Chain, envelope: JsonObject, now: datetime, failed: str | None) -> Answer | None:
    """Keep one event; None where events before it are missing."""
    header = header_of(envelope)
    if isinstance(header, str):
        return _stray(books, sender, envelope, f"the event can't be placed: {header}", now)
    if header.journal != sender.journal:
        return _stray(books, sender, envelope, f"the event is of journal {header.journal}, sent as one of {sender.journal}", now)
    row = books.envelopes.find(header.id)
    if row is not None:
        return _seen(books, sender, row, header, envelope, now, failed)
    standing = chain.standing(header)
    if standing is Standing.GAP:
        return None
    if standing is Standing.FORK and _hash_is_taken(books, chain, header):
        return _stray(books, sender, envelope, "another event has this place and this hash: one of them is forged", now)
    row = _kept(books, chain, header, envelope, standing is Standing.FORK, now)
    return _judged(books, sender, row, envelope, failed)


def _seen(books: Books, sender: Sender, row: Row, header: Header, envelope: JsonObject, now: datetime, failed: str | None) -> Answer:
    """Answer for an event that is here: the same answer again; a parked one is judged again."""
    if (row["hash"], row["sequence"]) != (header.hash, header.sequence):
        return _stray(books, sender, envelope, "an event with this id is here already, and says something else", now)
    if row["answer"] != AnswerKind.PARKED:
        return _answer(row, _findings_of(books, row))
    books.envelopes.change(row, body=_text(envelope))
    return _judged(books, sender, row, envelope, failed)


def _judged(books: Books, sender: Sender, row: Row, envelope: JsonObject, failed: str | None) -> Answer:
    content = content_of(envelope, sender.station)
    words = content if isinstance(content, str) else dispatch.fault_of(content.event)
    if row["event_id"] == failed:
        words = words or "a fault of the server kept it from being counted: its log says more; update the server, then try again"
    if words is not None:
        books.envelopes.change(row, answer=AnswerKind.PARKED.value, words=words)
        return _answer(row, ())
    assert isinstance(content, Content)
    try:
        findings = _posted(books, row, content)
    except DBAPIError:
        raise  # the database's fault, not this event's
    except Exception as error:
        raise PostingFailed(row["event_id"]) from error
    for each in findings:
        books.findings.add(envelope_id=row["id"], code=each.code, words=each.words, settled_at=None)
    books.envelopes.change(row, answer=(AnswerKind.EXCEPTION if findings else AnswerKind.ACKNOWLEDGED).value, words=None)
    return _answer(row, findings)


def _posted(books: Books, row: Row, content: Content) -> tuple[Finding, ...]:
    taken = dispatch.kept(row, content)
    findings = dispatch.post(content.event, taken, books)
    if books.voids.find(row["event_id"]) is not None:  # its correction came first
        findings = (*findings, *dispatch.void(content.event, taken, books))
    if row["fork"]:
        words = f"event {row['sequence']} does not follow the event that is here: two copies of one journal were written to"
        findings = (*findings, finding(Exceptional.JOURNAL_FORK, words))
    return findings


def _kept(books: Books, chain: Chain, header: Header, envelope: JsonObject, fork: bool, now: datetime) -> Row:
    chain.advance(header, fork)
    return books.envelopes.add(
        event_id=header.id,
        journal_id=chain.id,
        sequence=header.sequence,
        previous=header.previous,
        hash=header.hash,
        kind=header.kind,
        recorded_at=now,
        answer=AnswerKind.PARKED.value,
        words=None,
        fork=fork,
        body=_text(envelope),
    )


def _stray(books: Books, sender: Sender, envelope: JsonObject, words: str, now: datetime) -> Answer:
    """Keep what has no place in the chain for the person who must look."""
    body = _text(envelope)
    digest = hashlib.sha256(body.encode()).hexdigest()
    if books.strays.find(sender.journal, digest) is None:
        where = {"station_id": sender.station_id, "journal": sender.journal, "digest": digest}
        books.strays.add(**where, received_at=now, words=words, body=body)
    named, sequence = envelope.get("id"), envelope.get("sequence")
    return Answer(
        id=str(named)[:64],
        sequence=sequence if type(sequence) is int and abs(sequence) < 2**53 else 0,
        answer=AnswerKind.PARKED,
        words=words,
    )


def _hash_is_taken(books: Books, chain: Chain, header: Header) -> bool:
    columns = tables.envelopes.c
    here = (columns.journal_id == chain.id) & (columns.sequence == header.sequence) & (columns.hash == header.hash)
    added = any(row["hash"] == header.hash and row["sequence"] == header.sequence for row in books.envelopes.touched())
    return added or books.connection.execute(select(columns.id).where(here)).first() is not None


def _findings_of(books: Books, row: Row) -> tuple[Finding, ...]:
    if row["answer"] != AnswerKind.EXCEPTION:
        return ()
    columns = tables.findings.c
    asked = select(columns.code, columns.words).where(columns.envelope_id == row["id"]).order_by(columns.id)
    kept = [Finding(code=each.code, words=each.words) for each in books.connection.execute(asked)]
    fresh = [each for each in books.findings.touched() if each["envelope_id"] == row["id"]]
    return (*kept, *(Finding(code=each["code"], words=each["words"]) for each in fresh))


def _answer(row: Row, findings: Sequence[Finding]) -> Answer:
    return Answer(
        id=row["event_id"], sequence=row["sequence"], answer=AnswerKind(row["answer"]), exceptions=tuple(findings), words=row["words"]
    )


def _text(envelope: JsonObject) -> str:
    return json.dumps(envelope, ensure_ascii=True, separators=(",", ":"))
