"""Which of a family's reports words take back: "cancel that please", from a parent who has reported two children.

Those of the child and the day that are named, those of the appointment that is off, else the ones just read back. Where
none of it tells, we ask whose it is: an empty chair that nothing explains any more is as bad as one that is explained
by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from attendance.absences import APPOINTMENT, Absence
from bot.conversation import Question
from bot.drafts import called_names
from bot.for_staff.passing_on import to_read
from bot.naming import is_named, is_named_as_written
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Report, Understanding

WHOSE = "taken_back"
"""The kind of the question whose absence is taken back."""
JUST_NOW = timedelta(minutes=30)
"""So soon after a read-back a word without a name is about it."""
FEW_WORDS = 6
Answer = Callable[[Heard, Understanding, Situation], Outcome]

CALLED_OFF = re.compile(
    r"\b(?:cancel\w*|called (?:it )?off|off sick|no appointment|not on (?:today|now|any more)"
    r"|not going (?:now|after all|any more)|(?:not|no longer) (?:needed|necessary)"
    r"|re-?(?:booked|arranged|scheduled)|postponed)\b"
)
AT_AN_APPOINTMENT = re.compile(
    r"\b(?:appointments?|appts?|dentists?|doctors?|drs?|gps?|hospital|orthodontist|opticians?|clinic|scan|surgery|physio"
    r"|camhs|therapist|consultant|checkup|check up)\b"
)
_THE_LAST = re.compile(
    r"\b(?:that|this|it|last (?:one|message|text)|ignore|disregard|scrap|forget|wrong (?:person|school|number|one))\b"
)
_ALL = re.compile(r"\b(?:both|all|everything|everyone|them|they|they're|twins|kids|children|boys|girls|either)\b")
_CLAUSES = re.compile(r"[.,!?;\n]+|\b(?:but|and|though)\b", re.IGNORECASE)
_OFF_AGAIN = re.compile(r"\b(?:cancel|scrap|ignore|forget|disregard)\b", re.IGNORECASE)
_STILL_OFF = re.compile(
    r"\b(?:still|stays?|staying) (?:\w+ )?(?:off|ill|sick|poorly|unwell|away|home|bad|not)\b"
    r"|\bstill (?:is|has|isn|won)\b",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"\b(?:son|daughter|eldest|oldest|youngest|middle|younger|older|little one|big one|year \d+|yr ?\d+|brother|sister"
    r"|he|she|him|her|he's|she's|boy|girl)\b"
)


def which_taken_back(heard: Heard, understood: Understanding, situation: Situation) -> tuple[list[Absence], bool]:
    """The reports that are meant, and whether it must be asked whose they are: then they are all that may be meant."""
    allowed = situation.sender.may_report
    held = [one for one in situation.known if one.live and one.pupil in allowed and _is_not_over(one, heard.day)]
    named = {child for child in allowed if is_named_as_written(heard.text, child, situation)}
    told = {child for report in understood.reports for child in report.children}
    named = (named & told) or named
    if not named and told and "child" not in understood.ask and _DESCRIBED.search(heard.line):
        named = told
    pool = _any([one for one in held if one.pupil in named], held)
    days = {report.first_day for report in understood.reports if report.first_day is not None}
    pool = _any([one for one in pool if any(_is_of(one, day) for day in days)], pool)
    if AT_AN_APPOINTMENT.search(heard.line):
        off = [one for one in pool if one.code == APPOINTMENT]
        pool = off if off or CALLED_OFF.search(heard.line) else pool
    if len(pool) > 1 and not days and not _ALL.search(heard.line):
        pool = _any(_just_told(heard, pool, situation), pool)
    pupils = {one.pupil for one in pool}
    if len(pupils) > 1 and not _ALL.search(heard.line) and not (named or days) and len({o.message for o in pool}) > 1:
        return pool, True
    nearest = {pupil: _nearest([one for one in pool if one.pupil == pupil], heard.day) for pupil in pupils}
    return [one for one in pool if days or one.first_day == nearest[one.pupil]], False


def _any(some: list[Absence], others: list[Absence]) -> list[Absence]:
    return some or others


def _is_not_over(absence: Absence, today: date) -> bool:
    return (absence.return_day or absence.first_day) >= today


def _is_of(absence: Absence, day: date) -> bool:
    return absence.first_day == day or (
        absence.return_day is not None and absence.first_day <= day < absence.return_day
    )


def _nearest(absences: list[Absence], today: date) -> date:
    """The day of what a child is away for now, else of what comes first."""
    return min((one.first_day for one in absences), default=today)


def _just_told(heard: Heard, pool: list[Absence], situation: Situation) -> list[Absence]:
    """What was read back last, where the words point to it or come at once."""
    ids = {one.id for one in situation.last_told(heard.at)}
    told_at = situation.conversation.recorded_at
    soon = told_at is not None and heard.at - told_at <= JUST_NOW
    return [one for one in pool if one.id in ids] if soon or _THE_LAST.search(heard.line) else []


def ask_whose(heard: Heard, absences: list[Absence], situation: Situation) -> Outcome:
    """One question; the reports stand until it is answered, and the office knows that one of them may not hold."""
    pupils = tuple(dict.fromkeys(one.pupil for one in absences))
    read = to_read(heard, situation, "A contact takes an absence back, and was asked whose; the reports stand.")
    question = Question(WHOSE, pupils, heard.day, heard.at)
    reply = Reply("absence.which_child", pupils, {"names": called_names(situation, pupils)})
    return Outcome(situation.conversation.asks(question), (replace(read, climbs=False),), reply)


def whose_it_was(heard: Heard, understood: Understanding, situation: Situation, cancel: Answer) -> Outcome | None:
    """A name, or "both", to the question whose absence is taken back. None where anything else is said."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != WHOSE or understood.safeguarding or understood.urgent:
        return None
    named = tuple(child for child in question.children if is_named(heard.text, child, situation))
    if not named and _ALL.search(heard.line):
        named = question.children
    if not named or len(heard.text.split()) > FEW_WORDS:
        return None
    return cancel(heard, replace(understood, intent="cancel", reports=(Report(named),), ask=()), situation)


def appointment_is_off(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "The dentist has cancelled, so Tom will be in", "it's called off, he's staying in school": no return from an
    appointment, and no child to be looked for, but an appointment of the writer's own telling that is taken back.
    """
    said = CALLED_OFF.search(heard.line) is not None and AT_AN_APPOINTMENT.search(heard.line) is not None
    calm = said and not understood.safeguarding and "?" not in heard.text
    if not calm or understood.intent not in ("return", "present") or any(one.arrives for one in understood.reports):
        return understood
    told = {child for report in understood.reports for child in report.children}
    days = {report.return_day for report in understood.reports if report.return_day is not None}
    ahead = [one for one in situation.own_reports if one.code == APPOINTMENT and _is_not_over(one, heard.day)]
    ahead = [one for one in ahead if not days or one.first_day in days]
    named = {child for child in told if is_named_as_written(heard.text, child, situation)}
    off = [one for one in ahead if one.pupil in named] if named else ahead
    pupils = tuple(dict.fromkeys(one.pupil for one in off))
    if not pupils or (named and set(pupils) != named) or any(pupil in situation.cases for pupil in pupils):
        return understood
    return replace(understood, intent="cancel", reports=(Report(pupils),), urgent=False, ask=())


def the_others_stand(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "Tobi has perked up so cancel his, Amina still off": his is taken back, and hers stands as it was told."""
    if understood.intent not in ("return", "absence", "cancel") or understood.urgent or understood.safeguarding:
        return understood
    off: set[str] = set()
    stay: set[str] = set()
    for clause in _CLAUSES.split(heard.text):
        named = {child for child in situation.sender.may_report if is_named(clause, child, situation)}
        off |= named if _OFF_AGAIN.search(clause) else set()
        stay |= named if _STILL_OFF.search(clause) else set()
    held = {one.pupil for one in situation.own_reports if _is_not_over(one, heard.day)}
    if not off or not stay or off & stay or not off | stay <= held:
        return understood
    return replace(understood, intent="cancel", reports=(Report(tuple(sorted(off))),), ask=())
