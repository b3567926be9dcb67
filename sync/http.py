"""The connection to the server: one kept-alive session, packed bodies, and three ways in which a call can fail."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from sync.protocol import LARGEST_BODY, PROTOCOL, Call, Problem

if TYPE_CHECKING:
    import requests

Reply = TypeVar("Reply", bound=BaseModel)

LARGEST_ANSWER: Final = 64 * 1024 * 1024  # bytes, unpacked; a page of changes has one or two million

_PACK_FROM = 1400  # bytes: below one network packet, packing saves nothing


class Unreachable(Exception):
    """The server could not be asked, or did not answer: try again later. The message is words for a person."""


class TurnedAway(Exception):
    """The server understood who calls and said no to the whole request."""

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        self.words = words

    @property
    def content_is_at_fault(self) -> bool:
        """Whether another batch might pass: the server could not take this content, rather than this station."""
        return self.code in ("malformed", "too_large")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server is and how to prove who we are. `ca_file`: the plant's own certificate authority (PEM)."""

    url: str
    token: str = field(repr=False, default="")
    ca_file: str | None = None
    connect_seconds: float = 5.0
    answer_seconds: float = 30.0


class Connection:
    """Calls the server. One thread at a time; a broken connection is replaced on the next call."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._session: requests.Session | None = None

    def get(self, path: str, reply: type[Reply], **parameters: str | int) -> Reply:
        """Ask for `path`; Unreachable or TurnedAway."""
        return _parsed(reply, self._call("GET", path, params=_in_our_protocol(parameters)))

    def post(self, path: str, message: Call, reply: type[Reply]) -> Reply:
        """Send `message` to `path`; Unreachable or TurnedAway."""
        body = message.model_dump_json().encode()
        if len(body) > LARGEST_BODY:
            raise TurnedAway(413, "too_large", f"the request has {len(body)} bytes; the server takes {LARGEST_BODY}")
        headers = {"Content-Type": "application/json"}
        if len(body) >= _PACK_FROM:
            body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
        return _parsed(reply, self._call("POST", path, data=body, headers=headers))

    def put(self, path: str, content: bytes, reply: type[Reply], **parameters: str | int) -> Reply:
        """Send bytes as they are; Unreachable or TurnedAway."""
        headers = {"Content-Type": "application/octet-stream"}
        return _parsed(reply, self._call("PUT", path, data=content, headers=headers, params=_in_our_protocol(parameters)))

    def close(self) -> None:
        """Let go of the kept-alive connection."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _call(self, method: str, path: str, **how: Any) -> bytes:
        import requests

        timeouts = (self._address.connect_seconds, self._address.answer_seconds)
        try:
            url = self._address.url.rstrip("/") + path
            with self._opened().request(method, url, timeout=timeouts, allow_redirects=False, stream=True, **how) as response:
                content = _content(response, self._address.url)
        except (requests.RequestException, OSError) as error:
            self.close()
            raise Unreachable(_why_unreachable(self._address.url, error)) from error
        if response.status_code != 200:
            raise _refusal(response.status_code, content, self._address.url)
        return content

    def _opened(self) -> requests.Session:
        if self._session is None:
            import requests

            session = requests.Session()
            # Otherwise REQUESTS_CA_BUNDLE of whoever started us would win over our own CA, and proxies would see plant traffic.
            session.trust_env = False
            session.verify = self._address.ca_file or True
            session.headers["Authorization"] = f"Bearer {self._address.token}"
            self._session = session
        return self._session


def _in_our_protocol(parameters: dict[str, str | int]) -> dict[str, str | int]:
    """What has no message says its protocol beside its address."""
    return {**parameters, "protocol": PROTOCOL}


def _content(response: requests.Response, url: str) -> bytes:
    content = bytearray()
    for chunk in response.iter_content(65536):
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise Unreachable(f"{url} answered with more than {LARGEST_ANSWER // 1024 // 1024} MB, which no Lotline server does")
    return bytes(content)


def _parsed(reply: type[Reply], content: bytes) -> Reply:
    try:
        return reply.model_validate_json(content)
    except ValidationError as error:
        raise Unreachable(f"the answer is not Lotline's: {error.error_count()} things in it were not expected") from error


def _refusal(status: int, content: bytes, url: str) -> Exception:
    try:
        problem = Problem.model_validate_json(content)
    except ValidationError:
        # A proxy or another product answered: its "400" says nothing about our events.
        return Unreachable(f"{url} answered {status}, and not as a Lotline server does")
    if status >= 500:
        return Unreachable(f"the server can't answer now: {problem.words}")
    return TurnedAway(status, problem.code, problem.words)


def _why_unreachable(url: str, error: Exception) -> str:
    import requests

    if isinstance(error, requests.exceptions.SSLError):
        return f"{url} did not prove who it is: check the certificate, the CA file and this station's clock"
    if isinstance(error, requests.exceptions.ReadTimeout):
        return f"{url} took too long to answer"
    if isinstance(error, ValueError):  # how requests says that an address is none
        return f"{url!r} is not a server's address; one looks like https://server.example:8440"
    if isinstance(error, requests.exceptions.ConnectionError):
        return f"{url} can't be reached: check the network and that the server runs"
    return f"{url} can't be reached: {error}"
