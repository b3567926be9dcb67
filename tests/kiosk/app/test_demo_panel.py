"""The demo's panel: every button fires something that the sample plant knows, labels that were printed in this session included."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.plant import load_plant
from kiosk.app.demo import scans
from kiosk.app.demo.panel import GROUPS, PRINTED, WEIGHT, fire, printed_last
from kiosk.app.demo.site import PLANT, DemoSite
from kiosk.app.replaying import Replay, ReplaySettings
from traceability.refusals import Reason

MODES = dict(zip(GROUPS, ("receive", "receive", "consume", "ship", "lookup"), strict=True))
#: What no button says by mistake. A lot may be unknown: it is received first.
WRONG = {Reason.BARCODE_INVALID, Reason.COMMAND_UNKNOWN, Reason.ITEM_UNKNOWN, Reason.ORDER_UNKNOWN, Reason.CARTON_UNKNOWN}
#: What is wrong with a button on purpose.
MEANT = {
    "B-9999": Reason.ORDER_UNKNOWN,  # somebody is signed in: it is no badge, and no paper either
    scans.UNKNOWN: Reason.ITEM_UNKNOWN,
    scans.DAMAGED: Reason.BARCODE_INVALID,
    scans.carton("095200010000099991"): Reason.CARTON_UNKNOWN,
}


@pytest.mark.parametrize("group", GROUPS)
def test_every_button_is_something(group: str, tmp_path: Path) -> None:
    with Replay(load_plant(PLANT), ReplaySettings(tmp_path)) as replay:
        replay.play(1, f'{{"scan": "{scans.WORKER}"}}')
        replay.play(2, f'{{"press": "mode:{MODES[group]}"}}')
        for words, text in GROUPS[group]:
            if text.startswith((PRINTED, WEIGHT)):
                continue
            replay.play(3, '{"press": "acknowledge"}')
            replay.play(3, '{"press": "cancel"}')
            if group == "Receive":
                replay.play(3, f'{{"scan": "{scans.PURCHASE_ORDER}"}}')
            reason = replay.play(3, f'{{"scan": "{text}"}}')["reason"]
            assert (reason if reason in WRONG else None) == MEANT.get(text), words


def test_a_label_that_was_printed_can_be_fired(tmp_path: Path) -> None:
    site = DemoSite(tmp_path, "DOCK3")
    with Replay(load_plant(PLANT), ReplaySettings(site.station_directory)) as replay:
        fire(site, f"{PRINTED}lot")  # nothing was printed yet: nothing happens
        for line in (scans.WORKER, scans.PURCHASE_ORDER, scans.BAG_A):
            answer = replay.play(1, f'{{"scan": "{line}"}}')
        serial = answer["printed"][0]["serial"]
        assert printed_last(site, "lot") == f"{scans.STARCH.replace(']C1', ']d2')}10NWS-240817-A{scans.GS}21{serial}"
        replay.play(1, '{"press": "mode:pack"}')
        sscc = replay.play(1, '{"press": "new_carton"}')["facts"]["sscc"]
        assert printed_last(site, "carton") == scans.carton(sscc)
        label = replay.play(1, f'{{"scan": "{printed_last(site, "lot").replace(scans.GS, chr(92) + "u001d")}"}}')
        assert (label["verdict"], label["facts"]["lot"]) == ("CHECK", "NWS-240817-A")  # an older lot is there


def test_a_weight_is_laid_on_the_scale(tmp_path: Path) -> None:
    site = DemoSite(tmp_path, "DOCK3")
    fire(site, f"{WEIGHT}10.400")
    assert site.scale.line == "S S    10.400 kg"
