"""A person holds a thread: what was written in it is read, and the machine is silent there until it is handed back."""

from __future__ import annotations

from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool
from tests.support.school import School

COMPLAINT = "Why is it always me you lot pester?"


async def _complained(open_school: OpenSchool) -> School:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", COMPLAINT)
    assert school.alerted("message_to_read") == [("09:20", "reed")]
    return school


async def test_a_message_whose_thread_a_person_took_over_is_read(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("ngozi")
    await school.at("10:30").nothing_heard()
    assert school.alerted("message_to_read") == [("09:20", "reed")], "it climbs to nobody"


async def test_what_another_contact_wrote_is_not_read_by_that(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("chidi")
    await school.at("09:36").nothing_heard()
    assert school.alerted("message_to_read") == [("09:20", "reed"), ("09:35", "okoro")]
    await school.at("09:37").staff("reed").hands_back("chidi")
    await school.at("09:51").nothing_heard()
    assert ("09:50", "hart") in school.alerted("message_to_read")


async def test_new_words_are_read_when_the_holder_answers_them(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("okoro").takes_over("ngozi")
    await school.at("09:26").says("ngozi", "He is not well but there is more to it")
    told = [line for line in school.of_kind("alert", "amina") if line["reason"] == "message_to_read"][1:]
    assert {line["to"] for line in told} == {"okoro", "reed"}
    assert {line["because"] for line in told} == {"New words in a thread that Mrs Okoro has taken over."}
    await school.at("09:28").staff("okoro").writes("ngozi", "I will ring you in a minute")
    before = len(school.alerted("message_to_read"))
    await school.at("10:30").nothing_heard()
    assert len(school.alerted("message_to_read")) == before


async def test_danger_is_as_urgent_for_the_holder_as_for_whoever_looks(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("hart").takes_over("ngozi")
    await school.at("09:26").says("ngozi", "She has run away in the night, I cant find her anywhere")
    told = [line for line in school.of_kind("alert", "amina") if line["to"] == "hart"]
    assert [(line["reason"], line["urgent"]) for line in told] == [("message_to_read", True)]
    assert told[0]["because"] == "Danger is told in a thread that Dr Hart has taken over: read it now."
    assert any(
        line["to"] == "reed" and line["urgent"] and line["reason"] == "missing" for line in school.of_kind("alert")
    )
    assert school.texts()[-1][1] != "absence.danger", "the machine is silent there"
    await school.at("09:28").staff("hart").writes("ngozi", "I am ringing you now")
    hart = [line for line in school.of_kind("alert") if line["to"] == "hart" and line["reason"] == "message_to_read"]
    await school.at("11:30").nothing_heard()
    assert hart == [
        line for line in school.of_kind("alert") if line["to"] == "hart" and line["reason"] == "message_to_read"
    ], "read; the danger climbs by itself"


async def test_words_of_a_person_who_does_not_hold_the_thread_read_nothing(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("hart").writes("ngozi", "Please ring the office")
    await school.at("09:36").nothing_heard()
    assert ("09:35", "okoro") in school.alerted("message_to_read")


async def test_who_holds_the_thread_says_herself_that_the_child_is_found(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("ngozi")
    await school.at("09:40").staff("reed").amends("amina", "/", "In the library")
    assert school.state("amina") == "settled"
    assert [template for _, template in school.texts()].count("absence.all_clear") == 0
    assert school.alerted("message_to_read") == [("09:20", "reed")], "she knows"


async def test_the_holder_hears_what_the_machine_does_not_say(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("ngozi")
    await school.at("09:40").register(amina="/")
    assert [template for _, template in school.texts()].count("absence.all_clear") == 0
    told = school.of_kind("alert", "amina")[-1]
    assert (told["to"], told["reason"]) == ("reed", "message_to_read")
    assert told["because"] == (
        "The child is accounted for. A contact who was asked has not been told, for Ms Reed has taken that thread "
        "over: tell them."
    ), "no contact is named in a text to staff"
    await school.at("09:45").staff("reed").writes("ngozi", "Amina is here")
    before = len(school.alerts())
    await school.at("11:00").nothing_heard()
    assert len(school.alerts()) == before, "told"


async def test_the_first_question_leaves_all_the_same(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", COMPLAINT)
    await school.at("08:24").staff("reed").takes_over("ngozi")
    await school.at("09:15").register_closes(without_reason=["amina"])
    assert school.texts()[-1] == ("ngozi", "absence.ask"), "no N is dropped"


async def test_the_holder_who_settles_the_child_has_read_what_was_written(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("ngozi")
    await school.at("09:26").says("ngozi", "She has had toothache all night")
    await school.at("09:30").staff("reed").settles("amina", "answered_ill")
    before = len(school.alerted("message_to_read"))
    await school.at("12:30").nothing_heard()
    assert len(school.alerted("message_to_read")) == before
