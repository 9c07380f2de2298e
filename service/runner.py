"""The runner: load, decide, save. The only holder of the clock, the database and the channels.

Every step can be repeated and every step can be lost: what must happen is a row, and a row is done once. Tests, the
rehearsal and the demo call the same `step`s as the loops of the service.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import SchoolCalendar, local
from attendance.policy import calendar_of, policy_by_key, with_override
from attendance.school import School
from bot.families.whose import Meant, meant
from messaging.channel import Channel, Receipt, Received
from messaging.receipts import NOT_ARRIVED
from messaging.wording import Wording
from office.leave.links import Links
from service import retention
from service.clock import Clock
from service.day import planning
from service.errors import Handled, Stale, StepFailed
from service.incoming import chats, receiving
from service.incoming.addressing import Addressed, Family, Places, claim, places_of, written_here
from service.incoming.receiving import OPT_OUT
from service.leave import chat_words
from service.outgoing import claiming, relay
from service.outgoing.pace import Pace
from service.staff import staff_replies
from service.turns.kept import Kept, KeptSchools
from service.turns.turn import HEARD, Turn
from storage import attachments, inbox, outbox, people, schools, timers
from storage.attachments import FileRow
from storage.engine import Database
from storage.inbox import InboxRow
from storage.schools import SchoolRow
from storage.timers import Timer
from storage.waiting import Waiting, look

log = structlog.get_logger("firstcall.runner")

TRIES = 8
INBOX_BATCH = 20
"""A step ends after so many: then the relay hears of their answers, and `/ready` that the loop moves."""
HANDLE_TRIES = 5

TOGETHER = 5
"""Messages that are answered in one transaction: more would keep those who store what comes in waiting for longer."""

T = TypeVar("T")
Item = TypeVar("Item")


def random_id() -> str:
    """An id that nobody else has."""
    return uuid4().hex


@dataclass
class Runner:
    """One process's hands. `channels` by name; `link` is where staff find the board.

    `new_id` makes the ids of what is stored; a rehearsal hands in its own, so that the same file gives the same lines.
    `policies`: the folder of a school's own policies and calendars, None for the ones that Firstcall brings.
    `links` makes signed links (None: no public address).
    `hears`: the channels on which an answer of staff comes in. `on_failure` is told of each receipt that says, for the
    first time, that a message did not arrive. `pace` is how fast each sender sends; None is as fast as it goes.
    """

    database: Database
    clock: Clock
    channels: Mapping[str, Channel]
    wording: Wording
    link: str = ""
    policies: Path | None = None
    new_id: Callable[[], str] = random_id
    links: Links | None = None
    hears: frozenset[str] = HEARD
    on_failure: Callable[[Receipt], None] | None = None
    pace: Pace | None = None
    _failed: dict[str, int] = field(default_factory=dict)
    _arrivals: Iterator[int] = field(default_factory=count)
    _schools: dict[str, tuple[tuple[object, ...], School, dict[str, str]]] = field(default_factory=dict)
    kept: KeptSchools = field(default_factory=KeptSchools)

    # -- one turn --------------------------------------------------------------------------------------------------

    async def turn(self, school_id: str, work: Callable[[Turn], Awaitable[T]]) -> T:
        """Do `work` in one transaction of one school; a stale version loads and decides all of it again."""
        return (await self.together([school_id], work))[0]

    async def together(self, school_ids: Sequence[str], work: Callable[[Turn], Awaitable[T]]) -> list[T]:
        """The same work for several schools, all of it or nothing."""
        for attempt in range(TRIES):
            try:
                async with self.database.begin() as db:
                    results, kept = [], {}
                    for school_id in school_ids:
                        turn = await self._open(db, school_id)
                        results.append(await work(turn))
                        kept[school_id] = await turn.finish()
            except Stale as stale:
                for school_id in school_ids:
                    self.kept.forget(school_id)
                log.info("stale", schools=len(school_ids), attempt=attempt, what=type(stale).__name__)
                continue
            for school_id, known in kept.items():
                self.kept.put(school_id, known)
            return results
        raise Stale(f"still stale after {TRIES} tries")

    async def _open(self, db: AsyncConnection, school_id: str, known: Kept | None = None) -> Turn:
        """`known`: what an earlier turn of the same transaction left behind; it is kept only after the commit."""
        return await self._turn(db, await schools.lock(db, school_id), known)

    async def _turn(self, db: AsyncConnection, row: SchoolRow, known: Kept | None = None) -> Turn:
        school, ours = await self._school(db, row)
        return Turn(
            db,
            school,
            self.clock.now(),
            self.wording,
            ours,
            self.link,
            self.new_id,
            row,
            known if known is not None and known.holds(row) else self.kept.of(row),
            links=self.links,
            hears=self.hears,
        )

    async def _school(self, db: AsyncConnection, row: SchoolRow) -> tuple[School, dict[str, str]]:
        """The school as a value, kept until its people, policy or calendar change."""
        version = (row.people_version, row.policy_key, row.policy_override, row.calendar)
        known = self._schools.get(row.school_id)
        if known is not None and known[0] == version:
            return known[1], known[2]
        policy = policy_by_key(row.policy_key, self.policies)
        if row.policy_override:
            policy = with_override(policy, row.policy_override)
        calendar = SchoolCalendar.from_mapping(row.calendar) if row.calendar else calendar_of(policy, self.policies)
        ours = {
            channel: address
            for channel in self.channels
            if (address := await schools.sender_of(db, row.school_id, channel)) is not None
        }
        roll = replace(await people.load_roll(db, row.school_id), senders=frozenset(ours))
        school = School(row.school_id, policy, calendar, roll)
        self._schools[row.school_id] = (version, school, ours)
        return school, ours

    async def school(self, school_id: str) -> School:
        """The school as it stands now, for pages that only look."""
        async with self.database.read() as db:
            row = await schools.get(db, school_id)
            if row is None:
                raise KeyError(school_id)
            return (await self._school(db, row))[0]

    # -- what comes in ---------------------------------------------------------------------------------------------

    async def receive(self, message: Received) -> bool:
        """Store a message before the provider is answered. False: it was here before, and nothing changes."""
        return (await self.receive_all([message]))[0]

    async def receive_all(self, messages: Sequence[Received]) -> list[bool]:
        """Store several in one transaction, in their order; for each whether it is new."""
        rows = [self._inbox_row(message) for message in messages]
        async with self.database.begin() as db:
            new = await inbox.put_all(db, rows)
            files = [
                FileRow(row.inbox_id, number, one.name, one.media_type, len(one.data), one.data)
                for row, message in zip(rows, messages, strict=True)
                if row.inbox_id in new
                for number, one in enumerate(message.attachments, 1)
            ]
            if files:
                await attachments.add(db, files)
        return [row.inbox_id in new for row in rows]

    def _inbox_row(self, message: Received) -> InboxRow:
        now = self.clock.now()
        return InboxRow(
            inbox_id=f"{int(now.timestamp() * 1_000_000):016x}-{next(self._arrivals):06x}-{self.new_id()[-8:]}",
            channel=message.channel,
            provider_id=message.provider_id,
            our_address=message.our_address,
            their_address=message.their_address,
            text=message.text,
            received_at=min(message.sent_at, now) if message.sent_at else now,
            raw={**dict(message.raw), OPT_OUT: message.opt_out},
        )

    async def receipt(self, receipt: Receipt) -> None:
        """Take one delivery receipt in."""
        await self.receipts([receipt])

    async def receipts(self, receipts: Sequence[Receipt]) -> list[bool]:
        """Take delivery receipts in, those of one school in one transaction; for each whether it told anything new."""
        new: dict[int, bool] = {}
        for school_id, places in (await self._schools_of(receipts)).items():
            told = [receipts[place] for place in places]
            moved = await self.turn(school_id, partial(relay.receipts_came, receipts=told))
            new |= dict(zip(places, moved, strict=True))
        for place, receipt in enumerate(receipts):
            if new.get(place) and self.on_failure is not None and receipt.status in NOT_ARRIVED:
                self.on_failure(receipt)
        return [new.get(place, False) for place in range(len(receipts))]

    async def _schools_of(self, receipts: Sequence[Receipt]) -> dict[str, list[int]]:
        """Which school's messages they are about: the places of each in `receipts`."""
        found: dict[str, list[int]] = {}
        async with self.database.read() as db:
            rows = await outbox.of_ids(db, [one.message_id for one in receipts if one.message_id])
            for place, receipt in enumerate(receipts):
                row = rows.get(receipt.message_id or "")
                if row is None and receipt.provider_id:
                    row = await outbox.by_provider_id(db, receipt.channel, receipt.provider_id)
                if row is None:
                    log.info("receipt_of_nobody", channel=receipt.channel)
                else:
                    found.setdefault(row.school_id, []).append(place)
        return found

    # -- steps -----------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Plan today for every school, without what is already past; a day that was planned before stays as it is."""
        async with self.database.read() as db:
            ids = await schools.ids(db)
        for school_id in ids:
            await self.turn(school_id, self._plan_today)

    async def _plan_today(self, turn: Turn) -> None:
        await retention.see_to_it(turn)
        if await timers.any_of(turn.db, turn.school.id, "plan"):
            return
        await planning.plan_day(turn, local(turn.now).date(), not_before=turn.now)

    async def step_inbox(self) -> int:
        """Answer what was stored and not yet handled, oldest first. Returns how many messages were handled."""
        async with self.database.read() as db:
            rows = await inbox.waiting(db, INBOX_BATCH)
        alone = await self._meant_alone(rows) if len(rows) > 1 else {}
        return await _each(batches(rows, alone), self._handle_together)

    async def _meant_alone(self, rows: Sequence[InboxRow]) -> dict[str, str]:
        """The school of each message that is for one school, and neither staff's nor said to the bot itself."""
        async with self.database.read() as db:
            places_by_row = [await places_of(db, row) for row in rows]
        known: dict[str, School] = {}
        alone: dict[str, str] = {}
        for row, places in zip(rows, places_by_row, strict=True):
            if len(places.all) != 1:
                continue
            school_id = places.all[0]
            if school_id not in known:
                known[school_id] = await self.school(school_id)
            update = chats.update_of(row)
            to_the_bot = update is not None and not chats.is_a_parents(update, [known[school_id]])
            if not to_the_bot and not staff_replies.writers(known[school_id], row):
                alone[row.inbox_id] = school_id
        return alone

    async def _handle_together(self, batch: Batch) -> int:
        """Answer messages of one school in one transaction; where one cannot be handled, each in one of its own."""
        await asyncio.sleep(0)  # between two transactions everybody else of this process has a turn
        if batch.school_id is None or len(batch.rows) == 1:
            return await _each(batch.rows, self._handle)
        try:
            await self._read_ahead(batch.school_id, batch.rows)
            alone = Addressed.to_one(batch.school_id)
            async with self.database.begin() as db:
                known = None
                for row in batch.rows:
                    turn = await self._open(db, batch.school_id, known)
                    await alone.answer(turn, row)
                    known = await turn.finish()
        except Exception as error:  # noqa: BLE001  it is met again, and said, by the message that it belongs to
            log.info("one_by_one", count=len(batch.rows), what=type(error).__name__)
            return await _each(batch.rows, self._handle)
        if known is not None:
            self.kept.put(batch.school_id, known)
        return len(batch.rows)

    async def _read_ahead(self, school_id: str, rows: Sequence[InboxRow]) -> None:
        """Read the words before anybody is kept waiting; whose context has changed by then is read again."""
        async with self.database.read() as db:
            row = await schools.get(db, school_id)
            to_read = await receiving.look_ahead(await self._turn(db, row), rows) if row is not None else []
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
        await self.together(places.all, lambda turn: receiving.put_before_staff(turn, row))
        del self._failed[row.inbox_id]

    async def _read_and_answer(self, row: InboxRow) -> None:
        places = await self._places(row)
        if not places.all or await self._answered_by_staff(row, places.at):
            return
        if await self._said_to_the_bot(row, places.at):
            return
        addressed = await self._addressed(row, places)
        await self.together(addressed.schools, lambda turn: addressed.answer(turn, row))

    async def _answered_by_staff(self, row: InboxRow, candidates: Sequence[str]) -> bool:
        """Let a member of staff's answer take the alert that it means. False: it is a message like any other."""
        update = chats.update_of(row)
        if update is not None and not (update.private and update.kind == "text"):
            return False
        known = [await self.school(school_id) for school_id in candidates]
        if not any(staff_replies.writers(school, row) for school in known):
            return False
        async with self.database.read() as db:
            written = await chat_words.read_written(db, row, known)
            answer = await staff_replies.read_answer(db, row, known) if written is None else None
        if written is not None:
            await self.together([written.school], chat_words.Deciding(row, written))
            return True
        if answer is None:
            return False
        await self.together([answer.school], staff_replies.Answering(row, answer))
        return True

    async def _said_to_the_bot(self, row: InboxRow, candidates: Sequence[str]) -> bool:
        """Handle what a Telegram chat says to the bot itself. False: it is a message like any other."""
        update = chats.update_of(row)
        known = [await self.school(school_id) for school_id in candidates] if update else []
        if update is None or chats.is_a_parents(update, known):
            return False
        whose = chats.concerned(update, known)
        await self.together(whose, chats.Handling(row, update, whose))
        return True

    async def _places(self, row: InboxRow) -> Places:
        async with self.database.read() as db:
            return await places_of(db, row)

    async def _addressed(self, row: InboxRow, places: Places) -> Addressed:
        """The schools that a message is for: without reading it where only one is written to or knows the writer."""
        if len(places.all) == 1:
            return Addressed(places, Meant(acts=places.all))
        known = [await self.school(school_id) for school_id in places.all]
        family = Family.of(row, known)
        claims = []
        for school_id in places.all:
            async with self.database.begin() as db:
                turn = await self._open(db, school_id)
                here = written_here(row, turn, places)
                read = await receiving.read_message(turn, here, family.elsewhere(school_id))
                claims.append(claim(school_id, read, places, family))
        return Addressed(places, meant(claims), family)

    async def step_timers(self) -> int:
        """Do everything that has fallen due, a school at a time and in one transaction each."""
        async with self.database.read() as db:
            due = await timers.schools_due(db, self.clock.now())
        return await _each(due, self._fire)

    async def _fire(self, school_id: str) -> int:
        try:
            return await self.turn(school_id, self._fire_due)
        except Exception:
            log.exception("timers_failed", school=school_id)
        return await self._fire_one_by_one(school_id)

    async def _fire_one_by_one(self, school_id: str) -> int:
        """One timer that cannot be fired must not hold up the school's others: each in a transaction of its own."""
        async with self.database.read() as db:
            due = await timers.due(db, school_id, self.clock.now())

        async def fire(timer: Timer) -> int:
            async def work(turn: Turn) -> int:
                return await self._fire_if_ours(turn, timer)

            return await self.turn(school_id, work)

        return await _each(due, fire)

    async def _fire_due(self, turn: Turn) -> int:
        due = await timers.take_due(turn.db, turn.school.id, turn.now)
        await planning.look_up(turn, due)
        for timer in sorted(due, key=lambda one: (one.due_at, one.kind == "alert")):  # a case may end its alert
            await planning.fire(turn, timer)
        return len(due)

    async def _fire_if_ours(self, turn: Turn, timer: Timer) -> int:
        if not await timers.take(turn.db, turn.school.id, timer):
            return 0
        await planning.fire(turn, timer)
        return 1

    async def step_relay(self) -> int:
        """Hand over what is due, and look up what nobody knows about. Returns how many rows were tried."""
        now = self.clock.now()
        async with self.database.read() as db:
            due = await outbox.schools_with_due(db, now)
        return await _each(list(due.items()), self._relay)

    async def _relay(self, due: tuple[str, set[str]]) -> int:
        school_id, work = due
        claimed = await self.turn(school_id, lambda turn: claiming.claim(turn, work))
        tried = [
            *await relay.hand_over(claimed.rows, self.channels, claimed.ours, claimed.files, self.pace),
            *await relay.look_up(claimed.unknown, self.channels, claimed.ours),
        ]
        if tried:
            await self.turn(school_id, lambda turn: relay.record(turn, tried))
        return len(tried)

    async def settle(self, limit: int = 200) -> datetime | None:
        """Step until nothing is due at this moment: what a clock that is turned by hand calls after every turn.

        Answers the next instant at which something will happen by itself.
        """
        for _ in range(limit):
            waiting = await self._waiting()
            if not await self._step(waiting):
                return waiting.next_at
        log.warning("never_settles", limit=limit)
        return await self.next_due()

    async def _step(self, waiting: Waiting) -> int:
        """Do what waits now: one look said which of the steps have work."""
        now, done = self.clock.now(), 0
        if waiting.messages:
            done += await self.step_inbox()
        if waiting.timers_at is not None and waiting.timers_at <= now:
            done += await self.step_timers()
        if waiting.words_at is not None and waiting.words_at <= now:
            done += await self.step_relay()
        return done

    async def _waiting(self) -> Waiting:
        async with self.database.read() as db:
            return await look(db)

    async def next_due(self) -> datetime | None:
        """The next instant at which something will happen by itself."""
        return (await self._waiting()).next_at

    async def add_school(
        self, school_id: str, policy_key: str, override: Mapping[str, Any], calendar: Mapping[str, Any] | None
    ) -> None:
        """Put a school into the database; its own senders are added for every channel that is configured."""
        async with self.database.begin() as db:
            await schools.add(
                db,
                SchoolRow(
                    school_id=school_id,
                    name=policy_by_key(policy_key, self.policies).name,
                    policy_key=policy_key,
                    policy_override=override,
                    calendar=calendar,
                ),
            )


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


async def _each(items: Sequence[Item], work: Callable[[Item], Awaitable[int]]) -> int:
    """Do `work` for each. One that fails keeps no other waiting; it is said at the end. Raises StepFailed."""
    done, failed = 0, 0
    for item in items:
        try:
            done += await work(item)
        except Exception:
            failed += 1
            log.exception("item_failed", what=type(item).__name__, message=getattr(item, "inbox_id", None))
    if failed:
        raise StepFailed(f"{failed} of {len(items)}")
    return done
