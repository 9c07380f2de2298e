"""What is missing in the settings of one installation, or cannot be right: one line each, with what to do."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import SecretStr

from service.settings import Settings, is_web_address
from service.sign_in import sign_in_faults

SHORTEST_KEY = 32
MOST_MEGABYTES = 25


def check_for_serve(settings: Settings) -> list[str]:
    """One line for each value without which `firstcall serve` cannot run, or that cannot be right."""
    return [*_missing(settings), *_wrong(settings)]


def _missing(settings: Settings) -> Iterator[str]:
    needed = {
        "public_url": "https://absence.yourschool.example, the address in front of this service",
        "secret_key": "python3 -c 'import secrets; print(secrets.token_urlsafe(48))' makes one",
        "twilio_account_sid": "copy it from Twilio's console, Account info",
        "twilio_auth_token": "copy it from Twilio's console, Account info",
        "twilio_from": "the number bought at Twilio, such as +447700900000",
    }
    for field, how in needed.items():
        if field == "twilio_from" and settings.twilio_messaging_service_sid:
            continue
        value = getattr(settings, field)
        if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
            info = Settings.model_fields[field]
            what = " ".join((info.description or "").split()).rstrip(".")
            yield f"{info.validation_alias} is missing: {what}. Set it in .env or the environment: {how}"


def _wrong(settings: Settings) -> Iterator[str]:
    for name, url in (("FIRSTCALL_PUBLIC_URL", settings.public_url), ("TWILIO_API_URL", settings.twilio_api_url)):
        if url and not is_web_address(url):
            yield f"{name} is not a web address; write https://host, without ? or #"
    key = settings.secret_key.get_secret_value()
    if key and len(key) < SHORTEST_KEY:
        yield f"FIRSTCALL_SECRET_KEY is too short; it needs at least {SHORTEST_KEY} random characters"
    if settings.twilio_account_sid and not re.fullmatch(r"AC[0-9a-fA-F]{32}", settings.twilio_account_sid):
        yield "TWILIO_ACCOUNT_SID is not an account's SID; it is AC and 32 letters and digits (not SK…, a key's)"
    if settings.twilio_from and not re.fullmatch(r"\+[1-9]\d{6,14}", settings.twilio_from):
        yield "TWILIO_FROM is not a number as +44…; a sender name cannot be answered, so it cannot be used here"
    service = settings.twilio_messaging_service_sid
    if service and not re.fullmatch(r"MG[0-9a-fA-F]{32}", service):
        yield "TWILIO_MESSAGING_SERVICE_SID is not a Messaging Service's SID; it is MG and 32 letters and digits"
    yield from sign_in_faults(settings)
    if not 1 <= settings.twilio_segments_per_second <= 1000:
        yield "TWILIO_SEGMENTS_PER_SECOND must be from 1 to 1000"
    if not 0 <= settings.twilio_keep_days <= 365:
        yield "TWILIO_KEEP_DAYS must be from 0 to 365"
    yield from _telegram_fault(settings)
    if settings.policies != Settings.model_fields["policies"].default and settings.policies_root is None:
        yield f"FIRSTCALL_POLICIES: there is no folder {settings.policies}; give the folder with your policy files"
    yield from _database_fault(settings.database_url)
    if settings.smtp_url.get_secret_value():
        yield from _mail_fault(settings)
    if settings.imap_url.get_secret_value():
        yield from _mailbox_faults(settings)


def _telegram_fault(settings: Settings) -> Iterator[str]:
    token, secret = settings.telegram_bot_token.get_secret_value(), settings.telegram_webhook_secret.get_secret_value()
    if not token:
        return
    if not re.fullmatch(r"\d{1,20}:[A-Za-z0-9_-]{4,}", token):
        yield "TELEGRAM_BOT_TOKEN is not a bot's token; copy it from BotFather: digits, a colon, letters"
    if settings.telegram_updates not in ("webhook", "polling"):
        yield "TELEGRAM_UPDATES must be webhook or polling"
    if settings.telegram_is_polled:
        pass
    elif not secret:
        how = "python3 -c 'import secrets; print(secrets.token_urlsafe(32))' makes one"
        yield f"TELEGRAM_WEBHOOK_SECRET is missing: with a bot, anybody could else play Telegram. Set it: {how}"
    elif not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
        yield "TELEGRAM_WEBHOOK_SECRET is too short or has other signs; use 16 to 256 of A-Z, a-z, 0-9, _ and -"
    if not is_web_address(settings.telegram_api_url):
        yield "TELEGRAM_API_URL is not a web address; write https://host, without ? or #"


def _database_fault(url: str) -> Iterator[str]:
    from storage.engine import DatabaseAddressFault, normal_url

    try:
        normal_url(url)
    except DatabaseAddressFault as fault:
        yield str(fault)


def _mail_fault(settings: Settings) -> Iterator[str]:
    from messaging.channels.mail import MailFault, MailServer

    try:
        server = MailServer.from_url(settings.smtp_url.get_secret_value())
    except MailFault as fault:
        yield str(fault)
        return
    if settings.mail_oauth:
        if not server.user or server.password:
            yield "SMTP_URL needs the user and no password with MAIL_OAUTH: smtp://user@host:587"
        yield from _oauth_faults(settings)


def _oauth_faults(settings: Settings) -> Iterator[str]:
    kind, tenant = settings.mail_oauth, settings.mail_oauth_tenant
    local = kind.startswith(("http://127.0.0.1:", "http://localhost:"))
    if kind not in ("microsoft", "google") and not (local or (kind.startswith("https://") and is_web_address(kind))):
        yield "MAIL_OAUTH must be microsoft, google, or the https address of a token endpoint"
    if kind == "microsoft" and not re.fullmatch(r"[A-Za-z0-9.-]+", tenant):
        yield "MAIL_OAUTH_TENANT is missing: the tenant's id or domain, from Entra's overview page"
    if not settings.mail_oauth_client_id:
        yield "MAIL_OAUTH_CLIENT_ID is missing: the id of the application that you registered for Firstcall"
    file = Path(settings.mail_oauth_token_file) if settings.mail_oauth_token_file else None
    if file is not None and not (file.parent.is_dir() and os.access(file.parent, os.W_OK)):
        yield "MAIL_OAUTH_TOKEN_FILE: its folder is not there, or not ours to write; new tokens could not be kept"
    has_token = settings.mail_oauth_refresh_token.get_secret_value() or (file is not None and file.is_file())
    if kind == "google" and not has_token:
        yield "MAIL_OAUTH_REFRESH_TOKEN is missing: Google signs in only for somebody who has said yes"
    elif not has_token and not settings.mail_oauth_client_secret.get_secret_value():
        yield "MAIL_OAUTH_CLIENT_SECRET is missing: without a refresh token the application signs in for itself"


def _mailbox_faults(settings: Settings) -> Iterator[str]:
    from messaging.incoming_mail.evidence import KINDS
    from messaging.incoming_mail.mailbox import MailboxFault, MailboxPlace

    try:
        MailboxPlace.from_url(settings.imap_url.get_secret_value(), by_token=bool(settings.mail_oauth))
    except MailboxFault as fault:
        yield str(fault)
    if not settings.smtp_url.get_secret_value():
        yield "SMTP_URL is missing: IMAP_URL brings parents' e-mails in, and they are answered by SMTP_URL"
    if not re.fullmatch(r"[^\s;()\"]+", settings.imap_authserv_id):
        yield (
            "IMAP_AUTHSERV_ID is missing or no server's name: without it no e-mail can be believed. "
            "docs/how-to/e-mail.md says how to find it"
        )
    if settings.imap_plus_addresses not in ("auto", "yes", "no"):
        yield "IMAP_PLUS_ADDRESSES must be auto, yes or no"
    if strange := sorted(set(settings.imap_file_kinds.split()) - set(KINDS)):
        yield f"IMAP_FILE_KINDS knows no {strange[0]}; choose from {' '.join(KINDS)}"
    if not 1 <= settings.imap_file_megabytes <= MOST_MEGABYTES:
        yield f"IMAP_FILE_MEGABYTES must be from 1 to {MOST_MEGABYTES}"
