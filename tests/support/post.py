"""A school whose parents write e-mails: a mailbox on loopback, read as the service reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time

from attendance.calendar import instant, local
from messaging.channel import Outgoing
from messaging.incoming_mail.evidence import Limits
from messaging.incoming_mail.mailbox import ImapMailbox, MailboxPlace
from service.incoming.mail_in import MailIn
from tests.support.fake_imap import FakeImap
from tests.support.mails import SERVER, US
from tests.support.school import School


@dataclass
class Post:
    """The mail of one school: what arrives, and what left."""

    school: School
    imap: FakeImap
    limits: Limits = field(default_factory=Limits)

    def reader(self) -> MailIn:
        """The loop of a process that has just started."""
        world = self.school.world
        mailbox = ImapMailbox(MailboxPlace.from_url(self.imap.url), time_limit=2)
        return MailIn(world.runner, mailbox, world.runner.receive, SERVER, self.limits, US)

    def at(self, clock: str) -> datetime:
        """A minute of today's wall clock, as aware UTC; the clock of the service goes there."""
        moment = instant(local(self.school.world.clock.now()).date(), time.fromisoformat(clock))
        self.school.world.clock.turn_to(moment)
        return moment

    async def arrives(self, clock: str, *raws: bytes) -> None:
        """Mails arrive and are taken in, read and answered by a process that has just started."""
        arrived = self.at(clock)
        for raw in raws:
            self.imap.put(raw, arrived)
        await self.reader().step()
        await self.settle()

    async def settle(self) -> None:
        """Whatever is due happens."""
        await self.school.world.runner.settle()
        await self.school._look()

    @property
    def left(self) -> list[Outgoing]:
        """E-mails that left for families (and strangers), in order."""
        sent = self.school.world.simulators["email"].sent
        return [message for message in sent if not message.to.endswith("@school.example")]
