"""The ways out and in that the settings name: texts, mail, chats, and the mailbox that is read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, cast

from messaging.channel import Channel, Received
from messaging.channels.mail import MailServer, SmtpMail
from messaging.channels.sms import TwilioAccount, TwilioSms
from messaging.incoming_mail.evidence import Limits
from messaging.incoming_mail.mailbox import ImapMailbox, MailboxPlace
from messaging.mail_tokens import AccessTokens
from messaging.media import Fetches
from service.clock import Clock
from service.incoming.intake import Intake
from service.incoming.mail_in import MailIn
from service.mail_sign_in import takes_plus_addresses
from service.runner import Runner
from service.settings import Settings
from service.turns.turn import HEARD
from service.turns.words import EMAIL
from storage import schools
from storage.engine import Database

if TYPE_CHECKING:
    from messaging.channels.telegram import TelegramChats


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


def bot_name(channels: Mapping[str, Channel]) -> Callable[[], Awaitable[str]] | None:
    """Asks Telegram for the bot's name; once it has answered, it is not asked again."""
    chats, known = channels.get("telegram"), list[str]()

    async def ask() -> str:
        if not known:
            known.append(await cast("TelegramChats", chats).username())
        return known[0]

    return ask if chats is not None else None


def fetchers_of(channels: Mapping[str, Channel]) -> dict[str, Fetches]:
    """The channels whose photographs can be fetched; WhatsApp's lie at Twilio as those of texts do."""
    sms, telegram = channels.get("sms"), channels.get("telegram")
    found: dict[str, Fetches] = {"sms": sms, "whatsapp": sms} if isinstance(sms, TwilioSms) else {}
    if telegram is not None:
        found["telegram"] = cast("TelegramChats", telegram)
    return found


def hears(settings: Settings) -> frozenset[str]:
    """The channels on which an answer of staff comes in: by e-mail only where a mailbox is read."""
    return HEARD if settings.imap_url.get_secret_value() else HEARD - {EMAIL}


def mail_is_off(settings: Settings) -> bool:
    """True when staff can be told by text only."""
    return not settings.smtp_url.get_secret_value()


def mail_sender(settings: Settings) -> str | None:
    """The address that mail leaves from when a school has none of its own: who we are at the mail server."""
    if not settings.smtp_url.get_secret_value():
        return None
    user = MailServer.from_url(settings.smtp_url.get_secret_value()).user or ""
    return user if "@" in user else None


async def mail_from(database: Database, settings: Settings) -> str | None:
    """The sender of the first school that has one, or who we are at the mail server."""
    async with database.read() as db:
        for school_id in await schools.ids(db):
            if found := await schools.sender_of(db, school_id, "email"):
                return found
    return mail_sender(settings)


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


def file_limits(settings: Settings) -> Limits:
    """What is kept of files, whichever way they come."""
    return Limits(frozenset(settings.imap_file_kinds.split()), settings.imap_file_megabytes * 1_000_000)
