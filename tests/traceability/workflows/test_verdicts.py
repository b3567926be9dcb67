"""One table says which verdict a reason has; the page that publishes it and the words that explain it keep up."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from kiosk.presenters.language import SOURCE, load_language
from kiosk.presenters.words import words_of
from traceability.refusals import Reason, Verdict
from traceability.workflows.step import Ask, Said
from traceability.workflows.verdicts import refused_verdict, verdict_of

ENGLISH = load_language(SOURCE)

DOCS = Path(__file__).parents[3] / "docs"
LONGEST = 60


def page_maker() -> ModuleType:
    spec = spec_from_file_location("make_verdicts", DOCS / "make_verdicts.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_published_table_is_the_one_in_the_code() -> None:
    assert (DOCS / "verdicts.md").read_text(encoding="utf-8") == page_maker().page(), "run: python docs/make_verdicts.py"


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_verdict_that_says_no_or_asks(reason: Reason) -> None:
    for workflow in ("station", "receive", "consume", "ship"):
        assert verdict_of(reason, workflow) is not Verdict.ACCEPTED
        assert refused_verdict(reason, workflow) is not Verdict.CHECK


@pytest.mark.parametrize(
    ("reason", "workflow", "verdict"),
    [
        (Reason.LOT_ON_HOLD, "receive", Verdict.HOLD),
        (Reason.LOT_ON_HOLD, "consume", Verdict.REJECTED),
        (Reason.LOT_ON_HOLD, "ship", Verdict.STOP),
        (Reason.ANCESTOR_ON_HOLD, "ship", Verdict.STOP),
        (Reason.LOT_RECALLED, "receive", Verdict.STOP),
        (Reason.WRONG_CUSTOMER, "ship", Verdict.STOP),
        (Reason.OVER_RECEIPT, "receive", Verdict.CHECK),
        (Reason.ALREADY_COUNTED, "receive", Verdict.DUPLICATE),
    ],
)
def test_the_verdicts_that_the_specification_names(reason: Reason, workflow: str, verdict: Verdict) -> None:
    assert verdict_of(reason, workflow) is verdict


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_that_fit(reason: Reason) -> None:
    words = words_of(Said(Verdict.CHECK, Ask.DECIDE, reason, page_maker().EXAMPLE), ENGLISH)
    assert 0 < len(words.why) <= LONGEST
    assert 0 < len(words.next) <= LONGEST
    assert "{" not in words.why + words.next


@pytest.mark.parametrize("cause", ["too_late", "contradiction", "old_scans"])
def test_every_cause_of_a_conflict_has_words_of_its_own(cause: str) -> None:
    plain = words_of(Said(Verdict.CHECK, Ask.DECIDE, Reason.FACTS_CONFLICT), ENGLISH)
    words = words_of(Said(Verdict.CHECK, Ask.DECIDE, Reason.FACTS_CONFLICT, {"cause": cause}), ENGLISH)
    assert words.why != plain.why
    assert 0 < len(words.why) <= LONGEST
    assert 0 < len(words.next) <= LONGEST
