"""A station at work: every scan, touch and typed word is kept, answered by the rules, and committed before anyone is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, Literal

from kiosk.services import lookups
from kiosk.services.catching_up import renewed
from kiosk.services.photos import Photos
from kiosk.services.pins import ENTER, HIDDEN_CARD, Pins, PinTyping, number_card
from kiosk.services.ports import FIRST_SEAT, Clock, Journal, LotBook, RawScan, Stamp, StorageFailed, Work
from kiosk.services.recognition import GARBLED, Recognition, text_of
from traceability.barcodes import aim as aims
from traceability.barcodes.read import LONGEST_SCAN, ReaderSettings
from traceability.barcodes.reading import Misread
from traceability.barcodes.wedge import Calibration
from traceability.cartons import sscc_of
from traceability.chain import Envelope
from traceability.events import EventCorrected, OverrideApproved, OverrideReviewed, ScanRefused, ScansAbandoned
from traceability.ids import ENTROPY_BYTES, uuid7
from traceability.items import Item
from traceability.lot_numbers import own_lot
from traceability.number_blocks import Numbered
from traceability.operators import Operator, Role
from traceability.records import Malformed, Rewriting, from_json
from traceability.refusals import Reason, Verdict
from traceability.units import parsed_amount
from traceability.workflows import seat as seats
from traceability.workflows.inputs import (
    BadgeScanned,
    Circumstances,
    FileGiven,
    Input,
    LabelScanned,
    Pin,
    PinChecked,
    Pressed,
    QuantityGiven,
    Scanned,
)
from traceability.workflows.modes import MODES
from traceability.workflows.seat import Seat
from traceability.workflows.step import Ask, PrintOrder, Record, Said, ScanRef
from traceability.workflows.verdicts import verdict_of

#: Who works where a plant names no operators.
ANYONE: Final = Operator("anyone", "", frozenset({Role.WORKER, Role.SUPERVISOR}))
LONGEST_TYPED: Final = 200
LONGEST_QUOTED: Final = 500
TOO_LONG: Final = "TOO_LONG"
#: Why somebody takes something back; what a burst of old scans had counted goes back by itself.
_BY_A_PERSON: Final = frozenset({"undo", "counted_anew"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one input: what is said, what is on disk now, which labels wait; `then` are scans that it set free."""

    said: Said
    seat: Seat
    recorded: tuple[Envelope, ...] = ()
    printed: tuple[PrintOrder, ...] = ()
    scan: ScanRef | None = None
    given: Input | FileGiven | None = None
    then: tuple[Outcome, ...] = ()
    touch: str = ""  # what a command card does on the screen, where nothing of the work answers it


@dataclass(slots=True)
class Common:
    """What the seats of one station have in common beside the database: whether it can be written, and how often it was."""

    fault: str | None = None
    changes: int = 0


@dataclass(slots=True)
class Station:
    """One seat of a station. Not for several threads at once: whoever owns the seats feeds them one input after the other."""

    name: str
    journal: Journal
    book: LotBook
    clock: Clock
    entropy: Callable[[int], bytes]
    app_version: str
    readers: Mapping[str, ReaderSettings]
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)  # of scanners that type in another layout
    languages: tuple[str, ...] = ()  # that the screen speaks
    screen: Callable[[str], bool] = lambda _touch: False  # whether the screen can take a card's touch now; without one never
    photos: Photos | None = None
    pins: Pins | None = None  # None: nobody has a PIN here
    typing: PinTyping = field(default_factory=PinTyping)
    scale: Callable[[], tuple[Decimal, str] | None] | None = None  # the weight that stands still on it; None: there is no scale
    clock_offset_ms: int | None = None
    has_server: bool = False  # one is named in the settings, whether it ever answered or not
    seat: Seat = field(default_factory=Seat)
    seat_name: str = FIRST_SEAT
    common: Common = field(default_factory=Common)
    _writing: Rewriting = field(default_factory=Rewriting)
    _seen: int = 0  # of the changes: what the other seats changed after that is not in this seat's open work yet
    _told: int = 0  # of the server's words on orders: what it said after that is not in it either

    @property
    def fault(self) -> str | None:
        """Why nothing can be stored; the screen is locked while it is set."""
        return self.common.fault

    @fault.setter
    def fault(self, words: str | None) -> None:
        self.common.fault = words

    def resume(self) -> int:
        """Go back to where the worker was; return how many scans a crash left without an answer (they are named as abandoned)."""
        stored = self.journal.seats()
        self.seat = remembered(stored[self.seat_name]) if self.seat_name in stored else Seat()
        self.seat = replace(self.seat, operator=self._who_sits_here())
        if len(self.modes()) == 1:
            self.seat = self.seat.in_mode(self.modes()[0])
        if len(stored) > 1:
            self.seat = renewed(self.seat, self.book)
        return self._name_leftovers("restarted")

    def catch_up(self) -> None:
        """See what other seats and stations did meanwhile: the orders that are open here stand as the book has them now."""
        told = self.book.orders_told()
        if (self._seen, self._told) != (self.common.changes, told):
            self.seat = renewed(self.seat, self.book)
            self._seen, self._told = self.common.changes, told

    def _who_sits_here(self) -> Operator | None:
        """Whoever sat here, with today's name and roles; nobody where the plant does not know them any more."""
        if not self.book.has_operators():
            return ANYONE
        return self.book.operator(self.seat.operator.id) if self.seat.operator else None

    def scan(self, data: bytes, device: str, at: datetime | None = None, noise: str | None = None) -> Outcome:
        """Take what a device delivered: on disk first, then understood, then answered. `noise` says why it is no scan."""
        if (key := self._number_on(data, device)) is not None:
            return self._number_card(key, device, at or self.clock.now())
        if len(data) > LONGEST_SCAN:
            data, noise = data[:LONGEST_SCAN], noise or TOO_LONG
        scan = self._heard(data, device, at or self.clock.now(), noise)

        def kept_and_answered() -> Outcome:
            self.journal.keep_scan(RawScan(scan.id, device, data, scan.aim, scan.at))
            return self._answered(scan)

        return self._stored(kept_and_answered, scan)

    def press(self, verb: str, argument: str | None = None) -> Outcome:
        """Take a touch; "mode:receive" carries its argument behind the colon."""
        verb, colon, rest = tidied(verb).partition(":")
        return self._stored(lambda: self._pressed(verb, rest if colon else argument))

    def type(self, text: str) -> Outcome:
        """Take typed text: a lot code, an order's number, or what is asked for."""
        return self._stored(lambda: self._typed(tidied(text)))

    def give_quantity(self, text: str, unit: str | None) -> Outcome:
        """Take a quantity from the keypad or a scale; text that is no number is answered, not raised."""
        text = tidied(text)
        given = QuantityGiven(parsed_amount(text), tidied(unit) if unit else None, text)
        return self._stored(lambda: self._take(given))

    def give_weight(self, text: str, unit: str | None) -> Outcome:
        """Take what a scale says, where a quantity is asked; elsewhere it answers nothing that anybody wants to know."""
        text = tidied(text)
        given = QuantityGiven(parsed_amount(text), tidied(unit) if unit else None, text, weighed=True)
        return self._stored(lambda: self._take(given))

    def _weighed(self, scan: ScanRef | None = None) -> QuantityGiven:
        """What lies on the scale now; no number unless it stands still."""
        reading = self.scale() if self.scale is not None else None
        if reading is None:
            return QuantityGiven(None, None, "", scan, weighed=True)
        amount, unit = reading
        return QuantityGiven(amount, unit, format(amount, "f"), scan, weighed=True)

    def give_pin(self, pin: str) -> Outcome:
        """Take the PIN of the second person who was called. It is compared and forgotten: never kept, logged or sent."""
        self.typing.clear()
        return self._stored(lambda: self._pin_given(pin))

    def choose(self, choice: str) -> Outcome:
        """Take one of the offered choices, or a document picked from a list."""
        return self._stored(lambda: self._chosen(tidied(choice)))

    def attach(self, content: bytes, name: str, to_event: str | None = None) -> Outcome:
        """Attach a file to an event; without one, to the last event of the open work."""

        def kept_and_answered() -> Outcome:
            meant = to_event or seats.event_to_attach_to(self.seat)
            given = FileGiven("file") if self.photos is None else self.photos.file(content, name, "file", meant)
            return self._take(given)

        return self._stored(kept_and_answered)

    def try_storage(self) -> bool:
        """Try whether the database can be written again; the lock goes when it can."""
        try:
            self._name_leftovers("not_stored")
            self.journal.commit(Work(self._stamp(self.clock.now()), seat=self._writing.to_json(self.seat), seat_name=self.seat_name))
        except StorageFailed as failure:
            self.fault = failure.words
            return False
        self.fault = None
        return True

    def _pin_given(self, pin: str) -> Outcome:
        person = self.pin_wanted_of()
        if person is None or self.pins is None:
            return self._take(PinChecked("", Pin.MISSING))
        return self._take(self.pins.checked(person.id, pin, self.clock.now()))

    def pin_wanted_of(self) -> Operator | None:
        """Whose PIN is asked now, or None."""
        dialogue = seats.dialogue_of(self.seat) if self.seat.operator is not None else None
        return dialogue.approver if dialogue is not None and dialogue.wants_pin else None

    def _number_on(self, data: bytes, device: str) -> str | None:
        text = text_of(data[:LONGEST_SCAN], self.calibrations.get(device))
        return number_card(text[aims.split(text)[1] :]) if isinstance(text, str) else None

    def _number_card(self, key: str, device: str, at: datetime) -> Outcome:
        """A digit by its card. What is kept of the scan says that it was a number card and not which one: it may be of a PIN."""
        scan = ScanRef(self._new_id(at), device, at, HIDDEN_CARD)
        wanted = self.pin_wanted_of() is not None

        def kept_and_answered() -> Outcome:
            self.journal.keep_scan(RawScan(scan.id, device, HIDDEN_CARD.encode(), None, at))
            counts = wanted and self.typing.card(key, device, at)
            touch = "set" if key == ENTER else f"key:{key}"
            if key and not wanted and self.screen(touch):
                return replace(self._take(Pressed(seats.ON_SCREEN, "number", scan), scan), touch=touch)
            answered = self._take(Pressed("digit" if wanted else "number", None if counts else "twice", scan), scan)
            return replace(answered, then=(self.give_pin(self.typing.taken()),)) if counts and key == ENTER else answered

        return self._stored(kept_and_answered, scan)

    def _heard(self, data: bytes, device: str, at: datetime, noise: str | None) -> ScanRef:
        text = text_of(data, self.calibrations.get(device))
        if isinstance(text, Misread):
            text, noise = text.scan, noise or GARBLED
        aim, offset = aims.split(text)
        return ScanRef(self._new_id(at), device, at, text[offset:].rstrip("\r\n"), aim, noise)

    def _pressed(self, verb: str, argument: str | None) -> Outcome:
        if verb in ("sign_out", "idle") and not self.book.has_operators():
            return Outcome(Said(None, seats.next_ask(self.seat)), self.seat)  # nobody could sign in again
        if verb == "weigh":
            return self._take(self._weighed())
        if verb == "reviewed" and self.seat.operator is not None:
            return self._reviewed(argument or "", self.seat.operator)
        if verb == "language" and argument not in self.languages:
            argument = None  # none that the screen speaks: there is nothing to do that with
        return self._take(Pressed(verb, argument))

    def _reviewed(self, override: str, operator: Operator) -> Outcome:
        """Somebody else has looked at an override: neither who approved it nor for whom it was."""
        found, about = self.journal.envelope(override), {"override": override[:LONGEST_QUOTED]}
        if found is None or found["kind"] != OverrideApproved.kind:
            reason: Reason | None = Reason.NOT_EXPECTED_HERE
        elif not operator.may_review_overrides():
            reason = Reason.NOT_ALLOWED
        else:
            reason = Reason.SAME_PERSON if operator.id in (found["approver"], found["operator"]) else None
        event = ScanRefused("station", reason, about) if reason else OverrideReviewed(override)
        recorded = self.journal.commit(Work(self._stamp(self.clock.now()), (Record(event, how="typed"),)))
        verdict = verdict_of(reason, "station") if reason else Verdict.ACCEPTED
        return Outcome(Said(verdict, seats.next_ask(self.seat), reason, about), self.seat, recorded)

    def _typed(self, text: str) -> Outcome:
        return self._take(lookups.typed(text, self.seat, self.book))

    def _chosen(self, choice: str) -> Outcome:
        return self._take(lookups.chosen(choice, self.seat, self.book))

    def _answered(self, scan: ScanRef, freed: bool = False) -> Outcome:
        given = Recognition(self.book, self.readers, self.languages, self.screen).recognise(scan, self.seat, self.clock.today())
        if isinstance(given, Pressed) and given.verb == "weigh":
            given = self._weighed(scan)
        if freed and isinstance(given, LabelScanned | Scanned):
            given = replace(given, freed=True)
        return _with_touch(self._take(given, scan))

    def _freed(self, scan: ScanRef) -> Outcome:
        return self._stored(lambda: self._answered(scan, freed=True), scan)

    def _take(self, given: Input | FileGiven, scan: ScanRef | None = None) -> Outcome:
        self.catch_up()
        moment = scan.at if scan else self.clock.now()
        if isinstance(given, Pressed) and given.verb == "photo":
            given = self._photographed(given)
        step = self._step(given, moment)
        # Where the plant names no operators nobody could sign in again: a SIGNOUT card leaves the seat taken.
        seat = step.state if step.state.operator or self.book.has_operators() else replace(step.state, operator=ANYONE)
        recorded = self._committed(seat, step, given, moment)
        self.seat = seat
        if recorded:
            self.common.changes, self._seen = self.common.changes + 1, self.common.changes + 1
        if self.pin_wanted_of() is None:
            self.typing.clear()
        then = tuple(self._freed(waited) for waited in step.freed)
        if self.fault is not None and (recorded or scan is not None):
            self.try_storage()
        return Outcome(step.said, self.seat, recorded, step.prints, scan, given, then)

    def _step(self, given: Input | FileGiven, moment: datetime) -> seats.SeatStep:
        if isinstance(given, FileGiven):
            return seats.latching(seats.attach(self.seat, given, self.modes()), self.book.policies())
        step = seats.advance(self.seat, given, self._circumstances(moment, given), self.modes())
        if went := self._went_on(step):
            return seats.latching(seats.undo_refused(self.seat, given, went), self.book.policies())
        return step

    def _went_on(self, step: seats.SeatStep) -> tuple[str, ...]:
        """Where the goods went on to that this step would undo; whoever worked on with them, in whatever kind of work."""
        # Where a second person let it through, it was shown where they went.
        alone = (each.event for each in step.records if each.approver is None)
        undone = (each for each in alone if isinstance(each, EventCorrected) and each.why in _BY_A_PERSON)
        went = (self.book.went_on(each.corrects) for each in undone)
        return tuple(dict.fromkeys(name for names in went for name in names))

    def _committed(self, seat: Seat, step: seats.SeatStep, given: Input | FileGiven, moment: datetime) -> tuple[Envelope, ...]:
        badge = {given.scan.id: given.operator.id} if isinstance(given, BadgeScanned) else None
        if not (step.records or step.prints or seat != self.seat):
            return ()
        # The one who was there before answers for the step, except where the step is that someone came.
        operator = self.seat.operator or seat.operator
        stamp = replace(self._stamp(moment), operator=operator.id if operator else None)
        if isinstance(given, BadgeScanned) and seat.operator == given.operator:
            stamp = replace(stamp, operator=given.operator.id)
        records = tuple(map(_within_limits, step.records))
        return self.journal.commit(
            Work(
                stamp=stamp,
                records=records,
                prints=step.prints,
                seat=self._writing.to_json(seat),
                serials_used=step.serials_used,
                numbers_used=step.numbers_used,
                ssccs_used=step.ssccs_used,
                secret_scans=badge,
                seat_name=self.seat_name,
            )
        )

    def _photographed(self, touch: Pressed) -> FileGiven:
        if self.photos is None:
            return FileGiven("camera", reason=Reason.NO_CAMERA, scan=touch.scan)
        return self.photos.photo(seats.event_to_attach_to(self.seat), touch.scan)

    def _stored(self, take: Callable[[], Outcome], scan: ScanRef | None = None) -> Outcome:
        """Do `take`. Where the disk does not, the scan is not accepted and nothing in memory moved: the station locks and says so."""
        try:
            return take()
        except StorageFailed as failure:
            self.fault = failure.words
            about = {"words": failure.words, "text": scan.text if scan else ""}
            return Outcome(Said(Verdict.STOP, Ask.ACKNOWLEDGE, Reason.STORAGE_FAILED, about), self.seat, scan=scan)

    def _name_leftovers(self, why: Literal["restarted", "not_stored"]) -> int:
        others = (remembered(body) for name, body in self.journal.seats().items() if name != self.seat_name)
        kept = {scan for seat in (self.seat, *others) for scan in seats.open_scans(seat)}
        left = [scan.id for scan in self.journal.unnamed_scans() if scan.id not in kept]
        if left:
            event = ScansAbandoned(self.seat.mode or "station", why)
            self.journal.commit(Work(self._stamp(self.clock.now()), (Record(event, tuple(left)),)))
        return len(left)

    def _circumstances(self, moment: datetime, given: Input) -> Circumstances:
        serials, today = self.journal.serials(), self.clock.today()
        now = Circumstances(
            at=moment,
            today=today,
            event_id=self._new_id(moment),
            station=self.name,
            place=self.book.place_of(self.name),
            site=self.book.site(),
            operator=self.seat.operator,
            serial_prefix=serials.prefix,
            next_serial=serials.next,
            next_lot_number=self.journal.next_number(Numbered.LOT),
            **self._sscc(),
            policies=self.book.policies(),
            reasons=() if isinstance(given, LabelScanned) else self.book.reasons(),
            cache_age_seconds=self.book.cache_age_seconds(moment),
            has_server=self.has_server,
        )
        return lookups.answered(seats.question(self.seat, given), now, self.book)

    def _sscc(self) -> dict[str, Any]:
        """The next carton's number, or why there is none."""
        prefix, number = self.book.company_prefix(), self.journal.next_number(Numbered.SSCC)
        if prefix is None:
            return {"no_sscc": "no_prefix"}
        sscc = sscc_of(prefix, number) if number is not None else None
        return {"next_sscc": sscc, "no_sscc": "prefix_full" if sscc is None and number is not None else ""}

    def _stamp(self, moment: datetime) -> Stamp:
        return Stamp(
            occurred_at=moment,
            zone=self.clock.zone(),
            monotonic_us=self.clock.monotonic_us(),
            clock_offset_ms=self.clock_offset_ms,
            operator=self.seat.operator.id if self.seat.operator else None,
            place=self.book.place_of(self.name),
            app_version=self.app_version,
            cache_age_seconds=self.book.cache_age_seconds(moment),
        )

    def next_lot(self, item: Item) -> str | None:
        """Return the number that a new lot of an item would get now; it is taken only when the lot is recorded. None: none is left."""
        number = self.journal.next_number(Numbered.LOT)
        return None if number is None else own_lot(item, self.clock.today(), self.name, number)

    def modes(self) -> tuple[str, ...]:
        """The kinds of work that this station does."""
        wanted = self.book.modes(self.name)
        return tuple(mode for mode in MODES if mode in wanted) if wanted else MODES

    def _new_id(self, moment: datetime) -> str:
        return uuid7(moment, self.entropy(ENTROPY_BYTES))


def _with_touch(outcome: Outcome) -> Outcome:
    """Return what came of a card with what the screen is to do; where it was refused (signed out, a STOP) nothing."""
    match outcome.given:
        case Pressed(seats.ON_SCREEN, str() as touch) if outcome.said.verdict is None:
            return replace(outcome, touch=touch)
        case _:
            return outcome


def tidied(text: str) -> str:
    """Return typed text as it can be kept: no longer than anyone types, and without halves of characters."""
    return text[:LONGEST_TYPED].encode("utf-8", "replace").decode("utf-8")


def _within_limits(record: Record) -> Record:
    """Return the record, quoting of a refused barcode no more, and no other characters, than the server takes; the scan itself is whole."""
    if not isinstance(record.event, ScanRefused):
        return record
    about = {name: value[:LONGEST_QUOTED].replace("\0", "␀") for name, value in record.event.about.items()}
    return replace(record, event=replace(record.event, about=about))


def remembered(stored: Mapping[str, object]) -> Seat:
    """Return a seat as it was stored."""
    try:
        return from_json(Seat, stored, "seat")
    except Malformed:
        # Written by an older version: the journal has every fact, only the place in the work is lost; the badge brings it back.
        return Seat()
