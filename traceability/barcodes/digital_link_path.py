"""The keys of GS1 Digital Link web addresses, and which further elements may follow each in the path."""

from __future__ import annotations

from typing import Final

from traceability.barcodes.gs1_fields import FIELDS

#: Each key and its allowed rows of qualifiers, in their order; any of a row may be left out.
KEYS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "00": (),
    "01": (("22", "10", "21"), ("235",)),
    "253": (),
    "255": (),
    "401": (),
    "402": (),
    "414": (("254",), ("7040",)),
    "415": (("8020",),),
    "417": (("7040",),),
    "8003": (),
    "8004": (("7040",),),
    "8006": (("22", "10", "21"),),
    "8010": (("8011",),),
    "8013": (),
    "8017": (("8019",),),
    "8018": (("8019",),),
}

#: Elements that may not stand in the query.
_NO_ATTRIBUTE: Final = frozenset(
    {"03", "21", "22", "235", "254", "7040", "7041", "8011", "8014", "8019", "8020", "8040", "8041", "8042", "8043", "8200"}
)

#: Data attributes: elements that may stand in the query.
ATTRIBUTES: Final = frozenset(FIELDS) - _NO_ATTRIBUTE


def in_order(key: str, qualifiers: list[str]) -> bool:
    """Tell whether `qualifiers` may follow `key` in a path: all of one row, in its order, none twice."""
    return not qualifiers or any([one for one in row if one in qualifiers] == qualifiers for row in KEYS[key])


def belongs_in_path(key: str, qualifiers: list[str], identifier: str) -> bool:
    """Tell whether an element of the query could have stood in the path beside the qualifiers that do."""
    return any(identifier in row and set(qualifiers) <= set(row) for row in KEYS[key])
