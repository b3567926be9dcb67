"""Where a lot stands: what deliveries said of it, what quality decided since, and the holds on it that nobody released."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from traceability.lots import Disposition

#: The hold that the plant's own data puts on a lot: no event made it.
PLANT: Final = "plant"


@dataclass(frozen=True, slots=True)
class Said:
    """A delivery, a production or the plant's data named a disposition: it may only get stricter by that."""

    id: str
    disposition: Disposition


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody put the lot on hold."""

    id: str


@dataclass(frozen=True, slots=True)
class Decided:
    """Quality decided how it stands from now on, and released these holds."""

    id: str
    disposition: Disposition
    lifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lifted:
    """Quality released these holds and said nothing else of the lot: it stands as it would without them."""

    id: str
    lifts: tuple[str, ...]


Statement = Said | Held | Decided | Lifted


@dataclass(frozen=True, slots=True)
class Standing:
    """How a lot stands without its holds, and the holds that stand, oldest first."""

    base: Disposition = Disposition.AVAILABLE
    holds: tuple[str, ...] = ()

    @property
    def disposition(self) -> Disposition:
        """How it stands: a lot is held while any hold on it stands."""
        return worst(self.base, Disposition.HOLD) if self.holds else self.base


@dataclass(frozen=True, slots=True)
class HoldInForce:
    """A hold that stands: who put it there, when and why, as far as is known here. `id`: the event, or PLANT."""

    id: str
    by: str | None = None
    at: datetime | None = None
    why: str = ""


_SEVERITY: Final = {name: place for place, name in enumerate(Disposition)}


def worst(*dispositions: Disposition | str) -> Disposition:
    """Return the disposition that stops most."""
    return max(map(Disposition, dispositions), key=_SEVERITY.__getitem__)


def standing(statements: Iterable[Statement], before: Standing = Standing()) -> Standing:
    """Return how a lot stands after `statements`, oldest first. A release counts whether its hold came before it or after."""
    heard = tuple(statements)
    lifted = {hold for each in heard if isinstance(each, Decided | Lifted) for hold in each.lifts}
    base, holds = before.base, list(before.holds)
    for each in heard:
        match each:
            case Held(id_) | Said(id_, Disposition.HOLD):
                holds.append(id_)
            case Said(disposition=said):
                base = worst(base, said)
            case Decided(disposition=decided):
                # A recall is not ended by a test or by a release.
                base = base if base is Disposition.RECALLED else decided
            case Lifted():
                pass  # how it stands without its holds is as it was
    return Standing(base, tuple(hold for hold in dict.fromkeys(holds) if hold not in lifted))
