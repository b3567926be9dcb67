"""What a kind of work gives to the answers that all works share: its rules, its events' effect on what is open, its own touches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from traceability.events import Event
from traceability.refusals import Reason
from traceability.serials import Pieces
from traceability.workflows.inputs import Chosen, Circumstances, QuantityGiven, Scanned, Thing
from traceability.workflows.judgement import Judgement
from traceability.workflows.step import Ask, ScanRef, Step
from traceability.workflows.working import Asked, Done, Load, Working

W = TypeVar("W", bound=Working)

#: Doubts that a plain yes settles, those that another quantity settles, and those that are asked once a lot in one work.
BY_YES: Final = (
    Reason.LOT_UNKNOWN,
    Reason.OLDER_LOT_FIRST,
    Reason.LOT_SHORT,
    Reason.OVER_PLAN,
    Reason.LOT_NEAR_EXPIRY,
    Reason.DATA_TOO_OLD,
    Reason.DOWNSTREAM_EXISTS,
    Reason.PICKED_FOR_ANOTHER,
    Reason.SERIAL_UNKNOWN,
    Reason.NOT_EXPECTED_HERE,
    Reason.LOT_ON_HOLD,
    Reason.LOT_IN_QUARANTINE,
    Reason.LOT_REJECTED,
)
BY_QUANTITY: Final = (Reason.QUANTITY_MISSING, Reason.QUANTITY_INVALID, Reason.UNIT_UNKNOWN, Reason.LOT_SHORT, Reason.OVER_PLAN)
ASKED_ONCE: Final = (
    Reason.LOT_UNKNOWN,
    Reason.OLDER_LOT_FIRST,
    Reason.LOT_NEAR_EXPIRY,
    Reason.DATA_TOO_OLD,
    Reason.LOT_EXPIRED,
    Reason.SHELF_LIFE_SHORT,
)
#: How much too much is another question for another quantity.
OF_QUANTITY: Final = (Reason.LOT_SHORT, Reason.OVER_PLAN)


def unchanged(state: W, _done: Done) -> W:
    """Leave the subject as it is: what was done moves nothing that the work itself counts."""
    return state


def takes_none(_done: Done) -> Decimal:
    """Say that it took nothing off the lot's stock."""
    return Decimal(0)


def any_done(_done: Done) -> bool:
    """Let a quantity be changed afterwards."""
    return True


def a_label(_state: Any) -> Ask:
    """Want a label of goods next."""
    return Ask.SCAN_LABEL


def no_answer(_asked: Asked, _thing: Thing) -> bool:
    """Say that nothing scanned beside goods answers a question."""
    return False


def not_asked(*_: object) -> None:
    """Say that the work has no question of its own."""


def of_lots(_state: Any, _load: Load) -> Pieces:
    """Ask for no piece: the work is about the lot."""
    return Pieces.LOTS


def any_item(_state: Any) -> frozenset[str] | None:
    """Take lots of every item."""
    return None


@dataclass(frozen=True, slots=True)
class Task(Generic[W]):
    """One kind of work, as the shared answers need it.

    `judge` says what a load comes to; `said_of` gives the words' facts of an event; `with_done` and `without_done` count an event on the
    subject and take it back (the list of things done is kept for them). `items` are the only ones that a lot code without an item may be
    of (None: any). `touches` are its own touches by verb, before the shared ones; `things` answers to what is scanned and is no goods;
    `answers` says whether one answers an open question (else it waits);
    `chosen` and `quantity` answer its own questions and return None where they are not theirs.
    """

    name: str
    judge: Callable[[Load, W, Circumstances], Judgement]
    finish: Callable[[W, ScanRef | None, Circumstances], Step[Any]]
    said_of: Callable[[Event, W], dict[str, str]]
    with_done: Callable[[W, Done], W] = unchanged
    without_done: Callable[[W, Done], W] = unchanged
    took: Callable[[Done], Decimal] = takes_none  # off the lot's stock, in the base unit: given back where it is counted anew
    changeable: Callable[[Done], bool] = any_done
    items: Callable[[W], frozenset[str] | None] = any_item
    wants: Callable[[W], Ask] = a_label
    things: Callable[[W, Scanned, Circumstances], Step[Any]] | None = None
    answers: Callable[[Asked, Thing], bool] = no_answer  # whether a thing is the answer to what is asked
    touches: Mapping[str, Callable[[W, Circumstances], Step[Any]]] = field(default_factory=dict)
    chosen: Callable[[W, Asked, Chosen, Circumstances], Step[Any] | None] = not_asked
    quantity: Callable[[W, Asked, QuantityGiven, Circumstances], Step[Any] | None] = not_asked
    to_use: bool = True  # the lot is to be used up: its look-up asks what is older, and takes the only lot of that code
    used_up_answers: bool = True  # a container that holds nothing any more is answered at once: nothing can be taken from it
    pieces: Callable[[W, Load], Pieces] | None = None  # of items of which each has its own serial; None: as `used_up_answers` says
    rules: tuple[str, ...] = ()

    def wants_pieces(self, state: W, load: Load) -> Pieces:
        """Return what is wanted of a piece: whoever takes goods away takes only what is here."""
        if self.pieces is not None:
            return self.pieces(state, load)
        return Pieces.HERE if self.used_up_answers else Pieces.NAMED
