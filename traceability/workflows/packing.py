"""The nouns of packing: the carton or pallet that is being filled, and those that were filled before it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from traceability.cartons import CartonState, CartonTree, KnownCarton, Level, Packed
from traceability.events import CartonClosed, CartonLoaded, CartonOpened, Event, LotPacked, TakenOut, Unpacked
from traceability.lots import LotKey
from traceability.orders import ShipOrder
from traceability.values import quick, replace
from traceability.workflows.working import Working

#: So many units are remembered beside the one in hand and those that stand on it.
MOST_UNITS: Final = 12


@quick
@dataclass(frozen=True, slots=True)
class Packing(Working):
    """Packing goes on, for one ship order or for whoever. `at` names the unit in hand; `units` are those that were in hand here."""

    order: ShipOrder | None = None
    at: str | None = None
    units: tuple[KnownCarton, ...] = ()

    @property
    def unit(self) -> KnownCarton | None:
        """The unit in hand."""
        return self.named(self.at)

    def named(self, sscc: str | None) -> KnownCarton | None:
        """A unit that was in hand here."""
        return next((each for each in self.units if each.sscc == sscc), None)

    def on(self, pallet: str) -> tuple[KnownCarton, ...]:
        """The cartons that stand on a pallet."""
        return tuple(each for each in self.units if each.parent == pallet)

    def document(self) -> tuple[tuple[str, str], ...]:
        """The documents that events of this work name."""
        order = (("ship_order", self.order.number),) if self.order else ()
        unit = self.unit
        return (*order, (unit.level.value, unit.sscc)) if unit else order

    def facts(self) -> dict[str, str]:
        """The unit in hand and the order, for the words."""
        unit = self.unit
        order = {"order": self.order.number, "customer": self.order.customer_name or self.order.customer} if self.order else {}
        return {"workflow": "pack", **order, **({"sscc": unit.sscc, "level": unit.level.value} if unit else {})}

    def with_unit(self, unit: KnownCarton, *, in_hand: bool = True) -> Packing:
        """Return the work with a unit as it is now, in hand or set aside."""
        others = tuple(each for each in self.units if each.sscc != unit.sscc)
        at = unit.sscc if in_hand else (None if self.at == unit.sscc else self.at)
        return replace(self, at=at, units=_trimmed((*others, unit), at))

    def put_down(self) -> Packing:
        """Return the work without the unit in hand, where somebody else closed or shipped it meanwhile."""
        unit = self.unit
        return self if unit is None or unit.state is CartonState.OPEN else replace(self, at=None)

    def with_tree(self, tree: CartonTree) -> Packing:
        """Return the work with a unit in hand as the books have it, and what stands on it."""
        named = {each.sscc for each in tree.all}
        others = tuple(each for each in self.units if each.sscc not in named and each.parent != tree.unit.sscc)
        return replace(self, at=tree.unit.sscc, units=_trimmed((*others, *tree.cartons, tree.unit), tree.unit.sscc))


def _trimmed(units: tuple[KnownCarton, ...], at: str | None) -> tuple[KnownCarton, ...]:
    kept = [each for each in units if at is not None and at in (each.sscc, each.parent)]
    others = [each for each in units if each not in kept][-MOST_UNITS:]
    return (*others, *kept)


def after(state: Packing, event: Event) -> Packing:
    """Return the work once `event` happened."""
    match event:
        case CartonOpened():
            had = state.named(event.sscc)
            unit = replace(had, state=CartonState.OPEN) if had else _opened(event)
            return state.with_unit(unit)
        case CartonClosed(sscc=sscc):
            return _changed(state, sscc, state_=CartonState.CLOSED, in_hand=False)
        case LotPacked(sscc=sscc):
            return _with_lot(state, sscc, event, event.base_quantity)
        case CartonLoaded(sscc=sscc, pallet=pallet):
            return _parent(state, sscc, pallet)
        case Unpacked(sscc=sscc, contents=contents, cartons=cartons):
            for each in contents:
                state = _with_lot(state, sscc, each, -each.base_quantity)
            for carton in cartons:
                state = _parent(state, carton, None)
            return state
        case _:
            return state


def before(state: Packing, event: Event) -> Packing:
    """Return the work as if `event` had never happened."""
    match event:
        case CartonOpened(again=again, sscc=sscc):
            if again:
                return _changed(state, sscc, state_=CartonState.CLOSED, in_hand=False)
            at = None if state.at == sscc else state.at
            return replace(state, at=at, units=tuple(each for each in state.units if each.sscc != sscc))
        case CartonClosed(sscc=sscc):
            return _changed(state, sscc, state_=CartonState.OPEN, in_hand=True)
        case LotPacked(sscc=sscc):
            return _with_lot(state, sscc, event, -event.base_quantity)
        case CartonLoaded(sscc=sscc):
            return _parent(state, sscc, None)
        case Unpacked(sscc=sscc, contents=contents, cartons=cartons):
            for each in contents:
                state = _with_lot(state, sscc, each, each.base_quantity)
            for carton in cartons:
                state = _parent(state, carton, sscc)
            return state
        case _:
            return state


def _opened(event: CartonOpened) -> KnownCarton:
    return KnownCarton(event.sscc, event.level, CartonState.OPEN, order=event.order, customer=event.customer)


def _changed(state: Packing, sscc: str, *, state_: CartonState, in_hand: bool) -> Packing:
    unit = state.named(sscc)
    return state if unit is None else state.with_unit(replace(unit, state=state_), in_hand=in_hand)


def _parent(state: Packing, sscc: str, pallet: str | None) -> Packing:
    unit = state.named(sscc) or KnownCarton(sscc, Level.CARTON, CartonState.CLOSED)
    others = tuple(each for each in state.units if each.sscc != sscc)
    return replace(state, units=_trimmed((*others, replace(unit, parent=pallet)), state.at))


def _with_lot(state: Packing, sscc: str, event: LotPacked | TakenOut, amount: Decimal) -> Packing:
    unit = state.named(sscc)
    if unit is None:
        return state
    key = LotKey(event.item, event.lot, event.assigned_by)
    same = Packed(key, Decimal(0), event.base_unit, event.container, event.place)
    had = next((each for each in unit.contents if replace(each, quantity=Decimal(0)) == same), None)
    now = replace(same, quantity=(had.quantity if had else Decimal(0)) + amount)
    contents = tuple(now if each == had else each for each in unit.contents) if had else (*unit.contents, now)
    changed = replace(unit, contents=tuple(each for each in contents if each.quantity != 0))
    return replace(state, units=tuple(changed if each.sscc == sscc else each for each in state.units))
