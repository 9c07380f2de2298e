"""Said to be on the way, and the register has the child in school already: words and a mark that cross, or disagree.

Nobody is "expected later today" who has signed in. Where the mark cannot be right by these words ("/" for a child who
is still at home, or a time of arrival that is to come), somebody looks whether it is the right child's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from attendance.absences import Absence
from attendance.calendar import Session, instant, local
from attendance.case import PRESENT_OUTCOMES
from attendance.closing import LATE
from attendance.codes import SIGNED_IN, has_arrived
from attendance.effects import RaiseAlert
from bot.known import is_away_on
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.whereabouts.in_after_all import COMING, MORNING_IS_OVER

_NO_MORE_THAN_THAT = 12


def mark_of(pupil: str, heard: Heard, situation: Situation) -> str | None:
    """The code by which the register has the child in school in its newest session of today, or None.

    From noon on the morning's mark says nothing of who is late back after lunch.
    """
    sessions = [Session(heard.day, "pm")]
    if local(heard.at).time() < MORNING_IS_OVER:
        sessions.append(Session(heard.day, "am"))
    entries = (situation.entered.get((pupil, session)) for session in sessions)
    newest = next((entry for entry in entries if entry is not None and entry.mis is not None), None)
    return newest.current if newest is not None and has_arrived(newest.current) else None


def register_agrees(heard: Heard, understood: Understanding, pupils: Iterable[str], situation: Situation) -> bool:
    """ "He felt better so he went in", "I dropped her off myself", of children who are all in by the register.

    A question ("is he there?") is somebody's worry, and so are words that do not name the child.
    """
    meant = set(pupils)
    named = {child for report in understood.reports for child in report.children}
    if not meant or not meant <= named or "?" in heard.text or understood.safeguarding:
        return False
    return all(_is_here(pupil, heard, situation) for pupil in meant)


def went_in_already(report: Report, known: Absence, heard: Heard, situation: Situation) -> bool:
    """ "He insisted on going, the other two are home", of a child reported away for today whom the register has in
    school: the report does not hold, and nobody waits for who is here. Who is only now said to come is waited for.
    """
    today = report.return_day == heard.day == known.first_day and known.half != "pm"
    mine = situation.sender.contact is not None and known.contact == situation.sender.contact.id
    if not today or not mine or "?" in heard.text or known.pupil in situation.cases or report.arrives is not None:
        return False
    return not COMING.search(heard.line) and mark_of(known.pupil, heard, situation) is not None


def crossed_the_all_clear(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """ "Ben is in school, I walked him in", from whoever has just heard from us that he is: nothing is left to do.

    A longer text may hold more than that, and is read.
    """
    children = {child for one in understood.reports for child in one.children}
    short = len(heard.text.split()) <= _NO_MORE_THAN_THAT
    return short and _heard_from_us(children, situation) and register_agrees(heard, understood, children, situation)


def has_the_all_clear(heard: Heard, pupils: Iterable[str], situation: Situation) -> bool:
    """ "Is he there then?", from whoever has heard from us that he is, as the register still has it."""
    meant = set(pupils)
    return (
        bool(meant) and _heard_from_us(meant, situation) and all(_is_here(pupil, heard, situation) for pupil in meant)
    )


def _heard_from_us(pupils: Iterable[str], situation: Situation) -> bool:
    """Whether the writer was asked about these children, and has been told that they are here."""
    cases = [situation.cases.get(pupil) for pupil in pupils]
    return all(
        case is not None
        and case.cleared
        and any(attempt.contact == situation.sender.writer for attempt in case.attempts)
        for case in cases
    )


def all_signed_in(heard: Heard, pupils: Iterable[str], situation: Situation) -> bool:
    """ "Is Ruby in?", of a child whom the office has signed in late: it saw her, so she hears so, and nobody is
    alarmed. A class teacher's tick is no such thing, nor is a child who was reported away today.
    """
    meant = set(pupils)
    signed_in = all(mark_of(pupil, heard, situation) in SIGNED_IN for pupil in meant)
    return signed_in and in_by_the_register(heard, meant, situation)


def in_by_the_register(heard: Heard, pupils: Iterable[str], situation: Situation) -> bool:
    """The newest mark of today has them all in school, and nobody misses them or says that they are away."""
    meant = set(pupils)
    told = (absence for absence in situation.known if absence.live and absence.code != LATE)
    away = {absence.pupil for absence in told if is_away_on(absence, heard.day)}
    return bool(meant) and meant.isdisjoint(away) and all(_is_here(pupil, heard, situation) for pupil in meant)


def _is_here(pupil: str, heard: Heard, situation: Situation) -> bool:
    case = situation.cases.get(pupil)
    seen = case is None or (case.stage == "settled" and case.outcome in PRESENT_OUTCOMES)
    return seen and mark_of(pupil, heard, situation) is not None


def cannot_be_right(mark: str, arrives: time | None, heard: Heard) -> bool:
    """The child has not set foot in school by these words."""
    to_come = arrives is not None and instant(heard.day, arrives) > heard.at
    return to_come or mark not in SIGNED_IN


def look_at_the_mark(pupil: str, mark: str, heard: Heard) -> RaiseAlert:
    return RaiseAlert(
        f"message/{heard.id}/here/{pupil}",
        "discrepancy",
        False,
        (pupil,),
        f"The register has the child in school ({mark}), and a contact says that it is still on the way.",
        roles=("attendance_officer",),
    )
