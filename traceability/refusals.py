"""The closed list of reasons to say no or to ask, and the verdicts that a worker sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Verdict(StrEnum):
    """What the hero area says, in one word."""

    ACCEPTED = "ACCEPTED"  # on disk and counted
    ASK = "ASK"  # a piece was taken, more is wanted
    CHECK = "CHECK"  # a person must decide or supply something
    HOLD = "HOLD"  # taken in, on hold
    REJECTED = "REJECTED"  # no stock effect
    DUPLICATE = "DUPLICATE"  # already counted
    STOP = "STOP"  # latched until acknowledged


class Reason(StrEnum):
    """Why a scan or a touch was refused or asked about. Extend with care: others' scripts read these."""

    LOT_UNKNOWN = "LOT_UNKNOWN"
    LOT_EXPIRED = "LOT_EXPIRED"
    LOT_NEAR_EXPIRY = "LOT_NEAR_EXPIRY"
    LOT_ON_HOLD = "LOT_ON_HOLD"
    LOT_IN_QUARANTINE = "LOT_IN_QUARANTINE"
    LOT_REJECTED = "LOT_REJECTED"
    LOT_RECALLED = "LOT_RECALLED"
    LOT_SHORT = "LOT_SHORT"
    LOT_WRONG_ITEM = "LOT_WRONG_ITEM"
    LOT_LOOKS_LIKE = "LOT_LOOKS_LIKE"
    LOT_EXPIRY_DIFFERS = "LOT_EXPIRY_DIFFERS"
    OLDER_LOT_FIRST = "OLDER_LOT_FIRST"
    ANCESTOR_ON_HOLD = "ANCESTOR_ON_HOLD"
    ITEM_UNKNOWN = "ITEM_UNKNOWN"
    ITEM_NOT_ON_ORDER = "ITEM_NOT_ON_ORDER"
    ORDER_UNKNOWN = "ORDER_UNKNOWN"
    ORDER_CLOSED = "ORDER_CLOSED"
    OVER_RECEIPT = "OVER_RECEIPT"
    OVER_PLAN = "OVER_PLAN"
    QUANTITY_MISSING = "QUANTITY_MISSING"
    QUANTITY_INVALID = "QUANTITY_INVALID"
    UNIT_UNKNOWN = "UNIT_UNKNOWN"
    EXPIRY_MISSING = "EXPIRY_MISSING"
    LOT_MISSING = "LOT_MISSING"
    ALREADY_COUNTED = "ALREADY_COUNTED"
    CARTON_UNKNOWN = "CARTON_UNKNOWN"
    CARTON_OPEN = "CARTON_OPEN"
    CARTON_ELSEWHERE = "CARTON_ELSEWHERE"
    WRONG_CUSTOMER = "WRONG_CUSTOMER"
    SHELF_LIFE_SHORT = "SHELF_LIFE_SHORT"
    NOT_EXPECTED_HERE = "NOT_EXPECTED_HERE"
    BARCODE_UNREADABLE = "BARCODE_UNREADABLE"
    BARCODE_INVALID = "BARCODE_INVALID"
    COMMAND_UNKNOWN = "COMMAND_UNKNOWN"
    BADGE_UNKNOWN = "BADGE_UNKNOWN"
    NOT_ALLOWED = "NOT_ALLOWED"
    NOT_SIGNED_IN = "NOT_SIGNED_IN"
    SAME_PERSON = "SAME_PERSON"
    PIN_WRONG = "PIN_WRONG"
    LOCKED_OUT = "LOCKED_OUT"
    DATA_TOO_OLD = "DATA_TOO_OLD"
    FACTS_CONFLICT = "FACTS_CONFLICT"
    AMBIGUOUS = "AMBIGUOUS"
    DOWNSTREAM_EXISTS = "DOWNSTREAM_EXISTS"
    NUMBERS_USED_UP = "NUMBERS_USED_UP"
    PLACE_UNKNOWN = "PLACE_UNKNOWN"
    OTHER_LOT_PROPOSED = "OTHER_LOT_PROPOSED"
    PICKED_FOR_ANOTHER = "PICKED_FOR_ANOTHER"
    SERIAL_UNKNOWN = "SERIAL_UNKNOWN"
    NO_CAMERA = "NO_CAMERA"
    NO_PICTURE = "NO_PICTURE"
    FILE_UNUSABLE = "FILE_UNUSABLE"
    NOTHING_TO_ATTACH_TO = "NOTHING_TO_ATTACH_TO"
    LABEL_UNKNOWN = "LABEL_UNKNOWN"
    LABEL_VOID = "LABEL_VOID"
    STORAGE_FAILED = "STORAGE_FAILED"
    ACKNOWLEDGE_FIRST = "ACKNOWLEDGE_FIRST"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no, or a question, with its reason and the facts that its words need (names to plain values)."""

    reason: Reason
    about: dict[str, str] = field(default_factory=dict)
