"""Why a child is away, answered for one of several days that were told together: it is so on all of them."""

from __future__ import annotations

from dataclasses import replace

from attendance.codes import is_unexplained
from bot.outcome import Heard, Situation
from bot.understanding import Understanding


def with_the_other_days(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "Hospital", to why he is off "Monday morning and Tuesday afternoon": the answer is read beside the first day,
    and is the reason of the other one too.
    """
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "reason" or len(question.drafts) < 2 or len(understood.reports) != 1:
        return understood
    (report,), (first, *others) = understood.reports, question.drafts
    same = {replace(draft, first_day=None, return_day=None, session=None) for draft in question.drafts}
    its_days = (report.children, report.first_day, report.return_day, report.session)
    answers = its_days == (first.children, first.first_day, first.return_day, first.session)
    if len(same) > 1 or not answers or is_unexplained(report.code) or "reason" in understood.ask:
        return understood
    more = tuple(replace(other, code=report.code) for other in others)
    return replace(understood, reports=(report, *more))
