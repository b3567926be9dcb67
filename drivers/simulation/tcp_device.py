"""The network side of a simulated device: accepts connections, hands the bytes on, answers, and can be unplugged."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Final

#: A connection is open for the other side before it is accepted on this one; under load that takes a moment.
LET_IN_SECONDS: Final = 0.5


class TcpDevice:
    """A listening socket in a thread. `talk(bytes) -> answer` is called for what comes on a connection, a new one from `connected()`."""

    def __init__(self, connected: Callable[[], Callable[[bytes], bytes]], host: str = "127.0.0.1", port: int = 0) -> None:
        self._connected = connected
        self._lock = threading.Condition()
        self._links: set[socket.socket] = set()
        self._server: socket.socket | None = None
        self.host = host
        self.port = port  # after `plug_in`: the one that was taken, and kept over unplugging

    def plug_in(self) -> None:
        """Begin to listen; the same port again after an `unplug`."""
        if self._server is not None:
            return
        self._server = socket.create_server((self.host, self.port))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, args=(self._server,), name=f"simulated device {self.port}", daemon=True).start()

    def unplug(self) -> None:
        """Cut every connection and stop listening."""
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept
            server.close()
        with self._lock:
            links, self._links = self._links, set()  # cut off at once, though each link's own thread ends a moment later
            for link in links:
                with contextlib.suppress(OSError):
                    link.shutdown(socket.SHUT_RDWR)

    def send_to_all(self, data: bytes) -> int:
        """Send `data` to everybody connected; return to how many. Whoever connected this moment is let in first."""
        with self._lock:
            self._lock.wait_for(lambda: self._links, LET_IN_SECONDS)
            links = tuple(self._links)
        return sum(_sent(link, data) for link in links)

    @property
    def connections(self) -> int:
        """Tell how many are connected."""
        with self._lock:
            return len(self._links)

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                link, _ = server.accept()
            except OSError:
                return  # unplugged
            with self._lock:
                if self._server is not server:
                    link.close()
                    return  # unplugged in the meantime
                self._links.add(link)
                self._lock.notify_all()
            threading.Thread(target=self._serve, args=(link,), name=f"simulated link {self.port}", daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        talk = self._connected()
        with contextlib.suppress(OSError), link:
            while data := link.recv(65536):
                if answer := talk(data):
                    link.sendall(answer)
        with self._lock:
            self._links.discard(link)


def _sent(link: socket.socket, data: bytes) -> bool:
    try:
        link.sendall(data)
    except OSError:
        return False  # it hung up, and its thread has not noticed yet
    return True
