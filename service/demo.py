"""The demo: the Monday in `service/mornings/monday.toml`, played to its end as text or turned by hand on a page."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from service.faults import UserFault
from service.patterns import judge
from service.scenario import Scenario, read_scenario
from service.simulation import World, rehearse
from service.timeline import show
from storage.engine import open_database

MORNINGS = Path(__file__).parent / "mornings"


def monday() -> Scenario:
    """The demo's morning."""
    return read_scenario(MORNINGS / "monday.toml")


def headless(console: Console) -> int:
    """`firstcall demo --headless`: the morning as a timeline. 0 when it went as it is written."""
    scenario = monday()
    lines, refused = asyncio.run(rehearse(scenario))
    show(scenario, lines, console)
    for one in (*refused, *(faults := judge(scenario, lines))):
        console.print(one, style="red")
    return 1 if faults or refused else 0


def by_hand(scenario: Scenario) -> Scenario:
    """The same morning for a visitor: families and registers as written, and nobody at the office but the visitor."""
    events = tuple(event for event in scenario.file.event if event.staff is None)
    return replace(scenario, file=scenario.file.model_copy(update={"event": events}))


def serve(host: str, port: int) -> None:
    """`firstcall demo`: the page at http://host:port/, on this machine only. Raises UserFault."""
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise UserFault("The demo signs in by itself, so it listens on this machine only; use --host 127.0.0.1.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UserFault(f"Port {port} is taken ({error.strerror}); choose another with --port.") from error
    asyncio.run(_serve(host, port))


async def _serve(host: str, port: int) -> None:
    import uvicorn

    from service.demo_page import create_demo

    world = await World.open(by_hand(monday()), open_database)
    try:
        server = uvicorn.Server(uvicorn.Config(create_demo(world), host=host, port=port, log_level="warning"))
        Console().print(f"A school's Monday morning is waiting at [bold]http://{host}:{port}/[/] (Ctrl+C ends it)")
        await server.serve()
    finally:
        await world.close()
