"""A child that goes along: "Finn has to come too", "the same for her": the days of the child whose news it joins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from attendance.absences import APPOINTMENT
from bot.understanding.children.groups import Group
from bot.understanding.days.school_days import after, on_or_after
from bot.understanding.judging import Judgement, Told, sent_on
from bot.understanding.roles.sentences import end_before

#: Words with which a child joins another one.
_TOO = re.compile(
    r"\b(?:too|as well|also|likewise|either|neither|along|accompany\w*|same)\b"
    r"|\bboth (?:off|out|away|absent|miss\w*|will|of them)\b"
    r"|\b(?:com(?:e|es|ing)|go(?:es|ing)?|bring(?:ing)?|tak(?:e|ing)|travel\w*|fly\w*|needed|needs)\b(?: \w+){0,2}"
    r" with (?:us|me|him|her|them)\b"
)
#: The same days; "the same thing" is only the same illness.
_SAME = re.compile(
    r"\bsame\b(?! (?:thing|bug|illness|cold|cough|virus|symptoms?|problem|reason|way|class|school|bus|boat|room)\b)"
)
#: The same reason, where none is told of the child itself.
_ALIKE = re.compile(
    r"\b(?:same(?! (?:days?|time|as|class|school|bus|room|date|place|week|teacher)\b)|ditto|likewise)\b"
)
#: "His brother too", "and Ann as well", and not a word more.
_AND_NO_MORE = re.compile(
    r"^(?:and |so |[,.] )*(?:(?:his|her|their|the) )?(?:\w+ ){1,2}(?:too|as well|also)"
    r"(?: (?:x+|thanks|thank you|many thanks|sorry|please|today))* ?[.!]?$"
)
#: Days of these parts are no days of the child's own.
_NO_DAY = frozenset(("other", "past"))


def joined(told: Told, group: Group, part: Judgement, before: Sequence[tuple[Group, Judgement]]) -> Judgement:
    """What is judged of a group, with the days, the half and the times of the one before it, which it joins: it is said
    to come along and has no day of its own, or "the same" is said of it.
    """
    words = told.seen.words
    spoken = " ".join(" ".join(words.texts[first:until]) for first, until in group.parts)
    same = _SAME.search(spoken) is not None
    alike = _ALIKE.search(spoken) is not None or _AND_NO_MORE.match(spoken) is not None
    if before and part.why.code is None and alike:
        part = replace(part, judged=before[-1][1].judged, why=before[-1][1].why)
    if before and (after_lead := _left_out(told, group, part, before[-1][1])) is not None:
        return after_lead
    if not before or not (same or _TOO.search(spoken) or _headed(told, before[-1][0], group)):
        return part
    lead = before[-1][1]
    if not same and not lead.days.first > sent_on(told):
        return part  # ill today as well: for how long, nobody said
    inside = {number for first, until in group.parts for number in range(first, until)}
    own = [
        (mention, role)
        for mention, role in told.seen.days.roles
        if mention.first is not None and role not in _NO_DAY and words.word_at(mention.start) in inside
    ]
    if any(not (same and role == "since") for _, role in own):
        return part
    if own:
        back = lead.days.back if part.days.back is None else part.days.back
        later = back is not None and back > part.days.first
        return replace(part, days=replace(part.days, back=back, back_sure=lead.days.back_sure)) if later else part
    if all(words.word_at(moment.start) not in inside for moment, _ in told.seen.times.roles):
        return replace(part, days=lead.days, clock=lead.clock, half=lead.half)
    first = lead.days.first
    back = first if part.days.back == part.days.first else after(first, told.calendar)
    days = replace(part.days, first=first, back=back, said_first=True, first_sure=lead.days.first_sure)
    return replace(part, days=replace(days, back_sure=lead.days.back_sure))


def _left_out(told: Told, group: Group, part: Judgement, lead: Judgement) -> Judgement | None:
    """ "Nora has the dentist at 9.30 and Finn at 9.45", "... and Finn on Friday": the same appointment, left out behind
    the second name, with the day that is told for it; None where it is said in full."""
    texts, words = told.seen.words.texts, told.seen.words
    if lead.why.code != APPOINTMENT or part.why.code not in (None, APPOINTMENT):
        return None
    inside = {number for first, until in group.parts for number in range(first, until)}
    one = next((one for one in told.seen.who.named if one.children == group.children and one.first in inside), None)
    if one is None or texts[one.first - 1 : one.first] not in (["and"], [","], ["&"]):
        return None
    at = one.until + (texts[one.until : one.until + 1] in (["'s"], ["is"]))
    if texts[at : at + 1] not in (["at"], ["on"]):
        return None
    here = (at, at + 1)
    days = [row[0] for row in told.seen.days.roles if row[1] == "absent" and words.word_at(row[0].start) in here]
    day = days[0] if days else None
    timed = any(words.word_at(moment.start) in here for moment, _ in told.seen.times.roles)
    if day is None and not timed:
        return None
    clock = part.clock if part.clock.arrives or part.clock.leaves else lead.clock
    part = replace(part, judged=lead.judged, why=lead.why, days=lead.days, half=lead.half, clock=clock)
    first = on_or_after(day.first, told.calendar) if day is not None and day.first is not None else None
    if first is None:
        return part
    back = first if lead.days.back == lead.days.first else after(first, told.calendar)
    return replace(part, days=replace(lead.days, first=first, back=back, said_first=True, others=()))


def _headed(told: Told, lead: Group, group: Group) -> bool:
    """ "On Friday Ava is off for a wedding and Max for his exam", "Thursday: Ava ..., Max ...": a day that stands
    before both children is that of both."""
    words, line = told.seen.words, told.seen.words.line
    named = [one for one in told.seen.who.named if set(one.children) <= {*lead.children, *group.children}]
    first = next((words.offsets[one.first] for one in named if set(one.children) <= set(lead.children)), None)
    own = next((words.offsets[one.first] for one in named if set(one.children) <= set(group.children)), None)
    if first is None or own is None or own < first:
        return False
    heads = [mention for mention, role in told.seen.days.roles if role == "absent" and mention.single]
    return any(
        mention.end <= first and (end_before(line, own) <= mention.start or line[mention.end :][:3] == " : ")
        for mention in heads
    )
