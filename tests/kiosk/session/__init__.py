"""One long session at a station: each screen that there is, in most of its states."""

from __future__ import annotations

from tests.kiosk.session.goods_in import GOODS_IN
from tests.kiosk.session.line import LINE
from tests.kiosk.session.made import MADE
from tests.kiosk.session.people import PEOPLE
from tests.kiosk.session.plant import SHIFT
from tests.kiosk.session.quality import QUALITY_WORK
from tests.kiosk.session.sending import SENDING
from tests.kiosk.session.steps import Steps, offered
from tests.kiosk.session.stock import STOCK

#: One after the other, by one station, on the plant of SHIFT.
SESSION: Steps = [*GOODS_IN, *LINE, *MADE, *STOCK, *SENDING, *QUALITY_WORK, *PEOPLE]

__all__ = ["SESSION", "SHIFT", "offered"]
