"""More than a yes: "yes, back in at 11", "yes but not Tom", "still not well" on the morning after.

Taken for a mere yes, what the words say of the draft would be lost: another time or half, another day, another child.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from attendance.calendar import local
from bot.understanding.children.chosen import denied
from bot.understanding.days.another_start import another_start
from bot.understanding.days.not_known import is_not_known_when
from bot.understanding.days.other_half import another_half_of
from bot.understanding.evidence import Reading
from bot.understanding.values import Report

_FRIDAY, _NEXT = 4, timedelta(days=1)
_STILL = frozenset("still again worse change better".split())


def says_more(seen: Reading, draft: Report) -> bool:
    """Whether the words, in answer to this draft, say of it what it has not."""
    anew = another_half_of(seen, draft) or another_start(seen, draft)
    return anew is not None or any(check(seen, draft) for check in _CHECKS)


def _another_time(seen: Reading, draft: Report) -> bool:
    counts = ("arrives", "leaves") if seen.signals.has("confirm") else ("arrives", "leaves", "own")
    return any(role in counts and moment.at not in (draft.arrives, draft.leaves) for moment, role in seen.times.roles)


def _another_child(seen: Reading, draft: Report) -> bool:
    """ "Yes and his sister too", "it's his sister thanks", "yes but not Tom"."""
    others = {child for one in seen.who.named for child in one.children} - set(draft.children)
    added = seen.signals.has("same") or not seen.signals.has("confirm")
    only = {"just", "only"} & set(seen.words.texts) and not seen.signals.has("confirm")
    if only and len(draft.children) > 1 and seen.who.named:
        return True  # "just Ella, Tom is fine thanks"
    told = bool(others) and added and not seen.signals.has_any("fine", "present")
    return told or not denied(seen).isdisjoint(draft.children)


def _only_late(seen: Reading, _: Report) -> bool:
    return seen.signals.has("late") and not seen.signals.has("confirm")


def _not_known_when(seen: Reading, draft: Report) -> bool:
    return draft.return_day is not None and is_not_known_when(seen)


def _began_before(seen: Reading, draft: Report) -> bool:
    first = draft.first_day
    return first is not None and any(
        role == "since" and day.first is not None and day.first < first for day, role in seen.days.roles
    )


def _away_on_the_return(seen: Reading, draft: Report) -> bool:
    """ "Yes and tomorrow", where tomorrow is the day of return."""
    ahead = draft.return_day != draft.first_day
    return ahead and any(
        role == "absent" and day.form in ("tomorrow", "weekday") and day.first == draft.return_day
        for day, role in seen.days.roles
    )


def _just_today(seen: Reading, draft: Report) -> bool:
    """ "Yes, just for today": the draft is open, or ends on a later day than the next one."""
    today, back = local(seen.message.sent_at).date(), draft.return_day
    later = back is None or (back - today) > (3 if today.weekday() == _FRIDAY else 1) * _NEXT
    return later and any(day.form == "today" and day.part == "only" for day, _ in seen.days.roles)


def _the_day_after(seen: Reading, draft: Report) -> bool:
    """ "Still not well", when the day of the draft is over: no yes to it, and news of today."""
    today, first = local(seen.message.sent_at).date(), draft.first_day
    over = first is not None and first < today and (draft.return_day is None or draft.return_day <= today)
    return over and not seen.signals.has("confirm") and not _STILL.isdisjoint(seen.words.texts)


_CHECKS: tuple[Callable[[Reading, Report], bool], ...] = (
    _another_time,
    _another_child,
    _only_late,
    _not_known_when,
    _began_before,
    _away_on_the_return,
    _just_today,
    _the_day_after,
)
