"""Danger in words: heard at once, in open and settled cases alike, whatever else the message says (promise 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from attendance.alarms import OF_WHERE
from attendance.calendar import Session
from attendance.case import PRESENT_OUTCOMES
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import DangerHeard, SafeWithoutReason
from bot.corrections.another_child import put_right
from bot.for_staff.only_asks import SEARCHED, asks_in_worry, complains_of_hearing_late, only_asks
from bot.for_staff.passing_on import is_to_read, rests_with_another_parent
from bot.known import is_away_on
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome, Record, SetAside, Situation
from bot.understanding import Understanding
from bot.whereabouts.accounted import says_anything_of_where
from bot.whereabouts.asks_whether_in import NOBODY_KNOWS, only_asks_of_the_missed
from bot.whereabouts.found import says_the_sought_is_here, says_who_has_the_sought
from bot.whereabouts.harm import said_to_have_harmed, who_is_not_asked
from bot.whereabouts.here_already import all_signed_in, has_the_all_clear, register_agrees
from bot.whereabouts.news_wanted import only_asks_for_news
from bot.whereabouts.overdue import overdue, to_leave_later, what_is_wrong
from bot.whereabouts.with_another import asks_of_whom_it_is_with, said_to_be_with_the_barred

RING_WITHIN = timedelta(minutes=10)
DISCLOSES = "A message discloses possible harm; read it."
WITH_THE_BARRED = "The child is said to be with somebody who is barred for it; read the message."


def danger_in(heard: Heard, understood: Understanding, situation: Situation) -> tuple[BotEffect, ...]:
    """Urgent alerts, for open and settled cases alike, whatever else the message says (promise 3)."""
    kinds: list[str] = []
    because = ""
    if understood.safeguarding:
        kinds.append("safeguarding")
    search = SEARCHED.get(understood.intent)
    sought = _in_danger(heard, _sought(understood), situation)
    agreed = search == "believed_in_school" and (
        register_agrees(heard, understood, sought, situation)
        or _is_put_right(heard, sought, situation)
        or (not understood.safeguarding and all_signed_in(heard, sought, situation))
        or (_asks_or_complains(heard, understood) and _reported_by_the_other(heard, sought, situation))
        or asks_of_whom_it_is_with(heard, understood, sought, situation)
    )
    if search == "missing":
        agreed = asks_in_worry(heard, understood) and _answered_by_the_other(sought, situation)
    if search is not None and (
        says_who_has_the_sought(heard, sought, situation)
        or says_the_sought_is_here(heard, sought, situation)
        or only_asks_for_news(heard, understood, sought, situation)
    ):
        agreed = True
    if search is not None and asks_in_worry(heard, understood):
        agreed = agreed or has_the_all_clear(heard, sought, situation)
    if search == "believed_in_school" and not _absent_to_us(heard, understood, situation):
        agreed = agreed or _register_is_to_tell(heard, sought, situation)
        search = search if understood.urgent else None
    if agreed:
        search = None
    if search == "believed_in_school" and only_asks_of_the_missed(heard, sought, situation):
        search, because = "missing", NOBODY_KNOWS  # who asks believes nothing: no answer contradicts it
    if search is not None:
        kinds.append(search)
    elif understood.urgent and not kinds and not agreed:
        kinds.append(what_is_wrong(understood) if situation.cases else "safeguarding")
    effects: list[BotEffect] = []
    contact = situation.sender.contact
    for kind in kinds:
        for pupil in _in_danger(heard, understood if kind == "safeguarding" else _sought(understood), situation):
            why = because if kind == search else ""
            if kind == "safeguarding":
                effects += _of_harm(heard, pupil, understood, situation)
                continue
            effects += _alarm(heard, kind, pupil, contact.id if contact else None, situation, why)
    for pupil in said_to_be_with_the_barred(heard, situation) if "safeguarding" not in kinds else ():
        effects += _alarm(
            heard, "safeguarding", pupil, contact.id if contact else None, situation, WITH_THE_BARRED, where=True
        )
    if search is None:
        for pupil in (*overdue(heard, understood, situation), *to_leave_later(heard, understood, situation)):
            effects += _alarm(heard, "believed_in_school", pupil, contact.id if contact else None, situation)
    return tuple(effects)


def _of_harm(heard: Heard, pupil: str, understood: Understanding, situation: Situation) -> list[BotEffect]:
    """The alarm, and whoever is named as who did it is asked nothing of the child, by whatever case."""
    contact = situation.sender.contact
    doubt, roll = understood.sender_doubt, situation.school.roll
    named = said_to_have_harmed(heard.text, situation.sender.writer, pupil, doubt, roll)
    why = f"{DISCLOSES}{who_is_not_asked(named, pupil, situation)}"
    effects = _alarm(heard, "safeguarding", pupil, contact.id if contact else None, situation, why)
    return [*effects, SetAside(pupil, named)] if named and pupil not in situation.sender.barred else effects


def _asks_or_complains(heard: Heard, understood: Understanding) -> bool:
    if understood.safeguarding:
        return False
    return only_asks(heard, understood) or complains_of_hearing_late(heard.text)


def _answered_by_the_other(sought: tuple[str, ...], situation: Situation) -> bool:
    """ "Did his dad reply? is he ok", of a child for whom his father has answered: a person tells her what is known."""
    cases = [situation.cases.get(pupil) for pupil in sought]
    writer, roll = situation.sender.writer, situation.school.roll
    return bool(cases) and all(case is not None and rests_with_another_parent(case, writer, roll) for case in cases)


def _reported_by_the_other(heard: Heard, sought: tuple[str, ...], situation: Situation) -> bool:
    """ "Is Ruan in today", of a child whom his mother has reported: his father believes nothing, and nobody need
    search. A person answers him.
    """
    return bool(sought) and all(_is_away_by_the_other(heard, pupil, situation) for pupil in sought)


def _is_away_by_the_other(heard: Heard, pupil: str, situation: Situation) -> bool:
    case, writer, roll = situation.cases.get(pupil), situation.sender.writer, situation.school.roll
    if case is not None and case.stage not in ("answered", "settled"):
        return False
    for one in situation.known:
        link = roll.link(pupil, one.contact) if one.contact is not None and one.contact != writer else None
        holds = one.live and one.pupil == pupil and not is_unexplained(one.code) and one.code != LATE
        if holds and link is not None and link.is_parent and is_away_on(one, heard.day):
            return True
    return False


def _reported_by_another(heard: Heard, pupil: str, situation: Situation) -> str | None:
    """The code under which somebody else has reported the child away for today, where there is one."""
    found = (
        one.code
        for one in situation.known
        if one.live and one.pupil == pupil and one.code != LATE and is_away_on(one, heard.day)
        if one.contact not in (None, situation.sender.writer)
    )
    return next(found, None)


def _is_put_right(heard: Heard, sought: tuple[str, ...], situation: Situation) -> bool:
    """ "Tom not Ella. Ella is in school": nobody misses Ella but by the words that are now taken back."""
    return set(sought) <= put_right(heard, situation) and not any(pupil in situation.cases for pupil in sought)


def _sought(understood: Understanding) -> Understanding:
    """Without the children of whom the same words say why, or that, they are away: "just Ben, he is ill. Lily got on
    the bus", "only Mia is off, Ned went in".
    """
    without = tuple(report for report in understood.reports if is_unexplained(report.code))
    if understood.intent in SEARCHED:
        without = tuple(report for report in without if report.code is None) or without
    return replace(understood, reports=without) if without else understood


def _in_danger(heard: Heard, understood: Understanding, situation: Situation) -> tuple[str, ...]:
    """As `concerned`, but where no child is named and nothing was asked, any child who is not here may be meant."""
    named = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    if named:
        return named
    cases = situation.cases.values()
    question = situation.conversation.open_question(heard.at)
    if question is not None and question.children:
        return tuple(dict.fromkeys((*question.children, *(case.pupil for case in cases if case.is_waiting))))
    not_here = tuple(case.pupil for case in cases if case.outcome not in PRESENT_OUTCOMES)
    return not_here or situation.sender.children


def concerned(understood: Understanding, situation: Situation) -> tuple[str, ...]:
    """The pupils whom the words are about: named, else asked about, else with an open case, else all of them."""
    named = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    if named:
        return named
    question = situation.conversation.question
    if question is not None and question.children and not question.is_beside_a_record:
        return question.children
    waiting = tuple(pupil for pupil, case in situation.cases.items() if case.stage != "settled")
    return waiting or situation.sender.children


def _absent_to_us(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    pupils = _in_danger(heard, _sought(understood), situation)
    today = heard.day
    reported = {absence.pupil for absence in situation.known if absence.live and is_away_on(absence, today)}
    return any(pupil in situation.cases or pupil in reported for pupil in pupils)


def _register_is_to_tell(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> bool:
    """ "Ned went in without his lunch", before the close, of a child whom nobody reported or misses: the register
    tells within the hour whether he did, and until then there is nobody to look for.
    """
    roll, school = situation.school.roll, situation.school
    closes = [school.closes_at(roll.pupils[pupil], Session(heard.day, "am")) for pupil in pupils]
    return bool(closes) and all(one is not None and heard.at < one for one in closes)


def _alarm(
    heard: Heard,
    kind: str,
    pupil: str,
    contact: str | None,
    situation: Situation,
    because: str = "",
    where: bool = False,
) -> list[BotEffect]:
    because = (
        because
        or {
            "safeguarding": DISCLOSES,
            "believed_in_school": "A contact believes that the child is in school or set off.",
            "missing": "A contact does not know where the child is.",
        }[kind]
    )
    if kind == "believed_in_school" and (code := _reported_by_another(heard, pupil, situation)) is not None:
        because = f"{because} Another contact has reported it away today ({code})."
    danger = DangerHeard(f"{heard.id}/{kind}/{pupil}", contact, kind, because, where)
    effects: list[BotEffect] = []
    if pupil in situation.cases:
        effects.append(CaseEvent(pupil, danger))
        if kind != "safeguarding":
            return effects
    else:
        effects += _without_a_case(heard, pupil, danger)
    role = "safeguarding_lead" if kind == "safeguarding" else "attendance_officer"
    effects.append(_task(heard, "ring", pupil, role))
    return effects


def _without_a_case(heard: Heard, pupil: str, danger: DangerHeard) -> list[BotEffect]:
    """The same as the case of a child raises, where the child has none or the writer's word must not move it."""
    kind = danger.kind
    roles = ("safeguarding_lead",) if kind == "safeguarding" else ()
    key = f"message/{heard.id}/{OF_WHERE if danger.where else kind}/{pupil}"
    alert = RaiseAlert(key, kind, True, (pupil,), danger.because, roles=roles)
    if kind == "safeguarding":
        return [alert]
    return [alert, _task(heard, "find_child", pupil, "attendance_officer")]


def _task(heard: Heard, what: str, pupil: str, role: str) -> OpenTask:
    return OpenTask(f"message/{heard.id}/{what}/{pupil}", what, role, heard.at + RING_WITHIN, (pupil,))


def told_only(heard: Heard, danger: tuple[BotEffect, ...]) -> tuple[BotEffect, ...]:
    """Danger in the words of somebody who is barred, or who may not be the parent: staff hear it as urgently and look
    for the child, and the chase goes on. Whoever it is, their word must not keep us from asking the others.
    """
    found: list[BotEffect] = []
    for one in danger:
        if not isinstance(one, CaseEvent) or not isinstance(one.event, DangerHeard):
            found.append(one)
        else:
            found += _without_a_case(heard, one.pupil, one.event)
    return tuple(found)


def beside_danger(heard: Heard, danger: tuple[BotEffect, ...], answered: Outcome) -> tuple[BotEffect, ...]:
    """What else the words lead to. Words that say that a child is missing do not answer for it as well, nor does a
    disclosure of harm in which no word says where the child is, or that it stays away; and staff who are told of danger
    read the message anyway.
    """
    only_of_harm = _tells_of_harm(danger) and not says_anything_of_where(heard)
    alarmed = {
        one.pupil
        for one in danger
        if isinstance(one, CaseEvent) and isinstance(one.event, DangerHeard) and one.event.kind != "safeguarding"
    }
    return tuple(
        one
        for one in answered.effects
        if not (isinstance(one, CaseEvent) and one.pupil in alarmed) and not is_to_read(one)
        if not (only_of_harm and _is_without_a_reason(one))
    )


def _tells_of_harm(danger: tuple[BotEffect, ...]) -> bool:
    return any(
        isinstance(one, CaseEvent) and isinstance(one.event, DangerHeard) and one.event.kind == "safeguarding"
        for one in danger
    )


def _is_without_a_reason(one: BotEffect) -> bool:
    if isinstance(one, Record):
        return is_unexplained(one.absence.code)
    return isinstance(one, CaseEvent) and isinstance(one.event, SafeWithoutReason)
