"""Which of a family's messages make one request: the first words, what was said when we asked, and the answer.

Whoever decides reads all of them, and what the first words say of the journey is not asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.outcome import Heard, Situation
from bot.understanding import Report


def together(heard: Heard, reports: Iterable[Report], situation: Situation) -> tuple[Heard, ...]:
    """The messages that led to our question and this one, where it answers the question; else it alone.

    Words about days that the draft does not share are a matter of their own, although we had asked something.
    """
    question = situation.conversation.open_question(heard.at)
    if question is None or not question.drafts:
        return (heard,)
    days_asked = question.is_of_leave and question.kind == "return"
    shares = days_asked or all(_shares(report, draft) for report in reports for draft in question.drafts)
    return (*situation.earlier, heard) if shares else (heard,)


def words_together(heard: Heard, reports: Iterable[Report], situation: Situation) -> str:
    """The words of all of them, one message a line."""
    return "\n".join(one.text for one in together(heard, reports, situation))


def _shares(report: Report, draft: Report) -> bool:
    """Whether two readings can be of the same time away: they share a day, or one of them says none."""
    if report.first_day is None or draft.first_day is None:
        return True
    one_day = timedelta(days=1)
    ends = max(report.return_day or report.first_day, report.first_day + one_day)
    draft_ends = max(draft.return_day or draft.first_day, draft.first_day + one_day)
    return report.first_day < draft_ends and draft.first_day < ends
