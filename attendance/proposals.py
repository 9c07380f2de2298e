"""From a report to marks: which sessions it proposes a code for, and what is taken back when it does not hold.

The machine proposes, a person decides: an entry that a person made, and a child who was seen, are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from attendance.absences import Absence
from attendance.answers import SAME_KIND
from attendance.calendar import SchoolCalendar, Session
from attendance.closing import LATE
from attendance.codes import has_arrived, is_unexplained
from attendance.register import MACHINE, MACHINE_POSITION, Amendment, Entry

NO_MARK = "-"
PLAINLY_AWAY = frozenset({"I", "M", "N", "O", "G"})
"""Codes that a later reason may change. Source: SI 2024/208 reg 10."""

Entries = Mapping[tuple[str, Session], Entry]


def proposals(absence: Absence, entries: Entries, now: datetime, calendar: SchoolCalendar) -> list[Amendment]:
    """Provisional codes for every session that the report covers and nobody has explained yet; for an appointment of
    which no time was said, for the registers that are missed.
    """
    if not explains(absence):
        return []
    made: list[Amendment] = []
    for session in absence.sessions(calendar):
        entry = entries.get((absence.pupil, session), Entry(absence.pupil, session))
        if _waits_for_the_register(absence, entry):
            continue
        if entry.decided or has_arrived(entry.mis) or entry.current == absence.code:
            continue
        if not is_unexplained(entry.mis):
            continue
        reported = _amendment(entry, absence.code, "Reported by a listed contact", now)
        made.append(replace(reported, original=entry.mis))  # what was proposed before is no entry of the register
    return made


def explains(absence: Absence) -> bool:
    """A live report with a reason. "On the way" explains no absence, and "rather not say" none either."""
    return absence.live and absence.code != LATE and not is_unexplained(absence.code)


def against_a_person(entry: Entry, code: str) -> bool:
    """A report with a reason against what a person entered. Leave that was granted is none: who is away is away."""
    if not entry.decided or entry.ours is None or has_arrived(entry.ours) or is_unexplained(code) or code == LATE:
        return False
    return entry.ours != code and entry.ours in PLAINLY_AWAY and not {entry.ours, code} <= SAME_KIND


def withdrawals(
    absence: Absence,
    instead: Absence | None,
    entries: Entries,
    now: datetime,
    calendar: SchoolCalendar,
    used_up: bool = False,
) -> list[Amendment]:
    """The codes of a report that no longer holds, where the report that replaces it does not cover them. What a person
    decided on stays; of a report that is `used_up`, what they confirmed before its day came goes with it.
    """
    made: list[Amendment] = []
    for session in absence.sessions(calendar):
        entry = entries.get((absence.pupil, session))
        if entry is None or entry.ours != absence.code:
            continue
        if entry.decided and not (used_up and entry.confirmed_ahead):
            continue
        covered = instead is not None and explains(instead) and instead.covers(session, calendar)
        if instead is not None and covered and not _waits_for_the_register(instead, entry):
            continue
        stays = entry.mis is not None and (is_unexplained(entry.mis) or has_arrived(entry.mis))
        code = entry.mis if stays and entry.mis is not None else NO_MARK
        made.append(_amendment(entry, code, "The report was taken back or changed", now))
    return made


def _waits_for_the_register(absence: Absence, entry: Entry) -> bool:
    """An appointment of which no time was said has no code before the register has missed the child."""
    return absence.some_time_that_day and entry.mis is None


def _amendment(entry: Entry, code: str, reason: str, now: datetime) -> Amendment:
    return Amendment(
        pupil=entry.pupil,
        session=entry.session,
        original=entry.current,
        code=code,
        provisional=True,
        by=MACHINE,
        position=MACHINE_POSITION,
        reason=reason,
        at=now,
    )
