"""Alerts to staff: one row each, the whole state as JSON, guarded by its version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.ladder import Alert
from storage import codec
from storage.statements import insert_new, save_version
from storage.tables import alert

_of_school = alert.c.school_id == sa.bindparam("school")
_columns = (
    sa.select(sa.cast(alert.c.state, sa.Text).label("state"), alert.c.version)
    .where(_of_school)
    .order_by(alert.c.opened_at, alert.c.alert_key)
)
_get = _columns.where(alert.c.alert_key == sa.bindparam("of_key"))
_live = _columns.where(alert.c.live)
_of_keys = _columns.where(alert.c.alert_key.in_(sa.bindparam("keys", expanding=True)))
_add = insert_new(alert).returning(alert.c.alert_key)
_save = save_version(alert)


async def get(db: AsyncConnection, school_id: str, key: str) -> Alert | None:
    """One alert, or None."""
    row = (await db.execute(_get, {"school": school_id, "of_key": key})).mappings().one_or_none()
    return None if row is None else _alert(row)


async def live(db: AsyncConnection, school_id: str) -> list[Alert]:
    """The alerts that somebody must still see to, oldest first."""
    return [_alert(row) for row in (await db.execute(_live, {"school": school_id})).mappings().all()]


async def of_keys(db: AsyncConnection, school_id: str, keys: Iterable[str]) -> list[Alert]:
    """These alerts, as far as they exist."""
    return [
        _alert(row) for row in (await db.execute(_of_keys, {"school": school_id, "keys": list(keys)})).mappings().all()
    ]


async def add(db: AsyncConnection, school_id: str, alerts: Iterable[Alert]) -> list[Alert]:
    """New alerts. Answers those that were not there before: their words are still to be written."""
    new = {one.key: one for one in alerts}
    if not new:
        return []
    added = set((await db.execute(_add, [_row(school_id, one, one.version) for one in new.values()])).scalars())
    return [one for key, one in new.items() if key in added]


async def save(db: AsyncConnection, school_id: str, alerts: Iterable[Alert]) -> list[Alert]:
    """Write decisions, each made on the alert's `version`, as the version after it, in one statement.

    Answers those that were not written, because somebody was quicker.
    """
    decided = list(alerts)
    if not decided:
        return []
    rows = await db.execute(_save, [_row(school_id, one, one.version + 1) for one in decided])
    written = {row.alert_key for row in rows}
    return [one for one in decided if one.key not in written]


def saved(one: Alert) -> Alert:
    """The alert as it is read again after `save` wrote it."""
    return replace(one, version=one.version + 1)


def _row(school_id: str, one: Alert, version: int) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "alert_key": one.key,
        "reason": one.reason,
        "live": one.live,
        "opened_at": one.opened_at,
        "state": codec.dump(one),
        "version": version,
    }


def _alert(row: RowMapping) -> Alert:
    return codec.load_version(Alert, row["state"], row["version"])
