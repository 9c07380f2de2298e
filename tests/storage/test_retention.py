"""The statements of retention on both databases: passes, triggers, and every table that names a pupil."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from attendance.calendar import Session
from attendance.register import Amendment
from storage import audit, leavers, outbox, register, retention
from storage.audit import Deed
from storage.engine import Database
from storage.retention import Ends
from storage.tables import APPEND_ONLY, metadata
from tests.storage.conftest import OTHER_SCHOOL, SCHOOL
from tests.storage.test_outbox import NOW, words

ENDS = Ends(*[datetime(2026, 9, 20, tzinfo=UTC)] * 3, date(2026, 9, 20))
LATER = datetime(2026, 9, 21, tzinfo=UTC)


async def fill(database: Database) -> None:
    async with database.begin() as db:
        for at in (NOW, LATER):
            change = Amendment("mo", Session(at.date(), "am"), "N", "I", False, "Ms Reed", "Officer", "said so", at)
            await register.amend(db, SCHOOL, [change])
            await audit.append(db, SCHOOL, [Deed(at, None, "confirm", "mo")])
        await outbox.add(db, SCHOOL, [words(1)])
        await outbox.add_receipt(db, SCHOOL, "m001", "delivered", None, NOW)


async def test_what_is_over_is_deleted_on_both_databases(peopled: Database) -> None:
    await fill(peopled)
    async with peopled.begin() as db:
        before = await retention.would_go(db, SCHOOL, ENDS)
        gone = await retention.delete_records(db, SCHOOL, ENDS, 100)
        after = await retention.would_go(db, SCHOOL, ENDS)
    assert (gone["amendments"], gone["audit lines"], gone["messages out"]) == (1, 1, 1)
    assert (before["delete: amendments"], before["blank: messages out"], set(after.values())) == (1, 1, {0})
    async with peopled.read() as db:
        assert [one.at for one in await register.amendments_of(db, SCHOOL, "mo")] == [LATER]


async def test_a_pass_of_one_school_is_none_for_another(peopled: Database) -> None:
    await fill(peopled)
    deletion = sa.text("DELETE FROM audit")
    async with peopled.begin() as db:
        await db.execute(
            sa.text("INSERT INTO purge_pass VALUES (:school, :before)").bindparams(
                sa.bindparam("before", type_=metadata.tables["purge_pass"].c.before.type)
            ),
            {"school": OTHER_SCHOOL, "before": LATER},
        )
        savepoint = await db.begin_nested()
        with pytest.raises(sa.exc.IntegrityError, match="append-only"):
            await db.execute(deletion)
        await savepoint.rollback()


async def test_a_pupil_goes_with_every_table_that_names_one(peopled: Database) -> None:
    async with peopled.begin() as db:
        await outbox.add(db, SCHOOL, [words(1)])
        await retention.delete_records(db, SCHOOL, ENDS, 100)
        await leavers.delete_pupil(db, SCHOOL, "mo", ENDS)
    async with peopled.read() as db:
        for table in metadata.sorted_tables:
            if "pupil_id" in table.c:
                left = sa.select(sa.func.count()).select_from(table).where(table.c.pupil_id == "mo")
                assert (await db.execute(left)).scalar_one() == 0, table.name
        contacts = (await db.execute(sa.text("SELECT contact_id FROM contact ORDER BY contact_id"))).scalars()
        assert list(contacts) == ["nina-mum"]


async def test_nobody_can_empty_an_append_only_table(peopled: Database) -> None:
    await fill(peopled)
    for table in APPEND_ONLY:
        async with peopled.begin() as db:
            savepoint = await db.begin_nested()
            with pytest.raises(sa.exc.IntegrityError, match="append-only"):
                await db.execute(sa.text(f"DELETE FROM {table}"))
            await savepoint.rollback()


KEPT_WITH_THE_SCHOOL = frozenset(
    "school sender staff account second_factor recovery_code identity sign_in_flow sign_in_failure mailbox timer "
    "purge_pass".split()
)
"""About the school and its staff, or rows that end by themselves."""
GO_WITH_THEIR_CONTACT = frozenset("contact contact_overlay address_state thread".split())


def test_every_table_has_its_end() -> None:
    dated = {table.name for table, _, _ in retention._RECORDS.values()}
    hanging = {table.name for _, _, tables in retention._RECORDS.values() for table in tables}
    of_pupils = {table.name for table in metadata.sorted_tables if "pupil_id" in table.c}
    known = dated | hanging | of_pupils | KEPT_WITH_THE_SCHOOL | GO_WITH_THEIR_CONTACT
    forgotten = {table.name for table in metadata.sorted_tables} - known
    assert not forgotten, f"{sorted(forgotten)}: say in storage/retention.py when its rows go, or here why they stay"
