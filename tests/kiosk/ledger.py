"""A second set of books: what events come to, counted by a plain hand without a database, to hold the station's own against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

Key = tuple[str, str, str, str]  # item, lot, who assigned it, place
Data = dict[str, Any]
Entries = Iterator[tuple[Key, Decimal]]


def _here(data: Data, place: str | None = None) -> Key:
    return data["item"], data["lot"], data["assigned_by"], place or data["place"]


def _in(data: Data) -> Entries:
    yield _here(data), Decimal(data["base_quantity"])


def _out(data: Data) -> Entries:
    yield _here(data), -Decimal(data["base_quantity"])


def _moved(data: Data) -> Entries:
    yield _here(data), -Decimal(data["base_quantity"])
    yield _here(data, data["to_place"]), Decimal(data["base_quantity"])


def _difference(data: Data) -> Entries:
    yield _here(data), Decimal(data["difference"])


def _made(data: Data) -> Entries:
    yield _here(data), Decimal(data["base_quantity"])
    for each in data["inputs"]:
        if each["place"] is not None:  # taken by the production itself; what was scanned was consumed before
            yield _here(each), -Decimal(each["quantity"])


def _shipped(data: Data) -> Entries:
    for each in data["contents"]:
        yield _here(each), -Decimal(each["base_quantity"])


#: What each kind of event does to the stock; kinds that are not here do nothing to it.
ENTRIES: Final[dict[str, Callable[[Data], Entries]]] = {
    "receipt": _in,
    "consumption": _out,
    "production": _made,
    "count": _difference,
    "return_to_stock": _in,
    "sample": _out,
    "scrap": _out,
    "vendor_return": _out,
    "customer_return": _in,
    "move": _moved,
    "pick": _moved,
    "shipment": _shipped,
    "adjustment": _difference,
}


def on_hand(opening: dict[Key, Decimal], events: Iterable[tuple[str, Data]]) -> dict[Key, Decimal]:
    """Return how much of each lot stands where, zeros left out."""
    amounts: dict[Key, Decimal] = defaultdict(Decimal, opening)
    for kind, data in events:
        for key, amount in ENTRIES.get(kind, lambda _: iter(()))(data):
            amounts[key] += amount
    return {key: amount for key, amount in amounts.items() if amount}


#: What takes loose goods from a place where a person could have meant another.
_TAKES: Final = frozenset({"consumption", "sample", "scrap", "vendor_return", "move"})


def taken_unasked(opening: dict[Key, Decimal], journal: Iterable[dict[str, Any]]) -> list[str]:
    """Return what took more of a loose lot than lay in the place while some lay elsewhere, and nobody was asked."""
    amounts: dict[Key, Decimal] = defaultdict(Decimal, opening)
    told: dict[str, tuple[str, Data]] = {}
    wrong = []
    for event in journal:
        kind, data, sign = event["kind"], event["data"], 1
        if kind == "correction":
            (kind, data), sign = told[data["corrects"]], -1
        told[event["id"]] = kind, data
        for key, amount in ENTRIES.get(kind, lambda _: iter(()))(data):
            amounts[key] += sign * amount
        loose = kind in _TAKES and sign > 0 and data["container"] is None and not data.get("order_kind")
        asked = "LOT_SHORT" in data.get("accepted_reasons", ()) or (kind == "scrap" and data["order"])
        here = _here(data) if loose and not asked else None
        if here is not None and amounts[here] < 0 and any(key[:3] == here[:3] and held > 0 for key, held in amounts.items()):
            wrong.append(f"{event['sequence']} {kind} of {data['lot']} from {data['place']}")
    return wrong


Lot = tuple[str, str, str]


def forbidden_uses(events: Iterable[dict[str, Any]], plant: dict[str, Any]) -> list[str]:
    """Return the uses and shipments of lots that were stopped or expired then, or made from a stopped lot, and that nobody let through."""
    journal = list(events)
    wrong = []
    for place, event in enumerate(journal):
        kind, data = event["kind"], event["data"]
        used = {"consumption": [data], "shipment": data.get("contents", [])}.get(kind, [])
        if not used or (event.get("approver") and kind == "consumption"):
            continue
        known = _Known(plant, journal[:place])
        today = date.fromisoformat(event["occurred_at"][:10])
        wrong += [f"{event['sequence']} {kind}: {words}" for each in used if (words := known.words_against(_lot_of(each), today))]
    return wrong


def _lot_of(data: Data) -> Lot:
    return data["item"], data["lot"], data["assigned_by"]


class _Known:
    """What a plain reader of the plant file and the journal so far knows of every lot."""

    def __init__(self, plant: dict[str, Any], journal: list[dict[str, Any]]) -> None:
        site = plant["site"]["name"]
        lots = {(lot["item"], lot["lot"], lot.get("assigned_by") or site): lot for lot in plant["lots"]}
        self.stands: dict[Lot, str] = {lot: data.get("disposition", "available") for lot, data in lots.items()}
        self.expires: dict[Lot, str | None] = {lot: data.get("expires_on") for lot, data in lots.items()}
        self.holds: dict[Lot, set[str]] = {lot: {"plant"} for lot, stands in self.stands.items() if stands == "hold"}
        self.sources: dict[Lot, set[Lot]] = defaultdict(set)
        undone = {event["data"]["corrects"] for event in journal if event["kind"] == "correction"}
        for event in journal:
            if event["id"] not in undone:
                self._read(event["id"], event["kind"], event["data"])

    def _read(self, event_id: str, kind: str, data: Data) -> None:
        if kind in ("receipt", "production", "customer_return", "count") and "item" in data:
            lot = _lot_of(data)
            said = data.get("disposition", "available")
            if said == "hold":
                self.holds.setdefault(lot, set()).add(event_id)
            else:
                self.stands[lot] = _worse(self.stands.get(lot, "available"), said)
            self.expires[lot] = data.get("expires_on") or self.expires.get(lot)
            self.sources[lot] |= {_lot_of(each) for each in data.get("inputs", ())}
        elif kind == "hold":
            self.holds.setdefault(_lot_of(data), set()).add(event_id)
        elif kind == "release":
            self.holds.setdefault(_lot_of(data), set()).difference_update(data["lifts"])
            self.stands[_lot_of(data)] = data["disposition"]
        elif kind == "qc_result" and data.get("disposition"):
            self.stands[_lot_of(data)] = data["disposition"]

    def words_against(self, lot: Lot, today: date) -> str:
        expires = self.expires.get(lot)
        if self._is_stopped(lot) or self.stands.get(lot) in ("rejected", "quarantine"):
            return f"{lot} was {self.stands.get(lot)}, held by {self.holds.get(lot)}"
        if expires and date.fromisoformat(expires) < today:
            return f"{lot} was good until {expires}"
        return next((f"{lot} was made from {each}, which is stopped" for each in self._ancestors(lot) if self._is_stopped(each)), "")

    def _is_stopped(self, lot: Lot) -> bool:
        return bool(self.holds.get(lot)) or self.stands.get(lot) == "recalled"

    def _ancestors(self, lot: Lot) -> set[Lot]:
        met, ahead = set[Lot](), set(self.sources.get(lot, ()))
        while ahead:
            each = ahead.pop()
            met.add(each)
            ahead |= self.sources.get(each, set()) - met
        return met


def _worse(one: str, other: str) -> str:
    order = ("available", "quarantine", "hold", "rejected", "recalled")
    return max(one, other, key=order.index)


Line = tuple[str, str, str, str]  # kind of order, its number, what was done, the line


def _line(kind: str, doing: str, named: str, sign: int = 1) -> Callable[[Data], Iterator[tuple[Line, Decimal]]]:
    def entry(data: Data) -> Iterator[tuple[Line, Decimal]]:
        if data["order"] and data[named]:
            yield (kind or data["order_kind"], data["order"], doing, data[named]), sign * Decimal(data["base_quantity"])

    return entry


def _line_shipped(data: Data) -> Iterator[tuple[Line, Decimal]]:
    yield from ((("ship_order", data["order"], "shipped", each["line"]), Decimal(each["base_quantity"])) for each in data["contents"])


def _line_made(data: Data) -> Iterator[tuple[Line, Decimal]]:
    if data["order"] and data["transformation"] == "made":
        yield ("work_order", data["order"], "made", ""), Decimal(data["base_quantity"])
    if data["order"]:
        taken = (each for each in data["inputs"] if each["place"] is not None)
        yield from ((("work_order", data["order"], "used", each["item"]), Decimal(each["quantity"])) for each in taken)


#: What each kind of event does on an order's lines.
ON_ORDERS: Final[dict[str, Callable[[Data], Iterator[tuple[Line, Decimal]]]]] = {
    "receipt": _line("purchase_order", "received", "line"),
    "consumption": _line("work_order", "used", "item"),
    "return_to_stock": _line("work_order", "used", "item", -1),
    "pick": _line("", "picked", "line"),
    "shipment": _line_shipped,
    "production": _line_made,
}


def on_orders(events: Iterable[tuple[str, Data]]) -> dict[Line, Decimal]:
    """Return what (kind, data) of events, undone ones left out, did on orders; lines that nothing was done on are left out."""
    sums: dict[Line, Decimal] = defaultdict(Decimal)
    for kind, data in events:
        if kind in ON_ORDERS:
            for line, amount in ON_ORDERS[kind](data):
                sums[line] += amount
    return {line: amount for line, amount in sums.items() if amount}


def pieces_here(events: Iterable[tuple[str, Data]]) -> dict[tuple[str, str], bool]:
    """Return of every piece that an event named by its serial whether it is free here (not used, gone, or in a carton)."""
    here: dict[tuple[str, str], bool] = {}
    inside: dict[tuple[str, str], tuple[str, str]] = {}  # in which carton, of which lot
    for kind, data in events:
        for serial, is_here in _pieces(kind, data):
            piece = (data["item"], serial)
            here[piece] = is_here
            inside.pop(piece, None)
            if kind == "packing":
                inside[piece] = (data["sscc"], data["lot"])
        if kind == "unpacking":
            out = {(data["sscc"], each["lot"]) for each in data["contents"]}
            here.update({piece: True for piece, where in inside.items() if where in out})
    return here


def _pieces(kind: str, data: Data) -> Iterator[tuple[str, bool]]:
    if kind == "receipt" and data.get("vendor_serial"):
        yield data["vendor_serial"], True
    gone = kind in ("consumption", "packing", "sample", "scrap", "vendor_return") or (kind == "adjustment" and data["base_quantity"] == "0")
    yield from ((serial, not gone) for serial in data.get("serials", ()))
    yield from ((each["serial"], each["found"]) for each in data.get("pieces", ()))
