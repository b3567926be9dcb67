"""The shift's morning: receive, run out of labels, lose the server and go on, get it back."""

from __future__ import annotations

from kiosk.app.demo import scans
from kiosk.app.demo.player import Player
from traceability.barcodes.command import command_card


def sign_in_and_open(player: Player) -> None:
    """An unknown badge, a known one, and an order's paper."""
    player.shoot("sign-in")
    player.serial("B-9999")
    player.shoot("badge-unknown")
    player.serial(scans.WORKER)
    player.shoot("signed-in")
    player.touch("mode:receive", "choose_order")
    player.shoot("choose-order")
    player.touch("back")
    player.serial(scans.PURCHASE_ORDER)
    player.shoot("receive-ready")


def receive(player: Player) -> None:
    """Bags of every kind: good ones, half labels, one for QC, an expired one, a recalled one, damaged codes."""
    player.serial(scans.BAG_A)
    player.shoot("accepted-bag")
    player.serial(command_card("PHOTO"))
    player.shoot("photo-attached")
    player.pause()
    player.serial(scans.BAG_A)
    player.shoot("accepted-next-bag")
    player.serial(scans.BAG_A)
    player.shoot("duplicate")
    player.network(scans.STARCH_WITHOUT_LOT)
    player.shoot("label-half-read")
    player.network(scans.LOT_B)
    player.shoot("quantity-asked")
    player.touch("key:2", "key:5")
    player.shoot("quantity-typed")
    player.touch("set")
    player.shoot("accepted-typed-quantity")
    player.keyboard(scans.NEW_LACTOSE)
    player.shoot("accepted-to-qc")
    _refused(player)


def _refused(player: Player) -> None:
    player.serial(scans.EXPIRED_BAG)
    player.shoot("rejected-expired")
    player.touch("hold")
    player.shoot("taken-in-on-hold")
    player.serial(scans.RECALLED_BAG)
    player.shoot("stop-recalled")
    player.serial(scans.BAG_C)
    player.shoot("stop-still-latched")
    player.serial(command_card("OK"))
    player.serial(scans.DAMAGED)
    player.shoot("rejected-damaged-barcode")
    player.serial(scans.UNKNOWN)
    player.shoot("rejected-unknown-item")


def run_out_of_labels(player: Player) -> None:
    """The printer has no paper: work goes on, the label waits."""
    player.site.load_paper(False)
    player.pause()
    player.serial(scans.BAG_D)
    player.wait(lambda: player.health.labels_waiting > 0 and bool(player.health.printer), "the printer to miss its labels")
    player.shoot("printer-out-of-labels")
    player.site.load_paper(True)
    player.wait(lambda: player.health.labels_waiting == 0, "the waiting labels to come out")


def lose_the_server(player: Player) -> None:
    """Work goes on without the server; a supervisor looks into the queue; all of it is sent when it is back."""
    player.wait(lambda: player.health.online and player.health.to_send == 0, "everything to be sent")
    player.shoot("online-all-sent")
    player.go_offline()
    player.serial(f"{scans.STEARATE_LOT}")
    player.type("10")
    player.wait(lambda: not player.health.online, "the kiosk to notice that the server is gone")
    player.shoot("accepted-offline")
    player.serial(scans.SUPERVISOR)
    player.touch("queue")
    player.shoot("send-queue-offline")
    player.touch("back")
    player.serial(scans.BAG_E)
    player.touch("undo")
    player.shoot("undone")
    player.come_back()
    player.shoot("online-again")


def finish_receiving(player: Player) -> None:
    """A label again, a typed lot, the summary; goods without a lot get one of our own."""
    player.touch("reprint")
    player.shoot("reprint-reason")
    player.touch("choose:damaged", "type_lot")
    player.shoot("type-lot")
    player.touch("back", "finish")
    player.shoot("summary")
    player.touch("finish")
    player.serial(scans.BOTTLES_ORDER)
    player.serial(scans.BOTTLES)
    player.touch("no_lot", "pack:box")
    player.shoot("own-lot-number")
    player.touch("finish", "finish", "home")
