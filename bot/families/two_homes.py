"""Two homes: what one of them said of a child is not said to the other, not even the day of return.

"Sam is off today", from his father, is a report of its own beside that of his mother's household; hers stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from attendance.absences import Absence
from attendance.codes import is_unexplained
from bot.for_the_reader import message_in_context
from bot.outcome import Heard, Situation
from bot.understanding import Message, Understanding
from bot.understanding.places import places_in

Read = Callable[[Message], Understanding]
_A_DAY = timedelta(days=1)


def as_this_home_says(
    heard: Heard, message: Message, whole: Understanding, situation: Situation, read: Read
) -> Understanding:
    """The absence as the words say it, where its day of return may be another household's."""
    theirs = [absence for absence in situation.known if is_anothers(absence, situation)]
    if _is_told_anew(heard, whole, theirs):
        plain = read(replace(message, known=message_in_context(heard, _of_this_home(situation)).known))
        return plain if plain.intent == "absence" else whole
    if whole.intent != "absence":
        return whole
    days = {(absence.pupil, absence.return_day) for absence in theirs if absence.return_day is not None}
    only_with_them = places_in(heard.line).has_it_now() and _is_their_reason(whole, theirs)
    if not only_with_them and not any(
        (c, report.return_day) in days for report in whole.reports for c in report.children
    ):
        return whole
    plain = read(replace(message, known=message_in_context(heard, _of_this_home(situation)).known))
    same = [(one.children, one.code, one.first_day) for one in plain.reports] == [
        (one.children, one.code, one.first_day) for one in whole.reports
    ]
    if only_with_them and plain.intent == whole.intent and all(is_unexplained(one.code) for one in plain.reports):
        return plain
    return plain if plain.intent == whole.intent and same else whole


def _is_told_anew(heard: Heard, whole: Understanding, theirs: list[Absence]) -> bool:
    """ "She's here with me in bed", after the other home's "ill, with me": no word of when it is back, though it was
    read as one beside what is held; each of them has the child, and that must be heard.
    """
    no_day = whole.intent == "return" and all(report.return_day is None for report in whole.reports)
    about = {child for report in whole.reports for child in report.children}
    held = {one.pupil for one in theirs if one.first_day <= heard.day < (one.return_day or heard.day + _A_DAY)}
    return no_day and bool(about) and about <= held and places_in(heard.line).has_it_now()


def as_one_home_has_it(heard: Heard, situation: Situation) -> Situation:
    """The same; where the words only say that the child is with the writer, without what the other home said of it."""
    return _of_this_home(situation) if places_in(heard.line).has_it_now() else situation


def _of_this_home(situation: Situation) -> Situation:
    return replace(situation, known=tuple(one for one in situation.known if not is_anothers(one, situation)))


def _is_their_reason(whole: Understanding, theirs: Iterable[Absence]) -> bool:
    """ "Tobi's with me for the day", after his mother's "ill": read as her reason, which he did not give."""
    held = {(absence.pupil, absence.code) for absence in theirs}
    told = {(child, report.code) for report in whole.reports for child in report.children}
    return bool(told) and told <= held


def is_anothers(absence: Absence, situation: Situation) -> bool:
    """Whether somebody of another household reported it."""
    writer = situation.sender.contact
    if not absence.live or writer is None or absence.contact is None or absence.contact == writer.id:
        return False
    return not situation.school.roll.same_household(absence.pupil, writer.id, absence.contact)
