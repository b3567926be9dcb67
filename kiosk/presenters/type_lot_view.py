"""Typing what stands on a label that can't be scanned."""

from __future__ import annotations

from typing import Final

from kiosk.presenters.sight import Sight
from kiosk.presenters.views import MOST_MATCHES, Button, Look, Tile, TypeLotView
from traceability.items import Item

_RECENT: Final = 50


def type_lot_view(sight: Sight, item: Item | None, *, asks_expiry: bool = False) -> TypeLotView:
    """What stands on the label? Lots of the item that begin so are offered."""
    language, text = sight.language, sight.text
    recent = sight.book.recent_lot_codes(item.code, _RECENT) if item else ()
    near = [code for code in recent if text and code.upper().startswith(text.upper())][:MOST_MATCHES]
    able = bool(text.strip())
    return TypeLotView(
        top=sight.top,
        title=language.say("title.expiry" if asks_expiry else "title.lot"),
        buffer=text,
        hint=language.say("hint.like_date" if asks_expiry else "hint.as_printed"),
        use=Button("set", language.say("button.use"), "check", able, "" if able else language.say("disabled.use"), Look.PRIMARY),
        back=Button("back", language.say("button.back"), "arrow_back"),
        matches=tuple(Tile(f"lot:{code}", code) for code in near),
        matches_title=language.say("title.matches") if near else "",
        erase=language.say("button.erase"),
    )
