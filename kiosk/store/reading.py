"""The journal's rows read back: envelopes and the events in them."""

from __future__ import annotations

import json
from typing import Any, cast

from sqlalchemy import Row

from traceability.chain import Envelope
from traceability.events import Event, from_data


def envelope_of(row: Row[Any]) -> Envelope:
    """Return the envelope of a row of the events table."""
    return cast(Envelope, json.loads(row.body))


def event_of(row: Row[Any]) -> Event:
    """Return the event of a row of the events table. Malformed where its data is not what its kind says."""
    return from_data(row.kind, cast("dict[str, object]", envelope_of(row)["data"]))
