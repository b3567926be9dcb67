"""The receive screen: what was decided last, what is missing, what came in so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from kiosk.presenters.health import Health
from kiosk.presenters.views import (
    Button,
    DocumentHeader,
    Hero,
    Keypad,
    LabelPart,
    Look,
    QuantityTile,
    ReadyHero,
    ReceiveView,
    ScanList,
    Tone,
    TopBar,
    VerdictHero,
)
from kiosk.presenters.words import around_mark, day_in_words, first_clause, shortened, words_of
from traceability.items import Item
from traceability.orders import OrderLine, PurchaseOrder
from traceability.refusals import Reason, Verdict
from traceability.units import plain
from traceability.workflows.receiving import Draft, Question, Receiving
from traceability.workflows.step import Ask, Said

TONES: Final = {
    Verdict.ACCEPTED: Tone.OK,
    Verdict.CHECK: Tone.CHECK,
    Verdict.HOLD: Tone.HOLD,
    Verdict.REJECTED: Tone.BAD,
    Verdict.STOP: Tone.BAD,
    Verdict.DUPLICATE: Tone.DUPLICATE,
}
_NEXT_ICONS: Final = {
    Verdict.CHECK: "dialpad",
    Verdict.REJECTED: "front_hand",
    Verdict.HOLD: "label",
}
_PROMPTS: Final = {
    Ask.SCAN_LABEL: "Scan a lot",
    Ask.SCAN_ITEM: "Scan the item",
    Ask.SCAN_LOT: "Scan the lot",
    Ask.SCAN_EXPIRY: "Scan the expiry",
}


@dataclass(frozen=True, slots=True)
class Typing:
    """What has been typed on the keypad, in which unit."""

    buffer: str = ""
    unit: str | None = None  # None: the item's base unit


def receive_view(
    top: TopBar,
    state: Receiving,
    said: Said | None,
    number: int,
    typing: Typing,
    scans: ScanList,
    health: Health,
    item_of: Callable[[str], Item | None],
) -> ReceiveView:
    """Return the screen of an open delivery. `number` counts verdicts, so that a new one is seen."""
    return ReceiveView(
        top=top,
        document=document_header(state),
        hero=hero(state, said, number, health, item_of),
        side=_side(state, typing),
        scans=scans,
        actions=_actions(state),
        finish=Button("finish", "Finish delivery", "done_all", look=Look.PRIMARY if _complete(state) else Look.PLAIN),
    )


def empty_view(top: TopBar, said: Said | None, number: int, scans: ScanList) -> ReceiveView:
    """Return the screen while no delivery is open."""
    ready: Hero = ReadyHero("Scan the PO", hint="Or choose it from the list", hint_icon="list")
    return ReceiveView(
        top=top,
        document=DocumentHeader("No open delivery", "Scan the PO on the papers"),
        hero=verdict_hero(said, number) or ready,
        side=QuantityTile("Quantity of last lot", nothing="Nothing was counted"),
        scans=scans,
        actions=(
            Button("choose_order", "Choose order", "list"),
            Button("blind", "No order", "help"),
        ),
        finish=Button("finish", "Finish delivery", "done_all", enabled=False, why_disabled="No delivery is open"),
    )


def document_header(state: Receiving) -> DocumentHeader:
    """Return what is open, and how far it is."""
    order = state.order
    done = sum(line.to_go == 0 for line in order.lines)
    lots = len({taken.receipt.lot for taken in state.taken})
    return DocumentHeader(
        number=f"PO {order.number}" if order.number else "Without an order",
        note=order.vendor_name or order.vendor,
        progress=f"{done} of {len(order.lines)} lines done" if order.lines else "",
        count=f"{lots} lot{'' if lots == 1 else 's'}",
        segments=tuple(_share(line) for line in order.lines),
    )


def _share(line: OrderLine) -> float:
    return float(min(line.received / line.ordered, Decimal(1))) if line.ordered else 1.0


def _complete(state: Receiving) -> bool:
    return bool(state.order.lines) and all(line.to_go == 0 for line in state.order.lines)


def hero(state: Receiving, said: Said | None, number: int, health: Health, item_of: Callable[[str], Item | None]) -> Hero:
    """Return the verdict area: the last verdict until the next scan, else what is wanted now."""
    draft = state.active()
    verdict = verdict_hero(said, number, _parts(draft) if state.question else (), _tally(said, health))
    return verdict or _ready(state, draft, said, health, item_of)


def verdict_hero(said: Said | None, number: int, parts: tuple[LabelPart, ...] = (), tally: str = "") -> VerdictHero | None:
    """Return what was decided, or None where nothing was."""
    if said is None or said.verdict not in TONES or said.verdict is None:
        return None
    words, about = words_of(said), said.about
    accepted = said.verdict is Verdict.ACCEPTED
    quarantine = accepted and about.get("disposition") == "quarantine"
    expires = f"expires {_day(about['expires_on'])}" if "expires_on" in about and said.verdict is not Verdict.REJECTED else ""
    return VerdictHero(
        tone=TONES[said.verdict],
        word=words.what,
        number=number,
        reason="" if accepted else words.why,
        quantity=words.why if accepted else "",
        lot=around_mark(about["marked"]) if about.get("marked") else shortened(about.get("lot") or about.get("text", "")),
        detail="  ·  ".join(filter(None, (about.get("description", ""), expires))),
        next_step="Take it to QC" if quarantine else words.next,
        next_icon="science" if quarantine else _NEXT_ICONS.get(said.verdict, "barcode_scanner"),
        tally=tally,
        parts=parts,
        strip=Tone.CHECK if quarantine else None,
    )


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text))


def _tally(said: Said | None, health: Health) -> str:
    if said is None:
        return ""
    if said.verdict is Verdict.ACCEPTED and health.server and not health.online:
        return f"Saved here, {health.to_send} to send"
    about = said.about
    return f"{about['received']} of {about['ordered']} {about['unit']}" if "received" in about else ""


def _ready(state: Receiving, draft: Draft | None, said: Said | None, health: Health, item_of: Callable[[str], Item | None]) -> ReadyHero:
    asked = said.ask if said is not None else None
    ask = asked if asked in _PROMPTS and asked is not None else Ask.SCAN_LABEL
    if health.no_scanner:
        return ReadyHero("No scanner found", hint="Plug it in, or press “Type lot”", hint_icon="keyboard", parts=_parts(draft))
    line = _line_of(state.order, draft)
    item = (draft.item if draft else None) or (item_of(line.item) if line else None)
    prompt = _PROMPTS[ask]
    if line is None:
        return ReadyHero(prompt, item.description if item else "", parts=_parts(draft), hint=_hint(draft))
    return ReadyHero(
        prompt=prompt,
        item=item.description if item else line.item,
        line=f"Item {line.item}  ·  line {line.line} of {len(state.order.lines)}",
        received=f"{plain(line.received)} of {plain(line.ordered)} {item.unit if item else ''} received".replace("  ", " "),
        to_go=f"{plain(line.to_go)} {item.unit if item else ''} to go".replace("  ", " "),
        fraction=_share(line),
        parts=_parts(draft),
        hint=_hint(draft),
    )


def _hint(draft: Draft | None) -> str:
    return "Scan the other barcode of this label" if draft else "Label damaged? Press “Type lot”"


def _line_of(order: PurchaseOrder, draft: Draft | None) -> OrderLine | None:
    if draft is not None and draft.item is not None:
        return next(iter(order.lines_of(draft.item.code)), None)
    return next((line for line in order.lines if line.to_go > 0), None)


def _parts(draft: Draft | None) -> tuple[LabelPart, ...]:
    if draft is None:
        return ()
    facts, item = draft.parts.facts, draft.item
    expiry = facts.expires_on or facts.best_before
    wanted = [
        LabelPart("Item", item.code if item else None),
        LabelPart("Lot", shortened(facts.lot) if facts.lot else "New number" if draft.own_lot else None),
    ]
    if expiry or (item and item.expiry_required):
        wanted.append(LabelPart("Expiry", day_in_words(expiry) if expiry else None))
    wanted.append(LabelPart("Quantity", _quantity(draft)))
    return tuple(wanted)


def _quantity(draft: Draft) -> str | None:
    if draft.given is not None:
        return str(draft.given)
    facts = draft.parts.facts
    if facts.quantity is not None:
        return f"{plain(facts.quantity)} {facts.unit or ''}".strip()
    if facts.count is not None:
        return f"{facts.count} {draft.code.unit if draft.code and draft.code.unit else ''}".strip()
    return f"1 {draft.code.unit}" if draft.code and draft.code.unit else None


def _side(state: Receiving, typing: Typing) -> QuantityTile | Keypad:
    asked = state.question
    if asked is not None and asked.ask is Ask.QUANTITY and asked.draft is not None and asked.draft.item is not None:
        return _keypad(state, asked, asked.draft.item, typing)
    if not state.taken:
        return QuantityTile("Quantity of last lot", nothing="Nothing was counted")
    last = state.taken[-1]
    source = "Typed" if last.draft.given is not None else "From label"
    amount = last.receipt.base_quantity
    action = "change_quantity" if asked is None else ""
    return QuantityTile("Quantity of last lot", plain(amount), last.receipt.base_unit, source, "Change" if action else "", action=action)


def _keypad(state: Receiving, asked: Question, item: Item, typing: Typing) -> Keypad:
    unit = typing.unit or item.unit
    packs = tuple(Button(f"pack:{name}", f"1 {name} {plain(size)} {item.unit}", "package_2") for name, size in list(item.packs.items())[:3])
    line = _line_of(state.order, state.active())
    return Keypad(
        title="Quantity",
        buffer=typing.buffer,
        unit=unit,
        set_button=Button("set", "Set", "check", look=Look.PRIMARY),
        cancel_button=Button("cancel", "Cancel"),
        to_go=f"{plain(line.to_go)} {item.unit} to go" if line else "",
        problem=first_clause(asked.about.get("message", "")) if asked.reason is Reason.QUANTITY_INVALID and not typing.buffer else "",
        packs=packs,
        unit_button=Button("unit", f"Count {unit}", "sync") if item.packs else None,
    )


def _actions(state: Receiving) -> tuple[Button, ...]:
    asked = state.question
    if asked is not None and asked.ask is Ask.DECIDE:
        icons = {"confirm": "check", "hold": "front_hand", "cancel": "close", "new": "check"}
        return tuple(
            Button(
                choice.id if choice.id in ("confirm", "hold", "cancel") else f"choose:{choice.id}",
                choice.words,
                icons.get(choice.id, "check"),
                look=Look.PLAIN,
            )
            for choice in asked.choices
        )[:4]
    last = state.taken[-1].receipt if state.taken else None
    undo = f"Undo {plain(last.base_quantity)} {last.base_unit}" if last else "Undo last"
    if state.drafts or asked:
        undo = "Undo this label"
    nothing = "" if last or state.drafts or asked else "Nothing to undo"
    return (
        Button("undo", undo, "undo", not nothing, nothing),
        _hold_or_link(state),
        _reprint_or_no_lot(state),
        Button("type_lot", "Type lot", "keyboard"),
    )


def _hold_or_link(state: Receiving) -> Button:
    refused = state.refused[-1] if state.refused else None
    if refused is not None and refused.reason is Reason.ITEM_UNKNOWN:
        return Button("link", "Link to item", "add_link")
    able = bool(state.taken or refused)
    return Button("hold", "Hold lot", "front_hand", able, "" if able else "No lot yet")


def _reprint_or_no_lot(state: Receiving) -> Button:
    draft = state.active()
    if draft is not None and draft.item is not None and draft.parts.facts.lot is None and not draft.own_lot:
        return Button("no_lot", "No lot on it", "label_off")
    able = bool(state.taken and state.taken[-1].prints)
    return Button("reprint", "Reprint label", "print", able, "" if able else "No label yet")
