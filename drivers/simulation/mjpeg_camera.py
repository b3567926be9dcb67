"""A network camera: shows one picture after another as MJPEG over HTTP."""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

_BOUNDARY: Final = b"frame"
_SECONDS_A_FRAME: Final = 0.04


class MjpegCamera:
    """`plug_in`, `show` JPEG pictures, and point a camera driver at `url`."""

    def __init__(self, port: int = 0) -> None:
        self._port = port
        self._picture = b""
        self._server: ThreadingHTTPServer | None = None
        self._unplugged = threading.Event()

    @property
    def url(self) -> str:
        """Where the stream is, once plugged in; the same again after unplugging."""
        return f"http://127.0.0.1:{self._port}/stream.mjpg"

    def show(self, jpeg: bytes) -> None:
        """Show this picture from now on."""
        self._picture = jpeg

    def plug_in(self) -> None:
        """Begin to stream."""
        if self._server is not None:
            return
        self._unplugged = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler(self._unplugged))
        self._server.daemon_threads = True
        self._port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="simulated camera", daemon=True).start()

    def unplug(self) -> None:
        """Cut the stream and stop listening."""
        server, self._server = self._server, None
        if server is not None:
            self._unplugged.set()
            server.shutdown()
            server.server_close()

    def _handler(self, unplugged: threading.Event) -> type[BaseHTTPRequestHandler]:
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY.decode()}")
                self.end_headers()
                with contextlib.suppress(OSError):  # the viewer left
                    while not unplugged.wait(_SECONDS_A_FRAME):
                        self.wfile.write(_part(camera._picture))

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
                """Say nothing: nobody asked."""

        return Handler


def _part(jpeg: bytes) -> bytes:
    return b"--%b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%b\r\n" % (_BOUNDARY, len(jpeg), jpeg)
