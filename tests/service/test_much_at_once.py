"""What waits together is done in one transaction, and comes out as if it had been done one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from attendance.calendar import SchoolCalendar
from attendance.people import Contact, Link, Pupil, StaffMember
from attendance.policy.certainty import Certainty
from bot import context
from bot.understanding import Message, Understanding, understand
from messaging.channel import Receipt, Received
from messaging.channels.simulator import Simulator
from messaging.wording import wording
from service.clock import HandClock
from service.errors import StepFailed
from service.incoming import receiving
from service.incoming.answering import TOGETHER, Batch, batches
from service.runner import Runner
from service.turns.turn import Turn
from storage import migrate, outbox, people, schools
from storage.engine import Database, open_database
from storage.inbox import InboxRow
from storage.outbox import OutboxRow

OURS, REED = "+447700900000", "+447700900900"
NOW = datetime(2026, 11, 10, 8, 10, tzinfo=UTC)
FAMILIES = 7


def phone(number: int) -> str:
    return f"+447700900{100 + number}"


@pytest.fixture
async def runner(tmp_path: Path) -> AsyncIterator[Runner]:
    clock = HandClock(NOW)
    async with open_database(await migrate.new_file(tmp_path / "school.db"), inline="all") as database:
        made = Runner(database, clock, {"sms": Simulator("sms", clock.now)}, wording())
        await made.add_school("school", "blue-coat", {}, None)
        async with database.begin() as db:
            await schools.add_sender(db, "school", "sms", OURS)
            pupils = [Pupil(f"p{n}", f"Given{n}", "Family", 8, "8A") for n in range(FAMILIES)]
            contacts = [Contact(f"c{n}", f"Adult {n}", phone(n)) for n in range(FAMILIES)]
            await people.save_people(
                db, "school", pupils, contacts, [Link(f"p{n}", f"c{n}", 1) for n in range(FAMILIES)]
            )
            officer = StaffMember("ao", "Ms Reed", "Attendance officer", ("attendance_officer",), REED)
            await people.save_staff(db, "school", [officer])
        await made.start()
        yield made


async def came(runner: Runner, *said: tuple[int, str]) -> None:
    """Texts that arrived before anybody looked."""
    texts = [Received("sms", f"SM{place}", OURS, phone(who), text) for place, (who, text) in enumerate(said)]
    assert await runner.receive_all(texts) == [True] * len(texts)


async def rows(runner: Runner, statement: str) -> list[tuple[Any, ...]]:
    async with runner.database.read() as db:
        return [tuple(row) for row in await db.execute(sa.text(statement))]


def counting(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows by one with each writing transaction."""
    begun: list[None] = []
    begin = Database.begin
    monkeypatch.setattr(Database, "begin", lambda self: begun.append(None) or begin(self))
    return begun


def row(number: int) -> InboxRow:
    return InboxRow(f"i{number}", "sms", f"SM{number}", OURS, phone(0), "", NOW)


def test_neighbours_of_one_school_are_together_and_order_is_kept() -> None:
    waiting = [row(number) for number in range(2 * TOGETHER + 2)]
    alone = {one.inbox_id: "a" for one in waiting} | {waiting[TOGETHER].inbox_id: "b"}
    del alone[waiting[-1].inbox_id]
    found = batches(waiting, alone)
    assert [one for batch in found for one in batch.rows] == waiting
    assert [(batch.school_id, len(batch.rows)) for batch in found] == [
        ("a", TOGETHER), ("b", 1), ("a", TOGETHER), (None, 1),
    ]  # fmt: skip
    assert batches([waiting[-1]] * 2, {}) == [Batch(None, (waiting[-1],))] * 2


async def test_texts_that_wait_are_answered_in_few_transactions(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    await came(runner, *((n, f"Given{n} is ill today, back tomorrow") for n in range(TOGETHER)))
    begun = counting(monkeypatch)
    assert await runner.step_inbox() == TOGETHER
    assert len(begun) == 1
    assert await rows(runner, "SELECT count(*) FROM absence WHERE state = 'recorded'") == [(TOGETHER,)]
    assert await rows(runner, "SELECT count(*) FROM outbox WHERE key LIKE 'reply/%'") == [(TOGETHER,)]


@pytest.fixture
def held(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each reading, whether those who store what comes in were kept out meanwhile."""
    found: list[bool] = []

    def reads(message: Message, calendar: SchoolCalendar, certainty: Certainty) -> Understanding:
        found.append(runner.database.writes)
        return understand(message, calendar, certainty=certainty)

    monkeypatch.setattr(context, "understand", reads)
    context.forget()
    return found


async def test_words_are_read_before_anybody_is_kept_waiting(runner: Runner, held: list[bool]) -> None:
    await came(runner, *((n, f"Given{n} has a cold today, back tomorrow") for n in range(TOGETHER)))
    assert await runner.step_inbox() == TOGETHER
    assert held == [False] * TOGETHER


async def test_words_whose_context_has_changed_meanwhile_are_read_again(runner: Runner, held: list[bool]) -> None:
    """The second text was read ahead as if the first had not come."""
    await came(runner, (0, "Given0 is at the dentist today"), (0, "Given0 is at the dentist now, back by eleven"))
    assert await runner.step_inbox() == 2
    assert held[:2] == [False] * 2
    assert held[-1]
    assert await rows(runner, "SELECT arrives FROM absence WHERE state = 'recorded'") == [("11:00:00.000000",)]


async def test_what_one_parent_wrote_in_parts_is_read_in_order(runner: Runner) -> None:
    """The second text takes back what the first said, and both wait in one batch."""
    await came(runner, (0, "Given0 is ill today, back tomorrow"), (1, "Given1 is ill today"), (0, "NO"))
    await runner.settle()
    assert await rows(runner, "SELECT pupil_id, state FROM absence ORDER BY pupil_id") == [
        ("p0", "rejected"), ("p1", "recorded"),
    ]  # fmt: skip


async def test_nobody_is_answered_twice_with_the_same_words(runner: Runner) -> None:
    await came(runner, *[(0, "Given0 is ill today, back tomorrow")] * 3)
    await runner.settle()
    assert await rows(runner, "SELECT count(*) FROM inbox WHERE state = 'done'") == [(3,)]
    assert await rows(runner, "SELECT count(*) - count(DISTINCT text) FROM outbox WHERE key LIKE 'reply/%'") == [(0,)]


async def test_one_that_cannot_be_handled_keeps_no_other_waiting(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    await came(runner, *((n, f"Given{n} is ill today, back tomorrow") for n in range(TOGETHER)))
    _breaks(monkeypatch, "Given2")
    with pytest.raises(StepFailed):
        await runner.step_inbox()

    assert await rows(runner, "SELECT text FROM inbox WHERE state = 'new'") == [("Given2 is ill today, back tomorrow",)]
    replies = await rows(runner, "SELECT address FROM outbox WHERE key LIKE 'reply/%' ORDER BY address")
    assert replies == [(phone(n),) for n in range(TOGETHER) if n != 2]
    journal = await rows(runner, "SELECT count(*) FROM journal WHERE kind = 'received'")
    assert journal == [(TOGETHER - 1,)], "nothing of the transaction that was undone is left"


def _breaks(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """After its decision is half stored, a message with this name in it cannot be handled."""
    carry_out: Callable[..., Awaitable[None]] = receiving.carry_out

    async def breaks(turn: Turn, row: InboxRow, reading: receiving.Reading) -> None:
        await carry_out(turn, row, reading)
        if name in row.text:
            raise ZeroDivisionError

    monkeypatch.setattr(receiving, "carry_out", breaks)


async def test_an_answer_of_staff_between_texts_of_parents_is_not_taken_for_one(runner: Runner) -> None:
    texts = [Received("sms", f"SM{n}", OURS, phone(n), f"Given{n} is ill today, back tomorrow") for n in range(2)]
    staff = Received("sms", "SM9", OURS, REED, "ok")
    await runner.receive_all([texts[0], staff, texts[1]])
    await runner.settle()
    assert await rows(runner, "SELECT count(*) FROM inbox WHERE state = 'done'") == [(3,)]
    assert await rows(runner, "SELECT count(*) FROM absence") == [(2,)]


# -- receipts ------------------------------------------------------------------------------------------------------


async def texts_taken(runner: Runner, number: int) -> None:
    queued = [
        OutboxRow(f"m{n}", f"key{n}", "sms", phone(n), "absence.ask", f"words {n}", NOW, NOW, contact_id=f"c{n}")
        for n in range(number)
    ]
    async with runner.database.begin() as db:
        await outbox.add(db, "school", queued)
    await runner.settle()


def told(number: int, status: Any, code: str | None = None) -> Receipt:
    return Receipt("sms", f"m{number}", f"SIM-m{number}", status, code)


async def test_receipts_that_wait_are_one_transaction(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    await texts_taken(runner, 3)
    begun = counting(monkeypatch)
    new = await runner.receipts(
        [told(0, "delivered"), told(0, "sent"), told(1, "sent"), told(1, "sent"), told(2, "undelivered", "30005"),
         told(9, "sent")]
    )  # fmt: skip
    assert len(begun) == 1
    assert new == [True, True, True, False, True, False]
    assert await rows(runner, "SELECT message_id, state, error_code FROM outbox WHERE contact_id IS NOT NULL") == [
        ("m0", "delivered", None), ("m1", "sent", None), ("m2", "undelivered", "30005"),
    ]  # fmt: skip
    kept = Counter(await rows(runner, "SELECT message_id, status FROM receipt"))
    assert kept == Counter([("m0", "delivered"), ("m0", "sent"), ("m1", "sent"), ("m2", "undelivered")])
    assert await rows(runner, "SELECT reason FROM alert") == [("number_bad",)]


async def test_receipts_again_change_nothing_and_a_final_state_stays(runner: Runner) -> None:
    await texts_taken(runner, 1)
    assert await runner.receipts([told(0, "delivered")]) == [True]
    assert (
        await runner.receipts([told(0, "sent"), told(0, "delivered"), told(0, "undelivered", "30003")]) == [False] * 3
    )
    assert await rows(runner, "SELECT state FROM outbox") == [("delivered",)]


async def test_a_receipt_of_a_text_in_doubt_says_that_it_left(runner: Runner) -> None:
    sms = runner.channels["sms"]
    assert isinstance(sms, Simulator)
    sms.lost_answers = 1
    await texts_taken(runner, 1)
    assert await rows(runner, "SELECT state FROM outbox") == [("unknown",)]
    assert await runner.receipts([replace(told(0, "sent"), provider_id="SM1"), told(0, "delivered")]) == [True, True]
    assert await rows(runner, "SELECT state, provider_id FROM outbox") == [("delivered", "SM1")]
