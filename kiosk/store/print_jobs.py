"""Labels that wait for the printer; nothing leaves the queue but by being printed or voided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from kiosk.services.ports import PrintJob
from kiosk.store.database import Database
from kiosk.store.schema import PRINT_JOBS
from kiosk.store.times import from_text, maybe_from_text, to_text
from traceability.records import from_json, to_json
from traceability.workflows.step import PrintOrder

_ADD: Final = insert(PRINT_JOBS)


def insert_jobs(connection: Connection, orders: Sequence[PrintOrder], at: datetime) -> None:
    """Keep labels to be printed, in order."""
    for order in orders:
        body = json.dumps(to_json(order), ensure_ascii=False)
        connection.execute(_ADD, {"serial": order.serial, "print_order": body, "created_at": to_text(at)})


class StationPrints:
    """The station's labels to be printed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self, limit: int) -> tuple[PrintJob, ...]:
        """Return the oldest labels that are not printed."""
        with self._database.reading() as connection:
            rows = connection.execute(select(PRINT_JOBS).where(PRINT_JOBS.c.state == "waiting").order_by(PRINT_JOBS.c.id).limit(limit))
            return tuple(_job(row) for row in rows)

    def waiting_count(self) -> int:
        """Return how many labels wait."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).where(PRINT_JOBS.c.state == "waiting")).scalar_one())

    def mark_printed(self, job_id: int, at: datetime) -> None:
        """The printer took the label and reported no fault."""
        self._change(job_id, state="printed", printed_at=to_text(at), tries=PRINT_JOBS.c.tries + 1)

    def mark_failed(self, job_id: int, words: str) -> None:
        """The label could not be printed; it stays."""
        self._change(job_id, tries=PRINT_JOBS.c.tries + 1, last_words=words)

    def _change(self, job_id: int, **values: Any) -> None:
        # A label that was voided while the printer had it stays void: the goods are not there.
        mine = (PRINT_JOBS.c.id == job_id) & (PRINT_JOBS.c.state == "waiting")
        with self._database.writing() as connection:
            connection.execute(update(PRINT_JOBS).where(mine).values(**values))


def _job(row: Row[Any]) -> PrintJob:
    order = from_json(PrintOrder, json.loads(row.print_order), "print order")
    return PrintJob(row.id, order, from_text(row.created_at), row.state, maybe_from_text(row.printed_at), row.tries, row.last_words)
