"""Sample on the screens."""

from __future__ import annotations

from kiosk.presenters.stock_sheets import stock_sheet

SHEET = stock_sheet("science")
