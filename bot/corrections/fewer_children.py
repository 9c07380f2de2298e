"""Fewer children than were read back: "just Ella sorry", "only Ella, not Tom or Max", after "we have Ella and Tom off".

What we hold of the others is taken back, and whoever of them is missed today is asked about again: a child that nobody
reported must not stay explained because its name was left out of the answer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.absences import Absence
from attendance.codes import is_unexplained
from bot.conversation import Question
from bot.corrections.openings import IT_IS, MEANS, NO, OPENS, SLIPS, UNSAYS
from bot.days.return_days import return_changed
from bot.drafts import called_names
from bot.for_staff.passing_on import to_staff
from bot.naming import any_name, is_named, names_of, stands_between
from bot.outcome import BotEffect, Heard, Outcome, Reply, Situation, Withdraw
from bot.readback import as_put_right, read_back, was_read_back
from bot.recording import absence_reported
from bot.understanding import Report, Understanding

ANSWERS = {"absence": absence_reported, "return": return_changed}
"""What is told of the others beside it."""
_PUTS_RIGHT = re.compile(rf"^{OPENS}(?:{SLIPS}|{NO}|{MEANS}|{IT_IS}|{UNSAYS}|not)\b", re.IGNORECASE)
_AS_WELL = re.compile(r"\b(?:too|also|as well|both|either|neither|(?<!after )all)\b", re.IGNORECASE)
_BESIDE_A_NAME = frozenset("and sorry please thanks its it s is for me x xx".split())
_OWN_NEWS = (
    r"(?:['\u2019]?s)?\s+(?:(?:is|are|was|has|will|can|feels?|seems?|looks?|says|perked|went|gone|coming|came|got)\b"
    r"|(?:fine|ok|okay|well|clear|better|alright|in)\b)"
)
"""Behind a name that follows a comma: "only Rosie, Jack's are clear" lists nobody."""
SHORT, LONGER = 8, 14
"""Words of "just Ella and Max sorry", at most: a longer message must begin as a correction does, or name everybody."""


def fewer_meant(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The read-back held for some of its children only. None for any other words."""
    held = situation.last_told(heard.at)
    wrong = _not_meant(heard.text, {absence.pupil for absence in held}, situation)
    if not wrong or any(_tells_of(report, wrong) for report in understood.reports):
        return None
    codes = {absence.code for absence in held}
    if any(not is_unexplained(report.code) and report.code not in codes for report in understood.reports):
        return to_staff(heard, understood, situation)  # "not Tom, he has the dentist, just Ella": whose is the dentist?
    taken_back = [absence for absence in held if absence.pupil in wrong]
    told = _of_the_others(heard, understood, [one for one in held if one.pupil not in wrong], situation)
    effects: list[BotEffect] = [Withdraw(absence, "rejected") for absence in taken_back]
    missed = tuple(dict.fromkeys(one.pupil for one in taken_back if one.pupil in situation.cases))
    if told.reply is None or not missed:
        return replace(told, effects=(*effects, *told.effects))
    asked = told.conversation.asks(Question("reason", missed, heard.day, heard.at))
    values = {key: value for key, value in told.reply.values.items() if key != "until"}
    reply = replace(told.reply, values={**values, "why": called_names(situation, missed)})
    return replace(told, conversation=asked, effects=(*effects, *told.effects), reply=reply)


def _tells_of(report: Report, pupils: set[str]) -> bool:
    """The words have news of one of these: "not Tom! He is at the dentist" is Tom's, and no "no" alone."""
    news = not is_unexplained(report.code) or (report.return_day or report.arrives) is not None
    return news and bool(set(report.children) & pupils)


def _of_the_others(heard: Heard, understood: Understanding, held: list[Absence], situation: Situation) -> Outcome:
    """What stands, read back anew, with what the same words say of it ("just Ella, back Thursday")."""
    pupils = tuple(dict.fromkeys(absence.pupil for absence in held))
    of_them = {one for report in understood.reports for one in report.children} == {*pupils}
    if of_them and understood.intent in ANSWERS:
        told = ANSWERS[understood.intent](heard, understood, situation)
        if was_read_back(told):
            return as_put_right(told)
    names = {pupil: situation.school.roll.pupils[pupil].called for pupil in pupils}
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in held), heard.at)
    return Outcome(conversation, (), Reply("absence.corrected", pupils, {"what": read_back(held, names, heard.day)}))


def _not_meant(text: str, told: set[str], situation: Situation) -> set[str]:
    """The children of whom it does not hold by these words; none where they do not say so, or would leave nobody."""
    named = {child for child in situation.sender.may_report if is_named(text, child, situation)}
    short = len(text.split()) <= (LONGER if named == told else SHORT)
    if len(told) < 2 or not named <= told or _AS_WELL.search(text) or not (short or _PUTS_RIGHT.search(text)):
        return set()
    if named and _only_their_names(text, named, situation) and not _asked_for_whom(situation):
        return told - named
    list_of = rf"(?:(?:{any_name(told, situation)}|and|or|nor|&|\+)\W+)*"
    negated = {child for child in named if stands_between(text, child, situation, rf"not (?:for )?{list_of}")}
    alone = rf"(?<!not )(?:just|only) (?:for )?{list_of}"
    only = {child for child in named if stands_between(text, child, situation, alone)}
    only -= {child for child in only if _has_news_of_its_own(text, child, situation)}
    if only & negated:
        return set()
    wrong = told - only if only else negated
    return wrong if wrong != told else set()


def _has_news_of_its_own(text: str, child: str, situation: Situation) -> bool:
    return (
        re.search(rf",\s*(?:and |but )?(?:{any_name({child}, situation)}){_OWN_NEWS}", text, re.IGNORECASE) is not None
    )


def _only_their_names(text: str, named: set[str], situation: Situation) -> bool:
    """ "Noel", after "We have Noel and Peg off ill today": whoever writes one name means one child."""
    roll = situation.school.roll.pupils
    names = {part.casefold() for child in named for name in names_of(roll[child]) for part in re.findall(r"\w+", name)}
    return {word.casefold() for word in re.findall(r"\w+", text)} <= names | _BESIDE_A_NAME


def _asked_for_whom(situation: Situation) -> bool:
    """We have asked which child is meant since: a name answers that."""
    question = situation.conversation.question
    return question is not None and question.kind == "child"
