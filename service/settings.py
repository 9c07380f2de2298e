"""Every setting of one installation, from the environment or from `.env`, and what it is for.

The descriptions here are the comments of `.env.example`: a test holds the two together, and `firstcall init` writes
`.env` from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from attendance.policy.words import near
from service.faults import UserFault

ENV_FILE = Path(".env")
_HEAD = """\
# Settings of one Firstcall installation. Copy to .env and fill in, or let `firstcall init` ask and write it.
# The demo and the simulation need none of these. Keep .env secret: it holds keys.
"""


def _setting(name: str, what: str, default: str = "") -> str:
    field: str = Field(default, validation_alias=name, description=what)
    return field


def _number(name: str, what: str, default: int) -> int:
    field: int = Field(default, validation_alias=name, description=what)
    return field


def _secret(name: str, what: str) -> SecretStr:
    field: SecretStr = Field(SecretStr(""), validation_alias=name, description=what)
    return field


class Settings(BaseSettings):
    """One value for each variable; an empty variable counts as not given."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    database_url: str = _setting(
        "FIRSTCALL_DATABASE_URL",
        "Where everything is kept. The default is a file in the folder where Firstcall is started;\n"
        "for several processes use PostgreSQL: postgresql+asyncpg://user:password@host/database",
        "sqlite+aiosqlite:///firstcall.db",
    )
    public_url: str = _setting(
        "FIRSTCALL_PUBLIC_URL",
        "The https address under which providers reach this service; webhook signatures are checked against it.",
    )
    policies: str = _setting(
        "FIRSTCALL_POLICIES",
        "Folder with your schools' policy files, one .toml for each school.",
        "policies/schools",
    )
    secret_key: SecretStr = _secret(
        "FIRSTCALL_SECRET_KEY",
        "Signs staff sessions and links. At least 32 random characters; changing it signs everybody out.",
    )
    code_roles: str = _setting(
        "FIRSTCALL_CODE_ROLES",
        "Roles whose password is not enough: they sign in with a code of an app too, such as\n"
        "headteacher safeguarding_lead. Everybody else may turn it on. docs/how-to/sign-in.md",
    )
    lock_minutes: int = _number(
        "FIRSTCALL_LOCK_MINUTES",
        "Minutes without a press after which a browser asks who is there; nothing half typed is lost.",
        10,
    )
    google_id: str = _setting(
        "SIGN_IN_GOOGLE_ID", "Client id with which staff sign in by Google Workspace. Leave it empty to do without."
    )
    google_secret: SecretStr = _secret("SIGN_IN_GOOGLE_SECRET", "Its secret, from Google's cloud console.")
    google_domains: str = _setting(
        "SIGN_IN_GOOGLE_DOMAINS", "The school's domains at Google; an account of any other is refused."
    )
    google_url: str = _setting(
        "SIGN_IN_GOOGLE_URL",
        "Where Google's sign-in is. Change it only to test against a stand-in.",
        "https://accounts.google.com",
    )
    microsoft_id: str = _setting(
        "SIGN_IN_MICROSOFT_ID",
        "Application (client) id with which staff sign in by Microsoft Entra. Leave it empty to do without.",
    )
    microsoft_secret: SecretStr = _secret("SIGN_IN_MICROSOFT_SECRET", "Its secret, from the Entra admin centre.")
    microsoft_tenants: str = _setting(
        "SIGN_IN_MICROSOFT_TENANTS", "Directory (tenant) ids of the school; an account of any other is refused."
    )
    microsoft_url: str = _setting(
        "SIGN_IN_MICROSOFT_URL",
        "Where Microsoft's sign-in is. Change it only to test against a stand-in.",
        "https://login.microsoftonline.com",
    )
    twilio_account_sid: str = _setting(
        "TWILIO_ACCOUNT_SID",
        "Twilio account that sends and receives texts (Console, Account info: starts with AC).",
    )
    twilio_auth_token: SecretStr = _secret(
        "TWILIO_AUTH_TOKEN", "Its secret. Sends texts, and proves that a webhook really comes from Twilio."
    )
    twilio_auth_token_previous: SecretStr = _secret(
        "TWILIO_AUTH_TOKEN_PREVIOUS",
        "The secret before the last change of it, so that webhooks on their way still count. Empty when there is none.",
    )
    twilio_from: str = _setting(
        "TWILIO_FROM", "The number that texts come from, as +44… Fill in this or TWILIO_MESSAGING_SERVICE_SID."
    )
    twilio_messaging_service_sid: str = _setting(
        "TWILIO_MESSAGING_SERVICE_SID",
        "Instead of TWILIO_FROM: a Messaging Service that picks the number (starts with MG).",
    )
    twilio_segments_per_second: int = _number(
        "TWILIO_SEGMENTS_PER_SECOND",
        "How fast one number of yours may text: segments a second, as Twilio says for it (British mobile number: 10,\n"
        "American long code: 1, short code: 100). With more, texts wait at Twilio and cannot be cancelled.",
        10,
    )
    twilio_keep_days: int = _number(
        "TWILIO_KEEP_DAYS",
        "Days after which the words of texts are blanked at Twilio, in and out. 0: it never keeps them, nor whole\n"
        "numbers; then a text whose answer was lost cannot be looked up, and is given up after half an hour.",
        7,
    )
    twilio_api_url: str = _setting(
        "TWILIO_API_URL",
        "Where Twilio's REST API is. Change it only to test against a stand-in.",
        "https://api.twilio.com",
    )
    telegram_bot_token: SecretStr = _secret(
        "TELEGRAM_BOT_TOKEN",
        "Token of the school's Telegram bot, from BotFather. Leave it empty to do without Telegram.",
    )
    telegram_updates: str = _setting(
        "TELEGRAM_UPDATES",
        "How messages to the bot come in. webhook: Telegram sends them to FIRSTCALL_PUBLIC_URL/telegram.\n"
        "polling: this service asks for them, so Telegram need not reach it; only one process may.",
        "webhook",
    )
    telegram_webhook_secret: SecretStr = _secret(
        "TELEGRAM_WEBHOOK_SECRET",
        "A secret of your own making that Telegram repeats in each webhook call (A-Z, a-z, 0-9, _ and -).\n"
        "Needed with TELEGRAM_BOT_TOKEN, unless updates are polled.",
    )
    telegram_api_url: str = _setting(
        "TELEGRAM_API_URL",
        "Where Telegram's Bot API is. Change it only to test against a stand-in.",
        "https://api.telegram.org",
    )
    smtp_url: SecretStr = _secret(
        "SMTP_URL",
        "Mail server that alerts to staff leave by: smtp://user:password@host:587?starttls=required",
    )
    imap_url: SecretStr = _secret(
        "IMAP_URL",
        "Mailbox in which e-mails from parents arrive: imaps://user:password@host/INBOX. Answers need SMTP_URL.",
    )
    imap_plus_addresses: str = _setting(
        "IMAP_PLUS_ADDRESSES",
        "Whether the mailbox takes absence+anything@… too; then answers find what they answer by the address alone.\n"
        "auto: yes at Google and Microsoft 365, else no. Ask your host before you say yes: answers would be lost.",
        "auto",
    )
    mail_oauth: str = _setting(
        "MAIL_OAUTH",
        "Sign in to SMTP_URL and IMAP_URL by OAuth instead of a password: microsoft, google, or the https address of\n"
        "another token endpoint. Then both addresses have a user and no password. docs/how-to/e-mail.md says how.",
    )
    mail_oauth_tenant: str = _setting("MAIL_OAUTH_TENANT", "With microsoft: your tenant's id or domain.")
    mail_oauth_client_id: str = _setting("MAIL_OAUTH_CLIENT_ID", "Id of the application that you registered there.")
    mail_oauth_client_secret: SecretStr = _secret("MAIL_OAUTH_CLIENT_SECRET", "The secret of that application.")
    mail_oauth_refresh_token: SecretStr = _secret(
        "MAIL_OAUTH_REFRESH_TOKEN",
        "What somebody got who signed in for the mailbox. Without it the application signs in for itself (Microsoft).",
    )
    mail_oauth_token_file: str = _setting(
        "MAIL_OAUTH_TOKEN_FILE",
        "A file that holds the refresh token instead; a new one that the provider hands out is written back to it.",
    )
    imap_authserv_id: str = _setting(
        "IMAP_AUTHSERV_ID",
        "Name with which your mail server begins the Authentication-Results header of mails that it takes in.\n"
        "or microsoft-365 for a mailbox there. Without it nobody's e-mail can be believed. docs/how-to/e-mail.md says\n"
        "how to find it.",
    )
    imap_file_kinds: str = _setting(
        "IMAP_FILE_KINDS",
        "Kinds of files that are kept, from e-mails, texts and Telegram. Of others the sender of an e-mail is told,\n"
        "and of those that came another way the office.",
        "pdf jpeg png gif webp heic",
    )
    imap_file_megabytes: int = _number(
        "IMAP_FILE_MEGABYTES", "The largest file that is kept, in MB: from an e-mail, a text or Telegram.", 10
    )
    notify_api_key: SecretStr = _secret(
        "NOTIFY_API_KEY", "GOV.UK Notify as a second route for texts and for posted letters. Not used by this version."
    )
    notify_api_url: str = _setting(
        "NOTIFY_API_URL",
        "Where GOV.UK Notify is. Change it only to test against a stand-in.",
        "https://api.notifications.service.gov.uk",
    )
    wonde_token: SecretStr = _secret(
        "WONDE_TOKEN",
        "Read access to the school's management system through Wonde. Not used by this version: CSV is.",
    )
    wonde_api_url: str = _setting("WONDE_API_URL", "Wonde's address for the school's region.", "https://api.wonde.com")

    @property
    def twilio_tokens(self) -> tuple[str, ...]:
        """The tokens that may have signed a webhook: the current one, and the one before it."""
        both = (self.twilio_auth_token, self.twilio_auth_token_previous)
        return tuple(token.get_secret_value() for token in both if token.get_secret_value())

    @property
    def twilio_sender(self) -> str:
        """How our side of a text thread is called: the number, or the Messaging Service that stands for its numbers."""
        return self.twilio_from or self.twilio_messaging_service_sid

    @property
    def telegram_bot(self) -> str:
        """Our side of every chat: the bot's own number, which its token begins with. Empty without a bot."""
        return self.telegram_bot_token.get_secret_value().partition(":")[0]

    @property
    def telegram_is_polled(self) -> bool:
        """Updates are asked for, and the webhook is closed."""
        return self.telegram_updates == "polling"

    @property
    def policies_root(self) -> Path | None:
        """The folder that holds `schools/` and `calendars/`; None for the policies that Firstcall brings with it."""
        folder = Path(self.policies)
        root = folder.parent if folder.name == "schools" else folder
        return root.resolve() if (root / "schools").is_dir() else None

    @property
    def board_url(self) -> str:
        """Where staff find the board: the link in alerts."""
        return f"{(self.public_url or 'http://127.0.0.1:8000').rstrip('/')}/office/"


def names() -> tuple[str, ...]:
    """Every variable, in the order of `.env.example`."""
    return tuple(str(field.validation_alias) for field in Settings.model_fields.values())


def load(env_file: Path | None = ENV_FILE) -> Settings:
    """Read the environment, then `env_file` for the rest. Raises UserFault for a misspelt name or a wrong value."""
    _known_names_only(env_file)
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        raise UserFault(
            _of_the_wrong_kind(one) for one in error.errors()
        ) from None  # never the value: it may be secret


def _of_the_wrong_kind(error: Mapping[str, Any]) -> str:
    wanted = {"int_parsing": "must be a whole number, such as 10", "int_type": "must be a whole number, such as 10"}
    how = wanted.get(error["type"], f"cannot be that ({error['msg']})")
    return f"{error['loc'][0]} {how}; see .env.example, or remove the line"


def _known_names_only(env_file: Path | None) -> None:
    if env_file is None or not env_file.is_file():
        return
    try:
        given = dotenv_values(env_file, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserFault(f"{env_file}: cannot be read ({type(error).__name__}); save it as UTF-8 text") from error
    ours = re.compile(r"(FIRSTCALL|TWILIO|TELEGRAM|NOTIFY|WONDE|SMTP|IMAP|MAIL|SIGN_IN)_")
    strange = [name for name in given if ours.match(name) and name not in names()]
    if strange:
        raise UserFault(
            f"{name} in {env_file} is no setting; {f'did you mean {meant}?' if meant else 'remove the line'}"
            for name in strange
            for meant in [near(name, names())]
        )


def render(values: Mapping[str, str] | None = None) -> str:
    """The text of `.env.example`, or of a `.env` with these values in it."""
    given = values or {}
    parts = [_HEAD]
    for field in Settings.model_fields.values():
        name = str(field.validation_alias)
        value = given.get(name, str(field.default) if isinstance(field.default, str | int) else "")
        comment = "".join(f"# {line}\n" for line in (field.description or "").splitlines())
        parts.append(f"{comment}{name}={_quoted(value)}\n")
    return "\n".join(parts)


def _quoted(value: str) -> str:
    """A value as a `.env` file takes it. Raises UserFault for one that no such file can hold."""
    if re.fullmatch(r"[^\s'\"\\#$`]*", value):
        return value
    if not value.isprintable() or "'" in value or "\\" in value or "${" in value:
        raise UserFault("A setting may not hold a quotation mark ', a \\, ${ or a line break; choose another value")
    return f"'{value}'"


def is_web_address(url: str) -> bool:
    """https or http, a host, perhaps a port and a path; nothing after them."""
    try:
        parts = urlsplit(url)
        port_is_possible = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username)
    return parts.scheme in ("https", "http") and bool(parts.hostname) and plain and port_is_possible
