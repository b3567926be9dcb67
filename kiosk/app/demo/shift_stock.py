"""The shift's end: what is left goes to its shelf, is sampled, counted and looked up."""

from __future__ import annotations

from kiosk.app.demo import scans
from kiosk.app.demo.player import Player


def keep_stock(player: Player) -> None:
    """Move, sample, count blind, look up; the last move is undone and done again."""
    player.touch("group:stock")
    player.shoot("stock-works")
    _move(player)
    _sample(player)
    _count(player)


def _move(player: Player) -> None:
    player.touch("mode:move")
    player.shoot("move-ready")
    player.serial(scans.RACK)
    player.serial(scans.FREE_LACTOSE)
    player.type("10")
    player.shoot("moved")
    player.touch("undo")
    player.shoot("move-undone")
    player.pause()
    player.serial(scans.FREE_LACTOSE)
    player.type("12")
    player.touch("home")


def _sample(player: Player) -> None:
    player.touch("mode:sample")
    player.serial(scans.STEARATE_LOT)
    player.type("0.1")
    player.shoot("sampled")
    player.touch("home")


def _count(player: Player) -> None:
    player.touch("mode:count")
    player.serial(scans.RACK)
    player.shoot("count-ready")
    player.serial(scans.FREE_LACTOSE)
    player.type("11.5")
    player.shoot("counted")
    player.touch("finish")
    player.shoot("count-again")
    player.touch("choose:recount")
    player.pause()
    player.serial(scans.FREE_LACTOSE)
    player.type("11.9")
    player.touch("finish")
    player.shoot("count-differs")
    player.touch("choose:DRIED")
    player.shoot("count-recorded")
    player.touch("home")


def look_up(player: Player, lot: str) -> None:
    """Where lots came from and where they went, at the station itself."""
    player.touch("mode:lookup")
    player.serial(scans.BAG_A)
    player.shoot("look-up")
    player.serial(scans.tablets(lot))
    player.shoot("look-up-of-what-was-made")
    player.touch("home")
