"""The table: which verdict a reason has in which workflow. `docs/verdicts.md` is made from it."""

from __future__ import annotations

from typing import Final

from traceability.refusals import Reason, Verdict

_EVERYWHERE: Final[dict[Reason, Verdict]] = {
    Reason.LOT_UNKNOWN: Verdict.CHECK,
    Reason.LOT_EXPIRED: Verdict.REJECTED,
    Reason.LOT_NEAR_EXPIRY: Verdict.CHECK,
    Reason.LOT_ON_HOLD: Verdict.REJECTED,
    Reason.LOT_IN_QUARANTINE: Verdict.REJECTED,
    Reason.LOT_REJECTED: Verdict.REJECTED,
    Reason.LOT_RECALLED: Verdict.STOP,
    Reason.LOT_SHORT: Verdict.CHECK,
    Reason.LOT_WRONG_ITEM: Verdict.REJECTED,
    Reason.LOT_LOOKS_LIKE: Verdict.CHECK,
    Reason.LOT_EXPIRY_DIFFERS: Verdict.CHECK,
    Reason.OLDER_LOT_FIRST: Verdict.CHECK,
    Reason.ANCESTOR_ON_HOLD: Verdict.REJECTED,
    Reason.ITEM_UNKNOWN: Verdict.REJECTED,
    Reason.ITEM_NOT_ON_ORDER: Verdict.REJECTED,
    Reason.ORDER_UNKNOWN: Verdict.REJECTED,
    Reason.ORDER_CLOSED: Verdict.REJECTED,
    Reason.OVER_RECEIPT: Verdict.CHECK,
    Reason.OVER_PLAN: Verdict.CHECK,
    Reason.QUANTITY_MISSING: Verdict.CHECK,
    Reason.QUANTITY_INVALID: Verdict.CHECK,
    Reason.UNIT_UNKNOWN: Verdict.CHECK,
    Reason.EXPIRY_MISSING: Verdict.CHECK,
    Reason.LOT_MISSING: Verdict.CHECK,
    Reason.ALREADY_COUNTED: Verdict.DUPLICATE,
    Reason.CARTON_UNKNOWN: Verdict.REJECTED,
    Reason.CARTON_OPEN: Verdict.REJECTED,
    Reason.CARTON_ELSEWHERE: Verdict.REJECTED,
    Reason.WRONG_CUSTOMER: Verdict.STOP,
    Reason.SHELF_LIFE_SHORT: Verdict.REJECTED,
    Reason.NOT_EXPECTED_HERE: Verdict.REJECTED,
    Reason.BARCODE_UNREADABLE: Verdict.REJECTED,
    Reason.BARCODE_INVALID: Verdict.REJECTED,
    Reason.COMMAND_UNKNOWN: Verdict.REJECTED,
    Reason.BADGE_UNKNOWN: Verdict.REJECTED,
    Reason.NOT_ALLOWED: Verdict.REJECTED,
    Reason.NOT_SIGNED_IN: Verdict.REJECTED,
    Reason.SAME_PERSON: Verdict.REJECTED,
    Reason.PIN_WRONG: Verdict.REJECTED,
    Reason.LOCKED_OUT: Verdict.REJECTED,
    Reason.DATA_TOO_OLD: Verdict.CHECK,
    Reason.FACTS_CONFLICT: Verdict.CHECK,
    Reason.AMBIGUOUS: Verdict.ASK,
    Reason.DOWNSTREAM_EXISTS: Verdict.CHECK,
    Reason.NUMBERS_USED_UP: Verdict.REJECTED,
    Reason.PLACE_UNKNOWN: Verdict.REJECTED,
    Reason.OTHER_LOT_PROPOSED: Verdict.CHECK,
    Reason.PICKED_FOR_ANOTHER: Verdict.CHECK,
    Reason.SERIAL_UNKNOWN: Verdict.CHECK,
    Reason.NO_CAMERA: Verdict.REJECTED,
    Reason.NO_PICTURE: Verdict.REJECTED,
    Reason.FILE_UNUSABLE: Verdict.REJECTED,
    Reason.NOTHING_TO_ATTACH_TO: Verdict.REJECTED,
    Reason.LABEL_UNKNOWN: Verdict.REJECTED,
    Reason.LABEL_VOID: Verdict.REJECTED,
    Reason.STORAGE_FAILED: Verdict.STOP,
    Reason.ACKNOWLEDGE_FIRST: Verdict.STOP,
}

# Where a workflow differs. At receiving the goods exist: a lot that is already held comes in, on hold.
_DIFFERENT: Final[dict[tuple[Reason, str], Verdict]] = {
    (Reason.LOT_ON_HOLD, "move"): Verdict.CHECK,
    (Reason.LOT_IN_QUARANTINE, "move"): Verdict.CHECK,
    (Reason.LOT_REJECTED, "move"): Verdict.CHECK,
    (Reason.LOT_ON_HOLD, "receive"): Verdict.HOLD,
    (Reason.LOT_ON_HOLD, "ship"): Verdict.STOP,
    (Reason.ANCESTOR_ON_HOLD, "ship"): Verdict.STOP,
}


def refused_verdict(reason: Reason, workflow: str) -> Verdict:
    """Return the verdict of a plain no: where a plant's policy refuses what others ask about, nobody is asked."""
    verdict = verdict_of(reason, workflow)
    return Verdict.REJECTED if verdict is Verdict.CHECK else verdict


def verdict_of(reason: Reason, workflow: str) -> Verdict:
    """Return the verdict that `reason` has in `workflow` ("receive", "consume" …)."""
    return _DIFFERENT.get((reason, workflow), _EVERYWHERE[reason])
