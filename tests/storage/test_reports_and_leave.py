"""Reports and leave: what reaches into a day is found, a repeat changes nothing, a stale decision is not written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from attendance.absences import Absence
from attendance.leave import LeaveRequest
from storage import absences, leave
from storage.engine import Database
from tests.storage.conftest import OTHER_SCHOOL, SCHOOL

NOW = datetime(2026, 9, 10, 7, 30, tzinfo=UTC)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 9, day) for day in (8, 9, 10, 11))

TODAY = Absence("a1", "mo", THURSDAY, "I", NOW, contact="mo-mum", message="i1")
DENTIST = Absence("a2", "nina", THURSDAY, "M", NOW + timedelta(minutes=1), THURSDAY, "am", time(11, 0), time(9, 30))
SINCE_TUESDAY = Absence("a3", "mo", TUESDAY, "I", NOW - timedelta(days=2), FRIDAY)


async def test_reports_come_back_as_they_were_recorded(peopled: Database) -> None:
    async with peopled.begin() as db:
        await absences.add(db, SCHOOL, [TODAY, DENTIST, SINCE_TUESDAY])
        await absences.add(db, SCHOOL, [replace(TODAY, code="M")])  # recorded twice: the first stands
        await absences.add(db, SCHOOL, [])
        assert await absences.of_pupils(db, SCHOOL, ["mo", "nina"], TUESDAY) == [SINCE_TUESDAY, TODAY, DENTIST]
        assert await absences.of_pupils(db, SCHOOL, ["nina"], TUESDAY) == [DENTIST]
        assert await absences.of_pupils(db, SCHOOL, [], TUESDAY) == []
        assert await absences.of_pupils(db, OTHER_SCHOOL, ["mo"], TUESDAY) == []


@pytest.mark.parametrize(
    ("since", "found"), [(THURSDAY, ["a3", "a1", "a2"]), (FRIDAY, []), (WEDNESDAY, ["a3", "a1", "a2"])]
)
async def test_reports_that_reach_into_the_time_asked_about_are_found(
    peopled: Database, since: date, found: list[str]
) -> None:
    async with peopled.begin() as db:
        await absences.add(db, SCHOOL, [TODAY, DENTIST, SINCE_TUESDAY])
        assert [one.id for one in await absences.of_pupils(db, SCHOOL, ["mo", "nina"], since)] == found


async def test_only_live_reports_that_could_cover_the_day_are_found(peopled: Database) -> None:
    days = (TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)
    async with peopled.begin() as db:
        await absences.add(db, SCHOOL, [TODAY, DENTIST, SINCE_TUESDAY])
        covering = [[one.id for one in await absences.covering(db, SCHOOL, day)] for day in days]
        assert covering == [["a3"], ["a3"], ["a3", "a1", "a2"], []]
        await absences.set_state(db, SCHOOL, ["a1", "a3"], "replaced")
        await absences.set_state(db, SCHOOL, ["a2"], "confirmed")
        await absences.set_state(db, SCHOOL, [], "cancelled")
        assert await absences.covering(db, SCHOOL, THURSDAY) == [replace(DENTIST, state="confirmed")]
        assert await absences.covering(db, SCHOOL, THURSDAY, [DENTIST.pupil]) == [replace(DENTIST, state="confirmed")]
        assert await absences.covering(db, SCHOOL, THURSDAY, ["nobody"]) == []
        assert await absences.covering(db, OTHER_SCHOOL, THURSDAY) == []


async def test_a_report_about_somebody_unknown_is_refused(peopled: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        async with peopled.begin() as db:
            await absences.add(db, SCHOOL, [replace(TODAY, pupil="nobody")])


FUNERAL = LeaveRequest("l1", "mo", THURSDAY, FRIDAY, "C", NOW, "mo-mum", "i1", flags=("exam",), notice_days=2)


async def test_leave_is_granted_on_the_version_that_was_seen(peopled: Database) -> None:
    granted = replace(
        FUNERAL, state="granted", decided_by="Ada Bell, Headteacher", decided_at=NOW, reason="grandfather", version=1
    )
    async with peopled.begin() as db:
        await leave.add(db, SCHOOL, FUNERAL)
        await leave.add(db, SCHOOL, replace(FUNERAL, code="G"))
        assert await leave.get(db, SCHOOL, "l1") == FUNERAL
        assert await leave.open(db, SCHOOL) == [FUNERAL]
        assert await leave.granted_on(db, SCHOOL, THURSDAY) == []
        assert await leave.save(db, SCHOOL, granted, FUNERAL.version)
        assert not await leave.save(db, SCHOOL, replace(FUNERAL, state="refused"), FUNERAL.version)
        assert await leave.get(db, SCHOOL, "l1") == granted
        assert await leave.open(db, SCHOOL) == []
        assert await leave.granted_on(db, SCHOOL, THURSDAY) == [granted]
        assert await leave.granted_on(db, SCHOOL, FRIDAY) == []
        assert await leave.granted_on(db, SCHOOL, WEDNESDAY) == []
        assert await leave.get(db, OTHER_SCHOOL, "l1") is None


async def test_the_newest_request_of_a_pupil(peopled: Database) -> None:
    later = replace(FUNERAL, id="l2", asked_at=NOW + timedelta(hours=1), state="withdrawn")
    async with peopled.begin() as db:
        assert await leave.newest(db, SCHOOL, "mo") is None
        await leave.add(db, SCHOOL, later)
        await leave.add(db, SCHOOL, FUNERAL)
        assert await leave.newest(db, SCHOOL, "mo") == later
        assert await leave.of_pupil(db, SCHOOL, "mo") == [later, FUNERAL]
