"""A contact named as who harmed a child is asked and told nothing of it, on any day, until a person releases them."""

from __future__ import annotations

from datetime import timedelta

from office.desk import LinkWish
from service.staff.desk import OfficeDesk
from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY, School

NEXT_DAY = DAY + timedelta(days=1)


def desk_of(school: School) -> OfficeDesk:
    """Where staff act."""
    return OfficeDesk(school.world.runner, school.world.school_id)


async def test_words_that_wait_are_withdrawn_and_the_next_is_asked(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:14").provider_down("15m")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("chidi", "her mum hit her last night, I don't have her today")
    await school.at("09:40").nothing_heard()
    words = [row for row in await school.words_about("amina") if row.contact_id == "ngozi"]
    assert [row.state for row in words] == ["cancelled"]
    assert "ngozi" not in [to for to, _ in school.texts("amina")]


async def test_whoever_was_not_asked_after_all_is_not_waited_for(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:14").provider_down("15m")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:18").nothing_heard()
    await desk_of(school).decide_link("okoro", "amina", "ngozi", LinkWish(barred=True, note="Order of 12 October 2026"))
    case = await school.case("amina")
    assert [(one.contact, one.state) for one in case.attempts] == [("ngozi", "failed"), ("chidi", "queued")]


async def test_the_next_day_remembers_though_the_alert_is_over(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", "her dad hit her last night, Amina is on her way in")
    await school.at("08:30").staff("okoro").acknowledges("amina")
    for alert in await school.live_alerts():
        if alert.reason == "safeguarding":
            await desk_of(school).close_alert("okoro", alert.key)
    await school.at("09:15", NEXT_DAY).register_closes(without_reason=["amina"])
    await school.at("11:55", NEXT_DAY).nothing_heard()
    assert ("ngozi", "absence.ask") in school.texts("amina")
    assert "chidi" not in [to for to, _ in school.texts("amina")]


async def test_where_nobody_else_is_left_a_person_has_it_at_once(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("08:20").says("kelly", "my mum hit me last night. this is Ben on mums phone")
    await school.at("09:15").register_closes(without_reason=["ben"])
    await school.at("09:16").nothing_heard()
    assert not [to for to, template in school.texts("ben") if template.startswith("absence.ask")]
    assert school.alerted("no_contact", "ben")


async def test_released_they_are_asked_at_once_in_their_place(open_school: OpenSchool) -> None:
    school = await open_school(BEN)
    await school.at("08:20").says("kelly", "my mum hit me last night. this is Ben on mums phone")
    await school.at("09:15").register_closes(without_reason=["ben"])
    await school.at("09:30").nothing_heard()
    asked = await desk_of(school).release_contact("okoro", "ben", "kelly", "Spoke with Ben and with the police")
    await school.at("09:31").nothing_heard()
    assert asked == 1
    assert school.texts("ben")[-1] == ("kelly", "absence.ask")
    assert (await school.case("ben")).stage == "asked"


async def test_a_decision_of_a_person_holds_though_the_words_are_still_an_alert(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", "her dad hit her last night, Amina is on her way in")
    await desk_of(school).release_contact("okoro", "amina", "chidi", "A misreading: her brother, in play")
    await school.at("09:15", NEXT_DAY).register_closes(without_reason=["amina"])
    await school.at("11:55", NEXT_DAY).nothing_heard()
    assert ("chidi", "absence.ask") in school.texts("amina")


async def test_named_again_they_are_set_aside_again(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", "her dad hit her last night, Amina is on her way in")
    await desk_of(school).release_contact("okoro", "amina", "chidi", "A misreading: her brother, in play")
    await school.at("08:50", NEXT_DAY).says("ngozi", "her dad slapped her again this morning, she's coming")
    assert (await school.world.runner.school(school.world.school_id)).roll.is_set_aside("amina", "chidi")
