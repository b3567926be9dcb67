"""Keyboard scanners: learn from the test card how this scanner types on this computer, then put every later scan right."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Final

from traceability.barcodes.flaws import picture
from traceability.barcodes.reading import Misread
from traceability.barcodes.wedge_card import COMMON, NUL, OTHERS, Arrival, accent_of, arrival, compositions
from traceability.barcodes.wedge_layouts import layouts
from traceability.refusals import Reason, Refusal
from traceability.values import replace

VERSION: Final = 1
# Several control characters may arrive as one sign: those that split fields are worth the most.
_WORTH: Final = "\x1d\x1e\x04\x1c\x1f"
_AIM: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]", re.ASCII)


class Case(StrEnum):
    """What becomes of capital and small letters."""

    KEPT = "kept"
    SWAPPED = "swapped"  # caps lock is on
    MERGED = "merged"  # the scanner is set to send one kind only


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one scanner types on one computer; `translate` puts its scans right."""

    characters: dict[str, str]  # what arrives, to what was sent; signs that arrive as they are sent are left out
    dead: dict[str, str] = field(default_factory=dict)  # the accent that a dead key shows, to the sign that was sent
    composed: dict[str, str] = field(default_factory=dict)  # what a dead key made, to the two signs that were sent
    unclear: str = ""  # what arrives for two signs that data may have: it can't be put right
    lost: str = ""  # signs that do not arrive, or arrive as a worthier one does
    untried: str = ""  # dead keys whose barcode has not been scanned yet
    marked: bool = False  # a dead key's work is told by a NUL before it
    separator: str = ""  # what GS arrives as; empty: it does not arrive
    aim: str = ""  # what the ] of an AIM identifier arrives as; empty: the scanner sends none
    prefix: str = ""  # what the scanner is set to put before each scan
    terminator: str = ""
    case: Case = Case.KEPT
    scanner: str | None = None  # name of its keyboard layout, where it can be told
    host: str | None = None
    version: int = VERSION

    def translate(self, received: str) -> str | Misread:
        """Return what the barcode says, AIM identifier included; a misread where what arrived can't be told for sure."""
        text = received.removesuffix(self.terminator).removeprefix(self.prefix)
        start = "]" if self.aim and text.startswith(self.aim) else ""
        body = text[len(self.aim) :] if start else text
        place = next((place for place, sign in enumerate(body) if sign in self.unclear), None)
        if place is None:
            return start + self._put_right(body)
        marked = f"{picture(body[:place])}|{picture(body[place])}|{picture(body[place + 1 :])}"
        message = f"{body[place]!r} arrives for several signs: the keyboard layouts of scanner and computer do not go together."
        return Misread(received, None, message, marked, received.find(body) + place, Reason.BARCODE_UNREADABLE)

    def _put_right(self, text: str) -> str:
        told: list[str] = []
        at = 0
        while at < len(text):
            made = text[at + 1 : at + 2] if self.marked and text[at] == NUL else ""
            sent = (self.composed.get(made) or self.dead.get(made)) if made else None
            if sent is not None:
                at += 1
            else:
                composed = None if self.marked else self.composed.get(text[at])
                # Behind an accent that could not join it, a second accent comes without its mark.
                sent = composed or self.characters.get(text[at]) or self.dead.get(text[at])
            told.append(text[at] if sent is None else sent)
            at += 1
        return "".join(told)


def calibrate(baseline: str, dead: Mapping[str, str] | None = None) -> Calibration | Refusal:
    """Work out a calibration from what the test card's first barcode arrived as.

    `dead` has for each dead key (the sign that was sent) what its own barcode arrived as; `untried` says which are to come.
    """
    card = arrival(baseline)
    if card is None:
        return _refused("this is not the first barcode of the test card, or the scanner drops spaces")
    accents = {sign: card.came[sign] for sign in card.dead}
    scanned = dict(dead or {})
    for sign, received in scanned.items():
        accent = accent_of(sign, received, card)
        if accent is None:
            return _refused(f"this is not the test card's barcode for {sign}")
        accents[sign] = accent
    composed: dict[str, str] = {}
    for sign, received in scanned.items():
        made = compositions(sign, received, card, accents)
        if made is None:
            return _refused(f"the test card's barcode for {sign} did not arrive whole")
        composed.update(made)
        if card.marked and accents[sign] != card.came[sign]:
            composed[card.came[sign]] = sign + " "
    return _with_lead(_compiled(card, accents, composed, set(scanned)), card, accents)


def dumps(calibration: Calibration) -> str:
    """Return `calibration` as JSON, for a station's settings."""
    return json.dumps(asdict(calibration), ensure_ascii=True, indent=1)


def loads(text: str) -> Calibration | Refusal:
    """Return the calibration that `text` holds, or why it holds none.

    `text` is what `dumps` wrote, or a recording: a JSON object with `baseline_received`, what the card's first barcode arrived as,
    and `deadkey_scans`, what those for the dead keys arrived as, in the order in which `untried` names them.
    """
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        return _refused("the calibration is no JSON")
    if isinstance(data, dict) and "baseline_received" in data:
        return _from_recording(data["baseline_received"], data.get("deadkey_scans", []))
    if not isinstance(data, dict) or data.get("version") != VERSION:
        return _refused(f"the calibration is not of version {VERSION}; scan the test card again")
    if set(data) != {part.name for part in fields(Calibration)} or data["case"] not in list(Case):
        return _refused("the calibration has other keys than expected; scan the test card again")
    for name in ("characters", "dead", "composed"):
        if not isinstance(data[name], dict) or not all(isinstance(sent, str) and len(key) == 1 for key, sent in data[name].items()):
            return _refused(f"{name} must map signs to signs")
    for name in ("unclear", "lost", "untried", "separator", "aim", "prefix", "terminator"):
        if not isinstance(data[name], str):
            return _refused(f"{name} must be text")
    if type(data["marked"]) is not bool or not all(isinstance(data[name], str | None) for name in ("scanner", "host")):
        return _refused("marked must be true or false; scanner and host names or null")
    return Calibration(**{**data, "case": Case(data["case"])})


def _from_recording(baseline: object, scans: object) -> Calibration | Refusal:
    texts = [baseline, *(scans if isinstance(scans, list) else [None])]
    if not all(isinstance(text, str) for text in texts):
        return _refused("baseline_received must be text and deadkey_scans a list of texts")
    received = [str(text) for text in texts]
    first = calibrate(received[0])
    return first if isinstance(first, Refusal) else calibrate(received[0], dict(zip(first.untried, received[1:], strict=False)))


def _compiled(card: Arrival, accents: Mapping[str, str], composed: dict[str, str], tried: set[str]) -> Calibration:
    """Turn what came for each sign around; where one character came for several, the worthiest sign has it."""
    meant: dict[str, str] = {}
    unclear, lost = set[str](), set[str]()
    for sign in _WORTH:
        came = card.came[sign]
        # GS may arrive as a printable sign that data of GS1 never has, but never as one that it has, nor as several.
        if len(came) == 1 and came not in meant and came not in {card.came[other] for other in COMMON}:
            meant[came] = sign
        else:
            lost.add(sign)
    for sign in COMMON + OTHERS:
        came = card.came[sign]
        if sign in card.dead:
            continue
        if came in ("", NUL) or (came in meant and sign not in COMMON):
            lost.add(sign)
        elif came in meant:
            unclear.add(came)
        else:
            meant[came] = sign
    shown = {accent: sign for sign, accent in accents.items()}
    unclear |= {accent for accent in shown if list(accents.values()).count(accent) > 1}
    if not card.marked:
        unclear |= (set(shown) | set(composed)) & set(meant)
    scanner, host = layouts(card.came | dict(accents))
    return Calibration(
        characters={came: sign for came, sign in meant.items() if came != sign or came in shown},
        dead=shown,
        composed=composed,
        unclear="".join(sorted(unclear)),
        lost="".join(sorted(lost)),
        untried="".join(sorted(card.dead - tried)),
        marked=card.marked,
        separator=card.came["\x1d"] if "\x1d" not in lost else "",
        terminator=card.terminator,
        case=_case(card),
        scanner=scanner,
        host=host,
    )


def _case(card: Arrival) -> Case:
    pairs = [(card.came[letter], card.came[letter.upper()]) for letter in "abcdefghijklmnopqrstuvwxyz"]
    if sum(small == capital for small, capital in pairs) > len(pairs) // 2:
        return Case.MERGED
    swapped = sum(small.isupper() and capital.islower() for small, capital in pairs) > len(pairs) // 2
    return Case.SWAPPED if swapped else Case.KEPT


def _with_lead(calibration: Calibration, card: Arrival, accents: Mapping[str, str]) -> Calibration:
    """Find out from what came before the card's text whether the scanner sends AIM identifiers, and what else it puts first."""
    flag = (NUL if card.marked and "]" in card.dead else "") + accents.get("]", card.came["]"])
    for start in range(len(card.lead) if flag else 0):
        told = calibration.translate(card.lead[start + len(flag) :])
        if card.lead.startswith(flag, start) and isinstance(told, str) and _AIM.fullmatch("]" + told):
            return replace(calibration, aim=flag, prefix=card.lead[:start])
    return replace(calibration, prefix=card.lead)


def _refused(why: str) -> Refusal:
    return Refusal(Reason.BARCODE_UNREADABLE, {"why": why})
