"""What happened at a school, line by line and numbered: the child's story, and what an open page has not shown yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schools import decide, take_numbers
from storage.tables import journal, journal_pupil


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, and the pupils it concerns. `seq` is its number at the school, 0 before it is stored."""

    at: datetime
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    pupils: tuple[str, ...] = ()
    seq: int = 0


_of_school = journal.c.school_id == sa.bindparam("school")
_add = sa.insert(journal)
_add_pupils = sa.insert(journal_pupil)
_joined = (
    sa.select(
        journal.c.seq,
        journal.c.at,
        journal.c.kind,
        sa.cast(journal.c.data, sa.Text),  # read once for each line, not for each of its pupils
        journal_pupil.c.pupil_id,
    )
    .select_from(
        journal.outerjoin(
            journal_pupil,
            sa.and_(journal_pupil.c.school_id == journal.c.school_id, journal_pupil.c.seq == journal.c.seq),
        )
    )
    .where(_of_school)
)  # put in order here: asked to, SQLite goes through every line of the school to find those of a day
_since = _joined.where(journal.c.seq > sa.bindparam("seen"))
_of_day = _joined.where(journal.c.at >= sa.bindparam("start"), journal.c.at < sa.bindparam("end"))
_of_kinds = _of_day.where(journal.c.kind.in_(sa.bindparam("kinds", expanding=True)))
_of_pupil = _joined.where(
    journal.c.seq.in_(
        sa.select(journal_pupil.c.seq).where(
            journal_pupil.c.school_id == sa.bindparam("school"), journal_pupil.c.pupil_id == sa.bindparam("of_pupil")
        )
    )
)


async def append(db: AsyncConnection, school_id: str, lines: Sequence[Line], *, decided: bool = False) -> None:
    """Write lines in this order; their numbers have no gaps. Raises schools.UnknownSchool.

    `decided`: cases, alerts or tasks were moved in the same transaction, with or without a line.
    """
    if not lines and not decided:
        return
    if decided:
        numbers = await decide(db, school_id, len(lines))
    else:
        numbers = await take_numbers(db, school_id, "journal_seq", len(lines))
    if not lines:
        return
    numbered = list(zip(numbers, lines, strict=True))
    await db.execute(
        _add,
        [
            {"school_id": school_id, "seq": seq, "at": line.at, "kind": line.kind, "data": dict(line.data)}
            for seq, line in numbered
        ],
    )
    pupils = [
        {"school_id": school_id, "pupil_id": pupil, "seq": seq}
        for seq, line in numbered
        for pupil in dict.fromkeys(line.pupils)
    ]
    if pupils:
        await db.execute(_add_pupils, pupils)


async def since(db: AsyncConnection, school_id: str, seq: int) -> list[Line]:
    """The lines after number `seq`, in order."""
    return await _lines(db, _since, {"school": school_id, "seen": seq})


async def of_pupil(db: AsyncConnection, school_id: str, pupil: str) -> list[Line]:
    """One pupil's lines, in order."""
    return await _lines(db, _of_pupil, {"school": school_id, "of_pupil": pupil})


async def of_day(db: AsyncConnection, school_id: str, start: datetime, end: datetime) -> list[Line]:
    """The lines from `start` up to, not including, `end`."""
    return await _lines(db, _of_day, {"school": school_id, "start": start, "end": end})


async def of_kinds(
    db: AsyncConnection, school_id: str, start: datetime, end: datetime, kinds: Iterable[str]
) -> list[Line]:
    """The lines of these kinds from `start` up to, not including, `end`: for long stretches, one query."""
    return await _lines(db, _of_kinds, {"school": school_id, "start": start, "end": end, "kinds": list(kinds)})


async def _lines(db: AsyncConnection, statement: sa.Select[Any], of: dict[str, Any]) -> list[Line]:
    found: dict[int, Line] = {}
    pupils: dict[int, list[str]] = {}
    for seq, at, kind, data, pupil in (await db.execute(statement, of)).all():
        if seq not in found:
            found[seq], pupils[seq] = Line(at, kind, json.loads(data), seq=seq), []
        if pupil is not None:
            pupils[seq].append(pupil)
    return [Line(line.at, line.kind, line.data, tuple(sorted(pupils[seq])), seq) for seq, line in sorted(found.items())]
