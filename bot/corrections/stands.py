"""What the office has entered stands: a report against it is kept for staff to see, and no answer claims a change.

A code that a person confirmed or entered, here or in the school's own system, is not moved by a message (promise 6).
A child who was seen is another matter: then the register and the report disagree, and staff hear of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from attendance.absences import Absence
from attendance.codes import has_arrived, is_unexplained
from attendance.proposals import against_a_person, explains
from attendance.register import Entry
from bot.drafts import called_names
from bot.outcome import Reply, Situation


def entered_otherwise(absences: Iterable[Absence], situation: Situation) -> tuple[str, ...]:
    """The pupils of reports whose code the register will not show, because somebody has entered another."""
    against = (one.pupil for one in absences if explains(one) and _meets_another_code(one, situation))
    return tuple(dict.fromkeys(against))


def _meets_another_code(absence: Absence, situation: Situation) -> bool:
    covered = absence.sessions(situation.school.calendar)
    entries = (situation.entered.get((absence.pupil, session)) for session in covered)
    return any(entry is not None and _decided(entry) not in (None, absence.code) for entry in entries)


def _decided(entry: Entry) -> str | None:
    """The code of an absence that a person entered; None where nobody did, or the child was seen."""
    code = entry.ours if entry.decided else entry.mis
    return None if code is None or is_unexplained(code) or has_arrived(code) else code


def in_school_by_the_register(absences: Iterable[Absence], situation: Situation) -> tuple[str, ...]:
    """The pupils of reports that the register contradicts in every session: nothing of them is recorded there."""
    against = (one.pupil for one in absences if _is_here_throughout(one, situation))
    return tuple(dict.fromkeys(against))


def _is_here_throughout(absence: Absence, situation: Situation) -> bool:
    covered = absence.sessions(situation.school.calendar)
    entries = [situation.entered.get((absence.pupil, session)) for session in covered]
    return bool(entries) and all(entry is not None and has_arrived(entry.mis) for entry in entries)


def it_stands(pupils: tuple[str, ...], absences: Iterable[Absence], situation: Situation) -> Reply:
    """The answer where nothing else is to be read back; where staff are told of the report, it says that they look."""
    looks = any(_is_looked_at(one, situation) for one in absences if one.pupil in pupils)
    return Reply("absence.stands", pupils, {"names": called_names(situation, pupils), "looks": looks})


def _is_looked_at(absence: Absence, situation: Situation) -> bool:
    covered = absence.sessions(situation.school.calendar)
    entries = (situation.entered.get((absence.pupil, session)) for session in covered)
    return any(entry is not None and against_a_person(entry, absence.code) for entry in entries)
