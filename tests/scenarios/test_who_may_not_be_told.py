"""Barred contacts, numbers that are nobody's or several families', and contacts who may not report."""

from __future__ import annotations

from tests.support.families import AMINA, BEN, adult, child
from tests.support.fixtures import OpenSchool

RAY = adult("ray", "Ray Bisset", 20, "father", "ray", barred=True)
GAIL = adult("gail", "Gail Bisset", 21, "mother", "bisset")
JAS = adult("jas", "Jas Bisset", 22, "aunt", "jas")
MARLON = child("marlon", "Marlon Bisset", "ray", "gail", "jas")


async def test_a_barred_father_is_never_written_to_whatever_happens(open_school: OpenSchool) -> None:
    school = await open_school(MARLON, BEN, adults=[RAY, GAIL, JAS])
    await school.at("09:15").register_closes(without_reason=["marlon"])
    await school.at("09:20").says("ray", "is Marlon in school today")
    await school.at("13:30").nothing_heard()
    assert school.words_to("ray") == []
    assert [who for _, who in school.alerted("barred_contact_wrote", "marlon")][:1] == ["okoro"]


async def test_the_first_place_is_his_so_the_second_round_is_where_the_chase_begins(open_school: OpenSchool) -> None:
    school = await open_school(MARLON, adults=[RAY, GAIL, JAS])
    await school.at("09:15").register_closes(without_reason=["marlon"])
    # promise 1: within the minute somebody was asked, or a named person knows
    assert school.texts("marlon") == [("gail", "absence.ask")]


async def test_his_words_change_nothing_in_the_register(open_school: OpenSchool) -> None:
    school = await open_school(MARLON, adults=[RAY, GAIL, JAS])
    await school.at("08:20").says("ray", "Marlon is ill and stays with me")
    await school.at("09:15").register_closes(without_reason=["marlon"])
    assert school.marks("marlon") == []
    assert school.texts("marlon") == [("gail", "absence.ask")]


async def test_an_unknown_number_learns_nothing_about_any_child(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:20").says("+447700900555", "Amina Okafor is not coming today, she is ill")
    (said,) = school.words_to("+447700900555")
    assert "Amina" not in said
    assert "Okafor" not in said
    assert school.alerted("unlisted_number") == [("08:20", "reed")]
    await school.at("09:15").register_closes(without_reason=["amina"])
    assert school.texts()[1:] == [("ngozi", "absence.ask")]


async def test_a_number_that_two_families_share_is_told_no_name(open_school: OpenSchool) -> None:
    one = adult("ada", "Ada Reyes", 30, "mother", "reyes")
    other = adult("una", "Una Frost", 30, "mother", "frost")
    school = await open_school(child("leo", "Leo Reyes", "ada"), child("ivy", "Ivy Frost", "una"), adults=[one, other])
    await school.at("08:20").says("+447700900030", "Leo is ill today")
    (said,) = school.words_to("ada") + school.words_to("una") + school.words_to("+447700900030")
    assert "Leo" not in said
    assert "Ivy" not in said
    assert school.marks("leo") == []
    assert school.alerted("sender_doubt") == [("08:20", "reed")]


async def test_a_contact_who_may_not_report_the_chase_goes_on(open_school: OpenSchool) -> None:
    sitter = adult("pia", "Pia Lund", 31, "childminder", "lund", may_report=False)
    mother = adult("eva", "Eva Stone", 32, "mother", "stone")
    school = await open_school(child("max", "Max Stone", "eva", "pia"), adults=[sitter, mother])
    await school.at("08:20").says("pia", "Max is ill today")
    assert school.marks("max") == []
    assert school.alerted("sender_doubt", "max") == [("08:20", "reed")]
    await school.at("09:15").register_closes(without_reason=["max"])
    assert ("eva", "absence.ask") in school.texts("max")


TWO = (MARLON, child("peg", "Peg Bisset", "ray", "gail", "jas", group="9K", year=9))


async def test_said_to_be_with_a_barred_father_and_settled_by_the_lead_it_is_over(open_school: OpenSchool) -> None:
    school = await open_school(*TWO, adults=[RAY, GAIL, JAS])
    await school.at("09:15").register_closes(without_reason=["marlon"])
    await school.at("09:20").says("gail", "He's with his dad")
    assert school.alerted("safeguarding") == [("09:20", "okoro")], "of him whom we miss, and not of his sister"
    await school.at("09:30").staff("okoro").settles("marlon", "with_other_parent")
    await school.at("12:30").nothing_heard()
    assert school.alerted("safeguarding") == [("09:20", "okoro")]
    assert await school.open_tasks() == []


async def test_what_the_lead_has_not_seen_is_not_over_before_it_is_taken(open_school: OpenSchool) -> None:
    school = await open_school(MARLON, adults=[RAY, GAIL, JAS])
    await school.at("09:15").register_closes(without_reason=["marlon"])
    await school.at("09:20").says("gail", "Marlon is with his dad")
    await school.at("09:24").staff("reed").settles("marlon", "with_other_parent")
    await school.at("09:45").nothing_heard()
    assert school.alerted("safeguarding") == [("09:20", "okoro"), ("09:35", "reed")]
    await school.at("09:46").staff("okoro").acknowledges("marlon")
    await school.at("12:30").nothing_heard()
    assert school.alerted("safeguarding") == [("09:20", "okoro"), ("09:35", "reed")]


async def test_with_a_barred_father_and_not_found_it_goes_on(open_school: OpenSchool) -> None:
    school = await open_school(MARLON, adults=[RAY, GAIL, JAS])
    await school.at("09:15").register_closes(without_reason=["marlon"])
    await school.at("09:20").says("gail", "Marlon is with his dad")
    await school.at("09:24").staff("okoro").settles("marlon", "does_not_know")
    assert "safeguarding" in {alert.reason for alert in await school.live_alerts()}


async def test_harm_is_not_over_with_the_day(open_school: OpenSchool) -> None:
    school = await open_school(MARLON, adults=[RAY, GAIL, JAS])
    await school.at("09:15").register_closes(without_reason=["marlon"])
    await school.at("09:20").says("gail", "His uncle hit him with a belt, he is in bed")
    await school.at("09:24").staff("okoro").acknowledges("marlon")
    await school.at("10:30").nothing_heard()  # told as not settled by now
    await school.at("10:31").staff("okoro").settles("marlon", "answered_other")
    assert "not_settled" in {alert.reason for alert in await school.live_alerts()}
