"""A shift without hands: real screens, real device bytes, a real server that is cut off and comes back; pictures of all of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from config.settings import Screen
from kiosk.app.demo import shift_leaving, shift_making, shift_receiving, shift_stock
from kiosk.app.demo.player import Player
from kiosk.app.demo.site import DemoSite
from kiosk.app.kiosk import build, listen_to_keys


def play(player: Player) -> None:
    """Everything that a plant does in a day, from the dock to the customer."""
    player.wait(lambda: not any(player.health.scanners.values()), "the scanners to connect")
    shift_receiving.sign_in_and_open(player)
    shift_receiving.receive(player)
    shift_receiving.run_out_of_labels(player)
    shift_receiving.lose_the_server(player)
    shift_receiving.finish_receiving(player)
    shift_making.consume(player)
    lot = shift_making.produce(player)
    shift_leaving.pick(player, lot)
    pallet, carton = shift_leaving.pack(player, lot)
    shift_leaving.hold_offline(player, pallet)
    shift_leaving.release(player)
    shift_leaving.ship(player, pallet, carton)
    shift_stock.keep_stock(player)
    shift_stock.look_up(player, lot)
    player.touch("sign_out")
    player.shoot("signed-out")
    player.wait(lambda: player.health.to_send == 0 and player.health.labels_waiting == 0, "the last events and labels")


def play_shift(site: DemoSite, pictures: Path) -> None:
    """Play the shift on a kiosk of its own."""
    application = QApplication.instance() or QApplication(["lotline"])
    assert isinstance(application, QApplication)
    kiosk = build(site.settings(Screen(size="1280x800"), sounds=False))
    kiosk.window.restyle(replace(kiosk.window.look, reduce_motion=True))
    kiosk.start()
    keys = listen_to_keys(application, kiosk)
    kiosk.window.show()
    try:
        play(Player(site, kiosk, pictures))
    finally:
        del keys
        kiosk.stop()
