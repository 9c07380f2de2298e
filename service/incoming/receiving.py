"""A stored message on its way through: whose it is, what it means, and everything that follows, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from attendance.calendar import local
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import DangerHeard
from attendance.people import AddressState
from bot.asking import SAME_WORDS_AGAIN
from bot.context import read_in_context
from bot.families.elsewhere import of_this_school
from bot.for_staff.passing_on import to_read
from bot.outcome import (
    AddressIs,
    CaseEvent,
    Heard,
    Outcome,
    Reply,
    SendForm,
    SetAside,
    Situation,
)
from bot.route import route
from bot.understanding import Child
from bot.whereabouts.danger import concerned
from bot.whereabouts.news_wanted import LOOKING, asks
from messaging.incoming_mail.reading import MAIL
from messaging.media import BY_TWILIO
from messaging.numbers import can_be_answered
from service.errors import Handled
from service.incoming import conversations, mail_replies, photos
from service.incoming.conversations import Thread
from service.incoming.in_context import ANSWERED_ON, entered, in_context, sent_with
from service.leave import forms
from service.turns.carrying_out import carry_out_effect
from service.turns.turn import Turn
from service.turns.turn_words import DANGER
from service.turns.words import EMAIL, reply_in_words
from storage import attachments, inbox, outbox
from storage.inbox import InboxRow

LOOKING_AGAIN = timedelta(minutes=3)
"""A family whose child is being sought asks again and again; each question is answered, but no burst of them."""
SAID_OTHERWISE: Mapping[str, Mapping[str, bool]] = {"absence.handed_to_staff": {"too": True}}
"""What makes other words of an answer that may well be due twice in a row."""


@dataclass(frozen=True)
class Reading:
    """One message, read for one school: what is decided is stored by `carry_out`."""

    heard: Heard
    situation: Situation
    outcome: Outcome
    thread: Thread


async def read_message(turn: Turn, row: InboxRow, elsewhere: tuple[Child, ...] = ()) -> Reading:
    """Understand a message in its context and decide what follows. Nothing is stored yet.

    `elsewhere`: the writer's children at other schools of the trust whom the words mention.
    """
    heard, situation, thread = await in_context(turn, row)
    situation = replace(situation, elsewhere=elsewhere)
    understood = of_this_school(read_in_context(heard, situation), elsewhere)
    situation = replace(situation, entered=await entered(turn, heard, understood, situation))
    return Reading(heard, situation, route(heard, understood, situation), thread)


async def look_ahead(turn: Turn, rows: Sequence[InboxRow]) -> list[Callable[[], object]]:
    """What has to be read in each of these messages: done before the transaction that answers them begins, it is
    not done in it, where nobody else can store anything (`bot.context` remembers). Nothing is decided.
    """
    seen = [await in_context(turn, row) for row in rows]
    return [partial(read_in_context, heard, situation) for heard, situation, _ in seen]


async def carry_out(turn: Turn, row: InboxRow, reading: Reading) -> None:
    """Store everything that a message leads to, mark it done, and queue the answer. Raises Handled."""
    await carry_out_here(turn, row, reading)
    if not await mark_done(turn, row, reading):
        raise Handled(row.inbox_id)


async def carry_out_here(turn: Turn, row: InboxRow, reading: Reading) -> None:
    """Store everything that a message leads to at this school and queue its answer; it may be another's besides."""
    outcome = reading.outcome
    if asked := next((effect for effect in outcome.effects if isinstance(effect, SendForm)), None):
        reply = await forms.offer(turn, row.channel, row.their_address, asked.contact)
        reading = replace(reading, outcome=replace(outcome, reply=reply))
    await _note_received(turn, row, reading)
    for effect in outcome.effects:
        await carry_out_effect(turn, effect)
    if outcome.conversation != reading.situation.conversation:
        await conversations.save(
            turn.db,
            row.our_address,
            row.channel,
            row.their_address,
            outcome.conversation,
            turn.school.id,
            reading.thread,
        )
    await _reply(turn, row, reading)
    await _remember_where_they_answer(turn, reading)


async def _remember_where_they_answer(turn: Turn, reading: Reading) -> None:
    """Who answers on another channel than before is asked there first the next time.

    Not by e-mail, whose sender is easily forged; and not by words that may be somebody else's.
    """
    heard, sender, understood = reading.heard, reading.situation.sender, reading.outcome.understood
    contact = sender.contact
    if contact is None or heard.channel not in ANSWERED_ON or understood is None or understood.sender_doubt:
        return
    ways = [channel for channel in ANSWERED_ON if contact.address(channel)]
    if len(ways) < 2 or sender.several_families or not sender.may_report:
        return
    chosen = turn.school.roll.chosen_way(contact.id)
    live = turn.school.roll.state(heard.channel, heard.address) is AddressState.LIVE
    if live and (chosen is None or chosen[0] != heard.channel):
        await turn.set_address(heard.channel, heard.address, AddressState.LIVE, "answered here")


async def carry_out_in_doubt(turn: Turn, row: InboxRow, reading: Reading, answers: bool) -> None:
    """It may be for several schools and nobody knows which is meant: danger is heard, a person reads the rest.

    Nothing is recorded. Only one school `answers`, neutrally; nobody answers STOP.
    """
    await _note_received(turn, row, reading)
    if reading.heard.automatic:
        return
    if _is_about_the_address(reading.outcome):
        for effect in reading.outcome.effects:
            await carry_out_effect(turn, effect)
        return
    for effect in reading.outcome.effects:
        urgent = isinstance(effect, RaiseAlert) and effect.urgent
        danger = isinstance(effect, CaseEvent) and isinstance(effect.event, DangerHeard)
        if urgent or danger or isinstance(effect, OpenTask | SetAside):
            await carry_out_effect(turn, effect)
    because = "The writer is known at several schools; decide which one this message is for."
    await turn.raise_alert(to_read(reading.heard, reading.situation, because))
    if answers and not (reading.heard.doubt and reading.situation.sender.contact is None):
        await _reply(
            turn, row, replace(reading, outcome=replace(reading.outcome, reply=Reply("absence.handed_to_staff")))
        )


def _is_about_the_address(outcome: Outcome) -> bool:
    """STOP, or a bare START: it holds for this pair of numbers, and so for every school that writes from ours."""
    states = [one.state for one in outcome.effects if isinstance(one, AddressIs)]
    bare = len(states) == len(outcome.effects) and outcome.reply is None
    return AddressState.STOPPED in states or (AddressState.LIVE in states and bare)


async def put_before_staff(turn: Turn, row: InboxRow) -> None:
    """What could not be handled again and again is read by a person as it came, and nothing waits behind it."""
    turn.note("received", (), **{"from": row.their_address}, channel=row.channel, text=row.text, message=row.inbox_id)
    await turn.raise_alert(
        RaiseAlert(
            f"message/{row.inbox_id}/read",
            "message_to_read",
            True,
            (),
            "The machine could not handle this message; read it as it came.",
            roles=("attendance_officer",),
        )
    )
    await inbox.done(turn.db, row.inbox_id, turn.school.id, None, None, turn.now)


async def _note_received(turn: Turn, row: InboxRow, reading: Reading) -> None:
    sender, understood = reading.situation.sender, reading.outcome.understood
    about = sender.may_hear_of or sender.barred or reading.heard.answers_about
    files = sent_with(row)
    if sender.contact is not None:  # nobody's pictures are not fetched
        await photos.wait_for(turn, row, about, files)
    turn.note(
        "received",
        about,
        **{"from": sender.contact.id if sender.contact else row.their_address},
        channel=row.channel,
        text=row.text or reading.heard.text,
        understood=understood.to_json() if understood else None,
        message=reading.heard.id,
        contact=sender.contact.id if sender.contact else None,
        **({"announced": len(files)} if files else {}),
        **await _of_a_mail(turn, row),
    )


async def _of_a_mail(turn: Turn, row: InboxRow) -> dict[str, Any]:
    """What staff should see beside a mail's words: its files, what was refused, and whether it can be believed."""
    mail = row.raw.get(MAIL)
    if not mail:
        return {}
    files = [
        {"number": one.number, "name": one.name, "size": one.size}
        for one in await attachments.listed(turn.db, row.inbox_id)
    ]
    said = {"files": files, "refused": mail["refused"], "doubt": mail["doubt"], "automatic": mail["automatic"] or ""}
    return {key: value for key, value in said.items() if value}


async def mark_done(turn: Turn, row: InboxRow, reading: Reading) -> bool:
    """False when somebody else was quicker."""
    sender, understood = reading.situation.sender, reading.outcome.understood
    return await inbox.done(
        turn.db,
        row.inbox_id,
        turn.school.id,
        sender.contact.id if sender.contact else None,
        understood.to_json() if understood else None,
        turn.now,
    )


async def _reply(turn: Turn, row: InboxRow, reading: Reading) -> None:
    """The one answer; not in the very words that this address was answered with a few minutes ago. A report that a
    person will read ("also he has the dentist at 11, I'll collect him") is answered then in other words: whoever tells
    of a child must not wonder whether it has come.
    """
    reply, heard, sender = reading.outcome.reply, reading.heard, reading.situation.sender
    if reply is None or turn.school.roll.state(heard.channel, heard.address) is not AddressState.LIVE:
        return
    if heard.channel in BY_TWILIO and not can_be_answered(heard.address):
        return
    pupils = reply.pupils
    if not pupils and sender.contact is not None and reading.outcome.understood is not None:
        allowed = set(sender.may_hear_of)
        pupils = tuple(p for p in concerned(reading.outcome.understood, reading.situation) if p in allowed)
    for template, values in _ways_to_say(reply, reading):
        words = reply_in_words(
            heard.id,
            heard.channel,
            heard.address,
            template,
            pupils,
            values,
            sender.contact.id if sender.contact else None,
            sender.contact.language if sender.contact else "en",
            turn,
        )
        if heard.channel == EMAIL:
            words = mail_replies.in_its_thread(words, row, heard, sender, turn)
        since, like = turn.now - SAME_WORDS_AGAIN, None
        if template == LOOKING:  # the words have the time in them
            since, like = turn.now - LOOKING_AGAIN, template
        said = (words.channel, words.address, words.words.text, since, like)
        if not await outbox.said_since(turn.db, turn.school.id, *said):
            turn.send(words)
            return


def _ways_to_say(reply: Reply, reading: Reading) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The answer, and what is said in its place to whoever has had its words a few minutes ago."""
    yield reply.template, reply.values
    reported, sought = reading.outcome.understood, reading.situation.sought
    otherwise = SAID_OTHERWISE.get(reply.template)
    if otherwise and reported is not None and (reported.reports or sought):
        yield reply.template, {**reply.values, **otherwise}
    if reply.template == DANGER and sought and asks(reading.heard):
        yield LOOKING, {"at": local(reading.heard.at)}


def what_cannot_wait(reading: Reading) -> tuple[RaiseAlert, ...]:
    """The urgent alerts of a message from nobody whom we know: danger is heard from a stranger too."""
    return tuple(one for one in reading.outcome.effects if isinstance(one, RaiseAlert) and one.urgent)


async def only_alert(turn: Turn, row: InboxRow, reading: Reading, alerts: Sequence[RaiseAlert]) -> None:
    """Staff hear of a message and can read it; nothing else comes of it."""
    await _note_received(turn, row, reading)
    for alert in alerts:
        await turn.raise_alert(alert)
