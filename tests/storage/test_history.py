"""Records before our register: kept by pupil and span, replaced where a span begins on the same day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from attendance.history import History
from storage import history
from storage.engine import Database
from tests.storage.conftest import OTHER_SCHOOL, SCHOOL

AUTUMN = History("mo", date(2026, 9, 2), date(2026, 10, 23), 60, {"I": 12, "U": 2})
LATER = History("mo", date(2026, 11, 2), date(2026, 11, 13), 20)
NINA = History("nina", date(2026, 9, 2), date(2026, 10, 23), 74)


async def test_spans_come_back_as_they_were_kept(peopled: Database) -> None:
    async with peopled.begin() as db:
        await history.put(db, SCHOOL, [LATER, NINA, AUTUMN])
        await history.put(db, SCHOOL, [])
        assert await history.of_pupils(db, SCHOOL, ["mo"]) == {"mo": [AUTUMN, LATER]}
        assert await history.of_pupils(db, SCHOOL, ["mo", "nina"]) == {"mo": [AUTUMN, LATER], "nina": [NINA]}
        assert await history.of_pupils(db, SCHOOL, []) == {}
        assert await history.of_pupils(db, OTHER_SCHOOL, ["mo"]) == {}


async def test_a_span_that_is_told_again_is_replaced(peopled: Database) -> None:
    async with peopled.begin() as db:
        await history.put(db, SCHOOL, [AUTUMN])
        await history.put(db, SCHOOL, [replace(AUTUMN, absent={"I": 14}, attended=60)])
        assert (await history.of_pupils(db, SCHOOL, ["mo"]))["mo"][0].absent == {"I": 14}


async def test_a_record_of_nobody_is_refused(peopled: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        async with peopled.begin() as db:
            await history.put(db, SCHOOL, [replace(AUTUMN, pupil="nobody")])
