"""What may be done with a lot now: the same rules as at work, asked without any work being open."""

from __future__ import annotations

from enum import StrEnum

from traceability.barcodes.assembly import Parts
from traceability.barcodes.reading import Facts
from traceability.items import Item, ItemCode
from traceability.refusals import Reason
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import No
from traceability.workflows.lot_rules import ONLY_RECALLS, judged_lot
from traceability.workflows.working import Load, Working


class May(StrEnum):
    """What a lot is good for."""

    USE = "use"  # or ship
    KEPT = "kept"  # be moved, scrapped, counted, sent back
    APART = "apart"  # only go to where it is kept apart, or be scrapped


def may_be(item: Item, now: Circumstances) -> tuple[May, Reason | None]:
    """Return what may be done with the lot that was looked up, and why no more."""
    known = now.lot.known
    if known is None:
        return May.KEPT, Reason.LOT_UNKNOWN
    load, nothing = Load(Parts(Facts(lot=known.key.code)), ItemCode(item)), Working()
    judged = judged_lot(item, load, nothing, now)
    if not isinstance(judged, No) or judged.reason is Reason.OLDER_LOT_FIRST:
        return May.USE, None
    return (May.APART if known.disposition in ONLY_RECALLS else May.KEPT), judged.reason
