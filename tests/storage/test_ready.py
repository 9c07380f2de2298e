"""Statements that the driver's cursor runs: they answer what SQLAlchemy answers, for every statement of storage/."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

import storage
from storage import inbox, journal, migrate, outbox, schools, tasks, timers
from storage.engine import Database, open_database
from storage.inbox import InboxRow
from storage.journal import Line
from storage.ready import Kept, is_kept, ready, sqlite_dialect
from storage.schools import SchoolRow
from storage.tables import school, timer
from storage.timers import Timer

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)


def statements() -> Iterator[tuple[str, Kept]]:
    """Every statement that a module of storage/ writes when it is read."""
    for place, path in (("", storage.__path__), ("outbox.", outbox.__path__)):
        for found in pkgutil.iter_modules(path):
            module = importlib.import_module(f"storage.{place}{found.name}")
            for name, value in vars(module).items():
                several = (
                    {f"{name}[{key}]": one for key, one in value.items()} if isinstance(value, dict) else {name: value}
                )
                for called, one in several.items():
                    if is_kept(one):
                        yield f"{place}{found.name}.{called}", one


KEPT = dict(statements())


@pytest.fixture(params=["inline", "threaded"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """One new file, opened in both ways."""
    url = await migrate.new_file(tmp_path / "one.db")
    async with open_database(url, inline=request.param == "inline") as opened:
        async with opened.begin() as db:
            await schools.add(db, SchoolRow("a", "A", "looe", {"x": [1]}, None))
        yield opened


def test_there_are_statements_to_look_at() -> None:
    assert len(KEPT) > 150


@pytest.mark.parametrize("name", KEPT)
def test_a_row_holds_what_sqlalchemy_says_it_holds(name: str) -> None:
    statement = KEPT[name]
    compiled = statement.compile(dialect=sqlite_dialect())
    assert isinstance(compiled, SQLCompiler)
    known = list(statement.exported_columns)
    assert len(known) == len(compiled._result_columns)
    for column, told in zip(known, compiled._result_columns, strict=True):
        assert type(column.type) is type(told.type)


async def test_rows_come_back_as_they_went_in(database: Database) -> None:
    row = InboxRow(
        "i-1", "sms", "SM1", "+447700900000", "+447700900001", "n\x00ot \ud83d in", NOW, raw={"form": [1, None]}
    )
    async with database.begin() as db:
        assert await inbox.put(db, row)
        assert not await inbox.put(db, row)
        assert await inbox.done(db, "i-1", "a", None, {"read": True}, NOW)
        assert not await inbox.done(db, "i-1", "a", None, None, NOW)
    async with database.read() as db:
        found = await inbox.get(db, "i-1")
    assert found is not None
    assert (found.text, found.raw, found.received_at) == ("n\ufffdot \ufffd in", {"form": [1, None]}, NOW)
    assert (found.understood, found.handled_at, found.contact_id) == ({"read": True}, NOW, None)


async def test_lists_of_every_length(database: Database) -> None:
    async with database.begin() as db:
        await timers.put(db, "a", [Timer("k", str(number), NOW, {"n": number}) for number in range(5)])
        await journal.append(db, "a", [Line(NOW, "x", {"n": n}, pupils=tuple("pq"[:n])) for n in range(3)])
        assert [line.pupils for line in await journal.since(db, "a", 0)] == [(), ("p",), ("p", "q")]
        assert await tasks.of_keys(db, "a", []) == []
        for wanted in ([], ["x"], ["x", "y"]):
            found = await journal.of_kinds(db, "a", NOW, NOW.replace(hour=10), wanted)
            assert [line.data["n"] for line in found] == ([0, 1, 2] if wanted else [])
        assert [one.key for one in await timers.take_due(db, "a", NOW)] == list("01234")


async def test_words_are_queued_one_or_many_and_once(database: Database) -> None:
    def row(number: int) -> outbox.OutboxRow:
        return outbox.OutboxRow(f"m{number}", f"key{number}", "sms", "+447700900001", "t", "words", NOW, NOW)

    async with database.begin() as db:
        assert len(await outbox.add(db, "a", [row(1)])) == 1
        assert [one.message_id for one in await outbox.add(db, "a", [row(1), row(2), row(3)])] == ["m2", "m3"]
        moved = await outbox.accept(db, "a", {"m1": "SM1", "m3": "SM3"}, NOW)
        assert moved == {"m1", "m3"}
        assert await outbox.record(db, "a", "m1", "queued") is None
        many = await outbox.add(db, "a", [row(number) for number in range(40)])
        assert [one.message_id for one in many] == ["m0", *(f"m{number}" for number in range(4, 40))]


async def test_results_have_the_faces_that_are_asked_for(database: Database) -> None:
    async with database.begin() as db:
        await timers.put(db, "a", [Timer("k", "1", NOW, {}), Timer("k", "2", NOW, {})])
        both = sa.select(timer.c.key, timer.c.due_at).order_by(timer.c.key)
        assert [(row.key, row.due_at) for row in await db.execute(both)] == [("1", NOW), ("2", NOW)]
        assert list((await db.execute(both)).scalars()) == ["1", "2"]
        assert (await db.execute(both)).mappings().all()[1]["key"] == "2"
        first = (await db.execute(both)).first()
        assert first is not None
        assert first._mapping["key"] == "1"
        with pytest.raises(sa.exc.MultipleResultsFound):
            (await db.execute(both)).mappings().one_or_none()
        with pytest.raises(sa.exc.NoResultFound):
            (await db.execute(both.where(timer.c.key == "3"))).mappings().one()
        counted = await db.execute(sa.update(timer).values(kind="new"))
        assert counted.rowcount == 2


async def test_what_the_database_refuses_is_said_without_anybody_s_words(database: Database) -> None:
    async with database.begin() as db:
        with pytest.raises(sa.exc.IntegrityError) as refused:
            await schools.add(db, SchoolRow("a", "Somebody's words", "looe", {}, None))
    assert "Somebody" not in str(refused.value)


async def test_a_statement_that_nobody_holds_is_let_go_of(database: Database) -> None:
    statement = sa.select(school.c.name).where(school.c.school_id.in_(["a", "b"]))
    async with database.read() as db:
        assert (await db.execute(statement)).scalar_one() == "A"
    gone = weakref.ref(statement)
    del statement
    gc.collect()
    assert gone() is None


def test_text_is_left_to_sqlalchemy() -> None:
    assert ready(sa.text("SELECT 1"), None) is None
    assert ready(sa.insert(school), []) is None
