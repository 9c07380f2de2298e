"""The audit: who looked at what and who changed it, for the safeguarding lead and the headteacher; and as CSV."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from attendance.calendar import instant, local
from attendance.people import Pupil
from office.families import people_list
from office.pages import pages
from office.pages.csv_file import csv_answer
from office.staff.audit_words import did, entry_of
from office.visit import Visit, needs
from storage import audit
from storage.audit import Wanted

router = APIRouter()
SEE = needs("see_audit")
SHOWN = 100
MOST_LINES = 100_000
"""Lines of one file; a longer time is asked for in parts."""


def _day(text: str, next_day: bool = False) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return instant(day + timedelta(days=next_day), time(0, 0))


def _pupil(visit: Visit) -> Pupil | None:
    """The child that is looked for: by its id, else the first whom the letters find."""
    asked, roll = visit.request.query_params, visit.school.roll
    found = people_list.found(roll, people_list.by_name(roll.pupils.values()), asked.get("find", "").strip())
    return next(iter(found), roll.pupils.get(asked.get("pupil", "")))


def _wanted(visit: Visit) -> tuple[Wanted, Pupil | None]:
    asked, pupil = visit.request.query_params, _pupil(visit)
    nobody = "nobody of this name" if asked.get("find", "").strip() and pupil is None else ""
    return (
        Wanted(
            staff=asked.get("staff", ""),
            pupil=pupil.id if pupil else nobody,
            action=asked.get("action", ""),
            since=_day(asked.get("from", "")),
            until=_day(asked.get("to", ""), next_day=True),
        ),
        pupil,
    )


@router.get("/audit")
async def audit_page(visit: Visit = Depends(SEE)) -> HTMLResponse:
    """A hundred lines, the newest first."""
    asked = visit.request.query_params
    wanted, pupil = _wanted(visit)
    before = asked.get("before", "")
    async with visit.desk.database.read() as db:
        deeds = await audit.search(db, visit.school.id, wanted, SHOWN + 1, int(before) if before.isdecimal() else None)
        kinds = await audit.actions(db, visit.school.id)
    await visit.write_down("view_audit", f"pupil/{pupil.id}" if pupil else "audit")
    query = {key: asked.get(key, "") for key in ("staff", "action", "from", "to") if asked.get(key)}
    if pupil is not None:
        query["pupil"] = pupil.id
    older = urlencode({**query, "before": deeds[SHOWN - 1].seq}) if len(deeds) > SHOWN else ""
    return pages.page(
        "audit.html", visit, entries=[entry_of(one, visit.school) for one in deeds[:SHOWN]], asked=asked, pupil=pupil,
        kinds=sorted((did(kind), kind) for kind in kinds), older=older, query=urlencode(query), first=not before,
    )  # fmt: skip


@router.get("/audit.csv")
async def audit_csv(visit: Visit = Depends(SEE)) -> Response:
    """The same as a file, every line of it."""
    wanted, pupil = _wanted(visit)
    async with visit.desk.database.read() as db:
        deeds = await audit.search(db, visit.school.id, wanted, MOST_LINES)
    await visit.write_down("export_audit", f"pupil/{pupil.id}" if pupil else "audit", lines=len(deeds))
    head = ["number", "at", "who", "position", "account", "action", "in_words", "subject", "children", "detail"]
    rows = []
    for deed in deeds:
        one = entry_of(deed, visit.school)
        rows.append(
            [
                one.number, local(one.at).isoformat(timespec="seconds"), one.who, one.position,
                deed.detail.get("account") or "", deed.action, one.what, deed.subject,
                "; ".join(name for _, name, _ in one.pupils), one.detail,
            ]
        )  # fmt: skip
    return csv_answer("audit", head, rows)
