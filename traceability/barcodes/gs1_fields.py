"""The application identifiers (AIs) of GS1: what the value after each must look like.

The table is ours, grouped by shape. A shape is a row of components; a component is a character set (d digits, x CSET 82,
k CSET 39, b base 64), its length (`6`, or `-20` for 1 to 20), and its checks; `?` before it: may be left out. `310-316n5` is
the AIs 3100 to 3165 whose last digit, 0 to 5, tells the decimal places. Source: GS1 General Specifications, section 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from traceability.barcodes import gs1_checks as checks
from traceability.barcodes import gs1_coupons as coupons
from traceability.barcodes.flaws import Flaw
from traceability.barcodes.gs1_checks import Check

_TABLE: Final = """
d18 mod10 owner2                              : 00
d14 mod10 owner2                              : 01 02 03
d13 mod10 owner1                              : 410-417
d17 mod10 owner1                              : 402
d18 mod10 owner1                              : 8017 8018
d13 mod10 owner1, ?x-17                       : 253
d13 mod10 owner1, ?d-12                       : 255
d1 zero, d13 mod10 owner1, ?x-16              : 8003
d14 mod10 owner2, d4 piece                    : 8006 8026
x-30 owner1                                   : 401 7023 8004
k-30 owner1                                   : 8010
x-25 pair owner1                              : 8013
x-25 pair owner1 not_number                   : 8014
d6 day0                                       : 11-13 15-17
d6 day                                        : 4326 7006
d6 day, ?d6 day                               : 7007
d6 day, d4 time                               : 7003
d6 day, ?d4 time                              : 7011
d6 day0, d4 time                              : 4324 4325
d6 day, d2 hour, ?d2 minute, ?d2 second      : 8008
d8 full_day                                   : 7250
d8 full_day, d4 time                          : 7251
d2                                            : 20
d4                                            : 394n3 8111
d6                                            : 310-316n5 320-337n5 340-357n5 360-369n5 395n5 8005
d13                                           : 7001
d15                                           : 8040 8041
d32                                           : 8042
d18, ?d-2                                     : 8043
d-4                                           : 7004
d-6                                           : 242
d-8                                           : 30 37
d-10                                          : 8019
d-12 no_leading_zero                          : 8011
d-15                                          : 390n9 392n9
d3 currency, d-15                             : 391n9 393n9
d3 country                                    : 422 424 426
d3 country, ?d3 country, ?d3 country, ?d3 country, ?d3 country : 423 425
d3 country, x-9                               : 421
d3 processor_country, x-27                    : 7030-7039
x2 country_letters                            : 4307 4317
d10 latitude, d10 longitude                   : 4309
d1 flag                                       : 4321-4323
d1 sex                                        : 7252
d2 media                                      : 7241
d6, ?x1 hyphens                               : 4330-4333
d1, x1, x1, x1 importer                       : 7040
d4 nonzero, d5 nonzero, d3 nonzero, d1 winding, d1 : 8001
x3 birth_order                                : 7258
x2, x-28                                      : 7230-7239
x-2                                           : 7010
x-3                                           : 427 7008
x-4 package                                   : 7041
x-10                                          : 7009 7255
x-12                                          : 7005
x-20                                          : 10 21 22 243 254 420 4318 710-717 7020-7022 7240 8002 8012
x-25                                          : 7242 8020
x-28                                          : 235
x-30                                          : 240 241 250 251 400 403 4308 4319 7002 90
x-34 iban                                     : 8007
x-35 percent                                  : 4300 4301 4310 4311 4320
x-40 percent                                  : 7253 7254 7259
x-50                                          : 8009
x-70                                          : 8200
x-70 percent                                  : 4302-4306 4312-4316 7257
x-70 coupon                                   : 8110
x-70 offer                                    : 8112
x-90                                          : 91-99
x-90 percent                                  : 7256
b-90                                          : 8030
"""

#: Elements that need no separator after them have an AI that begins so (General Specifications, figure 7.8.5-2).
_PREDEFINED: Final = frozenset(re.findall("..", "00010203041112131415161718192031323334353641"))

#: What the commonest elements are called on the floor.
NAMES: Final = {
    "00": "SSCC",
    "01": "GTIN",
    "02": "GTIN of the contents",
    "10": "lot",
    "11": "production date",
    "13": "packing date",
    "15": "best before date",
    "16": "sell by date",
    "17": "expiry date",
    "21": "serial number",
    "30": "count",
    "37": "count of the contents",
    "240": "additional item number",
    "241": "customer's part number",
    "310": "net weight",
    "320": "net weight",
    "330": "gross weight",
    "400": "order number",
    "410": "ship-to location number",
    "414": "location number",
    "7003": "expiry date and time",
    "8008": "production time",
}

_SETS: Final[dict[str, Check]] = {"d": checks.digits, "x": checks.set82, "k": checks.set39, "b": checks.set64}


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a value: `least` to `most` characters of a set, and what else must hold."""

    least: int
    most: int
    optional: bool
    checks: tuple[Check, ...]  # the character set first


@dataclass(frozen=True, slots=True)
class Field:
    """The value after an AI: `size` characters where it is `predefined` (no separator needed), else `least` to `most`."""

    components: tuple[Component, ...]
    predefined: bool
    least: int
    most: int
    checks: tuple[Check, ...]  # of the whole value, where it has one component only

    def flaw(self, value: str) -> Flaw | None:
        """Return the first thing wrong with `value`, which must not hold a separator, or None."""
        if not self.checks or not self.least <= len(value) <= self.most:
            return self._flaw_in_parts(value)
        for check in self.checks:
            if found := check(value):
                return found
        return None

    def _flaw_in_parts(self, value: str) -> Flaw | None:
        """Walk through the components: what stands at its place is judged before what is too much at the end."""
        at, size = 0, len(value)
        for component in self.components:
            if at == size and component.optional:
                continue
            part = value[at : at + component.most]
            if len(part) < component.least:
                return self._wrong_size(size)
            for check in component.checks:
                if found := check(part):
                    return Flaw(found.message, found.start + at, found.end + at)
            at += len(part)
        return self._wrong_size(size) if at < size else None

    def _wrong_size(self, size: int) -> Flaw:
        wanted = f"{self.most}" if self.least == self.most else f"{self.least} to {self.most}"
        if size > self.most:
            return Flaw(f"{size} characters, expected {wanted}; the separator (GS) after it may be lost", self.most, size)
        return Flaw(f"{size} characters, expected {wanted}" if size else f"empty, expected {wanted} characters", size, size)


def name_of(identifier: str) -> str:
    """Return how an AI is called in a message: "lot (10)", "AI (4309)"."""
    name = NAMES.get(identifier) or NAMES.get(identifier[:3])
    return f"{name} ({identifier})" if name else f"AI ({identifier})"


def _component(text: str) -> Component:
    words = text.removeprefix("?").split()
    kind, size = words[0][0], words[0][1:]
    most = int(size.removeprefix("-"))
    named = (_check_named(word) for word in words[1:])
    return Component(1 if "-" in size else most, most, text.startswith("?"), (_SETS[kind], *named))


def _check_named(name: str) -> Check:
    found: Check = getattr(coupons if name in ("coupon", "offer") else checks, name)
    return found


def identifiers(text: str) -> Iterator[str]:
    """Expand a list of AIs as the tables write it: "7030-7039 310-316n5"."""
    for word in text.split():
        span, _, decimals = word.partition("n")
        first, _, last = span.partition("-")
        for number in range(int(first), int(last or first) + 1):
            base = str(number).zfill(len(first))
            yield from (f"{base}{digit}" for digit in range(int(decimals) + 1)) if decimals else (base,)


def _fields() -> dict[str, Field]:
    table: dict[str, Field] = {}
    for row in _TABLE.strip().splitlines():
        shape, _, members = row.partition(":")
        components = tuple(_component(part.strip()) for part in shape.split(","))
        least = sum(component.least for component in components if not component.optional)
        most = sum(component.most for component in components)
        whole = components[0].checks if len(components) == 1 else ()
        either = tuple(Field(components, predefined, least, most, whole) for predefined in (False, True))
        for identifier in identifiers(members):
            table[identifier] = either[identifier[:2] in _PREDEFINED]
    return table


#: Every AI and its field. AIs of one shape share one.
FIELDS: Final = _fields()

#: How long an AI is, from its first two digits: no two AIs of different length begin alike.
AI_LENGTHS: Final = {identifier[:2]: len(identifier) for identifier in FIELDS}
