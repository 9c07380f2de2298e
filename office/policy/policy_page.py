"""The policy as a page, and the wording of everything that leaves, filled for a real child."""

from __future__ import annotations

from datetime import time

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from attendance.calendar import local
from attendance.people import Pupil
from attendance.policy.readings import readings_for
from messaging.wording import wording
from office.families import people_list
from office.families.people_page import languages
from office.pages import pages
from office.policy import policy_text, previews
from office.policy.policy_day import day_of
from office.visit import Visit, needs

router = APIRouter()
SEE = needs("see_policy")
MATCHES = 8
AFTERNOON = time(13)
"""What a day brings from then on is folded by itself: the morning is what staff look for."""


@router.get("/policy")
async def policy(visit: Visit = Depends(SEE)) -> HTMLResponse:
    """What happens when, each value with where it comes from."""
    own = visit.school.policy
    day = [(moment, policy_text.source_of(own, moment.key)) for moment in day_of(own)]
    return pages.page(
        "policy.html", visit, day=day, noon=AFTERNOON, topics=policy_text.topics(own),
        warnings=policy_text.to_look_at(own), readings=readings_for((own.name, own.short_name)),
        origins=policy_text.SILENT,
    )  # fmt: skip


@router.get("/wording")
async def words(visit: Visit = Depends(SEE)) -> HTMLResponse:
    """Every template in a language, filled for a child whom the visitor may see."""
    asked, own = visit.request.query_params, wording()
    spoken = own.languages()
    language = asked.get("language", "en") if asked.get("language") in spoken else "en"
    seen = people_list.by_name(one for one in visit.school.roll.pupils.values() if visit.sees(one))
    matches, child = _child(visit, seen, asked.get("find", "").strip(), asked.get("pupil", ""))
    today = local(visit.desk.now()).date()
    doubled = previews.doubled_by(seen)
    groups = previews.previews(own, visit.school, child, language, today) if child else []
    return pages.page(
        "wording.html", visit, language=language, spoken=spoken, languages=languages(), child=child,
        find=asked.get("find", "").strip(), matches=matches[:MATCHES], found=len(matches), doubled=doubled,
        shown=previews.DOUBLED_SHOWN, groups=groups,
    )  # fmt: skip


def _child(visit: Visit, seen: list[Pupil], find: str, wanted: str) -> tuple[list[Pupil], Pupil | None]:
    """Whom a search found, and for whom the preview is: the first of them, else the one asked for, else anybody."""
    matches = people_list.found(visit.school.roll, seen, find) if find else []
    chosen = next((pupil for pupil in seen if pupil.id == wanted), None)
    return matches, next(iter(matches), chosen or next(iter(seen), None))
