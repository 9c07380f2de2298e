"""The outbox: one purpose is one message, one worker holds it, and its state only moves forward."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
import sqlalchemy as sa

from storage import outbox
from storage.engine import Database, open_database
from storage.outbox import MOVES, TOO_LATE, OutboxRow, OutboxState
from storage.tables import OUTBOX_STATES
from storage.waiting import look
from tests.storage.conftest import OTHER_SCHOOL, SCHOOL

NOW = datetime(2026, 9, 10, 8, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def words(number: int, key: str | None = None) -> OutboxRow:
    return OutboxRow(
        message_id=f"m{number:03}",
        key=key or f"case/mo/2026-09-10/am/ask/{number}",
        channel="sms",
        address="+447700900001",
        template="absence.ask",
        text="Blue Coat: Mo was not in registration.",
        created_at=NOW,
        try_at=NOW,
        contact_id="mo-mum",
        pupils=("mo", "nina"),
        about={"round": number},
    )


async def test_words_come_back_as_they_were_written(database: Database) -> None:
    row = replace(
        words(1), subject="Mo", segments=2, not_before=NOW + MINUTE, not_after=NOW + 9 * MINUTE, staff_id="head"
    )
    stored = replace(row, school_id=SCHOOL, try_at=NOW + MINUTE)
    async with database.begin() as db:
        assert await outbox.add(db, SCHOOL, [row]) == [stored]
        assert await outbox.by_id(db, SCHOOL, "m001") == stored
        assert await outbox.find(db, "m001") == stored
        assert await outbox.by_key(db, SCHOOL, row.key) == stored
        assert await outbox.by_id(db, OTHER_SCHOOL, "m001") is None
        assert await outbox.of_pupil(db, SCHOOL, "nina") == [stored]
        assert await outbox.of_pupil(db, OTHER_SCHOOL, "nina") == []


async def test_deciding_twice_sends_once(database: Database) -> None:
    async with database.begin() as db:
        assert len(await outbox.add(db, SCHOOL, [words(1, "a"), words(2, "b"), words(3, "a")])) == 2
    async with database.begin() as db:
        again = await outbox.add(db, SCHOOL, [words(4, "a"), words(5, "c")])
        assert [row.message_id for row in again] == ["m005"]
        assert [row.message_id for row in await outbox.of_pupil(db, SCHOOL, "mo")] == ["m001", "m002", "m005"]
        assert len(await outbox.add(db, OTHER_SCHOOL, [words(6, "a")])) == 1  # a key is one school's own
        assert await outbox.add(db, SCHOOL, []) == []


async def test_a_message_is_claimed_when_it_is_due_and_not_too_late(database: Database) -> None:
    rows = [
        replace(words(1), try_at=NOW + MINUTE),
        replace(words(2), not_before=NOW + 2 * MINUTE),
        replace(words(3), not_after=NOW + MINUTE),
        words(4),
    ]
    lease = timedelta(seconds=30)
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, rows)
        claimed = await outbox.claim_due(db, SCHOOL, NOW, lease)
        assert [row.message_id for row in claimed] == ["m003", "m004"]
        assert {(row.state, row.attempts, row.lease_ends) for row in claimed} == {("sending", 1, NOW + lease)}
        assert await outbox.claim_due(db, SCHOOL, NOW, lease) == []
        assert [row.message_id for row in await outbox.claim_due(db, SCHOOL, NOW + MINUTE, lease)] == ["m001"]
        assert [row.message_id for row in await outbox.claim_due(db, SCHOOL, NOW + 2 * MINUTE, lease)] == ["m002"]
        assert await outbox.claim_due(db, OTHER_SCHOOL, NOW + 2 * MINUTE, lease) == []


async def test_the_oldest_are_claimed_first_up_to_the_limit(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [replace(words(n), try_at=NOW - n * MINUTE) for n in range(6)])
        for expected in (["m005", "m004"], ["m003", "m002"], ["m001", "m000"], []):
            claimed = await outbox.claim_due(db, SCHOOL, NOW, MINUTE, limit=2)
            assert [row.message_id for row in claimed] == expected


async def test_four_workers_take_each_message_once(url: str, database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(n) for n in range(200)])

    async def worker(own: Database) -> list[str]:
        taken: list[str] = []
        for _ in range(20):
            async with own.begin() as db:
                claimed = await outbox.claim_due(db, SCHOOL, NOW, MINUTE, limit=7)
                assert len(claimed) <= 7
                taken += [row.message_id for row in claimed]
        return taken

    workers = [open_database(url) for _ in range(4)]  # each with connections of its own, as processes have
    try:
        taken = await asyncio.gather(*(worker(own) for own in workers))
    finally:
        for own in workers:
            await own.close()
    assert sorted(one for own in taken for one in own) == sorted(f"m{n:03}" for n in range(200))


async def test_what_is_out_of_date_is_cancelled_and_told(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [replace(words(1), not_after=NOW), words(2)])
        (expired,) = await outbox.expire(db, SCHOOL, NOW)
        assert (expired.message_id, expired.state, expired.error_code) == ("m001", "cancelled", TOO_LATE)
        assert await outbox.expire(db, SCHOOL, NOW) == []
        assert [row.message_id for row in await outbox.claim_due(db, SCHOOL, NOW, MINUTE)] == ["m002"]


async def test_a_lease_that_ran_out_is_unknown_and_never_claimed_again_by_itself(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(1)])
        await outbox.claim_due(db, SCHOOL, NOW, MINUTE)
        assert await outbox.leases_over(db, SCHOOL, NOW + timedelta(seconds=59)) == []
        (lost,) = await outbox.leases_over(db, SCHOOL, NOW + MINUTE)
        assert (lost.state, lost.lease_ends, lost.try_at) == ("unknown", None, NOW + MINUTE)
        assert await outbox.leases_over(db, SCHOOL, NOW + MINUTE) == []
        assert await outbox.claim_due(db, SCHOOL, NOW + 9 * MINUTE, MINUTE) == []
        assert await outbox.unknown(db, SCHOOL, NOW + MINUTE) == [lost]
        await outbox.record(db, SCHOOL, "m001", "unknown", try_at=NOW + 3 * MINUTE)  # looked up; ask again later
        assert await outbox.unknown(db, SCHOOL, NOW + 2 * MINUTE) == []
        await outbox.record(db, SCHOOL, "m001", "queued", try_at=NOW + 4 * MINUTE)  # surely not taken: a second try
        (again,) = await outbox.claim_due(db, SCHOOL, NOW + 4 * MINUTE, MINUTE)
        assert again.attempts == 2


async def test_the_first_leaving_and_what_is_known_stay(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(1)])
        await outbox.claim_due(db, SCHOOL, NOW, MINUTE)
        taken = await outbox.record(db, SCHOOL, "m001", "accepted", provider_id="SM1", left_at=NOW)
        assert taken is not None
        assert (taken.state, taken.provider_id, taken.left_at, taken.lease_ends) == ("accepted", "SM1", NOW, None)
        dead = await outbox.record(db, SCHOOL, "m001", "undelivered", error_code="30003", left_at=NOW + MINUTE)
        assert dead == replace(taken, state="undelivered", error_code="30003")
        assert await outbox.by_provider_id(db, "sms", "SM1") == dead
        assert await outbox.by_provider_id(db, "email", "SM1") is None


@pytest.mark.parametrize(
    "order",
    [
        ("accepted", "sent", "delivered"),
        ("sent", "accepted", "delivered"),
        ("delivered", "sent", "accepted"),
        ("delivered", "accepted", "sent", "delivered"),
        ("undelivered", "delivered", "undelivered"),
        ("failed", "delivered", "failed"),
        ("unknown", "delivered", "queued", "unknown"),
    ],
)
async def test_receipts_in_any_order_end_alike(database: Database, order: tuple[OutboxState, ...]) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(1)])
        await outbox.claim_due(db, SCHOOL, NOW, MINUTE)
        for state in order:
            await outbox.record(db, SCHOOL, "m001", state)
        row = await outbox.by_id(db, SCHOOL, "m001")
    assert row is not None
    assert row.state == "delivered"


async def test_a_state_moves_as_the_table_says_and_no_other_way(database: Database) -> None:
    async with database.begin() as db:
        for old in get_args(OutboxState):
            for new in get_args(OutboxState):
                row = replace(words(1, f"{old}/{new}"), message_id=f"{old}/{new}", state=old)
                await outbox.add(db, SCHOOL, [row])
                moved = await outbox.record(db, SCHOOL, row.message_id, new)
                assert (moved is not None) == (old in MOVES.get(new, ())), (old, new)
                after = await outbox.by_id(db, SCHOOL, row.message_id)
                assert after is not None
                assert after.state == (new if moved else old)
        assert await outbox.record(db, SCHOOL, "nothing", "sent") is None


def test_no_state_can_go_round_in_a_circle_past_the_provider() -> None:
    taken = {"accepted", "sent", "delivered", "undelivered", "failed"}
    assert set(get_args(OutboxState)) == set(OUTBOX_STATES)
    assert not any(MOVES[new] & taken for new in ("queued", "unknown", "cancelled"))
    assert "sending" not in MOVES


async def test_a_receipt_for_words_that_wait_for_a_second_try_stops_it(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(1)])
        await outbox.claim_due(db, SCHOOL, NOW, MINUTE)
        await outbox.record(db, SCHOOL, "m001", "queued", try_at=NOW + MINUTE)
        await outbox.record(db, SCHOOL, "m001", "delivered")
        assert await outbox.claim_due(db, SCHOOL, NOW + MINUTE, MINUTE) == []


async def test_only_what_is_still_queued_is_cancelled(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(1, "case/mo/am/1"), words(2, "case/mo/am/2"), words(3, "case/mo_/am/1")])
        await outbox.add(db, SCHOOL, [words(4, "case/nina/am/1"), words(5, "case/x%/1")])
        await outbox.add(db, OTHER_SCHOOL, [words(6, "case/mo/am/1")])
        await outbox.claim_due(db, SCHOOL, NOW, MINUTE, limit=1)
        assert [row.message_id for row in await outbox.cancel(db, SCHOOL, "case/mo/")] == ["m002"]
        assert await outbox.cancel(db, SCHOOL, "case/mo/") == []
        assert await outbox.cancel(db, SCHOOL, "case/%") == []
        assert [row.message_id for row in await outbox.cancel(db, SCHOOL, message_ids=["m004", "m001"])] == ["m004"]
        assert await outbox.cancel(db, SCHOOL, "") == []
        assert {row.message_id for row in await outbox.claim_due(db, SCHOOL, NOW, MINUTE)} == {"m003", "m005"}
        assert len(await outbox.claim_due(db, OTHER_SCHOOL, NOW, MINUTE)) == 1


async def test_words_are_found_by_the_beginning_of_their_key_in_any_state(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(2, "ask/am/1"), words(1, "ask/am/2"), words(3, "ask/am_/1")])
        await outbox.add(db, OTHER_SCHOOL, [words(4, "ask/am/1")])
        await outbox.cancel(db, SCHOOL, message_ids=["m002"])
        found = await outbox.with_key(db, SCHOOL, "ask/am/")
        assert [(row.message_id, row.state) for row in found] == [("m001", "queued"), ("m002", "cancelled")]
        assert await outbox.with_key(db, SCHOOL, "ask/%") == []


async def test_the_newest_words_to_a_contact(database: Database) -> None:
    async with database.begin() as db:
        assert await outbox.newest_to(db, SCHOOL, "mo-mum") is None
        await outbox.add(db, SCHOOL, [words(1), replace(words(2), created_at=NOW + MINUTE), words(3)])
        newest = await outbox.newest_to(db, SCHOOL, "mo-mum")
    assert newest is not None
    assert newest.message_id == "m002"


async def test_what_was_said_at_an_address_lately_the_newest_first(database: Database) -> None:
    async with database.begin() as db:
        later = replace(words(2), created_at=NOW + MINUTE, text="And Nina?")
        await outbox.add(db, SCHOOL, [words(1), later, replace(words(3), address="+447700900009")])
        said = (SCHOOL, "sms", "+447700900001")
        assert await outbox.said_at(db, *said, NOW - MINUTE, 5) == ["And Nina?", words(1).text]
        assert await outbox.said_at(db, *said, NOW - MINUTE, 1) == ["And Nina?"]
        assert await outbox.said_at(db, *said, NOW, 5) == ["And Nina?"]


async def test_schools_with_work_are_found_without_asking_each(database: Database) -> None:
    async with database.begin() as db:
        assert (await look(db)).words_at is None
        await outbox.add(db, SCHOOL, [replace(words(1), try_at=NOW + MINUTE)])
        assert (await outbox.schools_with_due(db, NOW), (await look(db)).words_at) == ({}, NOW + MINUTE)
        late = replace(words(2), try_at=NOW + 9 * MINUTE, not_after=NOW)
        await outbox.add(db, OTHER_SCHOOL, [late])
        assert (await outbox.schools_with_due(db, NOW), (await look(db)).words_at) == ({OTHER_SCHOOL: {"tidy"}}, NOW)
        await outbox.expire(db, OTHER_SCHOOL, NOW)
        assert await outbox.schools_with_due(db, NOW + MINUTE) == {SCHOOL: {"send"}}
        await outbox.claim_due(db, SCHOOL, NOW + MINUTE, MINUTE)
        assert (await outbox.schools_with_due(db, NOW + MINUTE), (await look(db)).words_at) == ({}, NOW + 2 * MINUTE)
        assert await outbox.schools_with_due(db, NOW + 2 * MINUTE) == {SCHOOL: {"tidy"}}
        await outbox.leases_over(db, SCHOOL, NOW + 2 * MINUTE)
        assert await outbox.schools_with_due(db, NOW + 2 * MINUTE) == {SCHOOL: {"look_up"}}
        await outbox.record(db, SCHOOL, "m001", "accepted")
        assert (await outbox.schools_with_due(db, NOW + 9 * MINUTE), (await look(db)).words_at) == ({}, None)


async def test_what_a_provider_took_is_recorded_for_many_at_once_and_never_backwards(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(1), words(2), words(3)])
        await outbox.claim_due(db, SCHOOL, NOW, MINUTE)
        await outbox.record(db, SCHOOL, "m002", "delivered", provider_id="first", left_at=NOW)
        taken = {"m001": "SM1", "m002": "SM2", "nobody": "SM3"}
        assert await outbox.accept(db, SCHOOL, taken, NOW + MINUTE) == {"m001"}
        assert await outbox.accept(db, OTHER_SCHOOL, {"m003": "SM3"}, NOW) == set()
        assert await outbox.accept(db, SCHOOL, {}, NOW) == set()
        found = [await outbox.by_id(db, SCHOOL, f"m00{number}") for number in (1, 2, 3)]
    assert [(row.state, row.provider_id, row.left_at, row.lease_ends) for row in found if row] == [
        ("accepted", "SM1", NOW + MINUTE, None),
        ("delivered", "first", NOW, None),
        ("sending", None, None, NOW + MINUTE),
    ]


async def test_every_receipt_is_kept_once_and_cannot_be_altered(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(1)])
        assert await outbox.add_receipt(db, SCHOOL, "m001", "sent", None, NOW)
        assert await outbox.add_receipt(db, SCHOOL, "m001", "undelivered", "30003", NOW + MINUTE)
        assert not await outbox.add_receipt(db, SCHOOL, "m001", "sent", None, NOW + MINUTE)
        assert await outbox.receipts_of(db, SCHOOL, "m001") == [
            ("sent", None, NOW),
            ("undelivered", "30003", NOW + MINUTE),
        ]
    with pytest.raises(sa.exc.DBAPIError, match="receipt is append-only"):
        async with database.begin() as db:
            await db.execute(sa.text("DELETE FROM receipt"))
