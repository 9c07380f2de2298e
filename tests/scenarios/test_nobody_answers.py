"""Mornings on which nobody answers: a named person at the deadline, who has it, or does not, or does nothing more."""

from __future__ import annotations

from tests.support.families import AMINA, BEN, STAFF, child
from tests.support.fixtures import OpenSchool


async def test_nobody_until_the_deadline_then_staff_who_acknowledge_and_settle(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("11:59").nothing_heard()
    assert school.texts() == [("ngozi", "absence.ask"), ("chidi", "absence.ask")]
    assert school.alerts() == []
    await school.at("12:00").nothing_heard()
    assert school.alerts() == [("reed", "not_reached")]
    assert school.state("amina") == "handed_over"
    await school.at("12:06").staff("reed").acknowledges("amina")
    assert [line["by"] for line in school.of_kind("acknowledged", "amina")] == ["reed"]
    await school.at("12:25").staff("reed").settles("amina", "answered_ill")
    assert school.state("amina") == "settled"
    await school.at("13:30").nothing_heard()
    assert school.alerts() == [("reed", "not_reached")]


async def test_not_acknowledged_it_climbs_and_then_goes_to_everybody_again_and_again(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("12:59").nothing_heard()
    assert school.alerted("not_reached") == [
        ("12:00", "reed"),
        ("12:15", "okoro"),
        ("12:30", "hart"),
        ("12:45", "reed"),
        ("12:45", "okoro"),
        ("12:45", "hart"),
    ]
    await school.at("13:01").staff("hart").acknowledges("amina")
    told = len(school.alerts())
    await school.at("13:30").nothing_heard()
    assert len(school.alerts()) == told


async def test_acknowledged_and_not_followed_up_it_climbs_again(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("12:05").staff("reed").acknowledges("amina")
    await school.at("13:04").nothing_heard()
    assert school.alerts() == [("reed", "not_reached")]
    await school.at("13:40").nothing_heard()
    assert school.alerted("not_settled") == [
        ("13:05", "okoro"),
        ("13:20", "hart"),
        *(("13:35", everybody) for everybody in ("reed", "okoro", "hart")),
    ]


async def test_whoever_is_away_is_passed_over(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:30").staff("reed").is_away()
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("12:00").nothing_heard()
    assert school.alerted("not_reached") == [("12:00", "okoro")]


async def test_everybody_of_the_ladder_is_away_somebody_hears_all_the_same(open_school: OpenSchool) -> None:
    clerk = {"id": "lane", "name": "Mr Lane", "position": "Clerk", "roles": ["office"], "email": "lane@school.example"}
    school = await open_school(AMINA, staff=[*({**one, "away": True} for one in STAFF), clerk])
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("12:00").nothing_heard()
    assert school.alerted("not_reached") == [("12:00", "lane")]


async def test_nobody_can_be_written_to_a_person_has_it_at_the_close(open_school: OpenSchool) -> None:
    rose = {"id": "rose", "name": "Rose Pike", "relation": "mother", "landline": "+447700900044"}
    school = await open_school(child("tom", "Tom Pike", "rose"), adults=[rose])
    await school.at("09:15").register_closes(without_reason=["tom"])
    assert school.texts() == []
    assert school.alerted("no_contact", "tom") == [("09:15", "reed")]
    assert school.state("tom") == "handed_over"


async def test_a_dead_number_makes_the_next_step_sooner(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:16:30").receipt("ngozi", "undelivered", "30005")
    assert school.texts() == [("ngozi", "absence.ask"), ("chidi", "absence.ask")]
    assert school.alerted("number_bad", "amina") == [("09:16", "reed")]
    assert "correct_number" in school.tasks("amina")
    await school.at("10:30").nothing_heard()
    assert len(school.texts()) == 2


async def test_delivered_is_never_seen(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:16").receipt("ngozi", "delivered")
    await school.at("09:45").nothing_heard()
    assert school.texts()[1:] == [("chidi", "absence.ask")]
    await school.at("12:00").nothing_heard()
    assert school.alerted("not_reached") == [("12:00", "reed")]
