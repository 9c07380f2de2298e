"""One short question when something is unclear; what was understood is kept as a draft, and the chase goes on.

The day of return is asked about last, beside the read-back of what is recorded already, and only where the policy
requires it of a report: whoever does not answer has still told us where the child is and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from attendance.absences import APPOINTMENT, Absence
from attendance.effects import RaiseAlert
from attendance.policy import Policy
from bot.conversation import Question
from bot.drafts import absence_of, called_names
from bot.for_staff.passing_on import to_read, to_staff
from bot.leave.told import together
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.readback import READ_BACK, read_back
from bot.understanding import Understanding

QUESTIONS = {
    "child": ("child", "absence.which_child"),
    "reason": ("reason", "absence.reason"),
    "dates": ("return", "absence.return"),
    "return": ("return", "absence.return"),
    "confirm": ("confirm", "absence.confirm"),
}
ASKED_AS = {"child": "child", "reason": "reason", "return_date": "return", "length": "return"}
"""From a required field of a report (`report.fields`) to the question for it. The others are known of every listed
contact: tutor group (the roll), sender and relation (the contact list).
"""
SAME_WORDS_AGAIN = timedelta(minutes=10)
"""Within this no address hears the same words twice."""
ALWAYS = frozenset({"child", "reason"})
"""Asked about at every school: without them no register can be kept. Source: SI 2024/208 reg 10."""


def required_of_a_report(policy: Policy) -> frozenset[str]:
    """The fields that this school asks for where a report lacks them, as the reader names them."""
    return ALWAYS | {ASKED_AS[field] for field in policy.report.fields if field in ASKED_AS}


def ask_until_when(
    outcome: Outcome, recorded: Sequence[Absence], heard: Heard, understood: Understanding, situation: Situation
) -> Outcome:
    """The same with the question for the day of return beside the read-back, where the policy requires one and the
    words gave none. Nobody is asked again who was asked for the child that day, nor who said that they do not know.
    """
    before = situation.conversation.open_question(heard.at)
    if "return" not in understood.ask or "return" not in required_of_a_report(situation.school.policy):
        return outcome
    threads = (situation.conversation, outcome.conversation)
    if any(thread.leave_question(heard.at) is not None for thread in threads):  # one thing at a time
        return outcome
    if outcome.reply is None or outcome.reply.template not in READ_BACK:
        return outcome
    open_ended = [one for one in recorded if _is_open_ended(one, heard) and one.pupil in outcome.reply.pupils]
    pupils = tuple(dict.fromkeys(absence.pupil for absence in open_ended))
    if not pupils:
        waits = before is not None and before.is_beside_a_record and all(one.code == APPOINTMENT for one in recorded)
        return replace(outcome, conversation=outcome.conversation.asks(before)) if before and waits else outcome
    asked = before.children if before is not None and before.is_beside_a_record and before.day == heard.day else ()
    conversation = outcome.conversation.asks(Question("return", pupils, heard.day, heard.at, messages=(heard.id,)))
    new = tuple(pupil for pupil in pupils if pupil not in asked)
    if not new and all(_told_just_now(one, heard, situation) for one in recorded):
        new = pupils  # the same words twice: answered in the very words, which therefore do not leave again
    values = {**outcome.reply.values, "until": called_names(situation, new)} if new else outcome.reply.values
    return replace(outcome, conversation=conversation, reply=replace(outcome.reply, values=values))


def _told_just_now(absence: Absence, heard: Heard, situation: Situation) -> bool:
    """Whether the writer has told exactly this a few minutes ago."""
    return any(
        heard.at - one.recorded_at <= SAME_WORDS_AGAIN
        and replace(one, id="", contact=None, message=None, recorded_at=heard.at)
        == replace(absence, id="", contact=None, message=None, recorded_at=heard.at)
        for one in situation.own_reports
    )


def _is_open_ended(absence: Absence, heard: Heard) -> bool:
    """Nobody knows until when. An appointment is over the same day: "which day will she be back?" would be silly."""
    whole = absence.half == "day" and absence.return_day is None and absence.first_day >= heard.day
    return whole and absence.code != APPOINTMENT


def ask(heard: Heard, understood: Understanding, situation: Situation, leave: bool = False) -> Outcome:
    """One short question; what was understood is kept as a draft, and the chase goes on."""
    sender, roll = situation.sender, situation.school.roll
    wanted = [field for field in ("child", "reason", "dates", "return", "confirm") if field in understood.ask]
    if not leave and set(wanted) - {"return"}:
        wanted = [field for field in wanted if field != "return"]
    named = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    if not named and "child" not in wanted:
        wanted.insert(0, "child")
    first = wanted[0] if wanted else "confirm"
    choices = sender.may_hear_of
    if first == "child" and len(choices) < 2:
        return to_staff(heard, understood, situation)
    if first == "confirm" and not named:
        return to_staff(heard, understood, situation)
    kind, template = QUESTIONS[first]
    pupils = choices if first == "child" else tuple(child for child in named if child in choices)
    if not pupils:
        return to_staff(heard, understood, situation)
    if first == "reason" and not leave and not _may_be_asked_why(pupils, situation):
        return to_staff(heard, understood, situation)
    names = tuple(roll.pupils[pupil].called for pupil in pupils)
    day = understood.reports[0].first_day if understood.reports else None
    lacks = ("return",) if "return" in understood.ask and first != "return" else ()
    told = tuple(one.id for one in together(heard, understood.reports, situation))
    question = Question(kind, pupils, day or heard.day, heard.at, understood.reports, leave, lacks, told)
    values: dict[str, object] = {"names": names}
    if leave and first != "confirm":
        template, values = "leave.missing", {"names": () if first == "child" else names, "missing": (first,)}
    if first == "confirm":
        drafts = [
            absence_of(heard, report, pupil, 0)
            for report in understood.reports
            for pupil in report.children
            if pupil in choices
        ]
        called = {pupil: roll.pupils[pupil].called for pupil in pupils}
        values = {"what": read_back(drafts, called, heard.day)}
    return Outcome(
        situation.conversation.asks(question),
        _to_be_fetched(heard, first, understood, situation),
        Reply(template, pupils, values),
    )


def _may_be_asked_why(pupils: Sequence[str], situation: Situation) -> bool:
    """A grandmother or a childminder is asked to ring the school, and hears from us of no absence and no reason."""
    links = [situation.school.roll.link(pupil, situation.sender.writer) for pupil in pupils]
    return all(link is None or link.is_parent for link in links)


def _to_be_fetched(heard: Heard, asked: str, understood: Understanding, situation: Situation) -> tuple[RaiseAlert, ...]:
    """ "He has the dentist at 11, I'll collect him at half ten": which child it is may never be answered, and somebody
    at the school must know that a parent will be at the door.
    """
    leaves = any(report.leaves is not None and report.first_day == heard.day for report in understood.reports)
    if asked != "child" or not leaves:
        return ()
    return (to_read(heard, situation, "A child is to be fetched today; the family was asked which one."),)
