"""A child who was reported away for some days and came back before the day that was said.

The report is used up then: who is not here again on a later day of it is a new absence, and is asked about (promise 9
covers what was said, and what was said has turned out otherwise).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from attendance.absences import Absence
from attendance.calendar import Session
from attendance.closing import LATE, back_on
from attendance.codes import is_unexplained
from attendance.register import Entry
from service.days_after import report_gone
from service.no_longer import take_back
from service.turn import Turn
from storage import absences


async def came_back_early(
    turn: Turn, session: Session, entries: dict[str, Entry], reports: Sequence[Absence]
) -> list[Absence]:
    """The reports that still hold at this close; `entries` (by pupil) are kept up with what no longer does.

    Only for children whom nobody has marked or coded otherwise: leave, and what a person entered, stay what they are.
    """
    long = [one for one in reports if _may_be_spent(one, session, entries.get(one.pupil), turn)]
    if not long:
        return list(reports)
    first = min(one.first_day for one in long)
    known = await turn.entries(sorted({one.pupil for one in long}), first, session.day - timedelta(days=1))
    spent = {one.id for one in long if await _ended(turn, one, session.day, _of(one.pupil, known.values()))}
    changed = sorted({one.pupil for one in long if one.id in spent})
    for (pupil, of), entry in (await turn.entries(changed, session.day, session.day)).items():
        if of == session:
            entries[pupil] = entry
    return [one for one in reports if one.id not in spent]


def _may_be_spent(report: Absence, session: Session, entry: Entry | None, turn: Turn) -> bool:
    if report.contact is None or report.code == LATE or report.first_day >= session.day:
        return False
    missed = entry is None or (is_unexplained(entry.mis) and (entry.ours is None or entry.provisional))
    return missed and report.live and report.covers(session, turn.school.calendar)


def _of(pupil: str, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.pupil == pupil]


async def _ended(turn: Turn, report: Absence, today: date, entries: Sequence[Entry]) -> bool:
    """Whether the child was back: then the report covers the days before that one, and no others."""
    day = back_on(report, entries)
    if day is None:
        return False
    await absences.set_state(turn.db, turn.school.id, [report.id], "replaced")
    shorter = None
    if day > report.first_day:
        shorter = replace(report, id=f"{report.id}/until/{day}", return_day=day, recorded_at=turn.now)
        await turn.add_absence(shorter)
    await take_back(turn, report, shorter, since=today)
    report_gone(turn, report)
    return True
