"""What a stored message is read beside: who writes, what we asked last, what is known of the children, the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from attendance.absences import Absence
from attendance.calendar import Session, local
from attendance.case import Case
from attendance.register import Entry
from bot.conversation import Conversation
from bot.days.still_asked import asked_about, still_asked
from bot.outcome import Heard, Situation
from bot.reactions import is_among, quoted
from bot.sender import who_writes
from bot.understanding import Understanding
from bot.whereabouts.asks_whether_in import asked_whether_in
from bot.whereabouts.fetched_now import who_is_fetched
from bot.whereabouts.of_the_one_in_class import whom_it_fits
from messaging.incoming_mail.among_quotes import written_among
from messaging.incoming_mail.automatic import HELD
from messaging.incoming_mail.reading import MAIL
from messaging.media import Announced, announced
from messaging.telegram_updates import CHANNEL, ChatUpdate, stored_update
from service.day.sought import sought_of
from service.incoming import conversations
from service.incoming.conversations import Thread
from service.turns.turn import Turn
from storage import absences, attachments, inbox, journal, leave, outbox
from storage.inbox import InboxRow
from storage.outbox import OutboxRow

OPT_OUT = "firstcall.opt_out"
"""Where the stored raw message says that the provider has acted on STOP, START or HELP itself."""
ANSWERED_ON = ("sms", "telegram", "whatsapp")
QUOTED_FROM = timedelta(days=14)
MOST_QUOTED = 20
"""So far back, and so many messages of ours, a phone's thumb or heart may be under."""
KNOWN_SINCE = timedelta(days=30)
TOGETHER = timedelta(minutes=10)
"""Within which the pictures of an album are all handled."""


async def in_context(turn: Turn, row: InboxRow) -> tuple[Heard, Situation, Thread]:
    """The message as the rules hear it, everything that is known of its writer's children, and the thread."""
    thread = await conversations.load(turn.db, row.our_address, row.channel, row.their_address, turn.school.id)
    heard, situation = await _heard(turn, row), await _situation(turn, row, thread.part)
    return await _as_the_newer_version(turn, row, heard, situation), situation, thread


async def _of_an_album(turn: Turn, row: InboxRow, chat: ChatUpdate | None) -> str:
    """Of a picture without words, the message that came first of those that were sent together with it; else ""."""
    if chat is None or not chat.album or chat.text.strip():
        return ""
    stored = await journal.of_kinds(turn.db, turn.school.id, turn.now - TOGETHER, turn.now + TOGETHER, ("received",))
    for line in (*stored, *(one for one in turn.lines if one.kind == "received")):
        then = await inbox.get(turn.db, str(line.data.get("message")))
        was = stored_update(then.channel, then.raw) if then is not None and then.inbox_id != row.inbox_id else None
        if then is not None and was is not None and (was.chat, was.album) == (chat.chat, chat.album):
            return then.inbox_id
    return ""


async def _as_the_newer_version(turn: Turn, row: InboxRow, heard: Heard, situation: Situation) -> Heard:
    """Of an edited message of a chat, which stored one it was when the writer's reports were made of it."""
    now = stored_update(row.channel, row.raw) if heard.edited else None
    if now is None:
        return heard
    for id in {one.message for one in situation.own_reports if one.message is not None}:
        then = await inbox.get(turn.db, id)
        was = stored_update(then.channel, then.raw) if then is not None and then.inbox_id != row.inbox_id else None
        if was is not None and (was.chat, was.message) == (now.chat, now.message):
            return replace(heard, edits=id)
    return heard


async def _heard(turn: Turn, row: InboxRow) -> Heard:
    """A stored message as the rules hear it, with what a mail says beside its words."""
    mail = row.raw.get(MAIL) or {}
    answered = await outbox.by_id(turn.db, turn.school.id, mail["answers"][0]) if mail.get("answers") else None
    chat = stored_update(row.channel, row.raw)
    if chat is not None and chat.answers:
        answered = await outbox.by_provider_id(turn.db, CHANNEL, f"{chat.chat}/{chat.answers}")
    text, passed_on = row.text, bool(mail.get("passed_on"))
    if mail.get("inside") and answered is not None:
        text, alone = written_among(mail["below"], answered.text)
        passed_on = not alone
    return Heard(
        row.inbox_id,
        row.channel,
        row.their_address,
        text,
        row.received_at,
        row.raw.get(OPT_OUT),
        doubt=mail.get("doubt", ""),
        automatic=bool(mail.get("automatic")),
        held=mail.get("automatic") == HELD,
        passed_on=passed_on or (chat is not None and chat.passed_on),
        edited=chat is not None and chat.edited,
        part_of=await _of_an_album(turn, row, chat),
        quotes_ours=await _quotes_ours(turn, row),
        answers_about=_about(turn, answered),
        locked=bool(mail.get("locked")),
        files=len(await attachments.listed(turn.db, row.inbox_id)) + len(mail["refused"])
        if mail
        else len(sent_with(row)),
    )


def _about(turn: Turn, answered: OutboxRow | None) -> tuple[str, ...]:
    """The children of the message of ours that is answered, if it was this school's and to a family."""
    is_ours = answered is not None and answered.contact_id and set(answered.pupils) <= turn.school.roll.pupils.keys()
    return answered.pupils if answered is not None and is_ours else ()


async def _quotes_ours(turn: Turn, row: InboxRow) -> bool:
    quote = quoted(row.text) if row.channel in ANSWERED_ON else ""
    if not quote:
        return False
    since = row.received_at - QUOTED_FROM
    return is_among(
        quote,
        await outbox.said_at(turn.db, turn.school.id, row.channel, row.their_address, since, MOST_QUOTED),
    )


def sent_with(row: InboxRow) -> tuple[Announced, ...]:
    """What came with a text or a chat message, and is still to be fetched."""
    return announced(row.channel, row.raw)


async def _situation(turn: Turn, row: InboxRow, conversation: Conversation) -> Situation:
    sender = who_writes(turn.school.roll.at(row.channel, row.their_address), turn.school.roll)
    pupils = sender.children
    today = local(row.received_at).date()
    known: list[Absence] = []
    cases: dict[str, Case] = {}
    if pupils:
        known = await absences.of_pupils(turn.db, turn.school.id, pupils, today - KNOWN_SINCE)
        for case in sorted(await turn.cases_of(today, pupils), key=lambda case: case.session):
            cases[case.pupil] = case
    asked = await leave.of_pupils(turn.db, turn.school.id, pupils, today - KNOWN_SINCE) if pupils else []
    if (asked_of := asked_about(conversation, row.received_at, today)) is not None:
        conversation = still_asked(conversation, await turn.cases_of(*asked_of), cases, today)
    earlier = await _earlier(turn, row, conversation)
    sought = await sought_of(turn, pupils, cases)
    return Situation(turn.school, sender, conversation, tuple(known), cases, tuple(asked), earlier, sought=sought)


async def _earlier(turn: Turn, row: InboxRow, conversation: Conversation) -> tuple[Heard, ...]:
    """What the writer said before we asked: an answer is read beside it."""
    question = conversation.open_question(row.received_at)
    rows = [await inbox.get(turn.db, id) for id in question.messages] if question is not None else []
    return tuple([await _heard(turn, one) for one in rows if one is not None])


async def entered(
    turn: Turn, heard: Heard, understood: Understanding, situation: Situation
) -> Mapping[tuple[str, Session], Entry]:
    """The register of the days that the words report, for the children of whom they may."""
    named = {child for report in understood.reports for child in report.children}
    named |= {one.pupil for one in situation.last_told(heard.at)}
    named |= set(who_is_fetched(heard, understood, situation)) | set(asked_whether_in(heard, situation))
    named |= set(whom_it_fits(heard, understood, situation))
    pupils = [child for child in situation.sender.may_report if child in named]
    first = [understood.began or heard.day, *(report.first_day or heard.day for report in understood.reports)]
    if understood.intent in ("return", "absence"):  # a child was reported ill, perhaps, and nobody said until when
        first += [one.first_day for one in situation.known if one.live and one.return_day is None]
    first += [one.first_day for one in situation.last_told(heard.at)]
    last = [report.return_day or report.first_day or heard.day for report in understood.reports]
    return await turn.entries(pupils, min(first), max([*last, heard.day])) if pupils else {}
