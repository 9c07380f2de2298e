"""E-mail that comes in, polled: each mail is stored, then the mailbox is told; a restart in between changes nothing.

A report or an answer becomes a message like a text. A bounce becomes the receipt of the message that bounced. What a
program wrote is kept and not answered. A mailbox that cannot be read is an alarm before it is a lost morning.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from attendance.effects import RaiseAlert
from messaging.channel import Receipt, Received
from messaging.failures import Failure
from messaging.incoming_mail.bounces import Bounce
from messaging.incoming_mail.evidence import Limits
from messaging.incoming_mail.mailbox import CannotLook, Fetched, ImapMailbox, Look, Place
from messaging.incoming_mail.reading import Mail, plain_address, read_mail
from messaging.receipts import PASSED_ON
from service.next_look import NextLook
from service.runner import Runner
from service.turns.turn import Turn
from storage import mailboxes, outbox, schools

log = structlog.get_logger("firstcall.mail")

LOOK_EVERY = timedelta(seconds=30)
AFTER_A_FAILURE = timedelta(seconds=30)
ALARM_AFTER = timedelta(minutes=10)
AGAIN_AT_START = timedelta(hours=24)
"""At the first look of a process: what came in the last day whatever its number, to be sure; repeats change nothing."""
ALARM = "mailbox"
UNREADABLE = "An e-mail that the mail server could not give us: please read it in the mailbox."

Take = Callable[[Received], Awaitable[bool]]


@dataclass
class MailIn:
    """The loop `mail`. `take` stores a message and wakes who answers it; `authserv_id` is the server that is believed.

    `usual` is our address for a mail that names none of ours (a blind copy).
    """

    runner: Runner
    mailbox: ImapMailbox
    take: Take
    authserv_id: str
    limits: Limits
    usual: str
    failed: Callable[[Failure], None] | None = None
    """Counts what could not come in."""
    _next: NextLook = field(init=False)
    _fails_since: datetime | None = None
    _alarmed: bool = False
    _looked: bool = field(default=False)
    _reached: int = 0
    """How far the look at what is stored already has come."""

    def __post_init__(self) -> None:
        self._next = NextLook(self.runner.clock, LOOK_EVERY)

    async def wait(self) -> float:
        """Seconds until it is time to look again."""
        return self._next.seconds()

    async def step(self) -> int:
        """Look once, when it is time. Answers how many mails were new; more that wait are fetched at once."""
        if not self._next.is_due:
            return 0
        now = self.runner.clock.now()
        self._next.put_off(now, AFTER_A_FAILURE)
        try:
            again = timedelta(0) if self._looked else AGAIN_AT_START
            found = await self.mailbox.look(await self._stored(), now, again, self._reached)
        except CannotLook as error:
            await self._cannot(str(error), now)
            return 0
        await self._can()
        new = await self._store(found)
        self._looked, self._reached = self._looked or not found.more, found.reached
        self._next.put_off(now, timedelta(0) if found.more else LOOK_EVERY)
        return new

    async def _stored(self) -> Place | None:
        async with self.runner.database.read() as db:
            found = await mailboxes.get(db, self.mailbox.key)
        return None if found is None else Place(*found)

    async def _store(self, found: Look) -> int:
        """Store every mail, then the place, then mark them: what is cut off here is done again, and changes nothing."""
        if found.too_old:
            log.warning("mail_too_old", count=found.too_old)
        new = 0
        for one in found.mails:
            new += await self._taken(one, found.place.uidvalidity)
        async with self.runner.database.begin() as db:
            await mailboxes.put(db, self.mailbox.key, found.place.uidvalidity, found.place.uid)
        try:
            await self.mailbox.mark_read(found.place, [one.uid for one in found.mails])
        except CannotLook as error:
            log.warning("cannot_mark_mail", why=str(error))
        return new

    async def _taken(self, fetched: Fetched, uidvalidity: int) -> bool:
        mail = await self._read(fetched)
        if mail is None:  # whatever is wrong with it, a person reads it, and no other mail waits behind it
            blank = read_mail(b"", fetched.arrived, self.authserv_id, self.limits)
            key = f"unreadable/{self.mailbox.key}/{uidvalidity}/{fetched.uid}"
            mail = replace(blank, provider_id=key, text=UNREADABLE)
        if mail.bounce is not None:
            await self.runner.receipt(await self._receipt(mail.bounce))
            return False
        ours = await self._our_addresses()
        if plain_address(mail.sender) in ours:
            mail = replace(mail, automatic="ourselves")
        to = next((ours[address] for one in mail.recipients if (address := plain_address(one)) in ours), self.usual)
        return await self.take(mail.received(to))

    async def _read(self, fetched: Fetched) -> Mail | None:
        """The mail, or None where there is nothing to read or our own reading fails."""
        if not fetched.raw:
            return None
        try:
            return await asyncio.to_thread(
                read_mail, fetched.raw, fetched.arrived, self.authserv_id, self.limits, whole=fetched.whole
            )
        except Exception as error:  # noqa: BLE001  strangers write these bytes: one mail must not end all of them
            log.error("cannot_read_mail", why=type(error).__name__)
            self._count("ours")
            return None

    async def _receipt(self, bounce: Bounce) -> Receipt:
        """What a mail server says, as any provider's receipt."""
        if bounce.fate != "failed":
            return Receipt("email", bounce.ours, None, "delivered" if bounce.fate == "delivered" else "accepted")
        code = bounce.code or None
        async with self.runner.database.read() as db:
            row = await outbox.find(db, bounce.ours)
        if row is not None and bounce.recipient and bounce.recipient != row.address.casefold():
            code = PASSED_ON
        return Receipt("email", bounce.ours, None, "undelivered", code)

    async def _our_addresses(self) -> dict[str, str]:
        """From our addresses in plain form to their spelling in the database."""
        async with self.runner.database.read() as db:
            return {plain_address(one): one for one in await schools.senders(db, "email")}

    async def _cannot(self, why: str, now: datetime) -> None:
        self._fails_since = self._fails_since or now
        log.warning("cannot_read_mailbox", why=why)
        self._count("retry")
        if not self._alarmed and now - self._fails_since >= ALARM_AFTER:
            because = f"Parents' e-mails do not come in: {why}. Open the mailbox yourselves until this is mended."
            alert = RaiseAlert(ALARM, "message_to_read", True, (), because, roles=("attendance_officer",))
            await self._at_every_school(lambda turn: turn.raise_alert(alert))
            self._alarmed = True

    def _count(self, meant: Failure) -> None:
        if self.failed is not None:
            self.failed(meant)

    async def _can(self) -> None:
        if self._fails_since is not None or not self._looked:
            await self._at_every_school(lambda turn: turn.stand_down(ALARM))
        self._fails_since, self._alarmed = None, False

    async def _at_every_school(self, work: Callable[[Turn], Awaitable[None]]) -> None:
        async with self.runner.database.read() as db:
            ids = await schools.ids(db)
        for school_id in ids:
            await self.runner.turn(school_id, work)
