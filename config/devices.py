"""A device's settings against its driver: the driver is found by its name, its own options are checked by its own model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Protocol, cast

from pydantic import BaseModel, ValidationError

from config import plugins
from config.mistakes import Mistake
from config.places import way
from config.wording import in_our_words

#: The folder that a section's drivers are in.
FOLDERS: Final = {"scanners": "drivers.scanners", "printers": "drivers.printers", "scales": "drivers.scales"}


class Device(Protocol):
    """What the settings of every device have."""

    @property
    def name(self) -> str:
        """Return the station's name for it."""

    @property
    def driver(self) -> str:
        """Return the name of its driver."""

    @property
    def options(self) -> dict[str, Any]:
        """Return what stands under `options`."""


def driver_options(section: str, device: Device) -> BaseModel:
    """Return the options as the driver's own model. Raise UnknownPluginError or ValidationError where they are wrong."""
    model = _options_model(section, device.driver)
    given = dict(device.options)
    # A printer is asked how it is in the language that it is printed in, unless its options say otherwise.
    language = getattr(device, "language", None)
    if language is not None and "language" in model.model_fields:
        given.setdefault("language", language)
    return model.model_validate(given)


def option_mistakes(section: str, place: int, device: Device) -> Iterator[Mistake]:
    """Yield what is wrong with the driver's name or with what the driver is told."""
    where = (section, place)
    try:
        driver_options(section, device)
    except plugins.UnknownPluginError as unknown:
        yield Mistake(way((*where, "driver")), unknown.words)
    except ValidationError as error:
        model = _options_model(section, device.driver)
        for details in error.errors(include_url=False):
            inside, words = in_our_words(model, details)
            yield Mistake(way((*where, "options", *inside)), words)


def _options_model(section: str, driver: str) -> type[BaseModel]:
    return cast("type[BaseModel]", plugins.find(FOLDERS[section], driver).Options)
