"""What members of staff did and looked at in the office; append-only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schools import take_numbers
from storage.tables import audit


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did. `subject` names what it was done to; `seq` is its number, 0 before it is stored."""

    at: datetime
    staff_id: str | None
    action: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    seq: int = 0


_add = sa.insert(audit)
_newest = (
    sa.select(audit.c.at, audit.c.staff_id, audit.c.action, audit.c.subject, audit.c.detail, audit.c.seq)
    .where(audit.c.school_id == sa.bindparam("school"), audit.c.seq < sa.bindparam("before_seq"))
    .order_by(audit.c.seq.desc())
    .limit(sa.bindparam("at_most"))
)
_actions = (
    sa.select(audit.c.action).distinct().where(audit.c.school_id == sa.bindparam("school")).order_by(audit.c.action)
)
BEYOND_ALL = 2**62


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deeds somebody looks for; what is left empty does not matter. `until` is not included any more."""

    staff: str = ""
    pupil: str = ""
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """As SQL. A subject names several things with spaces between them: `pupil/a contact/b`."""
        subject = sa.literal(" ") + audit.c.subject + sa.literal(" ")
        return [
            *([audit.c.staff_id == self.staff] if self.staff else []),
            *([subject.contains(f" pupil/{self.pupil} ", autoescape=True)] if self.pupil else []),
            *([audit.c.action == self.action] if self.action else []),
            *([audit.c.at >= self.since] if self.since else []),
            *([audit.c.at < self.until] if self.until else []),
        ]


async def append(db: AsyncConnection, school_id: str, deeds: Sequence[Deed]) -> None:
    """Write down what was done. Raises schools.UnknownSchool."""
    if not deeds:
        return
    numbers = await take_numbers(db, school_id, "audit_seq", len(deeds))
    await db.execute(
        _add,
        [
            {
                "school_id": school_id,
                "seq": seq,
                "at": one.at,
                "staff_id": one.staff_id,
                "action": one.action,
                "subject": one.subject,
                "detail": dict(one.detail),
            }
            for seq, one in zip(numbers, deeds, strict=True)
        ],
    )


async def newest(db: AsyncConnection, school_id: str, limit: int = 100, before: int | None = None) -> list[Deed]:
    """The last deeds, newest first; the page after it begins `before` the last number seen."""
    of = {"school": school_id, "before_seq": BEYOND_ALL if before is None else before, "at_most": limit}
    return [Deed(**row) for row in (await db.execute(_newest, of)).mappings()]


async def search(
    db: AsyncConnection, school_id: str, wanted: Wanted, limit: int = 100, before: int | None = None
) -> list[Deed]:
    """The last deeds that are wanted, newest first; the page after it begins `before` the last number seen."""
    of = {"school": school_id, "before_seq": BEYOND_ALL if before is None else before, "at_most": limit}
    return [Deed(**row) for row in (await db.execute(_newest.where(*wanted.conditions), of)).mappings()]


async def actions(db: AsyncConnection, school_id: str) -> list[str]:
    """Every kind of deed that there is."""
    return list((await db.execute(_actions, {"school": school_id})).scalars())
