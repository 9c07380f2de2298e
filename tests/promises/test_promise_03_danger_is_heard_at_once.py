"""Promise 3. Danger is heard at once, by open and by settled cases alike, whatever else the message says."""

from __future__ import annotations

import pytest

from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool

SEARCH = {"believed_in_school", "missing", "contradicted"}


@pytest.mark.parametrize(
    "words",
    [
        "He left at eight",
        "She is in school, I dropped her off",
        "I don't know where she is",
        "she went in this morning with her friends",
    ],
)
async def test_while_we_wait(open_school: OpenSchool, words: str) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20:10").says("ngozi", words)
    alerts = school.of_kind("alert", "amina")
    assert all((line["urgent"], line["at"][11:19]) == (True, "09:20:10") for line in alerts)
    assert SEARCH & {line["reason"] for line in alerts}
    assert school.state("amina") == "alarmed"
    assert {"find_child", "ring"} <= set(school.tasks("amina"))
    assert school.texts()[-1] == ("ngozi", "absence.danger")
    assert "999" in school.words_to("ngozi")[-1]


async def test_father_says_he_left_at_eight_after_mothers_ill_has_settled_it(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill today")
    await school.at("09:30").staff("reed").confirms("amina")
    assert school.state("amina") == "settled"
    await school.at("09:41").says("chidi", "Amina left at eight. Is she not in?")
    assert school.state("amina") == "alarmed"
    assert any(line["reason"] in SEARCH and line["urgent"] for line in school.of_kind("alert", "amina"))
    assert school.texts()[-1] == ("chidi", "absence.danger")


async def test_said_of_a_child_who_was_reported_before_the_close_and_has_no_case(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:10").says("ngozi", "Amina is ill today")
    await school.at("09:15").register_closes(without_reason=["amina"])
    assert school.state("amina") is None
    await school.at("09:41").says("chidi", "Amina left at eight. Is she not in?")
    assert [line["to"] for line in school.of_kind("alert", "amina") if line["urgent"]] == ["reed"]
    await school.at("09:57").nothing_heard()
    assert {line["to"] for line in school.of_kind("alert", "amina")} == {"reed", "okoro"}
    await school.at("10:00").staff("okoro").settles("amina", "answered_ill")
    told = len(school.of_kind("alert", "amina"))
    await school.at("12:30").nothing_heard()
    assert len(school.of_kind("alert", "amina")) == told


async def test_a_disclosure_goes_to_the_safeguarding_lead_beside_the_report(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", "Amina is ill today. She says her uncle hits her and she is scared of him")
    assert school.alerted("safeguarding", "amina") == [("08:20", "okoro")]
    assert school.texts() == [("ngozi", "absence.danger")]
    assert not any("uncle" in text or "hit" in text for text in school.words_to("ngozi"))


async def test_two_parents_who_contradict_each_other(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill today")
    await school.at("09:50").says("chidi", "Amina is at her cousin's birthday today")
    assert school.alerted("contradicted", "amina") == [("09:50", "reed")]
    assert school.state("amina") == "alarmed"


async def test_only_a_named_person_ends_an_alarm(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "she left at eight")
    await school.at("09:24").says("ngozi", "ok thanks")
    await school.at("09:30").register(amina="/")
    assert school.state("amina") == "alarmed"
    await school.at("09:31").staff("reed").settles("amina", "present_after_all")
    assert school.state("amina") == "settled"


async def test_a_family_that_asks_for_news_of_a_search_is_answered_each_time(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "she left at eight, she should be there")
    for clock in ("09:24", "09:25", "09:29", "09:33"):
        await school.at(clock).says("ngozi", "have you found her??")
    looking = [words for words in school.words_to("ngozi") if "are looking and will ring you" in words]
    assert len(looking) == 3, "each question, and not twice within three minutes"
    await school.at("09:40").staff("reed").settles("amina", "present_after_all")
    assert "has been found" in school.words_to("ngozi")[-1]
