"""From settings to a running service: the database, the channels, the wording, the runner and its loops."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import sqlalchemy as sa
import structlog

from bot.understanding import Message, understand
from messaging.channel import Channel, Receipt, Received
from messaging.channels.mail import MailServer, SmtpMail
from messaging.channels.sms import CannotList, TwilioAccount, TwilioSms
from messaging.incoming_mail.evidence import Limits
from messaging.incoming_mail.mailbox import ImapMailbox, MailboxPlace
from messaging.mail_tokens import AccessTokens
from messaging.media import Fetches
from messaging.wording import wording
from office.links import Links
from service.blanking import Blanking
from service.clock import Clock, SystemClock
from service.faults import UserFault
from service.intake import Intake
from service.loops import Clockwork, Loop
from service.mail_in import MailIn
from service.mail_sign_in import mail_tokens, takes_plus_addresses
from service.metering import Meters, counted
from service.missed_receipts import MissedReceipts
from service.next_look import NextLook
from service.pace import Pace
from service.photo_fetching import Photos
from service.runner import Runner
from service.settings import Settings
from service.turn import HEARD
from service.wire import FarClockwork, Reporter
from service.words import EMAIL
from storage import migrate, schools
from storage.engine import Database, DatabaseAddressFault, Inline, open_database
from storage.tables import inbox

if TYPE_CHECKING:
    from messaging.channels.telegram import TelegramChats

log = structlog.get_logger("firstcall.service")

ANSWERS, ACTS = "answers", "acts"
"""The parts of a service, as its log calls them."""
IDLE = 0.5
"""Seconds after which a loop looks again although nobody rang: another process may have made work."""
CATCH_UP_EVERY = timedelta(minutes=5)
AFTER_A_FAILURE = timedelta(seconds=30)
LOOK_BACK = timedelta(minutes=30)
LONGEST_LOOK_BACK = timedelta(hours=48)
_newest = sa.select(sa.func.max(inbox.c.received_at)).where(inbox.c.channel == "sms")


@dataclass(frozen=True, slots=True)
class AnsweringPart:
    """The part of a service that answers over HTTP; its loops run in another process, at the other end of `wire`."""

    wire: socket.socket


@dataclass(frozen=True, slots=True)
class ActingPart:
    """The part that does everything by itself. Nobody waits for it over HTTP, so it uses SQLite in its own thread."""

    wire: socket.socket


Part = AnsweringPart | ActingPart | None
"""None: one process is the whole service, as in tests."""
INLINE: Mapping[type, Inline] = {AnsweringPart: "writes", ActingPart: "all", type(None): ""}
"""What each does with SQLite in its own thread. A page may take long to read; a message is written fast."""


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


def links_of(settings: Settings) -> Links | None:
    """Signed links for families and whoever decides on leave; None without a public address."""
    secret = settings.secret_key.get_secret_value()
    return Links(secret, settings.public_url) if settings.public_url and secret else None


def open_at(settings: Settings, *, inline: Inline = "") -> Database:
    """The database of the settings; `inline` as `open_database` has it. Raises UserFault."""
    try:
        return open_database(settings.database_url, inline=inline)
    except DatabaseAddressFault as fault:
        raise UserFault(str(fault)) from fault


async def reach(database: Database) -> None:
    """See that the database answers. Raises UserFault, so that nobody sees a traceback for a server that is off."""
    if database.is_sqlite and not _may_write(Path(database.url.database or "")):
        file = database.url.database
        raise UserFault(f"The database {file} cannot be opened: its folder is not there, or it is not yours to write")
    try:
        async with database.begin() as db:
            await db.execute(sa.text("SELECT 1"))
    except (sa.exc.SQLAlchemyError, OSError) as error:
        shown = database.url.render_as_string(hide_password=True)
        why = type(getattr(error, "orig", None) or error).__name__
        raise UserFault(
            f"The database {shown} cannot be opened ({why}); see that it runs, and that FIRSTCALL_DATABASE_URL is right"
        ) from error


def _may_write(file: Path) -> bool:
    return os.access(file if file.exists() else file.parent, os.W_OK)


def mail_sender(settings: Settings) -> str | None:
    """The address that mail leaves from when a school has none of its own: who we are at the mail server."""
    if not settings.smtp_url.get_secret_value():
        return None
    user = MailServer.from_url(settings.smtp_url.get_secret_value()).user or ""
    return user if "@" in user else None


def mail_is_off(settings: Settings) -> bool:
    """True when staff can be told by text only."""
    return not settings.smtp_url.get_secret_value()


def hears(settings: Settings) -> frozenset[str]:
    """The channels on which an answer of staff comes in: by e-mail only where a mailbox is read."""
    return HEARD if settings.imap_url.get_secret_value() else HEARD - {EMAIL}


def make_channels(
    settings: Settings, clock: Clock, mail_from: str | None, tokens: AccessTokens | None = None
) -> dict[str, Channel]:
    """Every way out that the settings name. `mail_from` is the sender for schools that have none of their own; `tokens`
    sign in to the mail server.
    """
    channels: dict[str, Channel] = {}
    if settings.twilio_account_sid and settings.twilio_sender:
        channels["sms"] = TwilioSms(twilio_account(settings), clock.now)
    if settings.smtp_url.get_secret_value() and mail_from:
        server = MailServer.from_url(settings.smtp_url.get_secret_value())
        tagged = takes_plus_addresses(settings)
        channels["email"] = SmtpMail(
            server, mail_from, clock.now, sender_name="Firstcall", tokens=tokens, reply_tags=tagged
        )
    if settings.telegram_bot:
        channels["telegram"] = telegram_chats(settings, clock)
    return channels


def twilio_account(settings: Settings, time_limit: float = 10.0) -> TwilioAccount:
    """Who we are at Twilio. `time_limit`: seconds for each call."""
    return TwilioAccount(
        sid=settings.twilio_account_sid,
        token=settings.twilio_auth_token.get_secret_value(),
        sender=settings.twilio_from or None,
        messaging_service=settings.twilio_messaging_service_sid or None,
        api_url=settings.twilio_api_url,
        public_url=settings.public_url or None,
        time_limit=time_limit,
        discard_content=settings.twilio_keep_days == 0,
    )


def telegram_chats(settings: Settings, clock: Clock) -> TelegramChats:
    """The bot of the settings. Its library is slow to load, so that only who has a bot loads it."""
    from messaging.channels.telegram import TelegramAccount, TelegramChats

    token = settings.telegram_bot_token.get_secret_value()
    return TelegramChats(TelegramAccount(token, settings.telegram_api_url), clock.now)


async def prepare(settings: Settings) -> None:
    """Bring the database up to date and see that every school can send. Raises UserFault."""
    async with open_at(settings) as database:
        await reach(database)
        await migrate.upgrade(database)
        async with database.begin() as db:
            ids = await schools.ids(db)
            if not ids:
                raise UserFault("There is no school in the database yet; run `firstcall init` first")
            for school_id in ids:
                known = await schools.sender_of(db, school_id, "sms")
                if len(ids) == 1 and known != settings.twilio_sender:
                    await schools.add_sender(db, school_id, "sms", settings.twilio_sender)
                elif known is None:
                    raise UserFault(f"School {school_id} has no number to text from; run `firstcall init` for it again")
                if (
                    settings.telegram_bot
                    and await schools.sender_of(db, school_id, "telegram") != settings.telegram_bot
                ):
                    await schools.add_sender(db, school_id, "telegram", settings.telegram_bot)
                if await schools.sender_of(db, school_id, "email") is None and (ours := mail_sender(settings)):
                    await schools.add_sender(db, school_id, "email", ours)
                if settings.imap_url.get_secret_value() and await schools.sender_of(db, school_id, "email") is None:
                    raise UserFault(
                        f"School {school_id} has no address to answer e-mails from; run `firstcall init` for it again "
                        "with --email-from, or take IMAP_URL out"
                    )


async def mail_from(database: Database, settings: Settings) -> str | None:
    """The sender of the first school that has one, or who we are at the mail server."""
    async with database.read() as db:
        for school_id in await schools.ids(db):
            if found := await schools.sender_of(db, school_id, "email"):
                return found
    return mail_sender(settings)


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
        log.info("started", what=_name(part), channel=sorted(channels), database=database.url.get_backend_name())
        yield service
    finally:
        if reporter is not None:
            await reporter.stop()
        if service is not None:
            await service.clockwork.stop()
            await asyncio.gather(service.intake.close(), service.receipts.close())
        await asyncio.gather(*(channel.close() for channel in channels.values()), return_exceptions=True)
        await database.close()
        log.info("stopped", what=_name(part))


async def _read_once(runner: Runner) -> None:
    """Load what reading needs before a message waits for it: it takes a second, and would be in a transaction."""
    async with runner.database.read() as db:
        ids = await schools.ids(db)
    school = await runner.school(ids[0])
    understand(Message(runner.clock.now(), (), None, (), "ill today, back tomorrow"), school.calendar)


def _name(part: Part) -> str:
    match part:
        case AnsweringPart():
            return ANSWERS
        case ActingPart():
            return ACTS
        case None:
            return "service"


def bot_name(channels: Mapping[str, Channel]) -> Callable[[], Awaitable[str]] | None:
    """Asks Telegram for the bot's name; once it has answered, it is not asked again."""
    chats, known = channels.get("telegram"), list[str]()

    async def ask() -> str:
        if not known:
            known.append(await cast("TelegramChats", chats).username())
        return known[0]

    return ask if chats is not None else None


def loops_of(service: Service, channels: Mapping[str, Channel]) -> list[Loop]:
    """What a running service does by itself."""
    runner, sms, telegram = service.runner, channels.get("sms"), channels.get("telegram")

    async def soon() -> float:
        return IDLE

    async def until_next() -> float:
        due = await runner.next_due()
        if due is None:
            return IDLE
        return min(IDLE, max(0.01, (due - service.clock.now()).total_seconds()))

    loops = [
        Loop("inbox", runner.step_inbox, soon),
        Loop("timers", runner.step_timers, until_next),
        Loop("relay", runner.step_relay, until_next),
    ]
    if isinstance(sms, TwilioSms):
        catching_up = CatchUp(service, sms)
        loops.append(Loop("catch_up", catching_up.step, catching_up.wait))
        missed = MissedReceipts(runner, sms, service.clock)
        loops.append(Loop("receipts", missed.step, missed.wait))
        if keep := service.settings.twilio_keep_days:
            blanking = Blanking(service.database, sms, service.clock, timedelta(days=keep))
            loops.append(Loop("blanking", blanking.step, blanking.wait))
    fetchers = fetchers_of(channels)
    if fetchers:
        looking = Photos(runner, fetchers, file_limits(service.settings))
        loops.append(Loop("photos", looking.step, looking.wait))
    if service.mail_in is not None:
        loops.append(Loop("mail", service.mail_in.step, service.mail_in.wait))
    if telegram is not None:
        loops.append(_hearing_telegram(service, telegram))
    return loops


def fetchers_of(channels: Mapping[str, Channel]) -> dict[str, Fetches]:
    """The channels whose photographs can be fetched; WhatsApp's lie at Twilio as those of texts do."""
    sms, telegram = channels.get("sms"), channels.get("telegram")
    found: dict[str, Fetches] = {"sms": sms, "whatsapp": sms} if isinstance(sms, TwilioSms) else {}
    if telegram is not None:
        found["telegram"] = cast("TelegramChats", telegram)
    return found


def file_limits(settings: Settings) -> Limits:
    """What is kept of files, whichever way they come."""
    return Limits(frozenset(settings.imap_file_kinds.split()), settings.imap_file_megabytes * 1_000_000)


def make_mail_in(
    settings: Settings,
    runner: Runner,
    intake: Intake[Received],
    mail_from: str | None,
    tokens: AccessTokens | None = None,
) -> MailIn | None:
    """Who reads the mailbox of the settings; None where they name none, or nobody could be answered."""
    if not settings.imap_url.get_secret_value() or not mail_from:
        return None
    place = MailboxPlace.from_url(settings.imap_url.get_secret_value(), by_token=tokens is not None)
    usual = place.user if "@" in place.user else mail_from
    mailbox, limits = ImapMailbox(place, tokens=tokens), file_limits(settings)
    return MailIn(runner, mailbox, intake.take, settings.imap_authserv_id, limits, usual)


def _hearing_telegram(service: Service, telegram: Channel) -> Loop:
    from messaging.channels.telegram import TelegramChats
    from service.telegram_poller import Poller
    from service.webhook_keeper import WebhookKeeper

    assert isinstance(telegram, TelegramChats)
    settings, failed = service.settings, partial(service.meters.failed, "telegram", "in", "retry")
    if settings.telegram_is_polled:
        poller = Poller(telegram, settings.telegram_bot, service.database, service.receive, service.clock, failed)
        return Loop("telegram", poller.step, poller.wait)
    secret = settings.telegram_webhook_secret.get_secret_value()
    keeper = WebhookKeeper(telegram, settings.public_url, secret, service.clock, failed)
    return Loop("telegram", keeper.step, keeper.wait)


class CatchUp:
    """Takes in what the provider has and no webhook brought: a webhook that was missed is gone (promise 4)."""

    def __init__(self, service: Service, sms: TwilioSms) -> None:
        self._service = service
        self._sms = sms
        self._seen_to: datetime | None = None
        self._next = NextLook(service.clock, CATCH_UP_EVERY)

    async def wait(self) -> float:
        """Seconds until it is time to ask again."""
        return self._next.seconds()

    async def step(self) -> int:
        """Ask once, when it is time. Always 0: what is new rings the bell by itself."""
        if not self._next.is_due:
            return 0
        now = self._service.clock.now()
        self._next.put_off(now, AFTER_A_FAILURE)
        new = 0
        try:
            async for message in self._sms.list_since(await self._since(now)):
                new += await self._service.receive(message)
        except CannotList as error:
            log.warning("cannot_catch_up", channel="sms", why=str(error))
            self._service.meters.failed("sms", "in", "retry")
            return 0
        self._seen_to = now
        self._next.put_off(now, CATCH_UP_EVERY)
        if new:
            log.warning("caught_up", channel="sms", count=new)
        return 0

    async def _since(self, now: datetime) -> datetime:
        """From what was seen last. A number that never brought us anything is not asked for its past."""
        if self._seen_to is not None:
            return self._seen_to - LOOK_BACK
        async with self._service.database.read() as db:
            newest: datetime | None = (await db.execute(_newest)).scalar_one_or_none()
        return now - LOOK_BACK if newest is None else max(newest - LOOK_BACK, now - LONGEST_LOOK_BACK)
