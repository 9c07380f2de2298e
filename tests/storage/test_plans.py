"""What a statement of storage/ costs does not grow with the years: rows are found by an index of more than the school.

SQLite knows nothing of how many rows a school has and takes it for ten; so each statement is asked how it is run.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.sql.compiler import SQLCompiler

from storage import migrate
from storage.ready import Kept, sqlite_dialect
from tests.storage.test_ready import KEPT

GROWS = "absence alert amendment audit case_ entry inbox journal journal_pupil leave_request outbox outbox_pupil "
GROWS += "receipt task thread"
"""Tables that have more rows every day."""

MAY = {
    "absences._live": "only ever run with more conditions",
    "alerts._columns": "only ever run with more conditions",
    "audit._actions": "a person opens the audit",
    "cases._columns": "only ever run with more conditions",
    "journal._joined": "only ever run with more conditions",
    "leave._all": "only ever run with more conditions",
    "leave._covering": "a school has a few hundred requests a year",
    "leave._open": "a school has a few hundred requests a year",
    "leave._recent": "a school has a few hundred requests a year",
    "leavers._lonely": "once a night, when people were let go of",
    "outbox.finding._with_key": "once a session, for its summary",
    "tasks._all": "only ever run with more conditions",
    "tasks._ever_under": "stages of absence, once a look at them",
    "threads._owned": "a person opens the page of messages",
    **{
        f"retention.{statement}": "once a night, a bounded number of rows"
        for statement in (
            "_BLANKING[messages in]",
            "_BLANKING[messages out]",
            "_BLANKING[tasks]",
            "_GONE[absences]",
            "_GONE[alerts over]",
            "_GONE[amendments]",
            "_GONE[leave requests]",
            "_GONE[messages in]",
            "_GONE[messages out]",
            "_GONE[tasks done]",
        )
    },
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("plans") / "empty.db"
    asyncio.run(migrate.new_file(file))
    return file


def plan(file: Path, statement: Kept) -> list[str]:
    """How SQLite runs it, step by step."""
    compiled = statement.compile(dialect=sqlite_dialect())
    assert isinstance(compiled, SQLCompiler)
    lists = {compiled.bind_names[bind] for bind in compiled.post_compile_params}
    state = compiled.construct_expanded_state({name: ["a"] if name in lists else None for name in compiled.params})
    with sqlite3.connect(file) as db:
        steps = db.execute(f"EXPLAIN QUERY PLAN {state.statement}", [None] * len(state.positiontup or ()))
        return [step[3] for step in steps]


def goes_through_all(steps: list[str]) -> Iterator[str]:
    """The steps that read every row that a school has in a table that grows."""
    for step in steps:
        named = re.match(r"(?:SCAN|SEARCH) (\w+)", step)
        if named and named[1] in GROWS.split() and (step.startswith("SCAN") or "(school_id=?)" in step):
            yield step


@pytest.mark.parametrize("name", sorted(KEPT.keys() - MAY.keys()))
def test_rows_are_found_and_not_searched_for(empty: Path, name: str) -> None:
    assert list(goes_through_all(plan(empty, KEPT[name]))) == []


@pytest.mark.parametrize("name", sorted(MAY))
def test_what_may_is_still_there_and_still_does(empty: Path, name: str) -> None:
    assert list(goes_through_all(plan(empty, KEPT[name])))


def test_either_of_two_is_not_answered_by_everybodys(empty: Path) -> None:
    steps = plan(empty, KEPT["absences._of_pupils"])
    assert all("pupil_id=?" in step for step in steps if "SEARCH" in step)


def test_a_pupil_s_marks_are_not_looked_for_among_everybodys(empty: Path) -> None:
    for name in ("register._between_of_pupils", "register._day_of_pupils", "outbox.finding._queued_of_pupil"):
        assert "pupil_id=?" in plan(empty, KEPT[name])[0]


def test_it_would_be_noticed() -> None:
    assert list(goes_through_all(["SCAN outbox", "SEARCH journal USING INDEX x (school_id=?)", "SCAN school"])) == [
        "SCAN outbox",
        "SEARCH journal USING INDEX x (school_id=?)",
    ]
