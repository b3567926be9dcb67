"""A script's lines played on a station: what a scanner, a finger, the network and the clock would do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from config.mistakes import did_you_mean
from config.plant import Plant
from kiosk.app.label_printers import Paper, ScriptPrinter
from kiosk.app.wiring import Wired, meetings_with, print_room, wire_station
from kiosk.presenters.language import SOURCE, Language, load_language
from kiosk.presenters.words import choice_in_words, words_of
from kiosk.services.clocks import ScriptClock
from kiosk.services.ports import FIRST_SEAT
from kiosk.services.station import Outcome
from kiosk.store.opening import import_plant
from traceability.attachments import LARGEST
from traceability.barcodes.read import ReaderSettings
from traceability.chain import Envelope
from traceability.events import BUSINESS

#: How much time passes with every line that does something.
SECONDS_A_LINE: Final = 2.0
LONGEST_WAIT: Final = 10**8
LONGEST_NAME: Final = 100
YEARS: Final = range(1971, 2200)  # event ids count from 1970
DEVICE: Final = "scanner-1"
_KNOWN: Final = tuple(
    "scan device seat type attach quantity unit press choose network sync clock wait pin weight printer restart".split()  # noqa: SIM905 - a list of words reads as one
)
#: A number with more digits than this is no amount, however it is written.
_LONGEST_AMOUNT: Final = 30
_AT_A_SEAT: Final = ("scan", "type", "quantity", "weight", "press", "choose", "pin")
# What may stand beside an act, and beside which; "wait" may beside all.
_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {"device": ("scan",), "unit": ("quantity", "weight"), "seat": _AT_A_SEAT}


#: What a line of each kind looks like.
_FORMS: Final[Mapping[str, str]] = {
    "scan": '{"scan": "…"}',
    "type": '{"type": "…"}',
    "quantity": '{"quantity": "12.5", "unit": "kg"}',
    "weight": '{"weight": "12.4", "unit": "kg"}',
    "press": '{"press": "confirm"}',
    "choose": '{"choose": "…"}',
    "attach": '{"attach": "paper.pdf"}',
    "pin": '{"pin": "…"}',
    "network": '{"network": "down"} or {"network": "up"}',
    "sync": '{"sync": true}',
    "clock": '{"clock": "2026-11-21T10:00:00Z"}',
    "printer": '{"printer": "paper_out"} or {"printer": "ok"}',
    "restart": '{"restart": true}',
}


class LineRefused(Exception):
    """A line of the script that can't be understood; `words` say what was got and what was expected."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class ReplaySettings:
    """What the command line says."""

    directory: Path
    station: str | None = None
    server: str | None = None
    token: str = ""
    ca_file: Path | None = None
    assume_gs1: bool = False
    separator: str | None = None
    labels: Path | None = None
    language: str = SOURCE


class Replay:
    """One station in a script's hands."""

    def __init__(self, plant: Plant, settings: ReplaySettings) -> None:
        self._settings = settings
        self._name = settings.station or (plant.stations[0].station if plant.stations else "S1")
        self._clock = ScriptClock(datetime.now(UTC), plant.zone or "UTC")
        self._printer = ScriptPrinter(Paper("zpl", "100x50"))
        self._online = False
        self._waited = False
        import_plant(settings.directory, plant)
        self._wired = self._wire()
        self._room = print_room(self._wired.store, self._printer, self._clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._wired.store.close()

    def play(self, number: int, text: str) -> dict[str, Any]:
        """Play one line; return what came of it. LineRefused where the line is malformed."""
        line = _line(text)
        before = len(self._printer.labels)
        self._let_time_pass(line)
        answer = self._act(line)
        self._room.print_waiting(look=True)
        return {"in": number, **answer, "printed": self._printed_since(before)}

    def _let_time_pass(self, line: Mapping[str, Any]) -> None:
        """Two seconds a line; a wait says how long it is instead, also when it stands in a line of its own before."""
        if "wait" in line:
            self._clock.advance(_seconds(line["wait"]))
        elif not self._waited:
            self._clock.advance(SECONDS_A_LINE)
        self._waited = line.keys() == {"wait"}

    def _wire(self) -> Wired:
        readers = _OneForAll(ReaderSettings(assume_gs1=self._settings.assume_gs1, separator=self._settings.separator))
        return wire_station(self._settings.directory, self._name, self._clock, readers, has_server=self._settings.server is not None)

    def _act(self, line: Mapping[str, Any]) -> dict[str, Any]:
        station = self._wired.seats.seat(line.get("seat") or FIRST_SEAT)
        match line:
            case {"scan": str(scan)}:
                return self._told(station.scan(scan.encode("utf-8", "surrogatepass"), line.get("device") or DEVICE))
            case {"type": str(text)}:
                return self._told(station.type(text))
            case {"quantity": str() | int() | Decimal() as amount}:
                return self._told(station.give_quantity(_text(amount), line.get("unit")))
            case {"weight": str() | int() | Decimal() as amount}:
                return self._told(station.give_weight(_text(amount), line.get("unit")))
            case {"press": str(verb)}:
                return self._told(station.press(verb))
            case {"choose": str() | int() as choice}:
                return self._told(station.choose(str(choice)))
            case {"attach": str(path)}:
                return self._told(station.attach(*_file(path)))
            case {"pin": str() | int() as pin}:
                return self._told(station.give_pin(str(pin)))
            case _:
                return {"verdict": None, **self._arrange(line)}

    def _told(self, outcome: Outcome) -> dict[str, Any]:
        # In the language that was asked for, whatever a card in the script makes of the screen's.
        return _told(outcome, load_language(self._settings.language))

    def _arrange(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Lines that are no work: the world around the station changes."""
        match line:
            case {"network": "down" | "up" as state}:
                self._online = state == "up" and self._settings.server is not None
                return {"network": "up" if self._online else "down"}
            case {"sync": True}:
                return {"sync": self._synced()}
            case {"clock": str(moment)}:
                self._clock.set(_moment(moment))
                return {"clock": self._clock.now().isoformat()}
            case {"wait": seconds}:
                return {"wait": str(seconds)}
            case {"printer": "paper_out" | "ok" as state}:
                self._printer.out_of_paper = state == "paper_out"
                return {"printer": state}
            case {"restart": True}:
                self._wired.store.close()
                self._wired = self._wire()
                self._room = print_room(self._wired.store, self._printer, self._clock)
                return {"restart": True, "left_behind": self._wired.left_behind}
            case _:
                raise LineRefused(_wrong_value(line))

    def _synced(self) -> dict[str, Any]:
        if not self._online or self._settings.server is None:
            return {"online": False, "words": "the network is down"}
        meetings = meetings_with(self._wired.store, self._name, self._settings.server, self._settings.token, self._settings.ca_file)
        report = meetings.sync_once(self._clock.now)
        meetings.close()
        return {
            "online": report.online,
            "pushed": report.pushed,
            "parked": report.parked,
            "pulled": report.pulled,
            **({"attached": report.attached} if report.attached else {}),
            "words": report.words,
        }

    def _printed_since(self, before: int) -> list[dict[str, Any]]:
        fresh = self._printer.labels[before:]
        if self._settings.labels is not None:
            for place, (order, data) in enumerate(fresh, before + 1):
                (self._settings.labels / f"{place:04}-{order.template}.zpl").write_bytes(data)
        return [{"template": order.template, "serial": order.serial, "reprint": order.reprint, **order.data} for order, _ in fresh]


class _OneForAll(dict[str, ReaderSettings]):
    """Every scanner of a script is set up alike."""

    def __init__(self, settings: ReaderSettings) -> None:
        super().__init__()
        self._settings = settings

    def get(self, _device: str, _default: Any = None) -> Any:
        return self._settings


def _told(outcome: Outcome, language: Language) -> dict[str, Any]:
    said, words = outcome.said, words_of(outcome.said, language)
    answer: dict[str, Any] = {
        "verdict": said.verdict.value if said.verdict else None,
        "reason": said.reason.value if said.reason else None,
        "ask": said.ask.value if said.ask else None,
        "words": {"what": words.what, "why": words.why, "next": words.next},
        "facts": said.about,
        "recorded": [_recorded(envelope) for envelope in outcome.recorded if envelope["kind"] in BUSINESS],
    }
    if said.choices:
        answer["choices"] = [{"id": choice.id, "words": choice_in_words(choice, said.about, language)} for choice in said.choices]
    if said.waiting:
        answer["waiting"] = said.waiting
    if outcome.then:
        answer["then"] = [_told(each, language) for each in outcome.then]
    return answer


def _recorded(envelope: Envelope) -> dict[str, Any]:
    data = envelope["data"]
    assert isinstance(data, dict)
    head = {"id": envelope["id"], "kind": envelope["kind"], "sequence": envelope["sequence"]}
    return {**head, "occurred_at": envelope["occurred_at"], **data}


def _line(text: str) -> dict[str, Any]:
    try:
        line = json.loads(text, parse_float=_exact)  # 0.1 is a tenth, not what is nearest to it in halves
    except (ValueError, RecursionError) as error:  # ValueError: no JSON, or a number of thousands of digits
        raise LineRefused(f'this is not JSON ({error}); expected an object like {{"scan": "…"}}') from error
    if not isinstance(line, dict) or not line:
        raise LineRefused(f'expected an object like {{"scan": "…"}}, got {text.strip()[:80]}')
    for key in line:
        if key not in _KNOWN:
            raise LineRefused(f"there is no {key!r} in a script.{did_you_mean(key, _KNOWN)} Known are {', '.join(_KNOWN)}")
    _check_company(line)
    return line


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text[:40]} is no number that fits anywhere") from None


def _check_company(line: Mapping[str, Any]) -> None:
    """One line does one thing; what goes with it is text."""
    acts = [key for key in line if key not in _BESIDE and key != "wait"]
    if len(acts) > 1:
        raise LineRefused(f"one line does one thing, got {' and '.join(map(repr, acts))}: put each on a line of its own")
    for beside, whose in _BESIDE.items():
        if line.get(beside) is not None and not (acts and acts[0] in whose and _is_name(line[beside])):
            raise LineRefused(f"{beside!r} is text that goes with {' or '.join(whose)}, got {json.dumps(line, default=str)[:80]}")


def _is_name(value: object) -> bool:
    # Half of a character (a lone surrogate) can't be kept, and no device or unit has one in its name.
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable()


def _text(amount: str | int | Decimal) -> str:
    """An amount as people write it: no exponent, and of one too long for any pad only that it is."""
    as_it_is = not isinstance(amount, Decimal) or abs(amount.adjusted()) > _LONGEST_AMOUNT
    return str(amount) if as_it_is else format(amount, "f")


def _seconds(given: object) -> float:
    try:
        seconds = float(str(given))
    except ValueError as error:
        raise LineRefused(f'"wait" takes seconds like "0.2", got {given!r}') from error
    if not 0 <= seconds <= LONGEST_WAIT:
        raise LineRefused(f'"wait" takes 0 to {LONGEST_WAIT} seconds, got {given!r}')
    return seconds


def _file(path: str) -> tuple[bytes, str]:
    """Return a file's bytes, no more than are ever kept and one, and its name."""
    file = Path(path)
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1), file.name
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise LineRefused(f'"attach" takes the path of a photo or paper; {path!r} can\'t be read: {error}') from error


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise LineRefused(f'"clock" takes a time like 2026-11-21T10:00:00Z, got {text!r}') from error
    if moment.year not in YEARS:
        raise LineRefused(f'"clock" takes a year from {YEARS[0]} to {YEARS[-1]}, got {text!r}')
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _wrong_value(line: Mapping[str, Any]) -> str:
    expected = next((form for act, form in _FORMS.items() if act in line), '{"scan": "…"}')
    return f"this can't be understood: {json.dumps(line, ensure_ascii=False, default=str)[:200]}; expected {expected}"
