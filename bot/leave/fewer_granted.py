"""Of leave that was granted only some of the days are needed: "great, it's only the Friday we need now", or none of
them any more: "moved to Thursday, so he'll be in tomorrow".

A person opens the other days, where the words do not name each of them. Until then they stand as agreed, and a child
who was sent in and did not arrive on one of them would be missed by nobody: so the words must not pass for thanks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from attendance.leave import machine
from bot.for_staff.passing_on import is_to_read, to_read
from bot.leave import days_said, words
from bot.leave.taken_back import is_ahead
from bot.leave.whose import in_the_same_breath, last_made, own
from bot.outcome import BotEffect, ChangeLeave, Heard, Outcome, Reply, Situation
from bot.understanding import Understanding

BECAUSE = "Of leave that was granted fewer days are needed now: look which, and open the others."
OPENED = (
    "Of leave that was granted the first days are not needed: they are opened, and an N on them is chased as always; "
    "look whether that is right."
)
BACK_IN = "Leave was granted for a day on which the family now says that the child is in: open that day."
_WILL_BE_IN = re.compile(
    r"\b(?:will|['\u2019]?ll|can|is|are|be|comes?|coming|going)\b(?: (?:be|come|now|be coming|be back|go))? (?:back )?"
    r"(?:in(?: (?:to )?school)?|at school|to school)\b[^,.;!?]{0,12}?"
    r"\b(tomorrow|mon(?:day)?|tues?(?:day)?|wed(?:s|nes)?(?:day)?|thu(?:rs?)?(?:day)?|fri(?:day)?)\b",
    re.IGNORECASE,
)
_NOT_IN = re.compile(
    r"\b(?:not|never|neither|won['\u2019]?t|can['\u2019]?t|isn['\u2019]?t|cannot|if|whether|unless)\b", re.IGNORECASE
)
_JUST = re.compile(
    r"\b(?:just|only)\b((?:\W+(?:off|away|out|needs?|wants?|the|on|for|be|now|it['’]?s|that))*\W+\w+)", re.IGNORECASE
)
_NEEDED = re.compile(r"\b(?:needs?|wants?|now|then|after all|going|go|off|away)\b", re.IGNORECASE)


def fewer_of_the_granted(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """A person reads it, and the family hears so; None where no such leave is to come, or another day is named."""
    newest = last_made(one for one in own(heard.text, situation) if one.is_granted)
    apart = understood.urgent or understood.safeguarding or "?" in heard.text or words.says_back(heard.text)
    if newest is None or apart or not (words.says_only(heard.text) and _NEEDED.search(heard.text)):
        return None
    if words.is_of_today(heard.text) and not words.says_when(heard.text):
        return None
    days = situation.school.calendar.between(newest.first_day, newest.back_on(situation.school.calendar))
    named = [day for day in days if _is_named(day, heard.text, heard.day)]
    plainly = len(named) == len(days)
    if plainly:  # "she'll be in Monday, just off Tuesday"
        named = [day for day in named if any(_is_named(day, one[1], heard.day) for one in _JUST.finditer(heard.text))]
    if len(days) < 2 or not named or len(named) == len(days) or not is_ahead(newest, heard, situation):
        return None
    last = in_the_same_breath(newest, own("", situation))
    pupils = tuple(one.pupil for one in last)
    if plainly and named == list(days[-len(named) :]) and all(one.is_granted for one in last):
        changes = [ChangeLeave(machine.begin_later(one, named[0])) for one in last]
        effects: tuple[BotEffect, ...] = (*changes, to_read(heard, situation, OPENED))
        return Outcome(situation.conversation, effects, Reply("absence.handed_to_staff", pupils))
    return Outcome(
        situation.conversation, (to_read(heard, situation, BECAUSE),), Reply("absence.handed_to_staff", pupils)
    )


def with_the_granted_day_opened(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """ "Moved to Thursday so he'll be in tomorrow", of leave that was granted for tomorrow: whatever else comes of it,
    a person opens that day. Left as agreed, it would have nobody look for a child who was sent in.
    """
    said = [
        found[1]
        for found in _WILL_BE_IN.finditer(heard.text)
        if not _NOT_IN.search(heard.text[max(0, found.start() - 20) : found.end()])
    ]
    if not said or any(isinstance(one, ChangeLeave) for one in outcome.effects):
        return outcome
    calendar, today = situation.school.calendar, heard.day
    granted = [one for one in own(heard.text, situation) if one.is_granted and one.first_day > today]
    if not any(
        _is_named(day, word, today) and not _is_named(one.back_on(calendar), word, today)
        for word in said
        for one in granted
        for day in calendar.between(one.first_day, one.back_on(calendar))
    ):
        return outcome
    read = to_read(heard, situation, BACK_IN)
    others = (one for one in outcome.effects if not (is_to_read(one) and one.key == read.key))
    return replace(outcome, effects=(*others, read))


def _is_named(day: date, text: str, today: date) -> bool:
    """The words name the day: by its weekday or its number, or as tomorrow."""
    weekday = rf"{day:%a}(?:s?|nes|rs?)(?:day)?s?"
    names = f"{weekday}|tomorrow" if day == today + timedelta(days=1) else weekday
    said = re.search(rf"\b(?:{names})\b", text, re.IGNORECASE) is not None
    return said or days_said.has_number(text, day.day)
