"""Threads as they are stored: one for each pair of our address and theirs, whatever the school."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation, Question
from service.errors import Stale
from service.words import WordsToSend
from storage import codec, threads
from storage.threads import ThreadRow


async def load(db: AsyncConnection, our: str, channel: str, their: str) -> Conversation:
    """The thread with this address; a new one when nothing was ever said."""
    return (await _load_all(db, our, channel, [their]))[their]


async def _load_all(db: AsyncConnection, our: str, channel: str, their: Sequence[str]) -> dict[str, Conversation]:
    known = await threads.with_addresses(db, our, channel, their)
    return {address: _conversation(known.get(address)) for address in their}


def _conversation(row: ThreadRow | None) -> Conversation:
    if row is None:
        return Conversation()
    state = {key: value for key, value in row.state.items() if key != "school"}
    return replace(codec.load(Conversation, state), owner=row.owner, version=row.version)


async def save(
    db: AsyncConnection, our: str, channel: str, their: str, conversation: Conversation, school_id: str
) -> None:
    """Keep the thread under its version. Raises Stale when somebody else moved it."""
    await _save_all(db, our, channel, {their: conversation}, school_id)


async def _save_all(
    db: AsyncConnection, our: str, channel: str, spoken: Mapping[str, Conversation], school_id: str
) -> None:
    rows = [
        ThreadRow(our, channel, their, {**codec.dump(one), "school": school_id}, one.owner, one.version)
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
        spoken = await _load_all(db, ours[channel], channel, [address for address, _ in questions])
        for address, question in questions:
            spoken[address] = spoken[address].asks(_joined(spoken[address], question))
        await _save_all(db, ours[channel], channel, spoken, school_id)


def _joined(conversation: Conversation, question: Question) -> Question:
    before = conversation.open_question(question.asked_at)
    if before is None or before.kind != "absence" or before.day != question.day:
        return question
    return replace(question, children=tuple(dict.fromkeys((*before.children, *question.children))))
