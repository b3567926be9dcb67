"""Write docs/verdicts.md anew from the table in the code: `PYTHONPATH=. python docs/make_verdicts.py` (from the project's folder)."""

from __future__ import annotations

from pathlib import Path

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.words import reason_in_words
from traceability.refusals import Reason
from traceability.workflows.verdicts import verdict_of

PAGE = Path(__file__).with_name("verdicts.md")
#: The workflows that exist; "station" is what happens before one is chosen: signing in, choosing the work.
WORKFLOWS = ("station", "receive", "consume", "pack", "ship")
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

What the station answers to each reason, by workflow. This page is made from the one table in the code
(`traceability/workflows/verdicts.py`) by `docs/make_verdicts.py`; a test fails when it is out of date.

| verdict | means |
|---|---|
| ACCEPTED | on disk and counted |
| ASK | a piece was taken, more is wanted |
| CHECK | a person must decide or supply something |
| HOLD | taken in, on hold |
| REJECTED | no stock effect; it stays in the list until someone deals with it |
| DUPLICATE | counted before, or one trigger pull read twice |
| STOP | nothing goes on until it is acknowledged |

Where a plant's policy refuses outright what is otherwise asked about (`near_expiry: refuse`), CHECK becomes REJECTED.
Reasons of workflows that are still to come have their verdict already, so that it never changes with the workflow's arrival.

"""


def page() -> str:
    """Return the page as the code has it now."""
    head = f"| reason | {' | '.join(WORKFLOWS)} | the worker reads |\n|{'---|' * (len(WORKFLOWS) + 2)}\n"
    return INTRODUCTION + head + "".join(map(_row, Reason))


def _row(reason: Reason) -> str:
    verdicts = " | ".join(verdict_of(reason, workflow).value for workflow in WORKFLOWS)
    example = {**EXAMPLE, "message": "more than nothing is expected"} if reason is Reason.QUANTITY_INVALID else EXAMPLE
    return f"| {reason} | {verdicts} | {reason_in_words(reason.value, example, load_language(SOURCE))} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
