"""An answer of a member of staff to an alert, by text, Telegram or e-mail: it takes exactly the alert that is meant.

Whose answer it is: by text and Telegram the listed number or linked chat; by e-mail never the sender alone, which is
easily forged, but our own random id, which went only to that member's mailbox and comes back in the answer. What it
takes was sent to that member: nobody's answer takes an alert that they were not told of. What came of the child, in
plain words, is recorded by `what_came`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import local
from attendance.effects import RaiseAlert
from attendance.ladder import Alert, open_alert
from attendance.one_child import are_one
from attendance.people import StaffMember, address_key
from attendance.school import School
from bot.asking import SAME_WORDS_AGAIN
from bot.for_staff.staff_news import REACHED
from bot.for_staff.staff_reply import StaffReply, choose, read_staff_reply
from messaging.incoming_mail.reading import MAIL, reply_subject
from messaging.telegram_updates import stored_update
from messaging.wording import Words
from office.desk import Overtaken
from service.errors import CannotDo, Handled
from service.incoming import receiving
from service.incoming.in_context import OPT_OUT
from service.staff import taking, what_came
from service.staff.what_came import Came, Undo
from service.turns.turn import Turn
from service.turns.words import EMAIL, REPLY_LIVES, SMS, TELEGRAM, WordsToSend, initials_of
from storage import alerts, audit, inbox, outbox
from storage.inbox import InboxRow
from storage.outbox import OutboxRow

REMEMBERED = timedelta(hours=48)
"""So long an answer finds the alert that a member was sent: twice as long as an alert's words live."""
MOST_SHOWN = 5
NEVER_CAME = frozenset({"undelivered", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Told:
    """What one message to a member of staff was about, under its number. `open_`: those of its alerts nobody has."""

    school: str
    staff: str
    number: str
    alerts: tuple[Alert, ...]
    pupils: tuple[str, ...]
    who: str

    @property
    def open_(self) -> frozenset[str]:
        """Keys of its alerts that nobody has."""
        return frozenset(one.key for one in self.alerts if one.live and one.acknowledged_by is None)

    @property
    def matter(self) -> dict[str, str]:
        """As templates show it."""
        first = next((one for one in self.alerts if one.key in self.open_), self.alerts[0])
        return {"number": self.number, "who": self.who, "reason": first.reason}


@dataclass(frozen=True, slots=True)
class StaffAnswer:
    """An answer that was understood: who wrote it, for which school, what it takes, or what is asked about."""

    school: str
    staff: str
    takes: tuple[Told, ...] = ()
    ask: tuple[Told, ...] = ()
    clear: bool = True
    """False for words that were no answer at all: danger in them is heard all the same."""
    came: Came | None = None
    undo: Undo | None = None


def writers(school: School, row: InboxRow) -> tuple[StaffMember, ...]:
    """The members of staff who are listed at the address that this came from."""
    where = {"sms": "phone", EMAIL: "email", TELEGRAM: "telegram"}.get(row.channel, "")
    their = address_key(row.their_address)
    return tuple(one for one in school.roll.staff if where and address_key(getattr(one, where) or "") == their)


async def read_answer(db: AsyncConnection, row: InboxRow, schools: Sequence[School]) -> StaffAnswer | None:
    """What a stored message says as an answer to alerts; None when it is to be read as any other message."""
    mail = row.raw.get(MAIL) or {}
    members = [(school, member) for school in schools for member in writers(school, row)]
    if not members or mail.get("automatic") or row.raw.get(OPT_OUT) or not row.text.strip():
        return None
    quoted = await _quoted(db, row, {member.id for _, member in members})
    signature = [line for _, one in members for line in (one.name, one.position)]
    reply = read_staff_reply(row.text, signature)
    if row.channel == EMAIL and quoted is None and (mail.get("doubt") or reply is None):
        return None
    named = _number_of(quoted)
    proven = row.channel != EMAIL or quoted is not None
    told: list[Told] = []
    news: list[StaffAnswer] = []
    for school, member in members:
        sent = await _sent(db, row, school, member)
        mine = await _told(db, sent, school, member)
        told += mine
        if reply is None and proven and (said := _what_came(row, sent, mine, quoted, school, member, signature)):
            news.append(said)
    parent = any(school.roll.at(row.channel, row.their_address) for school in schools)
    if parent and not (quoted or (reply and reply.takes and reply.numbers) or _by_number(row, news)):
        return None  # who is also a parent here says by the number that they answer as staff
    if len(news) == 1:
        return news[0]
    if reply is None and not any(one.open_ for one in told) and row.channel != SMS:
        return None  # by text it is the number that we know them by, and no stranger's
    return _answer(reply if proven else None, named, told, members[0], clear=reply is not None)


def _what_came(
    row: InboxRow,
    sent: Sequence[OutboxRow],
    told: Sequence[Told],
    quoted: OutboxRow | None,
    school: School,
    member: StaffMember,
    signature: Sequence[str],
) -> StaffAnswer | None:
    """What the words say of a child whom the writer was told of, or take back of it; None for anything else."""
    roll = school.roll.pupils
    lately = [one for one in sent if one.created_at > row.received_at - what_came.UNDONE_WITHIN]
    last = quoted or next((one for one in lately if one.channel == row.channel), None)
    if (undo := what_came.read_taken_back(row.text, lately, last, roll)) is not None:
        return StaffAnswer(school.id, member.id, undo=undo)
    sought = [one for message in told for one in what_came.sought(message.number, message.alerts)]
    named = _number_of(quoted)
    came = what_came.read_came(row.text, sought, named, roll, signature)
    if came is None:
        return None
    if came.pupil and came.outcome == REACHED:
        taken = tuple(one for one in told if one.number == came.number)[:1]
        return StaffAnswer(school.id, member.id, takes=taken, came=came)
    return StaffAnswer(school.id, member.id, came=came)


def _number_of(quoted: OutboxRow | None) -> str | None:
    """The number of the alert whose own message was answered."""
    return str(quoted.about.get("number", "")) or None if quoted is not None else None


def _by_number(row: InboxRow, news: Sequence[StaffAnswer]) -> bool:
    """The number of the alert stands in the words."""
    said = set(re.findall(r"\d+", row.text))
    return any((one.came.number if one.came else one.undo.number if one.undo else "") in said for one in news)


def _answer(
    reply: StaffReply | None, named: str | None, told: Sequence[Told], first: tuple[School, StaffMember], clear: bool
) -> StaffAnswer:
    """`told` has the newest first. A number that two schools gave to the same person is asked about."""
    known = {one.number: one for one in reversed(told)}  # a number that comes again is the newest's
    waiting = _not_said_again([one for one in told if one.open_])
    chosen = choose(
        reply, named if named in known else None, [one.number for one in told], [one.number for one in waiting]
    )
    takes = tuple(known[number] for number in chosen.takes)
    school, staff = first[0].id, first[1].id
    if takes and len({one.school for one in told if one.number in chosen.takes}) == 1:
        return StaffAnswer(takes[0].school, takes[0].staff, takes=takes)
    return StaffAnswer(school, staff, ask=tuple(waiting), clear=clear)


def _not_said_again(told: Sequence[Told]) -> list[Told]:
    """Without what a newer message says again: one matter is one line, under its newest number.

    Words about one child and newer words about that child and another are two: who has read both may answer either.
    """
    kept: list[Told] = []
    for one in told:
        if not any(one.school == newer.school and _says_again(newer, one) for newer in kept):
            kept.append(one)
    return kept


def _says_again(newer: Told, one: Told) -> bool:
    """The same alerts, or other news of the same child that goes to the same people."""
    if one.open_ == newer.open_:
        return True
    if set(one.pupils) != set(newer.pupils):
        return False
    news = [alert for alert in newer.alerts if alert.key in newer.open_]
    olds = [alert for alert in one.alerts if alert.key in one.open_]
    return bool(one.pupils) and all(any(old.key == new.key or are_one(old, new) for new in news) for old in olds)


async def _quoted(db: AsyncConnection, row: InboxRow, members: set[str]) -> OutboxRow | None:
    """The message of ours, to this very writer, that theirs is an answer to."""
    if row.channel == EMAIL:
        for ours in (row.raw.get(MAIL) or {}).get("answers", ()):
            found = await outbox.find(db, ours)
            if found is not None and found.staff_id in members and _same(found.address, row.their_address):
                return found
    update = stored_update(row.channel, row.raw)
    if update is not None and update.answers:
        found = await outbox.by_provider_id(db, TELEGRAM, f"{row.their_address}/{update.answers}")
        return found if found is not None and found.staff_id in members else None
    return None


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _may_have_come(ours: OutboxRow, theirs: InboxRow) -> bool:
    """Whether they can have read it before they wrote: nobody takes what is still queued, or never arrived."""
    if ours.state in NEVER_CAME:
        return False
    return ours.state == "unknown" or (ours.left_at is not None and ours.left_at <= theirs.received_at)


async def _sent(db: AsyncConnection, row: InboxRow, school: School, member: StaffMember) -> list[OutboxRow]:
    """What reached this member lately, the newest first."""
    found = await outbox.to_staff(db, school.id, [member.id], row.received_at - REMEMBERED)
    return [one for one in found if _may_have_come(one, row)]


async def _told(db: AsyncConnection, sent: Sequence[OutboxRow], school: School, member: StaffMember) -> list[Told]:
    """The alerts among it, one for each number, the newest first."""
    numbered = {one.about["number"]: one for one in reversed(sent) if one.about.get("number")}
    keys = {key for one in numbered.values() for key in one.about["alerts"]}
    known = {one.key: one for one in await alerts.of_keys(db, school.id, keys)}
    newest = sorted(numbered.values(), key=lambda one: one.created_at, reverse=True)
    return [
        Told(
            school.id,
            member.id,
            one.about["number"],
            tuple(known[key] for key in one.about["alerts"]),
            one.pupils,
            initials_of(one.pupils, school),
        )
        for one in newest
        if all(key in known for key in one.about["alerts"])
    ]


class Answering:
    """Carries one answer out, in one transaction of one school."""

    def __init__(self, row: InboxRow, answer: StaffAnswer) -> None:
        self._row, self._answer = row, answer

    async def __call__(self, turn: Turn) -> None:
        """Everything that follows, and that the message is done."""
        stored = await inbox.get(turn.db, self._row.inbox_id)
        if stored is None or stored.state == "done":
            raise Handled(self._row.inbox_id)
        member = turn.school.roll.staff_member(self._answer.staff)
        if member is not None:
            words, kept = await self._carry_out(turn, member)
            since = turn.now - SAME_WORDS_AGAIN
            address = self._row.their_address
            if (
                self._answer.takes
                or kept
                or not await outbox.said_since(turn.db, turn.school.id, self._row.channel, address, words.text, since)
            ):
                turn.send(self._to(member, words, kept))
        await inbox.done(turn.db, self._row.inbox_id, turn.school.id, None, None, turn.now)

    async def _carry_out(self, turn: Turn, member: StaffMember) -> tuple[Words, dict[str, Any]]:
        """The second part is what is kept with the answer, so that it can be taken back."""
        row = self._row
        turn.note(
            "received", (), **{"from": row.their_address}, channel=row.channel, text=row.text, message=row.inbox_id,
            staff=member.id, takes=[one.number for one in self._answer.takes],
        )  # fmt: skip
        came, undo = self._answer.came, self._answer.undo
        try:
            if undo is not None:
                return await what_came.take_back(turn, member, undo, row.inbox_id, row.channel), {}
            if came is not None and came.pupil and came.outcome != REACHED:
                return await what_came.record(turn, member, came, row.channel)
        except CannotDo as refusal:
            return turn.wording.say("staff.note", detail=str(refusal)), {}
        if came is not None and not came.pupil:
            return what_came.ask_which(turn, came), {}
        if self._answer.takes:
            return await self._take(turn, member), {}
        if not self._answer.clear:
            reading = await receiving.read_message(turn, self._row)
            self._to_be_read(turn, member, urgent=bool(receiving.what_cannot_wait(reading)))
        return self._ask(turn), {}

    def _to_be_read(self, turn: Turn, member: StaffMember, urgent: bool) -> None:
        """Words that no machine reads are read by a person: on the board at once, and up the ladder while nobody has.

        Whoever wrote them is not told of them. `urgent`: they sound like danger, or like a child who is sought.
        """
        because = f"{member.name} wrote to the absence line in words that the machine does not read: nothing was taken."
        roles = ("safeguarding_lead",) if urgent else ("attendance_officer",)
        effect = RaiseAlert(f"message/{self._row.inbox_id}/read", "message_to_read", urgent, (), because, roles=roles)
        alert, words = open_alert(effect, turn.now, turn.school)
        turn.tell_staff(alert, [one for one in words if one.staff.id != member.id])

    async def _take(self, turn: Turn, member: StaffMember) -> Words:
        """Take what is meant. What is not possible is said, with who has it; the rest is taken."""
        taken: list[Told] = []
        refused = ""
        for one in self._answer.takes:
            keys = await self._with_all_of_the_child(turn, member, one)
            try:
                await taking.check(turn, member, one.pupils)
                if not await taking.has_them(turn, member, keys):
                    await taking.take_all(turn, member, keys)
            except (CannotDo, Overtaken) as refusal:
                refused = f"{one.number}: {refusal}"
                continue
            taken.append(one)
            detail = {"alerts": keys, "by": self._row.channel}
            subject = f"pupil/{one.pupils[0]}" if len(one.pupils) == 1 else f"message/{self._row.inbox_id}"
            await audit.append(
                turn.db, turn.school.id, [audit.Deed(turn.now, member.id, "answered_ack", subject, detail)]
            )
        if not taken:
            return turn.wording.say("staff.note", detail=refused)
        return turn.wording.say(
            "staff.taken",
            school=turn.school.policy.short_name,
            at=local(turn.now).time(),
            matters=[one.matter for one in taken],
            refused=refused,
            came=self._answer.came is not None,
        )

    async def _with_all_of_the_child(self, turn: Turn, member: StaffMember, taken: Told) -> list[str]:
        """One child is one thing to acknowledge: also what else this member was told of it, under other numbers."""
        keys = [alert.key for alert in taken.alerts]
        for alert in await turn.live_alerts():
            told_before = any(told.staff == member.id and told.at <= self._row.received_at for told in alert.told)
            if alert.key not in keys and told_before and any(are_one(alert, one) for one in taken.alerts):
                keys.append(alert.key)
        return keys

    def _ask(self, turn: Turn) -> Words:
        shown = [one.matter for one in self._answer.ask]
        if not shown:
            return turn.wording.say(
                "staff.none", school=turn.school.policy.short_name, link=turn.link, read=not self._answer.clear
            )
        return turn.wording.say(
            "staff.which",
            school=turn.school.policy.short_name,
            matters=shown[:MOST_SHOWN],
            more=max(0, len(shown) - MOST_SHOWN),
            link=turn.link,
        )

    def _to(self, member: StaffMember, words: Words, kept: dict[str, Any]) -> WordsToSend:
        mail: dict[str, Any] = self._row.raw.get(MAIL) or {}
        answers = (
            {"message_id": mail["message_id"], "references": mail["references"]} if mail.get("message_id") else None
        )
        subject = reply_subject(mail.get("subject", "")) or words.subject
        return WordsToSend(
            key=f"reply/{self._row.inbox_id}",
            channel=self._row.channel,
            address=self._row.their_address,
            words=Words(words.text, words.template, words.segments, words.encoding, words.warnings, subject),
            pupils=tuple(one["pupil"] for one in kept.values()),
            staff=member.id,
            not_after=self._row.received_at + REPLY_LIVES,
            answers=answers,
            chat=kept,
        )
