"""What was done on a document, what is missing and what is over, before it is left."""

from __future__ import annotations

from typing import Any

from kiosk.presenters.paging import turned
from kiosk.presenters.sheet import Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import SUMMARY_ROWS, Button, Look, SummaryView


def work_summary_view(sheet: Sheet, state: Any, sight: Sight) -> SummaryView:
    """Return the summary of an open document, a page of it."""
    language = sight.language
    rows = (sheet.rows(state, sight) if sheet.rows else None) or ()
    page = max(0, min(sight.page, (len(rows) - 1) // SUMMARY_ROWS))
    counts = sheet.warnings(state) if sheet.warnings else {}
    finish = sheet.finish(state, sight)
    return SummaryView(
        top=sight.top,
        document=sheet.header(state, sight),
        title=language.say(sheet.closing),
        rows=rows[page * SUMMARY_ROWS :][:SUMMARY_ROWS],
        back=Button("back", language.say("button.back"), "arrow_back"),
        finish=Button("finish", finish.words, finish.icon, finish.enabled, finish.why_disabled, Look.PRIMARY),
        warning=", ".join(language.say_of(key, count) for key, count in counts.items() if count),
        pages=turned(page, -(-len(rows) // SUMMARY_ROWS), language),
    )
