"""The fixture of the tests that live through a school's day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from tests.support.families import Person
from tests.support.school import School

OpenSchool = Callable[..., Awaitable[School]]


@pytest.fixture
async def open_school() -> AsyncIterator[OpenSchool]:
    """Opens schools; at the end each day is held against the rules for every run, and its database is removed."""
    opened: list[School] = []

    async def open_one(*children: Person, **more: Any) -> School:
        school = await School.open(children, **more)
        opened.append(school)
        return school

    yield open_one
    broken: list[str] = []
    for school in opened:
        broken += school.broken_rules()
        await school.close()
    assert not broken, "\n".join(broken)
