"""`firstcall init`: `.env`, the tables, the school with its policy and sender numbers, and one administrator."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from attendance.calendar import CalendarFault
from attendance.paths import DataMissing, data_root
from attendance.policy import Policy, PolicyFault, calendar_of, load_policy, policy_path
from messaging.numbers import BadNumber, normal
from office.sign_in.proving import SHORTEST_PASSWORD, hash_password
from service.database import open_at, reach
from service.faults import UserFault
from service.settings import Settings, render
from service.settings_faults import check_for_serve
from storage import accounts, migrate, schools
from storage.accounts import Account
from storage.schools import SchoolRow

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


@dataclass(frozen=True)
class Wanted:
    """What the person who sets the school up has said. Empty: not said."""

    policy: str
    school: str = ""
    values: dict[str, str] = field(default_factory=dict)
    """Settings by variable."""
    email_from: str = ""
    username: str = "admin"
    password: str = ""


@dataclass(frozen=True)
class Done:
    """What was made, in lines; `password` where we made one; `open` is what `serve` still needs."""

    lines: tuple[str, ...]
    password: str = ""
    open: tuple[str, ...] = ()


def policy_choices(settings: Settings) -> dict[str, str]:
    """The policies to choose from: key to the school's name. One with faults is left out."""
    folder = (settings.policies_root or data_root()) / "schools"
    found = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = load_policy(path).name
        except PolicyFault:
            continue
    return found


def checked_policy(settings: Settings, key: str) -> Policy:
    """The policy, sound and with its calendar. Raises UserFault."""
    root = settings.policies_root
    try:
        policy = load_policy(policy_path(key, root))
        calendar_of(policy, root)
    except PolicyFault as fault:
        raise UserFault(fault.faults) from fault
    except (DataMissing, CalendarFault) as fault:
        raise UserFault(str(fault)) from fault
    return policy


def settings_values(wanted: Wanted) -> dict[str, str]:
    """The values to write: what was said, numbers in the providers' form, and a secret key of our own making."""
    values = {name: value.strip() for name, value in wanted.values.items() if value.strip()}
    if number := values.get("TWILIO_FROM"):
        try:
            values["TWILIO_FROM"] = normal(number)
        except BadNumber as fault:
            raise UserFault(f"TWILIO_FROM: {fault.advice}") from fault
    values.setdefault("FIRSTCALL_SECRET_KEY", secrets.token_urlsafe(48))
    return values


def write_env(path: Path, values: dict[str, str]) -> None:
    """Write `.env` so that only its owner can read it; whole or not at all. Raises UserFault."""
    text = render(values)
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    except OSError as error:
        raise UserFault(f"{path}: cannot be written ({error.strerror}); choose a folder that is yours") from error


def wrong_values(settings: Settings) -> list[str]:
    """What cannot be right (as opposed to what is still missing)."""
    return [line for line in check_for_serve(settings) if " is missing: " not in line]


async def make(settings: Settings, wanted: Wanted, policy: Policy, now: datetime) -> Done:
    """The tables, the school, its senders and the administrator. What is there already stays. Raises UserFault."""
    username, password, made = _administrator(wanted)
    school_id = wanted.school or policy.key
    lines = []
    async with open_at(settings) as database:
        await reach(database)
        await migrate.upgrade(database)
        async with database.begin() as db:
            held = await schools.get(db, school_id)
            if held is None:
                await schools.add(db, SchoolRow(school_id, policy.name, policy.key))
                lines.append(f"School {school_id} with the policy {policy.key} is in the database.")
            elif held.policy_key != policy.key:
                await schools.set_policy(db, school_id, policy.key, held.policy_override)
                lines.append(f"School {school_id} goes by the policy {policy.key} now, not {held.policy_key}.")
            else:
                lines.append(f"School {school_id} was there already.")
            for channel, address in (("sms", settings.twilio_sender), ("email", wanted.email_from)):
                if address:
                    await schools.add_sender(db, school_id, channel, address)
            known = await accounts.by_name(db, school_id, username)
            if known is None:
                await accounts.add(db, school_id, Account(username, hash_password(password), now))
                lines.append(f"Administrator {username} can sign in at {settings.board_url}.")
            else:
                made = ""
                lines.append(f"The account {username} was there already; its password stays.")
    missing = tuple(line for line in check_for_serve(settings) if " is missing: " in line)
    return Done(tuple(lines), made, missing)


def _administrator(wanted: Wanted) -> tuple[str, str, str]:
    """(username, password, the password again if it was made here)."""
    username = checked_username(wanted.username)
    if wanted.password:
        check_password(wanted.password)
        return username, wanted.password, ""
    made = secrets.token_urlsafe(12)
    return username, made, made


def checked_username(name: str) -> str:
    """The name of an account, in small letters. Raises UserFault."""
    name = name.strip().casefold()
    if not _NAME.fullmatch(name):
        raise UserFault("A user name has 2 to 64 small letters, digits and . _ @ -; choose another one")
    return name


def check_password(password: str) -> None:
    """Raises UserFault for one that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise UserFault(f"A password needs at least {SHORTEST_PASSWORD} characters; a few words in a row do well")
