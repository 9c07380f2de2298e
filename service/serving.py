"""`firstcall serve`: every reason not to start is said at once, then the server runs until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket

import structlog
import uvicorn

from service import logging
from service.composition import mail_is_off, prepare, running
from service.faults import UserFault
from service.settings import check_for_serve, load
from service.web import create_app

log = structlog.get_logger("firstcall.serve")

GRACE = 10


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
    app = create_app(lambda: running(settings))
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = uvicorn.Server(config)
    log.info("listening", host=host, port=listening.getsockname()[1])
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, _ends_well)
    server.run(sockets=[listening])
    if not server.started:
        raise UserFault("The service could not start; the log above says why", status=1)


def _ends_well(*_: object) -> None:
    """uvicorn sends itself the signal again after it has stopped; having been told to stop is no failure."""


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise UserFault(
            f"Cannot listen on {host}:{port} ({error.strerror or error}); stop what is there, or choose another --port"
        ) from error
