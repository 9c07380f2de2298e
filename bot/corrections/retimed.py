"""Another time for what was just told: "sorry, make that 1.45", after "collecting her at 1.15".

Such words hold nothing but a time. They change the time that we read back, if it is plain which; where it is not, or
where the first words went to a person (an outing between two registers), the office hears of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time

from attendance.absences import APPOINTMENT, Absence
from attendance.calendar import local
from attendance.closing import LATE
from attendance.effects import RaiseAlert
from bot.corrections.moved import MOVED
from bot.corrections.openings import IN_ITS_PLACE, MEANS, SLIPS
from bot.corrections.slips import AT_ONCE
from bot.corrections.time_in_words import in_figures
from bot.for_staff.passing_on import to_read
from bot.outcome import Heard, Outcome, Record, Reply, Situation, Withdraw
from bot.readback import as_put_right
from bot.understanding import Report, Understanding
from bot.understanding.dates.clock import read_times
from bot.understanding.days.school_days import after
from bot.whereabouts.in_after_all import MORNING_IS_OVER

Answer = Callable[[Heard, Understanding, Situation], Outcome]

_TIME = r"(\d{1,2})(?:[.:]?([0-5]\d))? ?(am|pm)?"
_PUTS_RIGHT = rf"(?:{IN_ITS_PLACE}|{MEANS}|{SLIPS}|more like|(?:nearer|closer)(?: to)?|(?:up)?dated? to)"
_AROUND = (
    r"(?:[\s,.!;:-]|\b(?:oh|hi|hello|no|wait|please|thanks|thank you|to|at|for"
    r"|about|around|by|it'?s|is|was|x|now|will be|be)\b)*"
)
_AND_NOT = rf"not {_AROUND}{_TIME}{_AROUND}"
_NEW_TIME = re.compile(
    rf"{_AROUND}(?:{_PUTS_RIGHT}{_AROUND})+{_TIME}{_AROUND}(?:{_AND_NOT})?(?:{_PUTS_RIGHT}{_AROUND})*"
    rf"|{_AROUND}{_TIME}{_AROUND}(?:{_AND_NOT}(?:{_PUTS_RIGHT}{_AROUND})*|(?:{_PUTS_RIGHT}{_AROUND})+)",
    re.IGNORECASE,
)
_BACK_AT = re.compile(
    rf"(?:[\s,.!]|\b(?:(?:s?he|they)(?:'ll)?|will|should|is|be|ok|and|also|sorry|oh|hi)\b)*"
    rf"\b(?:back|in|there)(?: (?:in|at|to))?(?: school)? (?:by|at|for|around|about|from) (?:about )?{_TIME}[\s,.!x]*"
    r"(?:thanks|thank you|please)?\W*",
    re.IGNORECASE,
)
"""Nothing but when the child comes in, after an absence of which only the half was told."""
_FINE = re.compile(r" (?:will|would|should) (?:now )?(?:do|be fine|be ok)\b| is (?:fine|ok|okay|better)\b")
_SCHOOL_BEGINS = 7
_NOW_AT = re.compile(
    r"(?:(?:hi|hello|sorry|his|her|their|the|my|just|oh|,) ?)*(?:[a-z]+ ){1,3}(?:(?:is|has|been) )*now(?: at| is at)?"
    r" [\d.: ]*\d(?: ?[ap]m)?(?: (?:now|today|instead|sorry|thanks|please|x))*"
    r"|(?:(?:hi|sorry|his|her|the|,) ?)*(?:[a-z]+ ){1,3}(?:is )?at [\d.: ]*\d(?: ?[ap]m)? (?:now|instead)"
)
WHEN_DOES_IT_LEAVE = "An appointment is at another time now: ask when the child leaves or comes, if it is in school."
BECAUSE = "A time is put right, and it is not clear of what: read it together with what the family wrote before."


def another_time(
    heard: Heard, understood: Understanding, situation: Situation, record: Answer
) -> Outcome | Understanding | None:
    """What is recorded with the time that the words say instead; None where they are anything else."""
    if (at := _appointment_now_at(heard, understood, situation)) is not None:
        return _at_its_new_time(heard, understood, at, situation, record)
    fine = _will_do(heard, situation)
    times = fine or said_instead(heard.text, _time_told(heard, situation))
    question = situation.conversation.open_question(heard.at)
    busy = understood.safeguarding or (question is not None and not question.is_beside_a_record)
    if times is None or busy:
        return None if busy else _in_by(heard, understood, situation, record)
    new, old = times
    told = [one for one in situation.last_told(heard.at) if fine or heard.at - one.recorded_at <= AT_ONCE]
    if not told and (late := _said_to_be_late(heard, situation)):
        return _late_at(new, late, understood)
    known = {(one.leaves, one.arrives) for one in told}
    which = _which(*known.pop(), new, old) if len(known) == 1 else None
    if which is None:
        return _for_a_person(heard, understood, told, situation)
    reports = tuple(_with(one, which, new) for one in told)
    moved = record(heard, replace(understood, intent="absence", reports=reports, ask=()), situation)
    if any(isinstance(effect, Record) for effect in moved.effects):
        return as_put_right(moved)
    gone = {one.absence.id for one in moved.effects if isinstance(one, Withdraw)}
    taken_back = tuple(Withdraw(one, "cancelled") for one in told if one.id not in gone)  # no register is missed now
    return replace(moved, effects=(*taken_back, *moved.effects))


def _in_by(heard: Heard, understood: Understanding, situation: Situation, record: Answer) -> Outcome | None:
    """ "Back by 11.30", of what was just told as a morning's exam or appointment: the same, with the time."""
    found = _BACK_AT.fullmatch(in_figures(heard.text.strip(), None))
    told = [one for one in situation.last_told(heard.at) if heard.at - one.recorded_at <= AT_ONCE]
    at = _clock(*found.groups()) if found is not None else None
    of_a_part = all(
        one.first_day == heard.day and one.half != "day" and one.arrives is None and one.code != LATE for one in told
    )
    if at is None or not told or not of_a_part or any(one.leaves is not None and one.leaves >= at for one in told):
        return None
    reports = tuple(_with(one, "arrives", at) for one in told)
    return as_put_right(record(heard, replace(understood, intent="absence", reports=reports, ask=()), situation))


def _appointment_now_at(heard: Heard, understood: Understanding, situation: Situation) -> time | None:
    """ "Physio now at 3", of the one appointment that was told and is to come: it is on its day, at another time."""
    told = situation.last_told(heard.at)
    to_come = len(told) == 1 and told[0].code == APPOINTMENT and told[0].first_day >= heard.day
    if not to_come or understood.safeguarding or situation.conversation.open_question(heard.at) is not None:
        return None
    found = _NOW_AT.fullmatch(heard.line)
    said = read_times(heard.line, local(heard.at).time(), []) if found is not None else []
    return said[0].at if len(said) == 1 else None


def _at_its_new_time(
    heard: Heard, understood: Understanding, at: time, situation: Situation, record: Answer
) -> Outcome:
    """The half of the day that it takes now; when the child leaves or comes, if that was told, is to be asked anew."""
    (known,) = situation.last_told(heard.at)
    morning = at < MORNING_IS_OVER
    calendar = situation.school.calendar
    back = known.first_day if morning else after(known.first_day, calendar)
    report = Report((known.pupil,), known.code, known.first_day, back, "am" if morning else "pm")
    outcome = as_put_right(record(heard, replace(understood, intent="absence", reports=(report,), ask=()), situation))
    effects = (_in_its_place(one, known) if isinstance(one, Record) else one for one in outcome.effects)
    outcome = replace(outcome, effects=tuple(effects))
    if known.leaves is None and known.arrives is None:
        return outcome
    read = replace(to_read(heard, situation, WHEN_DOES_IT_LEAVE), pupils=(known.pupil,), climbs=False)
    return replace(outcome, effects=(*outcome.effects, read))


def _in_its_place(new: Record, known: Absence) -> Record:
    """The other half of the day takes the place of the one that was told."""
    return replace(new, replaces=known) if new.replaces is None and new.absence.pupil == known.pupil else new


def _will_do(heard: Heard, situation: Situation) -> tuple[time, None] | None:
    """ "Physio moved to 3 so half two will do", where one time was told: the time that is fine is that one's. The other
    is the appointment's own.
    """
    told = situation.last_told(heard.at)
    one_time = bool(told) and all((one.leaves is None) != (one.arrives is None) for one in told)
    found = _FINE.search(heard.line) if one_time and MOVED.search(heard.text) else None
    if found is None or any(one.first_day < heard.day for one in told):
        return None
    said = [one for one in read_times(heard.line, local(heard.at).time(), []) if one.end >= found.start() - 1]
    return (said[0].at, None) if said and said[0].start < found.start() else None


def said_instead(text: str, told: time | None = None) -> tuple[time, time | None] | None:
    """The time that is meant, and the one that is not, of words that hold nothing else. `told`: the time before."""
    found = _NEW_TIME.fullmatch(in_figures(text.strip(), told))
    if found is None:
        return None
    hour, minute, half, *rest = found.groups()[:6] if found[1] else found.groups()[6:]
    new = _clock(hour, minute, half)
    old = _clock(*rest[:3]) if rest[:1] and rest[0] else None
    return None if new is None else (new, old)


def _clock(hour: str | None, minute: str | None, half: str | None) -> time | None:
    if hour is None:
        return None
    at = int(hour)
    if ((half or "").casefold() == "pm" and at < 12) or (half is None and at < _SCHOOL_BEGINS):
        at += 12
    return time(at, int(minute or 0)) if at < 24 else None


def _said_to_be_late(heard: Heard, situation: Situation) -> list[Absence]:
    """Late is read back without being asked about: "make that 10.30" is a new time of arrival."""
    return [one for one in situation.own_reports if one.code == LATE and heard.at - one.recorded_at <= AT_ONCE]


def _late_at(new: time, late: Sequence[Absence], understood: Understanding) -> Understanding:
    children = tuple(dict.fromkeys(one.pupil for one in late))
    return replace(understood, intent="late", reports=(Report(children, arrives=new),), ask=())


def _time_told(heard: Heard, situation: Situation) -> time | None:
    """The one time that was told just now."""
    told = [*situation.last_told(heard.at), *_said_to_be_late(heard, situation)]
    times = {at for one in told for at in (one.leaves, one.arrives) if at is not None}
    return times.pop() if len(times) == 1 else None


def _which(leaves: time | None, arrives: time | None, new: time, old: time | None) -> str | None:
    """The time that is changed: the one that is denied, the only one, or the only one that can be."""
    if old is not None and old in (leaves, arrives):
        return "leaves" if old == leaves else "arrives"
    if arrives is None or leaves is None:
        return "leaves" if leaves is not None else "arrives" if arrives is not None else None
    if new >= arrives:
        return "arrives"
    return "leaves" if new <= leaves else None


def _with(known: Absence, which: str, new: time) -> Report:
    """As it is known, but for this time: which registers are missed follows from the times anew."""
    leaves = new if which == "leaves" else known.leaves
    arrives = new if which == "arrives" else known.arrives
    part = known.half if leaves is None and (arrives is None or arrives < MORNING_IS_OVER) else "day"
    return Report((known.pupil,), known.code, known.first_day, known.return_day, part, arrives, leaves)


def _for_a_person(heard: Heard, understood: Understanding, told: Sequence[Absence], situation: Situation) -> Outcome:
    pupils = tuple(dict.fromkeys(one.pupil for one in told)) or tuple(
        dict.fromkeys(child for report in understood.reports for child in report.children)
    )
    read: RaiseAlert = to_read(heard, situation, BECAUSE)
    read = replace(read, pupils=pupils or read.pupils)
    return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff", pupils))
