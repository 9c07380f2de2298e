"""What we hold already of an absence, and ask or read back: it stays as it is unless the parent's words change it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.evidence import Reading
from bot.understanding.reasons.why import Why
from bot.understanding.values import Message, Report

#: From this probability on another reason is believed although no word of the lists stands for it.
_ANOTHER = 0.9
_DAY_MORE = re.compile(r"\b(?:another|one more|1 more|a further) day\b")
""" "Another day off for Poppy", who is ill: no day off for its own sake."""


def reasons_held(message: Message) -> set[str | None]:
    """The reasons that are recorded or were read back."""
    held = {report.code for report in message.known}
    if message.asked is not None and message.asked.draft is not None:
        held.add(message.asked.draft.code)
    return held


def reason_held(seen: Reading, why: Why, likeliest: str, sure: float) -> str | None:
    """The reason of the draft that we asked about, where the answer names none: "Both", "yes and Hafsa too"."""
    asked = seen.message.asked
    draft = asked.draft if asked is not None and asked.kind in ("child", "confirm") else None
    if draft is None or draft.code in (None, "N") or why.code is not None:
        return None
    return draft.code if likeliest == draft.code or sure < _ANOTHER else None


def says_nothing_new(seen: Reading, why: Why) -> bool:
    """ "Both": which children, and neither a day nor a reason, so that what is held of the rest stays."""
    return why.code is None and not seen.days.roles and not seen.signals.has("unknown_return")


def _of_days_off(why: Why) -> bool:
    """No reason but "a day off"."""
    return all("day" in hit.phrase for hit in why.hits)


def with_parts_held(seen: Reading, report: Report) -> Report:
    """The answer to "Which child?", or to why it is away, with the half of the day and the times of the draft, if it
    is of the same days: "for the optician", of a child to be collected at two.
    """
    asked = seen.message.asked
    draft = asked.draft if asked is not None and asked.kind in ("child", "reason") else None
    same = draft is not None and (report.first_day, report.return_day) == (draft.first_day, draft.return_day)
    if draft is None or not same or seen.times.roles:
        return report
    return replace(report, session=draft.session, arrives=draft.arrives, leaves=draft.leaves)


def own_reason(seen: Reading, why: Why, children: tuple[str, ...], code: str) -> str:
    """The reason that we hold of these children, where no word of a reason is told of them and that of another child
    was taken up: "Maja comes in after 12, Wiktor on Thursday", she at the hospital and he ill.
    """
    held = {report.code for report in seen.message.known if set(report.children) & set(children)}
    if code == "O" and len(held) == 1 and "I" in held and _DAY_MORE.search(seen.words.line) and _of_days_off(why):
        return "I"
    others = {report.code for report in seen.message.known if not set(report.children) & set(children)}
    own = held - {None, "N", "L"}
    if why.code is not None or len(own) != 1 or code in held or code not in others:
        return code
    return next(one for one in own if one is not None)
