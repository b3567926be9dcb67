"""A whole kiosk without hands: real drivers on ptys and sockets, a window that nobody sees, a printer that speaks its protocol."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from config.settings import Printer, Scanner, Screen, Server, Settings, Sounds
from drivers.simulation.serial_scanner import SerialScanner
from drivers.simulation.tcp_scanner import TcpScanner
from drivers.simulation.zpl_printer import ZplPrinter
from kiosk.app.kiosk import Kiosk, build, listen_to_keys
from tests.kiosk.floor import STATION

PATIENCE_SECONDS = 30.0
SERIAL, NETWORK, WEDGE = "serial", "network", "wedge"
_RUNNING = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass
class Workplace:
    """A kiosk on the station in `folder`, with the scanners that are named; plugged in and started by `begin`."""

    folder: Path
    scanners: tuple[str, ...] = (SERIAL, NETWORK, WEDGE)
    server: Server | None = None
    seats: dict[str, str] = field(default_factory=dict)  # of the scanners that are not the first worker's
    kiosk: Kiosk = field(init=False)
    printer: ZplPrinter = field(default_factory=ZplPrinter)
    network: TcpScanner = field(default_factory=TcpScanner)
    serial: SerialScanner = field(init=False)
    _keys: QObject | None = None
    _elsewhere: QWidget | None = None

    def __post_init__(self) -> None:
        self.serial = SerialScanner(self.folder.with_name(f"{self.folder.name}.tty"))

    def begin(self) -> None:
        for device in (self.serial, self.network, self.printer):
            device.plug_in()
        self.kiosk = build(self._settings())
        self.kiosk.start()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._keys = listen_to_keys(application, self.kiosk)
        self.kiosk.window.show()
        self.wait(lambda: not any(self.kiosk.desk.health.scanners.values()))

    def end(self) -> None:
        self.kiosk.stop()
        if self._elsewhere is not None:
            delete(self._elsewhere)
        for device in (self.serial, self.network, self.printer):
            device.unplug()

    def _settings(self) -> Settings:
        known = {
            SERIAL: Scanner(name=SERIAL, driver="serial_line", options={"port": str(self.serial.path)}),
            NETWORK: Scanner(name=NETWORK, driver="tcp", options={"host": "127.0.0.1", "port": self.network.port}),
            WEDGE: Scanner(name=WEDGE, driver="keyboard_wedge"),
        }
        printer = Printer(name="labels", driver="network", language="zpl", options={"host": self.printer.host, "port": self.printer.port})
        return Settings(
            station=STATION,
            database=self.folder,
            server=self.server,
            scanners=tuple(known[each].model_copy(update={"seat": self.seats.get(each, "1")}) for each in self.scanners),
            printers=(printer,),
            screen=Screen(size="1024x600"),
            sounds=Sounds(on=False),
        )

    def wait(self, happened: Callable[[], bool]) -> None:
        """Let the kiosk work until something happened."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            assert time.monotonic() < until, "it never happened"
            QApplication.processEvents()
            time.sleep(0.002)

    def answered(self, act: Callable[[], object], times: int = 1) -> None:
        before = self.kiosk.answered
        act()
        self.wait(lambda: self.kiosk.answered >= before + times)

    def touch(self, action: str) -> None:
        self.answered(lambda: self.kiosk.window.pressed.emit(action))

    def scan(self, device: str, text: str) -> None:
        """Scan with one of the scanners, and wait for the answer."""
        send = {SERIAL: self.serial.scan, NETWORK: self.network.scan, WEDGE: self._type}[device]
        self.answered(lambda: send(text))

    def _type(self, text: str) -> None:
        """Type a scan into whatever window has the focus: here one that is not the kiosk's."""
        if self._elsewhere is None:
            self._elsewhere = QWidget()
            self._elsewhere.show()
            self._elsewhere.activateWindow()
        for character in (*text, "\r"):
            code = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.postEvent(self._elsewhere, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, character))

    def events(self) -> list[tuple[str, Any]]:
        """What was recorded: kind and data, without ids, serials and times, which differ from run to run."""
        with self.kiosk.wired.store.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT body FROM events ORDER BY row").all()
        return [(each["kind"], _without_names(each["data"])) for each in (json.loads(row[0]) for row in rows)]


def _without_names(data: dict[str, Any]) -> dict[str, Any]:
    shown = {name: _RUNNING.sub("id", value) if isinstance(value, str) else value for name, value in data.items()}
    if "containers" in shown:
        shown["containers"] = [{**each, "serial": each["serial"][-4:]} for each in shown["containers"]]
    return shown
