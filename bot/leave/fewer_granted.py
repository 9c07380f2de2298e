"""Of leave that was granted only some of the days are needed: "great, it's only the Friday we need now".

A person opens the other days. Until then they stand as agreed, and a child who was sent in and did not arrive on one of
them would be missed by nobody: so the words must not pass for thanks.
"""

from __future__ import annotations

import re

from bot.for_staff.passing_on import to_read
from bot.leave import days_said, words
from bot.leave.taken_back import is_ahead
from bot.leave.whose import in_the_same_breath, last_made, own
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Understanding

BECAUSE = "Of leave that was granted fewer days are needed now: look which, and open the others."
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
    named = [day for day in days if _is_named(day.day, f"{day:%A}", heard.text)]
    if len(days) < 2 or not named or len(named) == len(days) or not is_ahead(newest, heard, situation):
        return None
    pupils = tuple(one.pupil for one in in_the_same_breath(newest, own("", situation)))
    return Outcome(
        situation.conversation, (to_read(heard, situation, BECAUSE),), Reply("absence.handed_to_staff", pupils)
    )


def _is_named(number: int, weekday: str, text: str) -> bool:
    short = weekday[:3]
    said = re.search(rf"\b{short}(?:s?|nes|rs?)(?:day)?s?\b", text, re.IGNORECASE) is not None
    return said or days_said.has_number(text, number)
