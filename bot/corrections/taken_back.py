"""What puts an earlier report right: another return day, a cancelled absence, a plain no."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from attendance.absences import Absence
from attendance.calendar import Half
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.effects import RaiseAlert
from attendance.events import OnTheWay
from bot.conversation import Question
from bot.corrections.uncovered import unexplained_again
from bot.corrections.which_taken_back import CALLED_OFF, ask_whose, which_taken_back
from bot.drafts import called_names
from bot.for_staff.passing_on import TAKEN_BACK, has_closed, here_by_the_register, to_read, to_staff
from bot.known import STILL_COMING, is_away_on
from bot.outcome import BotEffect, ComesIn, Heard, Outcome, Reply, Situation, Withdraw
from bot.readback import read_back, read_back_in_school
from bot.understanding import Report, Understanding
from bot.whereabouts.here_already import register_agrees
from bot.whereabouts.in_after_all import comes_instead
from bot.whereabouts.lateness import expected_at, late_reported

_OF_ANOTHER_DAY = re.compile(r"\b(?:tomorrow|next week|(?:mon|tues|wednes|thurs|fri)day)\b.*\bcancel")


def cancelled(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Takes back an absence that has not happened."""
    children = {child for report in understood.reports for child in report.children}
    withdrawn, unclear = which_taken_back(heard, understood, situation)
    if not withdrawn or not children <= set(situation.sender.may_report):
        return to_staff(heard, understood, situation)
    if unclear:
        return ask_whose(heard, withdrawn, situation)
    if comes_instead(heard, withdrawn, situation):
        return _on_the_way(heard, understood, withdrawn, situation)
    effects: list[BotEffect] = [Withdraw(absence, "cancelled") for absence in withdrawn]
    conversation = replace(situation.conversation, question=None)
    if _only_not_late(heard, withdrawn, situation):
        names = {absence.pupil: situation.school.roll.pupils[absence.pupil].called for absence in withdrawn}
        what = read_back_in_school(withdrawn, names, heard.day)
        return Outcome(conversation, tuple(effects), Reply("absence.corrected", tuple(names), {"what": what}))
    read = _taken_back(heard, withdrawn, situation)
    reply = Reply("absence.handed_to_staff")
    if _not_yet_missed(heard, withdrawn, situation):
        names = {absence.pupil: situation.school.roll.pupils[absence.pupil].called for absence in withdrawn}
        what = read_back_in_school(withdrawn, names, heard.day)
        reply = Reply("absence.corrected", tuple(names), {"what": what})
    return Outcome(conversation, (*effects, read), reply)


def _not_yet_missed(heard: Heard, withdrawn: list[Absence], situation: Situation) -> bool:
    """ "It's been moved to four, she can stay till the end", before any register has missed her: it is plain what holds
    now, and the family hears so; of each child the one thing that was to come is taken back.
    """
    each = {absence.pupil for absence in withdrawn}
    return len(each) == len(withdrawn) and not any(
        absence.pupil in situation.cases
        or absence.first_day < heard.day
        or (absence.first_day == heard.day and has_closed(heard, absence.pupil, _half(absence), situation))
        for absence in withdrawn
    )


def _half(absence: Absence) -> Half:
    return "pm" if absence.half == "pm" else "am"


def _only_not_late(heard: Heard, withdrawn: list[Absence], situation: Situation) -> bool:
    """ "Ignore that, we made it", before the register has closed: it tells, and nobody need read the words."""
    return all(absence.code == LATE and absence.first_day == heard.day for absence in withdrawn) and not any(
        absence.pupil in situation.cases or has_closed(heard, absence.pupil, "am", situation) for absence in withdrawn
    )


def _on_the_way(heard: Heard, understood: Understanding, withdrawn: list[Absence], situation: Situation) -> Outcome:
    """ "Scrap that, he is on his way": waited for as anybody who is late, and looked for when he does not arrive."""
    pupils = tuple(dict.fromkeys(absence.pupil for absence in withdrawn))
    before = _appointments_off(heard, withdrawn, situation)
    outcome = late_reported(heard, replace(understood, intent="late", reports=(Report(pupils),)), situation)
    due = expected_at(heard.day, None, heard.at)
    after = tuple(
        ComesIn(pupil, OnTheWay(f"{heard.id}/back/{pupil}", situation.sender.writer, due))
        for pupil in pupils
        if pupil not in situation.cases and has_closed(heard, pupil, "am", situation)
    )
    return replace(outcome, effects=(*before, *outcome.effects, *after))


def _taken_back(heard: Heard, withdrawn: list[Absence], situation: Situation) -> RaiseAlert:
    """Of an absence of today the register tells more than the words: until it closes nobody need hurry to read them,
    and who is here by then need not be looked for.
    """
    read = to_read(heard, situation, "A contact takes back an absence.")
    if not all(is_away_on(absence, heard.day) for absence in withdrawn):
        return read
    pupils = tuple(dict.fromkeys(absence.pupil for absence in withdrawn))
    closed = any(has_closed(heard, one.pupil, _half(one), situation) for one in withdrawn)
    return replace(read, key=f"message/{heard.id}{TAKEN_BACK}", pupils=pupils, climbs=closed)


def _appointments_off(heard: Heard, withdrawn: list[Absence], situation: Situation) -> list[BotEffect]:
    """An appointment that is off; whatever else it was, "late" takes its place."""
    off: list[BotEffect] = []
    for absence in withdrawn:
        if absence.code in STILL_COMING:
            off.append(Withdraw(absence, "cancelled"))
            if absence.pupil in situation.cases:
                off.append(unexplained_again(heard, absence.pupil, situation))
    return off


def late_instead(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """ "They've just rung and cancelled, bringing him in now, there by 9.20": late, and at no appointment any more."""
    children = {child for report in understood.reports for child in report.children}
    off = [
        one
        for one in situation.own_reports
        if one.pupil in children and one.code in STILL_COMING and one.first_day == heard.day
    ]
    outcome = late_reported(heard, understood, situation)
    if not off or CALLED_OFF.search(heard.line) is None or _OF_ANOTHER_DAY.search(heard.line) is not None:
        return outcome
    return replace(outcome, effects=(*_appointments_off(heard, off, situation), *outcome.effects))


def went_in(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "He felt better so he went in", and the register has him in: the report of today does not hold, and must
    not explain an empty chair after lunch. None where the words and the register do not say so of every child.
    """
    children = {child for one in understood.reports if is_unexplained(one.code) for child in one.children}
    if not register_agrees(heard, understood, children, situation):
        return None
    taken_back = [
        absence for absence in situation.own_reports if absence.pupil in children and absence.first_day == heard.day
    ]
    if {absence.pupil for absence in taken_back} != children:
        return None
    names = {absence.pupil: situation.school.roll.pupils[absence.pupil].called for absence in taken_back}
    what = read_back_in_school(taken_back, names, heard.day)
    conversation = replace(situation.conversation, question=None, recorded=())
    effects = tuple(Withdraw(absence, "cancelled") for absence in taken_back)
    return Outcome(conversation, effects, Reply("absence.corrected", tuple(names), {"what": what}))


def rejected(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A bare "no" rejects exactly what was last read back, or drops the draft; the case waits again."""
    rejected = situation.last_told(heard.at)
    question = situation.conversation.open_question(heard.at)
    if question is not None and _asked_since_of_another(question, rejected, situation):
        return _which_of_the_two(heard, question, situation)
    pupils = tuple(absence.pupil for absence in rejected) or (question.children if question else ())
    if not pupils:
        return to_staff(heard, understood, situation)
    if _only_names(heard.text, rejected, situation):
        what = read_back(
            rejected, {one.pupil: situation.school.roll.pupils[one.pupil].called for one in rejected}, heard.day
        )
        return Outcome(situation.conversation, (), Reply("absence.recorded", pupils, {"what": what}))
    effects: list[BotEffect] = [Withdraw(absence, "rejected") for absence in rejected]
    pupils = tuple(pupil for pupil in pupils if not _explained_by_another(pupil, rejected, heard.day, situation))
    if not pupils:  # "no" to one's own words, where the other parent's stand
        because = "A contact takes back a report; what another contact reported stands."
        conversation = replace(situation.conversation, question=None, recorded=())
        return Outcome(conversation, (*effects, to_read(heard, situation, because)), Reply("absence.handed_to_staff"))
    if here := _here_after_all(heard, pupils, rejected, situation):
        names = {absence.pupil: situation.school.roll.pupils[absence.pupil].called for absence in here}
        what = read_back_in_school(here, names, heard.day)
        conversation = replace(situation.conversation, question=None, recorded=())
        return Outcome(conversation, tuple(effects), Reply("absence.corrected", pupils, {"what": what}))
    again = Question("reason", pupils, heard.day, heard.at)
    conversation = replace(situation.conversation.asks(again), recorded=())
    return Outcome(
        conversation, tuple(effects), Reply("absence.reason", pupils, {"names": called_names(situation, pupils)})
    )


def _asked_since_of_another(question: Question, told: list[Absence], situation: Situation) -> bool:
    """Whether we have asked about another child since the read-back."""
    told_at = situation.conversation.recorded_at
    why = question.kind in ("absence", "reason") and not question.drafts and not question.is_of_leave
    since = told_at is not None and question.asked_at > told_at
    return bool(told) and why and since and not {absence.pupil for absence in told} & set(question.children)


def _which_of_the_two(heard: Heard, question: Question, situation: Situation) -> Outcome:
    """ "No", after a read-back of the one child and a question about the other: what was recorded stands until a person
    has read it, and of the other we ask again.
    """
    pupils = question.children
    because = "A plain no: to what we had recorded of one child, or to our question about another."
    again = Question("reason", pupils, heard.day, heard.at)
    names = called_names(situation, pupils)
    read = to_read(heard, situation, because)
    return Outcome(situation.conversation.asks(again), (read,), Reply("absence.reason", pupils, {"names": names}))


def _here_after_all(
    heard: Heard, pupils: tuple[str, ...], rejected: list[Absence], situation: Situation
) -> list[Absence]:
    """The reports of today that were taken back, where the register has every one of the children in school: nobody is
    asked why a child is away that sits in its class.
    """
    today = [absence for absence in rejected if absence.first_day == heard.day]
    if not pupils or {absence.pupil for absence in today} != set(pupils):
        return []
    here = all(pupil not in situation.cases and here_by_the_register(heard, pupil, situation) for pupil in pupils)
    return today if here else []


def _only_names(text: str, absences: list[Absence], situation: Situation) -> bool:
    """ "Amina", after what was read back for Amina: nobody said no, so it stands and is read back again."""
    pupils = [situation.school.roll.pupils[absence.pupil] for absence in absences]
    names = {
        part.casefold()
        for pupil in pupils
        for name in (pupil.given, pupil.family, *pupil.known_as)
        for part in re.findall(r"\w+", name)
    }
    words = {word.casefold() for word in re.findall(r"\w+", text)} - {"and"}
    return bool(words) and words <= names


def _explained_by_another(pupil: str, taken_back: list[Absence], today: date, situation: Situation) -> bool:
    """True when another report, which stands, says why the child is away today: nobody is asked again (promise 9)."""
    gone = {absence.id for absence in taken_back}
    return any(
        absence.pupil == pupil
        and absence.live
        and absence.id not in gone
        and is_away_on(absence, today)
        and not is_unexplained(absence.code)
        for absence in situation.known
    )
