"""Written in the evening of a school day: "I kept her off today" is about the day that is over.

Without a day said, an evening's message is about the next school day; most that say "today" then tell what happened at
school and mean tomorrow's absence as well. Only plain words of having been away today are about today itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

from attendance.calendar import SchoolCalendar, local
from bot.understanding.days.school_days import after
from bot.understanding.days.when import DAY_ENDS
from bot.understanding.evidence import Reading
from bot.understanding.learned.days import Chosen

_NOT_IN = (
    r"(?:off|absent|away|(?:at |stayed |stay |been |was |were |is )home|not (?:been )?(?:in|at school|here|with you)"
    r"|(?:was|were|is|are|did|has|have|could|been)(?:n['’]?t|nt| not)(?: \w+){0,2} (?:in|school|come|make it|with you)"
    r"|kept(?: \w+){1,3} (?:off|home|back)|missed(?: \w+)? (?:school|today)|no school|didn['’]?t go"
    r"|ill|unwell|poorly|sick)"
)
_AWAY_TODAY = re.compile(
    rf"\b{_NOT_IN}\b(?:\W+\w+){{0,5}}?\W+(?:all day )?today\b|\btoday\b(?:\W+\w+){{0,4}}?\W+{_NOT_IN}\b", re.IGNORECASE
)
_STILL_TO_COME = re.compile(
    r"\b(?:at school|from school|came|come home|comes|sent home|pick\w*|collect\w*|since|started|starting|fell|broke"
    r"|will|wo ?n['’]?t|['’]ll|shall|keeping|keep|going|gonna|not coming|won't|cant|can['’]?t|expect|next|rest of)\b",
    re.IGNORECASE,
)

_FORGOT = re.compile(
    r"\b(?:forgot|meant|did not (?:get (?:a chance|round)|manage)|should have|never got round)(?: \w+)?"
    r" (?:to |let |tell|told|text|rung|rang|call|message|e-?mail|phone)"
    r"|\bshould have (?:said|rung|called|told|texted)\b"
    r"|\bsorry (?:for |i )?(?:not|did not|never) (?:ring|call|text|say|tell|let|message|phone|e-?mail)\w*\b"
    r"|\bsorry (?:this|it) is (?:so )?late\b|\bnever (?:rang|called|texted|told you|let you know|messaged)\b"
)
_PAST = re.compile(r"\b(?:was|were|had|been|felt|threw up|vomited|woke)\b")
_NOW = re.compile(r"\b(?:is|are|has|still|now|tomorrow|tonight|feel|feels|feeling|needs|want|wants)\b")
_JOURNEYS = frozenset(("C", "G", "R", "O", "T", "N"))
_SETS_OFF = re.compile(
    r"\b(?:fly|flying|travel\w*|leav\w+|go|going|driv\w+|set off|setting off|depart\w*|head\w*)\b(?: \w+){0,5}?"
    r" (?:tonight|this evening|after school|when school finishes)\b"
)
_OFF_TODAY = re.compile(
    r"\b(?:today|this morning|this afternoon)\b|\b(?:not|never)(?: be| been| coming| going){0,2} (?:in|to school)\b"
)
_IN_THE_MORNING = re.compile(r"(?<!good )\bin the morning\b")
_THAT_MORNING = re.compile(r"\b(?:was|were|had|did|came|got|went|been)\b(?: [^ .!?]+){0,4} in the morning\b")


def about_the_next_morning(seen: Reading, days: Chosen, arrives: time | None, calendar: SchoolCalendar) -> Chosen:
    """ "She comes with me in the morning and is in by twelve", told in the evening beside what happened that day."""
    now = local(seen.message.sent_at)
    if arrives is None or arrives > now.time() or now.time() <= DAY_ENDS or days.first != now.date():
        return days
    line = seen.words.line
    if seen.message.asked is not None or not _IN_THE_MORNING.search(line) or _THAT_MORNING.search(line):
        return days
    first = after(days.first, calendar)
    if first is None:
        return days
    back = first if days.back in (days.first, first) else days.back
    return replace(days, first=first, back=back)


def after_they_set_off(seen: Reading, days: Chosen, code: str, calendar: SchoolCalendar) -> Chosen:
    """ "My mother passed, we are travelling tonight", written before school: the child is in school today, and away
    from the next day on.
    """
    line, today = seen.words.line, local(seen.message.sent_at).date()
    if code not in _JOURNEYS or days.first != today or seen.message.asked is not None or days.back in (None, today):
        return days
    if not _SETS_OFF.search(line) or _OFF_TODAY.search(line):
        return days
    first = after(today, calendar)
    if first is None or days.back <= first:
        return days
    return replace(days, first=first, said_first=True)


def _forgot_to_say(seen: Reading) -> bool:
    """ "Moe was sick, sorry I forgot to say": told late, in the past, with nothing of what is still to come."""
    line = seen.words.line
    told = _FORGOT.search(line) is not None and _PAST.search(line) is not None
    return told and _STILL_TO_COME.search(line) is None and _NOW.search(line) is None


def about_the_day_that_is_over(seen: Reading, days: Chosen, calendar: SchoolCalendar) -> Chosen:
    """The same days, or those of an absence today where the words say it of today and of nothing else."""
    now, said = local(seen.message.sent_at), [mention for mention, _ in seen.days.roles]
    if seen.message.asked is not None or now.time() <= DAY_ENDS:
        return days
    if not said and _forgot_to_say(seen) and calendar.is_school_day(now.date()):
        return replace(days, first=now.date(), back=None, back_sure=0.0)
    if [mention.form for mention in said] != ["today"]:
        return days
    if said[0].first != now.date() or days.first == now.date():
        return days
    line = seen.words.line
    if _STILL_TO_COME.search(line) or not _AWAY_TODAY.search(line):
        return days
    return replace(days, first=now.date(), back=None, said_first=True, first_sure=said[0].sure, back_sure=0.0)
