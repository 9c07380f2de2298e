"""The relay: leases rows of the outbox, hands them to their channel, and records what became of them.

No database connection is held while a provider is asked. What a provider may or may not have is looked up before it is
ever sent again; what it refused because it was down is tried again while it is still worth saying.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from attendance.calendar import Session
from attendance.effects import CancelWords
from messaging.channel import (
    LOOK_UP_AFTER,
    Accepted,
    Answers,
    Attachment,
    Button,
    Channel,
    Outgoing,
    Receipt,
    Refused,
    SendResult,
    Unknown,
)
from messaging.receipts import NOT_ARRIVED, meaning
from service.outgoing.not_arrived import another_way, could_not_arrive, meanwhile, outage, tell_cases
from service.outgoing.pace import Pace, Sender
from service.turns.turn import Turn
from service.turns.turn_words import ALL_CLEAR
from service.turns.words import ACTS, SMS
from storage import outbox
from storage.outbox import OutboxRow, OutboxState

AT_ONCE = 20
RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(minutes=2)
OUTAGE_ATTEMPTS = 2
MAY_WAIT = 10.0
"""Seconds for which claimed words may wait for their sender's turn: well inside the lease. The others are put back."""
GIVE_UP_LOOKING = timedelta(minutes=30)
AGAIN = "/again"
USUAL: tuple[OutboxState, ...] = ("sent", "delivered")
"""What most receipts say, the lower one first."""
TAKEN = frozenset({"accepted", *USUAL})


@dataclass(frozen=True, slots=True)
class Later:
    """Not tried: its sender may send so much and no more. `wait` is when there is room again."""

    wait: timedelta


@dataclass(frozen=True, slots=True)
class Tried:
    """One row and what its channel said; `looked_up` when the provider was only asked whether it has the words."""

    row: OutboxRow
    result: SendResult | Later | None
    looked_up: bool = False


def outgoing(row: OutboxRow, our_address: str | None, files: tuple[Attachment, ...] = ()) -> Outgoing:
    """A row as its channel takes it. A button carries what it does and which message of ours it stands under."""
    answers = row.about.get("answers")
    of, labels = row.about.get("of") or row.message_id, {**ACTS, **row.about.get("labels", {})}
    return Outgoing(
        row.message_id,
        row.channel,
        row.address,
        row.text,
        row.subject,
        row.not_after,
        our_address,
        Answers(answers["message_id"], tuple(answers["references"])) if answers else None,
        buttons=tuple(Button(labels[act], f"{act}:{of}") for act in row.about.get("acts", ())),
        share=row.about.get("share", ""),
        edits=row.about.get("edits"),
        wants_answer=bool(row.about.get("answer")),
        files=files,
    )


Files = Mapping[str, tuple[Attachment, ...]]
"""What goes along with which message, by our id of it."""


async def hand_over(
    rows: Sequence[OutboxRow],
    channels: Mapping[str, Channel],
    ours: Mapping[str, str],
    files: Files | None = None,
    pace: Pace | None = None,
) -> list[Tried]:
    """Send many at once, a bounded number at a time, at each sender's pace. Never raises for what a provider does."""
    gate = asyncio.Semaphore(AT_ONCE)
    pace = pace or Pace({})
    booked = [pace.book(_sender(row, ours), row.segments, MAY_WAIT) for row in rows]

    async def one(row: OutboxRow, wait: float | None) -> Tried:
        channel, sender = channels.get(row.channel), _sender(row, ours)
        if channel is None:
            advice = f"No {row.channel} channel is configured; fill in its settings or take it out of the policy."
            return Tried(row, Refused("ours_to_fix", advice, "no channel"))
        if wait and not pace.held(sender):
            await asyncio.sleep(wait)
        async with gate:
            if wait is None or pace.held(sender):
                return Tried(row, Later(timedelta(seconds=max(1.0, pace.backlog(sender)))))
            message = outgoing(row, ours.get(row.channel), (files or {}).get(row.message_id, ()))
            result = await channel.send(message)
        if isinstance(result, Refused) and result.kind == "too_many" and result.retry_in is not None:
            pace.hold(sender, result.retry_in.total_seconds())
        return Tried(row, result)

    if len(rows) == 1:
        return [await one(rows[0], booked[0])]
    return list(await asyncio.gather(*map(one, rows, booked)))


def _sender(row: OutboxRow, ours: Mapping[str, str]) -> Sender:
    return row.channel, ours.get(row.channel, "")


async def look_up(rows: Sequence[OutboxRow], channels: Mapping[str, Channel], ours: Mapping[str, str]) -> list[Tried]:
    """Ask the providers whether they have what we do not know about."""

    async def one(row: OutboxRow) -> Tried:
        channel = channels.get(row.channel)
        if channel is None:
            return Tried(row, Unknown("no channel"), looked_up=True)
        since = row.created_at - timedelta(minutes=1)
        return Tried(row, await channel.find(outgoing(row, ours.get(row.channel)), since), looked_up=True)

    return list(await asyncio.gather(*(one(row) for row in rows)))


async def record(turn: Turn, tried: Sequence[Tried]) -> None:
    """Store what became of each row, and tell the cases."""
    taken = {one.row.message_id: one.result.provider_id for one in tried if isinstance(one.result, Accepted)}
    moved = await outbox.accept(turn.db, turn.school.id, taken, turn.now)
    await _look_up_cases(turn, [one.row for one in tried])
    for one in tried:
        match one.result:
            case Accepted():
                await _left(turn, one.row, one.row.message_id in moved)
            case Refused():
                await _refused(turn, one.row, one.result)
            case Unknown():
                await _unknown(turn, one)
            case Later(wait):
                await outbox.put_back(turn.db, turn.school.id, one.row.message_id, turn.now + wait)
                await _cancel_if_needless(turn, one.row)
            case None:
                await _queue_again(turn, one.row, turn.now)


async def _look_up_cases(turn: Turn, rows: Sequence[OutboxRow]) -> None:
    """Read at once the cases that these words are about."""
    pupils: dict[date, list[str]] = {}
    for about in (about for row in rows for about in row.about.get("cases", ())):
        pupils.setdefault(date.fromisoformat(about["day"]), []).append(about["pupil"])
    for day, names in pupils.items():
        await turn.cases_of(day, names)


async def _left(turn: Turn, row: OutboxRow, moved: bool) -> None:
    await turn.stand_down(f"outage/{row.channel}")
    if not moved:
        return
    kind = "staff_told" if row.staff_id else "sent_again" if row.key.endswith(AGAIN) else "sent"
    turn.note(
        kind,
        row.pupils,
        to=row.contact_id or row.staff_id or row.address,
        channel=row.channel,
        template=row.template,
        text=row.text,
        pupils=list(row.pupils),
        segments=row.segments,
        message=row.message_id,
    )
    await tell_cases(turn, row, None)


async def _refused(turn: Turn, row: OutboxRow, refused: Refused) -> None:
    if refused.retry_in is not None:
        await _again(turn, row, max(refused.retry_in, timedelta(seconds=1)), refused.kind)
        return
    await outbox.record(turn.db, turn.school.id, row.message_id, "failed", error_code=refused.provider_code)
    await could_not_arrive(turn, row, refused.kind, refused.provider_code, refused.advice)


async def _again(turn: Turn, row: OutboxRow, wait: timedelta, why: str) -> None:
    try_at = turn.now + min(max(wait, RETRY if why == "down" else wait), LONGEST_RETRY)
    if row.attempts >= OUTAGE_ATTEMPTS:
        await outage(turn, row.channel, why)
        if await meanwhile(turn, row):
            await outbox.record(turn.db, turn.school.id, row.message_id, "queued", try_at=try_at)
            await outbox.cancel(turn.db, turn.school.id, message_ids=[row.message_id])
            return
    await _queue_again(turn, row, try_at)


async def _queue_again(turn: Turn, row: OutboxRow, try_at: datetime) -> None:
    """Not taken: to be sent again, but for what became needless while nobody knew whether it had left."""
    await outbox.record(turn.db, turn.school.id, row.message_id, "queued", try_at=try_at)
    turn.wait_again(row)
    await _cancel_if_needless(turn, row)


async def _cancel_if_needless(turn: Turn, row: OutboxRow) -> None:
    """What became needless while we held it is not said; a cancellation reaches only what is queued."""
    for about in row.about.get("cases", ()):
        session = Session(date.fromisoformat(about["day"]), about["half"])
        case = await turn.case(about["pupil"], session)
        if case is not None and not case.wants_words:
            await turn.apply([CancelWords(case.pupil, session)])


async def _unknown(turn: Turn, tried: Tried) -> None:
    row = tried.row
    for_ever = isinstance(tried.result, Unknown) and tried.result.for_ever
    if for_ever or (tried.looked_up and turn.now - row.created_at > GIVE_UP_LOOKING):
        await outbox.record(turn.db, turn.school.id, row.message_id, "failed", error_code="never known")
        await tell_cases(turn, row, "unknown")
        await another_way(turn, row)
        return
    if isinstance(tried.result, Unknown) and tried.result.may_repeat:
        await _again(turn, row, RETRY, tried.result.why)
        return
    await outbox.record(turn.db, turn.school.id, row.message_id, "unknown", try_at=turn.now + LOOK_UP_AFTER)
    if tried.looked_up:
        await outage(turn, row.channel, "it does not say what it has")


async def receipts_came(turn: Turn, receipts: Sequence[Receipt]) -> list[bool]:
    """Take many in: of the usual kind together, any other by itself. For each whether it moved its message on.

    Of one message the lower state is taken first, whatever order they came in.
    """
    rows = await outbox.of_ids(turn.db, [one.message_id for one in receipts if one.message_id])
    usual: dict[str, dict[str, int]] = {status: {} for status in USUAL}
    moved: dict[int, bool] = {}
    for place, receipt in enumerate(receipts):
        row = rows.get(receipt.message_id or "")
        if row is not None and row.state in TAKEN and receipt.status in usual and not receipt.error_code:
            usual[receipt.status].setdefault(row.message_id, place)
    told = [(one, status, None) for status, places in usual.items() for one in places]
    await outbox.add_receipts(turn.db, turn.school.id, told, turn.now)
    for status in USUAL:
        new = await outbox.move(turn.db, turn.school.id, usual[status], status) if usual[status] else set()
        for message_id, place in usual[status].items():
            moved[place] = message_id in new
            if message_id in new:
                turn.note("receipt", rows[message_id].pupils, message=message_id, status=status, code=None)
    repeats = {(one, status) for one, status, _ in told}
    for place, receipt in enumerate(receipts):
        if place not in moved:
            again = (receipt.message_id, receipt.status) in repeats and not receipt.error_code
            moved[place] = False if again else await receipt_came(turn, receipt)
    return [moved[place] for place in range(len(receipts))]


async def receipt_came(turn: Turn, receipt: Receipt) -> bool:
    """A provider says what became of a message: in any order, more than once; states only move forward.

    True when this moved the message on.
    """
    row = None
    if receipt.message_id:
        row = await outbox.by_id(turn.db, turn.school.id, receipt.message_id)
    if row is None and receipt.provider_id:
        row = await outbox.by_provider_id(turn.db, receipt.channel, receipt.provider_id)
    if row is None:
        return False
    await outbox.add_receipt(turn.db, turn.school.id, row.message_id, receipt.status, receipt.error_code, turn.now)
    if row.state in ("sending", "unknown", "queued"):
        taken = {row.message_id: receipt.provider_id or row.message_id}
        await _left(turn, row, bool(await outbox.accept(turn.db, turn.school.id, taken, turn.now)))
    stored = await outbox.record(turn.db, turn.school.id, row.message_id, receipt.status, error_code=receipt.error_code)
    if stored is None:
        return False
    turn.note("receipt", row.pupils, message=row.message_id, status=receipt.status, code=receipt.error_code)
    if receipt.status in NOT_ARRIVED:
        said = meaning(receipt.error_code)
        if _may_be_said_again(row) and said.retry_in is not None and await _sent_again(turn, row, said.retry_in):
            return True
        await could_not_arrive(turn, row, said.kind, receipt.error_code or "", said.advice)
    return True


def _may_be_said_again(row: OutboxRow) -> bool:
    """A text that asks about a child is not waited for: the next contact is asked at once, and a family that fears for
    a child hears that all is well another way.
    """
    return row.channel == "email" or (row.channel == SMS and not row.about.get("cases") and row.template != ALL_CLEAR)


async def _sent_again(turn: Turn, row: OutboxRow, wait: timedelta) -> bool:
    """Say the same once more, as a message of its own, when a provider gave up on what may yet work."""
    try_at = turn.now + wait
    if row.key.endswith(AGAIN) or (row.not_after is not None and row.not_after <= try_at):
        return False
    again = replace(
        row,
        message_id=turn.new_id(),
        key=f"{row.key}{AGAIN}",
        state="queued",
        created_at=turn.now,
        try_at=try_at,
        not_before=try_at,
        attempts=0,
        lease_ends=None,
        provider_id=None,
        error_code=None,
        left_at=None,
    )
    await outbox.add(turn.db, turn.school.id, [again])
    return True
