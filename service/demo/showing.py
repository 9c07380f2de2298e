"""The demo: a morning of `service/demo/scenarios/`, played to its end as text or turned by hand on a page."""

from __future__ import annotations

import asyncio
import ipaddress
import socket

from rich.console import Console

from service.demo import mornings as demo_mornings
from service.faults import UserFault
from service.rehearsal.patterns import judge
from service.rehearsal.scenario import Scenario
from service.rehearsal.simulation import rehearse
from service.rehearsal.timeline import show


def monday() -> Scenario:
    """The demo's first morning."""
    return demo_mornings.morning(demo_mornings.FIRST)


def chosen(key: str) -> Scenario:
    """A morning by the key that somebody gave. Raises UserFault with the keys that there are."""
    if key not in demo_mornings.MORNINGS:
        known = ", ".join(demo_mornings.MORNINGS)
        raise UserFault(f"There is no morning `{key}`; choose one of {known}")
    return demo_mornings.morning(key)


def headless(console: Console, key: str = demo_mornings.FIRST) -> int:
    """`firstcall demo --headless`: the morning as a timeline. 0 when it went as it is written. Raises UserFault."""
    scenario = chosen(key)
    lines, refused = asyncio.run(rehearse(scenario))
    show(scenario, lines, console)
    for one in (*refused, *(faults := judge(scenario, lines))):
        console.print(one, style="red")
    return 1 if faults or refused else 0


def serve(host: str, port: int, key: str = demo_mornings.FIRST) -> None:
    """`firstcall demo`: the page at http://host:port/, on this machine only. Raises UserFault."""
    chosen(key)
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise UserFault("The demo signs in by itself, so it listens on this machine only; use --host 127.0.0.1.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UserFault(
                f"Port {port} is taken ({error.strerror}); choose another: make run PORT=8001, or --port."
            ) from error
    asyncio.run(_serve(host, port, key))


async def _serve(host: str, port: int, key: str) -> None:
    import uvicorn

    demo = demo_mornings.Mornings(f"http://{host}:{port}")
    await demo.begin(key)
    try:
        server = uvicorn.Server(uvicorn.Config(demo, host=host, port=port, log_level="warning"))
        Console().print(f"A school's morning is waiting at [bold]http://{host}:{port}/[/] (Ctrl+C ends it)")
        await server.serve()
    finally:
        await demo.close()
