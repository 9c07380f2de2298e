"""Two children in one text, one back and the other away: "Zara is in tomorrow. Maya has the dentist at 2"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from attendance.absences import Absence
from bot.days.return_days import return_changed
from bot.known import is_away_on
from bot.naming import stands_between
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.readback import READ_BACK, read_back
from bot.understanding import Report, Understanding

_OFF = (
    r"(?:['\u2019]?s| is)?(?: still)?(?: the one)? (?:off|away|ill|poorly|at home|staying off)(?: today| then| now)*"
    r"\s*(?:$|[.,!])"
)
"""Behind a name: that it is away, and nothing of why."""
Answer = Callable[[Heard, Understanding, Situation], Outcome]


def with_returns_apart(heard: Heard, understood: Understanding, situation: Situation, answer: Answer) -> Outcome | None:
    """The return changes what is known of the one, and the rest is answered by itself. None where all is one thing."""
    back = tuple(report for report in understood.reports if _only_returns(report))
    rest = tuple(report for report in understood.reports if report not in back)
    if not back or not any(report.code is not None for report in rest):
        return None
    returns = replace(understood, intent="return", reports=back, ask=())
    if (stand := _only_stand(heard, rest, situation)) is not None:
        return _with_what_stands(heard, return_changed(heard, returns, situation), stand, situation)
    intent = "absence" if understood.intent == "return" else understood.intent
    told = answer(heard, replace(understood, intent=intent, reports=rest), situation)
    returned = return_changed(heard, returns, situation)
    conversation = replace(told.conversation, recorded=(*returned.conversation.recorded, *told.conversation.recorded))
    return replace(
        told,
        conversation=conversation,
        effects=(*returned.effects, *told.effects),
        reply=_both(told.reply, returned.reply),
    )


def _only_returns(report: Report) -> bool:
    """The day of return alone: no reason, and no day on which the absence begins."""
    return report.code is None and report.first_day is None and report.return_day is not None


def _only_stand(heard: Heard, rest: tuple[Report, ...], situation: Situation) -> tuple[Absence, ...] | None:
    """ "Freya's gone in, got a mock. Just Lewis off", of two who are reported ill: of him what was told holds. None
    where anything else is said of the others.
    """
    found: list[Absence] = []
    for child in (child for report in rest for child in report.children):
        held = [one for one in situation.last_told(heard.at) if one.pupil == child and is_away_on(one, heard.day)]
        alone = stands_between(heard.text, child, situation, r"\b(?:just|only|but) ", _OFF)
        if len(held) != 1 or not alone:
            return None
        found += held
    return tuple(found)


def _with_what_stands(heard: Heard, returned: Outcome, stand: tuple[Absence, ...], situation: Situation) -> Outcome:
    names = {one.pupil: situation.school.roll.pupils[one.pupil].called for one in stand}
    ids = (*returned.conversation.recorded, *(one.id for one in stand))
    conversation = replace(returned.conversation, recorded=ids, recorded_at=heard.at)
    reply = returned.reply
    if reply is not None and reply.template in READ_BACK:
        values = {**reply.values, "what": f"{reply.values['what']}; {read_back(list(stand), names, heard.day)}"}
        reply = replace(reply, pupils=(*reply.pupils, *names), values=values)
    return replace(returned, conversation=conversation, reply=reply)


def _both(told: Reply | None, returned: Reply | None) -> Reply | None:
    if told is None or returned is None or not {told.template, returned.template} <= READ_BACK:
        return told
    template = "absence.corrected" if "absence.corrected" in (told.template, returned.template) else told.template
    what = f"{returned.values['what']}; {told.values['what']}"
    return replace(
        told,
        template=template,
        pupils=tuple(dict.fromkeys((*returned.pupils, *told.pupils))),
        values={**told.values, "what": what},
    )
