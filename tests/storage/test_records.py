"""Schools, the journal, accounts and the audit: numbered without gaps, one school never sees another's."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from storage import accounts, audit, journal, schools
from storage.accounts import Account
from storage.audit import Deed
from storage.engine import Database, open_database
from storage.journal import Line
from storage.schools import SchoolRow, UnknownSchool
from tests.storage.conftest import OTHER_SCHOOL, SCHOOL

NOW = datetime(2026, 9, 10, 7, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def test_a_school_comes_back_with_its_policy_and_calendar(database: Database) -> None:
    row = SchoolRow("st-j", "St Joseph", "st-joseph", {"firstday.deadline": "11:00"}, {"terms": []})
    async with database.begin() as db:
        await schools.add(db, row)
        assert await schools.get(db, "st-j") == row
        assert await schools.lock(db, "st-j") == row
        assert await schools.get(db, "nowhere") is None
        assert await schools.ids(db) == [SCHOOL, OTHER_SCHOOL, "st-j"]
        await schools.set_policy(db, "st-j", "looe", {})
        assert await schools.get(db, "st-j") == replace(row, policy_key="looe", policy_override={})
    with pytest.raises(sa.exc.IntegrityError):
        async with database.begin() as db:
            await schools.add(db, row)


async def test_a_school_is_found_by_the_number_it_sends_from_and_by_its_older_ones(database: Database) -> None:
    async with database.begin() as db:
        assert await schools.sender_of(db, SCHOOL, "sms") is None
        await schools.add_sender(db, SCHOOL, "sms", "+447700900900")
        await schools.add_sender(db, OTHER_SCHOOL, "sms", "+447700900900")
        await schools.add_sender(db, SCHOOL, "email", "absence@example.com")
        assert await schools.schools_at(db, "sms", "+447700900900") == [SCHOOL, OTHER_SCHOOL]
        await schools.add_sender(db, SCHOOL, "sms", "+447700900901")
        assert await schools.sender_of(db, SCHOOL, "sms") == "+447700900901"
        assert await schools.schools_at(db, "sms", "+447700900900") == [SCHOOL, OTHER_SCHOOL]
        await schools.add_sender(db, SCHOOL, "sms", "+447700900900")
        assert await schools.sender_of(db, SCHOOL, "sms") == "+447700900900"
        assert await schools.schools_at(db, "telegram", "+447700900900") == []


async def test_the_journal_is_numbered_and_read_from_where_one_stopped(database: Database) -> None:
    lines = [
        Line(NOW, "asked", {"round": 1}, ("mo", "nina")),
        Line(NOW + MINUTE, "answered", {}, ("mo",)),
        Line(NOW + 2 * MINUTE, "summary"),
    ]
    numbered = [replace(line, seq=seq) for seq, line in enumerate(lines, 1)]
    async with database.begin() as db:
        await journal.append(db, SCHOOL, lines[:2])
        await journal.append(db, SCHOOL, [])
        await journal.append(db, SCHOOL, lines[2:])
        await journal.append(db, OTHER_SCHOOL, [Line(NOW, "asked", {}, ("mo", "mo"))])
        assert await journal.since(db, SCHOOL, 0) == numbered
        assert await journal.since(db, SCHOOL, 2) == numbered[2:]
        assert await journal.of_pupil(db, SCHOOL, "mo") == numbered[:2]
        assert await journal.of_pupil(db, SCHOOL, "nina") == numbered[:1]
        assert await journal.of_day(db, SCHOOL, NOW, NOW + 2 * MINUTE) == numbered[:2]
        row = await schools.get(db, SCHOOL)
        assert row is not None
        assert row.journal_seq == 3
        with pytest.raises(UnknownSchool):
            await journal.append(db, "nowhere", lines)


async def test_numbers_have_no_gaps_when_many_write_at_once(url: str, database: Database) -> None:
    async def write(own: Database) -> None:
        for _ in range(10):
            async with own.begin() as db:
                await journal.append(db, SCHOOL, [Line(NOW, "asked"), Line(NOW, "left")])

    processes = [open_database(url) for _ in range(3)]
    try:
        await asyncio.gather(*(write(own) for own in processes))
    finally:
        for own in processes:
            await own.close()
    async with database.read() as db:
        lines = await journal.since(db, SCHOOL, 0)
    assert [line.seq for line in lines] == list(range(1, 61))
    assert [line.kind for line in lines] == ["asked", "left"] * 30


async def test_an_account_is_one_schools_own_in_any_letter_case(database: Database) -> None:
    account = Account("bo.carr", "$argon2id$…", NOW, "officer")
    async with database.begin() as db:
        assert await accounts.add(db, SCHOOL, replace(account, username="Bo.Carr"))
        assert not await accounts.add(db, SCHOOL, account)
        assert await accounts.by_name(db, SCHOOL, "BO.CARR") == account
        assert await accounts.by_name(db, OTHER_SCHOOL, "bo.carr") is None
        assert await accounts.all_of(db, SCHOOL) == [account]
        assert await accounts.set_password(db, SCHOOL, "Bo.Carr", "new")
        assert await accounts.set_disabled(db, SCHOOL, "Bo.Carr", True)
        assert not await accounts.set_disabled(db, SCHOOL, "nobody", True)
        assert await accounts.by_name(db, SCHOOL, "bo.carr") == replace(account, password_hash="new", disabled=True)


async def test_failed_sign_ins_are_counted_until_a_pause_or_a_success(database: Database) -> None:
    window = 15 * MINUTE
    async with database.begin() as db:
        counted = [await accounts.failed(db, SCHOOL, "bo", NOW + n * MINUTE, window) for n in range(4)]
        assert counted == [1, 2, 3, 4]
        assert await accounts.failures(db, SCHOOL, "bo", NOW + 18 * MINUTE, window) == 4
        assert await accounts.failures(db, SCHOOL, "bo", NOW + 19 * MINUTE, window) == 0
        steady = [await accounts.failed(db, SCHOOL, "al", NOW + n * MINUTE, window) for n in (0, 10, 20, 30)]
        assert steady == [1, 2, 3, 4]
        assert await accounts.failures(db, SCHOOL, "192.0.2.1", NOW, window) == 0
        assert await accounts.failed(db, SCHOOL, "bo", NOW + 19 * MINUTE, window) == 1
        await accounts.forget_failures(db, SCHOOL, "bo")
        assert await accounts.failures(db, SCHOOL, "bo", NOW + 19 * MINUTE, window) == 0


async def test_the_audit_is_read_from_the_end_and_cannot_be_altered(database: Database) -> None:
    deeds = [Deed(NOW + n * MINUTE, "head", "looked", f"pupil/{n}", {"page": "story"}) for n in range(5)]
    numbered = [replace(deed, seq=seq) for seq, deed in enumerate(deeds, 1)]
    async with database.begin() as db:
        await audit.append(db, SCHOOL, deeds[:2])
        await audit.append(db, SCHOOL, deeds[2:])
        await audit.append(db, SCHOOL, [])
        assert await audit.newest(db, SCHOOL, 2) == [numbered[4], numbered[3]]
        assert await audit.newest(db, SCHOOL, 9, before=4) == numbered[2::-1]
        assert await audit.newest(db, OTHER_SCHOOL) == []
    for attempt in ("UPDATE audit SET action = 'x'", "DELETE FROM audit"):
        with pytest.raises(sa.exc.DBAPIError, match="audit is append-only"):
            async with database.begin() as db:
                await db.execute(sa.text(attempt))
