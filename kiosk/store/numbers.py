"""Numbers that the station may give to its own lots, in blocks, so that no two stations give the same one."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from kiosk.store.database import Database
from kiosk.store.schema import NUMBER_BLOCKS

#: Nine digits: as many as a lot pattern's counter is ever padded to.
LAST_NUMBER: Final = 999_999_999


class StationNumbers:
    """The station's blocks of own lot numbers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim_all(self) -> None:
        """Take every number, where there is no server that could give blocks to several stations. Twice changes nothing."""
        with self._database.writing() as connection:
            if connection.execute(select(NUMBER_BLOCKS.c.first).limit(1)).first() is None:
                connection.execute(insert(NUMBER_BLOCKS).values(first=1, last=LAST_NUMBER, next=1))

    def add(self, first: int, last: int) -> None:
        """Keep a block that the server leased."""
        with self._database.writing() as connection:
            connection.execute(insert(NUMBER_BLOCKS).values(first=first, last=last, next=first))

    def left(self) -> int:
        """Return how many numbers are left."""
        return self._asked(func.sum(NUMBER_BLOCKS.c.last - NUMBER_BLOCKS.c.next + 1))

    def highest(self) -> int:
        """Return the last number of all blocks that the station ever had (0: none)."""
        return self._asked(func.max(NUMBER_BLOCKS.c.last))

    def _asked(self, figure: ColumnElement[int]) -> int:
        with self._database.reading() as connection:
            return int(connection.execute(select(func.coalesce(figure, 0))).scalar_one())


def next_number(connection: Connection) -> int | None:
    """Return the next free number; None where all blocks are used up or none was ever given."""
    block = _open_block(connection)
    return None if block is None else int(block.next)


def use_number(connection: Connection) -> bool:
    """Use up one number inside the caller's transaction; False where none is left."""
    block = _open_block(connection)
    if block is None:
        return False
    connection.execute(update(NUMBER_BLOCKS).where(NUMBER_BLOCKS.c.first == block.first).values(next=block.next + 1))
    return True


def _open_block(connection: Connection) -> Any:
    free = NUMBER_BLOCKS.c.next <= NUMBER_BLOCKS.c.last
    return connection.execute(select(NUMBER_BLOCKS).where(free).order_by(NUMBER_BLOCKS.c.first).limit(1)).first()
