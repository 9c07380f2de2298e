"""Work for people, with a clock, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import Session
from attendance.tasks import Task
from storage.statements import insert_new
from storage.tables import task


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task and what became of it."""

    task: Task
    state: Literal["open", "done"]
    opened_at: datetime
    done_by: str | None = None
    done_at: datetime | None = None
    outcome: str | None = None


_of_school = task.c.school_id == sa.bindparam("school")
_all = sa.select(task).where(_of_school).order_by(task.c.due, task.c.task_key)
_open = _all.where(task.c.state == "open")
_prefix = sa.bindparam("prefix", type_=sa.Text)
_ever_under = _all.where(sa.func.substr(task.c.task_key, 1, sa.func.length(_prefix)) == _prefix)
_of_keys = _all.where(task.c.task_key.in_(sa.bindparam("keys", expanding=True)))
_add = insert_new(task).returning(task.c.task_key)
_finish = (
    sa.update(task)
    .where(_of_school, task.c.task_key == sa.bindparam("of_key"), task.c.state == "open")
    .values(
        state="done",
        done_by=sa.bindparam("by_whom"),
        done_at=sa.bindparam("moment"),
        outcome=sa.bindparam("came_of_it"),
    )
)


async def add(db: AsyncConnection, school_id: str, tasks: Iterable[Task], at: datetime) -> list[Task]:
    """Open tasks. Answers those that were not there before; a key is used once, also when its task is done."""
    new = {one.key: one for one in tasks}
    if not new:
        return []
    added = set((await db.execute(_add, [_row(school_id, one, at) for one in new.values()])).scalars())
    return [one for key, one in new.items() if key in added]


async def finish(db: AsyncConnection, school_id: str, key: str, by: str, at: datetime, outcome: str) -> bool:
    """Close a task. False when it is not open: somebody was quicker, or there is none."""
    of = {"school": school_id, "of_key": key, "by_whom": by, "moment": at, "came_of_it": outcome}
    return (await db.execute(_finish, of)).rowcount == 1


async def open(db: AsyncConnection, school_id: str) -> list[Task]:  # noqa: A001  what it is: the open ones
    """Open tasks, the one due first at the top."""
    return [_task(row) for row in (await db.execute(_open, {"school": school_id})).mappings().all()]


async def of_keys(db: AsyncConnection, school_id: str, keys: Iterable[str]) -> list[TaskRow]:
    """These tasks with what became of them, as far as they exist."""
    found = (await db.execute(_of_keys, {"school": school_id, "keys": list(keys)})).mappings().all()
    return [_task_row(row) for row in found]


async def ever_under(db: AsyncConnection, school_id: str, prefix: str) -> list[TaskRow]:
    """Tasks whose key begins with `prefix`, the done ones too, with what became of them."""
    found = (await db.execute(_ever_under, {"school": school_id, "prefix": prefix})).mappings().all()
    return [_task_row(row) for row in found]


def _task_row(row: RowMapping) -> TaskRow:
    return TaskRow(_task(row), row["state"], row["opened_at"], row["done_by"], row["done_at"], row["outcome"])


def _row(school_id: str, one: Task, at: datetime) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "task_key": one.key,
        "what": one.what,
        "role": one.role,
        "due": one.due,
        "pupils": list(one.pupils),
        "day": one.session.day if one.session else None,
        "half": one.session.half if one.session else None,
        "note": one.note,
        "state": "open",
        "opened_at": at,
    }


def _task(row: RowMapping) -> Task:
    return Task(
        key=row["task_key"],
        what=row["what"],
        role=row["role"],
        due=row["due"],
        pupils=tuple(row["pupils"]),
        session=Session(row["day"], row["half"]) if row["day"] is not None else None,
        note=row["note"],
    )
