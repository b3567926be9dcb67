"""The screens around the work: sign in, home, type a lot, summary, stop, fault."""

from __future__ import annotations

from typing import Final

from kiosk.presenters.receive_view import document_header, verdict_hero
from kiosk.presenters.views import (
    MOST_MATCHES,
    SUMMARY_ROWS,
    Button,
    FaultView,
    HomeView,
    Look,
    Mark,
    Pages,
    ReadyHero,
    SignInView,
    StopView,
    SummaryRow,
    SummaryView,
    Tile,
    TopBar,
    TypeLotView,
)
from kiosk.presenters.words import words_of
from kiosk.services.ports import LotBook, QueueFigures
from traceability.orders import OrderLine
from traceability.refusals import Verdict
from traceability.units import plain
from traceability.workflows.receiving import Receiving
from traceability.workflows.seat import Latched, Seat
from traceability.workflows.step import Ask, Said

ROWS_A_PAGE: Final = SUMMARY_ROWS
_BACK: Final = Button("back", "Back", "arrow_back")
_TILES: Final = {"receive": ("Receive", "move_to_inbox")}


def sign_in_view(top: TopBar, said: Said | None, number: int, seat: Seat) -> SignInView:
    """Who is there?"""
    refused = said is not None and said.verdict is Verdict.REJECTED
    ready = ReadyHero("Scan your badge", f"{top.place} is ready", hint="No badge? Ask your supervisor", icon="badge")
    resume = ""
    if isinstance(seat.work, Receiving):
        name = f"PO {seat.work.order.number}" if seat.work.order.number else "A delivery without an order"
        resume = f"{name} is still open: whoever signs in goes on with it"
    return SignInView(top, (verdict_hero(said, number) if refused else None) or ready, resume=resume)


def home_view(top: TopBar, modes: tuple[str, ...], figures: QueueFigures) -> HomeView:
    """What work?"""
    tiles = [Tile(f"mode:{mode}", *_named(mode)) for mode in modes]
    waiting = figures.waiting + figures.parked
    tiles.append(Tile("queue", "Send queue", f"{waiting} waiting", "cloud_upload", str(waiting) if waiting else ""))
    return HomeView(
        top, "What are you going to do?", "Or scan the paper: a PO opens receiving", tuple(tiles), Button("sign_out", "Sign out", "logout")
    )


def _named(mode: str) -> tuple[str, str, str]:
    words, icon = _TILES[mode]
    return words, "", icon


def type_lot_view(top: TopBar, text: str, work: Receiving, book: LotBook) -> TypeLotView:
    """What stands on the label that can't be scanned?"""
    draft = work.active()
    recent = book.recent_lot_codes(draft.item.code, 50) if draft and draft.item else ()
    near = [code for code in recent if text and code.upper().startswith(text.upper())][:MOST_MATCHES]
    asks_expiry = work.question is not None and work.question.ask is Ask.SCAN_EXPIRY
    return TypeLotView(
        top=top,
        title="Expiry date" if asks_expiry else "Lot number",
        buffer=text,
        hint="Like 2027-11-30" if asks_expiry else "Exactly as it is printed",
        use=Button("set", "Use this", "check", bool(text.strip()), "" if text.strip() else "Nothing typed yet", Look.PRIMARY),
        back=_BACK,
        matches=tuple(Tile(f"lot:{code}", code) for code in near),
        matches_title="Lots that came before" if near else "",
    )


def summary_view(top: TopBar, work: Receiving, book: LotBook, page: int) -> SummaryView:
    """What came, what is short, over or held, before the delivery is closed."""
    rows = [_summary(line, work, book) for line in work.order.lines] or [_blind(work)]
    page = min(page, (len(rows) - 1) // ROWS_A_PAGE)
    short = sum(line.to_go > 0 for line in work.order.lines)
    refused = len(work.refused)
    said = [f"{short} line{'s' if short > 1 else ''} short"] if short else []
    said += [f"{refused} scan{'s' if refused > 1 else ''} refused"] if refused else []
    return SummaryView(
        top=top,
        document=document_header(work),
        title="Before you finish",
        rows=tuple(rows[page * ROWS_A_PAGE :][:ROWS_A_PAGE]),
        back=_BACK,
        finish=Button("finish", "Finish delivery", "done_all", look=Look.PRIMARY),
        warning=", ".join(said),
        pages=_pages(page, len(rows)),
    )


def _summary(line: OrderLine, work: Receiving, book: LotBook) -> SummaryRow:
    item = book.item(line.item)
    unit = item.unit if item else ""
    held = any(taken.receipt.line == line.line and taken.receipt.disposition.value == "hold" for taken in work.taken)
    mark, words = Mark.OK, "complete"
    if line.to_go > 0:
        mark, words = Mark.CHECK, f"{plain(line.to_go)} {unit} short"
    elif line.received > line.ordered:
        mark, words = Mark.CHECK, f"{plain(line.received - line.ordered)} {unit} over"
    if held:
        mark, words = Mark.HOLD, f"{words}, some on hold"
    name = item.description or line.item if item else line.item
    return SummaryRow(mark, name, f"Line {line.line} · {line.item}", f"{plain(line.received)} of {plain(line.ordered)} {unit}", words)


def _blind(work: Receiving) -> SummaryRow:
    count = len(work.taken)
    return SummaryRow(Mark.OK, "Without an order", work.order.vendor_name or work.order.vendor, f"{count} received", "all counted")


def _pages(page: int, count: int) -> Pages | None:
    pages = -(-count // ROWS_A_PAGE)
    if pages <= 1:
        return None
    earlier = Button("page:previous", "Earlier", "chevron_left", page > 0)
    return Pages(f"{page + 1} of {pages}", earlier, Button("page:next", "More", "chevron_right", page + 1 < pages))


def stop_view(latched: Latched, number: int) -> StopView:
    """Stop: latched until somebody says that they have."""
    words = words_of(Said(Verdict.STOP, Ask.ACKNOWLEDGE, latched.reason, latched.about))
    meanwhile = latched.refused_meanwhile
    return StopView(
        word=words.what,
        reason=words.why,
        lot=latched.about.get("lot", ""),
        detail=latched.about.get("description", ""),
        next_step=words.next,
        acknowledge=Button("acknowledge", "I have stopped"),
        hint="or scan the OK card",
        number=number,
        refused_meanwhile=f"{meanwhile} scan{'s' if meanwhile > 1 else ''} refused meanwhile" if meanwhile else "",
    )


def fault_view(words: str) -> FaultView:
    """The kiosk can't keep a scan: nothing is accepted until it can."""
    return FaultView(
        word="LOCKED",
        reason=f"This kiosk cannot store scans: {words}",
        next_step="Stop scanning and call IT",
        button=Button("try_again", "Try again", "replay"),
    )
