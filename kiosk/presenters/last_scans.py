"""The list of last scans and the counts above it: what came in, what was refused, what is held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from kiosk.presenters.views import Mark, ScanList, ScanRow, Tally
from kiosk.presenters.words import shortened, words_of
from kiosk.services.station import Outcome
from traceability.refusals import Verdict

MOST_ROWS: Final = 30
_MARKS: Final = {
    Verdict.ACCEPTED: Mark.OK,
    Verdict.HOLD: Mark.HOLD,
    Verdict.REJECTED: Mark.BAD,
    Verdict.STOP: Mark.BAD,
    Verdict.DUPLICATE: Mark.DUPLICATE,
}
_NAMES: Final = {Mark.OK: "accepted", Mark.BAD: "refused", Mark.HOLD: "on hold"}


@dataclass(frozen=True, slots=True)
class LastScans:
    """Newest first. What is undone leaves the count of accepted ones and stays in the list, said so."""

    rows: tuple[ScanRow, ...] = ()
    counts: dict[Mark, int] = field(default_factory=dict)

    def with_outcome(self, outcome: Outcome, now: datetime) -> LastScans:
        """Return the list with one more answer; questions and touches that count nothing leave it as it is."""
        said = outcome.said
        mark = _MARKS.get(said.verdict) if said.verdict else None
        if mark is None or "reprinted" in said.about or "linked" in said.about:
            return self
        about, words = said.about, words_of(said)
        counted = said.verdict in (Verdict.ACCEPTED, Verdict.HOLD)
        row = ScanRow(
            mark=mark,
            lot=shortened(about.get("lot") or about.get("text") or words.what.capitalize())[:24],
            note=words.why if not counted or "undone" in about or said.verdict is Verdict.HOLD else about.get("description", ""),
            time=f"{now:%H:%M}",
            quantity=f"{about['quantity']} {about['unit']}" if counted and "quantity" in about else "",
        )
        counts = Counter(self.counts)
        if "undone" in about:
            counts[Mark.HOLD if about.get("disposition") == "hold" else Mark.OK] -= 1
        elif outcome.scan is not None or counted:
            counts[mark] += 1
        return replace(self, rows=(row, *self.rows)[:MOST_ROWS], counts=dict(counts))

    def shown(self) -> ScanList:
        """Return the list as the screen shows it."""
        tallies = tuple(Tally(mark, max(0, self.counts.get(mark, 0)), name) for mark, name in _NAMES.items())
        return ScanList("Last scans", self.rows, tallies, "Nothing scanned yet. Scan the PO on the papers, then the lots.")
