""" "Running late, be more like 1.30 at the gate", of a child in class that is to be fetched: the fetcher is late.

Taken for a child that comes late, it would be missed after lunch, and its family frightened while it sits at the
dentist's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time

from attendance.absences import Absence
from attendance.codes import is_unexplained
from bot.for_staff.passing_on import to_read
from bot.naming import is_named
from bot.outcome import Heard, Outcome, Record, Reply, Situation
from bot.readback import as_put_right
from bot.understanding import Report, Understanding
from bot.whereabouts.fetched_now import is_in_class

Answer = Callable[[Heard, Understanding, Situation], Outcome]
_LATE = re.compile(r"\b(?:late|later|traffic|delayed|held up|stuck|running behind)\b")
_COMES_BACK = re.compile(r"\b(?:back|return\w*)\b")
COMES_LATER = "Whoever is to fetch the child comes later than was said: keep it in class until then."


def fetched_later(heard: Heard, understood: Understanding, situation: Situation, record: Answer) -> Outcome | None:
    """The time at which the child leaves, put right; None where nobody was to be fetched, or anything else is said."""
    if understood.urgent or understood.safeguarding or not _somebody_is_late(heard, understood):
        return None
    leaving = _to_be_fetched(heard, understood, situation)
    times = {report.arrives for report in understood.reports}
    at = times.pop() if len(times) == 1 else None
    if not leaving or any(at is not None and one.leaves is not None and at < one.leaves for one in leaving):
        return None
    pupils = tuple(one.pupil for one in leaving)
    read = replace(to_read(heard, situation, COMES_LATER), pupils=pupils)
    mine = all(one.contact == situation.sender.writer for one in leaving)
    if at is None or not mine:  # what one parent has reported is not read back to the other
        return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff", pupils))
    told = replace(understood, intent="absence", reports=tuple(_at(one, at) for one in leaving), ask=())
    outcome = as_put_right(record(heard, told, situation))
    before = {one.pupil: one for one in leaving}
    effects = tuple(_in_its_place(one, before) if isinstance(one, Record) else one for one in outcome.effects)
    return replace(outcome, effects=(*effects, read))


def _somebody_is_late(heard: Heard, understood: Understanding) -> bool:
    """As the reader takes it, or by the words where it hears the appointment again that was told before."""
    if understood.intent == "late":
        return True
    again = understood.intent == "absence" and all(report.leaves is None for report in understood.reports)
    return again and _LATE.search(heard.line) is not None and not _COMES_BACK.search(heard.line)


def _to_be_fetched(heard: Heard, understood: Understanding, situation: Situation) -> list[Absence]:
    """What is known of each of the children meant: all of them leave class today, and do not come back."""
    said = {child for report in understood.reports for child in report.children}
    guessed = "child" in understood.ask and not any(is_named(heard.text, child, situation) for child in said)
    meant: set[str] = set() if guessed else said
    leaving = [
        one
        for one in situation.known
        if one.live and one.first_day == heard.day and one.leaves is not None and one.arrives is None
        if (not meant or one.pupil in meant) and is_in_class(one.pupil, heard, situation)
    ]
    codes = {report.code for report in understood.reports if not is_unexplained(report.code)}
    if not codes <= {one.code for one in leaving}:
        return []
    each = {one.pupil for one in leaving}
    return leaving if len(each) == len(leaving) and (meant == each or (not meant and len(each) == 1)) else []


def _at(known: Absence, leaves: time) -> Report:
    return Report((known.pupil,), known.code, known.first_day, known.return_day, known.half, None, leaves)


def _in_its_place(new: Record, before: dict[str, Absence]) -> Record:
    return new if new.replaces is not None else replace(new, replaces=before.get(new.absence.pupil))
