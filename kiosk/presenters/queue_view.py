"""The send queue: is anything stuck, since when, and what settles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kiosk.presenters.health import Health, age
from kiosk.presenters.language import Language
from kiosk.presenters.paging import turned
from kiosk.presenters.views import (
    QUEUE_ROWS,
    Banner,
    Button,
    ChipTone,
    Fact,
    Look,
    Mark,
    QueueDetail,
    QueueRow,
    QueueView,
    StateTile,
    TopBar,
)
from kiosk.services.ports import QueuedEvent, QueueFigures

ROWS_A_PAGE: Final = QUEUE_ROWS
_MARKS: Final = {"parked": Mark.BAD, "exception": Mark.CHECK, "waiting": Mark.WAITING}
#: The list of what second persons let through, beside those of events.
OVERRIDES: Final = "override"
FILTERS: Final = {"parked": ("parked",), "exception": ("exception",), "waiting": ("waiting",), OVERRIDES: ()}


@dataclass(frozen=True, slots=True)
class Listed:
    """What is in the chosen list: its rows (action and all), and the detail of the one that is selected."""

    rows: tuple[QueueRow, ...]
    detail: QueueDetail | None
    empty: str


@dataclass(frozen=True, slots=True)
class QueueSight:
    """What the supervisor looks at: the filter, the page, the selected event."""

    chosen: str = "all"
    page: int = 0
    selected: str | None = None

    def states(self) -> tuple[str, ...]:
        """The states that are listed."""
        return FILTERS.get(self.chosen, ("parked", "exception", "waiting"))


def queue_view(
    top: TopBar,
    figures: QueueFigures,
    sight: QueueSight,
    health: Health,
    now: datetime,
    listed: Listed,
    language: Language,
    *,
    may_review: bool = False,
) -> QueueView:
    """Return the screen; `listed` is what the sight's filter chose. Who `may_review` sees also what others let through."""
    # What is listed leaves while somebody looks: the last page that there is.
    page = min(sight.page, max(0, len(listed.rows) - 1) // ROWS_A_PAGE)
    of_overrides = sight.chosen == OVERRIDES
    return QueueView(
        top=top,
        states=(*_states(figures, sight, now, language), *(_to_review(figures, sight, now, language) if may_review else ())),
        title=language.say("queue.overrides" if of_overrides else "queue.not_sent" if _unsent(figures) else "queue.all_sent"),
        order=language.say("queue.newest" if of_overrides else "queue.order"),
        rows=listed.rows[page * ROWS_A_PAGE :][:ROWS_A_PAGE],
        back=Button("back", language.say("button.back"), "arrow_back"),
        banner=_banner(health, now, language),
        detail=listed.detail,
        pages=turned(page, -(-len(listed.rows) // ROWS_A_PAGE), language),
        empty=listed.empty if not listed.rows else "",
    )


def _unsent(figures: QueueFigures) -> bool:
    return bool(figures.waiting or figures.parked)


def listed_events(events: tuple[QueuedEvent, ...], sight: QueueSight, now: datetime, may_settle: bool, language: Language) -> Listed:
    """Return the events of a filter, worst first."""
    selected = next((event for event in events if event.id == sight.selected), None)
    rows = tuple(_row(event, event.id == sight.selected, now, language) for event in events)
    return Listed(rows, _detail(selected, may_settle, language) if selected else None, language.say("empty.queue"))


def _to_review(figures: QueueFigures, sight: QueueSight, now: datetime, language: Language) -> tuple[StateTile, ...]:
    count, at = figures.to_review, figures.oldest_override_at
    note = language.say("queue.oldest", age=age(now - at, language)) if at else language.say("queue.none")
    action, chosen = f"filter:{OVERRIDES}", sight.chosen == OVERRIDES
    return (StateTile(action, Mark.CHECK, language.amount(count), language.say("queue.override"), note, chosen, empty=count == 0),)


def _states(figures: QueueFigures, sight: QueueSight, now: datetime, language: Language) -> tuple[StateTile, ...]:
    none = language.say("queue.none")

    def oldest(since: datetime | None) -> str:
        return language.say("queue.oldest", age=age(now - since, language)) if since else none

    synced = figures.last_sync_at
    last = language.say("queue.last_sync", age=age(now - synced, language)) if synced else language.say("queue.never")
    rows = (
        ("parked", Mark.BAD, figures.parked, "queue.parked", oldest(figures.parked_at)),
        ("exception", Mark.CHECK, figures.exceptions, "queue.exception", language.say("queue.at_server")),
        ("waiting", Mark.WAITING, figures.waiting, "queue.waiting", oldest(figures.oldest_at)),
        ("all", Mark.OK, figures.sent_today, "queue.sent", last),
    )
    return tuple(
        StateTile(
            f"filter:{name}",
            mark,
            language.amount(count),
            language.say(words),
            note,
            sight.chosen == name != "all",
            name == "parked" and count > 0,
            count == 0,
        )
        for name, mark, count, words, note in rows
    )


def _row(event: QueuedEvent, selected: bool, now: datetime, language: Language) -> QueueRow:
    lot, quantity = _goods(event, language)
    return QueueRow(
        action=f"select:{event.id}",
        mark=_MARKS.get(event.state, Mark.WAITING),
        kind=_kind(event.kind, language),
        lot=lot,
        quantity=quantity,
        words=event.words or language.say("queue.waits"),
        age=age(now - event.occurred_at, language),
        place=str(event.envelope.get("place", "")),
        selected=selected,
    )


def _kind(kind: str, language: Language) -> str:
    return language.say(f"kind.{kind}") if language.knows(f"kind.{kind}") else kind


def _goods(event: QueuedEvent, language: Language) -> tuple[str, str]:
    data = event.envelope.get("data")
    if not isinstance(data, dict):
        return "", ""
    quantity = f"{language.figure(str(data['base_quantity']))} {data['base_unit']}" if "base_quantity" in data else ""
    return str(data.get("lot") or data.get("document") or data.get("code") or ""), quantity


def _detail(event: QueuedEvent, may_settle: bool, language: Language) -> QueueDetail:
    lot, quantity = _goods(event, language)
    why_not = "" if may_settle else language.say("disabled.supervisor")
    again = Button("try_again", language.say("button.try_again"), "replay", may_settle, why_not, Look.PRIMARY)
    at = event.occurred_at
    return QueueDetail(
        mark=_MARKS.get(event.state, Mark.WAITING),
        title=_kind(event.kind, language),
        lot=lot,
        quantity=quantity,
        words=event.words or language.say("queue.no_answer"),
        facts=(
            Fact(language.say("queue.when"), f"{language.day(at.date())}, {at:%H:%M:%S} UTC"),
            Fact(language.say("queue.event"), event.id, verbatim=True),
            Fact(language.say("queue.number"), language.say("queue.of_journal", sequence=language.amount(event.sequence))),
        ),
        best=again if event.state == "parked" else None,
    )


def _banner(health: Health, now: datetime, language: Language) -> Banner | None:
    if not health.server:
        return Banner(ChipTone.QUIET, "cloud_off", language.say("queue.alone"), language.say("queue.alone_why"))
    if health.online:
        return _refused(health, language)
    title = language.say("queue.offline")
    if health.offline_since:
        title = language.say("queue.offline_for", age=age(now - health.offline_since, language))
    return Banner(ChipTone.WARN, "cloud_off", title, language.say("queue.offline_why"), _try_now(language))


def _try_now(language: Language) -> Button:
    return Button("try_now", language.say("button.try_now"), "sync")


def _refused(health: Health, language: Language) -> Banner | None:
    if not health.offline_words:
        return None
    return Banner(ChipTone.WARN, "cloud_off", language.say("queue.refused"), health.offline_words, _try_now(language))
