"""Command cards: barcodes on a printed sheet that do what a touch does, as in ..K.QTY.5.9.

`..K.<VERB>[.<ARGUMENT>].<check>`, where the check is ISO/IEC 7064 MOD 37,36 over everything before it, dots dropped. No
vendor's code starts so, and no lot can be mistaken for a command.
"""

from __future__ import annotations

import re
from typing import Final

from traceability.barcodes.check_characters import mod37_36
from traceability.barcodes.flaws import Flaw, misread
from traceability.barcodes.reading import Element, Facts, Format, Misread, Reading
from traceability.refusals import Reason

START: Final = "..K."
_SHAPE: Final = re.compile(r"\.\.K\.([A-Z0-9]{1,20}(?:\.[A-Z0-9]{1,20})?)\.([A-Z0-9])")
_WORD: Final = re.compile("[A-Z0-9]{1,20}")


def read(text: str, scan: str, aim: str | None, offset: int) -> Reading | Misread:
    """Read a command card; `text` starts with `..K.` at character `offset` of `scan`."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        message = "This is no whole command card: expected ..K.VERB.CHECK or ..K.VERB.ARGUMENT.CHECK in capital letters and digits."
        return _unknown(Flaw(message, len(START), len(text)), text, scan, aim, offset)
    expected = _check(found[1])
    if found[2] != expected:
        flaw = Flaw(f"The command card's check character is {found[2]}, expected {expected}: scan it again.", len(text) - 1, len(text))
        return _unknown(flaw, text, scan, aim, offset)
    verb, _, argument = found[1].partition(".")
    elements = (Element("verb", verb), *((Element("argument", argument),) if argument else ()))
    return Reading(scan, Format.COMMAND, elements, Facts(command=found[1]), aim)


def command_card(verb: str, argument: str | None = None) -> str:
    """Return the text of the card for `verb` (QTY) and `argument` (5): capital letters and digits, else ValueError."""
    words = [verb] if argument is None else [verb, argument]
    if wrong := [word for word in words if not _WORD.fullmatch(word)]:
        raise ValueError(f"a command card takes 1 to 20 capital letters and digits, got {wrong[0]!r}")
    body = ".".join(words)
    return f"{START}{body}.{_check(body)}"


def _check(body: str) -> str:
    return mod37_36("K" + body.replace(".", ""))


def _unknown(flaw: Flaw, text: str, scan: str, aim: str | None, offset: int) -> Misread:
    shown = misread(flaw, text, scan, aim, offset, Format.COMMAND)
    return Misread(scan, Format.COMMAND, shown.message, shown.marked, shown.position, Reason.COMMAND_UNKNOWN, aim)
