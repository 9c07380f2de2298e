"""Every page of the office by its name, behind one address: the demo's, those of other roles, and of a hard morning."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from starlette.routing import Mount

from office.app import create_office
from office.visit import OfficeSettings
from service.demo.mornings import FIRST, by_hand, morning, open_morning
from service.demo.page import create_demo
from service.rehearsal.scenario import Scenario
from service.rehearsal.simulation import World
from service.staff.desk import OfficeDesk
from storage import leave
from tests.browser.listening import listening

PLAYED_TO = time(10, 5)
EXAMPLES = {"pupil": "amina", "contact": "ngozi", "group": "7M", "half": "am"}
"""What stands for the parts of a path."""
QUERIES = {"/people": "?list=few", "/messages": "?with=ngozi"}
NAMES = {"/": "board", "/child/{pupil}": "story", "/people/{pupil}": "person"}
OTHERS = {"demo": "/", "sign-in": "/signed-out/sign-in"}
OF_THE_LEAD, OF_THE_HEAD, HARD = "/of-the-lead", "/of-the-head", "/hard"
MISSING_CLASS, REPORTED_ILL, HARD_PLAYED_TO = "9P", "priya", time(9, 35)
FOR_LEADS = {"/audit"}
"""Pages that the demo's attendance officer may not see: they are seen by the safeguarding lead."""


def pages_of(office: Any, queries: Mapping[str, str]) -> dict[str, str]:
    """Every page of an office by a short name, with an example in its path: each GET route that answers with HTML."""
    found = dict(OTHERS)
    for route in flat(office.routes):
        is_page = route.endpoint.__annotations__.get("return") in ("HTMLResponse", HTMLResponse)
        if "GET" not in (route.methods or ()) or not is_page:
            continue
        parts = [part for part in route.path.split("/") if part and not part.startswith("{")]
        path = route.path.format_map(EXAMPLES) + queries.get(route.path, "")
        base = OF_THE_LEAD if route.path in FOR_LEADS else "/office"
        found[NAMES.get(route.path, "-".join(parts))] = f"{base}{path}"
    return found


def flat(routes: Iterable[Any]) -> list[APIRoute]:
    """Routes with those of the routers inside."""
    found: list[APIRoute] = []
    for route in routes:
        if isinstance(route, APIRoute):
            found.append(route)
        elif inner := getattr(getattr(route, "original_router", None), "routes", None):
            found += flat(inner)
    return found


def _played_by(role: str, base: str, world: World) -> FastAPI:
    """The office of whoever has this role."""
    who = next(member.id for member in world.scenario.staff() if role in member.roles)
    settings = OfficeSettings(secrets.token_urlsafe(48), base=base, plays=who)
    return create_office(OfficeDesk(world.runner, world.school_id), settings)


def hard_morning() -> Scenario:
    """The flu day on which a register does not come."""
    flu = by_hand(morning("flu"))
    there = tuple(one for one in flu.file.event if one.register_ is None or one.register_.group != MISSING_CLASS)
    return replace(flu, file=flu.file.model_copy(update={"event": there}))


async def play_hard(world: World) -> None:
    """The send is held, a class is not in, and a child that was reported ill is marked present."""
    await world.turn_to(world.scenario.moment(HARD_PLAYED_TO))
    await world.put_marks("am", {REPORTED_ILL: "/"})
    await world.runner.settle()


async def every_page(world: World, hard: World) -> FastAPI:
    """The demo, and beside it an office in which nobody is signed in, those of others, and that of the `hard` morning.

    `state.pages` are all of them.
    """
    app, demo = FastAPI(), create_demo(world)
    desk = OfficeDesk(world.runner, world.school_id)
    office = next(one.app for one in demo.routes if isinstance(one, Mount) and one.path == "/office")
    async with world.database.read() as db:
        waiting = await leave.open(db, world.school_id)
    queries = {**QUERIES, "/leave-requests/one": f"?id={quote(waiting[0].id)}"}
    app.state.pages = pages_of(office, queries)
    app.state.pages["leave-to-decide"] = f"{OF_THE_HEAD}/leave-requests/one{queries['/leave-requests/one']}"
    app.mount("/signed-out", create_office(desk, OfficeSettings(secrets.token_urlsafe(48), base="/signed-out")))
    for base, role in ((OF_THE_LEAD, "safeguarding_lead"), (OF_THE_HEAD, "headteacher")):
        app.mount(base, _played_by(role, base, world))
    app.state.pages["board-hard"] = f"{HARD}/"
    app.mount(HARD, _played_by("headteacher", HARD, hard))
    app.mount("/", demo)
    return app


@asynccontextmanager
async def served(played_to: time = PLAYED_TO) -> AsyncIterator[dict[str, str]]:
    """Every page on a free port of this computer; gives their addresses by name."""
    world, hard = await open_morning(by_hand(morning(FIRST))), await open_morning(hard_morning())
    try:
        await world.turn_to(world.scenario.moment(played_to))
        await play_hard(hard)
        app = await every_page(world, hard)
        async with listening(app) as base:
            yield {name: base + path for name, path in app.state.pages.items()}
    finally:
        await world.close()
        await hard.close()
