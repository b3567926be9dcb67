"""The words of a verdict, a reason or a question: what happened, why, what to do next, in the worker's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from kiosk.presenters.health import age
from kiosk.presenters.language import Language
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask, Choice, Said

#: An echoed barcode longer than this is shortened in its middle.
LONGEST_ECHO: Final = 34
LONGEST_WHY: Final = 60


@dataclass(frozen=True, slots=True)
class Words:
    """What the hero area says: the verdict's word, the reason, and the next step."""

    what: str
    why: str
    next: str


# What a person typed for these could not be taken: then that is said, not once more what is missing.
_ASKED_AGAIN: Final = frozenset({Reason.LOT_MISSING, Reason.LOT_LOOKS_LIKE, Reason.EXPIRY_MISSING})
#: What a reason may come from: where a sentence for the very case is there, it is said.
_CASES: Final = (
    "went_to",
    "left",
    "pallet",
    "packed",
    "station",
    "empty",
    "loose",
    "no_carton",
    "in_hand",
    "filled",
    "closed",
    "went_on_to",
    "lies",
    "latched",
    "never_read",
    "no_prefix",
    "prefix_full",
    "apart",
    "came_back",
)
_NOISES: Final = frozenset({"TOO_LONG", "UNFINISHED", "UNFRAMED", "NO_READ", "GARBLED"})
_FIGURES: Final = ("quantity", "over", "received", "ordered", "days", "got", "there", "used", "planned", "to_go", "made")
# What was done beside counting, by the fact that says so; each has a sentence of its own.
_TOLD: Final = (
    *("undone", "held_everywhere", "held_many", "held", "released_many", "released", "tested"),
    *("returned", "scrapped", "reprinted", "linked", "attached", "emptied", "cleaned"),
)
# One answer means another thing after another question.
_ABOUT_WHAT: Final = {"old_scans": "scans", "too_late": "label", "contradiction": "label"}


def words_of(said: Said, language: Language) -> Words:
    """Return the words of one answer. Every reason has its own; what has none speaks of what was counted or is wanted."""
    what = language.say(f"verdict.{said.verdict}") if said.verdict is not None else ""
    facts = readable(said.about, language)
    following = language.special(f"ask.{said.ask}", said.about.get("workflow", ""), **facts) if said.ask else ""
    if said.reason is not None and said.verdict is not Verdict.HOLD:
        why, after = _refusal(said.reason, said.about, language)
        return Words(what, _tidy(language.say(why, **facts)), language.say(after, **facts) or following)
    if said.waiting:
        return Words(what, language.say_of("said.waiting", said.waiting), following)
    return Words(what, _tidy(_why(said, facts, language)), _next(said, following, facts, language))


def _refusal(reason: Reason, about: Mapping[str, str], language: Language) -> tuple[str, str]:
    """Return the keys of a reason's sentence and next step; the cause, where one is known, says more than the reason."""
    why, following = f"reason.{reason}.why", f"reason.{reason}.next"
    if special := _approving(reason, about, language):
        return f"{special}.why", f"{special}.next"
    if special := _at_work(reason, about, language):
        return f"{special}.why", f"{special}.next"
    cause = f"conflict.{about.get('cause')}"
    if reason is Reason.FACTS_CONFLICT and language.knows(f"{cause}.why"):
        return f"{cause}.why", f"{cause}.next"
    if about.get("noise") in _NOISES:
        return f"noise.{about['noise']}", "noise.next"
    if reason is Reason.QUANTITY_INVALID and "message" in about and not about.get("got", "?").strip():
        return f"reason.{reason}.empty", following
    quotable = "message" in about and language.detail(about["message"]) is not None
    if reason in _ASKED_AGAIN and "message" in about:
        return "said.refused_quoted" if quotable else "said.refused", following
    if quotable and language.knows(f"reason.{reason}.quoted"):
        return f"reason.{reason}.quoted", following
    return why, following


def _approving(reason: Reason, about: Mapping[str, str], language: Language) -> str | None:
    """While a second person is there the same reasons speak of that person; None: they speak as always."""
    key = "approving.no_pin" if "no_pin" in about else f"approving.{reason}"
    return key if "approving" in about and "name" in about and language.knows(f"{key}.why") else None


def _at_work(reason: Reason, about: Mapping[str, str], language: Language) -> str | None:
    """Each kind of work may say a reason its own way (`[at_ship]`); at a work order `[at_work]`. None: it is said as always."""
    if case := next((key for each in _CASES if each in about and language.knows(f"{(key := f'case.{reason}_{each}')}.why")), None):
        return case
    if "used_up" in about:
        return "at_work.used_up_in" if "went" in about else "at_work.used_up"
    if reason is Reason.ALREADY_COUNTED and "went" in about:
        return "at_work.piece_gone"
    if reason is Reason.ORDER_UNKNOWN and about.get("workflow") in ("consume", "produce"):
        return "at_work.unknown_order"
    if reason in _ASKED_AGAIN and "message" in about:
        return None
    own = f"at_{about.get('workflow')}.{reason}"
    if reason is Reason.LOT_UNKNOWN and _is_nameless(about):
        return "case.LOT_UNKNOWN_nameless"
    if language.knows(f"{own}.why"):
        return own
    key = f"at_work.{reason}"
    return key if "work_order" in about and language.knows(f"{key}.why") else None


def named(about: Mapping[str, str], language: Language) -> str:
    """Return the name of what an answer speaks of: the lot, else what was read, else the carton or pallet, else the place."""
    if about.get("basis") == "time_window":
        return ""
    if name := about.get("lot") or about.get("text"):
        return shortened(name)
    if sscc := about.get("sscc"):
        return language.say(f"document.{about.get('level', 'carton')}", sscc=f"…{sscc[-7:]}")
    return about.get("place", "")


def _is_nameless(about: Mapping[str, str]) -> bool:
    """Whether nothing is known by what was scanned, not even as a lot: then no lot can be compared, or walked in."""
    return "lot" in about and about.get("text") == about["lot"] and about.get("workflow") not in ("lookup", "quality")


def reason_in_words(code: str, about: Mapping[str, str], language: Language) -> str:
    """Return the sentence of a reason's code, for a tag; what is no code of ours is a sentence already."""
    if code not in Reason.__members__:
        return code
    quoted = f"reason.{code}.quoted"
    quotable = "message" in about and language.knows(quoted) and language.detail(about["message"]) is not None
    return _tidy(language.say(quoted if quotable else f"reason.{code}.why", **readable(about, language)))


def choice_in_words(choice: Choice, about: Mapping[str, str], language: Language) -> str:
    """Return an answer's words; what is a name (an item, a lot, a unit) stays what it is. A kind of work is called as on its tile."""
    verb, _, mode = choice.id.partition(":")
    if verb == "mode" and language.knows(f"work.{mode}"):
        return language.say(f"work.{mode}")
    if choice.words == choice.id:
        return choice.words
    if "work_order" in about and (told := _use_in_words(choice, about, language)):
        return told
    special = f"choice.{choice.id}_{_ABOUT_WHAT.get(about.get('cause', ''), '')}"
    keys = (special, f"choice.{choice.id}_{about.get('workflow')}", f"choice.{choice.id}")
    facts = readable(about, language)
    return next((language.say(key, **facts) for key in keys if language.knows(key)), choice.words)


def _use_in_words(choice: Choice, about: Mapping[str, str], language: Language) -> str:
    """Return the words of an answer about using a lot; empty where it is another."""
    facts = readable(about, language)
    match choice.id:
        case "confirm" if "planned" in about:
            return language.special("choice.use_amount", about.get("workflow", ""), **facts)
        case "confirm":
            return language.special("choice.use", about.get("workflow", ""))
        case "to_go":
            return language.say("choice.only_planned", **{**facts, "quantity": facts.get("to_go", "")})
        case "quantity":
            return language.say("choice.other_amount")
        case _:
            return ""


def _why(said: Said, facts: Mapping[str, str], language: Language) -> str:
    about = said.about
    if said.verdict is Verdict.HOLD:
        why = f"reason.{said.reason or Reason.LOT_ON_HOLD}.why"
        # What the reason speaks of may be behind us by now: then that it is on hold says enough.
        return language.say(why if language.facts_of(why) <= facts.keys() else f"reason.{Reason.LOT_ON_HOLD}.why", **facts)
    if said.ask is Ask.QUANTITY and about.keys() & {"test", "return"}:
        return measured(about, language) if "test" in about else language.say("said.how_much_left", **facts)
    if said.ask is Ask.DECIDE and (quality := of_quality(about, language)):
        return quality
    if about.keys() >= {"undone", "not_empty"}:
        return language.say("said.not_empty", **facts)
    for told in _TOLD:
        if told in about:
            return language.special(f"said.{told}", about.get("workflow", ""), **facts)
    if language.knows(done := f"said.did_{about.get('did')}"):
        return language.say(done, **facts)
    if said.verdict is Verdict.ACCEPTED:
        return _counted(about, facts, language)
    if said.ask is Ask.QUANTITY and "change" in about:
        return language.say("said.how_much", **facts)
    return " ".join(filter(None, (about.get("description"), about.get("lot"))))


def measured(about: Mapping[str, str], language: Language) -> str:
    """Return which test's value is asked for, and between which limits it is good."""
    limits = limits_of(about, language)
    return f"{about['test']}: {limits} {about.get('test_unit', '')}".rstrip() if limits else about["test"]


def limits_of(about: Mapping[str, str], language: Language) -> str:
    """Return the limits of a test, an open side left open; empty where there are none."""
    limits = " … ".join(language.figure(about[side]) if side in about else "" for side in ("low", "high")).strip()
    return limits if limits != "…" else ""


def of_quality(about: Mapping[str, str], language: Language) -> str:
    """Return what is to be decided about a lot or about several; empty where it is another question."""
    facts = readable(about, language)
    if "basis" in about:
        return f"{facts['text']} · {language.say_of('document.lots', int(about['lots']))}"
    if "results" in about:
        return language.say("said.failed_tests", **facts) if about.get("failed") else language.say("said.passed")
    return language.say("said.stands", **facts) if "stands" in about else ""


def _counted(about: Mapping[str, str], facts: Mapping[str, str], language: Language) -> str:
    if "containers" in about:
        return language.say_of("said.containers", int(about["containers"]), **facts)
    told = "said.booked" if "backflushed" in about else "said.counted"
    return language.special(told, about.get("workflow", ""), **facts)


def _next(said: Said, following: str, facts: Mapping[str, str], language: Language) -> str:
    if said.verdict is Verdict.HOLD:
        return language.say("said.stick_hold")
    if "numbers_left" in said.about:
        return language.say("said.numbers_left", **facts)
    if "no_inputs" in said.about:
        return language.say("said.no_inputs")
    if "found" in said.about and "undone" not in said.about:
        return language.say("said.found_here", **facts)
    if sticks_label(said.about):
        return language.say("said.stick_label")
    return language.say("said.scan_again") if "linked" in said.about else following


def sticks_label(about: Mapping[str, str]) -> bool:
    """Whether a label came out that has to go onto the goods."""
    return "returned" in about or (about.get("labels", "0") != "0" and "undone" not in about)


def _tidy(text: str) -> str:
    """Return one line without the gaps that unknown facts leave."""
    return " ".join(filter(None, re.split(r"[ \t\n\r]+", text)))


def readable(about: Mapping[str, str], language: Language) -> dict[str, str]:
    """Return facts as people read them: dates in words, long barcodes shortened in the middle, control characters named."""
    shown = {name: shortened(value) if name in ("text", "code", "got") else value for name, value in about.items()}
    shown.update((name, language.figure(shown[name])) for name in _FIGURES if name in shown)
    if about.get("basis") == "time_window" and language.knows(f"choice.{about.get('text')}"):
        shown["text"] = language.say(f"choice.{about['text']}")
    if language.knows(f"kind.{about.get('went')}"):
        shown["went"] = language.say(f"kind.{about['went']}")
    if "stands" in about:
        shown["how"] = language.say(f"stands.{about['stands']}")
    if "message" in about:
        shown["message"] = first_clause(language.detail(about["message"]) or about["message"])
    if "data_age" in about:
        shown["age"] = age(timedelta(seconds=int(about["data_age"])), language)
    for name in ("expires_on", "stored"):
        if name in about:
            shown[name] = language.day(date.fromisoformat(about[name]))
    if "double_read" in about:
        shown["counted_at"] = language.say("said.twice")
    elif "counted_at" in about:
        shown["counted_at"] = language.say("said.counted_on", moment=language.moment(datetime.fromisoformat(about["counted_at"])))
    return shown


def scanned(about: Mapping[str, str]) -> str:
    """Return what an answer is about, as it stands on the label: the lot, else the carton, else the text as it was read."""
    if about.get("basis") == "time_window":
        return ""
    return shortened(about.get("lot") or about.get("sscc") or about.get("text", ""))


def shortened(text: str) -> str:
    """Return a barcode's text for showing: visible, and shortened in its middle."""
    shown = visible(text)
    if len(shown) <= LONGEST_ECHO:
        return shown
    half = (LONGEST_ECHO - 1) // 2
    return f"{shown[:half]}…{shown[-half:]}"


def first_clause(message: str) -> str:
    """Return as much of a sentence as a hero area holds: all of it, or what stands before its first break."""
    clause = visible(message).rstrip(".")
    for mark in ("; ", ". ", ": "):
        if len(clause) > LONGEST_WHY:
            clause = clause.partition(mark)[0]
    return clause if len(clause) <= LONGEST_WHY else f"{clause[: LONGEST_WHY - 1]}…"


def around_mark(marked: str) -> str:
    """Return the marked place of a barcode with what stands beside it: …234567890123|4|10ABC…"""
    shown = visible(marked)
    if len(shown) <= LONGEST_ECHO or "|" not in shown:
        return shortened(marked)
    start, end = shown.index("|"), shown.rindex("|") + 1
    side = max(0, LONGEST_ECHO - 2 - (end - start)) // 2
    before = shown[max(0, start - side) : start]
    after = shown[end : end + side]
    head, tail = "…" if start > side else "", "…" if end + side < len(shown) else ""
    return f"{head}{before}{shown[start:end][:LONGEST_ECHO]}{after}{tail}"


def visible(text: str) -> str:
    """Return text with control characters as their pictures: GS is ␝, so that a person sees that it is there."""
    return "".join(chr(0x2400 + ord(each)) if ord(each) < 0x20 else "�" if not each.isprintable() else each for each in text)
