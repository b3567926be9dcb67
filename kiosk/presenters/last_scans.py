"""The list of last scans and the counts above it: what came in, what was refused, what is held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from kiosk.presenters.language import Language
from kiosk.presenters.views import Mark, ScanList, ScanRow, Tally
from kiosk.presenters.words import Words, named, words_of
from kiosk.services.station import Outcome
from traceability.refusals import Verdict
from traceability.workflows.step import Said

MOST_ROWS: Final = 30
_COUNTED: Final = (Verdict.ACCEPTED, Verdict.HOLD)
_MARKS: Final = {
    Verdict.ACCEPTED: Mark.OK,
    Verdict.HOLD: Mark.HOLD,
    Verdict.REJECTED: Mark.BAD,
    Verdict.STOP: Mark.BAD,
    Verdict.DUPLICATE: Mark.DUPLICATE,
}
#: What was done beside counting says more in its own words than the item's name does.
_TOLD: Final = {"undone", "returned", "held", "released", "tested", "scrapped"}
_NAMES: Final = {Mark.OK: "accepted", Mark.BAD: "refused", Mark.HOLD: "held"}


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the list, and when it was given (HH:MM); its words are made when it is shown, in the language of then."""

    mark: Mark
    said: Said
    time: str
    _row: list[tuple[Language, ScanRow]] = field(default_factory=list, compare=False, repr=False)  # as it was shown last

    def row(self, language: Language) -> ScanRow:
        """Return the answer as the list shows it: made once in a language, though every view shows it."""
        if not self._row or self._row[0][0] is not language:
            self._row[:] = [(language, self._made(language))]
        return self._row[0][1]

    def _made(self, language: Language) -> ScanRow:
        about, words = self.said.about, words_of(self.said, language)
        counted = self.said.verdict in _COUNTED
        plain = self.said.verdict is Verdict.ACCEPTED and not about.keys() & _TOLD
        return ScanRow(
            mark=self.mark,
            lot=(named(about, language) or about.get("description") or words.what.capitalize())[:24],
            note=about.get("description") or _unit_words(about, words) if plain else words.why,
            time=self.time,
            quantity=f"{language.figure(about['quantity'])} {about['unit']}" if counted and "quantity" in about else "",
        )


def _unit_words(about: Mapping[str, str], words: Words) -> str:
    """What became of a carton, pallet or place; of a lot its name says enough."""
    return "" if about.get("lot") else words.why


@dataclass(frozen=True, slots=True)
class LastScans:
    """Newest first. What is undone leaves the count of accepted ones and stays in the list, said so."""

    rows: tuple[Answered, ...] = ()
    counts: dict[Mark, int] = field(default_factory=dict)

    def with_outcome(self, outcome: Outcome, now: datetime) -> LastScans:
        """Return the list with one more answer; questions and touches that count nothing leave it as it is."""
        said = outcome.said
        mark = _MARKS.get(said.verdict) if said.verdict else None
        if mark is None or said.about.keys() & {"reprinted", "linked", "attached", "emptied", "cleaned", "not_empty"}:
            return self
        row, counts = Answered(mark, said, f"{now:%H:%M}"), Counter(self.counts)
        if "undone" in said.about:
            counts[Mark.HOLD if said.about.get("disposition") == "hold" else Mark.OK] -= 1
        elif outcome.scan is not None or said.verdict in _COUNTED:
            counts[mark] += 1
        return replace(self, rows=(row, *self.rows)[:MOST_ROWS], counts=dict(counts))

    def shown(self, language: Language) -> ScanList:
        """Return the list as the screen shows it."""
        tallies = tuple(Tally(mark, max(0, self.counts.get(mark, 0)), language.say(f"tally.{name}")) for mark, name in _NAMES.items())
        rows = tuple(answered.row(language) for answered in self.rows)
        return ScanList(language.say("title.last_scans"), rows, tallies, language.say("empty.scans"))
