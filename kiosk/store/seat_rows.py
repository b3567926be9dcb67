"""Where the worker of each seat is: the work in hand in one row, what lies open in other modes in a row each, written when it changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, cast

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.store.schema import SEATS, SEATS_ASIDE
from traceability.chain import Json

_ASIDE: Final = "aside"
Works = Mapping[str, Json]

# Built once: making a statement costs SQLAlchemy five times what running it does.
_SEAT: Final = upsert(SEATS)
_SET_SEAT: Final = _SEAT.on_conflict_do_update(index_elements=["name"], set_={"body": _SEAT.excluded.body})
_WORK: Final = upsert(SEATS_ASIDE)
_SET_WORK: Final = _WORK.on_conflict_do_update(index_elements=["seat", "mode"], set_={"body": _WORK.excluded.body})
_OF_SEAT: Final = delete(SEATS_ASIDE).where(SEATS_ASIDE.c.seat == bindparam("of_seat"))
_DROP_WORK: Final = _OF_SEAT.where(SEATS_ASIDE.c.mode == bindparam("of_mode"))


def keep_seat(connection: Connection, name: str, seat: Mapping[str, Json], on_disk: Works | None) -> Works:
    """Write a seat; return what lies aside there, to be given back as `on_disk` next time: the same object is not written again.

    None: nobody knows what is on disk, so all of it is written.
    """
    aside = cast("dict[str, Json]", seat.get(_ASIDE) or {})
    if on_disk is None:
        connection.execute(_OF_SEAT, {"of_seat": name})
        on_disk = {}
    gone = [{"of_seat": name, "of_mode": mode} for mode in on_disk if mode not in aside]
    new = [{"seat": name, "mode": mode, "body": _text(work)} for mode, work in aside.items() if on_disk.get(mode) is not work]
    if gone:
        connection.execute(_DROP_WORK, gone)
    if new:
        connection.execute(_SET_WORK, new)
    connection.execute(_SET_SEAT, {"name": name, "body": _text({**seat, _ASIDE: {}} if aside else seat)})
    return aside


def stored_seats(connection: Connection) -> Mapping[str, Mapping[str, Json]]:
    """Return where the worker of each seat was; a seat that nobody used yet is not there."""
    aside: dict[str, dict[str, Json]] = {}
    for row in connection.execute(select(SEATS_ASIDE).order_by(SEATS_ASIDE.c.seat, SEATS_ASIDE.c.mode)):
        aside.setdefault(row.seat, {})[row.mode] = json.loads(row.body)
    return {row.name: _whole(json.loads(row.body), aside.get(row.name)) for row in connection.execute(select(SEATS).order_by(SEATS.c.name))}


def _whole(seat: dict[str, Json], aside: dict[str, Json] | None) -> Mapping[str, Json]:
    return {**seat, _ASIDE: aside} if aside else seat


def _text(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
