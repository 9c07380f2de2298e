"""A child's story: every attempt, word, receipt, mark and amendment, with who and when, newest day first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import local
from attendance.people import Pupil
from attendance.register import Amendment, Entry
from attendance.school import School
from office.board.rows import FLAG_TASKS
from office.child.files import files_of
from office.child.moments import Beside, Moment, Reads, moment_of, waiting
from office.child.reached import Person, people_of, tried_today
from storage import journal, outbox, register
from storage.journal import Line

SHOWN_DAYS = timedelta(days=35)
REGISTER_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Story:
    """Everything on the page of one child."""

    pupil: Pupil
    moments: tuple[tuple[date, tuple[Moment, ...]], ...]
    people: tuple[Person, ...]
    entries: tuple[Entry, ...]
    amendments: tuple[Amendment, ...]


async def read(
    db: AsyncConnection, school: School, pupil: Pupil, now: datetime, reads: Reads, flags: bool = True
) -> Story:
    """Read a story. `reads`: whether words are for whoever looks; `flags`: whether it says who works with a family."""
    today = local(now).date()
    lines = [line for line in await journal.of_pupil(db, school.id, pupil.id) if flags or not _is_flag(line)]
    written = {row.message_id: row for row in await outbox.of_pupil(db, school.id, pupil.id)}
    receipts = {
        id_: await outbox.receipts_of(db, school.id, id_)
        for id_, row in written.items()
        if row.staff_id is None and now - row.created_at < SHOWN_DAYS
    }
    entries = await register.entries_between(db, school.id, today - REGISTER_DAYS, today, [pupil.id])
    first, beside = now - SHOWN_DAYS, Beside(school, pupil, written, receipts, reads)
    moments = [moment for line in lines if line.at >= first and (moment := moment_of(line, beside)) is not None]
    moments += files_of(lines, first, pupil.id, reads)
    tried = tried_today(lines, school, written, receipts, today)
    moments += [waiting(row, school) for row in written.values() if row.state == "queued" and row.staff_id is None]
    return Story(
        pupil,
        _by_day(moments),
        await people_of(db, school, pupil, tried),
        tuple(sorted(entries, key=lambda entry: entry.session, reverse=True)),
        tuple(reversed(await register.amendments_of(db, school.id, pupil.id))),
    )


def _is_flag(line: Line) -> bool:
    return line.kind == "task" and line.data.get("what") in FLAG_TASKS


def _by_day(moments: Sequence[Moment]) -> tuple[tuple[date, tuple[Moment, ...]], ...]:
    days: dict[date, list[Moment]] = {}
    for moment in sorted(dict.fromkeys(moments), key=lambda one: one.at)[::-1]:
        days.setdefault(local(moment.at).date(), []).append(moment)
    return tuple((day, tuple(found)) for day, found in days.items())
