"""What the book says of things that have a number of their own: pieces, and units that a vendor delivered."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.store import serials
from kiosk.store.database import Database
from kiosk.store.delivered import delivered
from traceability.history import Delivered
from traceability.lots import LotKey
from traceability.serials import KnownSerial


class SerialBook:
    """The part of the book that is looked up by a serial or an SSCC."""

    _database: Database

    def serial(self, item: str, serial: str) -> KnownSerial | None:
        """Return where a piece with a serial of its own is, or None."""
        with self._database.reading() as connection:
            return serials.known_serial(connection, item, serial)

    def pieces_at(self, place: str) -> Mapping[LotKey, tuple[str, ...]]:
        """Return the serials of the pieces that should be in a place, by lot."""
        with self._database.reading() as connection:
            return serials.pieces_at(connection, place)

    def pieces_named(self, lot: LotKey) -> Mapping[str, int]:
        """Return how many pieces of a lot are known by their serials in each place."""
        with self._database.reading() as connection:
            return serials.named_of(connection, lot)

    def delivered(self, sscc: str) -> tuple[Delivered, ...]:
        """Return what came in under a vendor's SSCC, a lot each, and where that is."""
        with self._database.reading() as connection:
            return delivered(connection, sscc)
