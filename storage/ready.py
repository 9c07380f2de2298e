"""Statements made ready for SQLite once: their text, and how each value goes in and comes out.

A statement of storage/ is written once, when its module is read, and run thousands of times a morning. SQLAlchemy's own
way around one costs several times what SQLite needs for it. Here SQLAlchemy still writes the text and converts every
value, and the driver's cursor runs it. What this cannot do (DDL, text) is left to SQLAlchemy; so is all of PostgreSQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeGuard
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlalchemy.sql.selectable import CompoundSelect, FromClause, Select

Converter = Callable[[Any], Any]
Kept = Select[Any] | CompoundSelect[Any] | Insert | Update | Delete
Values = Mapping[str, Any]

MOST_SHAPES = 64
"""So many texts of one statement are kept, one for each number of things in its lists."""


class Compiler(SQLiteCompiler):
    """SQLite's SQL with the index that a statement names (`with_hint`), which SQLAlchemy leaves out for SQLite.

    SQLite knows nothing of how many rows there are, takes a school for ten, and goes through all of them.
    """

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        """What stands behind the table's name."""
        return text


@cache
def sqlite_dialect() -> Dialect:
    """The dialect of all files of this process, told what this SQLite can do."""
    engine = sa.create_engine("sqlite+pysqlite://")
    engine.connect().close()
    engine.dispose()
    engine.dialect.statement_compiler = Compiler
    return engine.dialect


@dataclass(frozen=True, slots=True)
class Text:
    """SQL, and the names of what its question marks stand for, in order; each of `lists` fills several in a row.

    `convert`: by place, for the values that do not go in as they are.
    """

    sql: str
    names: tuple[str, ...]
    lists: frozenset[str]
    convert: tuple[tuple[int, Converter], ...]

    def of(self, values: Values) -> list[Any]:
        """What stands at the question marks."""
        found: list[Any]
        if self.lists:
            found = []
            for name in self.names:
                found += values[name] if name in self.lists else (values[name],)
        else:
            found = [values[name] for name in self.names]
        for place, convert in self.convert:
            found[place] = convert(found[place])
        return found


@dataclass(slots=True)
class Ready:
    """One statement as it is run with values of these names. `fixed`: the values that stand in the statement itself.

    It holds nothing of the statement, which would otherwise never be let go of.
    """

    fixed: Values
    lists: tuple[str, ...]
    keys: tuple[str, ...]
    """Names of what a row holds; without any no rows come back."""
    out: tuple[tuple[int, Converter], ...]
    """By place, for the values that do not come out as they are."""
    meta: SimpleResultMetaData
    texts: dict[tuple[int, ...], Text] = field(default_factory=dict)

    def found(self, rows: Sequence[tuple[Any, ...]], count: int) -> Found:
        """What came back, each value as its column's type has it."""
        if self.out and rows:
            rows = [self._row(row) for row in rows]
        return Found(self.meta, self.keys, rows, count)

    def _row(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, convert in self.out:
            values[place] = convert(values[place])
        return tuple(values)


@dataclass(frozen=True, slots=True)
class Run:
    """SQL with its values, for one row or for several; `of` says what comes back."""

    of: Ready
    sql: str
    rows: list[list[Any]]

    def by(self, cursor: sqlite3.Cursor) -> Found:
        """Run it in the caller's own thread. Raises what SQLAlchemy would raise."""
        found: list[tuple[Any, ...]] = []
        try:
            if self.of.keys:
                found = [row for values in self.rows for row in cursor.execute(self.sql, values)]
            elif len(self.rows) == 1:
                cursor.execute(self.sql, self.rows[0])
            else:
                cursor.executemany(self.sql, self.rows)
        except sqlite3.Error as error:
            raise refused(error, self.sql) from error
        return self.of.found(found, cursor.rowcount)


class Records(list[dict[str, Any]]):
    """Rows by the names of their columns."""

    def all(self) -> Records:
        """Every row."""
        return self

    def first(self) -> dict[str, Any] | None:
        """The first row, or None."""
        return self[0] if self else None

    def one_or_none(self) -> dict[str, Any] | None:
        """The only row, or None. Raises MultipleResultsFound."""
        if len(self) > 1:
            raise sa.exc.MultipleResultsFound("Multiple rows were found when one or none was required")
        return self.first()

    def one(self) -> dict[str, Any]:
        """The only row. Raises NoResultFound, MultipleResultsFound."""
        found = self.one_or_none()
        if found is None:
            raise sa.exc.NoResultFound("No row was found when one was required")
        return found


class Found(IteratorResult[Any]):
    """What a statement answered: SQLAlchemy's result of rows that are all here, and how many rows were changed."""

    def __init__(
        self, meta: SimpleResultMetaData, keys: Sequence[str], rows: Sequence[tuple[Any, ...]], count: int
    ) -> None:
        super().__init__(meta, iter(rows))
        self._names, self._rows = keys, rows
        self.rowcount = count

    def mappings(self) -> Records:  # type: ignore[override]  # plain dicts: what is asked of them here is the same
        """The rows by the names of their columns."""
        names = self._names
        return Records([dict(zip(names, row, strict=True)) for row in self._rows])


_ready: WeakKeyDictionary[Kept, dict[tuple[str, ...], Ready | None]] = WeakKeyDictionary()
"""By statement and the names of its values; gone when nobody holds the statement any more."""


def is_kept(statement: Any) -> TypeGuard[Kept]:
    """True for what can be made ready."""
    return isinstance(statement, (Select, Insert, Update, Delete, CompoundSelect))


def ready(statement: Any, parameters: Any) -> Run | None:
    """The statement with its values, ready to be run; None where SQLAlchemy has to do it."""
    rows: list[Values] = parameters if isinstance(parameters, list) else [parameters or {}]
    if not rows:
        return None
    of = _ready_for(statement, rows[0])
    if of is None or (len(rows) > 1 and of.lists):
        return None
    if of.fixed:
        rows = [{**of.fixed, **row} for row in rows]
    shape = tuple([len(rows[0][name]) for name in of.lists])
    text = of.texts.get(shape)
    if text is None:
        if len(of.texts) >= MOST_SHAPES:
            of.texts.clear()
        text = of.texts[shape] = _text(_compiled(statement, rows[0]), rows[0])
    return Run(of, text.sql, [text.of(row) for row in rows])


def refused(error: sqlite3.Error, sql: str) -> BaseException:
    """The driver's error as SQLAlchemy names it; without the values, which may be somebody's name or words."""
    return sa.exc.DBAPIError.instance(sql, None, error, sqlite3.Error, hide_parameters=True, dialect=sqlite_dialect())


def _ready_for(statement: Any, values: Values) -> Ready | None:
    known = _ready.get(statement)
    if known is None:
        if not is_kept(statement):
            return None
        known = _ready[statement] = {}
    names = tuple(values)
    if names not in known:
        known[names] = _made(statement, values)
    return known[names]


def _compiled(statement: Kept, values: Values) -> SQLCompiler:
    """Inserts as for many rows: then no rowid is asked for, which nobody needs."""
    many = isinstance(statement, Insert) and not _answers(statement)
    compiled = statement.compile(dialect=sqlite_dialect(), column_keys=list(values), for_executemany=many)
    assert isinstance(compiled, SQLCompiler)
    return compiled


def _made(statement: Kept, values: Values) -> Ready | None:
    compiled = _compiled(statement, values)
    if compiled.literal_execute_params or compiled.insert_prefetch or compiled.update_prefetch:
        return None
    filled = compiled.construct_params({name: value for name, value in values.items() if name in compiled.binds})
    lists = tuple(compiled.bind_names[bind] for bind in compiled.post_compile_params)
    if any(isinstance(one, (tuple, list)) for name in lists for one in filled[name]):
        return None
    fixed = {name: value for name, value in filled.items() if name not in values}
    keys = _answers(statement)
    out = [(place, out) for place, column in enumerate(statement.exported_columns) if (out := _converter_out(column))]
    return Ready(fixed, lists, keys, tuple(out), SimpleResultMetaData(keys))


def _answers(statement: Kept) -> tuple[str, ...]:
    """Names of what a row of the answer holds."""
    return tuple(str(key) for key, _ in statement.exported_columns.items())


def _converter_out(column: sa.ColumnElement[Any]) -> Converter | None:
    return column.type.dialect_impl(sqlite_dialect()).result_processor(sqlite_dialect(), None)


def _text(compiled: SQLCompiler, values: Values) -> Text:
    state = compiled.construct_expanded_state({name: value for name, value in values.items() if name in compiled.binds})
    origin = {one: name for name, ones in state.parameter_expansion.items() for one in ones}
    first = {ones[0]: name for name, ones in state.parameter_expansion.items() if ones}
    names, convert = [], []
    for place, one in enumerate(state.positiontup or ()):
        if one not in origin or one in first:
            names.append(origin.get(one, one))
        if into := _converter_in(compiled.binds[origin.get(one, one)]):
            convert.append((place, into))
    return Text(state.statement, tuple(names), frozenset(origin.values()), tuple(convert))


def _converter_in(bind: sa.BindParameter[Any]) -> Converter | None:
    return bind.type.dialect_impl(sqlite_dialect()).bind_processor(sqlite_dialect())
