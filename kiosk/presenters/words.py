"""Every word that a verdict, a reason or a question has: what happened, why, what to do next. One catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask, Said

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: An echoed barcode longer than this is shortened in its middle.
LONGEST_ECHO: Final = 34
LONGEST_WHY: Final = 60


@dataclass(frozen=True, slots=True)
class Words:
    """What the hero area says: the verdict's word, the reason, and the next step."""

    what: str
    why: str
    next: str


# Reason: (why, what to do next). Facts stand in braces; dates and long texts are made readable first.
_REASONS: Final[dict[Reason, tuple[str, str]]] = {
    Reason.LOT_UNKNOWN: ("This lot is not known here", "Check the label, or call your supervisor"),
    Reason.LOT_EXPIRED: ("This lot expired on {expires_on}", "Put it on the HOLD pallet and tell QC"),
    Reason.LOT_NEAR_EXPIRY: ("Only {days} days left, until {expires_on}", "Take it in, or put it on hold"),
    Reason.LOT_ON_HOLD: ("This lot is on hold", "Put it on the HOLD pallet"),
    Reason.LOT_IN_QUARANTINE: ("This lot waits for QC", "Use another lot"),
    Reason.LOT_REJECTED: ("QC rejected this lot", "Set it aside and tell QC"),
    Reason.LOT_RECALLED: ("Recalled lot. Do not use or move it.", "Leave it here and call your supervisor"),
    Reason.LOT_SHORT: ("There is less of this lot than that", "Check the quantity"),
    Reason.LOT_WRONG_ITEM: ("This lot belongs to another item", "Fetch the right item, then scan it"),
    Reason.LOT_LOOKS_LIKE: ("This looks like lot {like}", "Compare with the label: is it a new lot?"),
    Reason.LOT_EXPIRY_DIFFERS: ("This lot expired on {stored} on the last label", "Compare the dates, then decide"),
    Reason.OLDER_LOT_FIRST: ("An older lot is in {place}", "Use {like} first, or give a reason"),
    Reason.ANCESTOR_ON_HOLD: ("It was made from a lot on hold", "Put it on the HOLD pallet and tell QC"),
    Reason.ITEM_UNKNOWN: ("Nobody told me what {code} is", "Have it linked to an item, or set it aside"),
    Reason.ITEM_NOT_ON_ORDER: ("This item is not on PO {order}", "Scan the right PO, or set it aside"),
    Reason.ORDER_UNKNOWN: ("I know no order {text}", "Scan the PO on the papers"),
    Reason.ORDER_CLOSED: ("PO {order} is closed", "Ask the office to open it, or receive blind"),
    Reason.OVER_RECEIPT: ("{over} {unit} more than ordered", "Take it in, or change the quantity"),
    Reason.OVER_PLAN: ("That is more than planned", "Check the quantity, or ask your supervisor"),
    Reason.QUANTITY_MISSING: ("No quantity on this label", "Type the quantity and press Set"),
    Reason.QUANTITY_INVALID: ("{got} is no quantity here: {message}", "Type the quantity and press Set"),
    Reason.UNIT_UNKNOWN: ("I can't turn {given_unit} into {unit}", "Type the quantity in {unit} and press Set"),
    Reason.EXPIRY_MISSING: ("No expiry date on this label", "Scan the date, or type it like 2027-11-30"),
    Reason.LOT_MISSING: ("No lot on this label", "Scan the lot, type it, or press No lot"),
    Reason.ALREADY_COUNTED: ("Already counted{counted_at}", "Scan the next lot"),
    Reason.CARTON_UNKNOWN: ("This carton is not known here", "Check the label, or call your supervisor"),
    Reason.CARTON_OPEN: ("This carton is still open", "Close it first"),
    Reason.CARTON_ELSEWHERE: ("This carton is on another order", "Take it off the pallet"),
    Reason.WRONG_CUSTOMER: ("This carton is for another customer", "Take it off the pallet"),
    Reason.SHELF_LIFE_SHORT: ("It will not keep long enough for them", "Take another lot"),
    Reason.NOT_EXPECTED_HERE: ("There is nothing to do that with now", ""),  # what is wanted instead is said
    Reason.BARCODE_UNREADABLE: ("I cannot read a lot in this code ({text})", "Scan another code on the label, or press Type lot"),
    Reason.BARCODE_INVALID: ("{message}", "Scan another code on the label, or press Type lot"),
    Reason.COMMAND_UNKNOWN: ("This card is not valid here", "Use the cards of this station"),
    Reason.BADGE_UNKNOWN: ("This badge is not known here", "Scan your badge, or ask your supervisor to add it"),
    Reason.NOT_ALLOWED: ("You may not do that here", "Call your supervisor"),
    Reason.NOT_SIGNED_IN: ("Nobody is signed in", "Scan your badge"),
    Reason.SAME_PERSON: ("A second person has to agree", "Have somebody else scan a badge"),
    Reason.PIN_WRONG: ("This PIN is wrong", "Type it again"),
    Reason.LOCKED_OUT: ("Too many wrong PINs", "Wait, or ask an administrator"),
    Reason.DATA_TOO_OLD: ("What I know is too old to decide this", "Connect the station, or ask your supervisor"),
    Reason.FACTS_CONFLICT: ("This code is from another label", "Start with the new one, or keep the first"),
    Reason.AMBIGUOUS: ("This code can mean two things", "Choose what it is"),
    Reason.DOWNSTREAM_EXISTS: ("It was already used further on", "Ask your supervisor"),
    Reason.NUMBERS_USED_UP: ("No lot numbers are left here", "Connect the station to get new ones"),
    Reason.PLACE_UNKNOWN: ("This place is not known here", "Scan the place's own label"),
    Reason.STORAGE_FAILED: ("This kiosk cannot store scans: {words}", "Stop scanning and call IT"),
    Reason.ACKNOWLEDGE_FIRST: ("Nothing counts until you have stopped", "Press I have stopped, or scan the OK card"),
}

_KEEP_WHICH: Final = "Start with the new one, or keep the first"
_CONFLICTS: Final[dict[str, tuple[str, str]]] = {
    "too_late": ("The first code of this label is long ago", _KEEP_WHICH),
    "contradiction": ("Two codes of this label disagree", _KEEP_WHICH),
    "old_scans": ("These scans came all at once, after a silence", "Count them, or leave them out and scan again"),
}

# Why what a device sent is no scan.
_NOISE: Final[dict[str, str]] = {
    "TOO_LONG": "That is too long for a barcode",
    "UNFINISHED": "The end of this scan was lost",
    "UNFRAMED": "This came without its beginning",
    "NO_READ": "The scanner could not read it",
    "GARBLED": "This scanner types in another layout",
}
_NOISE_NEXT: Final = "Scan it again; if it happens often, set the scanner up anew"

# What a person typed for these could not be taken: then that is said, not once more what is missing.
_ASKED_AGAIN: Final = frozenset({Reason.LOT_MISSING, Reason.LOT_LOOKS_LIKE, Reason.EXPIRY_MISSING})

_NEXT: Final[dict[Ask, str]] = {
    Ask.SCAN_BADGE: "Scan your badge",
    Ask.CHOOSE_MODE: "Choose your work",
    Ask.SCAN_ORDER: "Scan the PO on the papers",
    Ask.CHOOSE_VENDOR: "Choose who delivered",
    Ask.SCAN_LABEL: "Scan the next lot",
    Ask.SCAN_ITEM: "Scan the item's code",
    Ask.SCAN_LOT: "Scan the lot",
    Ask.SCAN_EXPIRY: "Scan the expiry date",
    Ask.QUANTITY: "Type the quantity and press Set",
    Ask.DECIDE: "Choose what to do",
    Ask.CHOOSE_ITEM: "Choose the item",
    Ask.CHOOSE_UNIT: "Choose what one of these is",
    Ask.CHOOSE_REASON: "Choose the reason",
    Ask.ACKNOWLEDGE: "Press I have stopped, or scan the OK card",
}


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def words_of(said: Said) -> Words:
    """Return the words of one answer. Every reason has its own; what has none speaks of what was counted or is wanted."""
    what = said.verdict.value if said.verdict not in (None, Verdict.ASK) else ""
    facts = readable(said.about)
    if said.reason is not None and said.verdict is not Verdict.HOLD:
        why, following = _refusal(said.reason, said.about)
        return Words(what, _filled(why, facts), _filled(following, facts) or (_NEXT[said.ask] if said.ask else ""))
    following = _NEXT[said.ask] if said.ask else ""
    if said.waiting:
        return Words(what, f"{said.waiting} waiting until this is answered", following)
    return Words(what, _why(said, facts), _next(said, following))


def _refusal(reason: Reason, about: Mapping[str, str]) -> tuple[str, str]:
    """Return a reason's sentence and next step; the cause, where one is known, says more than the reason."""
    why, following = _REASONS[reason]
    if reason is Reason.FACTS_CONFLICT:
        return _CONFLICTS.get(about.get("cause", ""), (why, following))
    if about.get("noise") in _NOISE:
        return _NOISE[about["noise"]], _NOISE_NEXT
    if reason in _ASKED_AGAIN and "message" in about:
        return "{got} can't be taken: {message}", following
    return why, following


def reason_in_words(code: str, about: Mapping[str, str]) -> str:
    """Return the sentence of a reason's code, for a tag; what is no code of ours is a sentence already."""
    return _filled(_REASONS[Reason(code)][0], readable(about)) if code in Reason.__members__ else code


def _why(said: Said, facts: Mapping[str, str]) -> str:
    about = said.about
    if said.verdict is Verdict.HOLD:
        return _filled(_REASONS[said.reason or Reason.LOT_ON_HOLD][0], facts)
    if "undone" in about:
        return f"Undone: {facts['quantity']} {facts['unit']} of {facts['lot']}"
    if "reprinted" in about:
        return f"Printing {about['reprinted']} again"
    if "linked" in about:
        return f"{facts['code']} is {facts['item']} from now on"
    if said.verdict is Verdict.ACCEPTED:
        more = f" in {about['containers']} containers" if "containers" in about else ""
        return f"{facts['quantity']} {facts['unit']}{more}"
    if said.ask is Ask.QUANTITY and "change" in about:
        return f"How much of {facts['lot']} is it?"
    return " ".join(filter(None, (about.get("description"), about.get("lot"))))


def _next(said: Said, following: str) -> str:
    if said.verdict is Verdict.HOLD:
        return "Stick on the printed HOLD label"
    if "linked" in said.about:
        return "Scan it again"
    return following


def _filled(template: str, facts: Mapping[str, str]) -> str:
    return " ".join(template.format_map(_Facts(facts)).split())


def readable(about: Mapping[str, str]) -> dict[str, str]:
    """Return facts as people read them: dates in words, long barcodes shortened in the middle, control characters named."""
    shown = {name: shortened(value) if name in ("text", "code", "got") else value for name, value in about.items()}
    if "message" in about:
        shown["message"] = first_clause(about["message"])
    for name in ("expires_on", "stored"):
        if name in about:
            shown[name] = day_in_words(date.fromisoformat(about[name]))
    if "double_read" in about:
        shown["counted_at"] = ": the scanner read it twice"
    elif "counted_at" in about:
        shown["counted_at"] = f" on {_moment(about['counted_at'])}"
    return shown


def day_in_words(day: date) -> str:
    """Return a date that no country reads the other way round: 31 Mar 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _moment(text: str) -> str:
    at = datetime.fromisoformat(text)
    return f"{day_in_words(at.date())}, {at:%H:%M}"


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
