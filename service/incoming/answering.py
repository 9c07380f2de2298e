"""Answer what was stored and not yet handled: neighbours of one school in one transaction, others by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from attendance.school import School
from bot.families.whose import Meant, meant
from messaging.telegram_updates import stored_update
from service.errors import Handled
from service.incoming import chats, receiving
from service.incoming.addressing import Addressed, Family, Places, claim, places_of, written_here
from service.leave import decided_in_words
from service.one_by_one import each
from service.staff import staff_replies
from service.turns.taking_turns import Turns
from storage import inbox, schools
from storage.inbox import InboxRow

log = structlog.get_logger("firstcall.answering")

INBOX_BATCH = 20
"""A step ends after so many: then the relay hears of their answers, and `/ready` that the loop moves."""
HANDLE_TRIES = 5

TOGETHER = 5
"""Messages that are answered in one transaction: more would keep those who store what comes in waiting for longer."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages to answer in one transaction of one school; None: one message, and it is not known whose it is."""

    school_id: str | None
    rows: tuple[InboxRow, ...]


def batches(rows: Sequence[InboxRow], alone: Mapping[str, str]) -> list[Batch]:
    """Neighbours of one school together, in their order. `alone`: the school of each that may be among others."""
    found: list[Batch] = []
    for row in rows:
        school_id, last = alone.get(row.inbox_id), found[-1] if found else None
        if last is not None and school_id is not None and last.school_id == school_id and len(last.rows) < TOGETHER:
            found[-1] = Batch(school_id, (*last.rows, row))
        else:
            found.append(Batch(school_id, (row,)))
    return found


@dataclass
class Answering:
    """The inbox's one worker in this process."""

    turns: Turns
    _failed: dict[str, int] = field(default_factory=dict)

    async def step(self) -> int:
        """Answer the oldest messages. Returns how many were handled."""
        async with self.turns.database.read() as db:
            rows = await inbox.waiting(db, INBOX_BATCH)
        alone = await self._meant_alone(rows) if len(rows) > 1 else {}
        return await each(batches(rows, alone), self._handle_together)

    async def _meant_alone(self, rows: Sequence[InboxRow]) -> dict[str, str]:
        """The school of each message that is for one school, and neither staff's nor said to the bot itself."""
        async with self.turns.database.read() as db:
            places_by_row = [await places_of(db, row) for row in rows]
        known: dict[str, School] = {}
        alone: dict[str, str] = {}
        for row, places in zip(rows, places_by_row, strict=True):
            if len(places.all) != 1:
                continue
            school_id = places.all[0]
            if school_id not in known:
                known[school_id] = await self.turns.school(school_id)
            update = stored_update(row.channel, row.raw)
            to_the_bot = update is not None and not chats.is_a_parents(update, [known[school_id]])
            if not to_the_bot and not staff_replies.writers(known[school_id], row):
                alone[row.inbox_id] = school_id
        return alone

    async def _handle_together(self, batch: Batch) -> int:
        """Answer messages of one school in one transaction; where one cannot be handled, each in one of its own."""
        await asyncio.sleep(0)  # between two transactions everybody else of this process has a turn
        if batch.school_id is None or len(batch.rows) == 1:
            return await each(batch.rows, self._handle)
        try:
            await self._read_ahead(batch.school_id, batch.rows)
            alone = Addressed.to_one(batch.school_id)
            async with self.turns.database.begin() as db:
                known = None
                for row in batch.rows:
                    turn = await self.turns.open(db, batch.school_id, known)
                    await alone.answer(turn, row)
                    known = await turn.finish()
        except Exception as error:  # noqa: BLE001  it is met again, and said, by the message that it belongs to
            log.info("one_by_one", count=len(batch.rows), what=type(error).__name__)
            return await each(batch.rows, self._handle)
        if known is not None:
            self.turns.kept.put(batch.school_id, known)
        return len(batch.rows)

    async def _read_ahead(self, school_id: str, rows: Sequence[InboxRow]) -> None:
        """Read the words before anybody is kept waiting; whose context has changed by then is read again."""
        async with self.turns.database.read() as db:
            row = await schools.get(db, school_id)
            to_read = await receiving.look_ahead(await self.turns.of(db, row), rows) if row is not None else []
        for read in to_read:
            read()
            await asyncio.sleep(0)

    async def _handle(self, row: InboxRow) -> int:
        try:
            await self._read_and_answer(row)
        except Handled:
            log.info("handled_elsewhere")
        except Exception:
            await self._try_again_or_hand_over(row)
            raise
        return 1

    async def _try_again_or_hand_over(self, row: InboxRow) -> None:
        """After some tries a message that cannot be handled is put before staff of every school that it may be for."""
        self._failed[row.inbox_id] = self._failed.get(row.inbox_id, 0) + 1
        if self._failed[row.inbox_id] < HANDLE_TRIES:
            return
        places = await self._places(row)
        await self.turns.together(places.all, lambda turn: receiving.put_before_staff(turn, row))
        del self._failed[row.inbox_id]

    async def _read_and_answer(self, row: InboxRow) -> None:
        places = await self._places(row)
        if not places.all or await self._answered_by_staff(row, places.at):
            return
        if await self._said_to_the_bot(row, places.at):
            return
        addressed = await self._addressed(row, places)
        await self.turns.together(addressed.schools, lambda turn: addressed.answer(turn, row))

    async def _answered_by_staff(self, row: InboxRow, candidates: Sequence[str]) -> bool:
        """Let a member of staff's answer take the alert that it means. False: it is a message like any other."""
        update = stored_update(row.channel, row.raw)
        if update is not None and (update.edited or not (update.private and update.kind == "text")):
            return False
        known = [await self.turns.school(school_id) for school_id in candidates]
        if not any(staff_replies.writers(school, row) for school in known):
            return False
        async with self.turns.database.read() as db:
            written = await decided_in_words.read_written(db, row, known)
            answer = await staff_replies.read_answer(db, row, known) if written is None else None
        if written is not None:
            await self.turns.together([written.school], decided_in_words.Deciding(row, written))
            return True
        if answer is None:
            return False
        await self.turns.together([answer.school], staff_replies.Answering(row, answer))
        return True

    async def _said_to_the_bot(self, row: InboxRow, candidates: Sequence[str]) -> bool:
        """Handle what a Telegram chat says to the bot itself. False: it is a message like any other."""
        update = stored_update(row.channel, row.raw)
        known = [await self.turns.school(school_id) for school_id in candidates] if update else []
        if update is None or chats.is_a_parents(update, known):
            return False
        whose = chats.concerned(update, known)
        await self.turns.together(whose, chats.Handling(row, update, whose))
        return True

    async def _places(self, row: InboxRow) -> Places:
        async with self.turns.database.read() as db:
            return await places_of(db, row)

    async def _addressed(self, row: InboxRow, places: Places) -> Addressed:
        """The schools that a message is for: without reading it where only one is written to or knows the writer."""
        if len(places.all) == 1:
            return Addressed(places, Meant(acts=places.all))
        known = [await self.turns.school(school_id) for school_id in places.all]
        family = Family.of(row, known)
        claims = []
        for school_id in places.all:
            async with self.turns.database.begin() as db:
                turn = await self.turns.open(db, school_id)
                here = written_here(row, turn, places)
                read = await receiving.read_message(turn, here, family.elsewhere(school_id))
                claims.append(claim(school_id, read, places, family))
        return Addressed(places, meant(claims), family)
