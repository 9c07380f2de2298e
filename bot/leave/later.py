"""Back on another day: "our flight is delayed" goes to the same request, an earlier return opens the later marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from attendance.absences import Absence
from attendance.effects import RaiseAlert
from attendance.events import ReasonGiven
from attendance.leave import WAITING, LeaveRequest, machine, people
from attendance.leave.grounds import GROUNDS, HOLIDAY, taken_as
from bot.conversation import Question
from bot.drafts import called_names
from bot.for_staff.passing_on import to_read
from bot.leave import days_said, words
from bot.leave.asked import DETAIL, as_it_was
from bot.leave.home_from_refused import REFUSED, home_from_refused
from bot.leave.made import changed_to
from bot.leave.telling import leave_to_decide, received
from bot.leave.whose import own
from bot.naming import is_named
from bot.outcome import BotEffect, CaseEvent, ChangeLeave, Heard, Outcome, Record, Reply, Situation
from bot.understanding import Report, Understanding

UNTIL = "until"
"""What we ask when somebody is delayed and does not say until when."""
LEAVE_CODES = frozenset({*GROUNDS, HOLIDAY})


def delayed(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Flight delayed, back Friday": the same request, before the head again. The child is accounted for meanwhile."""
    asked = situation.conversation.open_question(heard.at)
    waits = asked is not None and asked.kind == DETAIL and UNTIL in asked.lacks
    if not (waits or words.late_back(heard.text)):
        return None
    running = [one for one in own(heard.text, situation) if _runs(one, heard.day, situation)]
    if not running or _comes_today(heard, understood, running, situation):
        return None
    until = _day_back(heard, understood)
    refused = [one for one in running if one.state in REFUSED]
    if until is not None and len(refused) == len(running) and until > heard.day:
        return home_from_refused(heard, understood, refused, until, situation)
    pupils = tuple(dict.fromkeys(one.pupil for one in running))
    if until is None or any(until <= one.back_on(situation.school.calendar) for one in running):
        if waits:
            return None
        question = Question(DETAIL, pupils, heard.day, heard.at, leave=True, lacks=(UNTIL,))
        values = {"names": called_names(situation, pupils)}
        return Outcome(situation.conversation.asks(question), (), Reply("leave.until_when", pupils, values))
    effects = [effect for one in running for effect in longer(heard, one, until, situation)]
    said: dict[str, object] = {"names": called_names(situation, pupils), "return_day": until}
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), Reply("leave.longer", pupils, said))


def _comes_today(heard: Heard, understood: Understanding, running: list[LeaveRequest], situation: Situation) -> bool:
    """The train home is late, and the child comes to school from it on the very day of its return: late, not longer."""
    over = all(one.back_on(situation.school.calendar) <= heard.day for one in running)
    at_a_time = any(report.arrives is not None for report in understood.reports)
    return over and understood.intent == "late" and (at_a_time or words.under_way(heard.text))


def _day_back(heard: Heard, understood: Understanding) -> date | None:
    """The day back as it was read, or as it is written out; "tomorrow" is never anything else."""
    read = next((report.return_day for report in understood.reports if report.return_day is not None), None)
    written = days_said.back_said(heard.text, heard.day)
    return written if read is None or written == heard.day + timedelta(days=1) else read


def _runs(request: LeaveRequest, today: date, situation: Situation) -> bool:
    """Decided, begun, and not long over: the child may still be away on it."""
    decided = request.is_granted or request.state in REFUSED
    if not decided or request.first_day > today:
        return False
    back = request.until or request.return_day or request.first_day
    return back >= today or len(situation.school.calendar.between(back, today)) <= 3


def _are_refused(request: LeaveRequest, today: date, back: date, situation: Situation) -> bool:
    """Granted in part, and the days from today until that return are those that the head did not agree to."""
    days = situation.school.calendar.between(today, back)
    asked = [day for day in days if request.covers(day)]
    return request.until is None and bool(asked) and asked == [*days] and not any(map(request.grants, days))


def _is_to_come(request: LeaveRequest, back: date, today: date, situation: Situation) -> bool:
    """Granted and not begun: "the wedding is on Tuesday as well, so back Wednesday". Of a child who is away now for
    something else, a day of return is of that.
    """
    away = any(
        known.live and known.pupil == request.pupil and known.first_day <= today <= (known.return_day or today)
        for known in situation.known
    )
    return request.is_granted and today < request.first_day < back and not away


def longer(heard: Heard, request: LeaveRequest, until: date, situation: Situation) -> list[BotEffect]:
    """The later return before the head. Whether the added days are leave nobody has decided, so that their mark stays N
    (A48); what the head has refused already has the code of what was taken.
    """
    calendar = situation.school.calendar
    asked = replace(machine.ask_longer(request, until), messages=(*request.told, heard.id))
    from_day = request.back_on(calendar) if request.is_granted else (request.return_day or request.first_day)
    absence = Absence(
        id=f"{heard.id}/{request.pupil}/longer",
        pupil=request.pupil,
        first_day=max(from_day, request.first_day),
        code=taken_as(request.code),
        recorded_at=heard.at,
        return_day=until,
        contact=situation.sender.writer,
        message=heard.id,
    )
    alert = RaiseAlert(
        f"leave/{request.id}/longer/{until}",
        "leave_to_decide",
        False,
        (request.pupil,),
        f"The family asks to be back on {until:%-d %B} instead of {from_day:%-d %B}. Days that are over are not "
        "granted.",
        roles=(people.deciding_role(situation.school),),
        climbs=False,
    )
    undecided = request.is_granted and not request.covers(from_day)
    effects: list[BotEffect] = [ChangeLeave(asked), *(() if undecided else (Record(absence),)), alert]
    case = situation.cases.get(request.pupil)
    if case is not None and absence.covers(case.session, calendar):
        code = request.code if undecided else absence.code
        given = ReasonGiven(f"{heard.id}/longer/{request.pupil}", situation.sender.writer, code)
        effects.append(CaseEvent(request.pupil, given))
    return effects


def _is_the_leave_itself(
    heard: Heard, understood: Understanding, mine: list[LeaveRequest], situation: Situation
) -> bool:
    """ "We flew home early, Lily will be in tomorrow", read as a holiday that has begun: the leave with another day
    back, and no report against what the head entered.
    """
    stands = (one for one in mine if one.is_granted or one.state in WAITING)
    begun = {one.pupil: one for one in stands if one.first_day <= heard.day}

    def meant(report: Report) -> list[str]:
        """Whom the words name; "we are staying until Friday" names nobody, and is of whoever is on that leave."""
        named = [child for child in report.children if is_named(heard.text, child, situation)]
        return named or [child for child in report.children if child in begun]

    def is_of_it(report: Report) -> bool:
        first = report.first_day
        return (
            report.code in LEAVE_CODES
            and first is not None
            and report.return_day is not None
            and bool(meant(report))
            and all(child in begun and begun[child].covers(first) for child in meant(report))
        )

    return understood.intent == "absence" and bool(understood.reports) and all(map(is_of_it, understood.reports))


def return_moved(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Another day of return alone: of an open request it is a change, of a granted one it is the head's to decide."""
    back, mine = _day_back(heard, understood), own(heard.text, situation)
    if back is None or not (understood.intent == "return" or _is_the_leave_itself(heard, understood, mine, situation)):
        return None
    waiting = [one for one in mine if one.state in WAITING and one.first_day < back]
    if waiting and not any(known.live and known.first_day <= heard.day for known in situation.known):
        return changed(heard, waiting, Report((), None, None, back), situation)
    running = [one for one in mine if one.is_granted and _runs(one, heard.day, situation)]
    if running and all(_are_refused(one, heard.day, back, situation) for one in running):
        return home_from_refused(heard, understood, running, back, situation)
    running += [one for one in mine if _is_to_come(one, back, heard.day, situation)]
    return asked_of_the_head(heard, running, back, situation) if running else None


def changed(heard: Heard, waiting: Sequence[LeaveRequest], report: Report, situation: Situation) -> Outcome:
    """Requests that wait for their decision, with the days that `report` names: before the head as they are now."""
    anew = [changed_to(heard, one, replace(report, children=(one.pupil,)), situation) for one in waiting]
    effects: list[BotEffect] = []
    for one, before in zip(anew, waiting, strict=True):
        effects.append(ChangeLeave(one))
        if not as_it_was(one, before):  # "back on the Monday", as we have it: nothing to decide anew
            effects.append(leave_to_decide(one, situation, f"changed/{heard.id}"))
    return Outcome(situation.conversation, tuple(effects), received(heard, anew, situation))


def asked_of_the_head(heard: Heard, running: Sequence[LeaveRequest], back: date, situation: Situation) -> Outcome:
    """Of granted leave more days are the head's to decide; fewer, or the same, are read by the office."""
    pupils = tuple(dict.fromkeys(one.pupil for one in running))
    later = [one for one in running if back > one.back_on(situation.school.calendar)]
    if not later:
        earlier = [one for one in running if back < one.back_on(situation.school.calendar)]
        because = (
            "Back earlier than the leave that was granted: the later marks are opened; look whether that is right."
            if earlier
            else "The family says that the child is back on the day that was agreed."
        )
        changes = [ChangeLeave(machine.back_earlier(one, back)) for one in earlier]
        read = to_read(heard, situation, because)
        return Outcome(situation.conversation, (*changes, read), Reply("absence.handed_to_staff", pupils))
    effects = [effect for one in later for effect in longer(heard, one, back, situation)]
    values = {"names": called_names(situation, pupils), "return_day": back}
    return Outcome(situation.conversation, tuple(effects), Reply("leave.longer", pupils, values))
