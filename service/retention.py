"""What is kept, and for how long: each night what is over goes, as the school's policy says (`retention.*`).

Years end with the school year: what happened in one goes together, that many years after it has ended. A night does
a bounded piece of work and comes back in a minute for the rest. A pupil who left has a timer of their own.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

import structlog

from attendance.calendar import instant, local
from attendance.periods import school_year
from attendance.policy.parts import Retention
from service.turns.turn import Turn
from storage import audit, leavers, retention, schools, timers
from storage.audit import Deed
from storage.retention import Ends
from storage.timers import Timer

log = structlog.get_logger("firstcall.retention")

NIGHTLY: Final = "retention"
LEAVER: Final = "leaver"
AT: Final = time(2, 30)
AGAIN: Final = timedelta(minutes=1)
AT_ONCE: Final = 2000
"""Rows of each kind in one transaction, so that nobody waits long for the database."""
_KEY: Final = "nightly"


def ends_of(kept: Retention, today: date) -> Ends:
    """What is before these is over on `today` (London). Each is the first day of a school year."""
    this_year = school_year(today)[0]

    def begins(years: int) -> date:
        return this_year.replace(year=this_year.year - years)

    def at(years: int) -> datetime:
        return instant(begins(years), time())

    return Ends(at(kept.message_years), at(kept.evidence_years), at(kept.register_years), begins(kept.register_years))


async def see_to_it(turn: Turn) -> None:
    """A school has its nightly timer from its first start on."""
    if not await timers.any_of(turn.db, turn.school.id, NIGHTLY):
        await timers.put(turn.db, turn.school.id, [Timer(NIGHTLY, _KEY, _next_night(turn.now), {"journal": 0})])


def _next_night(now: datetime) -> datetime:
    tonight = instant(local(now).date(), AT)
    return tonight if tonight > now else instant(local(now).date() + timedelta(days=1), AT)


async def nightly(turn: Turn, timer: Timer) -> None:
    """Let go of what is over, some rows of each kind; come back soon when there may be more."""
    db, school = turn.db, turn.school.id
    ends = ends_of(turn.school.policy.retention, local(turn.now).date())
    blanked = await retention.blank_words(db, school, ends.words, AT_ONCE)
    lines, mark = await retention.blank_journal(db, school, ends.words, timer.data["journal"], AT_ONCE)
    files = await retention.delete_files(db, school, ends.files, AT_ONCE)
    deleted = await retention.delete_records(db, school, ends, AT_ONCE)
    await _watch_leavers(turn)
    more = max(lines, files, *blanked.values(), *deleted.values()) >= AT_ONCE
    due = turn.now + AGAIN if more else _next_night(turn.now)
    await timers.put(db, school, [Timer(NIGHTLY, _KEY, due, {"journal": mark})])
    counts = {"words": sum(blanked.values()), "files": files, "records": sum(deleted.values())}
    if any(counts.values()):
        await _write_down(turn, {**counts, "of": {what: number for what, number in deleted.items() if number}})
        log.info("retention", school=school, **counts)


async def _write_down(turn: Turn, detail: dict[str, object]) -> None:
    deed = Deed(turn.now, None, "retention", "what is over by the policy", detail)
    await audit.append(turn.db, turn.school.id, [deed])


async def _watch_leavers(turn: Turn) -> None:
    """From the night on which a pupil is first seen to have left, the years are counted."""
    known = {timer.key for timer in await timers.all_of(turn.db, turn.school.id, LEAVER)}
    due = _years_from(turn)
    new = [Timer(LEAVER, pupil, due, {}) for pupil in await leavers.left(turn.db, turn.school.id) if pupil not in known]
    await timers.put(turn.db, turn.school.id, new)


def _years_from(turn: Turn) -> datetime:
    """The end of this school year, and so many years more as registers are kept."""
    ends = school_year(local(turn.now).date())[1] + timedelta(days=1)
    return instant(ends.replace(year=ends.year + turn.school.policy.retention.register_years), AT)


async def leaver(turn: Turn, timer: Timer) -> None:
    """Let go of a pupil who left, unless they came back or something of them is younger than is deleted."""
    ends = ends_of(turn.school.policy.retention, local(turn.now).date())
    if timer.key in turn.school.roll.pupils:
        return
    if await leavers.is_needed(turn.db, turn.school.id, timer.key, ends):
        again = instant(school_year(local(turn.now).date())[1] + timedelta(days=1), AT)
        await timers.put(turn.db, turn.school.id, [Timer(LEAVER, timer.key, again, {})])
        return
    await leavers.delete_pupil(turn.db, turn.school.id, timer.key, ends)
    await schools.touch_people(turn.db, turn.school.id)
    await _write_down(turn, {"pupils": 1})
    log.info("retention", school=turn.school.id, pupils=1)


async def bring_forward(turn: Turn) -> None:
    """Have the night's work done at once."""
    found = await timers.get(turn.db, turn.school.id, NIGHTLY, _KEY)
    data = {"journal": 0} if found is None else found.data
    await timers.put(turn.db, turn.school.id, [Timer(NIGHTLY, _KEY, turn.now, data)])


def periods(kept: Retention, now: datetime) -> list[str]:
    """Up to which day each kind of thing is over, as an operator reads it."""
    ends = ends_of(kept, local(now).date())
    return [
        f"words of messages are kept {kept.message_years} school years: from {local(ends.words):%d %b %Y}",
        f"files that families sent are kept {kept.evidence_years} school years: from {local(ends.files):%d %b %Y}",
        f"registers and all else are kept {kept.register_years} school years: from {local(ends.records):%d %b %Y}",
    ]


async def would_go(turn: Turn) -> dict[str, int]:
    """What the nights to come would blank and delete, by kind; and pupils whose years are counted."""
    ends = ends_of(turn.school.policy.retention, local(turn.now).date())
    found = await retention.would_go(turn.db, turn.school.id, ends)
    counted = await timers.all_of(turn.db, turn.school.id, LEAVER)
    found["delete: pupils who left"] = sum(timer.due_at <= turn.now for timer in counted)
    return found
