"""When a register closes: the list is cleaned, and what is left of it is chased.

Reported, on leave, on a trip, excluded, dual registered or present after all: not chased. A blank or `-` in a marked
class counts as N. A class without marks is an alarm to staff; its families hear nothing (promises 1, 7 and 8).
Source: DESIGN section 4; Working together, July 2026, para 407.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from attendance.absences import Absence
from attendance.calendar import Session
from attendance.case import Case
from attendance.codes import has_arrived, is_unexplained
from attendance.effects import RaiseAlert
from attendance.people import Pupil
from attendance.register import Entry
from attendance.school import School


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One session's list of some classes, sorted by what must happen next."""

    chase: tuple[Pupil, ...] = ()
    reported: tuple[tuple[Pupil, Absence], ...] = ()
    """Unexplained in the register, but a live report covers the session: propose its code."""
    late: tuple[tuple[Pupil, Absence], ...] = ()
    """Said to be on the way."""
    expected: tuple[tuple[Pupil, Absence], ...] = ()
    """Away with a reason, and said to come in at a time of this day; nobody has seen them or decided."""
    disagree: tuple[Entry, ...] = ()
    unmarked: tuple[str, ...] = ()
    said_away: tuple[tuple[str, str], ...] = ()
    """Not here, as their families have said, with the code of the words: proposed already, or just now."""


def clean(
    groups: Iterable[str],
    session: Session,
    entries: Mapping[str, Entry],
    absences: Sequence[Absence],
    taken: set[str],
    school: School,
) -> Cleaned:
    """Sort the pupils of `groups`. `entries` by pupil id; `taken` are the classes whose register came in."""
    by_pupil: dict[str, list[Absence]] = {}
    for absence in absences:
        by_pupil.setdefault(absence.pupil, []).append(absence)
    chase: list[Pupil] = []
    reported: list[tuple[Pupil, Absence]] = []
    late: list[tuple[Pupil, Absence]] = []
    expected: list[tuple[Pupil, Absence]] = []
    disagree: list[Entry] = []
    unmarked: list[str] = []
    said_away: list[tuple[str, str]] = []
    for group in dict.fromkeys(groups):
        if group not in taken:
            unmarked.append(group)
            continue
        for pupil in school.roll.groups.get(group, ()):
            if school.window(pupil, session.half) is None:
                continue
            entry = entries.get(pupil.id, Entry(pupil.id, session))
            own = [absence for absence in by_pupil.get(pupil.id, ()) if absence.live]
            covering = _newest(a for a in own if a.code != LATE and a.covers(session, school.calendar))
            coming = _newest(a for a in own if a.code == LATE and _expected_later(a, pupil, session, school))
            if covering is not None and coming is not None and coming.recorded_at > covering.recorded_at:
                covering = None
            if entry.disagrees or (covering is not None and _is_here_against(entry, covering)):
                disagree.append(entry)
            if covering is not None and not entry.present and not entry.decided:
                said_away.append((pupil.id, covering.code))
            if covering is not None and not is_unexplained(covering.code) and covering.comes_in_on(session.day):
                expected += [(pupil, covering)] if _not_seen(entry) else []
            if coming is not None and covering is None and _not_seen(entry):
                late.append((pupil, coming))
            elif not is_unexplained(entry.current):
                continue
            elif covering is not None:
                reported.append((pupil, covering))
            else:
                chase.append(pupil)
    return Cleaned(
        tuple(chase), tuple(reported), tuple(late), tuple(expected), tuple(disagree), tuple(unmarked), tuple(said_away)
    )


LATE = "L"
"""The code of a report that says "late and on the way": it covers nothing and expects an arrival."""


def _newest(absences: Iterable[Absence]) -> Absence | None:
    return max(absences, key=lambda absence: absence.recorded_at, default=None)


def _expected_later(absence: Absence, pupil: Pupil, session: Session, school: School) -> bool:
    """Late for this register: any morning's, and an afternoon's that was said to be missed as well."""
    if absence.first_day != session.day:
        return False
    window = school.window(pupil, session.half)
    return session.half == "am" or (
        absence.arrives is not None and window is not None and absence.arrives > window.opens
    )


def _not_seen(entry: Entry) -> bool:
    """Nobody saw the child and nobody decided: what a report alone made is outdone by "on the way"."""
    return is_unexplained(entry.mis) and (is_unexplained(entry.ours) or not entry.decided)


def _is_here_against(entry: Entry, covering: Absence) -> bool:
    """Marked present by the school's system, and a report with a reason says absent."""
    said = not is_unexplained(covering.code) and not covering.some_time_that_day
    return entry.ours is None and has_arrived(entry.mis) and said


def back_on(absence: Absence, entries: Iterable[Entry]) -> date | None:
    """The first day on which the pupil was here in every session that was marked, after having been reported away for
    it; None where there was none. `entries` are that pupil's. Here for half a day may be ill again by noon.
    """
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.session.day, []).append(entry)
    until = absence.return_day or absence.first_day
    for day in sorted(day for day in by_day if absence.first_day <= day < until):
        if all(_marked_here_since(entry, absence) for entry in by_day[day]):
            return day
    return None


def _marked_here_since(entry: Entry, absence: Absence) -> bool:
    return has_arrived(entry.mis) and entry.mis_at is not None and entry.mis_at > absence.recorded_at


def release_of(case: Case, at: datetime) -> str:
    """The event by which a person lets this case's words go; what is held again is let go again."""
    return f"{_releases_of(case)}{at.isoformat()}"


def was_released(case: Case) -> bool:
    """A person has looked at this case in a held send, and let it go."""
    releases = _releases_of(case)
    return any(event.startswith(releases) for event in case.seen)


def _releases_of(case: Case) -> str:
    return f"release/{case.session}/{case.pupil}/"


def counted(cases: Iterable[Case], session: Session) -> int:
    """The cases of a session's closes that the brake counts: a person who let some go has looked at those, and a mark
    that was put right before anybody was told of it was no N.
    """
    return sum(case.session == session and not (was_released(case) or _put_right(case)) for case in cases)


def _put_right(case: Case) -> bool:
    return case.stage == "settled" and case.outcome == "present_after_all" and not case.attempts


def must_hold(
    new: Sequence[Pupil], already: int, school: School, odd_hour: bool = False, by_hand: bool = False
) -> tuple[Pupil, ...]:
    """The pupils whose words wait for a person: all but the risk tiers, at far more N than usual or an odd hour, or
    while a person holds the session's send.

    `already` are the session's other cases, as `counted`.
    """
    if already + len(new) <= school.policy.brake.more_than and not odd_hour and not by_hand:
        return ()
    return tuple(pupil for pupil in new if not school.policy.is_tiered(pupil.tags))


def held_alert(
    session: Session, held: Sequence[Pupil], school: School, count: int = 0, odd_hour: bool = False, by: str = ""
) -> RaiseAlert:
    """A hold is itself on the ladder, with a clock and the list. `count`: the N marks that the brake saw, those that it
    never holds included. `by`: a person held it, whatever the number.
    """
    count = max(count, len(held))
    why = f"Usually {school.policy.brake.usual} N marks, now {count}"
    if odd_hour:
        why = f"{count} N marks came at an hour when no register closes"
    if count > len(held):
        why += f" ({len(held)} held)"
    if by and not held:
        why = f"Held by {by}, before the register has closed"
    elif by:
        why = f"Held by {by}, {len(held)} {'child' if len(held) == 1 else 'children'}"
    whom = "no family" if count == len(held) or by else "none of their families"
    return RaiseAlert(
        key=f"hold/{session}",
        reason="mass_send_held",
        urgent=True,
        pupils=tuple(pupil.id for pupil in held),
        session=session,
        because=f"{why}: {whom} is written to until you release or stop it.",
    )


def missing_register_alerts(group: str, session: Session, school: School) -> list[RaiseAlert]:
    """The class's own teacher and the office are told at once; its families are not written to.

    It does not climb: from the register deadline on the children are unaccounted for, which does.
    """
    office = RaiseAlert(
        key=f"register/{session}/{group}",
        reason="register_missing",
        urgent=False,
        pupils=tuple(pupil.id for pupil in school.roll.groups.get(group, ())),
        session=session,
        roles=("attendance_officer",),
        climbs=False,
        because=f"The register of {group} is not in.",
    )
    teachers = [role for role in ("tutor", "teacher") if school.roll.staff_for(role, group)]
    return [office, *(replace(office, key=f"{office.key}/{role}", roles=(role,)) for role in teachers[:1])]


def unaccounted_alert(group: str, session: Session, pupils: Sequence[Pupil]) -> RaiseAlert:
    """At the register deadline nobody knows where these children are (promise 8)."""
    return RaiseAlert(
        key=f"unaccounted/{session}/{group}",
        reason="unaccounted",
        urgent=True,
        pupils=tuple(pupil.id for pupil in pupils),
        session=session,
        because=f"The register of {group} was not taken by the deadline; its children are unaccounted for.",
    )
