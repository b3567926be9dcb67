"""The large verdict: what was decided, why, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from kiosk.presenters.language import Language
from kiosk.presenters.views import LabelPart, Tone, VerdictHero
from kiosk.presenters.words import around_mark, scanned, sticks_label, words_of
from traceability.refusals import Verdict
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


def verdict_hero(
    said: Said | None, number: int, language: Language, parts: tuple[LabelPart, ...] = (), tally: str = ""
) -> VerdictHero | None:
    """Return what was decided, or None where nothing was."""
    if said is None or said.verdict not in TONES or said.verdict is None:
        return None
    words, about = words_of(said, language), said.about
    accepted = said.verdict is Verdict.ACCEPTED
    quarantine = accepted and about.get("disposition") == "quarantine" and not about.keys() & {"numbers_left", "no_inputs"}
    expires = _expires(about, language) if said.verdict is not Verdict.REJECTED else ""
    return VerdictHero(
        tone=TONES[said.verdict],
        word=words.what,
        number=number,
        reason="" if accepted else words.why,
        quantity=words.why if accepted else "",
        lot=around_mark(about["marked"]) if about.get("marked") else scanned(about),
        detail="  ·  ".join(filter(None, (about.get("description", ""), expires))),
        next_step=language.say("said.to_qc") if quarantine else words.next,
        next_icon="science" if quarantine else _next_icon(said),
        tally=tally,
        parts=parts,
        strip=Tone.CHECK if quarantine else None,
    )


def _next_icon(said: Said) -> str:
    if said.verdict is Verdict.CHECK and said.ask is Ask.DECIDE:
        return "touch_app"
    if said.verdict is Verdict.ACCEPTED and sticks_label(said.about):
        return "label"
    if said.verdict is Verdict.ACCEPTED and said.ask is Ask.QUANTITY:
        return "dialpad"
    return _NEXT_ICONS.get(said.verdict, "barcode_scanner") if said.verdict else "barcode_scanner"


def _expires(about: Mapping[str, str], language: Language) -> str:
    if "expires_on" not in about:
        return ""
    return language.say("said.expires", day=language.day(date.fromisoformat(about["expires_on"])))
