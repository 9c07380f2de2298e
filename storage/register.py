"""The register: the school's marks, ours beside them, every amendment for ever, and which classes were taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import Half, Session
from attendance.register import Amendment, Entry
from storage.schools import take_numbers
from storage.statements import insert_new, upsert
from storage.tables import UNEXPLAINED, amendment, class_register, entry

_of_school = entry.c.school_id == sa.bindparam("school")
_these_pupils = entry.c.pupil_id.in_(sa.bindparam("pupils", expanding=True))
_in_order = (entry.c.day, entry.c.half, entry.c.pupil_id)

_day = sa.select(entry).where(_of_school, entry.c.day == sa.bindparam("on_day")).order_by(*_in_order)
_day_of_pupils = _day.where(_these_pupils, entry.c.half.in_(("am", "pm")))  # both, as the key begins
_session = _day.where(entry.c.half == sa.bindparam("in_half"))
_session_of_pupils = _session.where(_these_pupils)
_span = sa.select(entry).where(
    _of_school, entry.c.day >= sa.bindparam("first_day"), entry.c.day <= sa.bindparam("last_day")
)
_between = _span.order_by(*_in_order)
_between_of_pupils = _between.where(_these_pupils).with_hint(
    entry, "INDEXED BY ix_entry_school_id_pupil_id_day", "sqlite"
)  # it would read everybody's
_before_change = _session_of_pupils.with_for_update()
_unexplained = (
    sa.select(entry)
    .where(_of_school, entry.c.day <= sa.bindparam("last_day"), sa.text(UNEXPLAINED))
    .with_hint(entry, "INDEXED BY ix_entry_unexplained", "sqlite")  # it would read every mark of the year instead
    .order_by(*_in_order)
)
_put_mis = upsert(entry, only=("mis", "mis_at"))
_put_ours = upsert(entry, only=("ours", "provisional", "ours_by", "ours_position", "ours_reason", "ours_at"))
_append = sa.insert(amendment)
_amendments = (
    sa.select(amendment)
    .where(amendment.c.school_id == sa.bindparam("school"), amendment.c.pupil_id == sa.bindparam("of_pupil"))
    .with_hint(amendment, "INDEXED BY ix_amendment_school_id_pupil_id_day", "sqlite")  # it would read everybody's
    .order_by(amendment.c.amendment_id)
)
_amendments_on = _amendments.where(amendment.c.day == sa.bindparam("on_day"))
_take = insert_new(class_register)
_taken = sa.select(class_register.c.grp).where(
    class_register.c.school_id == sa.bindparam("school"),
    class_register.c.day == sa.bindparam("on_day"),
    class_register.c.half == sa.bindparam("in_half"),
)


async def entries(
    db: AsyncConnection, school_id: str, day: date, half: Half | None = None, pupils: Iterable[str] | None = None
) -> list[Entry]:
    """The entries of one day, or of one session of it; of everybody, or of these pupils."""
    of: dict[str, Any] = {"school": school_id, "on_day": day}
    if half is not None:
        of["in_half"] = half
    if pupils is None:
        return await _entries(db, _day if half is None else _session, of)
    of["pupils"] = list(pupils)
    return await _entries(db, _day_of_pupils if half is None else _session_of_pupils, of)


async def entries_between(
    db: AsyncConnection, school_id: str, first: date, last: date, pupils: Iterable[str] | None = None
) -> list[Entry]:
    """The entries from `first` to `last`, both included, in order of session."""
    of: dict[str, Any] = {"school": school_id, "first_day": first, "last_day": last}
    if pupils is None:
        return await _entries(db, _between, of)
    return await _entries(db, _between_of_pupils, {**of, "pupils": list(pupils)})


async def put_marks(
    db: AsyncConnection, school_id: str, rows: Iterable[tuple[str, Session, str | None]], at: datetime
) -> list[Entry]:
    """Take over marks of the school's own system; our layer is not touched. Of two for one session the later counts.

    Answers the entries as they were before, for those that changed. A mark that says the same again keeps the time it
    first arrived. Raises sqlalchemy.exc.IntegrityError for a pupil that the school does not know.
    """
    by_session: dict[Session, dict[str, str | None]] = {}
    for pupil_id, session, code in rows:
        by_session.setdefault(session, {})[pupil_id] = None if code is None else code.strip()
    changed: list[Entry] = []
    writes: list[dict[str, Any]] = []
    for session, marks in sorted(by_session.items()):
        of = {"school": school_id, "on_day": session.day, "in_half": session.half, "pupils": list(marks)}
        before = {one.pupil: one for one in await _entries(db, _before_change, of)}
        for pupil_id, code in marks.items():
            one = before.get(pupil_id)
            if one is not None and one.mis == code and (code is not None or one.mis_at is not None):
                continue
            changed.append(one or Entry(pupil_id, session))
            writes.append(_row(school_id, one or Entry(pupil_id, session)) | {"mis": code, "mis_at": at})
    if writes:
        await db.execute(_put_mis, writes)
    return changed


async def amend(db: AsyncConnection, school_id: str, amendments: Sequence[Amendment]) -> None:
    """Write our layer of the entries, and append each change to the record that nobody can alter (promise 6)."""
    if not amendments:
        return
    numbers = await take_numbers(db, school_id, "amendment_seq", len(amendments))
    await db.execute(
        _append,
        [_amendment_row(school_id, number, one) for number, one in zip(numbers, amendments, strict=True)],
    )
    newest = {(one.pupil, one.session): one for one in amendments}
    await db.execute(_put_ours, [_row(school_id, _entry_after(one)) for one in newest.values()])


async def amendments_of(db: AsyncConnection, school_id: str, pupil: str, day: date | None = None) -> list[Amendment]:
    """Every change of a pupil's entries, oldest first; of one day only where `day` is given."""
    of: dict[str, Any] = {"school": school_id, "of_pupil": pupil}
    statement = _amendments
    if day is not None:
        statement, of["on_day"] = _amendments_on, day
    return [_amendment(row) for row in (await db.execute(statement, of)).mappings().all()]


async def class_taken(db: AsyncConnection, school_id: str, grp: str, session: Session, at: datetime) -> None:
    """The register of this class is in. The first time counts."""
    await db.execute(
        _take, {"school_id": school_id, "grp": grp, "day": session.day, "half": session.half, "taken_at": at}
    )


async def classes_taken(db: AsyncConnection, school_id: str, session: Session) -> set[str]:
    """The classes whose register of this session is in."""
    of = {"school": school_id, "on_day": session.day, "in_half": session.half}
    return set((await db.execute(_taken, of)).scalars())


async def unexplained(db: AsyncConnection, school_id: str, before_or_on: date) -> list[Entry]:
    """Every entry up to that day whose mark says that nobody knows why: N, a blank or `-`. Oldest first."""
    found = await _entries(db, _unexplained, {"school": school_id, "last_day": before_or_on})
    return [one for one in found if one.unexplained]


async def _entries(db: AsyncConnection, statement: sa.Select[Any], of: dict[str, Any]) -> list[Entry]:
    return [_entry(row) for row in (await db.execute(statement, of)).mappings().all()]


def _entry(row: RowMapping) -> Entry:
    return Entry(
        pupil=row["pupil_id"],
        session=Session(row["day"], row["half"]),
        mis=row["mis"],
        mis_at=row["mis_at"],
        ours=row["ours"],
        provisional=row["provisional"],
        by=row["ours_by"],
        position=row["ours_position"],
        reason=row["ours_reason"],
        ours_at=row["ours_at"],
    )


def _row(school_id: str, one: Entry) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "pupil_id": one.pupil,
        "day": one.session.day,
        "half": one.session.half,
        "mis": one.mis,
        "mis_at": one.mis_at,
        "ours": one.ours,
        "provisional": one.provisional,
        "ours_by": one.by,
        "ours_position": one.position,
        "ours_reason": one.reason,
        "ours_at": one.ours_at,
    }


def _entry_after(one: Amendment) -> Entry:
    return Entry(
        one.pupil,
        one.session,
        ours=one.code,
        provisional=one.provisional,
        by=one.by,
        position=one.position,
        reason=one.reason,
        ours_at=one.at,
    )


def _amendment_row(school_id: str, number: int, one: Amendment) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "amendment_id": number,
        "pupil_id": one.pupil,
        "day": one.session.day,
        "half": one.session.half,
        "original": one.original,
        "code": one.code,
        "provisional": one.provisional,
        "by_name": one.by,
        "position": one.position,
        "reason": one.reason,
        "at": one.at,
    }


def _amendment(row: RowMapping) -> Amendment:
    return Amendment(
        pupil=row["pupil_id"],
        session=Session(row["day"], row["half"]),
        original=row["original"],
        code=row["code"],
        provisional=row["provisional"],
        by=row["by_name"],
        position=row["position"],
        reason=row["reason"],
        at=row["at"],
    )
