"""What postings share: the event that takes effect, the containers that it makes, the order that it opens or ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, insert, select, update

from kiosk.store.amounts import to_text
from kiosk.store.schema import CONTAINERS, PRINT_JOBS, RECORDS
from traceability.events import Container, Event

# Built once: making a statement costs SQLAlchemy five times what running it does.
_ADD_CONTAINERS: Final = insert(CONTAINERS)


@dataclass(frozen=True, slots=True)
class Posting:
    """One chained event about to take effect: its row in the journal and when it happened."""

    row: int
    occurred_at: str
    event: Event


def add_containers(connection: Connection, posting: Posting, containers: Iterable[Container], place: str, lot: int) -> None:
    """Keep the containers that an event put labels on."""
    rows = [
        {
            "serial": each.serial,
            "lot": lot,
            "quantity": to_text(each.quantity),
            "unit": each.unit,
            "place": place,
            "labelled_at": posting.occurred_at,
            "event": posting.row,
            "voided": 0,
        }
        for each in containers
    ]
    if rows:
        connection.execute(_ADD_CONTAINERS, rows)


def void_containers(connection: Connection, row: int) -> None:
    """Void the containers that an event made, and those of their labels that still wait for the printer."""
    connection.execute(update(CONTAINERS).where(CONTAINERS.c.event == row).values(voided=1))
    serials = select(CONTAINERS.c.serial).where(CONTAINERS.c.event == row)
    waiting = (PRINT_JOBS.c.serial.in_(serials)) & (PRINT_JOBS.c.state == "waiting")
    connection.execute(update(PRINT_JOBS).where(waiting).values(state="void"))


def mark_order(connection: Connection, kind: str, number: str, *, finished: bool) -> None:
    """Note whether an order still wants anything, so that the list of open ones is short."""
    row = (RECORDS.c.kind == kind) & (RECORDS.c.key == number)
    connection.execute(update(RECORDS).where(row).values(finished=int(finished)))
