"""The send queue: is anything stuck, since when, and what settles it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kiosk.presenters.health import Health, age
from kiosk.presenters.views import (
    QUEUE_ROWS,
    Banner,
    Button,
    ChipTone,
    Fact,
    Look,
    Mark,
    Pages,
    QueueDetail,
    QueueRow,
    QueueView,
    StateTile,
    TopBar,
)
from kiosk.services.ports import QueuedEvent, QueueFigures

ROWS_A_PAGE: Final = QUEUE_ROWS
_KINDS: Final = {
    "receipt": "Receive",
    "correction": "Undo",
    "refusal": "Refused",
    "abandonment": "Not counted",
    "sign_in": "Sign in",
    "sign_out": "Sign out",
    "document_opened": "Open",
    "document_finished": "Finish",
    "command": "Card",
    "barcode_linked": "Link",
    "label_reprinted": "Reprint",
    "hold": "Hold",
}
_MARKS: Final = {"parked": Mark.BAD, "exception": Mark.CHECK, "waiting": Mark.WAITING}
FILTERS: Final = {"parked": ("parked",), "exception": ("exception",), "waiting": ("waiting",)}


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
    top: TopBar, figures: QueueFigures, events: tuple[QueuedEvent, ...], sight: QueueSight, health: Health, now: datetime, may_settle: bool
) -> QueueView:
    """Return the screen; `events` are those of the sight's filter, worst first."""
    # Events leave while somebody looks: the last page that there is.
    sight = replace(sight, page=min(sight.page, max(0, len(events) - 1) // ROWS_A_PAGE))
    shown = events[sight.page * ROWS_A_PAGE :][:ROWS_A_PAGE]
    selected = next((event for event in events if event.id == sight.selected), None)
    return QueueView(
        top=top,
        states=_states(figures, sight, now),
        title="Not sent yet" if figures.waiting or figures.parked else "All sent",
        order="Worst first, then oldest",
        rows=tuple(_row(event, event.id == sight.selected, now) for event in shown),
        back=Button("back", "Back", "arrow_back"),
        banner=_banner(health, now),
        detail=_detail(selected, may_settle) if selected else None,
        pages=_pages(sight, len(events)),
        empty="Nothing waits. Everything was sent." if not events else "",
    )


def _states(figures: QueueFigures, sight: QueueSight, now: datetime) -> tuple[StateTile, ...]:
    oldest = f"oldest {age(now - figures.oldest_at)}" if figures.oldest_at else "none"
    last = f"last sync {age(now - figures.last_sync_at)} ago" if figures.last_sync_at else "never synced"
    rows = (
        ("parked", Mark.BAD, figures.parked, "Needs you", oldest if figures.parked else "none"),
        ("exception", Mark.CHECK, figures.exceptions, "To settle", "at the server"),
        ("waiting", Mark.WAITING, figures.waiting, "Waiting", oldest if figures.waiting else "none"),
        ("all", Mark.OK, figures.sent_today, "Sent today", last),
    )
    return tuple(
        StateTile(
            f"filter:{name}",
            mark,
            f"{count:,}".replace(",", "\u2009"),
            words,
            note,
            sight.chosen == name != "all",
            name == "parked" and count > 0,
            count == 0,
        )
        for name, mark, count, words, note in rows
    )


def _row(event: QueuedEvent, selected: bool, now: datetime) -> QueueRow:
    lot, quantity = _goods(event)
    return QueueRow(
        action=f"select:{event.id}",
        mark=_MARKS.get(event.state, Mark.WAITING),
        kind=_KINDS.get(event.kind, event.kind),
        lot=lot,
        quantity=quantity,
        words=event.words or "Waits for the server",
        age=age(now - event.occurred_at),
        place=str(event.envelope.get("place", "")),
        selected=selected,
    )


def _goods(event: QueuedEvent) -> tuple[str, str]:
    data = event.envelope.get("data")
    if not isinstance(data, dict):
        return "", ""
    quantity = f"{data['base_quantity']} {data['base_unit']}" if "base_quantity" in data else ""
    return str(data.get("lot") or data.get("document") or data.get("code") or ""), quantity


def _detail(event: QueuedEvent, may_settle: bool) -> QueueDetail:
    lot, quantity = _goods(event)
    again = Button("try_again", "Try again", "replay", may_settle, "" if may_settle else "Needs a supervisor", Look.PRIMARY)
    return QueueDetail(
        mark=_MARKS.get(event.state, Mark.WAITING),
        title=_KINDS.get(event.kind, event.kind),
        lot=lot,
        quantity=quantity,
        words=event.words or "The server has not answered yet. Nothing is lost.",
        facts=(
            Fact("When", f"{event.occurred_at:%d.%m. %H:%M:%S} UTC"),
            Fact("Event", event.id, verbatim=True),
            Fact("Number", f"{event.sequence} of this station's journal"),
        ),
        best=again if event.state == "parked" else None,
    )


def _banner(health: Health, now: datetime) -> Banner | None:
    if not health.server:
        words = "This station has no server. Everything is kept here."
        return Banner(ChipTone.QUIET, "cloud_off", "Stand-alone", words)
    if health.online:
        return _refused(health)
    since = f" for {age(now - health.offline_since)}" if health.offline_since else ""
    words = "The server does not answer. Scanning goes on; the station keeps trying."
    return Banner(ChipTone.WARN, "cloud_off", f"Offline{since}", words, Button("try_now", "Try now", "sync"))


def _refused(health: Health) -> Banner | None:
    if not health.offline_words:
        return None
    again = Button("try_now", "Try now", "sync")
    return Banner(ChipTone.WARN, "cloud_off", "The server says no", health.offline_words, again)


def _pages(sight: QueueSight, count: int) -> Pages | None:
    pages = -(-count // ROWS_A_PAGE)
    if pages <= 1:
        return None
    return Pages(
        f"{sight.page + 1} of {pages}",
        Button("page:previous", "Earlier", "chevron_left", sight.page > 0),
        Button("page:next", "More", "chevron_right", sight.page + 1 < pages),
    )
