"""Pages for people without an account: a family's form, and one decision by a link in an e-mail.

Both live by a signed link (office/leave/links.py). Opening one changes nothing: a form is handed in and a decision is
made by a button, once. They work without JavaScript.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from attendance.calendar import local
from attendance.leave import ten_weeks
from attendance.leave.grounds import ground_of
from attendance.leave.notice import notice_words
from attendance.leave.people import barred_for, may_decide
from office import wording
from office.desk import Desk, NotPossible, Overtaken
from office.leave import family_form, leave_facts
from office.leave.family_form import Answers, Child
from office.leave.leave_decision import choice_of, ticked
from office.leave.links import DecisionLink, OpenForm
from office.pages import pages
from office.pages.compressed import Compressed
from office.sign_in.sessions import Sessions
from office.visit import LARGEST_FORM, Office, OfficeSettings
from storage import audit, journal, leave

DONE = {
    "grant": "The family is told; the letter waits in the office.",
    "some": "The family is told which days; the letter waits in the office.",
    "refuse": "The family is told; the letter waits in the office.",
    "ask_more": "The family is asked in your words; you hear when they answer.",
}
USED = "This link was used already, or is too old. Write to us for a new one: “leave form”."


class Door(Protocol):
    """What the service does for these pages."""

    @property
    def desks(self) -> Mapping[str, Desk]:
        """The desk of every school of this database."""
        ...

    def now(self) -> datetime:
        """The present instant (aware UTC)."""
        ...

    async def form(self, token: str) -> OpenForm | None:
        """The form of a link, while it can still be handed in."""
        ...

    def decision(self, token: str) -> DecisionLink | None:
        """What a decision's link says, while it lives."""
        ...

    async def hand_in(self, form: OpenForm, answers: Answers) -> tuple[str, ...]:
        """Make the requests; answers what the family is told. The link counts no more. Raises Overtaken."""
        ...


def create_leave_door(door: Door, settings: OfficeSettings) -> FastAPI:
    """The application to be mounted at `/leave`. It shares the office's look and headers, and knows no session."""
    app = FastAPI(title="Firstcall leave", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.door = door
    app.state.office = Office(dict(door.desks), settings, Sessions(settings.secret_key, None))
    app.add_middleware(pages.Finish, office=app.state.office)
    app.add_middleware(Compressed)
    app.add_api_route("/form/{token}", form_page, methods=["GET"])
    app.add_api_route("/form/{token}", hand_in, methods=["POST"])
    app.add_api_route("/decide/{token}", decision_page, methods=["GET"])
    app.add_api_route("/decide/{token}", decide, methods=["POST"])
    return app


# -- the family's form -----------------------------------------------------------------------------------------------


async def form_page(request: Request, token: str) -> Response:
    """The empty form, or why there is none."""
    link = await _door(request).form(token)
    if link is None:
        return _plain(request, 410, "This form is closed", USED)
    return _form(request, await _children(request, link), {}, (), {})


async def hand_in(request: Request, token: str) -> Response:
    """The form comes back: what is wrong stands at its field, and what was typed stays."""
    door = _door(request)
    link = await door.form(token)
    if link is None:
        return _plain(request, 410, "This form is closed", USED)
    if not _small(request):
        return _plain(request, 413, "That form is too large", "Please write less.")
    data = await request.form()
    typed = {key: value for key, value in data.items() if isinstance(value, str)}
    chosen = [value for value in data.getlist("child") if isinstance(value, str)]
    children = await _children(request, link)
    answers, faults = family_form.check(typed, chosen, children, local(door.now()).date())
    if answers is None:
        return _form(request, children, typed, chosen, faults, 422)
    try:
        said = await door.hand_in(link, answers)
    except Overtaken as error:
        return _plain(request, 409, "This form is closed", str(error))
    return _page(request, "leave_form_done.html", said=said)


async def _children(request: Request, link: OpenForm) -> tuple[Child, ...]:
    schools = [await desk.school() for desk in _door(request).desks.values()]
    return family_form.children_of(schools, link.channel, link.address)


def _form(
    request: Request,
    children: Sequence[Child],
    typed: Mapping[str, str],
    chosen: Sequence[str],
    faults: Mapping[str, str],
    status: int = 200,
) -> Response:
    if not children:
        return _plain(request, 403, "No child to ask for", "Please ring the school: this is no parent’s number there.")
    several = len({child.school.id for child in children}) > 1
    return _page(
        request, "leave_form.html", status, children=children, typed=typed, chosen=chosen, faults=faults,
        reasons=family_form.REASONS, details=family_form.wanted_details(children), labels=family_form.LABELS,
        several=several, schools=list({child.school.id: child.school for child in children}.values()),
    )  # fmt: skip


# -- one decision ----------------------------------------------------------------------------------------------------


async def decision_page(request: Request, token: str) -> Response:
    """The request, and the buttons. Opening it decides nothing."""
    return await _decision(request, token)


async def _decision(
    request: Request, token: str, note: tuple[str, str] | None = None, status: int = 200, sent: FormData | None = None
) -> Response:
    door = _door(request)
    link = door.decision(token)
    desk = door.desks.get(link.school) if link else None
    if link is None or desk is None:
        return _plain(request, 410, "This link is too old", "Open the request in the office.")
    school, now = await desk.school(), door.now()
    member = school.roll.staff_member(link.staff)
    today = local(now).date()
    async with desk.database.read() as db:
        found = await leave.get(db, school.id, link.leave)
        if found is None or member is None or found.pupil not in school.roll.pupils:
            return _plain(request, 404, "Not here", "There is no such request any more.")
        weeks = await leave_facts.ten_weeks_of(db, school, found.pupil, today)
        heard = leave_facts.heard_of(await journal.of_pupil(db, school.id, found.pupil), found)
    days = None if sent is None else [day for day in sent.getlist("day") if isinstance(day, str)]
    return _page(
        request, "leave_decide.html", status, note=note, typed=sent or {}, asked=found, member=member, school=school,
        asked_days=found.asked_days(school.calendar), chosen=ticked(found, school.calendar, days),
        pupil=school.roll.pupils[found.pupil], may=may_decide(member, school), states=wording.LEAVE_STATES,
        flags=leave_facts.flags_in_words(found, school), days=found.school_days(school.calendar),
        ground=ground_of(found.code), weeks=ten_weeks.words(weeks, leave_facts.sessions_asked(found, school)),
        notice_given=notice_words(local(found.asked_at).date(), found.first_day, school),
        words=[one.text for one in heard if not one.safeguarding],
        details=leave_facts.details_in_words(found),
        asker=school.roll.contacts.get(found.contact or ""), barred=barred_for(found.pupil, school.roll),
    )  # fmt: skip


async def decide(request: Request, token: str) -> Response:
    """The button was pressed."""
    door = _door(request)
    link = door.decision(token)
    if link is None or link.school not in door.desks or not _small(request):
        return _plain(request, 410, "This link is too old", "Open the request in the office.")
    data = await request.form()
    form = {name: value for name, value in data.items() if isinstance(value, str)}
    desk = door.desks[link.school]
    try:
        choice = choice_of(form, [day for day in data.getlist("day") if isinstance(day, str)])
        async with desk.database.read() as db:
            found = await leave.get(db, desk.school_id, link.leave)
        if found is not None and not found.is_open:
            raise Overtaken("It is decided already. Whoever changes a decision does so in the office.")
        await desk.decide_leave(link.staff, link.leave, choice.version, choice.act, choice.reason, choice.days)
    except NotPossible as error:
        return await _decision(request, token, ("problem", str(error)), 422, data)
    except Overtaken as error:
        return await _decision(request, token, ("newer", str(error)), 409, data)
    async with desk.database.begin() as db:
        asked = await leave.get(db, desk.school_id, link.leave)
        subject = f"pupil/{asked.pupil} leave/{link.leave}" if asked else f"leave/{link.leave}"
        deed = audit.Deed(door.now(), link.staff, choice.pressed, subject, {"by": "e-mail link"})
        await audit.append(db, desk.school_id, [deed])
    return await _decision(request, token, ("done", DONE[choice.pressed]))


# -- what they share -------------------------------------------------------------------------------------------------


def _door(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


def _small(request: Request) -> bool:
    length = request.headers.get("content-length", "")
    return length.isdigit() and int(length) <= LARGEST_FORM


def _page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    office: Office = request.app.state.office
    session = office.sessions.new(_door(request).now())
    return HTMLResponse(pages.fill(template, office, session, now=_door(request).now(), **values), status)


def _plain(request: Request, status: int, title: str, text: str) -> HTMLResponse:
    return _page(request, "leave_plain.html", status, title=title, text=text)
