"""Taught rules for vendors' labels as reference data: one record for each kind of label of a vendor (docs/barcodes.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from traceability.barcodes import vendor_rules
from traceability.barcodes.vendor import Rule
from traceability.barcodes.vendor_learning import Cannot

KIND: Final = "label_rule"
_BEHIND_ANY: Final = "\U0010ffff"


def key_of(vendor: str, label: str = "") -> str:
    """Return the key of the vendor's rule; `label` names it where the vendor has several kinds of label."""
    return json.dumps([vendor, label], ensure_ascii=False, separators=(",", ":")) if label else vendor


def named_keys(vendor: str) -> tuple[str, str]:
    """Return the bounds between which the keys of the vendor's named labels lie."""
    start = json.dumps([vendor], ensure_ascii=False)[:-1] + ","
    return start, start + _BEHIND_ANY


def body_of(rule: Rule) -> dict[str, Any]:
    """Return the rule as a record's body."""
    body: dict[str, Any] = json.loads(vendor_rules.dumps(rule))
    return body


def rule_of(body: Mapping[str, Any], today: date) -> Rule | Cannot:
    """Return the rule in a record's body; one that is damaged or misreads its own samples is refused."""
    return vendor_rules.loads(json.dumps(body), today)


def fault_of(key: str, body: Mapping[str, Any], today: date) -> str | None:
    """Return why a record can't be kept; None where it can."""
    rule = rule_of(body, today)
    if isinstance(rule, Cannot):
        return rule.words
    start, _ = named_keys(rule.vendor)
    return None if key == rule.vendor or key.startswith(start) else f"the rule is for vendor {rule.vendor!r}"


def replacement_fault(kept: Mapping[str, Any] | None, new: Mapping[str, Any]) -> str | None:
    """Return why `new` can't take the place of what is kept: a rule is followed by later versions only."""
    if kept is None or kept == new or new["version"] > kept["version"]:
        return None
    return f"version {kept['version']} is in use and this is version {new['version']}: teach on from the rule in use (--rule)"
