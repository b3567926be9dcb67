"""What was said of where each lot stands, and what follows from it: written down statement by statement, so that one can be undone."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from server.store.columns import stamped
from server.store.sheets import Row, Sheet
from traceability.lots import Disposition
from traceability.standing import Decided, Held, Lifted, Said, Standing, Statement, standing


@dataclass(frozen=True, slots=True)
class Author:
    """Who said it, when and why."""

    operator: str | None = None
    at: datetime | None = None
    why: str = ""
    scope: str | None = None  # of what was held together: the event that said so


class Standings:
    """The statements of one transaction's lots."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def foresee(self, lots: Collection[int], source: str) -> None:
        """Read at once all that was said of many lots, of which `source` is about to say something."""
        self._sheet.having("lot_id", lots)
        self._sheet.foresee((lot, source) for lot in lots)

    def say(self, lot_id: int, statement: Statement, author: Author) -> Standing:
        """Write a statement down and return how the lot stands now. The plant's data is heard again only where it is stricter."""
        before = self._sheet.find(lot_id, statement.id)
        values = _columns(statement)
        if before is None:
            who = {"operator": author.operator, "why": author.why, "occurred_at": author.at, "scope": author.scope}
            self._sheet.add(lot_id=lot_id, source=statement.id, voided=False, **values, **who)
        elif isinstance(statement, Said):
            stricter = max(Disposition(before["disposition"]), statement.disposition, key=list(Disposition).index)
            if stricter != before["disposition"]:
                self._sheet.change(before, disposition=stricter.value)
        return self.of(lot_id)

    def withdraw(self, lot_id: int, source: str) -> Standing:
        """Undo what an event said of a lot; return how it stands now."""
        row = self._sheet.find(lot_id, source)
        if row is not None:
            self._sheet.change(row, voided=True)
        return self.of(lot_id)

    def of(self, lot_id: int) -> Standing:
        """Return how a lot stands."""
        return standing(map(_statement, self._of([lot_id])))

    def find(self, lot_id: int, source: str) -> Row | None:
        """Return the statement that an event made of a lot."""
        return self._sheet.find(lot_id, source)

    def held_together(self, scope: str) -> list[Row]:
        """Return the holds that were put on lots together, those that were lifted since included."""
        return [row for row in self._sheet.having("scope", (scope,)) if not row["voided"]]

    def of_source(self, source: str) -> list[Row]:
        """Return what one event said of any lot."""
        return [row for row in self._sheet.having("source", (source,)) if not row["voided"]]

    def told(self, lots: Collection[int]) -> dict[int, dict[str, Any]]:
        """Return what stations are told beside the disposition: how each lot stands without its holds, and the holds in force."""
        rows: dict[int, list[Row]] = {}
        for row in self._of(lots):
            rows.setdefault(row["lot_id"], []).append(row)
        return {lot: _told(said) for lot, said in rows.items()}

    def _of(self, lots: Collection[int]) -> list[Row]:
        return sorted((row for row in self._sheet.having("lot_id", lots) if not row["voided"]), key=lambda row: int(row["id"]))


def _columns(statement: Statement) -> dict[str, str]:
    match statement:
        case Said(disposition=disposition):
            return {"kind": "said", "disposition": disposition.value, "lifts": "[]"}
        case Held():
            return {"kind": "held", "disposition": Disposition.HOLD.value, "lifts": "[]"}
        case Decided(disposition=disposition, lifts=lifts):
            return {"kind": "decided", "disposition": disposition.value, "lifts": json.dumps(lifts)}
        case Lifted(lifts=lifts):
            return {"kind": "lifted", "disposition": Disposition.AVAILABLE.value, "lifts": json.dumps(lifts)}
    assert_never(statement)


def _statement(row: Row) -> Statement:
    match row["kind"]:
        case "held":
            return Held(row["source"])
        case "decided":
            return Decided(row["source"], Disposition(row["disposition"]), tuple(json.loads(row["lifts"])))
        case "lifted":
            return Lifted(row["source"], tuple(json.loads(row["lifts"])))
        case _:
            return Said(row["source"], Disposition(row["disposition"]))


def _told(rows: Collection[Row]) -> dict[str, Any]:
    stands = standing(map(_statement, rows))
    by_source: Mapping[str, Row] = {row["source"]: row for row in rows}
    told: dict[str, Any] = {} if stands.base is stands.disposition else {"base": stands.base.value}
    if stands.holds:
        told["holds"] = [_hold(by_source[each]) for each in stands.holds]
    return told


def _hold(row: Row) -> dict[str, str]:
    said = {
        "by": row["operator"],
        "at": stamped(row["occurred_at"]) if row["occurred_at"] else None,
        "why": row["why"] or None,
        "scope": row["scope"],
    }
    return {"hold": row["source"], **{name: text for name, text in said.items() if text is not None}}
