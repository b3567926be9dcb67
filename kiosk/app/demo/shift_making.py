"""The shift's middle: what was received goes into a work order, and what the order makes gets a lot of its own."""

from __future__ import annotations

from kiosk.app.demo import scans
from kiosk.app.demo.player import Player


def consume(player: Player) -> None:
    """Starch with an older lot at hand, lactose by the scale with a supervisor's word, a lot that waits for QC."""
    player.serial(scans.WORKER)
    player.shoot("home")
    player.touch("mode:consume", "choose_order")
    player.shoot("consume-choose-order")
    player.touch("back")
    player.serial(scans.WORK_ORDER)
    player.shoot("consume-ready")
    player.serial(scans.BAG_A)
    player.shoot("consume-older-lot-first")
    player.touch("confirm")
    player.shoot("consume-accepted")
    player.pause()
    player.serial(scans.BAG_A)
    player.serial(scans.NEW_LACTOSE)
    player.shoot("consume-rejected-waits-for-qc")
    player.touch("set_aside")
    player.serial(scans.OLDER_BAG)
    _weigh(player)
    player.serial(scans.STEARATE_LOT)
    player.type("0.5")
    player.shoot("consume-complete")
    player.touch("finish")
    player.shoot("consume-summary")
    player.touch("finish", "home")


def _weigh(player: Player) -> None:
    """The scale says a little more than planned: here that wants a second person."""
    player.weigh("10.400")
    player.serial(scans.FREE_LACTOSE)
    player.shoot("consume-on-the-scale")
    player.touch("weigh")
    player.shoot("consume-over-plan")
    player.touch("override")
    player.shoot("override-badge")
    player.serial(scans.SUPERVISOR)
    player.touch("key:1", "key:2")
    player.shoot("override-pin")
    player.touch("key:3", "key:4", "set")
    player.shoot("override-reason")
    player.touch("choose:QUALITY_AGREED")
    player.shoot("override-accepted")
    player.site.weigh("0.000")


def produce(player: Player) -> str:
    """Tablets under a number of our own, dust beside them, some waste; return the tablets' lot."""
    player.touch("mode:produce")
    player.serial(scans.WORK_ORDER)
    player.shoot("produce-ready")
    player.type("4000")
    player.shoot("produce-accepted")
    lot = player.said("lot")
    player.touch("scrap", "key:2", "key:5")
    player.shoot("produce-scrap-quantity")
    player.touch("set")
    player.shoot("produce-scrap-reason")
    player.touch("choose:DAMAGED")
    player.shoot("produce-scrapped")
    player.serial(scans.DUST)
    player.type("0.4")
    player.shoot("produce-by-product")
    player.touch("finish")
    player.shoot("produce-finished")
    player.touch("finish", "home")
    return lot
