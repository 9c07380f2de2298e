"""Marks as they arrive from outside: what is wrong is refused one by one with its reason, the others are taken.

A refused mark changes nothing, so its child stays as unexplained as before and is chased like any other.
Source: SI 2024/208 (the codes in force from 19 August 2024); issue "Bad input gets".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attendance.calendar import Session
from attendance.codes import CodeSet, UnknownCode, code_set, edition_for
from attendance.effects import RaiseAlert
from attendance.school import School

NOTHING_ENTERED = ("", "-")
NO_SCHOOL = ("", "-", "#")
"""What a register has for a closed day: that there was no school, which is no mark to keep."""
PRESENT = {"am": "/", "pm": "\\"}
SHOWN = 5
"""So many refused marks are told in one alert; the sender's own report names them all."""


@dataclass(frozen=True, slots=True)
class RefusedMark:
    """One mark that was not taken. `known`: the id is on this school's roll. `why`: what is wrong and what to do."""

    pupil: str
    session: Session
    code: str
    known: bool
    why: str

    def __str__(self) -> str:
        return f"{self.pupil}, {self.session.day:%d/%m/%Y} {self.session.half.upper()}, `{self.code}`: {self.why}"


def sort_marks(
    marks: Mapping[str, str], session: Session, school: School
) -> tuple[dict[str, str], tuple[RefusedMark, ...]]:
    """The marks that can be taken, as the register spells them, and those that cannot."""
    codes = code_set(edition_for(session.day))
    taken: dict[str, str] = {}
    refused: list[RefusedMark] = []
    for pupil, said in marks.items():
        known = pupil in school.roll.pupils
        code = spelt(said, session, codes)
        why = None
        open_day = school.calendar.is_school_day(session.day)
        if not open_day and code in NO_SCHOOL:
            continue
        if not open_day:
            why = f"{session.day:%A %-d %B %Y} is no school day in the calendar; correct the date, or the calendar."
        elif not known:
            why = "nobody on roll has this id; import people first, or correct the id."
        elif code not in NOTHING_ENTERED:
            why = _wrong(code, session, codes)
        if why is None:
            taken[pupil] = code
        else:
            refused.append(RefusedMark(pupil, session, said, known, why))
    return taken, tuple(refused)


def spelt(said: str, session: Session, codes: CodeSet) -> str:
    """As the register writes it: either slash is the present mark of its half, small letters are taken."""
    code = said.strip()
    if code in ("/", "\\", "/\\"):
        return PRESENT[session.half]
    return code.upper() if code not in codes and code.upper() in codes else code


def _wrong(code: str, session: Session, codes: CodeSet) -> str | None:
    try:
        codes.get(code)
    except UnknownCode as error:
        return str(error)
    return None if codes.is_valid(code, session.half) else f"`{code}` is no code of a {session.half} session."


def refused_alert(refused: tuple[RefusedMark, ...], key: str) -> RaiseAlert:
    """The attendance officer hears of marks that nobody has taken: the rest of that register is in without them."""
    first = refused[0]
    listed = "; ".join(f"`{one.code}` ({one.why.partition(';')[0].rstrip('.')})" for one in refused[:SHOWN])
    more = f"; and {len(refused) - SHOWN} more" if len(refused) > SHOWN else ""
    return RaiseAlert(
        key=key,
        reason="register_missing",
        urgent=False,
        pupils=tuple(one.pupil for one in refused if one.known),
        session=first.session,
        roles=("attendance_officer",),
        climbs=False,
        because=f"{len(refused)} marks of {first.session.day:%-d %B} {first.session.half} were refused: "
        f"{listed}{more}.",
    )
