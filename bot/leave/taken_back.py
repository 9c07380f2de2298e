"""The family does not go: a request that is withdrawn, before the decision or after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from attendance.effects import RaiseAlert
from attendance.leave import LeaveRequest, machine
from bot.drafts import called_names
from bot.leave import days_said, words
from bot.leave.telling import received
from bot.leave.whose import in_the_same_breath, last_made, own
from bot.naming import is_named, stands_between
from bot.outcome import BotEffect, ChangeLeave, Heard, Outcome, Reply, Situation
from bot.understanding import Understanding

_ONLY = r"(?:just|only)\W+(?:(?:for|its|it's|it is)\W+)?"


def withdrawn(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The family does not go. Before the decision that is the end of it; afterwards the coming marks are opened, and a
    person looks whether that is right."""
    if (in_school := _in_on_its_first_day(heard, understood, situation)) is not None:
        return in_school
    plain_no = understood.intent == "cancel"
    if not (plain_no or words.withdraws(heard.text)):
        return None
    ours = own(heard.text, situation)
    mine = [one for one in ours if one.state in machine.WITHDRAWABLE and (one.return_day or one.first_day) >= heard.day]
    if not words.withdraws(heard.text):  # a family that is away already is stuck somewhere, and takes nothing back
        mine = [one for one in mine if one.first_day > heard.day]
    mine = _of_the_day_named(heard, mine)
    if not mine or (plain_no and not words.withdraws(heard.text) and len(mine) > 1 and not _together(mine)):
        return None
    return Outcome(
        replace(situation.conversation, question=None),
        tuple(taken_back(heard, mine)),
        _withdrawn(mine, situation),
    )


def _of_the_day_named(heard: Heard, mine: list[LeaveRequest]) -> list[LeaveRequest]:
    """ "Thursday is cancelled, only Tuesday now", of days that were asked for one by one: the one that is not kept."""
    if len({one.first_day for one in mine}) < 2:
        return mine
    named = [one for one in mine if _names(heard.text, one)]
    kept = [one for one in named if _names(heard.text, one, r"\b(?:just|only|still|keep|but)\W+(?:\w+\W+){0,3}?")]
    if kept:
        return [one for one in (named if len(named) > len(kept) else mine) if one not in kept]
    return named or mine


def _names(text: str, request: LeaveRequest, before: str = "") -> bool:
    day = request.first_day
    said = rf"{before}(?:\b{day:%a}\w*|\b{day.day}(?:st|nd|rd|th)\b|\b{day.day} {day:%b})"
    return re.search(said, text, re.IGNORECASE) is not None


def taken_back(heard: Heard, mine: Sequence[LeaveRequest]) -> list[BotEffect]:
    """The end of these requests; of granted leave the office hears."""
    effects: list[BotEffect] = []
    for one in mine:
        effects.append(ChangeLeave(machine.withdraw(one)))
        if one.is_granted:
            because = (
                f"The family withdraws the leave granted from {one.first_day:%-d %B}: the child is expected. "
                "The coming marks are opened, and an N is chased as always; look whether that is right."
            )
            effects.append(
                RaiseAlert(
                    f"message/{heard.id}/withdrawn/{one.pupil}",
                    "message_to_read",
                    False,
                    (one.pupil,),
                    because,
                    roles=("attendance_officer",),
                )
            )
    return effects


def _withdrawn(mine: Sequence[LeaveRequest], situation: Situation) -> Reply:
    pupils = tuple(dict.fromkeys(one.pupil for one in mine))
    values = {"names": called_names(situation, pupils), "first_day": min(one.first_day for one in mine)}
    return Reply("leave.withdrawn", pupils, values)


def _in_on_its_first_day(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Toby will be in on the 7th", the first day of the leave: they do not go. Of a child who is away now it is the
    return from that; "back" may be a slip of the day, for a person to see.
    """
    days = {report.return_day for report in understood.reports}
    day = days.pop() if understood.intent == "return" and len(days) == 1 else None
    if day is None or words.says_back(heard.text):
        return None
    children = {child for report in understood.reports for child in report.children}
    ours = [one for one in own(heard.text, situation) if one.state in machine.WITHDRAWABLE and one.pupil in children]
    no_month = days_said.dates_said(heard.text, heard.day) is None  # "on the 7th" of the month of the leave
    ours = [one for one in ours if one.first_day == day or (no_month and one.first_day.day == day.day)]
    mine = [one for one in ours if is_ahead(one, heard, situation)]
    if not mine or {one.pupil for one in mine} != children:
        return None
    thread = replace(situation.conversation, question=None)
    return Outcome(thread, tuple(taken_back(heard, mine)), _withdrawn(mine, situation))


def only_for_some(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Actually just Ella, Max doesn't want to miss his trip", after leave for both; "just Dan, Eve will be in", after
    leave for Dan: whom it is for, and nothing of today.
    """
    children = [child for child in situation.sender.may_report if is_named(heard.text, child, situation)]
    only = {child for child in children if stands_between(heard.text, child, situation, before=_ONLY)}
    if not only or words.is_of_today(heard.text) or understood.urgent or understood.safeguarding:
        return None
    mine = own("", situation)
    newest = last_made(mine)
    told_since = situation.conversation.recorded_at
    if newest is None or (told_since is not None and told_since > newest.asked_at):
        return None
    last = [one for one in in_the_same_breath(newest, mine) if one.state in machine.WITHDRAWABLE]
    kept = [one for one in last if one.pupil in only]
    if not kept or not only <= {one.pupil for one in last} or not all(is_ahead(one, heard, situation) for one in last):
        return None
    out = [one for one in last if one.pupil not in only]
    if not out:
        return Outcome(situation.conversation, (), received(heard, kept, situation))
    told = [ChangeLeave(replace(one, messages=tuple(dict.fromkeys((*one.told, heard.id))))) for one in kept]
    thread = replace(situation.conversation, question=None)
    return Outcome(thread, (*taken_back(heard, out), *told), _withdrawn(out, situation))


def is_ahead(request: LeaveRequest, heard: Heard, situation: Situation) -> bool:
    """Still to come, of a child who is where it should be today."""
    away = any(
        known.live and known.pupil == request.pupil and known.first_day <= heard.day <= (known.return_day or heard.day)
        for known in situation.known
    )
    return request.first_day > heard.day and not away and request.pupil not in situation.cases


def _together(requests: Sequence[LeaveRequest]) -> bool:
    return len({one.together or one.id for one in requests}) == 1
