"""From settings to a running service: database, channels, runner and loops are put together here, and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import structlog

from bot.understanding import Message, understand
from messaging.channel import Channel
from messaging.wording import wording
from office.leave.links import Links
from service.channels import bot_name, hears, mail_from, make_channels, make_mail_in
from service.clock import Clock, SystemClock
from service.database import open_at
from service.incoming.intake import Intake
from service.loops import Clockwork
from service.mail_sign_in import mail_tokens
from service.metering import Meters, counted
from service.outgoing.pace import Pace
from service.own_loops import loops_of
from service.parts import INLINE, ActingPart, AnsweringPart, Part, name_of
from service.runner import Runner
from service.service import Service
from service.settings import Settings
from service.turns.words import EMAIL
from service.wire import FarClockwork, Reporter
from storage import schools

log = structlog.get_logger("firstcall.service")


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None, part: Part = None) -> AsyncIterator[Service]:
    """A service, or a part of one, until the block ends. The database must be up to date (`prepare`)."""
    clock = clock or SystemClock()
    database = open_at(settings, inline=INLINE[type(part)])
    channels: dict[str, Channel] = {}
    service: Service | None = None
    reporter: Reporter | None = None
    try:
        ours = await mail_from(database, settings)
        tokens = mail_tokens(settings, clock)
        raw = make_channels(settings, clock, ours, tokens)
        meters = Meters(tuple(raw))
        clockwork = FarClockwork(part.wire, meters) if isinstance(part, AnsweringPart) else Clockwork([])
        channels.update(counted(raw, meters))
        pace = Pace({"sms": settings.twilio_segments_per_second}, lambda: clock.now().timestamp())
        runner = Runner(
            database, clock, channels, wording(), settings.board_url, settings.policies_root, hears=hears(settings),
            on_failure=meters.receipt_failed, pace=pace, links=links_of(settings),
        )  # fmt: skip
        intake = Intake(runner.receive_all, clockwork.bell.ring)
        receipts = Intake(runner.receipts, clockwork.bell.ring)
        service = Service(
            settings, database, clock, runner, meters, clockwork, channels, intake, receipts, bot_name=bot_name(raw)
        )
        if isinstance(clockwork, Clockwork):
            service.mail_in = make_mail_in(settings, runner, intake, ours, tokens)
            if service.mail_in is not None:
                service.mail_in.failed = partial(meters.failed, EMAIL, "in")
            clockwork.loops += loops_of(service, raw)
            await runner.start()
        if isinstance(part, ActingPart):
            await _read_once(runner)
        clockwork.start()
        if isinstance(part, ActingPart) and isinstance(clockwork, Clockwork):
            reporter = Reporter(part.wire, clockwork, meters)
            reporter.start()
        log.info("started", what=name_of(part), channel=sorted(channels), database=database.url.get_backend_name())
        yield service
    finally:
        if reporter is not None:
            await reporter.stop()
        if service is not None:
            await service.clockwork.stop()
            await asyncio.gather(service.intake.close(), service.receipts.close())
        await asyncio.gather(*(channel.close() for channel in channels.values()), return_exceptions=True)
        await database.close()
        log.info("stopped", what=name_of(part))


async def _read_once(runner: Runner) -> None:
    """Load what reading needs before a message waits for it: it takes a second, and would be in a transaction."""
    async with runner.database.read() as db:
        ids = await schools.ids(db)
    school = await runner.school(ids[0])
    understand(Message(runner.clock.now(), (), None, (), "ill today, back tomorrow"), school.calendar)


def links_of(settings: Settings) -> Links | None:
    """Signed links for families and whoever decides on leave; None without a public address."""
    secret = settings.secret_key.get_secret_value()
    return Links(secret, settings.public_url) if settings.public_url and secret else None
