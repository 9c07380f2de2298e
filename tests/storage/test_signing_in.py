"""Second factors, identities and ways to a provider: each counts once, also for two at one moment; and the audit."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from storage import accounts, audit, identities, second_factors
from storage.accounts import Account
from storage.audit import Deed, Wanted
from storage.engine import Database
from storage.identities import Flow
from storage.second_factors import SecondFactor
from tests.storage.conftest import OTHER_SCHOOL, SCHOOL

NOW = datetime(2026, 9, 10, 7, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def _account(database: Database, name: str = "bo", email: str | None = None) -> None:
    async with database.begin() as db:
        assert await accounts.add(db, SCHOOL, Account(name, "$argon2id$…", NOW, "officer", email=email))


async def test_a_step_counts_once_also_for_two_at_the_same_moment(database: Database) -> None:
    await _account(database)
    async with database.begin() as db:
        await second_factors.begin(db, SCHOOL, "bo", "sealed", NOW)
        assert await second_factors.get(db, SCHOOL, "bo") == SecondFactor("sealed", 0, NOW)
        assert not (await accounts.by_name(db, SCHOOL, "bo")).has_code  # type: ignore[union-attr]

    async def use() -> bool:
        async with database.begin() as db:
            return await second_factors.use_step(db, SCHOOL, "bo", 7, NOW + MINUTE)

    assert sorted(await asyncio.gather(use(), use(), use())) == [False, False, True]
    async with database.begin() as db:
        assert not await second_factors.use_step(db, SCHOOL, "bo", 6, NOW)
        assert await second_factors.use_step(db, SCHOOL, "bo", 8, NOW + 2 * MINUTE)
        assert await second_factors.get(db, SCHOOL, "bo") == SecondFactor("sealed", 8, NOW, NOW + MINUTE)
        assert (await accounts.by_name(db, SCHOOL, "bo")).has_code  # type: ignore[union-attr]
        assert await second_factors.remove(db, SCHOOL, "bo")
        assert not await second_factors.remove(db, SCHOOL, "bo")


async def test_a_recovery_code_is_gone_when_it_was_used(database: Database) -> None:
    await _account(database)
    async with database.begin() as db:
        await second_factors.set_codes(db, SCHOOL, "bo", ["a", "b"])
        await second_factors.set_codes(db, SCHOOL, "bo", ["c", "d"])
        assert [await second_factors.use_code(db, SCHOOL, "bo", one) for one in "acc"] == [False, True, False]
        assert await second_factors.codes_left(db, SCHOOL, "bo") == 1
        assert not await second_factors.use_code(db, SCHOOL, "al", "d")


async def test_a_person_is_one_account_and_an_account_one_person(database: Database) -> None:
    await _account(database, "bo", "Bo@School.example")
    await _account(database, "al")
    async with database.begin() as db:
        assert (await accounts.by_email(db, SCHOOL, "BO@school.example")).username == "bo"  # type: ignore[union-attr]
        assert await accounts.by_email(db, OTHER_SCHOOL, "bo@school.example") is None
        assert not await accounts.add(db, SCHOOL, Account("cy", "", NOW, email="bo@school.example"))
        assert await identities.link(db, SCHOOL, "https://idp", "1", "bo", NOW)
        assert not await identities.link(db, SCHOOL, "https://idp", "1", "al", NOW)
        assert not await identities.link(db, SCHOOL, "https://idp", "2", "bo", NOW)
        assert await identities.account_of(db, SCHOOL, "https://idp", "1") == "bo"
        assert await identities.account_of(db, SCHOOL, "https://other", "1") is None
        assert await identities.account_of(db, OTHER_SCHOOL, "https://idp", "1") is None
        assert await identities.unlink(db, SCHOOL, "bo")
        assert await identities.linked(db, SCHOOL, "bo") is None


async def test_a_way_is_taken_once_and_old_ones_are_forgotten(database: Database) -> None:
    old = Flow("s-1", "google", "n", "v", "b", "/office/", NOW + MINUTE)
    new = Flow("s-2", "google", "n", "v", "b", "/office/", NOW + 5 * MINUTE)
    async with database.begin() as db:
        await identities.set_out(db, SCHOOL, old, NOW)
        await identities.set_out(db, SCHOOL, new, NOW + 2 * MINUTE)
        assert await identities.come_back(db, SCHOOL, "s-1") is None
        assert await identities.come_back(db, OTHER_SCHOOL, "s-2") is None
        assert await identities.come_back(db, SCHOOL, "s-2") == new
        assert await identities.come_back(db, SCHOOL, "s-2") is None


async def test_the_audit_is_searched_by_person_child_kind_and_time(database: Database) -> None:
    deeds = [
        Deed(NOW, "reed", "view_story", "pupil/p1"),
        Deed(NOW + MINUTE, "reed", "confirm", "pupil/p1 pupil/p10"),
        Deed(NOW + 2 * MINUTE, "okoro", "view_story", "pupil/p10"),
        Deed(NOW + 3 * MINUTE, None, "sign_in_failed", "account/100%"),
    ]
    async with database.begin() as db:
        await audit.append(db, SCHOOL, deeds)

        async def found(wanted: Wanted) -> list[int]:
            return [deed.seq for deed in await audit.search(db, SCHOOL, wanted)]

        first = (await audit.newest(db, SCHOOL, 4))[-1].seq
        numbers = [first + n for n in range(4)]
        assert await found(Wanted()) == numbers[::-1]
        assert await found(Wanted(pupil="p1")) == [numbers[1], numbers[0]]
        assert await found(Wanted(pupil="p10", action="view_story")) == [numbers[2]]
        assert await found(Wanted(pupil="p_")) == []
        assert await found(Wanted(staff="reed", since=NOW + MINUTE, until=NOW + 2 * MINUTE)) == [numbers[1]]
        assert await audit.actions(db, SCHOOL) == ["confirm", "sign_in_failed", "view_story"]
