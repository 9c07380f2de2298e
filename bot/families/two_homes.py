"""Two homes: what one of them said of a child is not said to the other, not even the day of return.

"Sam is off today", from his father, is a report of its own beside that of his mother's household; hers stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from attendance.absences import Absence
from bot.for_the_reader import message_in_context
from bot.outcome import Heard, Situation
from bot.understanding import Message, Understanding

Read = Callable[[Message], Understanding]


def as_this_home_says(
    heard: Heard, message: Message, whole: Understanding, situation: Situation, read: Read
) -> Understanding:
    """The absence as the words say it, where its day of return may be another household's."""
    if whole.intent != "absence":
        return whole
    theirs = [absence for absence in situation.known if is_anothers(absence, situation)]
    days = {(absence.pupil, absence.return_day) for absence in theirs if absence.return_day is not None}
    if not any((child, report.return_day) in days for report in whole.reports for child in report.children):
        return whole
    mine = tuple(absence for absence in situation.known if absence not in theirs)
    plain = read(replace(message, known=message_in_context(heard, replace(situation, known=mine)).known))
    same = [(one.children, one.code, one.first_day) for one in plain.reports] == [
        (one.children, one.code, one.first_day) for one in whole.reports
    ]
    return plain if plain.intent == whole.intent and same else whole


def is_anothers(absence: Absence, situation: Situation) -> bool:
    """Whether somebody of another household reported it."""
    writer = situation.sender.contact
    if not absence.live or writer is None or absence.contact is None or absence.contact == writer.id:
        return False
    return not situation.school.roll.same_household(absence.pupil, writer.id, absence.contact)
