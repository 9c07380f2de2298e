"""Who of the staff is here: whoever is away is passed over by the ladder, and a deputy decides on leave meanwhile."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from attendance.leave.people import may_decide
from office.board.board_page import done
from office.pages import pages
from office.visit import NotHere, Visit, needs

router = APIRouter()

SEE = needs("see_people")
CHANGE = needs("hold")
HERE = "/staff"


@router.get(HERE)
async def staff(visit: Visit = Depends(SEE)) -> HTMLResponse:
    """Everybody on the staff list, who is away, and who decides on leave today."""
    members = visit.school.roll.staff
    deciding = {member.id for member in members if not member.away and may_decide(member, visit.school)}
    return pages.page("staff.html", visit, members=members, deciding=deciding)


@router.post(f"{HERE}/away")
async def away(visit: Visit = Depends(CHANGE)) -> Response:
    """Somebody is away from now on, or here again."""
    member = visit.school.roll.staff_member(visit.form.get("member", ""))
    if member is None:
        raise NotHere("There is no such member of staff.")
    gone = visit.form.get("away") == "yes"
    said = f"{member.name} is away: no alert goes there." if gone else f"{member.name} is here: alerts go there again."
    act = visit.desk.set_away(visit.staff, member.id, gone)
    return await done(visit, act, said, "set_away", f"staff/{member.id}", away=gone)
