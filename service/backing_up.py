"""A copy of the database that can be put in its place: online for SQLite, by pg_dump for PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from service.faults import UserFault
from service.settings import Settings
from storage.engine import DatabaseAddressFault, normal_url


def back_up(settings: Settings, file: Path) -> str:
    """Copy the database of the settings to `file` while others use it, check the copy, and say so. Raises UserFault."""
    try:
        url = normal_url(settings.database_url)
    except DatabaseAddressFault as fault:
        raise UserFault(str(fault)) from fault
    if url.get_backend_name() == "postgresql":
        where = URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()
        raise UserFault(f"This database is PostgreSQL; copy it with: pg_dump --format=custom --file={file} '{where}'")
    source = Path(url.database or "")
    if not source.is_file():
        raise UserFault(f"There is no database {url.database}; run `firstcall init` first, in this folder")
    if file.exists():
        raise UserFault(f"{file} is there already; name a new file, so that no older copy is lost")
    beside = file.with_name(f"{file.name}.new")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        _copy(source, beside)
        beside.replace(file)
    except (OSError, sqlite3.Error) as error:
        beside.unlink(missing_ok=True)
        raise UserFault(f"{file}: the copy failed ({error}); choose a folder that is yours and has room") from error
    size = file.stat().st_size / 1e6
    return f"{file}: {size:.1f} MB, checked. To restore, stop the service and put it in place of {source}."


def _copy(source: Path, target: Path) -> None:
    address = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        if (found := new.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(found)
