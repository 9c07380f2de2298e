"""The demo page: phones, the office's board and a clock side by side. It turns the clock, so it lives in the service.

It signs in by itself, listens on loopback only, and every text stays on this page.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, TypeVar

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from attendance.calendar import local
from attendance.codes import code_set
from office.app import create_office, refuse_plainly
from office.board.board_page import board_html, snapshot_for
from office.board.snapshot import Snapshot
from office.leave.leave_door import create_leave_door
from office.leave.links import Links
from office.pages import pages
from office.pages.compressed import Compressed
from office.visit import BadForm, NotHere, OfficeSettings, Visit, needs
from service.demo.clock import SPEEDS, DemoClock
from service.demo.phones import Phone, phones
from service.leave.door import LeaveDoor
from service.rehearsal.simulation import World
from service.staff.desk import OfficeDesk
from service.turns.turn import Turn

SEE = needs("see_board")
T = TypeVar("T")
Begin = Callable[[str], Awaitable[None]]
LONGEST_TEXT = 2000
LOCAL_NAMES = frozenset({"localhost", "testserver"})


class DemoDesk(OfficeDesk):
    """A desk whose acts have their effects at once, with the clock standing still."""

    def __init__(self, clock: DemoClock) -> None:
        super().__init__(clock.world.runner, clock.world.school_id)
        self._clock = clock

    async def _do(self, work: Callable[[Turn], Awaitable[T]]) -> T:
        async with self._clock.lock:
            came = await super()._do(work)
            await self._clock.world.runner.settle()
        return came


@dataclass
class Demo:
    """What the demo's routes share."""

    world: World
    clock: DemoClock
    morning: str
    mornings: Mapping[str, str]
    begin: Begin | None


def create_demo(
    world: World,
    morning: str = "",
    mornings: Mapping[str, str] = MappingProxyType({}),
    begin: Begin | None = None,
    address: str = "",
) -> FastAPI:
    """The demo of one world: its page at `/`, the whole office at `/office/`.

    `morning` is the key of what is played; `mornings` are all by key, and `begin` starts another one. `address` is
    where a browser finds it, for links in messages.
    """
    clock = DemoClock(world)
    roll = world.scenario.staff()
    officer = next((member.id for member in roll if "attendance_officer" in member.roles), roll[0].id)
    settings = OfficeSettings(secret_key=secrets.token_urlsafe(48), plays=officer)
    desk = DemoDesk(clock)
    office = create_office(desk, settings)
    world.runner.links = Links(settings.secret_key, address)

    async def settle() -> None:
        async with clock.lock:
            await world.runner.settle()

    door = LeaveDoor(world.runner, {desk.school_id: desk}, world.runner.links, settle)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await clock.stop()

    app = FastAPI(title="Firstcall demo", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    page = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    page.state.office = office.state.office
    page.state.demo = app.state.demo = Demo(world, clock, morning, mornings, begin)
    page.add_middleware(pages.Finish, office=office.state.office)
    page.add_middleware(Compressed)
    refuse_plainly(page)
    _routes(page)
    app.mount("/office", office)
    app.mount("/leave", create_leave_door(door, settings))
    app.mount("/", page)
    return app


def _routes(page: FastAPI) -> None:
    page.add_api_route("/", whole_page, methods=["GET"])
    page.add_api_route("/demo/phones", phones_again, methods=["GET"])
    page.add_api_route("/demo/clock", clock_again, methods=["GET"])
    page.add_api_route("/demo/say", say, methods=["POST"])
    page.add_api_route("/demo/turn", turn, methods=["POST"])
    page.add_api_route("/demo/mark", put_mark, methods=["POST"])
    page.add_api_route("/demo/morning", another_morning, methods=["POST"])
    page.add_api_route("/demo/play-as", play_as, methods=["POST"])


def _demo(request: Request) -> Demo:
    host = request.client.host if request.client else ""
    if host not in LOCAL_NAMES | {"testclient"} and not _is_loopback(host):
        raise BadForm("The demo answers only the computer that it runs on.")
    request.state.written = True  # clock, phones and mornings are nobody's deed: no line in the audit
    demo: Demo = request.app.state.demo
    return demo


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def _phones(demo: Demo, visit: Visit, wanted: str | None) -> dict[str, Any]:
    found = phones(visit.school, await demo.world.lines())
    chosen = next((one for one in found if one.id == wanted), None) or _first(found)
    # The first phone that is written to comes up by itself; after that only the visitor changes it.
    stays = chosen.id if wanted or chosen.bubbles else ""
    return {"phones": found, "phone": chosen, "stays": stays, "stamp": pages.STAMP, "note": None}


def _first(found: tuple[Phone, ...]) -> Phone:
    """The phone that a newcomer sees: one that was just asked, else a parent with something to tell."""
    asked = [one for one in found if one.unanswered and one.children]
    return next(iter(asked), None) or next((one for one in found if one.children), found[0])


async def _clock(demo: Demo, visit: Visit, snapshot: Snapshot) -> dict[str, Any]:
    closes = await demo.clock.register_closes()
    half = snapshot.half
    codes = code_set(visit.school.policy.code_set)
    teacher = [(c, codes.get(c).name) for c in visit.school.policy.registers.teacher_codes if codes.is_valid(c, half)]
    if "U" in codes:
        teacher.append(("U", codes.get("U").name))
    return {
        "speed": demo.clock.speed,
        "speeds": SPEEDS[1:],
        "at": local(snapshot.now),
        "coming": await demo.clock.coming(snapshot),
        "closes": closes,
        "deadline": demo.clock.deadline(snapshot),
        "upcoming": await demo.world.next_event(),
        "half": half,
        "marks": {entry.pupil: entry for entry in snapshot.entries if entry.session.half == half},
        "codes": teacher,
        "groups": visit.school.roll.groups,
        "stamp": pages.STAMP,
    }


async def whole_page(request: Request, visit: Visit = Depends(SEE)) -> HTMLResponse:
    """Everything at once."""
    demo = _demo(request)
    snapshot = await snapshot_for(visit)
    board, _ = await board_html(visit, None, None)
    on_phones = await _phones(demo, visit, request.query_params.get("phone"))
    on_clock = await _clock(demo, visit, snapshot)
    return pages.page(
        "demo.html",
        visit,
        board_html=board,
        phones_html=pages.stamped(pages.draw("demo_phones.html", visit, **on_phones)),
        clock_html=pages.stamped(pages.draw("demo_clock.html", visit, **on_clock)),
        staff=visit.school.roll.staff,
        morning=demo.morning,
        mornings=demo.mornings if demo.begin else {},
        **{**on_clock, **{key: value for key, value in on_phones.items() if key != "note"}},
    )


async def phones_again(request: Request, visit: Visit = Depends(SEE)) -> Response:
    """The phones, when something changed on them."""
    values = await _phones(_demo(request), visit, request.query_params.get("phone"))
    return pages.fragment("demo_phones.html", visit, request.query_params.get("seen"), **values)


async def clock_again(request: Request, visit: Visit = Depends(SEE)) -> Response:
    """The clock, when it moved."""
    values = await _clock(_demo(request), visit, await snapshot_for(visit))
    return pages.fragment("demo_clock.html", visit, request.query_params.get("seen"), **values)


async def _answer(visit: Visit, where: str, note: tuple[str, str] | None = None) -> Response:
    """With a script: nothing but the word that something changed. Without: back to the page."""
    if visit.is_htmx:
        return Response(status_code=204, headers={"HX-Trigger": "firstcall"})
    if note:
        visit.request.state.session = visit.session.with_note(*note)
    return RedirectResponse(where, 303)


async def say(request: Request, visit: Visit = Depends(SEE)) -> Response:
    """A parent writes; everything that follows has happened when the page is back."""
    demo = _demo(request)
    who, text = visit.form.get("phone", ""), visit.form.get("text", "")
    known = {phone.id for phone in phones(visit.school, await demo.world.lines())}
    if who not in known:
        raise NotHere("There is no such phone.")
    if text.strip():
        async with demo.clock.lock:
            demo.world.in_hand.add(who)
            await demo.world.say(who, text[:LONGEST_TEXT])
            await demo.world.runner.settle()
    return await _answer(visit, f"/?phone={who.replace('+', '%2B')}")


async def turn(request: Request, visit: Visit = Depends(SEE)) -> Response:
    """Turn the clock: by minutes, to a moment, or let it run."""
    demo = _demo(request)
    clock, to = demo.clock, visit.form.get("to", "")
    if to.startswith("play-") and to[5:].isdigit():
        await clock.play(int(to[5:]))
        return await _answer(visit, visit.form.get("back", "/"))
    await clock.play(0)
    snapshot = await snapshot_for(visit)
    moment = {
        "closes": await clock.register_closes(),
        "deadline": clock.deadline(snapshot),
        "next": await demo.world.next_event(),
    }.get(to)
    if to.startswith("+") and to[1:].isdigit():
        moment = snapshot.now + timedelta(minutes=min(int(to[1:]), 600))
    if moment is not None:
        await clock.turn_to(moment)
    return await _answer(visit, pages.local_path(visit.form.get("back"), ""))


async def put_mark(request: Request, visit: Visit = Depends(SEE)) -> Response:
    """A mark is changed in the school's own system."""
    demo = _demo(request)
    pupil = visit.school.roll.pupils.get(visit.form.get("pupil", ""))
    code = visit.form.get("mark", "")
    half = (await snapshot_for(visit)).half
    if pupil is None or not code_set(visit.school.policy.code_set).is_valid(code, half):
        raise NotHere("There is no such pupil, or no such mark.")
    async with demo.clock.lock:
        await demo.world.put_marks(half, {pupil.id: code})
        await demo.world.runner.settle()
    return await _answer(visit, "/", ("done", f"{pupil.called} is marked {code}."))


async def another_morning(request: Request, visit: Visit = Depends(SEE)) -> Response:
    """Another morning from its beginning; what was done in this one is gone."""
    demo = _demo(request)
    wanted = visit.form.get("morning", "")
    if demo.begin is None or wanted not in demo.mornings:
        raise NotHere("There is no such morning.")
    await demo.begin(wanted)
    return RedirectResponse("/", 303)


async def play_as(request: Request, visit: Visit = Depends(SEE)) -> Response:
    """Look at the board as somebody else on the staff."""
    _demo(request)
    member = visit.school.roll.staff_member(visit.form.get("staff", ""))
    if member is not None:
        visit.request.state.session = replace(visit.session, staff=member.id)
    return RedirectResponse(pages.local_path(visit.form.get("back"), ""), 303)
