"""Make a label: a template, its data, the paper and the printer's language, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol, cast

from config.plugins import UnknownPluginError, find
from labels.label import Label
from labels.media import Media, read_media
from labels.refused import LabelRefused

TEMPLATES: Final = "labels.templates"
LANGUAGES: Final = "labels.renderers"
MOST_COPIES: Final = 999


class Template(Protocol):
    """What a file in `labels/templates` has."""

    MEDIA: str  # the paper it was designed for

    def lay_out(self, data: Mapping[str, object], media: Media) -> Label | LabelRefused:
        """Say what stands where, or why this label would be wrong."""


class Language(Protocol):
    """What a file in `labels/renderers` has."""

    MEDIA: str | None  # the paper of printers that speak it; None: the template's

    def render(self, label: Label, copies: int) -> bytes | LabelRefused:
        """Return the printer's bytes, or why this printer can't print the label."""


def make(
    template: str, data: Mapping[str, object], language: str, media: str | Media | None = None, copies: int = 1, dpi: int = 203
) -> bytes | LabelRefused:
    """Return the bytes for one label; `media` None is the language's or the template's own. Asking for what there is not is refused too."""
    if not 1 <= copies <= MOST_COPIES:
        return LabelRefused(f"{copies} is no number of copies; expected 1 to {MOST_COPIES}.", asked_wrong=True)
    try:
        printer = cast(Language, find(LANGUAGES, language))
        label = lay_out(template, data, media or printer.MEDIA, dpi)
    except UnknownPluginError as unknown:
        return LabelRefused(f"{unknown.words[:1].upper()}{unknown.words[1:]}", asked_wrong=True)
    return label if isinstance(label, LabelRefused) else printer.render(label, copies)


def lay_out(template: str, data: Mapping[str, object], media: str | Media | None = None, dpi: int = 203) -> Label | LabelRefused:
    """Return the label itself: what is printed where, and what its barcodes must give back."""
    design = cast(Template, find(TEMPLATES, template))
    chosen = media if isinstance(media, Media) else read_media(media or design.MEDIA, dpi)
    return chosen if isinstance(chosen, LabelRefused) else design.lay_out(data, chosen)
