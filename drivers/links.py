"""TCP links as devices use them: opened within a time, and told by the system when the other end dies in silence."""

from __future__ import annotations

import contextlib
import selectors
import socket
from typing import Final

from drivers.faults import DeviceError, Fault, device_error
from drivers.frames import Frame, Framer, Framing

CHUNK_BYTES: Final = 4096
#: How many scanners may be connected to one listening port.
MOST_CLIENTS: Final = 32

# A peer that lost its power answers nothing: three unanswered probes, ten seconds apart, end the link.
_KEEP_ALIVE: Final = (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3))


def connect(device: str, host: str, port: int, timeout_seconds: float) -> socket.socket:
    """Return a connection to host:port; raise DeviceError where there is none within `timeout_seconds`."""
    try:
        link = socket.create_connection((host, port), timeout=timeout_seconds)
    except TimeoutError as error:
        raise DeviceError(device, Fault.UNREACHABLE, f"{host}:{port} does not answer") from error
    except OSError as error:
        raise device_error(device, error, Fault.UNREACHABLE) from error
    keep_alive(link)
    return link


def keep_alive(link: socket.socket) -> None:
    """Have the system find out within about 40 s that the other end is dead."""
    link.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEP_ALIVE:
        if hasattr(socket, name):
            link.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


class Listener:
    """A listening socket to which scanners connect; each one's bytes are framed on their own."""

    def __init__(self, device: str, framing: Framing, server: socket.socket, peers: tuple[str, ...] = ()) -> None:
        self._device = device
        self._framing = framing
        self._peers = peers
        self._server = server
        self._clients: dict[socket.socket, Framer] = {}
        self._selector = selectors.DefaultSelector()
        server.setblocking(False)
        self._selector.register(server, selectors.EVENT_READ)
        self._patience_seconds = Framer(device, framing).patience_seconds

    def read(self) -> tuple[Frame, ...]:
        """Wait a moment; return the scans that came from anybody connected."""
        frames = [frame for framer in self._clients.values() for frame in framer.idle()]
        ready = self._selector.select(0 if frames else self._patience_seconds)
        for key, _ in ready:
            if key.fileobj is self._server:
                self._accept()
            elif isinstance(key.fileobj, socket.socket):
                frames += self._receive(key.fileobj)
        return tuple(frames)

    def close(self) -> None:
        """Hang up on everybody."""
        for client in tuple(self._clients):
            self._drop(client)
        self._selector.close()
        self._server.close()

    def _accept(self) -> None:
        with contextlib.suppress(BlockingIOError, ConnectionAbortedError):  # it went away again before we looked
            client, address = self._server.accept()
            stranger = self._peers and isinstance(address, tuple) and address[0] not in self._peers
            if stranger or len(self._clients) >= MOST_CLIENTS:
                client.close()
                return
            client.setblocking(False)
            if client.family != getattr(socket, "AF_UNIX", None):
                keep_alive(client)
            self._clients[client] = Framer(self._device, self._framing)
            self._selector.register(client, selectors.EVENT_READ)

    def _receive(self, client: socket.socket) -> tuple[Frame, ...]:
        framer = self._clients[client]
        try:
            data = client.recv(CHUNK_BYTES)
        except BlockingIOError:
            return ()
        except OSError:
            data = b""  # reset: as good as hung up; the listening goes on
        if data:
            return framer.feed(data)
        self._drop(client)
        return framer.end()

    def _drop(self, client: socket.socket) -> None:
        self._selector.unregister(client)
        del self._clients[client]
        client.close()
