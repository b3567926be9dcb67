"""The shift's afternoon: pick, pack, a hold that stops the carton at the gate, its release, and the goods leave."""

from __future__ import annotations

from kiosk.app.demo import scans
from kiosk.app.demo.player import Player


def pick(player: Player, lot: str) -> None:
    """Fetch the tablets to the staging place."""
    player.touch("mode:pick")
    player.serial(scans.SHIP_ORDER)
    player.shoot("pick-ready")
    player.serial(scans.tablets(lot))
    player.type("3000")
    player.shoot("pick-accepted")
    player.touch("finish", "finish", "home")


def pack(player: Player, lot: str) -> tuple[str, str]:
    """A carton on a pallet, and one more carton; return the pallet's number and the other carton's."""
    player.touch("mode:pack")
    player.serial(scans.SHIP_ORDER)
    player.shoot("pack-ready")
    first = _carton(player, lot, "2000")
    player.touch("new_pallet")
    pallet = player.said("sscc")
    player.serial(scans.carton(first))
    player.shoot("pallet-loaded")
    player.touch("close")
    second = _carton(player, lot, "1000")
    player.shoot("pack-closed")
    player.touch("finish", "home")
    return pallet, second


def _carton(player: Player, lot: str, quantity: str) -> str:
    player.touch("new_carton")
    sscc = player.said("sscc")
    player.serial(scans.tablets(lot))
    player.type(quantity)
    player.shoot("packed")
    player.touch("close")
    return sscc


def hold_offline(player: Player, pallet: str) -> None:
    """The server is away: a lot that went into the tablets is held, and the gate knows at once what was made from it."""
    player.go_offline()
    player.touch("mode:quality")
    player.serial(scans.FREE_LACTOSE)
    player.shoot("quality-what-to-do")
    player.touch("choose:hold")
    player.shoot("hold-reason")
    player.touch("choose:FOREIGN_BODY")
    player.wait(lambda: not player.health.online, "the kiosk to notice that the server is gone")
    player.shoot("held-offline")
    player.touch("home", "mode:ship")
    player.serial(scans.SHIP_ORDER)
    player.shoot("ship-ready")
    player.serial(scans.carton(pallet))
    player.shoot("stop-made-from-held-lot")
    player.touch("acknowledge")
    player.touch("home")
    player.come_back()


def release(player: Player) -> None:
    """Quality looks at it and lets it go: another person than who held it."""
    player.serial(scans.QUALITY)
    player.touch("mode:quality")
    player.serial(scans.FREE_LACTOSE)
    player.shoot("quality-on-hold")
    player.touch("choose:release")
    player.shoot("release-to")
    player.touch("choose:available")
    player.shoot("released")
    player.touch("home")


def ship(player: Player, pallet: str, carton: str) -> None:
    """The pallet leaves; the other carton is not this customer's, but the first one's."""
    player.serial(scans.WORKER)
    player.touch("mode:ship")
    player.serial(scans.SHIP_ORDER)
    player.serial(scans.carton(pallet))
    player.shoot("shipped")
    player.serial(scans.OTHER_SHIP_ORDER)
    player.serial(scans.carton(carton))
    player.shoot("stop-wrong-customer")
    player.touch("acknowledge")
    player.serial(scans.SHIP_ORDER)
    player.serial(scans.carton(carton))
    player.shoot("ship-complete")
    player.touch("finish")
    player.shoot("ship-summary")
    player.touch("finish", "home")
