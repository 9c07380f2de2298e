"""Threads as they are stored: one for each pair of our address and theirs, whatever the school."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation, Question
from service.errors import Stale
from service.words import WordsToSend
from storage import codec, threads
from storage.threads import ThreadRow


async def load(db: AsyncConnection, our: str, channel: str, their: str) -> Conversation:
    """The thread with this address; a new one when nothing was ever said."""
    row = await threads.get(db, our, channel, their)
    if row is None:
        return Conversation()
    state = {key: value for key, value in row.state.items() if key != "school"}
    return replace(codec.load(Conversation, state), owner=row.owner, version=row.version)


async def save(
    db: AsyncConnection, our: str, channel: str, their: str, conversation: Conversation, school_id: str
) -> None:
    """Keep the thread under its version. Raises Stale when somebody else moved it."""
    state = {**codec.dump(conversation), "school": school_id}
    row = ThreadRow(our, channel, their, state, conversation.owner, conversation.version)
    if not await threads.save(db, row):
        raise Stale(f"thread on {channel}")


async def open_question(db: AsyncConnection, our: str, words: WordsToSend, school_id: str) -> None:
    """A first-day text is an open question of its thread; a sibling's question joins the one that is open."""
    question = words.question
    if question is None:
        return
    conversation = await load(db, our, words.channel, words.address)
    await save(db, our, words.channel, words.address, conversation.asks(_joined(conversation, question)), school_id)


def _joined(conversation: Conversation, question: Question) -> Question:
    before = conversation.open_question(question.asked_at)
    if before is None or before.kind != "absence" or before.day != question.day:
        return question
    return replace(question, children=tuple(dict.fromkeys((*before.children, *question.children))))
