"""What second persons let through, on the supervisor's screen: who for whom, when, why and what; a touch says that it was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kiosk.presenters.health import age
from kiosk.presenters.language import Language
from kiosk.presenters.queue_view import Listed, QueueSight
from kiosk.presenters.views import Button, Fact, Look, Mark, QueueDetail, QueueRow
from kiosk.presenters.words import reason_in_words
from kiosk.services.ports import LotBook, Override
from traceability.operators import Operator
from traceability.reasons import OVERRIDE, reasons_for


def listed_overrides(
    overrides: tuple[Override, ...], sight: QueueSight, now: datetime, reader: Operator, book: LotBook, language: Language
) -> Listed:
    """Return what waits to be looked at, newest first."""
    selected = next((each for each in overrides if each.approval["id"] == sight.selected), None)
    rows = tuple(_row(each, each is selected, now, book, language) for each in overrides)
    return Listed(rows, _detail(selected, reader, book, language) if selected else None, language.say("empty.overrides"))


def _row(each: Override, selected: bool, now: datetime, book: LotBook, language: Language) -> QueueRow:
    data = _data(each)
    return QueueRow(
        action=f"select:{each.approval['id']}",
        mark=Mark.CHECK,
        kind=language.say(f"work.{data['workflow']}"),
        lot=_what(data),
        quantity="",
        words=_reason(data, language),
        age=age(now - datetime.fromisoformat(str(each.approval["occurred_at"])), language),
        place=_name(data["approver"], book),
        selected=selected,
    )


def _detail(each: Override, reader: Operator, book: LotBook, language: Language) -> QueueDetail:
    data, at = _data(each), datetime.fromisoformat(str(each.approval["occurred_at"]))
    took_part = reader.id in (data["approver"], each.approval["operator"])
    why_not = language.say("disabled.took_part") if took_part else ""
    return QueueDetail(
        mark=Mark.CHECK,
        title=language.say(f"work.{data['workflow']}"),
        lot=_what(data),
        quantity="",
        words=_reason(data, language),
        facts=(
            Fact(language.say("queue.approver"), _name(data["approver"], book)),
            Fact(language.say("queue.operator"), _name(str(each.approval["operator"] or ""), book)),
            Fact(language.say("queue.why"), _why(data["code"], book, language)),
            Fact(language.say("queue.when"), f"{language.day(at.date())}, {at:%H:%M:%S} UTC"),
        ),
        best=Button("reviewed", language.say("button.reviewed"), "visibility", not took_part, why_not, Look.PRIMARY),
    )


def _data(each: Override) -> Mapping[str, Any]:
    data = each.approval["data"]
    assert isinstance(data, dict)  # an override's own: it was read before it was sealed
    return data


def _what(data: Mapping[str, Any]) -> str:
    about = data["about"]
    return str(next((about[name] for name in ("lot", "sscc", "order", "text", "what") if about.get(name)), ""))


def _reason(data: Mapping[str, Any], language: Language) -> str:
    return reason_in_words(data["reason"], data["about"], language)


def _why(code: str, book: LotBook, language: Language) -> str:
    """Return the reason that was given: ours by its words in this language, the plant's by its own."""
    if language.knows(f"choice.{code}"):
        return language.say(f"choice.{code}")
    return next((each.said for each in reasons_for(OVERRIDE, book.reasons()) if each.code == code), code)


def _name(person: str, book: LotBook) -> str:
    """Return who it was; the opaque id where the name was erased."""
    known = book.operator(person)
    return known.name or person if known else person
