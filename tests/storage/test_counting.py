"""What the database counts by itself agrees with what an entry says of itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product

from attendance.calendar import Half, Session
from attendance.case import Case
from attendance.register import Amendment
from storage import cases, counting, register
from storage.engine import Database
from tests.storage.conftest import OTHER_SCHOOL, SCHOOL

NOW = datetime(2026, 9, 10, 7, 30, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 9, day) for day in (7, 8, 9))


def ours(pupil: str, session: Session, code: str, provisional: bool) -> Amendment:
    return Amendment(pupil, session, None, code, provisional, "Ms Reed", "Attendance officer", "said so", NOW)


async def test_the_mark_that_counts_is_the_one_that_the_entry_says(peopled: Database) -> None:
    marks = (None, "", "-", "N", "/", "\\", "L", "U", "I", "O")
    kinds = list(product(marks, (None, "-", "N", "I", "O", "L"), (True, False)))
    sessions = [Session(date.fromordinal(MONDAY.toordinal() + n), "am") for n in range(len(kinds))]
    async with peopled.begin() as db:
        for session, (mis, code, provisional) in zip(sessions, kinds, strict=True):
            await register.put_marks(db, SCHOOL, [("mo", session, mis)], NOW)
            if code is not None:
                await register.amend(db, SCHOOL, [ours("mo", session, code, provisional)])
        for session in sessions:
            [entry] = await register.entries(db, SCHOOL, session.day)
            found = await counting.marked_on(db, SCHOOL, session.day, [mark for mark in marks if mark is not None])
            assert found == ([] if entry.current is None else [("mo", entry.current)]), entry


async def test_who_has_such_a_mark_today(peopled: Database) -> None:
    async with peopled.begin() as db:
        rows = [("mo", Session(TUESDAY, "am"), "N"), ("mo", Session(TUESDAY, "pm"), "U")]
        await register.put_marks(db, SCHOOL, [*rows, ("nina", Session(TUESDAY, "am"), "/")], NOW)
        assert sorted(await counting.marked_on(db, SCHOOL, TUESDAY, ["N", "U", "O"])) == [("mo", "N"), ("mo", "U")]
        assert await counting.marked_on(db, SCHOOL, MONDAY, ["N"]) == []
        assert await counting.marked_on(db, OTHER_SCHOOL, TUESDAY, ["N"]) == []


async def test_sessions_are_counted_in_a_span_of_days(peopled: Database) -> None:
    async with peopled.begin() as db:
        days = (MONDAY, TUESDAY, WEDNESDAY)
        halves: tuple[Half, ...] = ("am", "pm")
        rows = [("mo", Session(day, half), "I") for day in days for half in halves]
        await register.put_marks(db, SCHOOL, [*rows, ("nina", Session(MONDAY, "am"), "L")], NOW)
        await register.amend(db, SCHOOL, [ours("mo", Session(TUESDAY, "pm"), "O", False)])
        count = counting.sessions
        assert await count(db, SCHOOL, ["mo", "nina"], ["I"], MONDAY, WEDNESDAY) == {"mo": 5}
        assert await count(db, SCHOOL, ["mo", "nina"], ["I", "L"], TUESDAY, TUESDAY) == {"mo": 1}
        assert await count(db, SCHOOL, ["mo", "nina"], ["L", "U"], MONDAY, WEDNESDAY) == {"nina": 1}
        assert await count(db, SCHOOL, [], ["I"], MONDAY, WEDNESDAY) == {}
        assert await count(db, OTHER_SCHOOL, ["mo"], ["I"], MONDAY, WEDNESDAY) == {}


async def test_the_cases_of_some_pupils_over_some_days(peopled: Database) -> None:
    made = [
        Case(pupil, Session(day, "am"), NOW, NOW) for day in (MONDAY, TUESDAY, WEDNESDAY) for pupil in ("mo", "nina")
    ]
    async with peopled.begin() as db:
        await cases.add(db, SCHOOL, made)
        assert await cases.between(db, SCHOOL, MONDAY, TUESDAY, ["mo"]) == [made[0], made[2]]
        assert await cases.between(db, SCHOOL, TUESDAY, WEDNESDAY, ["nina", "mo"]) == made[2:]
        assert await cases.between(db, SCHOOL, WEDNESDAY, TUESDAY, ["mo"]) == []
        assert await cases.between(db, OTHER_SCHOOL, MONDAY, WEDNESDAY, ["mo"]) == []


async def test_absent_pupils_by_day_class_and_code(peopled: Database) -> None:
    async with peopled.begin() as db:
        marks = [
            ("mo", Session(MONDAY, "am"), "I"),
            ("mo", Session(MONDAY, "pm"), "I"),
            ("mo", Session(TUESDAY, "am"), "/"),
        ]
        await register.put_marks(db, SCHOOL, marks, NOW)
        await register.amend(db, SCHOOL, [ours("mo", Session(TUESDAY, "pm"), "M", False)])
        found = await counting.absent_by_class(db, SCHOOL, MONDAY, TUESDAY)
        other = await counting.absent_by_class(db, OTHER_SCHOOL, MONDAY, TUESDAY)
    assert [(day, code, pupils) for day, _, code, pupils in found] == [(MONDAY, "I", 1), (TUESDAY, "M", 1)]
    assert other == []
