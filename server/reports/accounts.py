"""What the stock events of a lot add up to, account by account."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, bindparam, select

from server.store.tables import stock_changes
from traceability.movements import Account

_CHANGES: Final = select(stock_changes.c.account, stock_changes.c.quantity).where(
    stock_changes.c.lot_id == bindparam("of_lot"), ~stock_changes.c.voided
)


def accounts(connection: Connection, lot: int) -> Mapping[Account, Decimal]:
    """Return each account's sum in the lot's unit; what was undone is in none."""
    sums = dict.fromkeys(Account, Decimal(0))
    for row in connection.execute(_CHANGES, {"of_lot": lot}):
        sums[Account(row.account)] += row.quantity
    return sums
