"""ISO/IEC 15434: one barcode that carries fields of several standards in envelopes.

`[)>` RS, then for each envelope two characters of format, GS and its fields with GS between them, RS; at the end EOT. Format 05
holds GS1 application identifiers, 06 data identifiers (MH10.8.2), 12 text element identifiers; the others are kept as they are.
Labels on the floor are often damaged, by their printers or by keyboard wedges: what has one honest reading is mended and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from traceability.barcodes import gs1, hibc, mh10
from traceability.barcodes.flaws import Flaw, misread, picture
from traceability.barcodes.reading import Element, Facts, Format, Misread, Reading
from traceability.values import replace

FS, GS, RS, US, EOT = "\x1c", "\x1d", "\x1e", "\x1f", "\x04"
_LONGEST: Final = 8192  # characters of one scan (PRODUCT, "Limits")
_FORMAT: Final = re.compile(r"[0-9A-Z]{2}", re.ASCII)
_BINARY: Final = re.compile(r"\x1d[^\x1d\x1e]{0,30}\x1d[^\x1d\x1e]{0,30}\x1d([0-9]{1,15})\x1d", re.ASCII)
# What wedges and set-ups are seen to type in place of a separator. Not `-`, `/` or `.`: values have them.
_STAND_INS: Final = frozenset("@|^]~#_;`{}$%&*")
_SMALL: Final = re.compile(r"[0-9]{0,3}[a-z]", re.ASCII)
_TEXT_ELEMENT: Final = re.compile(r"([0-9A-Z]{3}) (.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Message:
    """What has been read of a message so far, and how far."""

    at: int
    elements: tuple[Element, ...] = ()
    facts: Facts = field(default_factory=Facts)  # of format 05 and of HIBC fields; the others' come from `elements`
    repairs: tuple[str, ...] = ()

    def mended(self, *repairs: str) -> _Message:
        """Add repairs in words, each once."""
        return replace(self, repairs=(*self.repairs, *(repair for repair in dict.fromkeys(repairs) if repair not in self.repairs)))


def write_06(elements: Iterable[tuple[str, str]]) -> str:
    """Return `elements` (data identifier, value) as one message of format 06.

    Raises ValueError where an identifier is not assigned or a value can't stand in a message: callers check what people typed.
    """
    fields: list[str] = []
    for identifier, value in elements:
        if not mh10.is_assigned(identifier):
            raise ValueError(f"{identifier!r} is no data identifier of MH10.8.2")
        if not value or not value.isprintable():
            raise ValueError(f"{identifier} needs a value of printable characters, not {value!r}")
        fields.append(GS + identifier + value)
    if not fields:
        raise ValueError("a message needs at least one element")
    return f"[)>{RS}06{''.join(fields)}{RS}{EOT}"


def read(text: str, scan: str, aim: str | None, offset: int, today: date) -> Reading | Misread:
    """Read `text`, a whole message; `offset` is where it starts in `scan`."""
    message = _header(text)
    while isinstance(message, _Message) and message.at < len(text):
        message = _envelope(text, message, today)
    if isinstance(message, Flaw):
        return misread(message, text, scan, aim, offset, Format.ISO15434)
    facts, left_open = mh10.facts(message.elements, today)
    facts, contradictions = mh10.together(message.facts, facts)
    return Reading(scan, Format.ISO15434, message.elements, facts, aim, message.mended(*left_open, *contradictions).repairs)


def _header(text: str) -> _Message | Flaw:
    if len(text) > _LONGEST:
        return Flaw(f"{len(text)} characters are too many; at most {_LONGEST} are read.", _LONGEST, len(text))
    message = _Message(3)
    if text.startswith(">[)>"):
        message = _Message(4).mended("a stray > before the message was left out")
    elif not text.startswith("[)>"):
        return Flaw("An ISO/IEC 15434 message starts with [)>.", 0, min(3, len(text)))
    after = text[message.at : message.at + 1]
    if after == RS:
        message = replace(message, at=message.at + 1)
    elif after in (*_STAND_INS, GS):
        message = replace(message, at=message.at + 1).mended(f"{picture(after)} after [)> was taken for RS")
    else:
        message = message.mended("RS after [)> is missing")
    if message.repairs and text[message.at : message.at + 2] not in ("05", "06", "12"):
        return Flaw("RS and a format (05, 06, 12) were expected after [)>.", message.at, message.at + 2)
    return message if message.at < len(text) else Flaw("The message ends before its first envelope.", len(text), len(text))


def _envelope(text: str, message: _Message, today: date) -> _Message | Flaw:
    start = message.at
    kind = text[start : start + 2]
    if not _FORMAT.fullmatch(kind):
        return Flaw("Two characters of format were expected.", start, min(start + 2, len(text)))
    end = _end(text, start + 2, kind)
    if isinstance(end, Flaw):
        return end
    inside = _fields(text, start + 2, end, kind, message, today)
    return inside if isinstance(inside, Flaw) else _trailer(text, end, inside)


def _end(text: str, start: int, kind: str) -> int | Flaw:
    """Return where the envelope's fields end: at RS or EOT, or after the counted bytes of binary data (format 09)."""
    if kind == "09":
        header = _BINARY.match(text, start)
        if header is None or header.end() + int(header[1]) > len(text):
            return Flaw("Binary data (format 09) says its type, compression and length first, and is as long as that.", start, len(text))
        return header.end() + int(header[1])
    ends = [place for place in (text.find(RS, start), text.find(EOT, start)) if place >= 0]
    return min(ends, default=len(text))


def _trailer(text: str, end: int, message: _Message) -> _Message | Flaw:
    rest = text[end : end + 2]
    if rest[:1] == RS and len(rest) == 2 and rest != RS + EOT:
        return replace(message, at=end + 1)
    if rest != RS + EOT:
        missing = {"": "RS and EOT", RS: "EOT", EOT: "RS"}.get(rest)
        if missing is None:
            return Flaw("RS or the end of the message was expected.", end, end + 1)
        message = message.mended(f"{missing} at the end {'are' if ' ' in missing else 'is'} missing")
    if end + len(rest) < len(text):
        return Flaw("Nothing was expected after EOT.", end + len(rest), len(text))
    return replace(message, at=len(text))


def _fields(text: str, start: int, end: int, kind: str, message: _Message, today: date) -> _Message | Flaw:
    if kind == "01":
        fields = text[start:end].split(GS)[1:]
        return replace(message, elements=(*message.elements, *(Element("format 01", value) for value in fields)))
    if kind == "05":
        return _application_identifiers(text, start, end, message, today)
    if kind not in ("06", "12", "DD"):
        return replace(message, elements=(*message.elements, Element(f"format {kind}", text[start:end].removeprefix(GS))))
    separated = _separated(text, start, end, kind, message)
    if isinstance(separated, Flaw):
        return separated
    message, spans = separated
    for first, last in spans:
        flaw = _unprintable(text, first, last)
        if flaw is not None:
            return flaw
    return _data_identifiers(text, spans, message, today) if kind == "06" else _text_elements(text, spans, message)


def _application_identifiers(text: str, start: int, end: int, message: _Message, today: date) -> _Message | Flaw:
    if not text.startswith(GS, start):
        return Flaw("GS was expected after format 05. Does the scanner send control characters?", start, start + 1)
    inside = gs1.read(text[start + 1 : end], text, None, start + 1, today)
    if isinstance(inside, Misread):
        place = start if inside.position is None else inside.position
        return Flaw(inside.message, place, place + 1)
    facts, notes = mh10.together(message.facts, inside.facts)
    return replace(message, elements=(*message.elements, *inside.elements), facts=facts).mended(*notes)


def _separated(text: str, start: int, end: int, kind: str, message: _Message) -> tuple[_Message, list[tuple[int, int]]] | Flaw:
    """Return where each field stands, the separator found out where it is not GS."""
    sign, sign_at = GS, start
    if text[start:end][:1] != GS:
        if GS in text[start:end]:
            message, sign_at = message.mended("GS after the format is missing"), start - 1
        elif text[start:end][:1] in _STAND_INS and _all_known(text[start + 1 : end].split(text[start]), kind):
            sign, message = text[start], message.mended(f"{text[start]} was taken for GS")
        else:
            return Flaw("GS was expected: the fields can't be told apart. Does the scanner send control characters?", start, start + 1)
    spans: list[tuple[int, int]] = []
    while sign_at < end:
        following = text.find(sign, sign_at + 1, end)
        following = end if following < 0 else following
        spans.append((sign_at + 1, following))
        sign_at = following
    full = [span for span in spans if span[0] < span[1]]
    if not full:
        return Flaw("The envelope is empty; at least one field was expected.", start, max(end, start + 1))
    return message.mended("empty fields were left out") if len(full) < len(spans) else message, full


def _all_known(fields: list[str], kind: str) -> bool:
    """Say whether every field that is not empty starts with an identifier: only then its separator may be guessed."""
    if kind != "06":
        return False
    found = [mh10.split(text) for text in fields if text]
    return bool(found) and all(element is not None and mh10.is_assigned(element.identifier) for element in found)


def _unprintable(text: str, start: int, end: int) -> Flaw | None:
    for place in range(start, end):
        if not text[place].isprintable() and text[place] not in (FS, US):
            return Flaw("A character that can't be printed stands in a field.", place, place + 1)
    return None


def _data_identifiers(text: str, spans: list[tuple[int, int]], message: _Message, today: date) -> _Message | Flaw:
    elements: list[Element] = []
    for start, end in spans:
        element = mh10.split(text[start:end])
        if element is None:
            element = _small_identifier(text[start:end])
            message = message.mended("data identifiers in small letters were taken as capitals")
        if element is None:
            return Flaw("A data identifier (digits and one capital letter) was expected.", start, end)
        elements.append(element)
        if element.identifier == "+":
            message = _with_hibc(text[start:end], message, today)
    return replace(message, elements=(*message.elements, *elements))


def _with_hibc(field: str, message: _Message, today: date) -> _Message:
    """Add what a field of HIBC data says; a wrong one is kept like any field that does not fit its hint."""
    inside = hibc.read(field, field, None, 0, today)
    if isinstance(inside, Misread):
        return message.mended(f"the HIBC data {field!r} was left open: {inside.message}")
    facts, notes = mh10.together(message.facts, inside.facts)
    return replace(message, facts=facts).mended(*inside.repairs, *notes)


def _small_identifier(text: str) -> Element | None:
    """Mend a letter that a wedge made small after GS; not where the value's letters may have been made small too."""
    small = _SMALL.match(text)
    element = mh10.split(small[0].upper()) if small else None
    if element is None or not mh10.is_assigned(element.identifier):
        return None
    value = text[len(element.identifier) :]
    return None if value.islower() else Element(element.identifier, value)


def _text_elements(text: str, spans: list[tuple[int, int]], message: _Message) -> _Message | Flaw:
    elements: list[Element] = []
    for start, end in spans:
        found = _TEXT_ELEMENT.fullmatch(text, start, end)
        if found is None:
            return Flaw("A text element identifier (3 characters and a space) was expected.", start, end)
        elements.append(Element(found[1], found[2]))
    return replace(message, elements=(*message.elements, *elements))
