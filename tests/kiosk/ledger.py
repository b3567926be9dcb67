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
    "adjustment": _difference,
}


def on_hand(opening: dict[Key, Decimal], events: Iterable[tuple[str, Data]]) -> dict[Key, Decimal]:
    """Return how much of each lot stands where, zeros left out."""
    amounts: dict[Key, Decimal] = defaultdict(Decimal, opening)
    for kind, data in events:
        for key, amount in ENTRIES.get(kind, lambda _: iter(()))(data):
            amounts[key] += amount
    return {key: amount for key, amount in amounts.items() if amount}


def forbidden_uses(events: Iterable[dict[str, Any]], plant: dict[str, Any]) -> list[str]:
    """Return the uses of lots that were held, rejected, recalled or expired then, and that nobody let through."""
    site = plant["site"]["name"]
    stands = {(lot["item"], lot["lot"], lot.get("assigned_by") or site): lot.get("disposition", "available") for lot in plant["lots"]}
    expires = {(lot["item"], lot["lot"], lot.get("assigned_by") or site): lot.get("expires_on") for lot in plant["lots"]}
    wrong = []
    for event in events:
        kind, data = event["kind"], event["data"]
        lot = (data.get("item"), data.get("lot"), data.get("assigned_by"))
        if kind == "receipt":
            stands[lot] = _worse(stands.get(lot, "available"), data["disposition"])
            expires[lot] = data["expires_on"] or expires.get(lot)
        elif kind == "hold":
            stands[lot] = _worse(stands.get(lot, "available"), "hold")
        elif kind == "consumption" and not event.get("approver"):
            today = date.fromisoformat(event["occurred_at"][:10])
            if stands.get(lot, "available") != "available" or (expires.get(lot) and date.fromisoformat(expires[lot]) < today):
                wrong.append(f"{event['sequence']}: {lot} was {stands.get(lot)}, good until {expires.get(lot)}")
    return wrong


def _worse(one: str, other: str) -> str:
    order = ("available", "quarantine", "hold", "rejected", "recalled")
    return max(one, other, key=order.index)
