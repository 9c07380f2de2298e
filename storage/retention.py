"""What is older than a school keeps it: counted, blanked or deleted, some rows at a time, of one school.

Blanking takes the words and leaves the row, so that it is still known that something was said. Deleting from
append-only tables needs a pass, and the database refuses it for anything that is newer than the pass says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables as t
from storage.columns import Instant

WORDS_IN_JOURNAL: Final = frozenset({"text", "because", "words", "note", "outcome", "from"})
"""Keys of a journal line that hold what somebody wrote, or from which number."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What is before these is not kept: words, files, and everything else (`records`, and `day` for sessions)."""

    words: datetime
    files: datetime
    records: datetime
    day: date


_school: sa.BindParameter[str] = sa.bindparam("school")
_before = sa.bindparam("before", type_=Instant)
_day = sa.bindparam("before_day", type_=sa.Date)
_most: sa.BindParameter[int] = sa.bindparam("at_most")
_inbox_of_school = sa.or_(t.inbox.c.school_id == _school, t.inbox.c.school_id.is_(None))
"""A message that no school could place goes with the first school whose years are over."""

_OLD: Final[Mapping[str, tuple[sa.Table, sa.ColumnElement[bool]]]] = {
    "messages in": (
        t.inbox,
        sa.and_(
            _inbox_of_school,
            t.inbox.c.received_at < _before,
            sa.or_(t.inbox.c.text != "", t.inbox.c.understood.is_not(None), sa.cast(t.inbox.c.raw, sa.Text) != "{}"),
        ),
    ),
    "messages out": (
        t.outbox,
        sa.and_(t.outbox.c.school_id == _school, t.outbox.c.created_at < _before, t.outbox.c.text != ""),
    ),
    "tasks": (
        t.task,
        sa.and_(
            t.task.c.school_id == _school,
            t.task.c.state == "done",
            t.task.c.opened_at < _before,
            sa.or_(t.task.c.note != "", t.task.c.outcome.is_not(None)),
        ),
    ),
}
_BLANK: Final[Mapping[str, Mapping[str, Any]]] = {
    "messages in": {"text": "", "raw": {}, "understood": None},
    "messages out": {"text": "", "subject": None, "about": {}},
    "tasks": {"note": "", "outcome": None},
}
_old_files = (
    sa.select(t.attachment.c.inbox_id, t.attachment.c.number)
    .join(t.inbox, t.inbox.c.inbox_id == t.attachment.c.inbox_id)
    .where(_inbox_of_school, t.inbox.c.received_at < _before)
)
_lines = (
    sa.select(t.journal.c.seq, t.journal.c.data)
    .where(t.journal.c.school_id == _school, t.journal.c.seq > sa.bindparam("after_seq"), t.journal.c.at < _before)
    .order_by(t.journal.c.seq)
    .limit(_most)
)
_set_line = (
    sa.update(t.journal)
    .where(t.journal.c.school_id == _school, t.journal.c.seq == sa.bindparam("of_seq"))
    .values(data=sa.bindparam("new_data", type_=t.journal.c.data.type))
)


def _key(table: sa.Table) -> sa.ColumnElement[Any]:
    return sa.tuple_(*table.primary_key.columns)


def _some(table: sa.Table, old: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The keys of a bounded number of rows, the same ones each time that it is asked in one transaction."""
    return sa.select(*table.primary_key.columns).where(old).order_by(*table.primary_key.columns).limit(_most)


_BLANKING: Final = {
    what: sa.update(table).where(_key(table).in_(_some(table, old))).values(**_BLANK[what])
    for what, (table, old) in _OLD.items()
}


async def blank_words(db: AsyncConnection, school_id: str, before: datetime, limit: int) -> dict[str, int]:
    """Take the words out of messages and of tasks that are done. Answers how many rows of each."""
    of = {"school": school_id, "before": before, "at_most": limit}
    return {what: (await db.execute(blank, of)).rowcount for what, blank in _BLANKING.items()}


async def blank_journal(
    db: AsyncConnection, school_id: str, before: datetime, after_seq: int, limit: int
) -> tuple[int, int]:
    """Take the words out of the lines after number `after_seq`. (lines that were looked at, number of the last one)"""
    of = {"school": school_id, "before": before, "after_seq": after_seq, "at_most": limit}
    lines = list((await db.execute(_lines, of)).all())
    changed = [
        {"school": school_id, "of_seq": seq, "new_data": {k: v for k, v in data.items() if k not in WORDS_IN_JOURNAL}}
        for seq, data in lines
        if WORDS_IN_JOURNAL & set(data)
    ]
    if changed:
        await db.execute(_set_line, changed)
    return len(lines), lines[-1][0] if lines else after_seq


_delete_files = sa.delete(t.attachment).where(
    _key(t.attachment).in_(_old_files.order_by(t.attachment.c.inbox_id, t.attachment.c.number).limit(_most))
)


async def delete_files(db: AsyncConnection, school_id: str, before: datetime, limit: int) -> int:
    """Delete files that came with messages: evidence whose years are over."""
    of = {"school": school_id, "before": before, "at_most": limit}
    return (await db.execute(_delete_files, of)).rowcount


Old = tuple[sa.Table, sa.ColumnElement[bool], tuple[sa.Table, ...]]
"""A table, which of its rows are old, and the tables whose rows hang on them by the same id and go with them."""


def _dated(table: sa.Table, when: sa.ColumnElement[Any], *more: sa.ColumnElement[bool]) -> Old:
    return table, sa.and_(table.c.school_id == _school, when < _before, *more), ()


def _of_day(table: sa.Table, day: sa.ColumnElement[Any], *more: sa.ColumnElement[bool]) -> Old:
    return table, sa.and_(table.c.school_id == _school, day < _day, *more), ()


_last_of_leave = sa.func.coalesce(t.leave_request.c.return_day, t.leave_request.c.first_day)
_last_of_absence = sa.func.coalesce(t.absence.c.return_day, t.absence.c.first_day)
_RECORDS: Final[Mapping[str, Old]] = {
    "register entries": _of_day(t.entry, t.entry.c.day),
    "amendments": _of_day(t.amendment, t.amendment.c.day, t.amendment.c.at < _before),
    "class registers": _of_day(t.class_register, t.class_register.c.day),
    "imported history": _of_day(t.history, t.history.c.last_day),
    "absences": _of_day(t.absence, _last_of_absence),
    "letters": _dated(t.leave_letter, t.leave_letter.c.created_at),
    "leave requests": _of_day(t.leave_request, _last_of_leave, t.leave_request.c.state != "requested"),
    "cases": _of_day(t.case_, t.case_.c.day),
    "tasks done": _dated(t.task, t.task.c.opened_at, t.task.c.state == "done"),
    "alerts over": _dated(t.alert, t.alert.c.opened_at, sa.not_(t.alert.c.live)),
    "messages out": (*_dated(t.outbox, t.outbox.c.created_at)[:2], (t.outbox_pupil, t.receipt)),
    "messages in": (t.inbox, sa.and_(_inbox_of_school, t.inbox.c.received_at < _before), (t.attachment,)),
    "journal lines": (*_dated(t.journal, t.journal.c.at)[:2], (t.journal_pupil,)),
    "audit lines": _dated(t.audit, t.audit.c.at),
}
_HANGS_ON: Final = {
    "outbox_pupil": "message_id",
    "receipt": "message_id",
    "attachment": "inbox_id",
    "journal_pupil": "seq",
}


def _hanging_gone(table: sa.Table, old: sa.ColumnElement[bool], child: sa.Table) -> sa.Delete:
    """What hangs on the old rows that the same transaction deletes next."""
    some, column = _some(table, old), _HANGS_ON[child.name]
    mine = sa.select(some.subquery().c[column]) if column in table.primary_key.columns else None
    ids = mine if mine is not None else sa.select(table.c[column]).where(_key(table).in_(some))
    gone = sa.delete(child).where(child.c[column].in_(ids))
    return gone.where(child.c.school_id == _school) if "school_id" in child.c else gone


_HANGING_GONE: Final = [
    _hanging_gone(table, old, child) for table, old, hanging in _RECORDS.values() for child in hanging
]
_GONE: Final = {
    what: sa.delete(table).where(_key(table).in_(_some(table, old))) for what, (table, old, _) in _RECORDS.items()
}


async def delete_records(db: AsyncConnection, school_id: str, ends: Ends, limit: int) -> dict[str, int]:
    """Delete what is older than every record is kept. Answers how many rows of each kind."""
    before = min(ends.records, ends.words)
    of = {"school": school_id, "before": before, "before_day": ends.day, "at_most": limit}
    async with Pass(db, school_id, before):
        for gone in _HANGING_GONE:
            await db.execute(gone, of)
        return {what: (await db.execute(gone, of)).rowcount for what, gone in _GONE.items()}


_pass = sa.insert(t.purge_pass)
_pass_over = sa.delete(t.purge_pass).where(t.purge_pass.c.school_id == _school)


class Pass:
    """The right to delete what is older, for as long as the block runs and never after its transaction."""

    def __init__(self, db: AsyncConnection, school_id: str, before: datetime) -> None:
        self._db, self._row = db, {"school_id": school_id, "before": before}

    async def __aenter__(self) -> None:
        await self._db.execute(_pass, self._row)

    async def __aexit__(self, *exc: object) -> None:
        if exc[0] is None:
            await self._db.execute(_pass_over, {"school": self._row["school_id"]})


async def would_go(db: AsyncConnection, school_id: str, ends: Ends) -> dict[str, int]:
    """How many rows of each kind are older than they are kept: what the nights to come would blank and delete."""
    of = {"school": school_id, "before_day": ends.day}
    found = {}
    for what, (table, old) in _OLD.items():
        count = sa.select(sa.func.count()).select_from(table).where(old)
        found[f"blank: {what}"] = int((await db.execute(count, {**of, "before": ends.words})).scalar_one())
    files = sa.select(sa.func.count()).select_from(_old_files.subquery())
    found["delete: files"] = int((await db.execute(files, {**of, "before": ends.files})).scalar_one())
    for what, (table, old, _) in _RECORDS.items():
        count = sa.select(sa.func.count()).select_from(table).where(old)
        of_records = {**of, "before": min(ends.records, ends.words)}
        found[f"delete: {what}"] = int((await db.execute(count, of_records)).scalar_one())
    return found
