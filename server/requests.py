"""Read a request that anyone may have sent: who calls, how large, in which protocol; and say no in words."""

from __future__ import annotations

import json
import zlib
from typing import Final, TypeVar

from fastapi import Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from server.enrolment import Caller, Role, caller_of
from server.store.database import Database
from sync.protocol import LARGEST_BODY, LARGEST_PACKED_BODY, LARGEST_PIECE, OLDEST_PROTOCOL, PROTOCOL, Call

Message = TypeVar("Message", bound=Call)
_GZIP: Final = 16 + zlib.MAX_WBITS


class Refused(Exception):
    """The request as a whole is not taken: an HTTP status, a stable code, and words for a person."""

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        self.words = words


async def caller(request: Request, database: Database, *roles: Role) -> Caller:
    """Return who calls; Refused for a token that is missing, unknown, withdrawn or of another role."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    found = await run_in_threadpool(_caller, database, token) if scheme.lower() == "bearer" and token else None
    if found is None:
        raise Refused(401, "token_unknown", "this token opens nothing here: enrol the station again, or ask an administrator for a new one")
    if found.role not in roles:
        raise Refused(
            403, "not_allowed", f"the token of {found.name!r} is one of a {found.role.value}; this call takes {' or '.join(roles)}"
        )
    return found


def _caller(database: Database, token: str) -> Caller | None:
    with database.reading() as connection:
        return caller_of(connection, token)


async def message(request: Request, kind: type[Message]) -> Message:
    """Return the request's body as `kind`; Refused where it is too large, not packed rightly or not understood."""
    body = await _body(request)
    try:
        received = kind.model_validate_json(body)
    except ValidationError as error:
        # Another protocol's message has another shape: which end is too old says more than which field is odd.
        understood(_protocol_of(body))
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Refused(400, "malformed", f"the request is not understood: {where + ': ' if where else ''}{first['msg']}") from error
    understood(received.protocol)
    return received


def understood(protocol: int) -> None:
    """Refuse a protocol that this server does not speak, and say which end is to be updated."""
    if OLDEST_PROTOCOL <= protocol <= PROTOCOL:
        return
    ours = str(PROTOCOL) if OLDEST_PROTOCOL == PROTOCOL else f"{OLDEST_PROTOCOL} to {PROTOCOL}"
    older = "the server" if protocol > PROTOCOL else "the caller"
    words = f"the caller speaks protocol {protocol}, this server {ours}: update Lotline on {older}; what waits stays where it is until then"
    raise Refused(426, "protocol_unknown", words)


def _protocol_of(body: bytes) -> int:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):  # no JSON, not in UTF-8, or nested without end
        return PROTOCOL
    protocol = said.get("protocol") if isinstance(said, dict) else None
    return protocol if isinstance(protocol, int) and not isinstance(protocol, bool) else PROTOCOL


async def piece(request: Request) -> bytes:
    """Return the request's body as it is: a piece of a photo or paper, never packed. Refused where it is too large or breaks off."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(415, "encoding_unknown", "a piece of a photo or paper is sent as it is, not packed")
    return await _arrived(request, LARGEST_PIECE)


async def _body(request: Request) -> bytes:
    encoding = request.headers.get("content-encoding", "identity").lower()
    if encoding not in ("identity", "gzip"):
        raise Refused(415, "encoding_unknown", f"the body is packed as {encoding[:40]!r}; gzip or nothing is taken")
    packed = await _arrived(request, LARGEST_PACKED_BODY if encoding == "gzip" else LARGEST_BODY)
    return await run_in_threadpool(_unpacked, packed) if encoding == "gzip" else packed


async def _arrived(request: Request, limit: int) -> bytes:
    packed = bytearray()
    try:
        async for chunk in request.stream():
            packed += chunk
            if len(packed) > limit:
                raise _too_large(limit)
    except ClientDisconnect as error:  # nobody is left to read this; it is no fault of ours either
        raise Refused(400, "broken_off", "the request broke off") from error
    return bytes(packed)


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        body = unpacker.decompress(packed, LARGEST_BODY + 1)
    except zlib.error as error:
        raise Refused(400, "malformed", "the body says that it is gzip and can't be unpacked") from error
    if len(body) > LARGEST_BODY:
        raise _too_large(LARGEST_BODY)
    if not unpacker.eof:
        raise Refused(400, "malformed", "the packed body ends too early")
    return body


def _too_large(limit: int) -> Refused:
    return Refused(413, "too_large", f"the request is larger than {limit // 1024} kB: send less at once")
