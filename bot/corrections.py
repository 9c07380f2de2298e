"""What puts an earlier report right: another return day, a cancelled absence, a plain no."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.events import OnTheWay, ReasonGiven, ReasonWithdrawn
from bot.asking import ask
from bot.conversation import Question
from bot.drafts import called_names
from bot.known import is_away_on
from bot.lateness import expected_at
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome, Record, Reply, Situation, Withdraw
from bot.passing_on import nobody_asks, to_read, to_staff
from bot.readback import read_back
from bot.understanding import Report, Understanding


def return_changed(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A change of the return day alone: the report that it belongs to is replaced."""
    effects: list[BotEffect] = []
    changed: list[Absence] = []
    if understood.ask:
        return ask(heard, understood, situation)
    if _are_named_apart(heard.text, understood, situation):
        return to_staff(heard, understood, situation)
    for report in understood.reports:
        for pupil in report.children:
            if pupil not in situation.sender.may_report:
                continue
            known = _latest(pupil, situation, heard.day)
            if known is None:
                continue
            if report.return_day is None:
                changed.append(known)
                continue
            today_back = report.return_day == known.first_day == heard.day and known.half == "day"
            longer = replace(
                known,
                id=f"{heard.id}/{pupil}/return",
                return_day=report.return_day,
                half="am" if today_back else known.half,
                recorded_at=heard.at,
                message=heard.id,
                state="recorded",
            )
            changed.append(longer)
            effects.append(Record(longer, known))
            if report.return_day <= heard.day:
                effects += _back_today(heard, report, pupil, situation)
                continue
            case = situation.cases.get(pupil)
            if case is not None and longer.covers(case.session, situation.school.calendar):
                writer = situation.sender.writer
                event = ReasonGiven(f"{heard.id}/reason/{pupil}", writer, longer.code)
                effects.append(CaseEvent(pupil, event))
    if not changed:
        return to_staff(heard, understood, situation)
    names = {absence.pupil: situation.school.roll.pupils[absence.pupil].called for absence in changed}
    what = read_back(changed, names, heard.day)
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in changed), heard.at)
    template = "absence.corrected" if effects else "absence.recorded"
    return Outcome(conversation, tuple(effects), Reply(template, tuple(names), {"what": what}))


def _are_named_apart(text: str, understood: Understanding, situation: Situation) -> bool:
    """ "Amina tomorrow, Ben Thursday": one day was read for both children, and it is not both children's day."""
    for report in understood.reports:
        named = [child for child in report.children if _names(text, child, situation)]
        if len(named) > 1 and report.return_day is not None and not _side_by_side(text, named, situation):
            return True
    return False


def _side_by_side(text: str, children: list[str], situation: Situation) -> bool:
    """The children stand in one list: "Amina and Ben", "Amina, Ben & Zofia"."""
    pupils = [situation.school.roll.pupils[child] for child in children]
    names = [re.escape(name) for pupil in pupils for name in (pupil.given, *pupil.known_as) if name]
    one = rf"(?:{'|'.join(names)})"
    listed = rf"\b{one}(?:\s*(?:,|&|\+|/|\band\b|\bplus\b)+\s*(?:and\s+)?{one}){{{len(children) - 1}}}\b"
    return re.search(listed, text, re.IGNORECASE) is not None


def _back_today(heard: Heard, report: Report, pupil: str, situation: Situation) -> list[BotEffect]:
    """Back in today: from here on the child is expected, and an answered case waits for the arrival.

    A child whom we are asking about and who is said to be back is no answer: the chase goes on, and a person reads it.
    """
    case = situation.cases.get(pupil)
    if case is None:
        return nobody_asks(heard, (pupil,), situation)
    if case.is_waiting or case.stage == "handed_over":
        return [to_read(heard, situation, "A contact says that the child is back today; the register has no mark.")]
    writer = situation.sender.writer
    expected = expected_at(heard.day, report.arrives, heard.at)
    return [CaseEvent(pupil, OnTheWay(f"{heard.id}/back/{pupil}", writer, expected))]


def _latest(pupil: str, situation: Situation, today: date) -> Absence | None:
    """The report that a new return day changes: live, of this pupil, and not long over."""
    own = [
        absence
        for absence in situation.known
        if absence.live and absence.pupil == pupil and absence.code != LATE and _lasts(absence, today, situation)
    ]
    return max(own, key=lambda absence: absence.recorded_at, default=None)


def _lasts(absence: Absence, today: date, situation: Situation) -> bool:
    """Not over yet. One without a return day is over when the school day after its first one has gone by."""
    if absence.return_day is not None:
        return absence.return_day >= today
    try:
        return situation.school.calendar.after(absence.first_day) >= today
    except CalendarTooShort:
        return False


def cancelled(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Takes back an absence that has not happened."""
    today = heard.day
    children = {child for report in understood.reports for child in report.children} or set(situation.sender.may_report)
    withdrawn = [
        absence
        for absence in situation.known
        if absence.live and absence.pupil in children and (absence.return_day or absence.first_day) >= today
    ]
    if not withdrawn or not children <= set(situation.sender.may_report):
        return to_staff(heard, understood, situation)
    effects: list[BotEffect] = [Withdraw(absence, "cancelled") for absence in withdrawn]
    effects += _open_again(heard, withdrawn, situation)
    read = to_read(heard, situation, "A contact takes back an absence.")
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, (*effects, read), Reply("absence.handed_to_staff"))


_ANOTHER = re.compile(r"\b(?:no|nope|not|meant|mean|wrong)\b", re.IGNORECASE)
SHORT = 8
"""Words of "no sorry, I meant Seb", at most: a longer message says something of its own."""


def another_meant(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "No, Ella": what was just read back holds, for another child of the writer's. None for any other words."""
    ids = situation.conversation.last_recorded(heard.at)
    wrong = [absence for absence in situation.known if absence.live and absence.id in ids]
    held = {absence.code for absence in wrong}
    own_reason = any(not is_unexplained(one.code) and one.code not in held for one in understood.reports)
    if not wrong or own_reason or len(heard.text.split()) > SHORT or not _ANOTHER.search(heard.text):
        return None
    named = [child for child in situation.sender.may_report if _names(heard.text, child, situation)]
    meant = [child for child in named if child not in {absence.pupil for absence in wrong}]
    if len(meant) != 1 or len({absence.pupil for absence in wrong}) != 1:
        return None
    child = meant[0]
    moved = [
        replace(one, id=f"{heard.id}/{child}/{n}", pupil=child, recorded_at=heard.at, message=heard.id)
        for n, one in enumerate(wrong)
    ]
    effects: list[BotEffect] = [Withdraw(absence, "rejected") for absence in wrong]
    effects += _open_again(heard, wrong, situation)
    effects += [Record(absence) for absence in moved]
    case = situation.cases.get(child)
    for absence in moved:
        if case is not None and absence.code != LATE and absence.covers(case.session, situation.school.calendar):
            given = ReasonGiven(f"{heard.id}/reason/{child}", situation.sender.writer, absence.code)
            effects.append(CaseEvent(child, given))
    what = read_back(moved, {child: situation.school.roll.pupils[child].called}, heard.day)
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in moved), heard.at)
    return Outcome(conversation, tuple(effects), Reply("absence.corrected", (child,), {"what": what}))


def _names(text: str, child: str, situation: Situation) -> bool:
    pupil = situation.school.roll.pupils[child]
    return any(
        re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for name in (pupil.given, *pupil.known_as) if name
    )


def rejected(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A bare "no" rejects exactly what was last read back, or drops the draft; the case waits again."""
    ids = set(situation.conversation.last_recorded(heard.at))
    rejected = [absence for absence in situation.known if absence.live and absence.id in ids]
    question = situation.conversation.open_question(heard.at)
    pupils = tuple(absence.pupil for absence in rejected) or (question.children if question else ())
    if not pupils:
        return to_staff(heard, understood, situation)
    if _only_names(heard.text, rejected, situation):
        what = read_back(
            rejected, {one.pupil: situation.school.roll.pupils[one.pupil].called for one in rejected}, heard.day
        )
        return Outcome(situation.conversation, (), Reply("absence.recorded", pupils, {"what": what}))
    effects: list[BotEffect] = [Withdraw(absence, "rejected") for absence in rejected]
    effects += _open_again(heard, rejected, situation)
    pupils = tuple(pupil for pupil in pupils if not _explained_by_another(pupil, rejected, heard.day, situation))
    if not pupils:  # "no" to one's own words, where the other parent's stand
        because = "A contact takes back a report; what another contact reported stands."
        conversation = replace(situation.conversation, question=None, recorded=())
        return Outcome(conversation, (*effects, to_read(heard, situation, because)), Reply("absence.handed_to_staff"))
    again = Question("reason", pupils, heard.day, heard.at)
    conversation = replace(situation.conversation.asks(again), recorded=())
    return Outcome(
        conversation, tuple(effects), Reply("absence.reason", pupils, {"names": called_names(situation, pupils)})
    )


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


def _open_again(heard: Heard, taken_back: list[Absence], situation: Situation) -> list[BotEffect]:
    """Today's cases that rested on these reports wait again."""
    writer = situation.sender.writer
    today = heard.day
    pupils = tuple(
        dict.fromkeys(
            absence.pupil
            for absence in taken_back
            if is_away_on(absence, today) and not _explained_by_another(absence.pupil, taken_back, today, situation)
        )
    )
    events: list[BotEffect] = [
        CaseEvent(pupil, ReasonWithdrawn(f"{heard.id}/no/{pupil}", writer))
        for pupil in pupils
        if pupil in situation.cases
    ]
    return [*events, *nobody_asks(heard, pupils, situation)]


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
