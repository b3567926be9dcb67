"""How old the station's knowledge may be before it decides alone: the plant's policy `data_too_old`, by kind of work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Literal

from traceability.refusals import Reason
from traceability.workflows.inputs import Circumstances
from traceability.workflows.judgement import Doubt, No
from traceability.workflows.lot_rules import agreed, decide
from traceability.workflows.step import Ask
from traceability.workflows.working import Load, Working

Strictness = Literal["off", "warn", "block"]
#: Where the plant says nothing.
HOURS: Final = 24
THEN: Final[Strictness] = "warn"
_HOUR: Final = 3600


def strictness(policies: Mapping[str, str], work: str, age_seconds: int | None, *, never_read: bool = False) -> Strictness:
    """Return what the policy says to knowledge of that age: off (fresh enough), warn or block.

    What was `never_read` to its end is older than anything. A station that has no server (`age_seconds` None, and nothing to
    be read) has nothing that could have grown old.
    """
    policy = _policy(policies.get("data_too_old"))
    fresh = age_seconds is None or age_seconds <= policy.get("hours", HOURS) * _HOUR
    if fresh and not never_read:
        return "off"
    then: Strictness = policy.get("actions", {}).get(work, policy.get("then", THEN))
    return then


def too_old(load: Load, state: Working, now: Circumstances, work: str, facts: dict[str, str]) -> Doubt | No | None:
    """Ask, or refuse, where what is known is too old for this work; None: it is fresh enough, or somebody who may said yes."""
    then = strictness(now.policies, work, now.cache_age_seconds, never_read=now.never_read)
    if then == "off" or agreed(Reason.DATA_TOO_OLD, load, state):
        return None
    facts = {**facts, **age_facts(now)}
    return No(Reason.DATA_TOO_OLD, facts) if then == "block" else Doubt(Reason.DATA_TOO_OLD, Ask.DECIDE, facts, decide())


def age_facts(now: Circumstances) -> dict[str, str]:
    """Return how old the station's knowledge of holds is, in seconds, or that it never was whole; nothing where there is no server."""
    if now.never_read:
        return {"never_read": "yes"}
    return {} if now.cache_age_seconds is None else {"data_age": str(now.cache_age_seconds)}


def _policy(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    # A word alone is short for {"then": word}.
    return json.loads(text) if text.startswith("{") else {"then": text}
