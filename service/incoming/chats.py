"""What a Telegram chat says to the bot itself, and not as a parent: linking, commands, buttons, coming and going.

Everything was stored before Telegram was answered, and is handled here in its order: once, in one transaction with all
that follows. A parent's words in a linked chat are none of this; they are read as every message is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from attendance.effects import OpenTask, RaiseAlert
from attendance.people import AddressState, Contact, StaffMember
from attendance.school import School
from bot.asking import SAME_WORDS_AGAIN
from messaging.telegram_updates import CHANNEL, ChatUpdate
from service.errors import Handled
from service.incoming import chat_acts, linking, receiving
from service.outgoing.not_arrived import CORRECT_WITHIN
from service.turns.turn import Turn
from service.turns.words import WordsToSend
from storage import inbox, outbox
from storage.inbox import InboxRow

Work = Callable[[Turn], Awaitable[None]]


def is_a_parents(update: ChatUpdate, schools: Sequence[School]) -> bool:
    """Words in a private chat that is linked to a contact."""
    return update.kind == "text" and update.private and any(contacts_at(school, update.chat) for school in schools)


def contacts_at(school: School, chat: str) -> tuple[Contact, ...]:
    """The contacts of a school whose chat this is."""
    return school.roll.at(CHANNEL, chat)


def staff_at(school: School, chat: str) -> tuple[StaffMember, ...]:
    """The members of staff of a school whose chat this is."""
    return tuple(member for member in school.roll.staff if member.telegram == chat)


def concerned(update: ChatUpdate, schools: Sequence[School]) -> list[str]:
    """The schools that an update is for: those that know the chat, else all that the bot serves."""
    known = [one.id for one in schools if contacts_at(one, update.chat) or staff_at(one, update.chat)]
    whoever = update.kind in ("contact", "start") or not known
    return [one.id for one in schools] if whoever else known


class Handling:
    """One update, handled for each school that it concerns; only the first school that has something to say says it."""

    def __init__(self, row: InboxRow, update: ChatUpdate, schools: Sequence[str]) -> None:
        self._row, self._update, self._schools = row, update, schools
        self._linked = self._said = False

    def start(self) -> None:
        """Forget what a transaction that did not come to its end had decided."""
        self._linked = self._said = False

    async def __call__(self, turn: Turn) -> None:
        """Everything that follows for one school, and that the message is done."""
        first, last = turn.school.id == self._schools[0], turn.school.id == self._schools[-1]
        if first:
            self.start()
            stored = await inbox.get(turn.db, self._row.inbox_id)
            if stored is None or stored.state == "done":
                raise Handled(self._row.inbox_id)
        if self._update.private or self._update.kind == "press":
            await self._handle(turn, last)
        if last:
            await inbox.done(turn.db, self._row.inbox_id, turn.school.id, None, None, turn.now)

    async def _handle(self, turn: Turn, last: bool) -> None:
        match self._update.kind:
            case "start":
                await self._started(turn, last)
            case "contact":
                await self._shared(turn, last)
            case "member":
                await self._came_or_went(turn)
            case "press":
                await chat_acts.pressed(turn, self._row, self._update)
            case "board":
                await self._board(turn, last)
            case "text" | "wordless":
                await self._wrote(turn)

    async def _say(self, turn: Turn, template: str, share: bool = False) -> None:
        """Answer the chat, once; not in the very words of a few minutes ago."""
        if self._said:
            return
        self._said = True
        words = linking.reply(turn, template, self._row.inbox_id, self._update.chat, share)
        since = turn.now - SAME_WORDS_AGAIN
        if not await outbox.said_since(turn.db, turn.school.id, CHANNEL, words.address, words.words.text, since):
            turn.send(words)

    # -- linking ---------------------------------------------------------------------------------------------------

    async def _started(self, turn: Turn, last: bool) -> None:
        """A start link with its token; or bare, by somebody who may be linked already and may have stopped."""
        chat, known = self._update.chat, self._knows(turn)
        if self._update.payload:
            self._linked |= bool(await linking.redeem(turn, chat, self._update.payload))
        if self._linked:
            await self._say(turn, "telegram.linked")
        elif self._update.payload and not known:
            if last:
                await self._say(turn, "telegram.not_linked", share=True)
        elif known:  # an old link opens the chat anew as well as a bare start
            await turn.set_address(CHANNEL, chat, AddressState.LIVE, "START")
            await self._say(turn, "telegram.linked")
        elif last:
            await self._say(turn, "telegram.how", share=True)

    async def _shared(self, turn: Turn, last: bool) -> None:
        """A number counts only when it is the writer's own: anybody can pass on somebody else's card."""
        if self._update.own:
            self._linked |= bool(await linking.link(turn, self._update.chat, self._update.phone))
        if self._linked:
            await self._say(turn, "telegram.linked")
        elif contacts_at(turn.school, self._update.chat):  # gran's card, from a parent who is linked
            await self._for_a_person(turn)
        elif last:
            await self._say(turn, "telegram.not_linked")

    def _knows(self, turn: Turn) -> bool:
        return bool(contacts_at(turn.school, self._update.chat) or staff_at(turn.school, self._update.chat))

    # -- coming and going ------------------------------------------------------------------------------------------

    async def _came_or_went(self, turn: Turn) -> None:
        """Who blocks the bot is written to another way from now on, and the office hears; who comes back is back."""
        if not self._knows(turn):
            return
        state = AddressState.STOPPED if self._update.blocked else AddressState.LIVE
        await turn.set_address(CHANNEL, self._update.chat, state, "blocked" if self._update.blocked else "came back")
        for contact in contacts_at(turn.school, self._update.chat) if self._update.blocked else ():
            pupils = tuple(link.pupil for link in turn.school.roll.children_of(contact.id))
            because = "A contact has blocked the Telegram bot; texts are used until they start it again."
            key = f"number/{CHANNEL}/{contact.id}"
            await turn.raise_alert(
                RaiseAlert(
                    f"{key}/opted_out", "opted_out", False, pupils, because, roles=("attendance_officer",), climbs=False
                )
            )
            await turn.apply(
                [OpenTask(key, "correct_number", "office", turn.now + CORRECT_WITHIN, pupils, note=because)]
            )

    # -- words -----------------------------------------------------------------------------------------------------

    async def _wrote(self, turn: Turn) -> None:
        """Words of a chat that is nobody's, or staff's; or a parent's picture, which nobody here can hear."""
        if self._update.kind == "wordless" and contacts_at(turn.school, self._update.chat):
            await self._for_a_person(turn)
            return
        if staff_at(turn.school, self._update.chat):
            turn.send(self._to_staff(turn, "staff.chat"))
            self._said = True
            return
        if self._update.text:
            reading = await receiving.read_message(turn, self._row)
            if alerts := receiving.what_cannot_wait(reading):
                await receiving.only_alert(turn, self._row, reading, alerts)
        await self._say(turn, "telegram.how", share=True)

    async def _for_a_person(self, turn: Turn) -> None:
        """What a parent sent cannot be read here: they hear so, and unless it is a sticker the office does too."""
        await self._say(turn, "telegram.words_only")
        contacts, what = contacts_at(turn.school, self._update.chat), self._update.unread
        may = [link for one in contacts for link in turn.school.roll.children_of(one.id)]
        if not what:
            return
        pupils = tuple(dict.fromkeys(link.pupil for link in may))
        shown = {"from": contacts[0].id, "contact": contacts[0].id, "channel": CHANNEL, "text": f"[{what}]"}
        turn.note("received", pupils, **shown, message=self._row.inbox_id, understood=None)
        barred = bool(may) and all(link.barred for link in may)
        reason, roles = (
            ("barred_contact_wrote", "safeguarding_lead") if barred else ("message_to_read", "attendance_officer")
        )
        because = f"A {what} came by Telegram, which cannot be heard or seen here. They were asked to write; else ring."
        await turn.raise_alert(
            RaiseAlert(f"message/{self._row.inbox_id}/read", reason, barred, pupils, because, roles=(roles,))
        )

    def _to_staff(self, turn: Turn, template: str) -> WordsToSend:
        member = staff_at(turn.school, self._update.chat)[0]
        words = turn.wording.say(template, school=turn.school.policy.short_name)
        return chat_acts.to_member(turn, member, words, self._row.inbox_id)

    async def _board(self, turn: Turn, last: bool) -> None:
        """The board, to a member of staff who may see it; to anybody else the same answer as to any words."""
        members = staff_at(turn.school, self._update.chat)
        if members:
            self._said = True
            turn.send(await chat_acts.board(turn, members[0], self._row.inbox_id))
        elif last and not self._said and not contacts_at(turn.school, self._update.chat):
            await self._say(turn, "telegram.how", share=True)
