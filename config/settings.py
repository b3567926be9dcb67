"""A station's settings file (TOML): who it is, where its database and server are, which devices it has, how its screen looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from config.devices import Device, option_mistakes
from config.fields import Name, wrong
from config.loading import Checked, read_text, read_toml
from config.mistakes import Mistake, SettingsRefused

#: A file a language; asked by its name, because settings are read by those who show nothing too.
LANGUAGES: Final = "kiosk.presenters.languages"
#: Whose last answers still fit beside the work.
MOST_SEATS: Final = 3
_MEDIA: Final = re.compile(r"[1-9][0-9]{1,2}x[1-9][0-9]{1,2}|receipt80|receipt58")


def _url(value: Any) -> Any:
    # A name and password in an address would take the token's place, and be shown wherever the address is.
    if isinstance(value, str) and value.startswith(("http://", "https://")) and not value.endswith("://") and "@" not in value:
        return value.rstrip("/")
    raise wrong("an address like https://lotline.example:8443")


def _separator(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 1 and value.isascii() and not value.isalnum():
        return value
    raise wrong('one character that no lot code holds, like "|"')


def _media(value: Any) -> Any:
    if isinstance(value, str) and _MEDIA.fullmatch(value):
        return value
    raise wrong('a label\'s width x height in millimetres like "100x50", or "receipt80" or "receipt58"')


def _language(value: Any) -> Any:
    known = sorted(each.name.removesuffix(".toml") for each in resources.files(LANGUAGES).iterdir() if each.name.endswith(".toml"))
    if value in known:
        return value
    raise wrong(f"a language of the screen: {', '.join(known)}")


class Server(Checked):
    """The central server. The token that enrolment gave is in a file of its own, so that this one can be shown around."""

    url: Annotated[str, BeforeValidator(_url)]
    token_file: Path | None = None
    ca_file: Path | None = None  # a private certificate authority; none: the system's
    sync_seconds: StrictInt = Field(default=15, ge=1, le=3600)


class Scanner(Checked):
    """A scanner or a camera. `driver` is a file of drivers/scanners; `options` are that driver's own."""

    name: Name
    driver: Name
    options: dict[str, Any] = Field(default_factory=dict)
    sends_gs: StrictBool = False  # proven at set-up: GS (FNC1) arrives
    read_gs1_without_aim: StrictBool = False
    separator: Annotated[str, BeforeValidator(_separator)] | None = None  # what it sends instead of GS
    calibration: Path | None = None  # how it types here, as the set-up sheet taught it; for a keyboard scanner
    seat: Name = "1"  # whose it is, where several work at this station with a scanner each


class Printer(Checked):
    """A label printer. `driver` is a file of drivers/printers; `options` are that driver's own."""

    name: Name
    driver: Name
    language: Literal["zpl", "escpos"]
    media: Annotated[str, BeforeValidator(_media)] = "100x50"
    dpi: Literal[203, 300, 600] = 203
    options: dict[str, Any] = Field(default_factory=dict)


class Scale(Checked):
    """A scale. `driver` is a file of drivers/scales; `options` are that driver's own."""

    name: Name
    driver: Name
    options: dict[str, Any] = Field(default_factory=dict)


class Camera(Checked):
    """The camera that photos are taken with; a camera that scans is a scanner."""

    source: Annotated[str, Field(min_length=1, max_length=300)]  # 0 for the first one, /dev/video2, http://…/stream.mjpg


class Screen(Checked):
    """How the screen looks. `px_per_mm` makes what is touched as large as a gloved finger wants; unset, the screen is asked."""

    theme: Literal["light", "dark"] = "light"
    left_handed: StrictBool = False
    px_per_mm: float | None = Field(default=None, strict=True, ge=2, le=20)
    language: Annotated[str, BeforeValidator(_language)] = "en"  # until somebody at the station chooses another
    size: Literal["full", "1280x800", "1024x600"] = "full"
    dim_minutes: StrictInt = Field(default=3, ge=0, le=1440)  # without a scan or a touch; 0: never
    sign_out_minutes: StrictInt = Field(default=10, ge=0, le=1440)  # then whoever sat there is signed out; the open work stays


class Sounds(Checked):
    """Whether it speaks up."""

    on: StrictBool = True


class Settings(Checked):
    """Everything that one station is told. Paths are relative to the file that names them."""

    station: Name = ""  # wanted all the same: missing, it is told beside the other mistakes and not alone
    database: Path = Path("station")  # a folder
    server: Server | None = None
    scanners: tuple[Scanner, ...] = Field(default=(), max_length=16)
    printers: tuple[Printer, ...] = Field(default=(), max_length=16)
    scales: tuple[Scale, ...] = Field(default=(), max_length=1)  # whose weight would it be, of two?
    camera: Camera | None = None
    screen: Screen = Screen()
    sounds: Sounds = Sounds()


def load_settings(path: Path) -> Settings:
    """Return a station's settings; raise SettingsRefused with every mistake, those in a driver's options included."""
    settings = read_toml(path, Settings, _mistakes)
    folder = path.resolve().parent
    server = settings.server and settings.server.model_copy(
        update={
            "token_file": settings.server.token_file and folder / settings.server.token_file,
            "ca_file": settings.server.ca_file and folder / settings.server.ca_file,
        }
    )
    scanners = tuple(
        each.model_copy(update={"calibration": folder / each.calibration}) if each.calibration else each for each in settings.scanners
    )
    return settings.model_copy(update={"database": folder / settings.database, "server": server, "scanners": scanners})


def read_token(server: Server) -> str:
    """Return the station's token, "" where the settings name none; raise SettingsRefused where its file can't be read or is empty."""
    if server.token_file is None:
        return ""
    token = read_text(server.token_file).strip()
    if not token or not token.isascii() or len(token.split()) != 1:
        raise SettingsRefused(server.token_file, [Mistake("", "expected one token, as `lotline server enrol` writes it")])
    return token


def _mistakes(settings: Settings) -> Iterator[Mistake]:
    if not settings.station:
        yield Mistake("station", "it is missing: the name that the server knows this station by")
    if len(seats := dict.fromkeys(each.seat for each in settings.scanners)) > MOST_SEATS:
        yield Mistake("scanners", f"a station has room for {MOST_SEATS} seats, got {len(seats)}: {', '.join(seats)}")
    seen: set[str] = set()
    sections: dict[str, tuple[Device, ...]] = {"scanners": settings.scanners, "printers": settings.printers, "scales": settings.scales}
    for section, devices in sections.items():
        for place, device in enumerate(devices):
            if device.name in seen:
                yield Mistake(f"{section}[{place}].name", f"there is a device {device.name!r} already; each needs its own name")
            seen.add(device.name)
            yield from option_mistakes(section, place, device)
