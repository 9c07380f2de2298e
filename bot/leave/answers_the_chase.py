"""Away today on leave that nobody has decided, in answer to why the child is missing: the question is answered.

"He's at the wedding, like I said" changes or repeats the request. It says where the child is as well: nobody else is
asked, the mark stays N until somebody enters a code, and the head still decides (reading A104).
"""

from __future__ import annotations

from dataclasses import replace

from attendance.events import ReasonGiven
from attendance.leave import WAITING
from bot.outcome import AskLeave, CaseEvent, ChangeLeave, Heard, Outcome, Situation
from bot.understanding import Understanding

_SAYS_SO = frozenset({"absence", "leave"})


def with_today_answered(heard: Heard, understood: Understanding, outcome: Outcome, situation: Situation) -> Outcome:
    """The same with the case of each child answered that the words report away today, under a request that waits."""
    away = {
        child
        for report in understood.reports
        for child in report.children
        if report.code is not None and report.first_day == heard.day
    }
    if understood.intent not in _SAYS_SO or not away:
        return outcome
    told = {one.pupil for one in outcome.effects if isinstance(one, CaseEvent)}
    events = []
    for one in outcome.effects:
        if not isinstance(one, AskLeave | ChangeLeave) or one.request.pupil in told or one.request.pupil not in away:
            continue
        request, case = one.request, situation.cases.get(one.request.pupil)
        waits = request.state in WAITING and request.contact == situation.sender.writer
        if case is None or not case.is_waiting or not waits or not request.covers(case.session.day):
            continue
        if case.session.half in request.halves:
            given = ReasonGiven(f"{heard.id}/leave/{request.pupil}", situation.sender.writer, request.code)
            events.append(CaseEvent(request.pupil, given))
            told.add(request.pupil)
    return replace(outcome, effects=(*outcome.effects, *events)) if events else outcome
