"""The server on a socket: in a thread for the demo and tests, or until a signal ends it."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import Final

import uvicorn
from fastapi import FastAPI

_GRACE_SECONDS: Final = 5  # kept-alive TLS connections would outlive a request to stop
_START_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files that prove who the server is (PEM)."""

    certificate: str
    key: str


def fault_of(certificate: Certificate) -> str | None:
    """Say what keeps a server from proving itself with these files, or None."""
    try:
        # A key behind a pass phrase would be asked for on a terminal that a service lacks.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate.certificate, certificate.key, password=lambda: "")
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            return "the key is another certificate's"
        return "expected a certificate (with those that vouch for it) and its key without pass phrase, both PEM"
    except OSError as error:
        return str(error)
    return None


class Listening:
    """An application on an address. Port 0 takes a free one; `url` says which."""

    def __init__(self, app: FastAPI, host: str = "127.0.0.1", port: int = 0, certificate: Certificate | None = None) -> None:
        # Bound here, so that a taken port is an OSError for the caller and the URL is known before the first request.
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=128)
        shown = f"[{host}]" if family == socket.AF_INET6 else host
        self.url = f"{'https' if certificate else 'http'}://{shown}:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                lifespan="off",
                timeout_graceful_shutdown=_GRACE_SECONDS,
                ssl_certfile=certificate.certificate if certificate else None,
                ssl_keyfile=certificate.key if certificate else None,
            )
        )
        self._thread: threading.Thread | None = None

    def serve(self) -> None:
        """Answer until SIGINT or SIGTERM."""
        self._server.run(sockets=[self._socket])
        self._socket.close()

    def start(self) -> None:
        """Answer from a thread of its own, until `stop`."""
        self._thread = threading.Thread(target=self.serve, name="server", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End what is under way, then let go of the address."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(_START_SECONDS)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
