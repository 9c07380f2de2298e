"""Threads as they are stored: one for each pair of our address and theirs, and in it a part for each school.

A parent with children at two schools of one number writes in one thread. What each school asked and recorded there is
kept apart: a question is answered at the school that asked it, and neither overtakes the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation, Question
from service.errors import Stale
from service.turns.words import WordsToSend
from storage import codec, threads
from storage.threads import ThreadRow

PARTS = "schools"


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread as it was read (None: nothing was ever said), and this school's part of it."""

    row: ThreadRow | None
    part: Conversation


async def load(db: AsyncConnection, our: str, channel: str, their: str, school_id: str) -> Thread:
    """The thread with this address; this school's part is empty when it never said anything there."""
    row = (await threads.with_addresses(db, our, channel, [their])).get(their)
    return Thread(row, _part(row, school_id))


def _part(row: ThreadRow | None, school_id: str) -> Conversation:
    """One school's question and record in a thread that others may share. Who has taken it over has all of it."""
    if row is None:
        return Conversation()
    return replace(codec.load(Conversation, _parts(row).get(school_id, {})), owner=row.owner, version=row.version)


def _parts(row: ThreadRow | None) -> dict[str, Any]:
    """What each school's part holds. Threads of before schools had parts belong to the one that is named in them."""
    if row is None:
        return {}
    if PARTS in row.state:
        return dict(row.state[PARTS])
    old = {key: value for key, value in row.state.items() if key != "school"}
    return {row.state["school"]: old} if "school" in row.state else {}


async def save(
    db: AsyncConnection, our: str, channel: str, their: str, conversation: Conversation, school_id: str, read: Thread
) -> None:
    """Keep the school's part of the thread that was `read`. Raises Stale when somebody else has moved it since."""
    known = {their: read.row} if read.row is not None else {}
    await _save_all(db, our, channel, {their: conversation}, known, school_id)


async def _save_all(
    db: AsyncConnection,
    our: str,
    channel: str,
    spoken: Mapping[str, Conversation],
    known: Mapping[str, ThreadRow],
    school_id: str,
) -> None:
    rows = [
        ThreadRow(
            our,
            channel,
            their,
            {PARTS: {**_parts(known.get(their)), school_id: codec.dump(one)}},
            one.owner,
            one.version,
        )
        for their, one in spoken.items()
    ]
    if await threads.save(db, rows):
        raise Stale(f"thread on {channel}")


async def open_questions(
    db: AsyncConnection, ours: Mapping[str, str], said: Iterable[WordsToSend], school_id: str
) -> None:
    """A first-day text is an open question of its thread; a sibling's question joins the one that is open."""
    asked: dict[str, list[tuple[str, Question]]] = {}
    for words in said:
        if words.question is not None:
            asked.setdefault(words.channel, []).append((words.address, words.question))
    for channel, questions in asked.items():
        known = await threads.with_addresses(db, ours[channel], channel, [address for address, _ in questions])
        spoken = {address: _part(known.get(address), school_id) for address, _ in questions}
        for address, question in questions:
            spoken[address] = spoken[address].asks_between(_joined(spoken[address], question))
        await _save_all(db, ours[channel], channel, spoken, known, school_id)


def _joined(conversation: Conversation, question: Question) -> Question:
    before = conversation.open_question(question.asked_at)
    if before is None or before.kind != "absence" or before.day != question.day:
        return question
    return replace(question, children=tuple(dict.fromkeys((*before.children, *question.children))))
