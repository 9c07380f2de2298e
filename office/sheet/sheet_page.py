"""The call sheet and the hand-taken register as pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from attendance.calendar import Half, Session, local
from attendance.codes import code_set
from attendance.people import Pupil
from office.board.board_page import done, snapshot_for
from office.board.snapshot import Snapshot
from office.pages import pages
from office.sheet import call_sheet, call_sheet_pdf
from office.visit import NotHere, Visit, needs

router = APIRouter()

SHEET = needs("see_call_sheet")
TAKE = needs("take_register")
ACT = needs("act")


@router.get("/call-sheet")
async def sheet(visit: Visit = Depends(SHEET)) -> HTMLResponse:
    """One printable page, at any time."""
    snapshot = await snapshot_for(visit)
    await visit.write_down("view_call_sheet", "call-sheet")
    return pages.page("call_sheet.html", visit, sheet=_sheet(visit, snapshot), snapshot=snapshot)


def _sheet(visit: Visit, snapshot: Snapshot) -> call_sheet.Sheet:
    return call_sheet.build(snapshot, visit.sees, visit.may("see_flags"))


@router.get("/call-sheet.pdf")
async def sheet_pdf(visit: Visit = Depends(SHEET)) -> Response:
    """The same on A4, for a printer that knows no browser, or to be sent on."""
    snapshot = await snapshot_for(visit)
    await visit.write_down("view_call_sheet", "call-sheet.pdf")
    pdf = await run_in_threadpool(call_sheet_pdf.pdf_of, _sheet(visit, snapshot), visit.school, snapshot.now)
    named = f'inline; filename="call-sheet-{local(snapshot.now):%Y-%m-%d-%H%M}.pdf"'
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": named})


@router.get("/register/{group}/{half}")
async def register(group: str, half: str, visit: Visit = Depends(TAKE)) -> HTMLResponse:
    """A class's register, to be taken by hand."""
    snapshot = await snapshot_for(visit)
    pupils, of = _class(visit, group), _half(half)
    session = Session(snapshot.today, of)
    of_the_half = [entry for entry in snapshot.entries if entry.session == session]
    marks = {entry.pupil: entry.current or "" for entry in of_the_half}
    provisional = {entry.pupil for entry in of_the_half if entry.to_confirm}
    return pages.page(
        "register.html", visit, group=group, half=of, pupils=pupils, marks=marks, provisional=provisional,
        codes=teacher_codes(visit, of),
        taken=group in snapshot.taken.get(of, frozenset()),
    )  # fmt: skip


@router.post("/register/{group}/{half}")
async def take_register(group: str, half: str, visit: Visit = Depends(TAKE)) -> Response:
    """These are the marks."""
    pupils, of = _class(visit, group), _half(half)
    session = Session((await snapshot_for(visit)).today, of)
    allowed = {code for code, _ in teacher_codes(visit, of)}
    sent = {pupil: code for pupil in pupils if (code := visit.form.get(f"mark.{pupil.id}", ""))}
    marks = {pupil.id: code for pupil, code in sent.items() if code in allowed}
    foreign = [
        f"{pupil.called}: `{code}` is the office’s to enter." for pupil, code in sent.items() if code not in allowed
    ]
    act = _take(visit, session, marks, foreign)
    said = f"The register of {group} is in: {len(marks)} marks."
    return await done(visit, act, said, "take_register", f"register/{session}/{group}")


@router.post("/register/{group}/{half}/nudge")
async def nudge(group: str, half: str, visit: Visit = Depends(ACT)) -> Response:
    """Remind the teacher."""
    _class(visit, group)
    session = Session((await snapshot_for(visit)).today, _half(half))
    teachers = " and ".join(member.name for member in visit.school.roll.teachers_of(group))
    act = visit.desk.nudge(visit.staff, group, session)
    return await done(visit, act, f"{teachers} is reminded now.", "nudge", f"register/{session}/{group}")


async def _take(visit: Visit, session: Session, marks: Mapping[str, str], foreign: Sequence[str]) -> list[str]:
    """Put the marks; answers, in words, those that were not taken."""
    return [*foreign, *await visit.desk.put_marks(visit.staff, session, marks)]


def teacher_codes(visit: Visit, half: Half) -> list[tuple[str, str]]:
    """The codes that the policy lets a teacher enter, with their names."""
    codes = code_set(visit.school.policy.code_set)
    return [
        (code, codes.get(code).name)
        for code in visit.school.policy.registers.teacher_codes
        if codes.is_valid(code, half)
    ]


def _class(visit: Visit, group: str) -> list[Pupil]:
    pupils = [pupil for pupil in visit.school.roll.groups.get(group, ()) if visit.sees(pupil)]
    if not pupils:
        raise NotHere("There is no such class on your list.")
    return sorted(pupils, key=lambda pupil: (pupil.family, pupil.given))


def _half(half: str) -> Half:
    if half not in ("am", "pm"):
        raise NotHere("A register is of the morning (am) or the afternoon (pm).")
    return "pm" if half == "pm" else "am"
