"""Column types that both databases keep alike: instants, JSON, and words that other people wrote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class NaiveInstant(ValueError):
    """A time without a zone was handed to the database; hand it an aware one."""


class Instant(TypeDecorator[datetime]):
    """A point in time: aware going in, aware UTC coming out. On SQLite it is text that sorts as time does."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the database. Raises NaiveInstant."""
        return None if value is None else _in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """On SQLite straight to the text: the longest part of many statements was their times."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """On SQLite straight from the text."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None or value.utcoffset() is None:
        raise NaiveInstant(f"{value!r} has no time zone; hand over an aware instant (UTC).")
    return value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    """As SQLAlchemy's own type writes it, with six places after the second always."""
    return None if value is None else _in_utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text that somebody else wrote. What no database can hold (NUL, half a surrogate pair) becomes U+FFFD."""

    impl = sa.Text()
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Text that both databases take."""
        return None if value is None else storable(value)


class Json(TypeDecorator[Any]):
    """A JSON value; None is SQL NULL.

    PostgreSQL's plain `json`, not `jsonb`: it keeps the order of keys and takes every escape that a provider sends
    (`jsonb` refuses U+0000 and half surrogates). Nothing is searched for inside it.
    """

    impl = sa.JSON(none_as_null=True)
    cache_ok = True


def storable(text: str) -> str:
    """`text` with NUL and half surrogates replaced by U+FFFD."""
    if "\x00" not in text and text.isascii():
        return text
    return "".join("�" if character == "\x00" or "\ud800" <= character <= "\udfff" else character for character in text)
