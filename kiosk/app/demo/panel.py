"""A small window beside the kiosk: fires sample scans at the simulated devices, takes the paper out, cuts the server off."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from kiosk.app.demo import scans
from kiosk.app.demo.evidence import ordered_labels
from kiosk.app.demo.site import DemoSite
from kiosk.app.kiosk import Kiosk
from kiosk.store.opening import FILE
from traceability.barcodes.command import command_card

_COLUMNS: Final = 2
#: Stands for a label that came out of the printer in this session: its template's name follows.
PRINTED: Final = "printed:"
#: Lays something on the scale: what it says then follows.
WEIGHT: Final = "weight:"
#: What is fired, a page for each part of the day.
GROUPS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "People, cards": (
        ("Badge: M. Alvarez", scans.WORKER),
        (f"Badge: R. Chen, supervisor (PIN {scans.PIN})", scans.SUPERVISOR),
        ("Badge: J. Quint, quality", scans.QUALITY),
        ("An unknown badge", "B-9999"),
        ("OK card", command_card("OK")),
        ("UNDO card", command_card("UNDO")),
        ("FINISH card", command_card("FINISH")),
        ("PHOTO card", command_card("PHOTO")),
    ),
    "Receive": (
        ("PO 4500012345", scans.PURCHASE_ORDER),
        ("PO 4500012346", scans.BOTTLES_ORDER),
        ("A bag of corn starch", scans.BAG_A),
        ("Corn starch, no quantity", f"{scans.STARCH_WITHOUT_LOT}10NWS-240817-B"),
        ("Only item and expiry", scans.STARCH_WITHOUT_LOT),
        ("Only the lot: NWS-240817-B", scans.LOT_B),
        ("Lactose, 50 kg", scans.NEW_LACTOSE),
        ("Bottles (no lot on them)", scans.BOTTLES),
        ("An expired lot", scans.EXPIRED_BAG),
        ("A recalled lot", scans.RECALLED_BAG),
        ("A damaged barcode", scans.DAMAGED),
        ("An unknown barcode", scans.UNKNOWN),
    ),
    "Consume, produce": (
        ("Work order WO-7001", scans.WORK_ORDER),
        ("Corn starch, the older lot", scans.OLDER_BAG),
        ("Corn starch, received today", scans.BAG_A),
        ("Lactose LAC-7700", scans.FREE_LACTOSE),
        ("Lactose that waits for QC", scans.NEW_LACTOSE),
        ("Magnesium stearate", scans.STEARATE_LOT),
        ("Tablet dust (comes out beside)", scans.DUST),
        ("The label printed last", f"{PRINTED}lot"),
        ("10.4 kg on the scale", f"{WEIGHT}10.400"),
        ("Nothing on the scale", f"{WEIGHT}0.000"),
    ),
    "Pick, pack, ship": (
        ("Ship order SO-8001", scans.SHIP_ORDER),
        ("Ship order SO-8002, another customer", scans.OTHER_SHIP_ORDER),
        ("The lot's label printed last", f"{PRINTED}lot"),
        ("The carton's label printed last", f"{PRINTED}carton"),
        ("The pallet's label printed last", f"{PRINTED}pallet"),
        ("A carton of nobody's", scans.carton("095200010000099991")),
    ),
    "Quality, stock": (
        ("Lactose LAC-7700", scans.FREE_LACTOSE),
        ("A bag of corn starch", scans.BAG_A),
        ("Magnesium stearate", scans.STEARATE_LOT),
        ("Place: Rack 7", scans.RACK),
        ("Place: Dock 3", "Dock 3"),
        ("Place: Staging 1", "Staging 1"),
        ("PO 4500012345: all that came on it", scans.PURCHASE_ORDER),
        ("WO-7001: all that went into it", scans.WORK_ORDER),
    ),
}


def show_panel(site: DemoSite, kiosk: Kiosk) -> QWidget:
    """Show the panel; it goes with the kiosk's window."""
    panel = QWidget(None, Qt.WindowType.Tool)
    panel.setWindowTitle("Lotline demo: simulated devices")
    column = QVBoxLayout(panel)
    column.addWidget(QLabel("These scans go as bytes over a serial line to the kiosk."))
    tabs = QTabWidget()
    tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for name, samples in GROUPS.items():
        tabs.addTab(_page(site, samples), name)
    column.addWidget(tabs)
    column.addWidget(_switch("Paper out", "Load paper", lambda out: site.load_paper(not out)))
    column.addWidget(_switch("Cut the server off", "Start the server", lambda off: _cut(site, kiosk, off)))
    panel.adjustSize()
    panel.move(max(0, min(1300, panel.screen().size().width() - panel.width())), 40)
    panel.show()
    application = QApplication.instance()
    assert application is not None
    application.aboutToQuit.connect(panel.close)
    return panel


def _page(site: DemoSite, samples: tuple[tuple[str, str], ...]) -> QWidget:
    page = QWidget()
    grid = QGridLayout(page)
    for place, (words, text) in enumerate(samples):
        button = _button(words, partial(fire, site, text))
        grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
    grid.setRowStretch(1 + len(samples) // _COLUMNS, 1)
    return page


def fire(site: DemoSite, text: str) -> None:
    """Let a device say something: a scan, or a weight."""
    if text.startswith(WEIGHT):
        site.weigh(text.removeprefix(WEIGHT))
    elif not text.startswith(PRINTED):
        site.serial.scan(text)
    elif label := printed_last(site, text.removeprefix(PRINTED)):
        site.serial.scan(label)


def printed_last(site: DemoSite, template: str) -> str:
    """Return what the newest label of a kind says to a scanner; nothing where none was printed yet."""
    orders = ordered_labels(site.station_directory / FILE)
    newest = next((each for each in reversed(orders) if each.template == template), None)
    if newest is None:
        return ""
    if sscc := newest.data.get("sscc"):
        return scans.carton(sscc)
    gtin = newest.data.get("gtin")
    serial = f"{scans.GS}21{newest.serial}" if newest.serial else ""
    return f"]d201{gtin}10{newest.data['lot']}{serial}" if gtin else newest.data["lot"]


def _cut(site: DemoSite, kiosk: Kiosk, off: bool) -> None:
    if off:
        site.server.cut()
        return
    site.server.start()
    kiosk.desk.sync_now()


def _button(words: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.clicked.connect(lambda _checked=False: act())
    return button


def _switch(on: str, off: str, act: Callable[[bool], object]) -> QPushButton:
    button = QPushButton(on)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def toggled(checked: bool) -> None:
        button.setText(off if checked else on)
        act(checked)

    button.toggled.connect(toggled)
    return button
