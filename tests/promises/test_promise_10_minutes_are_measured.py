"""Promise 10. From register close to first attempt, to answer, to a person; and each morning the office hears of it."""

from __future__ import annotations

from datetime import datetime

from tests.support.families import AMINA, BEN, CALLUM
from tests.support.fixtures import OpenSchool


async def test_by_ten_minutes_after_the_first_round_the_office_hears_by_mail(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:24").nothing_heard()
    assert not _summaries(school.lines)
    await school.at("09:25").nothing_heard()
    (summary,) = _summaries(school.lines)
    assert (summary["to"], summary["channel"]) == ("reed", "email")
    assert "2 of 2 sent" in summary["because"]


async def test_what_did_not_leave_is_said(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM)
    await school.at("09:14").provider_down("60m")
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:25").nothing_heard()
    (summary,) = _summaries(school.lines)
    assert "0 of 2 sent" in summary["because"]
    assert "call sheet" in summary["because"]


async def test_what_is_held_is_said(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM, rules={"brake.usual": 1, "brake.more_than": 2})
    await school.at("09:15").register_closes(without_reason=["amina", "ben", "callum"])
    await school.at("09:25").nothing_heard()
    (summary,) = _summaries(school.lines)
    assert "3 held" in summary["because"]


async def test_a_quiet_morning_is_said_too(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes()
    await school.at("09:25").nothing_heard()
    assert len(_summaries(school.lines)) == 1


async def test_each_case_keeps_its_minutes(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:47").says("chidi", "Amina is ill today")
    case = await school.case("amina")
    assert f"{case.opened_at:%H:%M}" == "09:15"
    assert [(one.contact, f"{one.at:%H:%M}", one.state) for one in case.attempts] == [
        ("ngozi", "09:15", "left"),
        ("chidi", "09:45", "left"),
    ]
    stages = [(line["state"], datetime.fromisoformat(line["at"]).strftime("%H:%M")) for line in school.of_kind("case")]
    assert stages == [("asked", "09:15"), ("answered", "09:47")]


def _summaries(lines: list[dict[str, str]] | list[object]) -> list[dict[str, str]]:
    return [line for line in lines if isinstance(line, dict) and line.get("reason") == "morning_summary"]
