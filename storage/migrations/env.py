"""Alembic's door: runs migrations on the connection that storage.migrate hands over, inside its transaction.

A new migration, from the project's folder: `python -m storage.migrate "what it adds"`.
"""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.engine import Connection

from storage.columns import Instant, Json, Words
from storage.tables import metadata


def plain_types(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Migrations spell plain types, so that a later change of ours does not change what an old migration did."""
    if kind == "type":
        if isinstance(item, Instant):
            return "sa.DateTime(timezone=True)"
        if isinstance(item, Json):
            return "sa.JSON()"
        if isinstance(item, Words):
            return "sa.Text()"
    return False


connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError("Migrations run from code: call storage.migrate.upgrade(url).")
context.configure(
    connection=connection,
    target_metadata=metadata,
    compare_type=True,
    render_as_batch=True,
    render_item=plain_types,
    transactional_ddl=True,  # both databases can; SQLite because storage.engine begins the transaction itself
)
with context.begin_transaction():
    context.run_migrations()
