"""Labels of what is walked in at go-live: one a container, as in receiving, when the count is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from traceability.events import Container, LotCounted
from traceability.items import Item
from traceability.units import Converted
from traceability.values import replace
from traceability.workflows.inputs import Circumstances
from traceability.workflows.lot_labels import lot_label
from traceability.workflows.receive_containers import TooMany, containers
from traceability.workflows.step import PrintOrder, Record
from traceability.workflows.stocktaking import Stocktake, Tally


def wanted(item: Item, amount: Converted, typed: bool) -> tuple[Container, ...] | TooMany:
    """Return the containers of what is walked in that get a label of ours, their numbers still to come; none where the item wants none."""
    if amount.base.amount == 0:
        return ()
    counted = containers(amount, item)
    return counted if isinstance(counted, TooMany) else counted.labelled(item, typed, "", 1)


def labelled(records: tuple[Record, ...], state: Stocktake, now: Circumstances) -> tuple[tuple[Record, ...], tuple[PrintOrder, ...]]:
    """Return the count's events with the containers that get labels, and the labels, in the order in which things were found."""
    changed, prints, number = list(records), list[PrintOrder](), now.next_serial
    for place, record in enumerate(records):
        event = record.event
        if not isinstance(event, LotCounted):
            continue
        fresh = list[Container]()
        for tally in _found_of(event, state):
            for each in tally.labels:
                fresh.append(replace(each, serial=f"{now.serial_prefix}{number}"))
                prints.append(lot_label(event, tally.gtin, event.expires_on, fresh[-1]))
                number += 1
        if fresh:
            changed[place] = replace(record, event=replace(event, containers=tuple(fresh)), labels=tuple(each.serial for each in fresh))
    return tuple(changed), tuple(prints)


def _found_of(event: LotCounted, state: Stocktake) -> Iterator[Tally]:
    key = (event.item, event.lot, event.assigned_by)
    yield from (each for each in state.tallies if (each.key.item, each.key.code, each.key.assigned_by) == key)
