"""PIN hashes and wrong tries: on disk, so that switching the station off gives nobody new tries."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.services.ports import PinState
from kiosk.store.database import Database
from kiosk.store.schema import OPERATORS, WRONG_PINS
from kiosk.store.times import maybe_from_text, to_text

_HASH: Final = select(OPERATORS.c.pin_hash).where(OPERATORS.c.id == bindparam("person"))
_TRIES: Final = select(WRONG_PINS.c.wrong, WRONG_PINS.c.locked_at).where(WRONG_PINS.c.operator == bindparam("person"))
_KEEP: Final = upsert(WRONG_PINS)
_SET: Final = _KEEP.on_conflict_do_update(
    index_elements=["operator"], set_={"wrong": _KEEP.excluded.wrong, "locked_at": _KEEP.excluded.locked_at}
)
_FORGET: Final = delete(WRONG_PINS).where(WRONG_PINS.c.operator == bindparam("person"))


class StationPins:
    """What is kept about people's PINs at this station."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pin_state(self, operator_id: str) -> PinState:
        """Return what is kept about this person's PIN."""
        with self._database.reading() as connection:
            hashed = connection.execute(_HASH, {"person": operator_id}).scalar()
            tries = connection.execute(_TRIES, {"person": operator_id}).first()
        return PinState(hashed) if tries is None else PinState(hashed, tries.wrong, maybe_from_text(tries.locked_at))

    def keep_tries(self, operator_id: str, wrong: int, locked_at: datetime | None) -> None:
        """Note how many wrong PINs came in a row. StorageFailed."""
        with self._database.writing() as connection:
            if wrong == 0:
                connection.execute(_FORGET, {"person": operator_id})
            else:
                locked = to_text(locked_at) if locked_at else None
                connection.execute(_SET, {"operator": operator_id, "wrong": wrong, "locked_at": locked})
