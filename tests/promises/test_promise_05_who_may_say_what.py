"""Promise 5. Who may say what; barred people are never written to; an unknown number learns nothing about any child."""

from __future__ import annotations

from tests.support.families import AMINA, BEN, adult, child
from tests.support.fixtures import OpenSchool

JODIE = adult("jodie", "Jodie Marsh", 50, "mother", "marsh")
LEE = adult("lee", "Lee Hobbs", 51, "father", "lee", barred=["isla"])
POPPY = child("poppy", "Poppy Marsh", "jodie", "lee")
ISLA = child("isla", "Isla Grove", "jodie", "lee", group="9K", year=9)


async def test_a_man_barred_for_one_half_sister_only(open_school: OpenSchool) -> None:
    school = await open_school(POPPY, ISLA, adults=[JODIE, LEE])
    await school.at("09:15").register_closes(without_reason=["poppy", "isla"])
    assert school.texts() == [("jodie", "absence.ask_siblings")]
    await school.at("09:45").nothing_heard()
    assert school.texts()[1:] == [("lee", "absence.ask")]
    assert "Poppy" in school.words_to("lee")[0]
    assert "Isla" not in school.words_to("lee")[0]
    await school.at("09:50").says("lee", "Poppy has a cold. Why is Isla not in school?")
    assert [who for _, who in school.alerted("barred_contact_wrote", "isla")] == ["okoro"]
    assert school.marks("isla") == []
    await school.at("13:00").nothing_heard()
    assert not any("Isla" in text for text in school.words_to("lee"))


async def test_his_report_of_the_one_he_may_speak_for_counts(open_school: OpenSchool) -> None:
    school = await open_school(POPPY, ISLA, adults=[JODIE, LEE])
    await school.at("08:20").says("lee", "Poppy has a cold today")
    assert school.marks("poppy") == [(None, "I")]
    assert school.texts() == [("lee", "absence.recorded")]


async def test_barred_covers_the_number_whoever_else_lists_it(open_school: OpenSchool) -> None:
    partner = adult("dana", "Dana Fell", 51, "aunt", "lee")
    isla = child("isla", "Isla Grove", "dana", "lee", "jodie")
    school = await open_school(isla, adults=[JODIE, LEE, partner])
    await school.at("09:15").register_closes(without_reason=["isla"])
    await school.at("12:30").nothing_heard()
    assert "+447700900051" not in {message.to for message in school.world.simulators["sms"].sent}


async def test_a_number_that_two_families_share(open_school: OpenSchool) -> None:
    ada, una = adult("ada", "Ada Reyes", 52, "mother", "reyes"), adult("una", "Una Frost", 52, "mother", "frost")
    school = await open_school(child("leo", "Leo Reyes", "ada"), child("ivy", "Ivy Frost", "una"), adults=[ada, una])
    await school.at("09:15").register_closes(without_reason=["leo"])
    await school.at("09:20").says("+447700900052", "Leo is ill today")
    assert school.marks("leo") == []
    assert school.alerted("sender_doubt") == [("09:20", "reed")]
    reply = school.world.simulators["sms"].texts_to("+447700900052")[-1]
    assert "Leo" not in reply
    assert "Ivy" not in reply
    await school.at("12:00").nothing_heard()
    assert school.alerted("not_reached", "leo") == [("12:00", "reed")]


async def test_a_phone_that_a_barred_person_shares_is_not_answered(open_school: OpenSchool) -> None:
    ray = adult("ray", "Ray Bisset", 53, "father", "ray", barred=True)
    ada = adult("ada", "Ada Reyes", 53, "mother", "reyes")
    gail = adult("gail", "Gail Bisset", 54, "mother", "bisset")
    school = await open_school(
        child("marlon", "Marlon Bisset", "ray", "gail"), child("leo", "Leo Reyes", "ada"), adults=[ray, ada, gail]
    )
    await school.at("08:20").says("+447700900053", "Leo is ill today")
    assert school.world.simulators["sms"].texts_to("+447700900053") == []
    assert [who for _, who in school.alerted("barred_contact_wrote")] == ["okoro"]


async def test_an_unknown_number_does_not_even_learn_that_the_child_exists(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:20").says("+447700900555", "Is Amina Okafor in school today?")
    await school.at("08:21").says("+447700900556", "Is Peregrine Nobody in school today?")
    assert school.words_to("+447700900555") == school.words_to("+447700900556")
    assert "Amina" not in school.words_to("+447700900555")[0]
    assert [who for _, who in school.alerted("unlisted_number")] == ["reed", "reed"]


async def test_who_may_not_report_is_verified_while_the_chase_goes_on(open_school: OpenSchool) -> None:
    pia, eva = (
        adult("pia", "Pia Lund", 55, "childminder", "lund", may_report=False),
        adult("eva", "Eva Stone", 56, "mother", "stone"),
    )
    school = await open_school(child("max", "Max Stone", "eva", "pia"), adults=[pia, eva])
    await school.at("09:15").register_closes(without_reason=["max"])
    await school.at("09:20").says("pia", "Max is ill today")
    assert school.marks("max") == []
    assert school.alerted("sender_doubt", "max") == [("09:20", "reed")]
    assert school.state("max") == "asked"
