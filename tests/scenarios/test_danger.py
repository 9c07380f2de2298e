"""Words that mean danger: heard at once, by open and by settled cases alike, and ended by a named person only."""

from __future__ import annotations

from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool

SEARCH = {"believed_in_school", "missing"}


async def test_she_left_at_eight(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:19:20").says("ngozi", "What? She left at 8 as usual")
    first = next(line for line in school.of_kind("alert", "amina"))
    assert (first["at"][11:19], first["to"], first["urgent"]) == ("09:19:20", "reed", True)
    assert first["reason"] in SEARCH
    assert school.state("amina") == "alarmed"
    assert {"find_child", "ring"} <= set(school.tasks("amina"))
    # she hears that staff know and that somebody will ring, and never a cheerful receipt
    assert school.texts()[1:] == [("ngozi", "absence.danger")]
    said = school.words_to("ngozi")[-1]
    assert "999" in said
    assert "ring" in said
    assert school.marks("amina") == []


async def test_worried_messages_one_after_the_other_are_one_search(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:19").says("ngozi", "What? She left at 8 as usual")
    await school.at("09:22").says("ngozi", "I don't know where she is, please look for her")
    await school.at("09:25").says("chidi", "Amina got on the bus at 8, where is she?")
    opened = [line["what"] for line in school.of_kind("task", "amina") if line["role"] == "attendance_officer"]
    assert sorted(opened) == ["find_child", "ring"]


async def test_an_alarm_is_not_closed_by_a_mark_but_by_a_person(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:19").says("ngozi", "I dropped her at the gate at 8.30 myself")
    await school.at("09:24").register(amina="L")
    assert school.state("amina") == "alarmed"
    assert ("reed", "discrepancy") in school.alerts("amina")
    await school.at("09:26").staff("reed").settles("amina", "arrived_late")
    assert school.state("amina") == "settled"
    told = len(school.alerts())
    await school.at("13:00").nothing_heard()
    assert len(school.alerts()) == told


async def test_father_says_he_left_at_eight_after_mother_said_ill(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill today")
    assert school.state("amina") == "answered"
    await school.at("09:50").says("chidi", "Amina left for school at eight, is she not there?")
    assert school.state("amina") == "alarmed"
    assert [(minute, who) for minute, who in _search_alerts(school)] == [("09:50", "reed")]
    assert school.texts()[-1] == ("chidi", "absence.danger")


async def test_an_alarm_that_nobody_acknowledges_climbs(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "I don't know where she is, she never came home last night")
    assert school.state("amina") == "alarmed"
    await school.at("09:52").nothing_heard()
    urgent = {line["to"] for line in school.of_kind("alert", "amina") if line["urgent"]}
    assert urgent == {"reed", "okoro", "hart"}


async def test_late_on_the_way_and_then_here(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina overslept, she will be in by 10")
    assert school.texts()[1:] == [("ngozi", "late.recorded")]
    assert school.state("amina") == "answered"
    await school.at("09:58").register(amina="U")
    assert school.state("amina") == "settled"
    await school.at("13:00").nothing_heard()
    assert school.alerts("amina") == []


async def test_late_on_the_way_and_never_here(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina overslept, she will be in by 10")
    await school.at("10:14").nothing_heard()
    assert school.alerts("amina") == []
    await school.at("10:15").nothing_heard()
    assert school.alerted("missing", "amina") == [("10:15", "reed")]
    assert school.state("amina") == "alarmed"


def _search_alerts(school: object) -> list[tuple[str, str]]:
    from tests.support.school import School

    assert isinstance(school, School)
    found = school.alerted("believed_in_school") + school.alerted("missing") + school.alerted("contradicted")
    return sorted(found)
