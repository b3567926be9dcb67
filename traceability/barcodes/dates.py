"""Dates as barcodes write them: short years, day numbers, a month without its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def full_year(two_digits: int, today: date) -> int:
    """Return the year that is at most 49 before and 50 after `today`'s (GS1 General Specifications 7.12)."""
    century = today.year - today.year % 100
    gap = two_digits - today.year % 100
    if gap >= 51:
        return century - 100 + two_digits
    return century + 100 + two_digits if gap <= -50 else century + two_digits


def last_day(year: int, month: int) -> int:
    """Return how many days `month` (1 to 12) of `year` has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _DAYS[month - 1]


def day(year: int, month: int, day_of_month: int) -> date | None:
    """Return that date; day 0 is the last day of the month; None where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    last = last_day(year, month)
    return date(year, month, day_of_month or last) if 0 <= day_of_month <= last else None


def day_of_year(year: int, number: int) -> date | None:
    """Return day `number` (1 is 1 January) of `year`; None where the year has no such day."""
    if not 1 <= year <= 9999 or number < 1:
        return None
    found = date(year, 1, 1)
    return found + timedelta(days=number - 1) if number <= 337 + last_day(year, 2) else None
