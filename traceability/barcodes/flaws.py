"""Where a barcode breaks its format's rules, and how that is shown to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from traceability.barcodes.reading import Format, Misread
from traceability.refusals import Reason

# Control characters are invisible; their Unicode pictures can be shown and read out.
_PICTURES: Final = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
_AROUND: Final = 40  # characters shown on each side of a flaw


@dataclass(frozen=True, slots=True)
class Flaw:
    """One broken rule: a sentence (what is wrong, what was expected) and the characters concerned, `start` to before `end`."""

    message: str
    start: int
    end: int


def picture(text: str) -> str:
    """Return `text` with control characters as pictures (GS is ␝) and what can't be shown as U+FFFD."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text.translate(_PICTURES))


def misread(flaw: Flaw, text: str, scan: str, aim: str | None, offset: int, kind: Format) -> Misread:
    """Tell `flaw`, found in `text`, as a misread of the whole `scan`; `offset` is where `text` starts in it."""
    before, fault, after = text[: flaw.start], text[flaw.start : flaw.end], text[flaw.end :]
    lead = ("…" if len(before) > _AROUND else "") + before[-_AROUND:]
    rest = after[:_AROUND] + ("…" if len(after) > _AROUND else "")
    return Misread(
        scan=scan,
        format=kind,
        message=flaw.message,
        marked=f"{picture(lead)}|{picture(fault[:_AROUND])}|{picture(rest)}",
        position=offset + flaw.start,
        reason=Reason.BARCODE_INVALID,
        aim=aim,
    )
