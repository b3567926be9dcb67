"""What the server adds to a work order's genealogy: consumptions that the event of an output could not know, whichever comes first.

A station that makes may not be the one that consumed. So every consumption of an order is held against every output of it, when the
one comes and when the other does. Consumed before the output was made: the lot is an input, with as much as the recipe still misses
there and nobody has named (`traceability.attribution`), else with nothing and *possible*. Consumed after it: *possible* where the
output still lacks some of the item by the recipe (it was scanned late), or where another station's clock leaves room for doubt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from server.findings import Exceptional, finding
from server.store.books import Books
from server.store.sheets import Row
from server.store.tables import envelopes
from server.taken import Taken
from server.work_orders import work_order
from sync.protocol import Finding
from traceability.attribution import recipe_share
from traceability.genealogy import Grade
from traceability.orders import WorkOrder
from traceability.units import plain

#: Clocks of two stations may differ by so much without anyone having seen it.
CLOCK_DOUBT: Final = timedelta(minutes=5)
_NONE: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """An order's consumptions, outputs and edges as they stand in this transaction; each list oldest first."""

    order: WorkOrder
    uses: list[Row]
    outputs: list[Row]
    edges: list[Row]
    items: dict[int, str]  # of the lots
    journals: dict[int, int]  # of the envelopes

    def left_of(self, lot: int) -> Decimal:
        """How much of a lot the order consumed, net of what came back, that no output has named."""
        used = sum((each["quantity"] for each in self.uses if each["lot_id"] == lot), _NONE)
        return max(used - self.named_of(lot), _NONE)

    def named_of(self, lot: int) -> Decimal:
        """How much of the lot's consumption the outputs have named."""
        return sum((each["quantity"] for each in self.edges if each["source"] == lot and not each["taken"]), _NONE)

    def lacks(self, output: Row, item: str) -> Decimal | None:
        """How much of an item an output still misses by the recipe; None: all that is left is its."""
        if output["transformation"] != "made":
            return _NONE
        before = [each for each in self.outputs if each["transformation"] == "made" and _moment(each) < _moment(output)]
        order = replace(self.order, made=sum((each["quantity"] for each in before), _NONE))
        wanted = recipe_share(order, item, output["quantity"])
        named = (each["quantity"] for each in self.into(output) if self.items[each["source"]] == item)
        return None if wanted is None else max(wanted - sum(named, _NONE), _NONE)

    def is_short_of(self, item: str, lacks: Decimal | None) -> bool:
        """Whether the recipe says that more of an item went in than anyone has named."""
        component = self.order.component(item)
        if component is None or lacks is not None:
            return lacks is not None and lacks > 0
        named = (each["quantity"] for each in self.edges if self.items[each["source"]] == item)
        return sum(named, _NONE) < component.planned

    def into(self, output: Row) -> list[Row]:
        """The edges into an output."""
        return [each for each in self.edges if each["envelope_id"] == output["envelope_id"]]


def _moment(row: Row) -> tuple[object, int]:
    return row["occurred_at"], row["envelope_id"]


def complete(output: Row, books: Books) -> tuple[Finding, ...]:
    """Draw the consumptions that came before an output's event and that it did not name; say where nothing at all is known."""
    ledger = _ledger(output["order_number"], books)
    for use in ledger.uses:
        _draw(use, output, ledger, books)
    overstated = _overstated(ledger, {each["source"] for each in ledger.into(output)}, books)
    if ledger.order.components and not ledger.into(output):
        words = f"nothing that went into work order {ledger.order.number!r} is known here yet: what this lot was made of is open"
        return (*overstated, finding(Exceptional.INPUTS_UNKNOWN, words))
    return tuple(overstated)


def widen(use: Row, taken: Taken, books: Books) -> None:
    """Draw a consumption into the outputs of its order that came before it did."""
    if not books.productions.having("order_number", (use["order_number"],)):
        return
    ledger = _ledger(use["order_number"], books)
    for output in ledger.outputs:
        if _draw(use, output, ledger, books):
            _settle_unknown(output, taken, books)


def shrunk(order: str, lot: int, books: Books) -> tuple[Finding, ...]:
    """Return the finding where outputs name more of a lot than their order has consumed now (something was undone or came back)."""
    if not books.productions.having("order_number", (order,)):
        return ()
    return tuple(_overstated(_ledger(order, books), {lot}, books))


def undraw(use_id: int, books: Books) -> None:
    """A consumption was undone: what the server drew from it goes; what events say stays as they said it."""
    for edge in books.edges.having("use_id", (use_id,)):
        books.edges.change(edge, voided=True)


def _draw(use: Row, output: Row, ledger: _Ledger, books: Books) -> bool:
    lot = use["lot_id"]
    if use["quantity"] <= 0 or lot == output["lot_id"]:
        return False
    named, lacks = lot in {each["source"] for each in ledger.into(output)}, ledger.lacks(output, ledger.items[lot])
    if _moment(use) > _moment(output):
        other_clock = ledger.journals[use["envelope_id"]] != ledger.journals[output["envelope_id"]]
        in_doubt = other_clock and use["occurred_at"] - output["occurred_at"] <= CLOCK_DOUBT
        if named or not (in_doubt or ledger.is_short_of(ledger.items[lot], lacks)):
            return False
        return _add(use, output, _NONE, Grade.POSSIBLE, ledger, books)
    left = min(ledger.left_of(lot), use["quantity"])
    amount = left if lacks is None else min(left, lacks)
    if named and amount == 0:
        return False
    by_product = output["transformation"] != "made"
    return _add(use, output, amount, Grade(use["grade"]) if amount > 0 or by_product else Grade.POSSIBLE, ledger, books)


def _add(use: Row, output: Row, amount: Decimal, grade: Grade, ledger: _Ledger, books: Books) -> bool:
    lot = next(row for row in books.lots_by_id({use["lot_id"]}).values())
    edge = books.edges.add(
        source=use["lot_id"],
        target=output["lot_id"],
        quantity=amount,
        unit=lot["unit"],
        grade=grade.value,
        envelope_id=output["envelope_id"],
        voided=False,
        taken=False,
        use_id=use["envelope_id"],
    )
    ledger.edges.append(edge)
    return True


def _overstated(ledger: _Ledger, sources: set[int], books: Books) -> Iterator[Finding]:
    rows = books.lots_by_id(sources)
    for lot in sorted(sources):
        used = sum((each["quantity"] for each in ledger.uses if each["lot_id"] == lot), _NONE)
        if (named := ledger.named_of(lot)) > used:
            row = rows[lot]
            words = (
                f"outputs of work order {ledger.order.number!r} name {plain(named)} {row['unit']} of lot {row['code']!r} of {row['item']}"
            )
            yield finding(Exceptional.INPUT_OVERSTATED, f"{words}; consumed for it were {plain(max(used, _NONE))} {row['unit']}")


def _settle_unknown(output: Row, taken: Taken, books: Books) -> None:
    for each in books.findings.having("envelope_id", (output["envelope_id"],)):
        if each["code"] == Exceptional.INPUTS_UNKNOWN and each["settled_at"] is None:
            books.findings.change(each, settled_at=taken.occurred_at)


def _ledger(number: str, books: Books) -> _Ledger:
    uses = [each for each in books.uses.having("order_number", (number,)) if not each["voided"]]
    outputs = [each for each in books.productions.having("order_number", (number,)) if not each["voided"]]
    drawn = books.edges.having("envelope_id", [each["envelope_id"] for each in outputs])
    edges = [each for each in drawn if not each["voided"]]
    numbers = {*(each["lot_id"] for each in uses), *(each["source"] for each in edges)}
    items = {number: row["item"] for number, row in books.lots_by_id(numbers).items()}
    order = work_order(number, books) or WorkOrder(number, "", _NONE, "")
    journals = _journals({each["envelope_id"] for each in (*uses, *outputs)}, books)
    return _Ledger(order, sorted(uses, key=_moment), sorted(outputs, key=_moment), edges, items, journals)


def _journals(numbers: set[int], books: Books) -> dict[int, int]:
    asked = select(envelopes.c.id, envelopes.c.journal_id).where(envelopes.c.id.in_(numbers))
    kept = {row.id: row.journal_id for row in books.connection.execute(asked)}
    return kept | {row["id"]: row["journal_id"] for row in books.envelopes.touched() if row["id"] in numbers}
