"""A small window beside the kiosk: fires sample scans at the simulated devices, takes the paper out, cuts the server off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QWidget

from kiosk.app.demo.shift import LACTOSE, STARCH, STARCH_BAG
from kiosk.app.demo.site import DemoSite
from kiosk.app.kiosk import Kiosk
from traceability.barcodes.command import command_card

_COLUMNS: Final = 2
SCANS: Final = (
    ("Badge: M. Alvarez", "B-1001"),
    ("Badge: R. Chen, supervisor", "B-2001"),
    ("PO 4500012345", "4500012345"),
    ("PO 4500012346", "4500012346"),
    ("A bag of corn starch", f"{STARCH_BAG}1728113010NWS-240817-A"),
    ("Corn starch, no quantity", f"{STARCH}1728113010NWS-240817-B"),
    ("Lactose, 50 kg", f"{LACTOSE}17280229310000005010LAC-7741"),
    ("Only the lot: NWS-240817-C", "]C110NWS-240817-C"),
    ("Only item and expiry", f"{STARCH_BAG}17281130"),
    ("Bottles (no lot on them)", "PK-0100"),
    ("An expired lot", f"{STARCH_BAG}1723033110NWS-230311-A"),
    ("A recalled lot", f"{STARCH_BAG}1728033110NWS-260311-A"),
    ("A damaged barcode", "]C10109520123000011X"),
    ("An unknown barcode", "4006381333931"),
    ("OK card", command_card("OK")),
    ("UNDO card", command_card("UNDO")),
)


def show_panel(site: DemoSite, kiosk: Kiosk) -> QWidget:
    """Show the panel; it goes with the kiosk's window."""
    panel = QWidget(None, Qt.WindowType.Tool)
    panel.setWindowTitle("Lotline demo: simulated devices")
    grid = QGridLayout(panel)
    grid.addWidget(QLabel("These scans go as bytes over a serial line to the kiosk."), 0, 0, 1, _COLUMNS)
    for place, (words, text) in enumerate(SCANS):
        button = _button(words, lambda text=text: site.serial.scan(text))  # type: ignore[misc]
        grid.addWidget(button, 1 + place // _COLUMNS, place % _COLUMNS)
    rows = 2 + len(SCANS) // _COLUMNS
    grid.addWidget(_switch("Paper out", "Load paper", lambda out: site.load_paper(not out)), rows, 0)
    grid.addWidget(_switch("Cut the server off", "Start the server", lambda off: _cut(site, kiosk, off)), rows, 1)
    panel.adjustSize()
    panel.move(max(0, min(1300, panel.screen().size().width() - panel.width())), 40)
    panel.show()
    application = QApplication.instance()
    assert application is not None
    application.aboutToQuit.connect(panel.close)
    return panel


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
