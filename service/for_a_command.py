"""What a command needs of the service: the database of the settings, one school, and a runner that sends nothing.

Words that a command decides on are queued; the running service sends them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from messaging.channel import Channel
from messaging.channels.simulator import Simulator
from messaging.wording import wording
from service.channels import hears
from service.clock import SystemClock
from service.database import open_at, reach
from service.faults import UserFault
from service.runner import Runner
from service.settings import Settings, load
from storage import migrate, schools
from storage.engine import Database


@asynccontextmanager
async def opened(school: str = "", settings: Settings | None = None) -> AsyncIterator[tuple[Runner, str]]:
    """A runner on the database of the settings, and the school: the named one or the only one. Raises UserFault."""
    settings = settings or load()
    async with open_at(settings) as database:
        school_id = await _school(database, school)
        names = ["sms", *(["email"] if settings.smtp_url.get_secret_value() else [])]
        names += ["telegram"] if settings.telegram_bot else []
        channels: dict[str, Channel] = {name: Simulator(name) for name in names}
        root, answered = settings.policies_root, hears(settings)
        yield (
            Runner(database, SystemClock(), channels, wording(), settings.board_url, root, hears=answered),
            school_id,
        )


async def _school(database: Database, wanted: str) -> str:
    if database.is_sqlite and not _is_there(database):
        raise UserFault(f"There is no database {database.url.database}; run `firstcall init` first, in this folder")
    await reach(database)
    if not await migrate.is_current(database):
        await migrate.upgrade(database)
    async with database.read() as db:
        ids = await schools.ids(db)
    if wanted in ids:
        return wanted
    if not ids:
        raise UserFault("There is no school in the database yet; run `firstcall init` first")
    if wanted:
        raise UserFault(f"There is no school {wanted} in the database; it has {', '.join(ids)}")
    if len(ids) > 1:
        raise UserFault(f"The database has several schools; add --school with one of {', '.join(ids)}")
    return ids[0]


def _is_there(database: Database) -> bool:
    name = database.url.database
    return name in (None, "", ":memory:") or Path(str(name)).is_file()
