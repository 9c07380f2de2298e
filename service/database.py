"""The database that the settings name: opened, and seen to answer."""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy as sa

from service.faults import UserFault
from service.settings import Settings
from storage.engine import Database, DatabaseAddressFault, Inline, open_database


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
