"""Dates and quantities as vendors write them: every form that fits, so that a person is asked where more than one does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from traceability.barcodes import dates

_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ORDERS: Final = ("Y M D", "D M Y", "M D Y", "D N Y", "Y J", "J Y", "M Y", "Y M", "N Y")
_SIGNS: Final = ("", "-", "/", ".", " ")
_WIDTHS: Final = {"D": 2, "M": 2, "J": 3, "N": 3}
_PARTS: Final = {"Y": "[0-9]", "M": "[0-9]", "D": "[0-9]", "J": "[0-9]", "N": "[A-Za-z]"}
#: Labels on a dock were made lately and expire in this working life: other dates are misreadings.
_YEARS_BACK, _YEARS_ON = 10, 30
_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:([.,])([0-9]{1,6}))?", re.ASCII)


def _forms() -> tuple[str, ...]:
    years = ("YYYY", "YY")
    orders = [order.split() for order in _ORDERS]
    return tuple(
        sign.join(year if part == "Y" else part * _WIDTHS[part] for part in order) for order in orders for year in years for sign in _SIGNS
    )


#: Every way to write a date: Y year, M month, N month's English name, D day, J day of the year; other signs stand for themselves.
DATE_FORMS: Final = _forms()


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How a vendor writes a quantity: the decimal sign, or how many of the digits stand behind an unwritten one; and its unit."""

    decimal_sign: str = ""
    decimals: int = 0
    unit: str | None = None


def date_of(form: str, text: str, today: date) -> date | None:
    """Return the date that `text` writes in `form`; a month without its day ends with its last day."""
    if not re.fullmatch("".join(_PARTS.get(sign, re.escape(sign)) for sign in form), text):
        return None

    def part(letter: str) -> str:
        return "".join(sign for sign, what in zip(text, form, strict=True) if what == letter)

    year = int(part("Y")) if "YYYY" in form else dates.full_year(int(part("Y")), today)
    if "J" in form:
        return dates.day_of_year(year, int(part("J")))
    name = part("N").upper()
    if name and name not in _MONTHS:
        return None
    month = _MONTHS.index(name) + 1 if name else int(part("M"))
    if "D" not in form:
        return dates.day(year, month, 0)
    return dates.day(year, month, int(part("D"))) if part("D") != "00" else None


def date_forms(texts: Iterable[tuple[str, date | None]], today: date) -> tuple[str, ...]:
    """Return the forms in which every text is a likely date, and the date that a person says it means where one did."""
    fitting = list(DATE_FORMS)
    for text, means in texts:
        fitting = [form for form in fitting if _fits(date_of(form, text, today), means, today)]
    return tuple(fitting)


def _fits(found: date | None, means: date | None, today: date) -> bool:
    if found is None or (means is not None and found != means):
        return False
    return means is not None or -_YEARS_BACK <= found.year - today.year <= _YEARS_ON


def number_of(form: NumberForm, text: str) -> Decimal | None:
    """Return the quantity that `text` writes in `form`."""
    found = _NUMBER.fullmatch(text)
    if found is None or (found[1] or form.decimal_sign) != form.decimal_sign:
        return None
    number = Decimal(text.replace(",", "."))
    return number.scaleb(-form.decimals) if form.decimals else number


def number_forms(texts: Iterable[tuple[str, Decimal | None]], unit: str | None) -> tuple[NumberForm, ...]:
    """Return the forms in which every text is the quantity that a person says it means, or a plain one where nobody did."""
    known = list(texts)
    signs = {sign for text, _ in known for sign in text if sign in ".,"}
    if len(signs) > 1:
        return ()
    sign = signs.pop() if signs else ""
    told = any(means is not None for _, means in known)
    forms = [NumberForm(sign, decimals, unit) for decimals in range(7 if told and not sign else 1)]
    fitting = [form for form in forms if all(_is(number_of(form, text), means) for text, means in known)]
    # "1,000" is a thousand to some and one to others.
    unsure = sign and not told and all(re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", text) for text, _ in known)
    return () if unsure else tuple(fitting)


def _is(found: Decimal | None, means: Decimal | None) -> bool:
    return found is not None and (means is None or found == means)
