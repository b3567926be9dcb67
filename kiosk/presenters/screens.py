"""The screens around the work: sign in, stop, fault."""

from __future__ import annotations

from kiosk.presenters.language import Language, language_codes, load_language
from kiosk.presenters.sheet import sheet_of
from kiosk.presenters.sight import Sight
from kiosk.presenters.verdict_view import verdict_hero
from kiosk.presenters.views import Button, FaultView, ReadyHero, SignInView, StopView, Tone
from kiosk.presenters.words import named, readable, words_of
from traceability.refusals import Verdict
from traceability.workflows.seat import Latched, Seat
from traceability.workflows.step import Ask, Said


def sign_in_view(seat: Seat, sight: Sight) -> SignInView:
    """Who is there, and in which language? What stayed open is said."""
    top, language, said = sight.top, sight.language, sight.said
    refused = said is not None and said.verdict is Verdict.REJECTED
    sheet = sheet_of(seat.work_mode)
    resume = sheet.still_open(seat.work, sight) if sheet.still_open else ""
    left_by = sight.book.operator(seat.left_by) if seat.left_by else None
    resume = f"{left_by.name}: {resume}" if resume and left_by is not None and left_by.name else resume
    ready = ReadyHero(
        language.say("ask.SCAN_BADGE"), language.say("hint.ready", place=top.place), hint=language.say("hint.no_badge"), icon="badge"
    )
    hero = (verdict_hero(said, sight.number, language) if refused else None) or ready
    return SignInView(top, hero, _languages(language), resume)


def _languages(language: Language) -> tuple[Button, ...]:
    """A button a language, each in its own words; the one that is spoken now is marked."""
    offered = (load_language(code) for code in language_codes())
    return tuple(Button(f"language:{each.code}", each.name, "check" if each.code == language.code else "") for each in offered)


def stop_view(latched: Latched, number: int, language: Language) -> StopView:
    """Stop, or where the plant wants it so rejected: latched until somebody says that they have seen it."""
    words = words_of(Said(latched.verdict, Ask.ACKNOWLEDGE, latched.reason, latched.about), language)
    stopped = latched.verdict is Verdict.STOP
    meanwhile = latched.refused_meanwhile
    return StopView(
        word=words.what,
        reason=words.why,
        lot=named(latched.about, language),
        detail=latched.about.get("description", ""),
        next_step=words.next,
        acknowledge=Button("acknowledge", language.say("button.acknowledge" if stopped else "button.seen")),
        hint=language.say("hint.ok_card"),
        number=number,
        tone=None if stopped else Tone.BAD,
        refused_meanwhile=language.say_of("document.meanwhile", meanwhile) if meanwhile else "",
        hold_list=language.say("document.hold_list", **readable(latched.about, language)) if "data_age" in latched.about else "",
    )


def fault_view(words: str, language: Language) -> FaultView:
    """The kiosk can't keep a scan: nothing is accepted until it can."""
    return FaultView(
        word=language.say("verdict.LOCKED"),
        reason=language.say("reason.STORAGE_FAILED.why", words=words),
        next_step=language.say("reason.STORAGE_FAILED.next"),
        button=Button("try_again", language.say("button.try_again"), "replay"),
    )
