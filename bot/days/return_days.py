"""A change of the day of return: longer, shorter, or in for the register after all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from attendance.absences import APPOINTMENT, Absence
from attendance.calendar import CalendarTooShort, Session, instant, local
from attendance.case import LATER_IN
from attendance.closing import LATE
from attendance.events import OnTheWay, ReasonGiven
from bot.asking import ask
from bot.days.after_lunch import comes_after_lunch
from bot.days.part_of_return import with_part_of_its_day
from bot.families.two_homes import is_anothers
from bot.for_staff.passing_on import has_closed, nobody_asks, to_read, to_staff
from bot.naming import any_name, is_named
from bot.outcome import BotEffect, CaseEvent, ComesIn, Heard, Outcome, Record, Reply, Situation, Withdraw
from bot.readback import read_back, read_back_in_school
from bot.understanding import Report, Understanding
from bot.whereabouts.here_already import mark_of, went_in_already
from bot.whereabouts.in_after_all import COMING, comes_after_all, on_the_way
from bot.whereabouts.lateness import expected_at, late_effects, late_reply

_OR_THEN = re.compile(
    r"^\W*(?:n?or)\s+(?:on )?(?:tomorrow|tmrw|tmw|tomoz|(?:mon|tues?|wed|thur?s?|fri)\w*)\b", re.IGNORECASE
)
_BROUGHT = re.compile(
    r"\b(?:dropped|brought|taken|took) (?:him|her|them|\w+) (?:back|in|off)\b"
    r"|\b(?:is|are) (?:now )?back (?:in|at) (?:school|class|the office|reception)\b"
)
#: With one of these an appointment goes on until the day that is said.
_LASTS = re.compile(
    r"\b(?:back|return\w*|until|till|off|not|keep\w*|kept|stay\w*|admitted|overnight|longer|instead|now|home|rest\w*)\b"
)


@dataclass(slots=True)
class _Changes:
    """What has come of a change so far: what is put right, who is in school after all, and who of them comes late."""

    effects: list[BotEffect] = field(default_factory=list)
    changed: list[Absence] = field(default_factory=list)
    in_school: list[Absence] = field(default_factory=list)
    late: list[Report] = field(default_factory=list)


def return_changed(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A change of the return day alone: the report that it belongs to is replaced."""
    understood = with_part_of_its_day(heard, understood, situation)
    understood = _not_then_either(heard, understood, situation)
    if understood.ask and not _goes_on_for_the_others(heard, understood, situation):
        return _asked_already(heard, understood, situation) or _asked_back(heard, understood, situation)
    if _are_named_apart(heard.text, understood, situation):
        return to_staff(heard, understood, situation)
    changes = _Changes()
    for report, known in _known_of(heard, understood, situation):
        if (report.return_day is None or "?" in heard.text) and is_anothers(known, situation):
            return to_staff(heard, understood, situation)  # "how long is he off?": the other home's to tell
        _change(changes, report, known, heard, situation)
    if changes.late and not changes.changed and len(changes.late) == len(changes.in_school):
        conversation = replace(situation.conversation, question=None)
        return Outcome(conversation, tuple(changes.effects), late_reply(heard, changes.late, situation))
    if not changes.changed and not changes.in_school:
        return to_staff(heard, understood, situation)
    return _told_as_changed(changes, heard, situation)


def _known_of(heard: Heard, understood: Understanding, situation: Situation) -> Iterator[tuple[Report, Absence]]:
    """Each child's report with the absence that it belongs to."""
    for report in understood.reports:
        for pupil in report.children:
            known = _latest(pupil, situation, heard.day) if pupil in situation.sender.may_report else None
            if known is not None and not _is_before(report, known, heard.day):
                yield report, known


def _change(changes: _Changes, report: Report, known: Absence, heard: Heard, situation: Situation) -> None:
    """What one report makes of one absence: as it is, over, or with another end."""
    if report.return_day is None:
        changes.changed.append(known)
        return
    if went_in_already(report, known, heard, situation):
        changes.in_school.append(known)
        changes.effects.append(Withdraw(known, "cancelled"))
        return
    comes = comes_after_all(report, known, heard, situation)
    if comes is None and _comes_though_missed(report, known, heard, situation):
        comes = "later"
    if comes is not None:
        changes.in_school.append(known)
        if comes == "later":
            changes.late.append(on_the_way(report, known))
            changes.effects += late_effects(heard, changes.late[-1], situation)
        else:
            changes.effects.append(Withdraw(known, "cancelled"))
        return
    if _is_over_by_then(report, known, heard):
        changes.changed.append(known)
        return
    longer = _until(report, known, heard)
    if (longer.return_day, longer.half, longer.arrives) == (known.return_day, known.half, known.arrives):
        longer = known  # said twice: nothing is changed, and nothing is said to be
    else:
        changes.effects.append(Record(longer, known))
    changes.changed.append(longer)
    changes.effects += _for_the_case(heard, report, longer, situation)


def _told_as_changed(changes: _Changes, heard: Heard, situation: Situation) -> Outcome:
    """The read-back of what is recorded now."""
    told = dict.fromkeys(absence.pupil for absence in (*changes.changed, *changes.in_school))
    names = {pupil: situation.school.roll.pupils[pupil].called for pupil in told}
    parts = (
        read_back(changes.changed, names, heard.day),
        read_back_in_school(changes.in_school, names, heard.day),
    )
    what = "; ".join(part for part in parts if part)
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in changes.changed), heard.at)
    anew = any(not isinstance(effect, CaseEvent) and not _only_adds_the_day(effect) for effect in changes.effects)
    template = "absence.corrected" if anew else "absence.recorded"
    return Outcome(conversation, tuple(changes.effects), Reply(template, tuple(names), {"what": what}))


def _comes_though_missed(report: Report, known: Absence, heard: Heard, situation: Situation) -> bool:
    """ "Bit better, will be in at 11", "on his way in now", of a child who was ill until yesterday and whom we miss: it
    is on the way, as anybody who is late, and nobody else is asked. "He's back today" is no such thing: somebody
    believes the child in school, and a person reads it.
    """
    case = situation.cases.get(known.pupil)
    missed = case is not None and (case.is_waiting or case.stage == "handed_over")
    if not missed or report.return_day != heard.day or known.first_day >= heard.day or "?" in heard.text:
        return False
    if report.arrives is not None:
        return instant(heard.day, report.arrives) > heard.at
    return comes_after_lunch(heard, known.pupil, situation) is not None or COMING.search(heard.line) is not None


def _is_before(report: Report, known: Absence, today: date) -> bool:
    """A day of return before an absence that is still to come is none of that absence."""
    return report.return_day is not None and today < known.first_day and report.return_day < known.first_day


def _asked_back(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """One question; where we were not sure of the day of return itself, it is about what would be recorded by a yes."""
    if "confirm" not in understood.ask:
        return ask(heard, understood, situation)
    drafts: list[Report] = []
    for report in understood.reports:
        for child in report.children:
            known = _latest(child, situation, heard.day)
            back = report.return_day
            if known is None or back is None or back <= max(known.first_day, heard.day):
                return to_staff(heard, understood, situation)
            drafts.append(Report((child,), known.code, known.first_day, back, known.half, known.arrives, known.leaves))
    return ask(heard, replace(understood, intent="absence", reports=tuple(drafts)), situation)


def _asked_already(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "When the doctor says so", "it's flu", to the question for the day beside a read-back: no day is known yet. What
    stands is read back, and nobody is asked twice (promise 9).
    """
    question = situation.conversation.open_question(heard.at)
    if question is None or not question.is_beside_a_record or question.day != heard.day:
        return None
    meant = {child for report in understood.reports for child in report.children}
    known = [_latest(pupil, situation, heard.day) for pupil in question.children if not meant or pupil in meant]
    stands = [one for one in known if one is not None]
    said = any(report.return_day or report.arrives for report in understood.reports)
    if understood.ask != ("return",) or said or len(stands) < len(known) or meant - set(question.children):
        return None
    names = {one.pupil: situation.school.roll.pupils[one.pupil].called for one in stands}
    what = read_back(stands, names, heard.day)
    kept = replace(situation.conversation, recorded=tuple(one.id for one in stands), recorded_at=heard.at)
    return Outcome(kept, (), Reply("absence.recorded", tuple(names), {"what": what}))


def _only_adds_the_day(effect: BotEffect) -> bool:
    """A day of return where none was said yet, and perhaps asked for: that changes nothing that we had told."""
    before = effect.replaces if isinstance(effect, Record) else None
    if not isinstance(effect, Record) or before is None or before.return_day is not None:
        return False
    return (effect.absence.half, effect.absence.arrives) == (before.half, before.arrives)


def _not_then_either(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "Or tomorrow, we are staying overnight", after "won't be in today": no day back, but one more day away."""
    if not _OR_THEN.search(heard.text):
        return understood
    calendar = situation.school.calendar

    def longer(report: Report) -> Report:
        known = [_latest(pupil, situation, heard.day) for pupil in report.children]
        back = report.return_day
        open_ended = bool(known) and all(
            one is not None and one.return_day in (None, back) and one.first_day <= heard.day for one in known
        )
        if back is None or not open_ended or back != calendar.after(heard.day):
            return report
        return replace(report, return_day=calendar.after(back))

    return replace(understood, reports=tuple(longer(report) for report in understood.reports))


def _until(report: Report, known: Absence, heard: Heard) -> Absence:
    """What is known, with the day of return that is said now, and its hour where that is not the morning; back on its
    first day, the morning was missed.
    """
    same_day = report.return_day == known.first_day == heard.day
    today_back = same_day and known.half == "day"
    to_come = report.return_day is not None and report.return_day > max(known.first_day, heard.day)
    later = to_come and known.half == "day"  # "20 minutes late", on the day of return itself, is no part of the illness
    at = report.arrives if today_back or later or (same_day and report.arrives is not None) else known.arrives
    return replace(
        known,
        id=f"{heard.id}/{known.pupil}/return",
        return_day=report.return_day,
        half="am" if today_back else known.half,
        arrives=at,
        recorded_at=heard.at,
        message=heard.id,
        state="recorded",
    )


def _is_over_by_then(report: Report, known: Absence, heard: Heard) -> bool:
    """ "He'll be in on Friday for PE", of an appointment this morning: it has its end, and no word says that it lasts
    longer.
    """
    ended = known.code == APPOINTMENT and known.return_day is not None and known.half != "day"
    later = ended and report.return_day is not None and known.return_day is not None
    return later and report.return_day > known.return_day and not _LASTS.search(heard.line)  # type: ignore[operator]


def _for_the_case(heard: Heard, report: Report, longer: Absence, situation: Situation) -> list[BotEffect]:
    """What today's case of the child hears of its new day of return."""
    if longer.return_day is not None and longer.return_day <= heard.day:
        return _back_today(heard, report, longer.pupil, situation)
    case = situation.cases.get(longer.pupil)
    if case is None or not longer.covers(case.session, situation.school.calendar):
        return []
    event = ReasonGiven(f"{heard.id}/reason/{longer.pupil}", situation.sender.writer, longer.code)
    return [CaseEvent(longer.pupil, event)]


def _goes_on_for_the_others(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """ "Peg is better and coming in, Wilf is still ill": only Wilf's return is open, and his absence is known."""
    open_ended = [report for report in understood.reports if report.return_day is None]
    if set(understood.ask) != {"return"} or len(open_ended) == len(understood.reports):
        return False
    return all(_latest(child, situation, heard.day) is not None for report in open_ended for child in report.children)


def _are_named_apart(text: str, understood: Understanding, situation: Situation) -> bool:
    """ "Amina tomorrow, Ben Thursday": one day was read for both children, and it is not both children's day."""
    for report in understood.reports:
        named = [child for child in report.children if is_named(text, child, situation)]
        if len(named) > 1 and report.return_day is not None and not _side_by_side(text, named, situation):
            return True
    return False


def _side_by_side(text: str, children: list[str], situation: Situation) -> bool:
    """The children stand in one list: "Amina and Ben", "Amina, Ben & Zofia"."""
    one = rf"(?:{any_name(children, situation)})"
    listed = rf"\b{one}(?:\s*(?:,|&|\+|/|\band\b|\bplus\b)+\s*(?:and\s+)?{one}){{{len(children) - 1}}}\b"
    return re.search(listed, text, re.IGNORECASE) is not None


def _back_today(heard: Heard, report: Report, pupil: str, situation: Situation) -> list[BotEffect]:
    """Back in today: from here on the child is expected, and an answered case waits for the arrival.

    A child whom we are asking about and who is said to be back is no answer: the chase goes on, and a person reads it.
    """
    case = situation.cases.get(pupil)
    if case is None:
        return _comes_in(heard, report, pupil, situation)
    if case.is_waiting or case.stage == "handed_over":
        return [to_read(heard, situation, "A contact says that the child is back today; the register has no mark.")]
    if report.arrives is None and comes_after_lunch(heard, pupil, situation, at_home=True):
        return []  # the morning stays explained, and the afternoon register decides
    writer = situation.sender.writer
    expected = expected_at(heard.day, report.arrives, heard.at)
    return [CaseEvent(pupil, OnTheWay(f"{heard.id}/back/{pupil}", writer, expected))]


def _comes_in(heard: Heard, report: Report, pupil: str, situation: Situation) -> list[BotEffect]:
    """Its report explained the morning when the register closed, and the afternoon's is still to come."""
    if not has_closed(heard, pupil, "am", situation) or _goes_out_and_comes_back(heard, report, pupil, situation):
        return []
    if has_closed(heard, pupil, "pm", situation):
        return nobody_asks(heard, (pupil,), situation)
    if report.arrives is None and comes_after_lunch(heard, pupil, situation, at_home=True):
        return []
    if report.arrives is None and _was_here_before_it(heard, pupil, situation):
        return []
    expected = expected_at(heard.day, report.arrives, heard.at)
    return [ComesIn(pupil, OnTheWay(f"{heard.id}/back/{pupil}", situation.sender.writer, expected))]


def _goes_out_and_comes_back(heard: Heard, report: Report, pupil: str, situation: Situation) -> bool:
    """ "Will have him back for last lesson", of a child in class that is to be taken out: nobody waits for it now."""
    known, mark = _latest(pupil, situation, heard.day), mark_of(pupil, heard, situation)
    if known is None or known.leaves is None or mark is None or report.arrives is not None:
        return False
    return known.leaves > local(heard.at).time() or not COMING.search(heard.line)


def _was_here_before_it(heard: Heard, pupil: str, situation: Situation) -> bool:
    """ "Just dropped her back at the office", of a child who was in the morning's register and went out to an
    appointment: no mark can tell before the afternoon's register that it is back.
    """
    known, morning = _latest(pupil, situation, heard.day), situation.entered.get((pupil, Session(heard.day, "am")))
    was_here = known is not None and known.code in LATER_IN and morning is not None and morning.present
    return was_here and _BROUGHT.search(heard.line) is not None


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
