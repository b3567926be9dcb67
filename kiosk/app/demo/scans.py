"""What is printed on the sample plant's papers, badges and goods, as a scanner sends it."""

from __future__ import annotations

from typing import Final

GS: Final = "\x1d"
WORKER: Final = "B-1001"
SUPERVISOR: Final = "B-2001"
QUALITY: Final = "B-3001"
PIN: Final = "1234"  # the supervisor's, in a plant that is none

PURCHASE_ORDER: Final = "4500012345"
BOTTLES_ORDER: Final = "4500012346"
WORK_ORDER: Final = "WO-7001"
SHIP_ORDER: Final = "SO-8001"
OTHER_SHIP_ORDER: Final = "SO-8002"
RACK: Final = "Rack 7"

STARCH_BAG: Final = "]d20119520123000018"
STARCH: Final = "]C10109520123000011"
LACTOSE: Final = "]d20109520123000028"
STEARATE: Final = "]d20109520123000035"
TABLETS: Final = "]d20109520001000010"
DUST: Final = "]d20109520001000027"

BAG_A: Final = f"{STARCH_BAG}1728113010NWS-240817-A"
BAG_C: Final = f"{STARCH_BAG}1728113010NWS-240817-C"
BAG_D: Final = f"{STARCH_BAG}1728113010NWS-240817-D"
BAG_E: Final = f"{STARCH_BAG}1728113010NWS-240817-E"
OLDER_BAG: Final = f"{STARCH_BAG}1728063010NWS-240601-A"
EXPIRED_BAG: Final = f"{STARCH_BAG}1723033110NWS-230311-A"
RECALLED_BAG: Final = f"{STARCH_BAG}1728033110NWS-260311-A"
STARCH_WITHOUT_LOT: Final = f"{STARCH}17281130"
LOT_B: Final = "]C110NWS-240817-B"
NEW_LACTOSE: Final = f"{LACTOSE}17280229310000005010LAC-7741"
FREE_LACTOSE: Final = f"{LACTOSE}10LAC-7700"
STEARATE_LOT: Final = f"{STEARATE}10MGS-0042"
BOTTLES: Final = "PK-0100"
DAMAGED: Final = "]C10109520123000011X"
UNKNOWN: Final = "4006381333931"


def tablets(lot: str) -> str:
    """Return the label of tablets that were made in this shift."""
    return f"{TABLETS}10{lot}"


def carton(sscc: str) -> str:
    """Return the label of a carton or pallet of ours."""
    return f"]C100{sscc}"
