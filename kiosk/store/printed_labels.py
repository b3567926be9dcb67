"""Labels that this station printed, or is to print: found by their serial, newest first."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from kiosk.store.schema import CONTAINERS, PRINT_JOBS
from kiosk.store.times import from_text
from traceability.records import from_json
from traceability.workflows.step import PrintedLabel, PrintOrder

_LOOKED_THROUGH: Final = 4  # times as many jobs as labels: reprints are passed over
_LABELS: Final = select(PRINT_JOBS, CONTAINERS.c.voided).join(CONTAINERS, CONTAINERS.c.serial == PRINT_JOBS.c.serial, isouter=True)
_LAST: Final = _LABELS.order_by(PRINT_JOBS.c.id.desc()).limit(bindparam("most"))
_BY_SERIAL: Final = _LABELS.where(PRINT_JOBS.c.serial == bindparam("on_label")).order_by(PRINT_JOBS.c.id)
_BY_ID: Final = _LABELS.where(PRINT_JOBS.c.id == bindparam("job"))


def last_labels(connection: Connection, limit: int) -> tuple[PrintedLabel, ...]:
    """Return the latest labels that are still good, newest first, each once."""
    rows = connection.execute(_LAST, {"most": limit * _LOOKED_THROUGH})
    labels = [label for label in map(_label, rows) if not (label.void or label.order.reprint)]
    return tuple(labels[:limit])


def label_with_serial(connection: Connection, serial: str) -> PrintedLabel | None:
    """Return the label that was first printed with a serial; None where none was."""
    row = connection.execute(_BY_SERIAL, {"on_label": serial}).first() if serial else None
    return _label(row) if row is not None else None


def label_of_job(connection: Connection, job: int) -> PrintedLabel | None:
    """Return a label by its number in the list."""
    row = connection.execute(_BY_ID, {"job": job}).first()
    return _label(row) if row is not None else None


def _label(row: Row[Any]) -> PrintedLabel:
    order = from_json(PrintOrder, json.loads(row.print_order), "print order")
    return PrintedLabel(str(row.id), order, from_text(row.created_at), row.state == "void" or bool(row.voided))
