"""Reference data in memory, from its first reading until any of it changes: nearly every input asks for the same dozen records."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection

_Read = TypeVar("_Read")
#: So many are kept at most: what people scan is looked for here too.
MOST: Final = 20_000
_KEPT: Final = "kept"


class Kept:
    """What was read, by its name. For any thread: whoever changes reference data calls `forget` after the commit."""

    def __init__(self, connection: Callable[[], Connection]) -> None:
        self._connection = connection
        self._values: dict[Hashable, Any] = {}

    def get(self, name: Hashable, read: Callable[[Connection], _Read]) -> _Read:
        """Return what `read` reads, from memory where nothing changed since.

        It reads on a connection of its own, where no other statement is open: one that is would hold it to an older state.
        """
        # Taken before reading: what a change overtakes lands in what the change has put away.
        values = self._values
        if name not in values:
            if len(values) >= MOST:
                self._values = values = {}
            values[name] = read(self._connection())
        return cast("_Read", values[name])

    def forget(self) -> None:
        """Something changed: everything is read anew."""
        self._values = {}

    def known_by(self, connection: Connection) -> None:
        """Let `kept` find this by a connection."""
        connection.info[_KEPT] = self


def kept(connection: Connection, name: Hashable, read: Callable[[Connection], _Read]) -> _Read:
    """Return what is kept beside the database of `connection`; one that keeps nothing is read."""
    mine: Kept | None = connection.info.get(_KEPT)
    return read(connection) if mine is None else mine.get(name, read)
