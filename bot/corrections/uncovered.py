"""What a correction leaves unexplained: "moved to 2", of the dentist who explained an empty chair this morning; "no",
to what was read back; "just Ella sorry", after we had Ella and Tom off.

However a report is put right or taken back, a register of today that it covered and that has closed may be without a
reason again. The case that rested on it waits again; where no case asks, a named person hears of the child (promise 1).
"""

from __future__ import annotations

from dataclasses import replace

from attendance.absences import Absence
from attendance.calendar import Half, Session
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.events import ReasonWithdrawn
from bot.for_staff.passing_on import has_closed, here_by_the_register, is_to_read, nobody_asks
from bot.outcome import CaseEvent, ComesIn, Heard, Outcome, Record, Situation, Withdraw

HALVES: tuple[Half, ...] = ("am", "pm")
RESTS = ("answered", "settled")
"""Stages of a case that may rest on what a contact said; in every other one the child is looked for as it is."""


def with_what_no_longer_holds(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and what has to happen for children of whom a closed register is not explained any more."""
    gone = [one.absence for one in outcome.effects if isinstance(one, Withdraw)]
    gone += [one.replaces for one in outcome.effects if isinstance(one, Record) and one.replaces is not None]
    told = {one.pupil for one in outcome.effects if isinstance(one, CaseEvent | ComesIn)}
    told |= {pupil for one in outcome.effects if is_to_read(one) and one.urgent for pupil in one.pupils}
    pupils = tuple(
        pupil
        for pupil in dict.fromkeys(absence.pupil for absence in gone if absence.live)
        if pupil not in told and _is_uncovered(heard, pupil, gone, outcome, situation)
    )
    waits = [
        unexplained_again(heard, pupil, situation, _safe_by_another(pupil, gone, situation))
        for pupil in pupils
        if pupil in situation.cases
    ]
    return replace(outcome, effects=(*outcome.effects, *waits, *nobody_asks(heard, pupils, situation)))


def unexplained_again(heard: Heard, pupil: str, situation: Situation, stands: str | None = None) -> CaseEvent:
    """What the writer had said of this child today does not hold."""
    return CaseEvent(pupil, ReasonWithdrawn(f"{heard.id}/no/{pupil}", situation.sender.writer, stands))


def _is_uncovered(heard: Heard, pupil: str, gone: list[Absence], outcome: Outcome, situation: Situation) -> bool:
    """Whether a register of this child that these reports explained is explained by nothing that stands or is new."""
    if here_by_the_register(heard, pupil, situation):
        return False
    calendar, case = situation.school.calendar, situation.cases.get(pupil)
    if case is not None and case.stage not in RESTS:
        return False
    explains = [one for one in _standing(pupil, gone, situation) if not is_unexplained(one.code)]
    explains += [one.absence for one in outcome.effects if isinstance(one, Record) and one.absence.pupil == pupil]
    for session in [case.session] if case is not None else [Session(heard.day, half) for half in HALVES]:
        before = any(one.pupil == pupil and one.covers(session, calendar) for one in gone)
        now = any(one.covers(session, calendar) for one in explains)
        if before and not now and has_closed(heard, pupil, session.half, situation):
            return True
    return False


def _safe_by_another(pupil: str, gone: list[Absence], situation: Situation) -> str | None:
    """Another contact who has said that the child is safe in this session, and not why it is away."""
    session = situation.cases[pupil].session
    found = (
        one.contact
        for one in _standing(pupil, gone, situation)
        if one.code != LATE
        and one.contact != situation.sender.writer
        and one.covers(session, situation.school.calendar)
    )
    return next(found, None)


def _standing(pupil: str, gone: list[Absence], situation: Situation) -> list[Absence]:
    """What else is reported of this child."""
    taken_back = {absence.id for absence in gone}
    return [one for one in situation.known if one.pupil == pupil and one.live and one.id not in taken_back]
