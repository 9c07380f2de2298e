"""Promise 1. Within 60 seconds each N has a first message on its way, or a named member of staff knows of it."""

from __future__ import annotations

from tests.support.families import AMINA, BEN, CALLUM, adult, child
from tests.support.fixtures import OpenSchool


async def test_every_n_at_the_close_has_its_text_in_the_same_minute(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM)
    await school.at("09:15").register_closes(without_reason=["amina", "ben", "callum"])
    left = {(line["to"], line["at"][11:16]) for line in school.of_kind("sent")}
    assert left == {("ngozi", "09:15"), ("kelly", "09:15"), ("fiona", "09:15")}


async def test_a_blank_or_a_dash_in_a_marked_class_is_an_n(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM)
    await school.at("08:58").register(group="7M", amina="-", callum="/")
    await school.at("09:15").nothing_heard()
    assert school.texts("amina") == [("ngozi", "absence.ask")]
    assert school.texts("ben") == [("kelly", "absence.ask")]
    assert school.texts("callum") == []


async def test_an_n_that_arrives_after_the_close_is_chased_from_its_arrival(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes()
    await school.at("10:02").register(amina="N")
    (line,) = school.of_kind("sent", "amina")
    assert line["at"][11:16] == "10:02"
    await school.at("10:32").nothing_heard()
    assert school.texts("amina")[-1] == ("chidi", "absence.ask")


async def test_a_mark_that_arrives_after_the_deadline_is_with_staff_at_once(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes()
    await school.at("12:20").register(amina="N")
    await school.at("12:21").nothing_heard()
    assert school.alerted("not_reached", "amina") == [("12:20", "reed")]


async def test_nobody_permitted_can_be_reached_so_a_named_person_knows(open_school: OpenSchool) -> None:
    barred = adult("vic", "Vic Hale", 40, "father", "vic", barred=True)
    landline = {"id": "una", "name": "Una Hale", "relation": "mother", "landline": "+447700900041"}
    school = await open_school(child("kit", "Kit Hale", "vic", "una"), adults=[barred, landline])
    await school.at("09:15").register_closes(without_reason=["kit"])
    assert school.alerted("no_contact", "kit") == [("09:15", "reed")]
    assert school.texts() == []


async def test_an_outage_over_the_close_is_told_by_another_route_and_made_good(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:05").provider_down("30m")
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:21").nothing_heard()
    outage = [line for line in school.of_kind("alert") if line["reason"] == "delivery_outage"]
    assert [line["channel"] for line in outage][:1] == ["email"]
    assert school.texts() == []
    await school.at("09:38").nothing_heard()
    assert sorted(school.texts()) == [("kelly", "absence.ask"), ("ngozi", "absence.ask")]


async def test_known_to_be_elsewhere_is_no_n(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, CALLUM)
    await school.at("08:55").register(amina="D", ben="V", callum="X")
    await school.at("13:00").nothing_heard()
    assert school.texts() == []
    assert school.alerts() == []
