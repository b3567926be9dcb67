"""Our tables against GS1's own dictionary, AI by AI: shapes, checks, pairing, Digital Link keys."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.corpora import corpus
from tests.gs1_linters import LINTERS
from traceability.barcodes import gs1_checks as checks
from traceability.barcodes.associations import NEEDS, NEVER
from traceability.barcodes.digital_link_path import ATTRIBUTES, KEYS
from traceability.barcodes.gs1_fields import AI_LENGTHS, FIELDS

SETS = {"N": checks.digits, "X": checks.set82, "Y": checks.set39, "Z": checks.set64}
COMPONENT = re.compile(r"(\[?)([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)")


@dataclass(frozen=True)
class Entry:
    flags: str
    components: list[re.Match[str]]
    attributes: dict[str, str]


def entries() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for line in corpus("gs1/gs1-syntax-dictionary.txt").read_text(encoding="utf-8").splitlines():
        words = line.partition("#")[0].split()
        if not words:
            continue
        first, _, last = words[0].partition("-")
        flags = words[1] if set(words[1]) <= set("*?") else ""
        components = [match for word in words[1:] if (match := COMPONENT.fullmatch(word))]
        pairs = (word.partition("=") for word in words if "=" in word or word == "dlpkey")
        attributes = {name: value for name, _, value in pairs}
        for number in range(int(first), int(last or first) + 1):
            found[str(number).zfill(len(first))] = Entry(flags, components, attributes)
    return found


ENTRIES = entries()


def test_no_ai_is_missing_and_none_is_invented() -> None:
    assert set(FIELDS) == set(ENTRIES)
    assert all(AI_LENGTHS[identifier[:2]] == len(identifier) for identifier in ENTRIES)


def shape(identifier: str) -> tuple[object, ...]:
    ours = FIELDS[identifier]
    return (ours.predefined, *((part.least, part.most, part.optional, part.checks) for part in ours.components))


def shape_told(entry: Entry) -> tuple[object, ...]:
    parts = []
    for match in entry.components:
        optional, kind, variable, size, linters = match.groups()
        named = (LINTERS[linter] for linter in linters.split(",") if linter)
        parts.append((1 if variable else int(size), int(size), bool(optional), (SETS[kind], *named)))
    return ("*" in entry.flags, *parts)


def test_shapes_and_checks_are_those_of_the_dictionary() -> None:
    wrong = {identifier: shape(identifier) for identifier, entry in ENTRIES.items() if shape(identifier) != shape_told(entry)}
    assert not wrong


def without_n(text: str) -> set[str]:
    """A pattern such as 31nn is written 31 in our tables."""
    return {"+".join(one.rstrip("n") for one in group.split("+")) for group in text.split(",") if group}


def test_what_must_stand_beside_an_element() -> None:
    told = {identifier: without_n(entry.attributes.get("req", "")) for identifier, entry in ENTRIES.items()}
    assert {identifier: set(NEEDS.get(identifier, ())) for identifier in ENTRIES} == told


def test_what_must_not_stand_beside_an_element() -> None:
    told = {identifier: without_n(entry.attributes.get("ex", "")) for identifier, entry in ENTRIES.items()}
    own_family = {identifier: {identifier[:3]} if re.fullmatch("3[1-6]..", identifier) else set() for identifier in ENTRIES}
    assert {identifier: set(NEVER.get(identifier, own_family[identifier])) for identifier in ENTRIES} == told


def test_digital_link_keys_and_attributes() -> None:
    keys = {identifier: entry.attributes["dlpkey"] for identifier, entry in ENTRIES.items() if "dlpkey" in entry.attributes}
    assert {key: "|".join(",".join(row) for row in rows) for key, rows in KEYS.items()} == keys
    assert {identifier for identifier, entry in ENTRIES.items() if "?" in entry.flags} == ATTRIBUTES
