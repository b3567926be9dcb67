"""Where we are in a list that is longer than the screen, and the buttons that turn it."""

from __future__ import annotations

from kiosk.presenters.language import Language
from kiosk.presenters.views import Button, Pages


def turned(page: int, pages: int, language: Language) -> Pages | None:
    """Return what stands under page `page` (from 0) of `pages`; nothing where there is only one."""
    if pages <= 1:
        return None
    return Pages(
        language.say("document.pages", page=language.amount(page + 1), pages=language.amount(pages)),
        Button("page:previous", language.say("button.earlier"), "chevron_left", page > 0),
        Button("page:next", language.say("button.more"), "chevron_right", page + 1 < pages),
    )
