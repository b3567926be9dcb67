"""What a scan is taken for: an exact match with something known first, then the formats, and never a guess between two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from kiosk.services import cards
from kiosk.services.ports import LotBook
from traceability.barcodes import gs1_checks
from traceability.barcodes import vendor as vendors
from traceability.barcodes.gs1_facts import measures
from traceability.barcodes.read import ReaderSettings, read
from traceability.barcodes.reading import Ambiguous, Facts, Format, Misread, Reading
from traceability.barcodes.wedge import Calibration
from traceability.cartons import Unit, is_sscc
from traceability.containers import KnownContainer
from traceability.items import ItemCode
from traceability.refusals import Reason
from traceability.units import parsed_amount
from traceability.workflows import consume, produce, reprint
from traceability.workflows.inputs import (
    BadgeScanned,
    Chosen,
    Input,
    LabelScanned,
    NotUnderstood,
    OrderScanned,
    Pressed,
    QuantityGiven,
    Scanned,
    Thing,
    WorkOrderScanned,
)
from traceability.workflows.modes import WORKFLOWS, OpenWork
from traceability.workflows.receiving import Receiving
from traceability.workflows.seat import ON_SCREEN, Seat
from traceability.workflows.step import ScanRef
from traceability.workflows.working import Working

_HANDS: Final = {"L": "left", "R": "right"}
#: The kinds of work that a work order's number is meant for before a purchase order's of the same name.
_MAKING: Final = (consume.NAME, produce.NAME)
_DEFAULT: Final = ReaderSettings()
_UNTOLD: Final = (Format.PLAIN, Format.VENDOR)
#: The noise of a scan that arrived whole, but as characters that can't be told apart.
GARBLED: Final = "GARBLED"
LONGEST_NOISE: Final = 100
_SSCC_WITH_ITS_IDENTIFIER: Final = 20


def text_of(data: bytes, calibration: Calibration | None) -> str | Misread:
    """Return a scan's text: UTF-8 where it is that, else a character a byte; put right where the scanner types in another layout."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return calibration.translate(text) if calibration is not None else text


@dataclass(frozen=True, slots=True)
class Recognition:
    """Looks a scan up and reads it; `readers` says how each scanner was set up."""

    book: LotBook
    readers: Mapping[str, ReaderSettings]
    languages: tuple[str, ...] = ()  # that the screen speaks: what a LANG card may ask for
    screen: Callable[[str], bool] = lambda _touch: False  # whether it can take this touch now: some cards are its own

    def recognise(self, scan: ScanRef, seat: Seat, today: date) -> Input:
        """Say what `scan` is at this seat. Never raises for what a barcode holds."""
        text = scan.text
        if scan.noise is not None:
            return NotUnderstood(scan, Reason.BARCODE_UNREADABLE, {"text": text[:LONGEST_NOISE], "noise": scan.noise})
        if text.startswith("..K."):
            return self._command(scan, seat, today)
        if operator := self.book.operator_by_badge(text):
            return BadgeScanned(scan, operator)
        if seat.mode == reprint.NAME:
            return self._printed(scan, seat, today)
        if seat.mode is not None and Unit in WORKFLOWS[seat.work_mode].takes:
            return self._unit_or_goods(scan, seat, today)
        return self._document(scan, seat) or self._goods(scan, seat, today)

    def _unit_or_goods(self, scan: ScanRef, seat: Seat, today: date) -> Input:
        """Where cartons and pallets are handled, a barcode with an SSCC is one of them; its bare digits are looked at kindly."""
        if document := self._document(scan, seat):
            return document
        digits = scan.text.removeprefix("00") if len(scan.text) == _SSCC_WITH_ITS_IDENTIFIER else scan.text
        if is_sscc(digits):
            return Scanned(Unit(digits), scan)
        given = self._goods(scan, seat, today)
        sscc = given.facts.sscc if isinstance(given, LabelScanned) else None
        return Scanned(Unit(sscc), scan) if sscc is not None else given

    def _printed(self, scan: ScanRef, seat: Seat, today: date) -> Input:
        """Where labels are printed again, a barcode is the label of ours that it stands on."""
        if label := self.book.label_with_serial(scan.text):
            return Scanned(label, scan)
        given = self._document(scan, seat) or self._goods(scan, seat, today)
        if not isinstance(given, LabelScanned):
            return given
        serials = (given.container.serial if given.container else None, given.facts.serial, given.facts.sscc)
        label = next((found for serial in serials if serial and (found := self.book.label_with_serial(serial))), None)
        return Scanned(label, scan) if label is not None else given

    def _document(self, scan: ScanRef, seat: Seat) -> Input | None:
        """An order's number; where an order to receive and one to make share it, the one that the worker's mode is about."""
        named = self.book.papers_named(scan.text)
        if not named:
            return None
        bought, made = self.book.purchase_order(scan.text), self.book.work_order(scan.text)
        if made is not None and (bought is None or seat.mode in _MAKING):
            return WorkOrderScanned(made, scan)
        if bought is not None:
            return OrderScanned(bought, scan)
        thing: Thing | None = self.book.ship_order(scan.text) or self.book.place(scan.text)
        return Scanned(thing, scan) if thing is not None else None

    def _command(self, scan: ScanRef, seat: Seat, today: date) -> Input:
        outcome = read(scan.text, _DEFAULT, today=today)
        if not isinstance(outcome, Reading) or outcome.facts.command is None:
            message = outcome.message if isinstance(outcome, Misread) else ""
            return NotUnderstood(scan, Reason.COMMAND_UNKNOWN, {"text": scan.text, "message": message})
        verb, _, argument = outcome.facts.command.partition(".")
        touch = cards.screen_touch(verb, argument)
        if touch is not None and self.screen(touch):
            return Pressed(ON_SCREEN, touch, scan)
        if verb in cards.TOUCHES and not argument:
            return Pressed(cards.TOUCHES[verb], None, scan)
        match verb:
            case "MODE" if mode := cards.mode_of(argument):
                return Pressed("mode", mode, scan)
            case "HAND" if argument in _HANDS:
                return Pressed("hand", _HANDS[argument], scan)
            case "LANG" if argument.lower() in self.languages:
                return Pressed("language", argument.lower(), scan)
            case "QTY":
                return QuantityGiven(parsed_amount(argument), None, argument, scan)
            case "REASON" if (chosen := _nth_choice(seat, argument)) is not None:
                return Chosen(chosen, scan=scan)
            case _:
                return NotUnderstood(scan, Reason.COMMAND_UNKNOWN, {"text": scan.text})

    def _goods(self, scan: ScanRef, seat: Seat, today: date) -> Input:
        vendor = seat.work.order.vendor if isinstance(seat.work, Receiving) else None
        container = self.book.container(scan.text)
        if container is not None and (not container.voided or isinstance(seat.work, Working)):
            facts, codes = Facts(serial=container.serial, lot=container.lot.code), self._own_item(container)
            if container.voided:
                return LabelScanned(scan, facts, codes, void=True)
            return LabelScanned(scan, facts, codes, counted_at=container.labelled_at, container=container)
        if codes := self.book.item_codes(_known_as(scan.text), vendor):
            return LabelScanned(scan, Facts(), codes)
        if items := items_of_lots(self.book, scan.text, vendor):
            return LabelScanned(scan, Facts(), plain=True, lot_items=items)
        outcome = read((scan.aim or "") + scan.text, self.readers.get(scan.device, _DEFAULT), today=today)
        match outcome:
            case Misread():
                return _misread(scan, outcome)
            case Ambiguous():
                return self._one_known(scan, outcome, vendor)
            case Reading():
                return self._read_or_taught(scan, outcome, vendor, today)

    def _read_or_taught(self, scan: ScanRef, reading: Reading, vendor: str | None, today: date) -> Input:
        """Take what the vendor's taught rules read, where no standard says what the barcode is; what two read differently is asked."""
        rules = self.book.label_rules(vendor, today) if vendor is not None and reading.format in _UNTOLD else ()
        match vendors.apply_all(rules, scan.text, today):
            case Ambiguous() as several:
                return self._one_known(scan, several, vendor)
            case taught:
                return self._label(scan, taught or reading, vendor)

    def _one_known(self, scan: ScanRef, outcome: Ambiguous, vendor: str | None) -> Input:
        labels = [self._label(scan, reading, vendor) for reading in outcome.readings]
        known = [label for label in labels if label.codes]
        return known[0] if len(known) == 1 else NotUnderstood(scan, Reason.AMBIGUOUS, {"text": scan.text})

    def _label(self, scan: ScanRef, reading: Reading, vendor: str | None) -> LabelScanned:
        facts = reading.facts
        if reading.format is Format.PLAIN:
            return LabelScanned(scan, facts, plain=True)
        code = facts.gtin or facts.content_gtin or facts.item
        codes = self.book.item_codes(code, vendor) if code else ()
        found = self._container(facts, codes)
        void = found is not None and found.voided
        container = None if void else found
        label = LabelScanned(scan, facts, codes, measures=_measures(reading), container=container, void=void)
        return replace(label, counted_at=self._counted_at(facts, codes, container, vendor))

    def _own_item(self, container: KnownContainer) -> tuple[ItemCode, ...]:
        item = self.book.item(container.lot.item)
        return (ItemCode(item),) if item is not None else ()

    def _container(self, facts: Facts, codes: tuple[ItemCode, ...]) -> KnownContainer | None:
        """Return whose label of ours this is, a void one too: its serial is known, and it stands on goods of that item."""
        container = self.book.container(facts.serial) if facts.serial is not None else None
        ours = container is not None and any(code.item.code == container.lot.item for code in codes)
        return container if ours else None

    def _counted_at(
        self, facts: Facts, codes: tuple[ItemCode, ...], container: KnownContainer | None, vendor: str | None
    ) -> datetime | None:
        if facts.sscc and (at := self.book.sscc_counted_at(facts.sscc)):
            return at
        if container is not None:
            return container.labelled_at
        if vendor is None or facts.serial is None:
            return None
        return next((at for code in codes if (at := self.book.vendor_serial_counted_at(code.item.code, vendor, facts.serial))), None)


def items_of_lots(book: LotBook, code: str, vendor: str | None) -> tuple[ItemCode, ...]:
    """Return the items whose known lots (of `vendor`, where one is named) carry this code."""
    found = dict.fromkeys(lot.key.item for lot in book.lots_with_code(code) if vendor in (None, lot.key.assigned_by))
    items = (book.item(item) for item in found)
    return tuple(ItemCode(item) for item in items if item is not None)


def _nth_choice(seat: Seat, argument: str) -> str | None:
    asked = seat.work.question if isinstance(seat.work, OpenWork) else None
    if asked is None or not argument.isdecimal() or not 1 <= int(argument) <= len(asked.choices):
        return None
    return asked.choices[int(argument) - 1].id


def _known_as(text: str) -> str:
    # A retail code as bare digits is looked up kindly: its 14-digit form, where its check digit is right.
    digits = text.isascii() and text.isdecimal() and len(text) in (8, 12, 13)
    return text.zfill(14) if digits and not gs1_checks.mod10(text) else text


def _measures(reading: Reading) -> tuple[tuple[Decimal, str], ...]:
    if reading.format not in (Format.GS1, Format.DIGITAL_LINK):
        return ()
    # What the goods themselves measure comes before the whole pallet with its packing.
    found = sorted(measures(reading.elements), key=lambda each: each.logistic)
    return tuple((each.amount, each.unit) for each in found if each.what in ("weight", "volume", "length", "area"))


def _misread(scan: ScanRef, misread: Misread) -> NotUnderstood:
    about = {"text": scan.text, "message": misread.message, "marked": misread.marked}
    if misread.position is not None:
        about["position"] = str(misread.position)
    return NotUnderstood(scan, misread.reason, about)
