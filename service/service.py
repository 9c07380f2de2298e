"""What one process of a running service holds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from messaging.channel import Channel, Receipt, Received
from service.clock import Clock
from service.incoming.intake import Intake
from service.incoming.mail_in import MailIn
from service.loops import Clockwork
from service.metering import Meters
from service.runner import Runner
from service.settings import Settings
from service.wire import FarClockwork
from storage.engine import Database


@dataclass
class Service:
    """Everything that one process of `firstcall serve` holds."""

    settings: Settings
    database: Database
    clock: Clock
    runner: Runner
    meters: Meters
    clockwork: Clockwork | FarClockwork
    channels: Mapping[str, Channel]
    intake: Intake[Received]
    receipts: Intake[Receipt]
    mail_in: MailIn | None = None
    bot_name: Callable[[], Awaitable[str]] | None = None
    """Asks how people find the bot; None where there is none."""

    def our_side(self, message: Received) -> Received:
        """With a Messaging Service and no number of our own, all its numbers are one side of a thread."""
        sender = self.settings.twilio_sender
        if message.channel != "sms" or self.settings.twilio_from or not sender:
            return message
        return replace(message, our_address=sender)

    async def receive(self, message: Received) -> bool:
        """Store a message, then wake who answers it. False when it was here before."""
        return await self.intake.take(self.our_side(message))
