"""Printing labels again, on the screens: the last ones to choose from, or one that is scanned."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from kiosk.presenters.sheet import Papers, Sheet
from kiosk.presenters.sight import Sight
from kiosk.presenters.views import Button, DocumentHeader, Outline, OutlineRow, QuantityTile, Tile
from traceability.workflows.reprint import Reprinting
from traceability.workflows.step import PrintedLabel

MOST_LABELS = 20
_ICONS = {"hold_tag": "front_hand", "carton": "package_2", "pallet": "pallet"}


def header(_state: Reprinting, sight: Sight) -> DocumentHeader:
    """Return what is done here."""
    return DocumentHeader(sight.say("work.reprint"), sight.say("hint.last_labels"))


def finish(_state: Reprinting, sight: Sight) -> Button:
    """Return the way out."""
    return Button("home", sight.say("button.home"), "home")


def actions(_state: Reprinting, sight: Sight) -> tuple[Button, ...]:
    """Return the buttons while no reason is asked."""
    return Button("choose_order", sight.say("title.last_labels"), "list"), Button("type_lot", sight.say("button.type_serial"), "keyboard")


def last(_state: Reprinting, sight: Sight) -> QuantityTile:
    """Return the label that came out last."""
    labels = sight.book.last_labels(1)
    return QuantityTile(sight.say("title.last_label"), nothing=_name(labels[0]) if labels else sight.say("empty.labels"))


def outline(_state: Reprinting, sight: Sight) -> Outline:
    """Return the labels printed last."""
    rows = tuple(
        OutlineRow(_name(label), label.order.data.get("description", ""), _amount(label, sight), icon=_icon(label))
        for label in sight.book.last_labels(MOST_LABELS)
    )
    return Outline(sight.say("title.last_labels"), rows, empty=sight.say("empty.labels"))


def papers(sight: Sight) -> Papers:
    """Return the labels printed last, to choose one."""
    tiles = (Tile(f"choose:{label.id}", _name(label), _detail(label, sight), _icon(label)) for label in sight.book.last_labels(MOST_LABELS))
    return Papers(sight.say("title.last_labels"), sight.say("prompt.SCAN_LABEL_reprint"), tuple(tiles), sight.say("empty.labels"))


def _name(label: PrintedLabel) -> str:
    return label.order.data.get("lot") or label.order.serial


def _detail(label: PrintedLabel, sight: Sight) -> str:
    printed = sight.say("document.printed_at", time=f"{label.at.astimezone(ZoneInfo(sight.book.zone())):%H:%M}")
    return "  ·  ".join(filter(None, (label.order.data.get("description"), _amount(label, sight), printed)))


def _amount(label: PrintedLabel, sight: Sight) -> str:
    quantity = label.order.data.get("quantity")
    return f"{sight.language.figure(quantity)} {label.order.data.get('unit', '')}".strip() if quantity else ""


def _icon(label: PrintedLabel) -> str:
    return _ICONS.get(label.order.template, "label")


SHEET = Sheet(icon="print", header=header, finish=finish, actions=actions, last=last, outline=outline, papers=papers)
