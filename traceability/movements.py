"""What a stock event does to the figures: places, containers, and the account of the lot's balance. One reading, for station and server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from traceability.events import Container, LotPicked
from traceability.events.stock import (
    LotAdjusted,
    LotCounted,
    LotMoved,
    LotReturnedByCustomer,
    LotReturnedToVendor,
    LotSampled,
    LotScrapped,
    LotSplit,
    StockEvent,
)
from traceability.values import replace

#: What moves goods without using them up, or says that they are gone.
Moving = StockEvent | LotPicked


class Account(StrEnum):
    """Where a lot's balance keeps an amount (PRODUCT.md, mass balance)."""

    IN = "in"  # counted in at go-live, or a figure put right with its cause
    SCRAPPED = "scrapped"
    SAMPLED = "sampled"
    RETURNED = "returned"  # to the vendor
    CAME_BACK = "came_back"  # from a customer: less was shipped
    UNEXPLAINED = "unexplained"  # a difference that nobody knows the cause of stays unaccounted
    NONE = "none"  # moved or split: nothing came or went


@dataclass(frozen=True, slots=True)
class Shift:
    """So much more (below zero: less) of the lot is in a place, in the base unit."""

    place: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ContentShift:
    """So much more (below zero: less) is in a container. It `stood` in one place and `stands` in another, or (None) stays where it is."""

    serial: str
    amount: Decimal
    stood: str | None = None
    stands: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """All that one event changes. `labelled` containers are new; they hold goods that the shifts count already."""

    shifts: tuple[Shift, ...]
    contents: tuple[ContentShift, ...] = ()
    labelled: tuple[Container, ...] = ()
    account: Account = Account.NONE
    amount: Decimal = Decimal(0)

    def scaled(self, factor: Decimal) -> Effect:
        """Return the effect in another unit; what is labelled keeps the unit that stands on it."""
        if factor == 1:
            return self
        return replace(
            self,
            shifts=tuple(replace(each, amount=each.amount * factor) for each in self.shifts),
            contents=tuple(replace(each, amount=each.amount * factor) for each in self.contents),
            amount=self.amount * factor,
        )


def effect_of(event: Moving) -> Effect:
    """Return what `event` changes. To undo it is to take away what this adds, and to void what it labelled."""
    return _EFFECTS[event.kind](event)


def undone(effect: Effect) -> Effect:
    """Return what takes `effect` back; the containers that it labelled are voided by whoever keeps them."""
    return Effect(
        tuple(Shift(each.place, each.amount.copy_negate()) for each in effect.shifts),
        tuple(ContentShift(each.serial, each.amount.copy_negate(), each.stands, each.stood) for each in effect.contents),
        (),
        effect.account,
        effect.amount.copy_negate(),
    )


def _moved(event: LotMoved) -> Effect:
    amount = event.base_quantity
    contents = (ContentShift(event.container, Decimal(0), event.place, event.to_place),) if event.container is not None else ()
    if event.place == event.to_place:
        return Effect((), contents)
    return Effect((Shift(event.place, -amount), Shift(event.to_place, amount)), contents)


def _picked(event: LotPicked) -> Effect:
    amount = event.base_quantity
    if event.container is None:
        contents: tuple[ContentShift, ...] = ()
    elif event.whole:
        contents = (ContentShift(event.container, Decimal(0), event.place, event.to_place),)
    else:  # what was taken out stands there loose
        contents = (ContentShift(event.container, -amount),)
    if event.place == event.to_place:
        return Effect((), contents)
    return Effect((Shift(event.place, -amount), Shift(event.to_place, amount)), contents)


def _counted(event: LotCounted) -> Effect:
    contents = tuple(ContentShift(each.serial, each.counted - each.expected, each.place, event.place) for each in event.found)
    account = Account.IN if event.opening or event.why is not None else Account.UNEXPLAINED
    return Effect((Shift(event.place, event.difference),), contents, event.containers, account, event.difference)


def _adjusted(event: LotAdjusted) -> Effect:
    account = Account.IN if event.why is not None else Account.UNEXPLAINED
    return Effect((Shift(event.place, event.difference),), _content(event, event.difference), (), account, event.difference)


def _gone(account: Account) -> Callable[[LotSampled | LotScrapped | LotReturnedToVendor], Effect]:
    def effect(event: LotSampled | LotScrapped | LotReturnedToVendor) -> Effect:
        amount = event.base_quantity
        return Effect((Shift(event.place, -amount),), _content(event, -amount), (), account, amount)

    return effect


def _split(event: LotSplit) -> Effect:
    return Effect((), _content(event, -event.base_quantity), event.containers)


def _came_back(event: LotReturnedByCustomer) -> Effect:
    # The label that it carried left with the goods; what came back has one of its own.
    return Effect((Shift(event.place, event.base_quantity),), (), event.containers, Account.CAME_BACK, event.base_quantity)


def _content(event: LotAdjusted | LotSampled | LotScrapped | LotReturnedToVendor | LotSplit, amount: Decimal) -> tuple[ContentShift, ...]:
    return (ContentShift(event.container, amount),) if event.container is not None else ()


_EFFECTS: Final[dict[str, Callable[[Any], Effect]]] = {
    LotMoved.kind: _moved,
    LotPicked.kind: _picked,
    LotCounted.kind: _counted,
    LotAdjusted.kind: _adjusted,
    LotSampled.kind: _gone(Account.SAMPLED),
    LotScrapped.kind: _gone(Account.SCRAPPED),
    LotReturnedToVendor.kind: _gone(Account.RETURNED),
    LotSplit.kind: _split,
    LotReturnedByCustomer.kind: _came_back,
}
