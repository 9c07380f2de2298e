"""Fixtures of more than one folder: a school's day, and passwords that cost nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from argon2 import PasswordHasher

from office.sign_in import proving
from tests.support.families import Person
from tests.support.school import School

QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""The same argon2id at its least cost. What a real hash costs is held in tests/whole/test_passwords.py."""
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


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are kept and checked as always, at the least cost: a real hash takes a fifth of a second each time."""
    monkeypatch.setattr(proving, "_hasher", QUICK_HASHER)
    proving._nobodys_hash.cache_clear()
