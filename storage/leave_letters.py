"""Letters about decisions on leave: drafts that a person releases, and what was released, as it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.statements import insert_new
from storage.tables import leave_letter


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter. `kind` is what the head had decided (granted or refused), `state` draft, released or withdrawn.

    `way` is email or print.
    """

    letter_id: str
    leave_id: str
    pupil_id: str
    contact_id: str | None
    kind: str
    data: Mapping[str, Any]
    created_at: datetime
    state: str = "draft"
    pdf: bytes | None = field(default=None, repr=False)
    way: str | None = None
    released_by: str | None = None
    released_at: datetime | None = None
    version: int = 0


_of_school = leave_letter.c.school_id == sa.bindparam("school")
_all = sa.select(leave_letter).where(_of_school)
_add = insert_new(leave_letter)
_get = _all.where(leave_letter.c.letter_id == sa.bindparam("of_letter"))
_many = _all.where(leave_letter.c.letter_id.in_(sa.bindparam("letters", expanding=True)))
_drafts = _all.where(leave_letter.c.state == "draft").order_by(leave_letter.c.created_at, leave_letter.c.letter_id)
_of_leave = _all.where(leave_letter.c.leave_id == sa.bindparam("of_leave")).order_by(leave_letter.c.created_at)
_release = (
    sa.update(leave_letter)
    .where(
        _of_school,
        leave_letter.c.letter_id == sa.bindparam("of_letter"),
        leave_letter.c.state == "draft",
    )
    .values(
        state="released",
        pdf=sa.bindparam("new_pdf"),
        way=sa.bindparam("new_way"),
        released_by=sa.bindparam("by"),
        released_at=sa.bindparam("at"),
        version=leave_letter.c.version + 1,
    )
)
_withdraw = (
    sa.update(leave_letter)
    .where(_of_school, leave_letter.c.leave_id == sa.bindparam("of_leave"), leave_letter.c.state == "draft")
    .values(state="withdrawn", version=leave_letter.c.version + 1)
)


async def add(db: AsyncConnection, school_id: str, letter: LetterRow) -> None:
    """A draft. One whose id is there already is left as it is."""
    names = (column.name for column in leave_letter.columns if column.name != "school_id")
    await db.execute(_add, {"school_id": school_id, **{name: getattr(letter, name) for name in names}})


async def get(db: AsyncConnection, school_id: str, letter_id: str) -> LetterRow | None:
    """One letter, or None."""
    row = (await db.execute(_get, {"school": school_id, "of_letter": letter_id})).mappings().one_or_none()
    return None if row is None else _row(row)


async def of_ids(db: AsyncConnection, school_id: str, letter_ids: Iterable[str]) -> dict[str, LetterRow]:
    """These letters by their ids."""
    wanted = list(letter_ids)
    if not wanted:
        return {}
    found = (await db.execute(_many, {"school": school_id, "letters": wanted})).mappings()
    return {row["letter_id"]: _row(row) for row in found}


async def drafts(db: AsyncConnection, school_id: str) -> list[LetterRow]:
    """What waits for a person, the oldest first."""
    return [_row(row) for row in (await db.execute(_drafts, {"school": school_id})).mappings()]


async def of_leave(db: AsyncConnection, school_id: str, leave_id: str) -> list[LetterRow]:
    """Every letter about one request, the oldest first."""
    of = {"school": school_id, "of_leave": leave_id}
    return [_row(row) for row in (await db.execute(_of_leave, of)).mappings()]


async def release(
    db: AsyncConnection, school_id: str, letter_id: str, pdf: bytes, way: str, by: str, at: datetime
) -> bool:
    """A person lets the letter out; False when it is no draft any more."""
    of = {"school": school_id, "of_letter": letter_id, "new_pdf": pdf, "new_way": way, "by": by, "at": at}
    return (await db.execute(_release, of)).rowcount == 1


async def withdraw_drafts(db: AsyncConnection, school_id: str, leave_id: str) -> None:
    """The decision changed: what was not released yet says the wrong thing."""
    await db.execute(_withdraw, {"school": school_id, "of_leave": leave_id})


def _row(row: RowMapping) -> LetterRow:
    return LetterRow(**{key: value for key, value in row.items() if key != "school_id"})
