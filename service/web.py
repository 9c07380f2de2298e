"""What a running service answers over HTTP: the provider's webhooks, how it is, its numbers, and the office."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.requests import ClientDisconnect
from starlette.routing import Route

from messaging.telegram_updates import RAW, SECRET_HEADER, NotAnUpdate, at_once, is_ours, parse_update, read_update
from messaging.webhooks import (
    EMPTY_REPLY,
    SETTINGS_HEADER,
    SIGNATURE_HEADER,
    Incomplete,
    form_pairs,
    parse_sms,
    parse_status,
    verify,
)
from office.app import create_office
from office.leave.leave_door import create_leave_door
from office.visit import OfficeSettings
from service import metering
from service.errors import Stale
from service.leave.door import LeaveDoor
from service.service import Service
from service.settings import Settings
from service.sign_in import providers_of
from service.staff.desk import OfficeDesk
from service.turns.turn import Turn
from storage import migrate, queue_lengths, schools

T = TypeVar("T")

log = structlog.get_logger("firstcall.web")

MOST_BYTES = 1_000_000
"""A webhook's body: 1600 characters of any alphabet are under 20 kB; nobody honest sends more than a few hundred."""
STORE_WITHIN = 10.0
"""Seconds. Twilio gives up after 15; until then it hears that we could not, and tries again."""
MOVING_WITHIN = 60.0
OUTSIDE = ("catch_up", "receipts", "blanking", "photos", "mail", "telegram")
"""Loops that sleep, and wait for a provider whose trouble is not ours."""

Running = Callable[[], AbstractAsyncContextManager[Service]]
CannotStore = (sa.exc.SQLAlchemyError, OSError, TimeoutError, Stale)


class TooLarge(Exception):
    """The body is larger than any honest one."""


def create_app(running: Running) -> FastAPI:
    """The serving app. `running` opens the service when the server starts, and closes it when it ends."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running() as service:
            app.state.service = service
            await mount_office(app, service)
            yield

    app = FastAPI(title="Firstcall", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.router.routes += webhooks()
    app.include_router(how_it_is)
    return app


class RingingDesk(OfficeDesk):
    """A desk whose acts are carried out at once: the loops hear of them."""

    def __init__(self, service: Service, school_id: str) -> None:
        super().__init__(service.runner, school_id, service.bot_name)
        self._bell = service.clockwork.bell

    async def _do(self, work: Callable[[Turn], Awaitable[T]]) -> T:
        came = await super()._do(work)
        self._bell.ring()
        return came


def webhooks() -> list[Route]:
    """Where providers call. Plain routes: what FastAPI adds to one costs more than reading the request."""
    return [
        Route("/twilio/sms", sms, methods=["POST"]),
        Route("/twilio/status", status, methods=["POST"]),
        Route("/telegram", telegram, methods=["POST"]),
    ]


async def mount_office(app: FastAPI, service: Service) -> None:
    """Put the staff's pages in, with a desk for each school of the database."""
    async with service.database.read() as db:
        ids = await schools.ids(db)
    office = office_settings(service.settings)
    desks = [RingingDesk(service, school_id) for school_id in ids]
    app.mount(office.base, create_office(desks, office))
    if service.runner.links is not None:
        door = LeaveDoor(service.runner, {desk.school_id: desk for desk in desks}, service.runner.links, ring(service))
        app.mount("/leave", create_leave_door(door, office))


def ring(service: Service) -> Callable[[], Awaitable[None]]:
    """What wakes the loops after something was stored."""

    async def wake() -> None:
        service.clockwork.bell.ring()

    return wake


def office_settings(settings: Settings) -> OfficeSettings:
    """What the office needs of the settings."""
    return OfficeSettings(
        secret_key=settings.secret_key.get_secret_value(),
        public_url=settings.public_url,
        code_roles=frozenset(settings.code_roles.split()),
        lock_after=timedelta(minutes=settings.lock_minutes),
        providers=providers_of(settings),
    )


how_it_is = APIRouter(include_in_schema=False)


async def sms(request: Request) -> Response:
    """A text from a parent: stored first, answered second. What we say to it leaves by the outbox."""
    service = _service(request)
    pairs = await _signed(request, service)
    if isinstance(pairs, Response):
        return pairs
    try:
        message = parse_sms(pairs)
    except Incomplete:
        return _refused(service, "sms", "incomplete", 400)
    try:
        async with asyncio.timeout(STORE_WITHIN):
            new = await service.receive(message)
    except CannotStore:
        log.exception("cannot_store", path="sms")
        return _cannot_store(service, "sms")
    service.meters.webhooks.labels("sms", "stored" if new else "repeated").inc()
    return Response(EMPTY_REPLY, media_type="application/xml")


async def status(request: Request) -> Response:
    """What became of a text of ours. `m` in the address is our own id of it."""
    service = _service(request)
    pairs = await _signed(request, service)
    if isinstance(pairs, Response):
        return pairs
    try:
        receipt = parse_status(request.url.query, pairs)
    except Incomplete:
        return _refused(service, "status", "incomplete", 400)
    try:
        async with asyncio.timeout(STORE_WITHIN):
            await service.receipts.take(receipt)
    except CannotStore:
        log.exception("cannot_store", path="status")
        return _cannot_store(service, "status")
    service.meters.webhooks.labels("status", "stored").inc()
    return Response(status_code=204)


async def telegram(request: Request) -> Response:
    """An update of the bot: stored first, answered second. A press of a button stops waiting with the answer."""
    service = _service(request)
    secret = service.settings.telegram_webhook_secret.get_secret_value()
    if not service.settings.telegram_bot or service.settings.telegram_is_polled:
        return _refused(service, "telegram", "no_webhook", 404)
    if not is_ours(request.headers.get(SECRET_HEADER), secret):
        return _refused(service, "telegram", "forged", 403)
    try:
        message = parse_update(await _body(request), service.settings.telegram_bot)
    except TooLarge:
        return _refused(service, "telegram", "too_large", 413)
    except ClientDisconnect:
        return _refused(service, "telegram", "cut_off", 400)
    except NotAnUpdate:
        return _refused(service, "telegram", "incomplete", 400)
    try:
        async with asyncio.timeout(STORE_WITHIN):
            new = await service.receive(message)
    except CannotStore:
        log.exception("cannot_store", path="telegram")
        return _cannot_store(service, "telegram")
    service.meters.webhooks.labels("telegram", "stored" if new else "repeated").inc()
    asked = at_once(read_update(message.raw[RAW]))
    return JSONResponse(asked) if asked else Response(status_code=200)


@how_it_is.get("/health")
async def health() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@how_it_is.get("/ready")
async def ready(request: Request) -> JSONResponse:
    """The database answers and has the newest tables, and every loop has done a step in the last minute; else 503.

    `queues` says what waits, by queue and channel.
    """
    service = _service(request)
    try:
        async with asyncio.timeout(STORE_WITHIN):
            database = await migrate.is_current(service.database)
            waiting = await _queues(service) if database else {}
    except (sa.exc.SQLAlchemyError, OSError, TimeoutError):
        database, waiting = False, {}
    moving = service.clockwork.moving(MOVING_WITHIN)
    for outside in OUTSIDE:
        moving.pop(outside, None)
    good = database and all(moving.values())
    said = {"status": "ready" if good else "not ready", "database": database, "loops": moving}
    return JSONResponse({**said, "channels": sorted(service.channels), "queues": waiting}, 200 if good else 503)


async def _queues(service: Service) -> dict[str, Any]:
    """What waits, and for how long. A provider's trouble shows here, and makes us no less ready."""
    async with service.database.read() as db:
        now = service.clock.now()
        return metering.said(await queue_lengths.look(db, now), now)


@how_it_is.get("/metrics")
async def metrics(request: Request) -> Response:
    """Numbers for Prometheus; none of them is about a person."""
    service = _service(request)
    try:
        text = await service.meters.text(service.database, service.clock.now(), service.clockwork.loops)
    except (sa.exc.SQLAlchemyError, OSError):
        return Response("the database does not answer\n", 503, media_type="text/plain")
    return Response(text, media_type="text/plain; version=0.0.4")


@how_it_is.get("/")
async def home() -> RedirectResponse:
    """Staff who open the bare address want the board."""
    return RedirectResponse("/office/", 303)


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


async def _signed(request: Request, service: Service) -> list[tuple[str, str]] | Response:
    """The pairs of a form that Twilio signed, or the answer to one that it did not sign: nothing is stored then."""
    path = request.url.path.rpartition("/")[2]
    try:
        body = await _body(request)
    except TooLarge:
        return _refused(service, path, "too_large", 413)
    except ClientDisconnect:
        return _refused(service, path, "cut_off", 400)
    pairs = form_pairs(body)
    query = request.url.query
    good = verify(
        service.settings.public_url,
        f"/twilio/{path}?{query}" if query else f"/twilio/{path}",
        pairs,
        request.headers.get(SIGNATURE_HEADER),
        service.settings.twilio_tokens,
        request.headers.get(SETTINGS_HEADER),
    )
    return pairs if good else _refused(service, path, "forged", 403)


async def _body(request: Request) -> bytes:
    given = request.headers.get("content-length", "")
    if given.isdecimal() and int(given[:20]) > MOST_BYTES:
        raise TooLarge
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise TooLarge
    return bytes(body)


def _refused(service: Service, path: str, why: str, code: int) -> Response:
    service.meters.webhooks.labels(path, why).inc()
    log.warning("webhook_refused", path=path, why=why, status=code)
    return Response(f"{why}\n", code, media_type="text/plain")


def _cannot_store(service: Service, path: str) -> Response:
    """503: Twilio tries again as the address's fragment says, and what it gives up on is fetched afterwards."""
    service.meters.webhooks.labels(path, "cannot_store").inc()
    return Response("cannot store now, try again\n", 503, media_type="text/plain", headers={"Retry-After": "2"})
