"""What a workflow answers: the next state, what the worker is told, and what is to be recorded and printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, Literal, TypeVar

from traceability.events import Event
from traceability.refusals import Reason, Verdict
from traceability.values import quick

State = TypeVar("State", covariant=True)
How = Literal["scanned", "camera", "typed", "imported"]


class Ask(StrEnum):
    """What the station wants next; the screen's strip and others' scripts read it."""

    SCAN_BADGE = "SCAN_BADGE"
    CHOOSE_MODE = "CHOOSE_MODE"
    SCAN_ORDER = "SCAN_ORDER"
    SCAN_WORK_ORDER = "SCAN_WORK_ORDER"
    SCAN_PICK_ORDER = "SCAN_PICK_ORDER"
    SCAN_SHIP_ORDER = "SCAN_SHIP_ORDER"
    SCAN_CARTON = "SCAN_CARTON"
    CHOOSE_VENDOR = "CHOOSE_VENDOR"
    CHOOSE_CUSTOMER = "CHOOSE_CUSTOMER"
    CHOOSE_PLACE = "CHOOSE_PLACE"
    SCAN_LABEL = "SCAN_LABEL"
    SCAN_ITEM = "SCAN_ITEM"
    SCAN_LOT = "SCAN_LOT"
    SCAN_SERIAL = "SCAN_SERIAL"
    SCAN_EXPIRY = "SCAN_EXPIRY"
    SCAN_PLACE = "SCAN_PLACE"
    QUANTITY = "QUANTITY"
    DECIDE = "DECIDE"
    CHOOSE_ITEM = "CHOOSE_ITEM"
    CHOOSE_UNIT = "CHOOSE_UNIT"
    CHOOSE_LOT = "CHOOSE_LOT"
    CHOOSE_REASON = "CHOOSE_REASON"
    OVERRIDE_BADGE = "OVERRIDE_BADGE"
    OVERRIDE_PIN = "OVERRIDE_PIN"
    ACKNOWLEDGE = "ACKNOWLEDGE"


@dataclass(frozen=True, slots=True)
class ScanRef:
    """A raw scan that is on disk: its id, where and when it came from, and its text without AIM identifier and terminator."""

    id: str
    device: str
    at: datetime
    text: str
    aim: str | None = None
    noise: str | None = None  # why it is no scan: cut off, too long, garbled by a keyboard layout


@quick
@dataclass(frozen=True, slots=True)
class Record:
    """One event to be chained, and the scans, documents and labels that it names."""

    event: Event
    scans: tuple[str, ...] = ()
    how: How = "scanned"
    documents: tuple[tuple[str, str], ...] = ()  # (kind, number)
    labels: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()  # which rules were asked
    id: str | None = None  # the event's id where the workflow must name it later (undo); else the journal makes one
    read: dict[str, str] = field(default_factory=dict)  # what was read from the scans: facts by name, as text
    approver: str | None = None  # who let it through where the rules would not
    override_reason: str | None = None  # … and the reason code that they gave


@quick
@dataclass(frozen=True, slots=True)
class PrintOrder:
    """One label to be printed; `data` is what the template asks for."""

    template: str
    serial: str
    data: dict[str, str]
    copies: int = 1
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """A label that this station printed, by its number in the list of labels; a void one stands on goods no more."""

    id: str
    order: PrintOrder
    at: datetime
    void: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a person may choose, and the words on its tile."""

    id: str
    words: str
    detail: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Said:
    """What the worker is told: the verdict, why, what is wanted next, and the facts that the words need."""

    verdict: Verdict | None
    ask: Ask | None = None
    reason: Reason | None = None
    about: dict[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    waiting: int = 0  # scans that wait for this question's answer


@quick
@dataclass(frozen=True, slots=True)
class Step(Generic[State]):
    """One answer: the next state, what is said, and everything that is committed with it."""

    state: State
    said: Said
    records: tuple[Record, ...] = ()
    prints: tuple[PrintOrder, ...] = ()
    serials_used: int = 0
    numbers_used: int = 0
    ssccs_used: int = 0
    freed: tuple[ScanRef, ...] = ()  # scans that waited and are to be taken now, in order
