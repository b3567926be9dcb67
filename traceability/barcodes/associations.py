"""Which GS1 elements must, and must not, stand together on one item: a judgement over all its barcodes, never over one scan.

A label may spread its elements over several barcodes, so a lot (10) alone is a good scan; a lot that stays alone is not a good
label. Source: GS1 General Specifications, section 4.14.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from traceability.barcodes.gs1_fields import identifiers, name_of
from traceability.barcodes.reading import Element
from traceability.refusals import Reason, Refusal

# One of the groups on the left must be there; "01+21" is both. "31" is any AI that begins so.
_NEEDS_TABLE: Final = """
01 02 03 8006 8026             : 10 11 13 15 16 20 240 241 422
01 02 03 255 8006 8026         : 17
01 02 8006 8026                : 242 7001
01 02 03                       : 423-426 7003 7010 7011 8008
01 02                          : 30 310-316n5 320-329n5 350-352n5 356-357n5 360-361n5 364-366n5 7002 7005-7009 7030-7039 8005
01 03 8006                     : 21 251 7021 8012
01 03                          : 243
01 8004                        : 7230-7239
01 8006                        : 7240
01                             : 22 235 337n5 710-717 8001 8014 8200
00 01 03                       : 8009
00 01                          : 330-336n5 340-349n5 353-355n5 362-363n5 367-369n5
00                             : 403 4300-4302 4304-4312 4314-4326 4330-4333 7041
37                             : 02 8026
00+02 00+8026                  : 37
01+21 03+21 8006+21            : 250
01+422 02+422 03+422           : 427
01+10 03+10                    : 7004
01+416 03+416 8006+416         : 7020
01+7021 03+7021 8006+7021      : 7022
01+21                          : 8040
01+21+8040                     : 8041-8043
01+30 01+31 01+32 01+35 01+36  : 392n9
30 31 32 35 36                 : 393n9 395n5
414                            : 254
255                            : 394n3 8111
255 8020                       : 390n9
8020                           : 12 391n9 415
415                            : 8007 8020
4302                           : 4303
4312                           : 4313
8017 8018                      : 7241 7242 7253-7256 8019
8018                           : 7250-7252 7257 7259
8018+7259                      : 7258
8010                           : 8011
00 01+21 03+21 253 255 8003 8004 8006+21 8010+8011 8017 8018 : 8030
"""

# None on the left may stand beside one on the right, another of the same family included ("31" is any that begins so).
_NEVER_TABLE: Final = """
255 37                  : 01
01 03                   : 02
01 02 37 235            : 03
235                     : 21
01 02 415 8006 8020 8026 : 255
390 391 394 8111        : 390n9
391                     : 391n9
392 393                 : 392n9
393                     : 393n9
394 8111                : 394n3
392 393 395 8005        : 395n5
421                     : 420
4307                    : 421
426                     : 422-425
4331                    : 4330
4330                    : 4331
4333                    : 4332
4332                    : 4333
03                      : 7240
7251                    : 7250
7250                    : 7251
7256 7259               : 7253-7255
7256                    : 7259
01 03 37                : 8006
8018                    : 8017
8017                    : 8018
02 03 8006              : 8026
"""

_WITH_SERIAL: Final = {"253": 13, "255": 13, "8003": 14}  # a digital signature (8030) needs more than so many characters of these
_MEASURE: Final = re.compile("3[1-6][0-9]{2}")


def _table(text: str) -> dict[str, tuple[str, ...]]:
    rows = (row.partition(":") for row in text.strip().splitlines())
    return {identifier: tuple(left.split()) for left, _, right in rows for identifier in identifiers(right)}


#: Each AI and the groups of which one must be there.
NEEDS: Final = _table(_NEEDS_TABLE)

#: Each AI and the beginnings of AIs that must not be there.
NEVER: Final = _table(_NEVER_TABLE)


def refusals(elements: Iterable[Element]) -> tuple[Refusal, ...]:
    """Return what is wrong with the elements of one item taken together; empty means nothing.

    Each refusal is BARCODE_INVALID about {"identifier", "rule": "differs" | "missing" | "excluded" | "no_serial", "message"}.
    """
    values: dict[str, str] = {}
    found: list[Refusal] = []
    for element in elements:
        first = values.setdefault(element.identifier, element.value)
        if first != element.value:
            words = f"{name_of(element.identifier)} stands twice with different values, {first} and {element.value}."
            found.append(_refusal(element.identifier, "differs", words))
    for identifier in values:
        found.extend(_missing(identifier, values))
        found.extend(_excluded(identifier, values))
    found.extend(_without_serial(values))
    return tuple(found)


def _refusal(identifier: str, rule: str, words: str) -> Refusal:
    return Refusal(Reason.BARCODE_INVALID, {"identifier": identifier, "rule": rule, "message": words[0].upper() + words[1:]})


def _missing(identifier: str, values: dict[str, str]) -> Iterator[Refusal]:
    groups = NEEDS.get(identifier, ())
    if groups and not any(all(_among(one, values) for one in group.split("+")) for group in groups):
        wanted = " or ".join(" with ".join(f"({one})" for one in group.split("+")) for group in groups)
        yield _refusal(identifier, "missing", f"{name_of(identifier)} needs {wanted} on the same item.")


def _among(beginning: str, values: dict[str, str]) -> bool:
    return beginning in values or any(other.startswith(beginning) and _MEASURE.fullmatch(other) for other in values)


def _excluded(identifier: str, values: dict[str, str]) -> Iterator[Refusal]:
    # Of a measure, one unit and one number of decimals: 3102 and 3103 can't both be true.
    family = (identifier[:3],) if _MEASURE.fullmatch(identifier) else ()
    for beginning in NEVER.get(identifier, family):
        for other in values:
            if other != identifier and other.startswith(beginning):
                yield _refusal(identifier, "excluded", f"{name_of(identifier)} must not stand beside {name_of(other)} on one item.")


def _without_serial(values: dict[str, str]) -> Iterator[Refusal]:
    if "8030" in values:
        for identifier, size in _WITH_SERIAL.items():
            if len(values.get(identifier, "")) == size:
                yield _refusal(identifier, "no_serial", f"{name_of(identifier)} needs its serial part beside a digital signature (8030).")
