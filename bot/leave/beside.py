"""Words of today in the middle of our questions about leave: they are answered, and that question stays open.

Whoever is asked "for which child is the leave?" may first have to say that one of them is ill this morning.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Question
from bot.leave import words
from bot.outcome import AskLeave, ChangeLeave, Heard, Outcome, Situation
from bot.understanding import Understanding

TODAYS = frozenset({"absence", "late"})
ILL = frozenset({"I", "M"})


def of_this_morning(heard: Heard, understood: Understanding, only_now: bool = False, missed: bool = False) -> bool:
    """The words, read by themselves, report illness of today, or a child who comes later. `only_now`: illness has to be
    of today in so many words, where "a hospital appointment" may be the reason that we had asked for. `missed`: a child
    of theirs is missed today, so that "she is ill" says why."""
    if understood.intent == "late":
        return words.late_today(heard.text)
    said = words.is_now(heard.text) if only_now else words.is_of_today(heard.text)
    said = said or (missed and {report.code for report in understood.reports} == {"I"})
    if not said or understood.intent != "absence" or not understood.reports:
        return False
    return all(report.code in ILL and report.first_day in (None, heard.day) for report in understood.reports)


def with_leave_waiting(heard: Heard, understood: Understanding, outcome: Outcome, situation: Situation) -> Outcome:
    """The outcome with our question about leave still open, or waiting, where the words were about something of today;
    and with the one that waited open again once nothing else is asked."""
    thread = outcome.conversation
    if any(isinstance(effect, AskLeave | ChangeLeave) for effect in outcome.effects):
        return replace(outcome, conversation=replace(thread, aside=None))
    question = situation.conversation.open_question(heard.at)
    if question is not None and question.is_of_leave and _of_today(heard, understood, question):
        if thread.question is None:
            return replace(outcome, conversation=replace(thread, question=question))
        if not thread.question.is_of_leave:
            return replace(outcome, conversation=replace(thread, aside=question))
    if thread.question is None and thread.aside is not None:
        return replace(outcome, conversation=replace(thread, question=thread.aside, aside=None))
    return outcome


def _of_today(heard: Heard, understood: Understanding, question: Question) -> bool:
    """Illness, or a child who comes later, of today, where today is none of the days that leave is asked for."""
    days = {report.first_day for report in understood.reports}
    if understood.intent not in TODAYS or not days or not days <= {None, heard.day}:
        return False
    return all(draft.first_day is None or draft.first_day > heard.day for draft in question.drafts)
