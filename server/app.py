"""The server's HTTP face: routes, and what they share. docs/protocol.md is its description."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from server import attachments, feed, meeting
from server.enrolment import Role
from server.reports import overrides, trace
from server.reports.named_thing import answered_by_serial
from server.reports.trace_shape import Trace
from server.requests import Refused, caller, message, piece, understood
from server.store.books import Books
from server.store.database import Database
from server.store.schema import epoch
from sync import protocol as wire

Clock = Callable[[], datetime]
_log = logging.getLogger("lotline.server")
_routes = APIRouter()


def utc_now() -> datetime:
    """The server's clock."""
    return datetime.now(UTC)


def create_app(database: Database, clock: Clock = utc_now, attachments_in: Path | None = None) -> FastAPI:
    """Return the application over a database that is ready; `attachments_in`: where photos and papers go, if not beside it."""
    # The generated documentation pages would load scripts from elsewhere; docs/protocol.md is ours.
    app = FastAPI(title="Lotline", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.database, app.state.clock = database, clock
    app.state.shelf = attachments.Shelf(attachments_in) if attachments_in else attachments.shelf_beside(database)
    app.add_middleware(GZipMiddleware, minimum_size=1400, compresslevel=5)
    app.include_router(_routes)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _no_such_call)
    app.add_exception_handler(RequestValidationError, _wrong_parameters)
    app.add_exception_handler(DBAPIError, _database_failed)
    return app


def _reply(content: BaseModel, status: int = 200) -> Response:
    return Response(content.model_dump_json(), status, media_type="application/json")


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _reply(wire.Problem(code=error.code, words=error.words), error.status)


async def _no_such_call(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = f"there is no {request.method} {request.url.path} here"
    return _reply(wire.Problem(code="no_such_call", words=words), error.status_code)


async def _wrong_parameters(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return _reply(wire.Problem(code="malformed", words=f"{first['loc'][-1]}: {first['msg']}"), 400)


async def _database_failed(_request: Request, error: Exception) -> Response:
    _log.error("the database failed", exc_info=error)
    return _reply(
        wire.Problem(code="database_failed", words="the server's database can't be used now; nothing was kept of this request"), 503
    )


@_routes.post(wire.HELLO)
async def hello(request: Request) -> Response:
    """A station shakes hands."""
    database, clock = _of(request)
    who = await caller(request, database, Role.STATION)
    said = await message(request, wire.Hello)
    return _reply(await run_in_threadpool(meeting.greet, database, who, said, clock()))


@_routes.post(wire.EVENTS)
async def events(request: Request) -> Response:
    """A station sends what happened."""
    database, clock = _of(request)
    who = await caller(request, database, Role.STATION)
    said = await message(request, wire.Events)
    return _reply(await run_in_threadpool(meeting.receive, database, who, said, clock()))


@_routes.get(wire.CHANGES)
async def changes(
    request: Request,
    protocol: int,
    since: Annotated[int, Query(ge=0, lt=2**63)] = 0,
    limit: Annotated[int, Query(ge=1, le=wire.LARGEST_PAGE)] = wire.LARGEST_PAGE,
) -> Response:
    """A station reads reference data."""
    database, _ = _of(request)
    await caller(request, database, Role.STATION, Role.ADMIN)
    understood(protocol)
    return _reply(await run_in_threadpool(_changes, database, since, limit))


def _changes(database: Database, since: int, limit: int) -> wire.Changes:
    with database.reading() as connection:
        return feed.changes_since(connection, since, limit)


@_routes.post(wire.RECORDS)
async def records(request: Request) -> Response:
    """An administrator stores reference data."""
    database, _ = _of(request)
    await caller(request, database, Role.ADMIN)
    said = await message(request, wire.Records)
    return _reply(await run_in_threadpool(_store, database, said))


def _store(database: Database, said: wire.Records) -> wire.Stored:
    try:
        with database.writing() as connection:
            changed = feed.store(Books(connection), said.records)
            return wire.Stored(epoch=epoch(connection), changed=changed, unchanged=len(said.records) - changed)
    except feed.RecordRefused as error:
        raise Refused(400, "malformed", str(error)) from error


@_routes.get(wire.TRACE)
async def traced(
    request: Request,
    protocol: int,
    item: Annotated[str, Query(max_length=128)] = "",
    lot: Annotated[str, Query(max_length=128)] = "",
    direction: trace.Direction = trace.Direction.BOTH,
    assigned_by: Annotated[str | None, Query(max_length=128)] = None,
    serial: Annotated[str, Query(max_length=128)] = "",
) -> Response:
    """Someone asks where a lot, or one piece, container or carton by its serial, came from and where it went."""
    database, clock = _of(request)
    await caller(request, database, Role.READER, Role.ADMIN)
    understood(protocol)
    if not serial and not (item and lot):
        raise Refused(400, "malformed", "a trace asks for an item and a lot, or for a serial")
    return _reply(await run_in_threadpool(_traced, database, trace.Question(item, lot, assigned_by, direction), serial, clock()))


def _traced(database: Database, question: trace.Question, serial: str, now: datetime) -> Trace:
    with database.reading() as connection:
        by_lot = not serial
        answer = trace.answered(connection, question, now) if by_lot else answered_by_serial(connection, question, serial, now)
    if isinstance(answer, trace.Unanswerable):
        raise Refused(409 if answer.ambiguous else 404, "ambiguous" if answer.ambiguous else "not_found", answer.words)
    return answer


@_routes.get(wire.OVERRIDES)
async def overridden(
    request: Request,
    protocol: int,
    seen: bool | None = None,
    station: Annotated[str | None, Query(max_length=128)] = None,
    person: Annotated[str | None, Query(max_length=128)] = None,
    limit: Annotated[int, Query(ge=1, le=overrides.MOST)] = overrides.MOST,
) -> Response:
    """Someone asks what was let through, and what of it waits to be looked at."""
    database, _ = _of(request)
    await caller(request, database, Role.READER, Role.ADMIN)
    understood(protocol)
    return _reply(await run_in_threadpool(_overridden, database, overrides.Question(seen, station, person, limit)))


def _overridden(database: Database, question: overrides.Question) -> overrides.Overrides:
    with database.reading() as connection:
        return overrides.answered(connection, question)


@_routes.post(wire.ATTACHMENTS_MISSING)
async def attachments_missing(request: Request) -> Response:
    """A station asks which photos and papers are still wanted."""
    database, _ = _of(request)
    who = await caller(request, database, Role.STATION)
    said = await message(request, wire.Missing)
    return _reply(await run_in_threadpool(attachments.missing, database, _shelf(request), who, said))


@_routes.put(wire.ATTACHMENTS + "/{sha256}")
async def attachment_piece(
    request: Request, sha256: str, protocol: int, offset: Annotated[int, Query(ge=0, le=attachments.LARGEST)] = 0
) -> Response:
    """A station sends a piece of a photo or paper."""
    database, clock = _of(request)
    who = await caller(request, database, Role.STATION)
    understood(protocol)
    content = await piece(request)
    return _reply(await run_in_threadpool(attachments.receive, database, _shelf(request), who, sha256, offset, content, clock()))


@_routes.get(wire.ATTACHMENTS)
async def attachments_of(request: Request, protocol: int, event: Annotated[str, Query(max_length=64)]) -> Response:
    """Someone asks which photos and papers an event has."""
    database, _ = _of(request)
    await caller(request, database, Role.READER, Role.ADMIN)
    understood(protocol)
    return _reply(await run_in_threadpool(_attachments_of, database, request.app.state.shelf, event))


def _attachments_of(database: Database, shelf: attachments.Shelf | None, event: str) -> wire.AnnouncedList:
    with database.reading() as connection:
        return attachments.of_event(connection, shelf, event)


@_routes.get(wire.ATTACHMENTS + "/{sha256}")
async def attachment(request: Request, sha256: str, protocol: int) -> Response:
    """Someone looks at a photo or paper."""
    database, _ = _of(request)
    await caller(request, database, Role.READER, Role.ADMIN)
    understood(protocol)
    file = _shelf(request).file(sha256)
    kind = await run_in_threadpool(_media_type, database, sha256)
    if file is None or kind is None:
        raise Refused(404, "not_found", "this photo or paper is not here; its station may not have sent it yet")
    # What a station sent is never run: it is shown as what it was announced as, or saved.
    safe = {"X-Content-Type-Options": "nosniff", "Content-Disposition": f'attachment; filename="{sha256}"'}
    return FileResponse(file, media_type=kind, headers=safe)


def _media_type(database: Database, sha256: str) -> str | None:
    with database.reading() as connection:
        return attachments.media_type(connection, sha256)


def _shelf(request: Request) -> attachments.Shelf:
    shelf: attachments.Shelf | None = request.app.state.shelf
    if shelf is None:
        words = "this server has no folder for photos and papers: start it with --attachments DIR; the station keeps them until then"
        raise Refused(409, "nowhere_to_keep", words)
    return shelf


def _of(request: Request) -> tuple[Database, Clock]:
    return request.app.state.database, request.app.state.clock
