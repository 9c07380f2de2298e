"""Days that the simulated year came upon and nobody had written.

What was wrong each time is in docs/decisions/0008-what-the-simulated-year-found.md.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from messaging.channel import Refused
from tests.support.families import AMINA, BEN, JAN, STAFF, ZOFIA, adult, child
from tests.support.fixtures import OpenSchool
from tests.support.school import School

TWO = {"brake.usual": 1, "brake.more_than": 1}


async def test_one_class_comes_in_and_another_whose_name_begins_alike_is_still_missing(open_school: OpenSchool) -> None:
    one = child("amina", "Amina Okafor", "ngozi", group="Class 1")
    ten = child("ben", "Ben Tolliver", "kelly", group="Class 10")
    school = await open_school(one, ten)
    await school.at("09:31").nothing_heard()
    await school.at("09:40").register(group="Class 1", amina="/")
    live = {alert.key.rpartition("/")[2] for alert in await school.live_alerts()}
    assert live == {"Class 10"}
    await school.at("09:50").nothing_heard()
    assert ("09:45", "okoro") in school.alerted("unaccounted", "ben")


async def test_a_register_that_comes_in_again_leaves_an_alarm_as_it_is(open_school: OpenSchool) -> None:
    """Said to be on the way, did not come: the alarm is a named person's, whatever is sent in again."""
    school = await open_school(AMINA)
    await school.at("08:50").says("ngozi", "Amina overslept, in by 09:40")
    await school.at("09:10").register(amina="N")
    await school.at("10:30").nothing_heard()
    assert school.state("amina") == "alarmed"
    await school.at("10:31").register(amina="N")
    assert (await school.case("amina")).stage == "alarmed"
    assert any(alert.reason == "missing" for alert in await school.live_alerts())
    told = len(school.alerted("missing", "amina"))
    await school.at("11:20").nothing_heard()
    assert len(school.alerted("missing", "amina")) > told


async def test_a_child_who_is_expected_late_is_expected_once(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:10").register(amina="N")
    await school.at("09:35").says("ngozi", "Amina overslept, will be in by 10")
    before = await school.case("amina")
    await school.at("09:37").register(amina="N")
    assert (await school.case("amina")) == before
    assert len(school.of_kind("case", "amina")) == 2


async def test_a_second_hold_of_one_morning_is_told_with_every_child(open_school: OpenSchool) -> None:
    late = child("jan", "Jan Wilk", "agata", group="9K", year=9)
    school = await open_school(AMINA, BEN, late, rules=TWO)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:20").staff("reed").acknowledges("amina")
    await school.at("09:40").register(group="9K", jan="N")
    (alert,) = [one for one in await school.live_alerts() if one.reason == "mass_send_held"]
    assert set(alert.pupils) == {"amina", "ben", "jan"}
    assert school.alerted("mass_send_held", "jan") == [("09:40", "reed")]
    assert school.texts() == []
    await school.at("09:45").staff("reed").releases()
    assert {to for to, _ in school.texts()} == {"ngozi", "kelly", "agata"}


async def test_the_morning_is_told_to_somebody_when_the_office_is_away(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:30").staff("reed").is_away()
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:25").nothing_heard()
    told = [line["to"] for line in school.of_kind("alert") if line["reason"] == "morning_summary"]
    assert told == ["okoro"]


async def test_a_person_who_enters_n_after_the_close_starts_the_chase(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes()
    await school.at("09:50").staff("reed").amends("amina", "N", "Marked for her sister by mistake")
    assert school.texts() == [("ngozi", "absence.ask")]
    assert school.state("amina") == "asked"


async def test_a_person_who_ends_an_alarm_about_a_child_without_a_case_is_named(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:31").nothing_heard()
    await school.at("09:40").staff("reed").settles("amina", "present_after_all")
    assert await school.live_alerts() == []
    closed = [line for line in await school.world.lines() if line.kind == "closed"]
    assert {(line.data["by"], line.data["outcome"]) for line in closed} == {("Ms Reed", "present_after_all")}


async def test_a_question_that_never_left_is_not_asked_once_the_child_is_here(open_school: OpenSchool) -> None:
    """The connection broke in the sending, so that nobody knew; found not to have left, it is needless now."""
    school = await open_school(ZOFIA, JAN)
    school.world.simulators["sms"].lost_sends = 1
    await school.at("09:15").register_closes(without_reason=["zofia", "jan"])
    assert school.texts() == []
    await school.at("09:15:01").register(zofia="L")
    await school.at("09:20").nothing_heard()
    assert ("agata", "absence.ask") not in school.texts("zofia")
    assert school.texts("jan") == [("agata", "absence.ask")]


async def test_what_was_just_said_by_text_is_not_said_again_for_telegram(open_school: OpenSchool) -> None:
    kim = adult("kim", "Kim Dale", 60, "mother", "dale", telegram="8811")
    school = await open_school(child("rory", "Rory Dale", "kim"), adults=[kim])
    gone = Refused("not_linked", "The chat is closed.", "403")
    school.world.simulators["telegram"].refusals["8811"] = gone
    await school.at("08:30").says("kim", "who do I talk to about her maths set?")
    await school.at("08:33").says("kim", "and who is her tutor now?", channel="telegram")
    assert school.texts() == [("kim", "absence.handed_to_staff")]


async def test_asked_which_child_an_answer_that_names_none_is_not_about_both(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("08:10").says("agata", "off sick")
    assert school.texts() == [("agata", "absence.which_child")]
    await school.at("08:12").says("agata", "hmm ok")
    assert school.marks("jan") == school.marks("zofia") == []
    await school.at("08:14").says("agata", "Zofia")
    assert school.marks("zofia") == [(None, "I")]
    assert school.marks("jan") == []


async def test_asked_which_child_both_is_both(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("08:10").says("agata", "off sick")
    await school.at("08:12").says("agata", "BOTH")
    assert school.marks("jan") == school.marks("zofia") == [(None, "I")]


async def test_one_that_was_told_that_the_child_is_here_is_not_told_again_for_the_morning(
    open_school: OpenSchool,
) -> None:
    school = await open_school(AMINA, rules={"firstday.afternoon_deadline": "14:45"})
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:25").staff("reed").settles("amina", "late_on_the_way")
    await school.at("13:35").register_closes("pm", without_reason=["amina"])
    await school.at("13:42").register("pm", amina="L")
    await school.at("13:55").staff("reed").settles("amina", "present_after_all")
    asked, cleared = ("ngozi", "absence.ask"), ("ngozi", "absence.all_clear")
    assert school.texts() == [asked, asked, cleared]


async def test_one_that_was_asked_on_two_channels_hears_once_that_the_child_is_here(open_school: OpenSchool) -> None:
    kim = adult("kim", "Kim Dale", 60, "mother", "dale", telegram="8811")
    rules = {"firstday.rounds": [{"after": "0m", "to": [1], "by": ["sms", "telegram"]}]}
    school = await open_school(child("rory", "Rory Dale", "kim"), adults=[kim], rules=rules)
    await school.at("09:15").register_closes(without_reason=["rory"])
    await school.at("09:30").says("kim", "Rory has the dentist this morning", channel="telegram")
    await school.at("13:35").register_closes("pm", without_reason=["rory"])
    await school.at("13:42").staff("reed").settles("rory", "present_after_all")
    asked = [line["channel"] for line in school.of_kind("sent") if line["template"] == "absence.ask"]
    assert asked == ["sms", "telegram"]
    assert school.texts().count(("kim", "absence.all_clear")) == 1


async def test_who_takes_the_reason_back_is_asked_once(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:10").says("ngozi", "Amina is at the dentist this morning, in by 11")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "NO")
    after = school.texts()[1:]
    assert len(after) == 1, after


async def test_the_morning_is_told_when_everybody_is_away(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    for member in STAFF:
        await school.at("08:30").staff(str(member["id"])).is_away()
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:25").nothing_heard()
    assert [line for line in school.of_kind("alert") if line["reason"] == "morning_summary"]


@pytest.mark.parametrize("first", ["no that's wrong", "NO"])
async def test_a_child_who_left_for_school_is_searched_for_in_the_middle_of_another_question(
    open_school: OpenSchool, first: str
) -> None:
    """Asked why, the parent says where: an answer without a reason was taken for no reason given."""
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", first)
    await school.at("09:23").says("ngozi", "Amina left for school at eight as usual")
    assert school.alerted("believed_in_school", "amina")


async def test_two_questions_that_waited_for_the_provider_leave_in_one_text(open_school: OpenSchool) -> None:
    late = child("jan", "Jan Wilk", "agata", group="9K", year=9)
    school = await open_school(ZOFIA, late)
    school.world.simulators["sms"].down_until = datetime(2026, 11, 17, 9, 39, tzinfo=UTC)
    await school.at("09:15").register_closes(without_reason=["zofia"])
    await school.at("09:20").register(group="9K", jan="N")
    await school.at("09:40").nothing_heard()
    asked = [line["pupils"] for line in school.of_kind("sent") if line["to"] == "agata"]
    assert [sorted(pupils) for pupils in asked] == [["jan", "zofia"]]


async def test_in_school_after_all_is_not_said_while_the_child_is_sought_again(open_school: OpenSchool) -> None:
    """What waited for the provider since the morning left in one second with the afternoon's question."""
    school = await open_school(AMINA, BEN, rules={"firstday.afternoon_deadline": "14:45"})
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    school.world.simulators["sms"].down_until = datetime(2026, 11, 17, 13, 50, tzinfo=UTC)
    for pupil in ("amina", "ben"):
        await school.at("13:25").staff("reed").settles(pupil, "present_after_all")
    await school.at("13:35").register_closes("pm", without_reason=["amina"])
    await school.at("13:55").nothing_heard()
    asked, cleared = ("ngozi", "absence.ask"), ("ngozi", "absence.all_clear")
    assert [one for one in school.texts() if one[0] == "ngozi"] == [asked, asked]
    assert ("kelly", "absence.all_clear") in school.texts()
    await school.at("14:05").staff("reed").settles("amina", "present_after_all")
    assert [one for one in school.texts() if one[0] == "ngozi"] == [asked, asked, cleared]


async def _sought_again_after_lunch(open_school: OpenSchool) -> tuple[School, list[tuple[str, str]]]:
    """Rory, asked about in the morning, sought again while the texts are down; and what was sent before that."""
    mum = adult("mum", "Ada Dale", 60, "mother", "dale")
    dad = adult("dad", "Kim Dale", 61, "father", "elsewhere")
    school = await open_school(
        child("rory", "Rory Dale", "mum", "dad"), adults=[mum, dad], rules={"firstday.afternoon_deadline": "15:30"}
    )
    await school.at("09:15").register_closes(without_reason=["rory"])
    await school.at("11:40").nothing_heard()
    before = school.texts()
    school.world.simulators["sms"].down_until = datetime(2026, 11, 17, 13, 50, tzinfo=UTC)
    await school.at("13:25").staff("reed").settles("rory", "present_after_all")
    await school.at("13:35").register_closes("pm", without_reason=["rory"])
    await school.at("13:55").nothing_heard()
    return school, before


async def test_who_was_not_asked_again_hears_in_the_end_how_the_morning_ended(open_school: OpenSchool) -> None:
    school, before = await _sought_again_after_lunch(open_school)
    assert {who for who, _ in before} == {"mum", "dad"}
    assert school.texts()[len(before) :] == [("mum", "absence.ask")]
    await school.at("14:00").staff("reed").settles("rory", "present_after_all")
    assert sorted(school.texts()[len(before) + 1 :]) == [("dad", "absence.all_clear"), ("mum", "absence.all_clear")]


async def test_who_hears_in_the_end_hears_how_it_ended(open_school: OpenSchool) -> None:
    """What was kept back is said with the end's own truth: "in school now", not "after all" with our apology."""
    school, _ = await _sought_again_after_lunch(open_school)
    await school.at("14:00").staff("reed").settles("rory", "arrived_late")
    for one in ("mum", "dad"):
        assert "Rory is in school now" in school.words_to(one)[-1]


async def test_a_report_taken_back_after_the_register_deadline_leaves_a_child_unaccounted_for(
    open_school: OpenSchool,
) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:10").says("ngozi", "Amina has a cold")
    await school.at("09:50").nothing_heard()
    assert school.alerted("unaccounted", "ben")
    assert school.alerted("unaccounted", "amina") == []
    await school.at("09:55").says("ngozi", "NO")
    assert ("09:55", "reed") in school.alerted("unaccounted", "amina")


async def test_a_morning_that_turns_out_to_be_missed_asks_nobody_again_whom_the_afternoon_asked(
    open_school: OpenSchool,
) -> None:
    """The register of the morning is put right while the family is being asked about the afternoon."""
    school = await open_school(AMINA, rules={"firstday.afternoon_deadline": "14:20"})
    await school.at("09:10").register(amina="/")
    await school.at("13:35").register_closes("pm", without_reason=["amina"])
    await school.at("14:30").nothing_heard()
    asked = [who for who, template in school.texts() if template.startswith("absence.ask")]
    await school.at("14:40").staff("okoro").amends("amina", "N", "Was not there this morning")
    await school.at("15:30").nothing_heard()
    assert [who for who, template in school.texts() if template.startswith("absence.ask")] == asked
    assert len(asked) == len(set(asked)) > 0
    assert any(at >= "14:40" for at, _ in school.alerted("not_reached", "amina"))


async def test_the_other_household_hears_once_that_we_have_heard(open_school: OpenSchool) -> None:
    """A contact answers, takes it back, and answers again: whoever was told of the first answer was not asked since."""
    mum = adult("mum", "Ada Dale", 60, "mother", "dale")
    dad = adult("dad", "Kim Dale", 61, "father", "elsewhere")
    school = await open_school(child("rory", "Rory Dale", "mum", "dad"), adults=[mum, dad])
    await school.at("09:15").register_closes(without_reason=["rory"])
    await school.at("09:50").nothing_heard()
    for clock, words in (("09:51", "Rory is ill today"), ("09:53", "NO"), ("09:54", "Rory is at the dentist")):
        await school.at(clock).says("dad", words)
    assert school.texts().count(("mum", "absence.settled_other_household")) == 1


async def test_a_question_that_nobody_knew_of_leaves_in_one_text_with_the_one_that_waited(
    open_school: OpenSchool,
) -> None:
    """While the provider could not say whether it had left, it could not be joined to the next; found out, it is."""
    late = child("jan", "Jan Wilk", "agata", group="9K", year=9)
    school = await open_school(ZOFIA, late)
    provider = school.world.simulators["sms"]
    provider.down_until, provider.down_as = datetime(2026, 11, 17, 9, 39, tzinfo=UTC), "unknown"
    await school.at("09:15").register_closes(without_reason=["zofia"])
    provider.down_as = "refused"
    await school.at("09:15:30").register(group="9K", jan="N")
    await school.at("09:45").nothing_heard()
    asked = [line["pupils"] for line in school.of_kind("sent") if line["to"] == "agata"]
    assert [sorted(pupils) for pupils in asked] == [["jan", "zofia"]]


async def test_who_was_told_that_all_is_well_hears_it_again_after_a_search_that_was_given_up(
    open_school: OpenSchool,
) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").register(amina="/")
    await school.at("09:30").says("ngozi", "I don't know where Amina is, she never got there")
    await school.at("09:40").staff("reed").settles("amina", "not_reached")
    await school.at("09:50").staff("reed").settles("amina", "present_after_all")
    cleared = [one for one in school.texts() if one == ("ngozi", "absence.all_clear")]
    assert len(cleared) == 2, "once for the register, once for the search"


async def test_what_came_by_text_for_telegram_does_not_go_back_to_telegram(open_school: OpenSchool) -> None:
    kim = adult("kim", "Kim Dale", 60, "mother", "dale", telegram="8811")
    rules = {"firstday.rounds": [{"after": "0m", "to": [1], "by": ["telegram"]}]}
    school = await open_school(child("rory", "Rory Dale", "kim"), adults=[kim], rules=rules)
    await school.at("09:15").register_closes(without_reason=["rory"])
    chat = school.world.simulators["telegram"]
    chat.refusals["8811"] = Refused("content", "The chat takes nothing now.", "400")
    await school.at("09:16").register(rory="/")
    chat.refusals.clear()
    await school.at("09:23").receipt("kim", "undelivered", "30005")
    cleared = [line["channel"] for line in school.of_kind("sent") if line["template"] == "absence.all_clear"]
    assert cleared == ["sms"]
