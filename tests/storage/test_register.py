"""The register: two layers that do not overwrite each other, and a record that nobody can alter."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from attendance.calendar import Session
from attendance.register import Amendment, Entry
from storage import register
from storage.engine import Database
from tests.storage.conftest import OTHER_SCHOOL, SCHOOL

AM = Session(date(2026, 9, 10), "am")
PM = Session(date(2026, 9, 10), "pm")
NEXT_AM = Session(date(2026, 9, 11), "am")
NOW = datetime(2026, 9, 10, 8, 20, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def proposal(pupil: str, session: Session, code: str, original: str | None = "N", at: datetime = NOW) -> Amendment:
    return Amendment(pupil, session, original, code, True, "Firstcall", "automatic proposal", "said: fever", at)


async def test_marks_come_back_and_only_changes_are_told(peopled: Database) -> None:
    async with peopled.begin() as db:
        before = await register.put_marks(db, SCHOOL, [("mo", AM, "N"), ("nina", AM, "/"), ("mo", PM, " N ")], NOW)
        assert before == [Entry("mo", AM), Entry("nina", AM), Entry("mo", PM)]
        assert await register.put_marks(db, SCHOOL, [("mo", AM, "N"), ("nina", AM, "/")], LATER) == []
        changed = await register.put_marks(db, SCHOOL, [("mo", AM, "L"), ("nina", AM, "/")], LATER)
        assert changed == [Entry("mo", AM, mis="N", mis_at=NOW)]
        assert await register.entries(db, SCHOOL, AM.day, "am") == [
            Entry("mo", AM, mis="L", mis_at=LATER),
            Entry("nina", AM, mis="/", mis_at=NOW),  # the same mark again keeps the time it first arrived
        ]
        assert await register.entries(db, SCHOOL, AM.day, pupils=["mo"]) == [
            Entry("mo", AM, mis="L", mis_at=LATER),
            Entry("mo", PM, mis="N", mis_at=NOW),
        ]
        assert await register.entries(db, SCHOOL, AM.day, "pm", ["nina"]) == []
        assert await register.entries(db, OTHER_SCHOOL, AM.day) == []


async def test_of_two_marks_for_one_session_the_later_counts(peopled: Database) -> None:
    async with peopled.begin() as db:
        await register.put_marks(db, SCHOOL, [("mo", AM, "N"), ("mo", AM, "/")], NOW)
        assert [entry.mis for entry in await register.entries(db, SCHOOL, AM.day)] == ["/"]


async def test_a_blank_mark_that_arrives_is_a_mark(peopled: Database) -> None:
    async with peopled.begin() as db:
        for blank in (None, ""):
            assert len(await register.put_marks(db, SCHOOL, [("mo", AM, blank)], NOW)) == 1
            assert await register.put_marks(db, SCHOOL, [("mo", AM, blank)], LATER) == []
        assert [entry.pupil for entry in await register.unexplained(db, SCHOOL, AM.day)] == ["mo"]


async def test_a_mark_for_somebody_unknown_is_refused(peopled: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        async with peopled.begin() as db:
            await register.put_marks(db, SCHOOL, [("nobody", AM, "N")], NOW)


async def test_a_reimported_n_leaves_a_provisional_i(peopled: Database) -> None:
    async with peopled.begin() as db:
        await register.put_marks(db, SCHOOL, [("mo", AM, "N")], NOW)
        await register.amend(db, SCHOOL, [proposal("mo", AM, "I")])
        assert await register.put_marks(db, SCHOOL, [("mo", AM, "N")], LATER) == []
        changed = await register.put_marks(db, SCHOOL, [("mo", AM, "-")], LATER)
        assert [(entry.mis, entry.ours) for entry in changed] == [("N", "I")]
        (entry,) = await register.entries(db, SCHOOL, AM.day)
    assert (entry.mis, entry.ours, entry.provisional, entry.current) == ("-", "I", True, "I")
    assert (entry.by, entry.position, entry.reason) == ("Firstcall", "automatic proposal", "said: fever")
    assert (entry.mis_at, entry.ours_at) == (LATER, NOW)


async def test_a_mark_and_a_proposal_that_come_at_once_are_both_kept(peopled: Database) -> None:
    proposed = asyncio.Event()

    async def propose() -> None:
        async with peopled.begin() as db:
            await register.amend(db, SCHOOL, [proposal("mo", AM, "I", original=None)])
            proposed.set()
            await asyncio.sleep(0.2)  # long enough for the mark to meet the row before it is committed

    async def mark() -> None:
        await proposed.wait()
        async with peopled.begin() as db:
            await register.put_marks(db, SCHOOL, [("mo", AM, "N")], LATER)

    await asyncio.gather(propose(), mark())
    async with peopled.read() as db:
        assert [(entry.mis, entry.ours) for entry in await register.entries(db, SCHOOL, AM.day)] == [("N", "I")]


async def test_a_proposal_before_the_mark_waits_for_it(peopled: Database) -> None:
    async with peopled.begin() as db:
        await register.amend(db, SCHOOL, [proposal("mo", AM, "I", original=None)])
        before = await register.put_marks(db, SCHOOL, [("mo", AM, "N")], LATER)
        assert [(entry.mis, entry.ours) for entry in before] == [(None, "I")]
        assert [entry.current for entry in await register.entries(db, SCHOOL, AM.day)] == ["I"]


async def test_every_amendment_is_kept_in_order_and_the_last_one_counts(peopled: Database) -> None:
    first, second = proposal("mo", AM, "I"), proposal("mo", AM, "M", "I", LATER)
    elsewhere = proposal("mo", NEXT_AM, "I")
    confirmed = Amendment("mo", AM, "M", "M", False, "Bo Carr", "Attendance Officer", "seen the letter", LATER)
    async with peopled.begin() as db:
        await register.amend(db, SCHOOL, [first, second, elsewhere])
        await register.amend(db, SCHOOL, [])
        await register.amend(db, SCHOOL, [confirmed])
        assert await register.amendments_of(db, SCHOOL, "mo") == [first, second, elsewhere, confirmed]
        assert await register.amendments_of(db, SCHOOL, "mo", AM.day) == [first, second, confirmed]
        assert await register.amendments_of(db, SCHOOL, "nina") == []
        (entry,) = await register.entries(db, SCHOOL, AM.day)
    assert (entry.ours, entry.provisional, entry.by) == ("M", False, "Bo Carr")


@pytest.mark.parametrize("attempt", ["UPDATE amendment SET code = '/'", "DELETE FROM amendment"])
async def test_nobody_can_alter_or_remove_an_amendment(peopled: Database, attempt: str) -> None:
    async with peopled.begin() as db:
        await register.amend(db, SCHOOL, [proposal("mo", AM, "I")])
    with pytest.raises(sa.exc.DBAPIError, match="amendment is append-only"):
        async with peopled.begin() as db:
            await db.execute(sa.text(attempt))
    async with peopled.read() as db:
        assert await register.amendments_of(db, SCHOOL, "mo") == [proposal("mo", AM, "I")]


async def test_the_first_time_that_a_class_was_taken_counts(peopled: Database) -> None:
    async with peopled.begin() as db:
        await register.class_taken(db, SCHOOL, "8B", AM, NOW)
        await register.class_taken(db, SCHOOL, "8B", AM, LATER)
        await register.class_taken(db, SCHOOL, "7A", PM, LATER)
        assert await register.classes_taken(db, SCHOOL, AM) == {"8B"}
        assert await register.classes_taken(db, SCHOOL, PM) == {"7A"}
        assert await register.classes_taken(db, OTHER_SCHOOL, AM) == set()
        assert (await db.execute(sa.text("SELECT count(*) FROM class_register"))).scalar() == 2


async def test_unexplained_marks_are_found_by_what_counts_now(peopled: Database) -> None:
    seen = proposal("nina", PM, "N", original=None)  # we still have N; the school has seen her
    async with peopled.begin() as db:
        await register.put_marks(
            db,
            SCHOOL,
            [("mo", AM, "N"), ("mo", PM, "-"), ("mo", NEXT_AM, "N"), ("nina", AM, "N"), ("nina", PM, "L")],
            NOW,
        )
        await register.amend(db, SCHOOL, [proposal("nina", AM, "I"), seen])
        found = await register.unexplained(db, SCHOOL, AM.day)
        assert [(entry.pupil, entry.session) for entry in found] == [("mo", AM), ("mo", PM)]
        found = await register.unexplained(db, SCHOOL, NEXT_AM.day)
        assert [(entry.pupil, entry.session) for entry in found] == [("mo", AM), ("mo", PM), ("mo", NEXT_AM)]


async def test_finding_the_unexplained_reads_a_small_index_and_not_the_year(peopled: Database) -> None:
    days = [AM.day - timedelta(days=number) for number in range(400)]
    async with peopled.begin() as db:
        await register.put_marks(db, SCHOOL, [("mo", Session(day, "am"), "/") for day in days], NOW)
        await register.put_marks(db, SCHOOL, [("nina", AM, "N")], NOW)
        await db.execute(sa.text("ANALYZE entry"))
        query = register._unexplained.params(school=SCHOOL, last_day=AM.day)
        sql = query.compile(dialect=db.dialect, compile_kwargs={"literal_binds": True})
        explain = "EXPLAIN QUERY PLAN" if peopled.is_sqlite else "EXPLAIN"
        plan = "\n".join(str(line) for line in await db.execute(sa.text(f"{explain} {sql}")))
    assert "ix_entry_unexplained" in plan


async def test_entries_of_many_days_come_in_order(peopled: Database) -> None:
    rows = [("nina", NEXT_AM, "/"), ("mo", PM, "/"), ("mo", AM, "/")]
    async with peopled.begin() as db:
        await register.put_marks(db, SCHOOL, rows, NOW)
        every = await register.entries_between(db, SCHOOL, AM.day, NEXT_AM.day)
        assert [(entry.pupil, entry.session) for entry in every] == [("mo", AM), ("mo", PM), ("nina", NEXT_AM)]
        assert [entry.pupil for entry in await register.entries_between(db, SCHOOL, AM.day, AM.day)] == ["mo", "mo"]
        assert await register.entries_between(db, SCHOOL, AM.day, NEXT_AM.day, ["nina"]) == every[2:]
