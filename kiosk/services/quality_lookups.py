"""What the book says of a lot for quality's work, and of many lots: of a delivery, of a work order, of a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.services.ports import LotBook
from traceability.hold_scopes import HoldScope
from traceability.workflows.inputs import Circumstances, LotAnswer, LotsAnswer, LotsQuestion
from traceability.workflows.inspecting import TIMES


def with_quality(found: LotAnswer, item: str, book: LotBook) -> LotAnswer:
    """Add the holds that stand on the lot, and the tests of its item."""
    holds = book.holds_on(found.known.key) if found.known else ()
    return replace(found, holds=holds, tests=book.tests(item))


def lots(question: LotsQuestion, now: Circumstances, book: LotBook) -> LotsAnswer:
    """Return the lots that are asked about."""
    match question.basis:
        case "receipt":
            return _in_force(question, LotsAnswer(book.lots_received_on(question.name)), book)
        case "work_order":
            return _in_force(question, LotsAnswer(book.lots_made_by(question.name), book.lots_used_by(question.name)), book)
        case "in_force":
            return LotsAnswer(scopes=book.hold_scopes())
        case "scope":
            return _with(tuple(each for each in book.hold_scopes() if each.id == question.name), LotsAnswer(), book)
        case "time_window":
            window = window_of(question.name, now.at, ZoneInfo(book.zone()))
            return LotsAnswer(book.lots_between(*window), (), *window) if window else LotsAnswer()


def _in_force(question: LotsQuestion, answer: LotsAnswer, book: LotBook) -> LotsAnswer:
    """Add the holds on this very paper."""
    meant = (question.basis, question.name)
    return _with(tuple(each for each in book.hold_scopes() if (each.basis, each.number) == meant), answer, book)


def _with(scopes: tuple[HoldScope, ...], answer: LotsAnswer, book: LotBook) -> LotsAnswer:
    return replace(answer, scopes=scopes, held=book.held_together([each.id for each in scopes])) if scopes else answer


def window_of(name: str, at: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """Return from when to when a named time goes, or one that was typed (0800-1030, of today): UTC. None: it is none."""
    here = at.astimezone(zone)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    match name:
        case "hour":
            since, until = here - timedelta(hours=1), here
        case "shift":
            since, until = here - timedelta(hours=8), here
        case "today":
            since, until = midnight, here
        case "yesterday":
            since, until = midnight - timedelta(days=1), midnight
        case _:
            typed_window = _typed_window(name, midnight)
            if typed_window is None:
                return None
            since, until = typed_window
    return since.astimezone(UTC), until.astimezone(UTC)


def _typed_window(text: str, midnight: datetime) -> tuple[datetime, datetime] | None:
    found = TIMES.fullmatch(text.strip())
    if found is None:
        return None
    first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
    if max(first_hour, last_hour) > 23 or max(first_minute, last_minute) > 59:
        return None
    since = midnight.replace(hour=first_hour, minute=first_minute)
    until = midnight.replace(hour=last_hour, minute=last_minute)
    return (since, until) if since < until else None
