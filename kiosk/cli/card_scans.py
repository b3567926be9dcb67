"""The test card's barcodes as they come in: the first one, then those of the dead keys that it showed, in any order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, permutations
from typing import Final

from traceability.barcodes import wedge, wedge_card
from traceability.barcodes.wedge import Calibration
from traceability.refusals import Refusal

_MOST_TRIES: Final = 1000  # ways in which barcodes may belong to dead keys; the first ones nearly always fit


class CardScans:
    """What was scanned so far, and the calibration that follows from it.

    Where dead keys show other signs before a letter than by themselves, a barcode makes sense only beside the others: it waits.
    """

    def __init__(self, baseline: str, found: Calibration) -> None:
        self.found = found
        self.waiting: tuple[str, ...] = ()
        self._baseline = baseline
        self._card = wedge_card.arrival(baseline)
        self._all = found.untried
        self._scanned: dict[str, str] = {}

    @property
    def untried(self) -> str:
        """The dead keys whose barcodes are still to come, as far as can be told."""
        return self.found.untried[len(self.waiting) :]

    def take(self, line: str) -> bool:
        """Take one barcode; where it can't be one that is still to come, say so and forget those that wait."""
        settled = next(filter(self._settle, self._belongings(line)), None) if self._is_of_the_card(line) else None
        if settled is not None:
            self._scanned, self.waiting = settled, ()
            return True
        self.waiting = (*self.waiting, line) if self._is_of_the_card(line) and len(self.untried) > 1 else ()
        return bool(self.waiting)

    def _is_of_the_card(self, line: str) -> bool:
        return self._card is not None and wedge_card.accent_of(self._all[0], line, self._card) is not None

    def _belongings(self, line: str) -> Iterator[dict[str, str]]:
        """Yield whose barcodes those that came may be: in the order in which they were asked for first."""
        new = (*self.waiting, line)
        for signs in islice(permutations(self.found.untried, len(new)), _MOST_TRIES):
            yield self._scanned | dict(zip(signs, new, strict=True))

    def _settle(self, scanned: dict[str, str]) -> bool:
        found = wedge.calibrate(self._baseline, scanned)
        if isinstance(found, Refusal):
            return False
        self.found = found
        return True
