"""Requests for leave as pages: what waits, one request with everything beside it, and the letters to release.

The head grants all or some days, refuses, or asks for more. Nothing is decided by opening a page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from attendance.calendar import local
from attendance.leave import LeaveRequest, ten_weeks
from attendance.leave.grounds import ground_of
from attendance.leave.notice import notice_words
from attendance.leave.people import barred_for, who_decides
from attendance.people import Contact, Pupil
from messaging.letters import PDF, pdf
from office import wording
from office.board.board_page import snapshot_for
from office.child.files import may_open
from office.desk import NotPossible, Overtaken
from office.leave import leave_facts
from office.leave.leave_decision import choice_of, ticked
from office.pages import pages
from office.visit import NotHere, Visit, needs
from storage import attachments, journal, leave, leave_letters
from storage.leave_letters import LetterRow

router = APIRouter()
SEE = needs("see_story")
DECIDE = needs("decide_leave")
WRITE = needs("write")
HERE = "/leave-requests"
SAID = {
    "grant": "Leave granted",
    "some": "Leave granted for the days chosen",
    "refuse": "Leave refused",
    "ask_more": "The family is asked",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A request in the list."""

    request: LeaveRequest
    pupil: Pupil
    asker: Contact | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A message that brought a file or a link; `name` is empty where there is no file."""

    message: str
    number: int
    name: str


@router.get(HERE)
async def every(visit: Visit = Depends(SEE)) -> HTMLResponse:
    """What waits, the letters, and what was decided lately."""
    async with visit.desk.database.read() as db:
        waiting = [row for one in await leave.open(db, visit.school.id) if (row := _row(visit, one))]
        recent = [row for one in await leave.recent(db, visit.school.id) if (row := _row(visit, one))]
        drafts = await leave_letters.drafts(db, visit.school.id)
    await visit.write_down("view_leave", "leave")
    letters = [(one, pupil) for one in drafts if (pupil := _seen(visit, one.pupil_id)) is not None]
    decided = [row for row in recent if not row.request.is_open][:40]
    return pages.page(
        "leave_list.html", visit, waiting=waiting, decided=decided, letters=letters, states=wording.LEAVE_STATES,
        deciders=who_decides(visit.school),
    )  # fmt: skip


@router.get(f"{HERE}/one")
async def one(id: str = "", visit: Visit = Depends(SEE)) -> HTMLResponse:
    """One request, with everything that the head should have seen; without an id the next that waits."""
    return await _one(visit, id or await _next(visit))


async def _next(visit: Visit) -> str:
    async with visit.desk.database.read() as db:
        waiting = await leave.open(db, visit.school.id)
    return next((one.id for one in waiting if _seen(visit, one.pupil) is not None), "")


async def _one(visit: Visit, id: str, note: tuple[str, str] | None = None, status: int = 200) -> HTMLResponse:
    async with visit.desk.database.read() as db:
        request = await leave.get(db, visit.school.id, id)
    if request is None:
        raise NotHere("There is no such request.")
    pupil = visit.pupil(request.pupil)
    await visit.write_down("view_leave", f"pupil/{pupil.id} leave/{id}")
    values = await _beside(visit, request, pupil)
    sent = visit.lists.get("day", ()) if note else None
    return pages.page(
        "leave_one.html", visit, status, note=note, typed=visit.form if note else {}, request=request, pupil=pupil,
        chosen=ticked(request, visit.school.calendar, sent), **values,
    )  # fmt: skip


async def _beside(visit: Visit, request: LeaveRequest, pupil: Pupil) -> dict[str, object]:
    school, today = visit.school, local(visit.desk.now()).date()
    snapshot = await snapshot_for(visit)
    async with visit.desk.database.read() as db:
        lines = await journal.of_pupil(db, school.id, pupil.id)
        weeks = await leave_facts.ten_weeks_of(db, school, pupil.id, today)
        record = await leave_facts.record_of(db, school, pupil.id, today)
        others = [
            other
            for other in await leave.recent(db, school.id)
            if other.id != request.id
            and (other.pupil == pupil.id or (other.together and other.together == request.together))
        ]
        letters = await leave_letters.of_leave(db, school.id, request.id)
        files = [
            Evidence(message, file.number, file.name)
            for message in request.evidence
            for file in await attachments.listed(db, message)
            if may_open(lines, pupil.id, message, file.number, lambda one: visit.reads(snapshot, pupil.id, one))
        ]
    heard = leave_facts.heard_of(lines, request)
    words = [one.text for one in heard if visit.reads(snapshot, pupil.id, one)]
    asked = leave_facts.sessions_asked(request, school)
    return {
        "asker": school.roll.contacts.get(request.contact or ""),
        "link": school.roll.link(pupil.id, request.contact or ""),
        "ground": ground_of(request.code),
        "notice_given": notice_words(local(request.asked_at).date(), request.first_day, school),
        "flags": leave_facts.flags_in_words(request, school),
        "weeks": ten_weeks.words(weeks, asked),
        "since": weeks.since,
        "record": record,
        "days": request.school_days(school.calendar),
        "asked_days": request.asked_days(school.calendar),
        "barred": barred_for(pupil.id, school.roll),
        "parents": [link for link in school.roll.links_of(pupil.id) if link.is_parent and not link.barred],
        "details": leave_facts.details_in_words(request),
        "lacks": [wording.LEAVE_FIELDS.get(key, key) for key in request.lacks],
        "words": words,
        "files": files,
        "others": [row for other in others if (row := _row(visit, other))],
        "letters": letters,
        "states": wording.LEAVE_STATES,
        "deciders": who_decides(school),
        "today": today,
    }


@router.post(f"{HERE}/decide")
async def decide(visit: Visit = Depends(DECIDE)) -> Response:
    """Grant all days or those chosen, refuse, or ask for more."""
    id, chosen = visit.form.get("id", ""), visit.form.get("decision", "")
    pupil = await _pupil_of(visit, id)
    said = f"{SAID.get(chosen, '')} for {pupil.called}; the family is told."
    return await _do(visit, pupil, id, _decide(visit, id), said, chosen)


async def _decide(visit: Visit, id: str) -> None:
    choice = choice_of(visit.form, visit.lists.get("day", ()))
    await visit.desk.decide_leave(visit.staff, id, choice.version, choice.act, choice.reason, choice.days)


async def _pupil_of(visit: Visit, id: str) -> Pupil:
    async with visit.desk.database.read() as db:
        request = await leave.get(db, visit.school.id, id)
    return visit.pupil(request.pupil if request else "")


async def _do(visit: Visit, pupil: Pupil, id: str, act: Awaitable[None], said: str, action: str) -> Response:
    """Carry out an act. What was typed stays in its box when it could not be done."""
    try:
        await act
    except NotPossible as error:
        return await _one(visit, id, ("problem", str(error)), 422)
    except Overtaken as error:
        return await _one(visit, id, ("newer", str(error)), 409)
    await visit.write_down(action, f"pupil/{pupil.id} leave/{id}")
    return pages.back(visit, "done", said)


# -- letters ---------------------------------------------------------------------------------------------------------


@router.get(f"{HERE}/letter")
async def letter(id: str = "", visit: Visit = Depends(SEE)) -> Response:
    """A letter as PDF: as it would leave while it is a draft, and as it left once it was released."""
    found = await _letter(visit, id)
    made = found.pdf or await asyncio.to_thread(pdf, "leave", found.data)
    await visit.write_down("open_letter", f"pupil/{found.pupil_id}", letter=id)
    name = f"leave-{found.data['reference']}.pdf"
    return Response(made, media_type=PDF, headers={"Content-Disposition": f'inline; filename="{name}"'})


@router.post(f"{HERE}/letter/release")
async def release(visit: Visit = Depends(WRITE)) -> Response:
    """A person lets a letter out."""
    found = await _letter(visit, visit.form.get("letter", ""))
    by_mail = visit.form.get("way") == "email"
    said = "The letter is on its way by e-mail." if by_mail else "Released: print it and send it."
    act = visit.desk.release_letter(visit.staff, found.letter_id, "email" if by_mail else "print")
    return await _do(visit, visit.pupil(found.pupil_id), found.leave_id, act, said, "release_letter")


async def _letter(visit: Visit, id: str) -> LetterRow:
    async with visit.desk.database.read() as db:
        found = await leave_letters.get(db, visit.school.id, id)
    if found is None or found.state == "withdrawn":
        raise NotHere("There is no such letter.")
    visit.pupil(found.pupil_id)
    return found


def _row(visit: Visit, request: LeaveRequest) -> Row | None:
    pupil = _seen(visit, request.pupil)
    return Row(request, pupil, visit.school.roll.contacts.get(request.contact or "")) if pupil is not None else None


def _seen(visit: Visit, id: str) -> Pupil | None:
    pupil = visit.school.roll.pupils.get(id)
    return pupil if pupil is not None and visit.sees(pupil) else None
