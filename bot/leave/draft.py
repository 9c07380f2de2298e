"""The answer to what we asked before there is a request: for which child, which days, why. The draft keeps the rest.

The reader takes an answer for a report of its own where it can, and would call a holiday an illness; what we asked
about leave stays leave, and a place ("Los Cristianos") is no name of a child.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.conversation import Question
from bot.for_the_reader import children_of
from bot.leave import days_said, words
from bot.leave.asked import leave_asked
from bot.leave.beside import ILL, of_this_morning
from bot.leave.days_meant import NO_LEAVE, days_written, school_day_after, with_days_said
from bot.leave.draft_names import children_said
from bot.leave.told import words_together
from bot.leave.unsaid import says_why
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Message, Report, Understanding, understand


def named_now(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """A child, or all of them, named where we had asked for whom leave is meant; asked again where nobody is named."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "child" or not question.is_of_leave or not question.drafts:
        return None
    if words.is_of_today(heard.text) or words.withdraws(heard.text) or understood.intent in ("cancel", "help"):
        return None
    if _is_of_other_days(heard, question, situation):
        return None
    children = children_said(heard.text, situation)
    if not children:
        return None if understood.intent not in ("absence", "leave") else _again(heard, question, situation)
    draft = question.drafts[0]
    report = Report(children, draft.code, draft.first_day, draft.return_day, draft.session)
    lacks = ("dates",) if draft.first_day is None else ("reason",) if draft.code in NO_LEAVE else ()
    named = replace(understood, intent="leave", reports=(report,), ask=lacks)
    whole = replace(heard, text=words_together(heard, (report,), situation))
    return leave_asked(heard, with_days_said(whole, named, situation) or named, situation)


def _is_of_other_days(heard: Heard, question: Question, situation: Situation) -> bool:
    """A whole request of its own, whatever we had asked: it writes out days that the draft does not have."""
    said, begins = days_written(heard, situation), question.drafts[0].first_day
    if said is None or begins is None or not words.asks_for_leave(heard.text):
        return False
    ends = question.drafts[0].return_day or begins
    return said.last < begins or said.first > ends


def days_now(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The days written out where we had asked for them: they take the place of what the first words left open."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "return" or not question.is_of_leave or not question.drafts:
        return None
    said, draft = days_written(heard, situation), question.drafts[0]
    before = (days_said.month_said(one.text, heard.day) for one in reversed(situation.earlier))
    month = draft.first_day or next((one for one in before if one is not None), heard.day)
    span = days_said.span_of_numbers(heard.text, month) if said is None else None
    pair = days_said.away_and_back(heard.text, month) if said is None and span is None else None
    if pair is not None and draft.first_day is None and pair[0] > heard.day and draft.children:
        lacks = ("reason",) if draft.code in NO_LEAVE else ()
        report = Report(draft.children, draft.code or "N", *pair, "day")
        return leave_asked(heard, replace(understood, intent="leave", reports=(report,), ask=lacks), situation)
    said = said or span
    whole = None if span is not None else _with_the_day_back(heard, understood, question)
    if whole is not None:
        return leave_asked(heard, whole, situation)
    if said is None and question.leave and draft.first_day is None:
        return _days_read(heard, understood, draft, situation)
    if said is None or words.withdraws(heard.text) or said.first <= heard.day or not draft.children:
        return None
    only_back = said.first == said.last and (not question.leave or draft.first_day is not None)
    if only_back or any(report.first_day == heard.day and report.code in ILL for report in understood.reports):
        return None
    back = said.last if said.last < said.first else school_day_after(said.last, situation)
    why = (report.code for report in understood.reports if report.code not in NO_LEAVE and report.code not in ILL)
    code = draft.code if draft.code not in NO_LEAVE else next(why, None)  # "its a christening, 11th and 12th March"
    lacks = () if code else ("reason",)
    report = Report(draft.children, code or draft.code or "N", said.first, back, "day")
    return leave_asked(heard, replace(understood, intent="leave", reports=(report,), ask=lacks), situation)


def _with_the_day_back(heard: Heard, understood: Understanding, question: Question) -> Understanding | None:
    """ "Thursday 21st", "she will be back on Thursday", to the day back in school: the drafts, with that day.

    A day of the week alone is the first such day after they leave.
    """
    days = {report.return_day for report in understood.reports}
    back = days.pop() if understood.intent == "return" and len(days) == 1 else None
    first = max((draft.first_day for draft in question.drafts if draft.first_day is not None), default=None)
    if back is None or first is None or any(draft.first_day is None for draft in question.drafts):
        return None
    if back <= first and days_said.only_a_weekday(heard.text):
        back += timedelta(days=7 * ((first - back).days // 7 + 1))
    if back <= first or words.withdraws(heard.text):
        return None
    reports = tuple(replace(draft, code=draft.code or "N", return_day=back) for draft in question.drafts)
    lacks = ("reason",) if any(report.code in NO_LEAVE for report in reports) else ()
    return replace(understood, intent="leave", reports=reports, ask=lacks)


def _days_read(heard: Heard, understood: Understanding, draft: Report, situation: Situation) -> Outcome | None:
    """ "Friday and Monday": days without their month are read as those of a child who is off then."""
    if understood.intent not in ("return", "leave", "absence") or not draft.children:
        return None
    if words.withdraws(heard.text) or words.is_of_today(heard.text):
        return None
    school = situation.school
    name = school.roll.pupils[draft.children[0]].given
    said = Message(heard.at, children_of(situation), None, (), f"{name} will be off school {heard.text}")
    read = understand(said, school.calendar, certainty=school.policy.understanding)
    days = [report for report in read.reports if report.first_day is not None and report.first_day > heard.day]
    if len(days) != 1:
        return None
    lacks = ("reason",) if draft.code in NO_LEAVE else ()
    report = replace(days[0], children=draft.children, code=draft.code or "N")
    return leave_asked(heard, replace(understood, intent="leave", reports=(report,), ask=lacks), situation)


def reason_now(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Why, where we had asked: for the children and days of the draft. What no ground fits, the head reads as it is.

    Illness and appointments are no leave, a question is no reason, and words that name a child or days are read as they
    stand: all of these are left to the other rules.
    """
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "reason" or not question.leave:
        return None
    complete = [one for one in question.drafts if one.children and one.first_day and one.first_day > heard.day]
    if not complete or children_said(heard.text, situation) or days_written(heard, situation) is not None:
        return None
    turns = (words.withdraws, words.late_back, words.changes, words.only_polite)
    coded = {report.code for report in understood.reports}
    if any(turn(heard.text) for turn in turns) or coded & ILL or of_this_morning(heard, understood, only_now=True):
        return None
    if understood.intent not in ("absence", "leave", "question", "return") or "?" in heard.text:
        return None
    if not says_why(heard.text, situation):
        return None
    code = next((report.code for report in understood.reports if report.code not in NO_LEAVE), "N")
    reports = tuple(replace(draft, code=code) for draft in complete)
    return leave_asked(heard, replace(understood, intent="leave", reports=reports, ask=()), situation)


def _again(heard: Heard, question: Question, situation: Situation) -> Outcome:
    """The same question once more: the words name no child of theirs, and may say something for the head."""
    told = replace(question, messages=(*question.messages, heard.id))
    return Outcome(
        situation.conversation.asks(told), (), Reply("leave.missing", (), {"names": (), "missing": ("child",)})
    )
