"""The demo's site: a server with a sample plant, an enrolled station, and simulated devices on real ptys and sockets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from config.plant import load_plant
from config.settings import Camera, Printer, Scale, Scanner, Screen, Server, Settings, Sounds
from drivers.printer_status import PrinterState
from drivers.simulation.mjpeg_camera import MjpegCamera
from drivers.simulation.serial_scale import SerialScale
from drivers.simulation.serial_scanner import SerialScanner
from drivers.simulation.tcp_scanner import TcpScanner
from drivers.simulation.zpl_printer import ZplPrinter
from kiosk.app.demo.photo import bag_of_starch
from kiosk.app.demo.server_database import prepare
from kiosk.app.demo.server_process import ServerProcess
from kiosk.store.opening import FILE, import_plant

PLANT: Final = Path(__file__).with_name("plant.json")
SERIAL: Final = "serial scanner"
NETWORK: Final = "network scanner"
WEDGE: Final = "keyboard scanner"


@dataclass(slots=True)
class DemoSite:
    """Everything around one station, below `folder`."""

    folder: Path
    station: str
    server: ServerProcess = field(init=False)
    serial: SerialScanner = field(init=False)
    network: TcpScanner = field(init=False)
    printer: ZplPrinter = field(init=False)
    scale: SerialScale = field(init=False)
    camera: MjpegCamera = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "server").mkdir(parents=True, exist_ok=True)
        self.server = ServerProcess(self.folder / "server")
        self.serial = SerialScanner(self.folder / "scanner")
        self.network = TcpScanner()
        self.printer = ZplPrinter()
        self.scale = SerialScale(self.folder / "scale")
        self.camera = MjpegCamera()

    def start(self) -> None:
        """Prepare the server's database once, start the server, plug the devices in."""
        plant = load_plant(PLANT)
        if not self.station_token.exists():
            prepare(self.server.directory, plant, self.station, self.station_token, self.reader_token)
        self.server.start()
        if not (self.station_directory / FILE).exists():
            # What an installer does in the van: the station knows the plant before it first meets the server.
            import_plant(self.station_directory, plant)
        self.camera.show(bag_of_starch())
        for device in (self.serial, self.network, self.printer, self.scale, self.camera):
            device.plug_in()

    def stop(self) -> None:
        """Unplug everything and end the server."""
        for device in (self.serial, self.network, self.printer, self.scale, self.camera):
            device.unplug()
        self.server.stop()

    @property
    def station_directory(self) -> Path:
        """Where the station's database is."""
        return self.folder / "station"

    @property
    def station_token(self) -> Path:
        """The station's token, as enrolment wrote it."""
        return self.folder / "station.token"

    @property
    def reader_token(self) -> Path:
        """The token of whoever asks for traces."""
        return self.folder / "reader.token"

    def load_paper(self, loaded: bool) -> None:
        """Take the printer's paper out, or put it back."""
        self.printer.paper.break_down(*(() if loaded else (PrinterState.PAPER_OUT,)))

    def weigh(self, kilograms: str) -> None:
        """Lay something on the scale: from now on it says so, standing still."""
        self.scale.line = f"S S {kilograms:>9} kg"

    def settings(self, screen: Screen, sounds: bool) -> Settings:
        """Return the station's settings, as its file would say them."""
        return Settings(
            station=self.station,
            database=self.station_directory,
            server=Server(url=self.server.url, token_file=self.station_token, sync_seconds=1),
            scanners=(
                Scanner(name=SERIAL, driver="serial_line", options={"port": str(self.serial.path)}, sends_gs=True),
                Scanner(name=NETWORK, driver="tcp", options={"host": "127.0.0.1", "port": self.network.port}, sends_gs=True),
                Scanner(name=WEDGE, driver="keyboard_wedge"),
            ),
            printers=(
                Printer(
                    name="label printer",
                    driver="network",
                    language="zpl",
                    media="100x50",
                    options={"host": self.printer.host, "port": self.printer.port},
                ),
            ),
            scales=(Scale(name="bench scale", driver="serial_scale", options={"port": str(self.scale.path)}),),
            camera=Camera(source=self.camera.url),
            screen=screen,
            sounds=Sounds(on=sounds),
        )
