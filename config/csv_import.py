"""Reference data from a spreadsheet: CSV with a header line, one kind of thing a file, checked as the plant file is.

| kind            | columns (those in brackets may be left out)                                                            |
|-----------------|--------------------------------------------------------------------------------------------------------|
| items           | item [gtin description unit lot_tracked serial_tracked expiry_required best_before_is_expiry            |
|                 | label_on_receipt expiry_days receive_into over_receipt_percent min_remaining_days oldest_first          |
|                 | lot_pattern consumption]                                                                                |
| vendors         | vendor [name gln exempt street city region postal_code country phone contact email]                     |
| purchase_orders | order vendor item quantity [line unit], one row a line of an order                                      |
| lots            | item lot assigned_by [expires_on disposition place quantity], one row a place that the lot is in        |

UTF-8 (a byte order mark does no harm); comma or semicolon between the columns; an empty cell is left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from config import places
from config import plant_parts as parts
from config.loading import model_of, read_text
from config.mistakes import Mistake, SettingsRefused, did_you_mean
from config.plant import Plant
from config.plant_checks import mistakes

Row = dict[str, str]

_ADDRESS: Final = ("street", "city", "region", "postal_code", "country", "phone")
_NUMBERS: Final = ("expiry_days", "min_remaining_days")
_YES_NO: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_SWITCHES: Final = ("lot_tracked", "serial_tracked", "expiry_required", "best_before_is_expiry", "exempt")

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "items": tuple(name for name in parts.Item.model_fields if name not in ("units", "barcodes")),
    "vendors": ("vendor", "name", "gln", "exempt", *_ADDRESS, "contact", "email"),
    "purchase_orders": ("order", "vendor", "line", "item", "quantity", "unit"),
    "lots": ("item", "lot", "assigned_by", "expires_on", "disposition", "place", "quantity"),
}


def load_csv(path: Path, kind: str) -> Plant:
    """Return the plant that holds one CSV file's rows; raise SettingsRefused with every mistake and its line."""
    if kind not in COLUMNS:
        words = f"there are no {kind!r} to read from CSV.{did_you_mean(kind, COLUMNS)} Kinds: {', '.join(COLUMNS)}."
        raise SettingsRefused(path, [Mistake("", words)])
    numbered = list(_rows(path, kind))
    entries, lines = _ENTRIES[kind](numbered)
    there = places.Places({(): 1, **{(kind, *where): line for where, line in lines.items()}})
    return model_of(path, {kind: entries}, Plant, lambda: there, _mistakes)


def _mistakes(plant: Plant) -> Iterator[Mistake]:
    yield from mistakes(plant)
    # The plant file knows its site's name, a spreadsheet doesn't: whose code it is has to be said.
    unsigned = [place for place, lot in enumerate(plant.lots) if lot.assigned_by is None]
    yield from (
        Mistake(f"lots[{place}].assigned_by", "it is missing: the vendor, or the site's name for a lot of our own") for place in unsigned
    )


def _rows(path: Path, kind: str) -> Iterator[tuple[int, Row]]:
    """Yield each row's line and filled cells."""
    text = read_text(path)
    header = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",", strict=True)
    columns = [name.strip() for name in reader.fieldnames or ()]
    known = COLUMNS[kind]
    strange = [
        Mistake(name or "header", f"there is no such column.{did_you_mean(name, known)} Columns of {kind}: {', '.join(known)}.", 1)
        for name in columns
        if name not in known
    ]
    if strange or not columns:
        raise SettingsRefused(path, strange or [Mistake("", f"the file is empty; the first line names the columns: {', '.join(known)}")])
    reader.fieldnames = columns
    try:
        for row in reader:
            if None in row:
                raise SettingsRefused(path, [Mistake("", f"this row has more than {len(columns)} cells", reader.line_num)])
            yield reader.line_num, {name: cell.strip() for name, cell in row.items() if cell and cell.strip()}
    except csv.Error as error:
        raise SettingsRefused(path, [Mistake("", f"this is not CSV: {error}", reader.line_num)]) from None


def _typed(row: Row) -> dict[str, Any]:
    """Return the cells as a plant file would have them; what can't be is left for the model to refuse."""
    typed: dict[str, Any] = dict(row)
    for name in _SWITCHES:
        if name in row:
            typed[name] = _YES_NO.get(row[name].lower(), row[name])
    for name in _NUMBERS:
        if name in row and row[name].isascii() and row[name].isdigit() and len(row[name]) < 10:
            typed[name] = int(row[name])
    return typed


#: The entries as a plant file has them, and the line of each part of them.
Entries = tuple[list[dict[str, Any]], dict[places.Path, int]]


def _items(rows: list[tuple[int, Row]]) -> Entries:
    return [_typed(row) for _, row in rows], _lines(rows)


def _lines(rows: list[tuple[int, Row]]) -> dict[places.Path, int]:
    return {(place,): line for place, (line, _) in enumerate(rows)}


def _vendors(rows: list[tuple[int, Row]]) -> Entries:
    entries = []
    for _, row in rows:
        entry = _typed({name: cell for name, cell in row.items() if name not in (*_ADDRESS, "contact", "email")})
        address = {name: row[name] for name in _ADDRESS if name in row}
        contact = {key: row[name] for name, key in (("contact", "name"), ("email", "email")) if name in row}
        entries.append(entry | ({"address": address} if address else {}) | ({"contacts": [contact]} if contact else {}))
    return entries, _lines(rows)


def _purchase_orders(rows: list[tuple[int, Row]]) -> Entries:
    return _gathered(rows, ("order", "vendor"), "lines", ("line", "item", "quantity", "unit"))


def _lots(rows: list[tuple[int, Row]]) -> Entries:
    return _gathered(rows, ("item", "lot", "assigned_by", "expires_on", "disposition"), "on_hand", ("place", "quantity"))


def _gathered(rows: list[tuple[int, Row]], head: tuple[str, ...], key: str, inner: tuple[str, ...]) -> Entries:
    """Return one entry for all rows with the same head, their own cells in a list under `key`."""
    entries: dict[tuple[str | None, ...], dict[str, Any]] = {}
    stands: dict[tuple[str | None, ...], int] = {}
    lines: dict[places.Path, int] = {}
    for line, row in rows:
        name = tuple(row.get(column) for column in head)
        if name not in entries:
            stands[name] = len(entries)
            lines[(stands[name],)] = line
            entries[name] = {column: row[column] for column in head if column in row}
        if own := {column: row[column] for column in inner if column in row}:
            gathered = entries[name].setdefault(key, [])
            lines[(stands[name], key, len(gathered))] = line
            gathered.append(own)
    return list(entries.values()), lines


_ENTRIES: Final[dict[str, Callable[[list[tuple[int, Row]]], Entries]]] = {
    "items": _items,
    "vendors": _vendors,
    "purchase_orders": _purchase_orders,
    "lots": _lots,
}
