"""The same for another child: "and Sean", a minute after leave was asked for his brother.

What was just asked for is meant for that child too: the same days, and why they were wanted is not asked again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from attendance.leave import WAITING, LeaveRequest
from bot.leave.whose import last_made
from bot.naming import any_name, is_named
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

A_WHILE = timedelta(minutes=30)
"""How long such words belong to what was asked before them."""


def the_same_for_another(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The request that was just made, for the child whom these words name and nothing else."""
    made = [
        one
        for one in situation.leave
        if one.contact == situation.sender.writer and one.state in WAITING and heard.at - one.asked_at <= A_WHILE
    ]
    newest = last_made(made)
    child = only_names(heard.text, situation, {one.pupil for one in made}) if newest is not None else None
    if newest is None or child is None or understood.urgent or understood.safeguarding:
        return understood
    told_since = situation.conversation.recorded_at
    if child in situation.cases or (told_since is not None and told_since > newest.asked_at):
        return understood  # missed today, or said after an illness that was told meanwhile
    return replace(understood, intent="leave", reports=(_as_asked(newest, child),), ask=())


def _as_asked(request: LeaveRequest, child: str) -> Report:
    return Report((child,), request.code, request.first_day, request.return_day, session=request.half)


def only_names(text: str, situation: Situation, asked: set[str]) -> str | None:
    """The one child beside those `asked` whom the words name, where they hold nothing else but that it is the same."""
    children = [child for child in situation.sender.may_report if child not in asked]
    named = [child for child in children if is_named(text, child, situation)]
    if len(named) != 1:
        return None
    words = (
        rf"\W*(?:(?:oh|sorry|also|forgot|and|plus|same|the|thing|for|with|goes|too|as well|is)\W+)*"
        rf"(?:{any_name(named, situation)})\W*"
        r"(?:(?:too|as well|also|please|pls|the same|same|sorry|thanks|thank you|of course|obviously|ofc|days"
        r"|(?:will )?(?:need|want)s? (?:it|them)?|is (?:coming|going)|x+)\W*)*"
    )
    joins = re.search(r"\b(?:and|also|plus|same|too|as well)\b", text, re.IGNORECASE)
    return named[0] if joins and re.fullmatch(words, text, re.IGNORECASE) else None
