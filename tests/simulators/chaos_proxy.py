"""A bad network between a station and the server, seeded: it loses answers, cuts requests, answers 500, dawdles."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import Counter
from urllib.parse import urlsplit

_FATES = {"pass": 0.5, "lose the answer": 0.2, "cut the request": 0.15, "answer 500": 0.1, "dawdle": 0.05}
_OOPS = b"HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\noops"


class ChaosProxy:
    """Forwards one HTTP request at a time per connection to `target`, which may change."""

    def __init__(self, target: str, seed: int) -> None:
        self.target = target
        self.met: Counter[str] = Counter()
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, name="chaos", daemon=True).start()

    def close(self) -> None:
        # shutdown wakes the accepting thread; close alone would not.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._converse, args=(client,), name="chaos connection", daemon=True).start()

    def _converse(self, client: socket.socket) -> None:
        with client:
            while request := _message(client):
                if not self._treat(client, request):
                    return

    def _treat(self, client: socket.socket, request: bytes) -> bool:
        """Let one request meet its fate; return whether the connection lives on."""
        with self._lock:
            fate = self._random.choices(list(_FATES), list(_FATES.values()))[0]
            cut_at = self._random.randrange(1, len(request))
            self.met[fate] += 1
        if fate == "answer 500":
            client.sendall(_OOPS)
            return True
        if fate == "dawdle":
            time.sleep(0.01)
        answer = self._forwarded(request if fate != "cut the request" else request[:cut_at], whole=fate != "cut the request")
        if not answer or fate == "lose the answer":
            return False
        client.sendall(answer)
        return True

    def _forwarded(self, request: bytes, whole: bool) -> bytes:
        parts = urlsplit(self.target)
        try:
            with socket.create_connection((parts.hostname, parts.port), timeout=10) as upstream:
                upstream.sendall(request)
                return _message(upstream) if whole else b""
        except OSError:
            return b""


def _message(connection: socket.socket) -> bytes:
    """Read one HTTP message with a Content-Length; empty where the other end went away."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += (chunk := _chunk(connection))
        if not chunk:
            return b""
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = (int(lengths[0]) if lengths else 0) - len(body)
    while missing > 0:
        chunk = _chunk(connection)
        if not chunk:
            return b""
        received, missing = received + chunk, missing - len(chunk)
    return received


def _chunk(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except OSError:
        return b""
