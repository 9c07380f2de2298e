"""A child who was reported away for some days and came back before the day that was said.

The report is used up then: who is not here again on a later day of it is a new absence, and is asked about (promise 9
covers what was said, and what was said has turned out otherwise).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from attendance.absences import Absence
from attendance.calendar import Session
from attendance.closing import LATE, back_on
from attendance.codes import has_arrived, is_unexplained
from attendance.proposals import withdrawals
from attendance.register import Entry
from service.day.days_after import report_gone
from service.day.no_longer import take_back
from service.turns.turn import Turn
from storage import absences


async def came_back_early(
    turn: Turn, session: Session, entries: dict[str, Entry], reports: Sequence[Absence]
) -> list[Absence]:
    """The reports that still hold at this close; `entries` (by pupil) are kept up with what no longer does.

    Only for children whom nobody has marked or coded otherwise: leave, and what a person entered, stay what they are;
    to confirm a report before its days have come is to enter nothing of them.
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


async def here_again(turn: Turn, session: Session, changed: Sequence[Entry], codes: Mapping[str, str]) -> list[Entry]:
    """The entries as they stand now that these marks came (`codes`, by pupil): who was back for a whole day before, and
    is here again, contradicts a report no more that is used up.
    """
    here = [before.pupil for before in changed if before.ours is not None and has_arrived(codes[before.pupil])]
    if not here:
        return list(changed)
    found = await absences.covering(turn.db, turn.school.id, session.day, here)
    long = [one for one in found if one.live and one.contact and one.code != LATE and one.first_day < session.day]
    if not long:
        return list(changed)
    first = min(one.first_day for one in long)
    known = await turn.entries(sorted({one.pupil for one in long}), first, session.day - timedelta(days=1))
    spent = {one.pupil for one in long if await _ended(turn, one, session.day, _of(one.pupil, known.values()))}
    now = await turn.entries(sorted(spent), session.day, session.day)
    return [now.get((before.pupil, session), before) if before.pupil in spent else before for before in changed]


async def came_in_this_morning(
    turn: Turn, session: Session, entries: dict[str, Entry], reports: Sequence[Absence]
) -> list[Absence]:
    """The reports that still hold at an afternoon's close; `entries` (by pupil) are kept up with what no longer does.

    Whoever was reported away and signed in late all the same (L, U: the office saw them) is missed after lunch like
    anybody who was here (DESIGN section 7). A tick of the class teacher may be the mistake; the report stands then.
    """
    if session.half == "am":
        return list(reports)
    away = [one for one in reports if _may_not_hold(one, session, entries.get(one.pupil), turn)]
    known = await turn.entries(sorted({one.pupil for one in away}), session.day, session.day)
    gone = {one.id for one in away if _signed_in_since(known.get((one.pupil, Session(session.day, "am"))), one)}
    for report in (one for one in away if one.id in gone):
        kept = {key: entry for key, entry in known.items() if key == (report.pupil, session)}
        await turn.amend(withdrawals(report, None, kept, turn.now, turn.school.calendar))
        if (
            now := (await turn.entries([report.pupil], session.day, session.day)).get((report.pupil, session))
        ) is not None:
            entries[report.pupil] = now
    return [one for one in reports if one.id not in gone]


def _may_not_hold(report: Absence, session: Session, entry: Entry | None, turn: Turn) -> bool:
    said = report.contact is not None and report.code != LATE and report.half == "day" and report.leaves is None
    missed = entry is None or (is_unexplained(entry.mis) and not entry.decided)
    return said and missed and report.live and report.covers(session, turn.school.calendar)


def _signed_in_since(morning: Entry | None, report: Absence) -> bool:
    """After the report, and nobody has decided otherwise since."""
    if morning is None or not morning.signed_in or morning.mis_at is None:
        return False
    return morning.mis_at > report.recorded_at


def _may_be_spent(report: Absence, session: Session, entry: Entry | None, turn: Turn) -> bool:
    if report.contact is None or report.code == LATE or report.first_day >= session.day:
        return False
    missed = entry is None or (is_unexplained(entry.mis) and (not entry.decided or entry.confirmed_ahead))
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
    await take_back(turn, report, shorter, since=today, used_up=True)
    report_gone(turn, report)
    return True
