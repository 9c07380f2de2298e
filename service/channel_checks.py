"""Is every channel of the settings able to work? Asked of the providers themselves, with a time limit on each.

Nothing is sent and nothing is changed: accounts are looked at, servers are signed in to, our own address is opened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

import aiohttp
import sqlalchemy as sa
from imap_tools.errors import MailboxFolderSelectError

from messaging.channels.mail import MailServer, SmtpMail
from messaging.incoming_mail.mailbox import CannotLook, ImapMailbox, MailboxPlace
from messaging.twilio_setup import CannotCheck, faults_of
from service.channels import mail_from, mail_sender, telegram_chats, twilio_account
from service.clock import SystemClock
from service.database import open_at
from service.faults import UserFault
from service.mail_sign_in import mail_tokens
from service.settings import Settings
from service.settings_faults import check_for_serve

EACH_WITHIN = 10.0
"""Seconds that one call, or one step of the talk with a mail server, may take."""
ALL_WITHIN = 45.0


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out about one channel: a fault with how to mend it, or what works."""

    channel: str
    good: bool
    says: str


async def check_channels(settings: Settings) -> list[Found]:
    """Ask about every channel that the settings name, all at once. What cannot be right is not asked about."""
    wrong = check_for_serve(settings)
    if wrong:
        return [Found("settings", False, line) for line in wrong]
    asked = [_limited("address", _address(settings)), _limited("sms", _sms(settings))]
    if settings.smtp_url.get_secret_value():
        asked.append(_limited("email out", _mail_out(settings)))
    if settings.imap_url.get_secret_value():
        asked.append(_limited("email in", _mail_in(settings)))
    if settings.telegram_bot:
        asked.append(_limited("telegram", _telegram(settings)))
    return [one for found in await asyncio.gather(*asked) for one in found]


async def _limited(channel: str, asking: Awaitable[str | list[str]]) -> list[Found]:
    """What works, as one line, or the faults."""
    try:
        async with asyncio.timeout(ALL_WITHIN):
            said = await asking
    except TimeoutError:
        return [
            Found(channel, False, f"nobody answered within {ALL_WITHIN:.0f} s; try again, or see their status page")
        ]
    except _Wrong as fault:
        return [Found(channel, False, str(fault))]
    return [Found(channel, True, said)] if isinstance(said, str) else [Found(channel, False, line) for line in said]


class _Wrong(Exception):
    """One fault, and how to mend it."""


async def _address(settings: Settings) -> str:
    """Does our own public address lead to a running service? Webhooks come by it."""
    url = settings.public_url.rstrip("/") + "/health"
    try:
        limit = aiohttp.ClientTimeout(total=EACH_WITHIN)
        async with aiohttp.ClientSession(timeout=limit) as http, http.get(url, allow_redirects=False) as answer:
            status, body = answer.status, await answer.text(errors="replace")
    except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError) as error:
        raise _Wrong(f"{url} has no certificate that can be trusted; renew it, or providers will not call") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        why = f"nobody answers at {url} ({type(error).__name__})"
        raise _Wrong(
            f"{why}; start `firstcall serve`, and see the web server before it and FIRSTCALL_PUBLIC_URL"
        ) from error
    if status == 200 and '"alive"' in body:
        return f"{url} is answered by Firstcall"
    to = f" and sends callers to {answer.headers.get('Location')}" if 300 <= status < 400 else ""
    raise _Wrong(f"{url} answers {status}{to}, which is not Firstcall; FIRSTCALL_PUBLIC_URL must be what leads to it")


async def _sms(settings: Settings) -> str | list[str]:
    account = twilio_account(settings, EACH_WITHIN)
    try:
        faults = await faults_of(account)
    except CannotCheck as error:
        raise _Wrong(str(error)) from error
    if not settings.public_url.startswith("https://"):
        faults.append("FIRSTCALL_PUBLIC_URL is not https, so parents' texts would travel in the open; use https://")
    return faults or f"Twilio knows us; {settings.twilio_sender} can text, and parents' texts come to us"


async def _mail_out(settings: Settings) -> str:
    server = MailServer.from_url(settings.smtp_url.get_secret_value())
    sender = await _mail_sender(settings)
    if sender is None:
        raise _Wrong("no school has an address that mail comes from; run `firstcall init` again with --email-from")
    clock = SystemClock()
    tokens = mail_tokens(settings, clock)
    refused = await SmtpMail(server, sender, clock.now, time_limit=EACH_WITHIN, tokens=tokens).try_sign_in()
    if refused is not None:
        raise _Wrong(f"{server.host}:{server.port}: {_mended(refused.advice)} ({refused.provider_code}); see SMTP_URL")
    return f"{server.host}:{server.port} takes our sign-in; mail leaves as {sender}"


def _mended(advice: str) -> str:
    """Advice that promises another try by itself is not for somebody who tries by hand."""
    return advice.rstrip(".").removesuffix("; it is tried again by itself")


async def _mail_sender(settings: Settings) -> str | None:
    """The address of the first school; without a database yet, who we are at the mail server."""
    try:
        async with open_at(settings) as database:
            return await mail_from(database, settings)
    except (sa.exc.SQLAlchemyError, OSError, UserFault):
        return mail_sender(settings)


async def _mail_in(settings: Settings) -> str:
    tokens = mail_tokens(settings, SystemClock())
    place = MailboxPlace.from_url(settings.imap_url.get_secret_value(), by_token=tokens is not None)
    where = f"{place.host}:{place.port}"
    try:
        await ImapMailbox(place, time_limit=EACH_WITHIN, tokens=tokens).try_folder()
    except CannotLook as error:
        if isinstance(error.__cause__, MailboxFolderSelectError):
            raise _Wrong(
                f"{where}: there is no folder {place.folder}; give the right one after the / in IMAP_URL"
            ) from error
        raise _Wrong(f"{where}: {error}; see IMAP_URL") from error
    return f"{where} opens {place.folder}"


async def _telegram(settings: Settings) -> str | list[str]:
    from messaging.channels.telegram import PATH, CannotAsk

    chats = telegram_chats(settings, SystemClock())
    ours = settings.public_url.rstrip("/") + PATH
    try:
        name, found = await chats.username(), await chats.webhook()
    except CannotAsk as error:
        raise _Wrong(
            f"Telegram could not be asked: {error}; see TELEGRAM_BOT_TOKEN and that https can leave"
        ) from error
    finally:
        await chats.close()
    if settings.telegram_is_polled:
        if found.url:
            return [
                f"t.me/{name} is polled and its updates go to {found.url}; `firstcall serve` ends that when it starts"
            ]
        return f"t.me/{name} is polled; {found.pending_update_count} updates wait"
    faults = []
    if found.url != ours:
        where = f"to {found.url}" if found.url else "nowhere"
        faults.append(f"updates of t.me/{name} go {where}, not to {ours}; `firstcall serve` sets that when it starts")
    elif found.last_error_message and found.pending_update_count:
        why = f"{found.pending_update_count} updates wait at Telegram: {found.last_error_message}"
        faults.append(f"{why}; they come when {ours} answers")
    return faults or f"t.me/{name} sends its updates to us; {found.pending_update_count} wait"
