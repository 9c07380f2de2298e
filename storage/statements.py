"""Inserts that meet rows which are already there, in the one spelling that both databases compile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.sql.dml import ReturningInsert


def insert_new(table: sa.Table) -> Insert:
    """INSERT that leaves a row alone which is there already, whatever key it would break."""
    return insert(table).on_conflict_do_nothing()


def upsert(table: sa.Table, only: Iterable[str] | None = None) -> Insert:
    """INSERT, or set the other columns (or `only` these) of the row that has the same primary key."""
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    names = list(only) if only is not None else [column.name for column in table.c if column.name not in keys]
    return statement.on_conflict_do_update(index_elements=keys, set_={name: statement.excluded[name] for name in names})


def save_version(table: sa.Table) -> ReturningInsert[Any]:
    """INSERT, or replace a row that is there by the version after its own; RETURNING the keys of what was written.

    One statement for many rows: each decision was made on a version, and what somebody else has moved since is left
    as it is and not among the keys.
    """
    statement = insert(table)
    keys = list(table.primary_key)
    changes = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    return statement.on_conflict_do_update(
        index_elements=[key.name for key in keys],
        set_=changes,
        where=statement.excluded.version == table.c.version + 1,
    ).returning(*keys)
