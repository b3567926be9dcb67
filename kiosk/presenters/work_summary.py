"""What went into a work order, what is still missing, and what is over, before the order is left."""

from __future__ import annotations

from kiosk.presenters.consume_view import ItemOf, consume_header
from kiosk.presenters.language import Language
from kiosk.presenters.paging import turned
from kiosk.presenters.views import SUMMARY_ROWS, Button, Look, Mark, SummaryRow, SummaryView, TopBar
from traceability.orders import Component
from traceability.workflows.consuming import Consuming


def work_summary_view(top: TopBar, work: Consuming, item_of: ItemOf, page: int, language: Language) -> SummaryView:
    """Return the summary of an open work order."""
    rows = [_row(each, item_of, language) for each in work.order.components]
    page = max(0, min(page, (len(rows) - 1) // SUMMARY_ROWS))
    counts = {"document.items_missing": sum(each.to_go > 0 for each in work.order.components), "document.refused": len(work.refused)}
    return SummaryView(
        top=top,
        document=consume_header(work, item_of, language),
        title=language.say("title.leave"),
        rows=tuple(rows[page * SUMMARY_ROWS :][:SUMMARY_ROWS]),
        back=Button("back", language.say("button.back"), "arrow_back"),
        finish=Button("finish", language.say("button.leave"), "done_all", look=Look.PRIMARY),
        warning=", ".join(language.say_of(key, count) for key, count in counts.items() if count),
        pages=turned(page, -(-len(rows) // SUMMARY_ROWS), language),
    )


def _row(component: Component, item_of: ItemOf, language: Language) -> SummaryRow:
    item = item_of(component.item)
    unit = item.unit if item else ""
    mark, words = Mark.OK, language.say("document.complete")
    if component.to_go > 0:
        mark, words = Mark.CHECK, language.say("document.to_go", quantity=language.amount(component.to_go), unit=unit)
    elif component.used > component.planned:
        mark, words = Mark.CHECK, language.say("document.over", quantity=language.amount(component.used - component.planned), unit=unit)
    name = item.description or component.item if item else component.item
    used = language.say("document.of", received=language.amount(component.used), ordered=language.amount(component.planned), unit=unit)
    return SummaryRow(mark, name, component.item, used.strip(), words.strip())
