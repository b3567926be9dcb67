"""The rules of the house, tried on themselves: a rule that nothing can break is not in force."""

from __future__ import annotations

import sys

import pytest

from tests.corpora import ROOT

pytest_plugins = ["pytester"]

LOGS = """
    import logging, pytest

    def test_quiet():
        logging.getLogger("lotline.some").info("nothing to see")

    def test_noisy():
        logging.getLogger("lotline.some").warning("the printer is on fire")

    @pytest.mark.expects_log("lotline")
    def test_expected():
        logging.getLogger("lotline.some").error("as the test wants")
"""

WARNS = """
    import warnings

    def test_warns():
        warnings.warn("old way of doing it", DeprecationWarning)
"""

QT = """
    from PySide6.QtCore import qWarning

    def test_qt(qapp):
        qWarning("a widget complains")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the offscreen platform is used on Linux only")
def test_log_records_and_warnings_that_nobody_expects_fail_their_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        **{
            "tests/conftest": (ROOT / "tests/conftest.py").read_text(encoding="utf-8"),
            "tests/test_logs": LOGS,
            "tests/test_warns": WARNS,
            "tests/test_qt": QT,
        }
    )
    pytester.path.joinpath("pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    # The log record is found when the test is over: it passed, then errs.
    result.assert_outcomes(passed=3, errors=1, failed=2)
    result.stdout.fnmatch_lines(["*unexpected log record: lotline.some WARNING: the printer is on fire"])
    result.stdout.fnmatch_lines(["FAILED tests/test_qt.py::test_qt*", "FAILED tests/test_warns.py::test_warns*"])
