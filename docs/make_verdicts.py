"""Write docs/verdicts.md anew from the table in the code: `PYTHONPATH=. python docs/make_verdicts.py` (from the project's folder)."""

from __future__ import annotations

from pathlib import Path

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.words import reason_in_words
from traceability.refusals import Reason
from traceability.workflows.modes import MODES
from traceability.workflows.overriding import BY_DEFAULT, OVERRIDABLE
from traceability.workflows.verdicts import verdict_of

PAGE = Path(__file__).with_name("verdicts.md")
#: What happens before a work is chosen: signing in, choosing it.
EVERYWHERE = "station"
#: The facts that the sentences speak of.
EXAMPLE = {
    "text": "X-17",
    "code": "X-17",
    "like": "A-1004",
    "order": "4500012345",
    "place": "Rack 7",
    "expires_on": "2026-03-31",
    "stored": "2026-03-31",
    "days": "12",
    "over": "25",
    "unit": "kg",
    "given_unit": "l",
    "got": "0 kg",
    "message": "its check digit is wrong",
    "marked": "(17)2613|31|",
    "counted_at": "2026-11-21T10:00:00+00:00",
    "words": "the disk is full",
}
INTRODUCTION = """# Verdicts

What the station answers to each reason, and in which work it answers otherwise. This page is made from the one table in the code
(`traceability/workflows/verdicts.py`) by `docs/make_verdicts.py`; a test fails when it is out of date.

| verdict | means |
|---|---|
| ACCEPTED | on disk and counted |
| ASK | a piece was taken, more is wanted |
| CHECK | a person must decide or supply something |
| HOLD | taken in, on hold |
| REJECTED | no stock effect; it stays in the list until someone deals with it (the policy `latch_rejected`: it is acknowledged like a STOP) |
| DUPLICATE | counted before, or one trigger pull read twice |
| STOP | nothing goes on until it is acknowledged |

Where a plant's policy refuses outright what is otherwise asked about (`near_expiry: refuse`), CHECK becomes REJECTED.

*Second person*: whom the plant lets overrule it by badge and PIN where its file does not say otherwise; `if named`: only where its file names the
reason (`overrides` in [plant-file.md](plant-file.md)); empty: nobody, ever.

"""


def page() -> str:
    """Return the page as the code has it now."""
    head = "| reason | verdict | second person | the worker reads |\n|---|---|---|---|\n"
    return INTRODUCTION + head + "".join(map(_row, Reason))


def _row(reason: Reason) -> str:
    example = {**EXAMPLE, "message": "more than nothing is expected"} if reason is Reason.QUANTITY_INVALID else EXAMPLE
    words = reason_in_words(reason.value, example, load_language(SOURCE))
    return f"| {reason} | {_verdicts(reason)} | {_second_person(reason)} | {words} |\n"


def _verdicts(reason: Reason) -> str:
    usual = verdict_of(reason, EVERYWHERE)
    others = (f"{mode}: {verdict.value}" for mode in MODES if (verdict := verdict_of(reason, mode)) is not usual)
    return "; ".join((usual.value, *others))


def _second_person(reason: Reason) -> str:
    if reason in BY_DEFAULT:
        return ", ".join(sorted(role.value for role in BY_DEFAULT[reason]))
    return "if named" if reason in OVERRIDABLE else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
