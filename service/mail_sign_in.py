"""How the mail servers of the settings are signed in to, and which addresses their mailbox takes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from messaging.mail_tokens import AccessTokens, OAuthClient
from service.clock import Clock
from service.settings import Settings

TAKES_PLUS = ("imap.gmail.com", "outlook.office365.com", "outlook.office.com")
"""Hosts whose mailboxes take name+anything unless an administrator has switched it off."""


def mail_tokens(settings: Settings, clock: Clock) -> AccessTokens | None:
    """Signs in by OAuth; None where the settings have passwords. Sending and reading share one."""
    if not settings.mail_oauth:
        return None
    file = settings.mail_oauth_token_file
    client = OAuthClient.of(
        settings.mail_oauth,
        settings.mail_oauth_tenant,
        client_id=settings.mail_oauth_client_id,
        client_secret=settings.mail_oauth_client_secret.get_secret_value(),
        refresh_token=settings.mail_oauth_refresh_token.get_secret_value(),
        file=Path(file) if file else None,
    )
    return AccessTokens(client, clock.now)


def takes_plus_addresses(settings: Settings) -> bool:
    """Whether answers may be sent to name+<our id>@…: only where a mailbox is read that takes them."""
    url, said = settings.imap_url.get_secret_value(), settings.imap_plus_addresses
    if not url or said == "no":
        return False
    return said == "yes" or urlsplit(url).hostname in TAKES_PLUS
