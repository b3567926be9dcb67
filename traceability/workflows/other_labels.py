"""Labels that another station printed: their record never came here, but they say what they stand on."""

from __future__ import annotations

from traceability.containers import KnownContainer, is_label_serial
from traceability.units import to_base
from traceability.workflows.counting import quantity_on_label
from traceability.workflows.inputs import Circumstances
from traceability.workflows.working import Load


def labelled_elsewhere(load: Load, now: Circumstances) -> KnownContainer | None:
    """Return the container as its label says, where it has a serial of ours that is not known here; None for everything else."""
    item, known, serial = load.item, now.lot.known, load.parts.facts.serial
    if load.container is not None or item is None or item.serial_tracked or known is None or serial is None or not is_label_serial(serial):
        return None
    said = quantity_on_label(item, load.code, load.parts.facts, load.measures)
    amount = to_base(said, item.unit, item.packs) if said is not None else None
    return KnownContainer(serial, known.key, amount.base.amount, item.unit, "", now.at) if amount is not None else None
