"""A first-day question of an earlier day: what its answer may still be about when the next words come.

The reader takes words without a date for the day that was asked about. That is right until somebody has answered, or
the child has come in; and whom we miss today as well is meant as of today (promise 9: a report covers what it says).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from attendance.case import PRESENT_OUTCOMES, Case
from bot.conversation import Conversation

OF_A_DAY = frozenset({"absence", "reason"})


def asked_about(conversation: Conversation, now: datetime, today: date) -> tuple[date, tuple[str, ...]] | None:
    """The earlier day and the children that the open question is about; None where it is of today, or of no day."""
    question = conversation.open_question(now)
    if question is None or question.kind not in OF_A_DAY or question.drafts or question.day is None:
        return None
    return (question.day, question.children) if question.day < today else None


def still_asked(
    conversation: Conversation, that_day: Iterable[Case], missed_today: Mapping[str, Case], today: date
) -> Conversation:
    """The thread as it stands today. `that_day`: the cases of the day of the question; `missed_today`: today's."""
    question = conversation.question
    if question is None:
        return conversation
    over = {case.pupil for case in that_day if _is_over(case)}
    waits = tuple(child for child in question.children if child not in over)
    missed = tuple(child for child in waits if child in missed_today and _is_missed(missed_today[child]))
    if missed:
        return replace(conversation, question=replace(question, children=missed, day=today))
    return replace(conversation, question=replace(question, children=waits) if waits else None)


def _is_over(case: Case) -> bool:
    """The child came in after all, or somebody has said why it was away."""
    return case.outcome in PRESENT_OUTCOMES or case.reason in ("proposed", "confirmed")


def _is_missed(case: Case) -> bool:
    return case.stage not in ("answered", "settled")
