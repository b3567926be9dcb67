"""The worker's desk: every scan and touch goes in, the view to be shown comes out. Plain Python, one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from kiosk.presenters import screens
from kiosk.presenters.card_touches import CardReads, offered, touch_on
from kiosk.presenters.details_view import DETAILS
from kiosk.presenters.health import Health, chips
from kiosk.presenters.home_view import group_view, home_view
from kiosk.presenters.language import SOURCE, Language, language_codes, load_language
from kiosk.presenters.last_scans import LastScans
from kiosk.presenters.override_list import listed_overrides
from kiosk.presenters.queue_view import OVERRIDES, QueueSight, listed_events, queue_view
from kiosk.presenters.sheet import sheet_of
from kiosk.presenters.sight import LONGEST_TYPED, Sight, Typing, keyed
from kiosk.presenters.views import Chip, TopBar, View
from kiosk.presenters.work_view import next_unit, pad_of, work_view
from kiosk.services.ports import Clock, LotBook, Queue, StorageFailed
from kiosk.services.station import Outcome, Station
from traceability.number_blocks import NUMBERED_IN, Numbered
from traceability.operators import Operator, Role
from traceability.refusals import Verdict
from traceability.workflows.inputs import Pressed
from traceability.workflows.inspecting import Inspecting
from traceability.workflows.modes import OpenWork
from traceability.workflows.quality_rules import is_measured
from traceability.workflows.seat import LANGUAGE_CHANGED
from traceability.workflows.step import Ask, Said

MOST_QUEUED: Final = 200
#: Touches that change what is looked at.
_LOOKS: Final = frozenset(
    {"filter", "select", "try_now", "try_again", "reviewed", "page", "queue", "type_lot", "choose_order", "group", "pad", DETAILS}
)
_FIGURES: Final = frozenset("0123456789.")
#: The touch of a card that brings its own seat to the screen.
SEAT: Final = "seat"


@dataclass(slots=True)
class Desk:
    """What one worker sees and does. `sync_now` wakes the wire."""

    station: Station
    book: LotBook
    queue: Queue
    clock: Clock
    sync_now: Callable[[], None] = lambda: None
    health: Health = field(default_factory=Health)
    dimmed: bool = False  # nobody has been here for a while
    first_language: str = SOURCE  # until somebody at this station chooses another
    numbers: Iterator[int] = field(default_factory=lambda: count(1))  # of verdicts: several desks count together
    said: Said | None = None  # the last answer …
    number: int = 0  # … and the number of the last verdict
    _overlay: str = ""  # queue, type_lot, papers, summary, details, group:stock: shown over the work until left
    _typing: Typing = field(default_factory=Typing)
    _text: str = ""
    _sight: QueueSight = field(default_factory=QueueSight)
    _page: int = 0
    _scans: LastScans = field(default_factory=LastScans)
    _cards: CardReads = field(default_factory=CardReads)

    def __post_init__(self) -> None:
        self.station.screen = self._can_touch

    def scan(self, data: bytes, device: str, at: datetime | None = None, noise: str | None = None) -> Outcome:
        """Take what a scanner delivered; scans that it sets free are shown in their order."""
        outcome = self.station.scan(data, device, at, noise)
        if LANGUAGE_CHANGED in outcome.said.about or _is_card(outcome, "hand"):
            return outcome  # the same screen, in other words or mirrored
        if outcome.touch == SEAT:
            return outcome
        if outcome.touch:
            self._touched_by_card(outcome)
            return outcome
        self._leave()  # its verdict must be seen: it is worth more than a half-typed lot or a list
        self._told(outcome)
        return outcome

    def _can_touch(self, touch: str) -> bool:
        """Whether what a card would touch is on the screen now; Back, Cancel and OK are the work's unless something lies over it."""
        if touch in ("back", "cancel", "confirm"):
            return self._overlay == "summary" if touch == "confirm" else bool(self._overlay)
        if touch == SEAT:
            return True  # whoever owns the screen turns it
        view = self.view()
        return touch_on(view, touch) in set(offered(view))

    def _touched_by_card(self, outcome: Outcome) -> None:
        """Do what a card does on the screen: once, where one pull of the trigger read it twice."""
        if not self._cards.read_again(outcome) and (action := touch_on(self.view(), outcome.touch)):
            self.press("finish" if action == "confirm" else action)  # the OK card says yes to what the summary shows

    def press(self, action: str) -> None:
        """Take a touch by its action's name."""
        try:
            self._press(action)
        except StorageFailed as failure:
            self.station.fault = failure.words

    def _press(self, action: str) -> None:
        verb, _, argument = action.partition(":")
        if verb == "language":
            self.station.press(action)
        elif verb in ("key", "pack", "unit", "set"):
            self._keyed(verb, argument)
        elif verb in _LOOKS:
            self._look(verb, argument)
        elif verb == "choose":
            self._leave()
            self._told(self.station.choose(argument))
        elif verb == "lot":
            self._leave()
            self._told(self.station.type(argument))
        elif verb in ("back", "cancel") and self._overlay:
            self._leave()
        elif verb == "finish" and self._overlay != "summary" and self._sums_up():
            self._overlay, self._page = "summary", 0
        else:
            self._pressed(action)

    @property
    def language(self) -> Language:
        """The language of the screen now; one that only another version speaks is passed over."""
        chosen = self.station.seat.language
        return load_language(chosen if chosen in language_codes() else self.first_language)

    def view(self) -> View:
        """Return what is to be shown now; where the database can't even be read, that."""
        if self.station.fault is None:
            try:
                return self._view()
            except StorageFailed as failure:
                self.station.fault = failure.words
        return screens.fault_view(self.station.fault, self.language)

    def _view(self) -> View:
        self.station.catch_up()
        seat, counts = self.station.seat, self.queue.counts()
        waiting, parked = counts.get("waiting", 0), counts.get("parked", 0)
        self.health = replace(self.health, to_send=waiting, parked=parked, numbers=self._numbers_ending())
        if seat.latched is not None:
            return screens.stop_view(seat.latched, self.number, self.language)
        if self._overlay == "queue":
            return self._queue_view()
        if seat.operator is None:
            return screens.sign_in_view(seat, self._sight_on("lock", "signed_out"))
        if seat.mode is None:
            return self._home_view()
        return work_view(sheet_of(seat.work_mode), seat.work, seat.work_mode, self._sight_on(sheet_of(seat.work_mode).icon, seat.work_mode))

    def _home_view(self) -> View:
        sight, modes = self._sight_on("home", "home"), self.station.modes()
        overlay, _, group = self._overlay.partition(":")
        if overlay == "group":
            return group_view(group, modes, sight)
        seat = self.station.seat
        figures = self.queue.figures(self._now())
        if self._reviewer() is None:
            figures = replace(figures, to_review=0)  # not this person's to look at
        return home_view(modes, figures, sight, {**seat.aside, seat.work_mode: seat.work})

    def _sight_on(self, icon: str, doing: str) -> Sight:
        return Sight(
            top=self._top(icon, doing),
            language=self.language,
            book=self.book,
            health=self.health,
            said=self.said,
            number=self.number,
            overlay=self._overlay,
            page=self._page,
            typing=self._typing,
            text=self._text,
            weight=self.station.scale() if self.station.scale is not None else None,
            has_scale=self.station.scale is not None,
            has_camera=self.station.photos is not None and self.station.photos.camera is not None,
            digits=self.station.typing.count,
            answers=self._scans,
            next_lot=self.station.next_lot,
        )

    def _queue_view(self) -> View:
        now = self._now()
        figures = self.queue.figures(now)
        top, reader = self._top("cloud_upload", "queue"), self._reviewer()
        if reader is not None and self._sight.chosen == OVERRIDES:
            listed = listed_overrides(self.queue.overrides(MOST_QUEUED), self._sight, now, reader, self.book, self.language)
        else:
            events = self.queue.events(self._sight.states(), MOST_QUEUED)
            listed = listed_events(events, self._sight, now, self._may_settle(), self.language)
        return queue_view(top, figures, self._sight, self.health, now, listed, self.language, may_review=reader is not None)

    def _reviewer(self) -> Operator | None:
        """Who sits here, where that person may look through what others let through."""
        operator = self.station.seat.operator
        return operator if operator is not None and operator.may_review_overrides() else None

    def _may_settle(self) -> bool:
        operator = self.station.seat.operator
        return operator is not None and bool(operator.roles & {Role.SUPERVISOR, Role.ADMIN})

    def _top(self, icon: str, doing: str) -> TopBar:
        operator = self.station.seat.operator
        return TopBar(
            icon=icon,
            mode=self.language.say(f"doing.{doing}"),
            place=self.book.place_of(self.station.name),
            clock=f"{self._now():%H:%M}",
            chips=chips(self.health, self.language),
            user=operator.name if operator else "",
            user_action="sign_out" if operator and operator.name else "",
            dimmed=self.dimmed,
            left_handed={"left": True, "right": False}.get(self.station.seat.hand or ""),
            home=self._way_home(),
        )

    def _way_home(self) -> Chip | None:
        """What is open stays open meanwhile; its tile says so."""
        at_work = self.station.seat.operator is not None and self.station.seat.mode is not None
        return Chip("home", self.language.say("button.home"), action="home") if at_work and len(self.station.modes()) > 1 else None

    def _numbers_ending(self) -> dict[Numbered, int]:
        """How many numbers are left, of each kind that this station gives away and that ends within a day."""
        modes = set(self.station.modes())
        ending = self.book.numbers_ending(self.clock.now())
        if self.book.company_prefix() is None:
            ending = {kind: left for kind, left in ending.items() if kind is not Numbered.SSCC}  # what is missing is another thing
        return {kind: left for kind, left in ending.items() if NUMBERED_IN[kind] & modes}

    def _now(self) -> datetime:
        return self.clock.now().astimezone(ZoneInfo(self.clock.zone()))

    def _keyed(self, verb: str, argument: str) -> None:
        if self.station.pin_wanted_of() is not None:
            self._type_pin(verb, argument)
        elif self._overlay == "type_lot":
            self._typed(verb, argument)
        elif not self._keypad_is_open():
            return  # a keyboard was touched, or a button that has just gone
        elif verb == "key":
            self._type_figure(argument)
        elif verb == "pack":
            self._give("1", argument)
        elif verb == "unit":
            self._typing = replace(self._typing, unit=self._next_unit())
        elif self._typing.buffer:
            self._give(self._typing.buffer, self._typing.unit)

    def _keypad_is_open(self) -> bool:
        work = self.station.seat.work
        return isinstance(work, OpenWork) and work.question is not None and work.question.ask is Ask.QUANTITY

    def _is_measured(self) -> bool:
        """Whether what is typed is a test's value: it may be below nothing."""
        work = self.station.seat.work
        return isinstance(work, Inspecting) and is_measured(work.question)

    def _type_figure(self, key: str) -> None:
        key = "." if key == self.language.decimal else key
        if key == "-" and self._is_measured():
            buffer = self._typing.buffer
            self._typing = replace(self._typing, buffer=buffer[1:] if buffer.startswith("-") else f"-{buffer}")
            return
        second_point = key == "." and "." in self._typing.buffer
        if not second_point and (key in _FIGURES or key in ("back", "clear")):
            self._typing = replace(self._typing, buffer=keyed(self._typing.buffer, key))

    def _type_pin(self, verb: str, argument: str) -> None:
        """A PIN stays with the station, where no screen, log or journal can get at it."""
        typing = self.station.typing
        if verb == "key":
            typing.press(argument)
        elif verb == "set" and typing.count:
            self._told(self.station.give_pin(typing.taken()))

    def _typed(self, verb: str, argument: str) -> None:
        if verb == "key":
            self._text = keyed(self._text, argument)[:LONGEST_TYPED]
        elif verb == "set" and self._text.strip():
            text = self._text
            self._leave()
            self._told(self.station.type(text))

    def _give(self, amount: str, unit: str | None) -> None:
        self._typing = Typing()
        self._told(self.station.give_quantity(amount, unit))

    def _next_unit(self) -> str | None:
        seat = self.station.seat
        pad = pad_of(sheet_of(seat.work_mode), seat.work, self._sight_on("", seat.work_mode))
        if pad is None:
            return None
        return next_unit(pad.item, self._typing.unit or pad.item.unit)

    def _sums_up(self) -> bool:
        """Whether the open work is summed up before it is left."""
        seat = self.station.seat
        rows = sheet_of(seat.work_mode).rows
        return rows is not None and isinstance(seat.work, OpenWork) and rows(seat.work, self._sight_on("", seat.work_mode)) is not None

    def _look(self, verb: str, argument: str) -> None:
        """Touches that change what is looked at, and nothing that is recorded."""
        match verb:
            case "try_again" if self.station.fault is not None:
                self.station.try_storage()
            case "queue":
                self._overlay, self._sight = "queue", QueueSight()
            case "type_lot" | "choose_order" | "group" | "pad" | "details":
                self._leave()
                self._overlay = {"choose_order": "papers", "group": f"group:{argument}"}.get(verb, verb)
            case "filter":
                self._sight = QueueSight(argument)
            case "select":
                self._sight = replace(self._sight, selected=argument)
            case "page":
                self._turn(1 if argument == "next" else -1)
            case "try_again" if self._overlay == "queue" and self._sight.selected and self._may_settle():
                self.queue.try_again(self._sight.selected)
                self.sync_now()
            case "reviewed" if self._overlay == "queue" and self._sight.selected and self._reviewer():
                self.station.press(f"reviewed:{self._sight.selected}")
                self._sight = replace(self._sight, selected=None)
            case "try_now":
                self.sync_now()
            case _:
                pass  # a touch on something that is not there any more

    def _turn(self, by: int) -> None:
        if self._overlay == "queue":
            self._sight = replace(self._sight, page=max(0, self._sight.page + by))
        else:
            self._page = max(0, self._page + by)

    def _pressed(self, action: str) -> None:
        self._leave()
        if action == "cancel":
            self._typing = Typing()
        if action == "change_quantity":
            action = "change"
        self._told(self.station.press(action))

    def _leave(self) -> None:
        self._overlay, self._text, self._page = "", "", 0

    def _told(self, outcome: Outcome) -> None:
        """Keep what was said: the hero shows the last answer, the list each of them."""
        self._typing = Typing() if outcome.said.ask is not Ask.QUANTITY or outcome.recorded else self._typing
        mode = self.station.seat.mode
        self.said = said = replace(outcome.said, about={"workflow": mode, **outcome.said.about}) if mode else outcome.said
        if outcome.said.verdict not in (None, Verdict.ASK):
            self.number = next(self.numbers)
        self._scans = self._scans.with_outcome(replace(outcome, said=said), self._now())
        for freed in outcome.then:
            self._told(freed)


def _is_card(outcome: Outcome, verb: str) -> bool:
    return isinstance(outcome.given, Pressed) and outcome.given.verb == verb
