"""The screens around the work: sign in, home, type a lot, summary, stop, fault."""

from __future__ import annotations

from typing import Final

from kiosk.presenters.language import Language, language_codes, load_language
from kiosk.presenters.paging import turned
from kiosk.presenters.receive_view import document_header, verdict_hero
from kiosk.presenters.views import (
    MOST_MATCHES,
    SUMMARY_ROWS,
    Button,
    FaultView,
    HomeView,
    Look,
    Mark,
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
from traceability.items import Item
from traceability.orders import OrderLine
from traceability.refusals import Verdict
from traceability.workflows.consuming import Consuming
from traceability.workflows.modes import WorkState
from traceability.workflows.receiving import Receiving
from traceability.workflows.seat import Latched, Seat
from traceability.workflows.step import Ask, Said

ROWS_A_PAGE: Final = SUMMARY_ROWS
_TILES: Final = {"receive": "move_to_inbox", "consume": "precision_manufacturing"}


def sign_in_view(top: TopBar, said: Said | None, number: int, seat: Seat, language: Language) -> SignInView:
    """Who is there, and in which language?"""
    refused = said is not None and said.verdict is Verdict.REJECTED
    ready = ReadyHero(
        language.say("ask.SCAN_BADGE"), language.say("hint.ready", place=top.place), hint=language.say("hint.no_badge"), icon="badge"
    )
    hero = (verdict_hero(said, number, language) if refused else None) or ready
    return SignInView(top, hero, _languages(language), _still_open(seat.work, language))


def _languages(language: Language) -> tuple[Button, ...]:
    """A button a language, each in its own words; the one that is spoken now is marked."""
    offered = (load_language(code) for code in language_codes())
    return tuple(Button(f"language:{each.code}", each.name, "check" if each.code == language.code else "") for each in offered)


def _still_open(work: WorkState, language: Language) -> str:
    match work:
        case Receiving(order=bought):
            return language.say("document.still_open", order=bought.number) if bought.number else language.say("document.blind_open")
        case Consuming(order=made):
            return language.say("document.work_order_open", order=made.number)
        case _:
            return ""


def home_view(top: TopBar, modes: tuple[str, ...], figures: QueueFigures, language: Language) -> HomeView:
    """What work?"""
    tiles = [Tile(f"mode:{mode}", language.say(f"work.{mode}"), icon=_TILES[mode]) for mode in modes]
    waiting = figures.waiting + figures.parked
    note, count = language.say_of("queue.tile", waiting), language.amount(waiting) if waiting else ""
    tiles.append(Tile("queue", language.say("work.queue"), note, "cloud_upload", count))
    sign_out = Button("sign_out", language.say("button.sign_out"), "logout")
    hint = language.say("hint.scan_opens_either" if "consume" in modes else "hint.scan_opens")
    return HomeView(top, language.say("prompt.work"), hint, tuple(tiles), sign_out)


def _back(language: Language) -> Button:
    return Button("back", language.say("button.back"), "arrow_back")


def type_lot_view(top: TopBar, text: str, item: Item | None, asks_expiry: bool, book: LotBook, language: Language) -> TypeLotView:
    """What stands on the label that can't be scanned?"""
    recent = book.recent_lot_codes(item.code, 50) if item else ()
    near = [code for code in recent if text and code.upper().startswith(text.upper())][:MOST_MATCHES]
    return TypeLotView(
        top=top,
        title=language.say("title.expiry" if asks_expiry else "title.lot"),
        buffer=text,
        hint=language.say("hint.like_date" if asks_expiry else "hint.as_printed"),
        use=_use(bool(text.strip()), language),
        back=_back(language),
        matches=tuple(Tile(f"lot:{code}", code) for code in near),
        matches_title=language.say("title.matches") if near else "",
        erase=language.say("button.erase"),
    )


def _use(able: bool, language: Language) -> Button:
    return Button("set", language.say("button.use"), "check", able, "" if able else language.say("disabled.use"), Look.PRIMARY)


def summary_view(top: TopBar, work: Receiving, book: LotBook, page: int, language: Language) -> SummaryView:
    """What came, what is short, over or held, before the delivery is closed."""
    rows = [_summary(line, work, book, language) for line in work.order.lines] or [_blind(work, language)]
    page = min(page, (len(rows) - 1) // ROWS_A_PAGE)
    counts = {"document.lines_short": sum(line.to_go > 0 for line in work.order.lines), "document.refused": len(work.refused)}
    return SummaryView(
        top=top,
        document=document_header(work, language),
        title=language.say("title.finish"),
        rows=tuple(rows[page * ROWS_A_PAGE :][:ROWS_A_PAGE]),
        back=_back(language),
        finish=Button("finish", language.say("button.finish"), "done_all", look=Look.PRIMARY),
        warning=", ".join(language.say_of(key, count) for key, count in counts.items() if count),
        pages=turned(page, -(-len(rows) // ROWS_A_PAGE), language),
    )


def _summary(line: OrderLine, work: Receiving, book: LotBook, language: Language) -> SummaryRow:
    item = book.item(line.item)
    unit = item.unit if item else ""
    held = any(taken.receipt.line == line.line and taken.receipt.disposition.value == "hold" for taken in work.taken)
    mark, words = _against_order(line, unit, language)
    if held:
        mark, words = Mark.HOLD, language.say("document.some_held", what=words)
    return SummaryRow(
        mark=mark,
        item=item.description or line.item if item else line.item,
        detail=language.say("document.line_item", line=str(line.line), item=line.item),
        received=language.say("document.of", received=language.amount(line.received), ordered=language.amount(line.ordered), unit=unit),
        words=words,
    )


def _against_order(line: OrderLine, unit: str, language: Language) -> tuple[Mark, str]:
    if line.to_go > 0:
        return Mark.CHECK, language.say("document.short", quantity=language.amount(line.to_go), unit=unit)
    if line.received > line.ordered:
        return Mark.CHECK, language.say("document.over", quantity=language.amount(line.received - line.ordered), unit=unit)
    return Mark.OK, language.say("document.complete")


def _blind(work: Receiving, language: Language) -> SummaryRow:
    count = language.say_of("document.counted", len(work.taken))
    vendor = work.order.vendor_name or work.order.vendor
    return SummaryRow(Mark.OK, language.say("document.no_order"), vendor, count, language.say("document.all_counted"))


def stop_view(latched: Latched, number: int, language: Language) -> StopView:
    """Stop: latched until somebody says that they have."""
    words = words_of(Said(Verdict.STOP, Ask.ACKNOWLEDGE, latched.reason, latched.about), language)
    meanwhile = latched.refused_meanwhile
    return StopView(
        word=words.what,
        reason=words.why,
        lot=latched.about.get("lot", ""),
        detail=latched.about.get("description", ""),
        next_step=words.next,
        acknowledge=Button("acknowledge", language.say("button.acknowledge")),
        hint=language.say("hint.ok_card"),
        number=number,
        refused_meanwhile=language.say_of("document.meanwhile", meanwhile) if meanwhile else "",
    )


def fault_view(words: str, language: Language) -> FaultView:
    """The kiosk can't keep a scan: nothing is accepted until it can."""
    return FaultView(
        word=language.say("verdict.LOCKED"),
        reason=language.say("reason.STORAGE_FAILED.why", words=words),
        next_step=language.say("reason.STORAGE_FAILED.next"),
        button=Button("try_again", language.say("button.try_again"), "replay"),
    )
