"""The words of a refused file."""

from __future__ import annotations

from pathlib import Path

from config.mistakes import MOST_SHOWN, Mistake, SettingsRefused, did_you_mean

HERE = Path("some.toml")


def test_one_mistake_is_one_sentence() -> None:
    refused = SettingsRefused(HERE, [Mistake("screen.theme", "got 3", 7)])
    assert refused.words == "some.toml can't be used: line 7: screen.theme: got 3"


def test_several_stand_in_the_order_of_the_file() -> None:
    refused = SettingsRefused(HERE, [Mistake("b", "late", 9), Mistake("a", "early", 2)])
    assert refused.words.splitlines() == ["some.toml can't be used; 2 mistakes:", "  line 2: a: early", "  line 9: b: late"]


def test_a_hopeless_file_does_not_flood_the_screen() -> None:
    refused = SettingsRefused(HERE, [Mistake(f"items[{n}]", "bad", n) for n in range(MOST_SHOWN + 12)])
    assert len(refused.words.splitlines()) == MOST_SHOWN + 2
    assert refused.words.endswith("… and 12 more")


def test_nearest_name_keeps_its_own_spelling() -> None:
    assert did_you_mean("LABLE", ["Label", "media"]) == " Did you mean 'Label'?"
    assert did_you_mean("zzz", ["label", "media"]) == ""
