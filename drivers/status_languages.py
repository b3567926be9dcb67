"""Which question a printer of which language is asked."""

from __future__ import annotations

from enum import StrEnum

from drivers.escpos_status import ask_escpos
from drivers.printer_status import Exchange, PrinterStatus, silent
from drivers.zpl_status import ask_zpl


class Language(StrEnum):
    """The language in which a printer is asked how it is."""

    ZPL = "zpl"
    ESCPOS = "escpos"
    NONE = "none"  # a printer, or a cable, that never answers


def ask(language: Language, exchange: Exchange) -> PrinterStatus:
    """Return what the printer says about itself; UNKNOWN where it can't be asked."""
    match language:
        case Language.ZPL:
            return ask_zpl(exchange)
        case Language.ESCPOS:
            return ask_escpos(exchange)
        case Language.NONE:
            return silent("this printer is set up as one that does not answer")
