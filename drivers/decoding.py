"""`auto`: zxing-cpp first; where it finds nothing, other eyes and other light, within a time budget, and never on one weak word."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from drivers.decoders import zbar, zxing
from drivers.pictures import EVERY, LINEAR, RETAIL, Barcode, Decoder, Picture, Symbology
from drivers.preparing import Prepared, as_it_is, contrasted, deblurred, doubled, enlarged, sharpened, straightened, turned

#: Long enough for every attempt on a VGA picture; a worker waits for it.
BUDGET_SECONDS: Final = 0.6
#: A check digit lets one misread in ten to a hundred pass, so that linear codes in a changed picture are believed when two
#: attempts agree. Two-dimensional ones correct their errors (Reed-Solomon): one is enough.
VOTES: Final = 2
#: ZBar invents UPC-E in blurred UPC-A (check digit and all), so that it is never believed alone.
_NEVER_ZBAR_ALONE: Final = frozenset({Symbology.UPCE})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One decoder on one change of the picture; `linear` ones are left out when no linear code is wanted."""

    decoder: str
    prepare: Callable[[Picture], Prepared | None]
    linear: bool = False


_straight_and_sharp = partial(straightened, sharp=True)
_finely_sharpened = partial(sharpened, softness=1.0)
_turned_half_way = partial(turned, degrees=45)

#: In the order of what they brought on public pictures for what they cost; benchmarks/decoders.py measures it.
PLAN: Final = (
    Attempt("zbar", as_it_is, linear=True),
    Attempt("zxing", contrasted),
    Attempt("zxing", straightened, linear=True),
    Attempt("zxing", _straight_and_sharp, linear=True),
    Attempt("zxing_global", sharpened),
    Attempt("zxing", enlarged),
    Attempt("zbar", enlarged, linear=True),
    Attempt("zxing", deblurred),
    Attempt("zxing_global", straightened, linear=True),
    Attempt("zxing_global", _straight_and_sharp, linear=True),
    Attempt("zbar", contrasted, linear=True),
    Attempt("zxing_global", deblurred),
    Attempt("zxing", _finely_sharpened),
    Attempt("zxing", doubled),
    Attempt("zbar", straightened, linear=True),
    Attempt("zbar", _straight_and_sharp, linear=True),
    Attempt("zxing", _turned_half_way),
)


@dataclass(slots=True)
class _Votes:
    """What the attempts said so far."""

    seen: dict[tuple[str, bytes], Barcode] = field(default_factory=dict)
    voters: dict[tuple[str, bytes], list[Attempt]] = field(default_factory=dict)

    def count(self, attempt: Attempt, barcode: Barcode) -> None:
        """Take one word; one with an AIM identifier is kept before one without."""
        key = ("retail" if barcode.symbology in RETAIL else barcode.symbology, barcode.data)
        if key not in self.seen or self.seen[key].aim is None:
            self.seen[key] = barcode
        self.voters.setdefault(key, []).append(attempt)

    def believed(self) -> tuple[Barcode, ...]:
        """Return the barcodes that can be believed."""
        return tuple(barcode for key, barcode in self.seen.items() if _is_believed(barcode.symbology, self.voters[key]))


def _is_believed(symbology: Symbology, voters: list[Attempt]) -> bool:
    if symbology not in LINEAR:
        return True
    libraries = {attempt.decoder.partition("_")[0] for attempt in voters}
    if libraries == {"zbar"} and symbology in _NEVER_ZBAR_ALONE:
        return False
    # The same library on the same change, binarised otherwise, is the same word said twice.
    return len(libraries) >= VOTES or len({attempt.prepare for attempt in voters}) >= VOTES


class AutoDecoder:
    """Several decoders as one."""

    def __init__(self, budget_seconds: float = BUDGET_SECONDS, tick: Callable[[], float] = time.monotonic) -> None:
        self._budget_seconds = budget_seconds
        self._tick = tick
        self._decoders: dict[str, Decoder] = {
            "zxing": zxing.Decoder(),
            "zxing_global": zxing.Decoder(global_threshold=True),
            "zbar": zbar.Decoder(),
        }

    def decode(self, picture: Picture, wanted: frozenset[Symbology] = EVERY) -> tuple[Barcode, ...]:
        """Return the barcodes of the `wanted` families; no attempt is begun once the budget is spent."""
        until = self._tick() + self._budget_seconds
        if plain := self._decoders["zxing"].decode(picture, wanted):
            return plain
        votes = _Votes()
        for attempt in PLAN:
            if self._tick() >= until:
                break
            if attempt.linear and wanted.isdisjoint(LINEAR):
                continue
            self._try(attempt, picture, wanted, votes)
            if believed := votes.believed():
                return believed
        return ()

    def _try(self, attempt: Attempt, picture: Picture, wanted: frozenset[Symbology], votes: _Votes) -> None:
        prepared = attempt.prepare(picture)
        if prepared is None:
            return
        # ZBar adds nothing but trouble outside the linear codes.
        families = wanted & LINEAR if attempt.linear else wanted
        for barcode in self._decoders[attempt.decoder].decode(prepared.picture, families):
            a, b, c, d = map(prepared.corner, barcode.corners)
            votes.count(attempt, replace(barcode, corners=(a, b, c, d)))
