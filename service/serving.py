"""`firstcall serve`: every reason not to start is said at once, then two processes run until they are told to stop.

One answers over HTTP (webhooks, the office), the other does everything by itself (`loops`): so that a provider's 2xx
never waits for messages that are being understood. Both are parts of one service over one database.
"""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import time

import structlog
import uvicorn

from bot.understanding import get_ready
from service import logging, wire
from service.channels import mail_is_off
from service.composition import running
from service.faults import UserFault
from service.parts import ACTS, ANSWERS, ActingPart, AnsweringPart
from service.preparing import prepare
from service.settings import Settings, load
from service.settings_faults import check_for_serve
from service.supervising import COULD_NOT_START, Part, Supervisor
from service.understanding_stream import read_calendar
from service.web import create_app

log = structlog.get_logger("firstcall.serve")

GRACE = 10
BEFORE_IT_ENDED = 3.0
"""Seconds in which whoever listens at our address may still be ending."""


def serve(host: str, port: int) -> None:
    """Run until a signal. Raises UserFault before anything is begun."""
    settings = load()
    if faults := check_for_serve(settings):
        raise UserFault(faults)
    logging.set_up()
    asyncio.run(prepare(settings))
    if mail_is_off(settings):
        log.warning(
            "no_mail", why="SMTP_URL is not set, so staff hear by text only; set it, so that an outage is heard"
        )
    listening = _listen(host, port)
    answers, acts = wire.pair()
    log.info("listening", host=host, port=listening.getsockname()[1])
    parts = [
        Part(ANSWERS, lambda: _answer(settings, listening, answers)),
        Part(ACTS, lambda: _act(settings, acts)),
    ]
    if Supervisor(parts).watch():
        raise UserFault("The service could not start; the log above says why", status=1)


def _answer(settings: Settings, listening: socket.socket, end: socket.socket) -> int:
    """The part that answers over HTTP. Returns its exit status."""
    app = create_app(lambda: running(settings, part=AnsweringPart(end)))
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = uvicorn.Server(config)
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, _ends_well)
    server.run(sockets=[listening])
    return 0 if server.started else COULD_NOT_START


def _ends_well(*_: object) -> None:
    """uvicorn sends itself the signal again after it has stopped; having been told to stop is no failure."""


def _act(settings: Settings, end: socket.socket) -> int:
    """The part that does everything by itself. Returns its exit status."""
    get_ready(read_calendar(None))  # before the first parent writes, and not when
    return asyncio.run(_until_told(settings, end))


async def _until_told(settings: Settings, end: socket.socket) -> int:
    told, started = asyncio.Event(), False
    for what in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(what, told.set)
    try:
        async with running(settings, part=ActingPart(end)):
            started = True
            await told.wait()
    except Exception:
        log.exception("part_failed", what=ACTS)
        return 1 if started else COULD_NOT_START
    return 0


def _listen(host: str, port: int) -> socket.socket:
    ends = time.monotonic() + BEFORE_IT_ENDED
    while True:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            return socket.create_server((host, port), family=family, backlog=1024)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > ends:
                raise UserFault(
                    f"Cannot listen on {host}:{port} ({error.strerror or error}); stop what is there, or choose "
                    "another --port"
                ) from error
            time.sleep(0.05)
