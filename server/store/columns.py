"""Column types that both databases carry exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator

from traceability.units import plain

#: Integer keys inside: text ids are four to five times slower and larger in a genealogy.
Key = BigInteger().with_variant(Integer, "sqlite")


class Amount(TypeDecorator[Decimal]):
    """A decimal as text: no float in between, and the digits that were recorded."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> str | None:
        """Write plain digits."""
        return None if value is None else plain(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Decimal | None:
        """Read them back."""
        return None if value is None else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """A UTC time as text that sorts: 2026-11-21T10:00:00.000000Z."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """Write it in UTC."""
        return None if value is None else stamped(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Read it back, UTC-aware."""
        return None if value is None else datetime.fromisoformat(value)


def stamped(moment: datetime) -> str:
    """Return a UTC-aware time as the wire and the journal write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
