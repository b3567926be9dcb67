"""A server that says what the test tells it to, on a real socket."""

from __future__ import annotations

import contextlib
import gzip
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sync.client import SyncSession
from sync.http import Address, Connection
from tests.simulators.journals import StationJournal

Reply = tuple[int, Any]


class ScriptedServer:
    """`answers` maps a path to what it answers: (status, JSON), bytes, or a function of the request's JSON."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, Any, dict[str, str]]] = []
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self) -> None:
                with contextlib.suppress(ConnectionError):  # the station hung up in the middle of an answer
                    super().handle()

            def do_POST(self) -> None:
                self._answer()

            def do_GET(self) -> None:
                self._answer()

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                said = json.loads(body) if body else None
                path = self.path.split("?")[0]
                scripted.asked.append((self.path, said, {key.lower(): value for key, value in self.headers.items()}))
                answer = scripted.answers[path]
                status, content = answer(said) if callable(answer) else answer
                raw = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_args: object) -> None:
                """Tests read `asked` instead."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()  # seconds until `close` is noticed
        self.high_water = 0
        self.answers["/v1/hello"] = lambda _said: (200, self.welcome())
        self.answers["/v1/events"] = lambda said: (200, self.taken(said))
        self.answers["/v1/changes"] = (200, {"epoch": "e1", "changes": [], "cursor": 0, "more": False})

    def welcome(self) -> dict[str, Any]:
        return {"epoch": "e1", "high_water": self.high_water, "server_time": "2026-11-21T10:00:00Z", "cursor_epoch": "e1"}

    def taken(self, said: dict[str, Any], answer: str = "acknowledged") -> dict[str, Any]:
        self.high_water = max(self.high_water, *(each["sequence"] for each in said["events"]))
        answers = [{"id": each["id"], "sequence": each["sequence"], "answer": answer} for each in said["events"]]
        return {"epoch": "e1", "high_water": self.high_water, "answers": answers}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    made = ScriptedServer()
    yield made
    made.close()


@pytest.fixture
def journal() -> StationJournal:
    made = StationJournal()
    for _ in range(3):
        made.add("sign_in", {})
    return made


@pytest.fixture
def meet(server: ScriptedServer, journal: StationJournal) -> Iterator[Callable[..., SyncSession]]:
    connections = []

    def session(url: str | None = None, **address: Any) -> SyncSession:
        connections.append(Connection(Address(url or server.url, "secret", **address)))
        return SyncSession("S1", connections[-1], journal, journal, {"lotline": "0.1.0"})

    yield session
    for connection in connections:
        connection.close()
