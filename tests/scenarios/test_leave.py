"""Leave of absence as families ask for it and the headteacher decides it, at Blue Coat unless a test says otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from attendance.leave import LeaveRequest
from office.leave.leave_facts import flags_in_words, ten_weeks_of
from storage import leave, leave_letters
from tests.support.families import AMINA, STAFF, adult, child, staff
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY, School

WEDDING = "Please may Amina have leave on Tuesday 8 and Wednesday 9 December for her aunt's wedding, back Thursday 10th"
ABROAD = "Please may Amina have leave on Tuesday 8 and Wednesday 9 December for her aunt's wedding in Ireland, back Thu"
TUE, WED, THU, FRI = (date(2026, 12, day) for day in (8, 9, 10, 11))
ZOE = child("zoe", "Zoe Okafor", "ngozi", group="9K", year=9)
PLAIN = {"leave.fields": ["dates", "reason"]}


@pytest.fixture
def open_school(open_school: OpenSchool) -> OpenSchool:
    """Three weeks go by between most requests and the leave: every register comes in, and everybody is there."""
    return partial(open_school, all_in_until=TUE)


async def requests(school: School) -> list[LeaveRequest]:
    async with school.world.database.read() as db:
        return sorted(await leave.recent(db, school.world.school_id), key=lambda one: one.id)


async def only(school: School) -> LeaveRequest:
    (request,) = await requests(school)
    return request


def states(school: School, pupil: str = "amina") -> list[str]:
    return [line["state"] for line in school.of_kind("leave", pupil)]


def about_leave(school: School) -> list[tuple[str, str]]:
    return [(who, reason) for who, reason in school.alerts("amina") if reason.startswith("leave")]


# -- asking ----------------------------------------------------------------------------------------------------------


async def test_the_parent_hears_what_happens_next_and_by_when(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    request = await only(school)
    assert (request.first_day, request.return_day, request.code, request.state) == (TUE, THU, "C", "requested")
    assert request.decide_by == DAY + timedelta(days=7)
    assert school.words_to("ngozi") == [
        (
            "Thanks. We have your leave request for Amina: away from Tue 8 Dec, back Thu 10 Dec. "
            "The headteacher will decide by Tue 24 Nov, and we will tell you here."
        )
    ]
    assert about_leave(school) == [("hart", "leave_to_decide")]


async def test_what_the_policy_wants_is_asked_one_thing_at_a_time(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("10:00").says("ngozi", WEDDING)
    assert school.words_to("ngozi")[-1].endswith("Where will you travel?")
    await school.at("10:05").says("ngozi", "To Cork, we go by ferry")
    assert school.words_to("ngozi")[-1].endswith("At which address will you stay?")
    await school.at("10:10").says("ngozi", "12 Patrick Street, Cork")
    assert "by your tickets?" in school.words_to("ngozi")[-1]
    await school.at("10:15").says(
        "ngozi", "Leaving Monday 7 Dec at 18:00, arriving back Wednesday 9 Dec in the evening"
    )
    request = await only(school)
    assert (request.state, request.lacks) == ("requested", ())
    assert request.details["stay_address"] == "12 Patrick Street, Cork"
    assert request.details["tickets"].startswith("Leaving Monday 7 Dec")
    assert (request.first_day, request.return_day) == (TUE, THU), "an answer about tickets moves no day"
    assert states(school) == ["requested", "asking", "asking", "asking", "requested"]
    assert school.words_to("ngozi")[-1].endswith("and we will tell you here.")
    assert not school.of_kind("mark")


async def test_a_place_that_was_said_and_a_family_that_stays_are_not_asked_again(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("10:00").says("ngozi", ABROAD)
    assert (await only(school)).details == {"travel_places": "Ireland"}
    await school.at("10:05").says("ngozi", "We are not travelling after all, the party is in town. No tickets")
    assert (await only(school)).state == "requested"


async def test_an_address_that_reads_like_anything_is_an_answer(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:10").says("ngozi", ABROAD)
    await school.at("08:15").says("ngozi", "4 Harbour Row, Cobh")
    assert (await only(school)).details["stay_address"] == "4 Harbour Row, Cobh"
    assert not school.of_kind("mark")


async def test_days_that_are_listed_are_all_of_them(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("08:10").says("ngozi", "May Amina have leave on 8, 9 and 10 December, a wedding, back on the 11th")
    request = await only(school)
    assert (request.first_day, request.return_day) == (TUE, FRI)


async def test_who_asks_for_the_form_stops_nothing(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:10").says("ngozi", WEDDING)
    await school.at("08:15").says("ngozi", "leave form please")
    assert "/leave/form/" in school.words_to("ngozi")[-1]


async def test_illness_meanwhile_is_no_answer(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:10").says("ngozi", WEDDING)
    await school.at("08:20").says("ngozi", "Amina is ill today, she has a temperature")
    assert (await only(school)).lacks == ("travel_places", "stay_address", "tickets")
    assert school.texts()[-1][1] == "absence.recorded"


@pytest.mark.parametrize("text", ["Zofia and Jan have a wedding on Tuesday 8 and Wednesday 9 December, back Thursday"])
async def test_several_children_at_once(open_school: OpenSchool, text: str) -> None:
    zofia = child("zofia", "Zofia Wilk", "agata", "piotr")
    jan = child("jan", "Jan Wilk", "agata", "piotr", group="9K", year=9)
    school = await open_school(zofia, jan, rules=PLAIN)
    await school.at("10:00").says("agata", f"Please may they have leave. {text}")
    both = await requests(school)
    assert sorted(one.pupil for one in both) == ["jan", "zofia"]
    assert len({one.together for one in both}) == 1
    assert len(school.words_to("agata")) == 1
    await school.at("11:00").staff("hart").grants("jan", "Wedding")
    await school.at("11:05").staff("hart").refuses("zofia", "Examination")
    assert [(one.pupil, one.state) for one in await requests(school)] == [("jan", "granted"), ("zofia", "refused")]


async def test_the_same_request_again_changes_the_open_one(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").says(
        "ngozi", "Amina's leave for the wedding: Wednesday 9 and Thursday 10 December, back Friday"
    )
    request = await only(school)
    assert (request.first_day, request.return_day) == (WED, FRI)
    await school.at("11:30").says("ngozi", "Please change Amina's leave to 15 and 16 December, the wedding was moved")
    assert (await only(school)).first_day == date(2026, 12, 15)
    assert school.of_kind("leave")[-1]["first_day"] == "2026-12-15"


async def test_withdrawn_before_the_decision(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").says("ngozi", "Please cancel the leave request for Amina, we are not going any more")
    assert (await only(school)).state == "withdrawn"
    assert school.texts()[-1] == ("ngozi", "leave.withdrawn")
    assert [alert.reason for alert in await school.live_alerts() if alert.key.startswith("leave/")] == []
    assert not school.of_kind("mark")


async def granted_for_tomorrow(open_school: OpenSchool) -> School:
    """Two days of leave from tomorrow, granted."""
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says(
        "ngozi",
        "Please may Amina have leave on Wednesday 18 and Thursday 19 November for her aunt's wedding, back Friday 20th",
    )
    await school.at("11:00").staff("hart").grants("amina", "Wedding")
    assert school.marks("amina") == [(None, "C"), (None, "C")]
    return school


async def test_withdrawn_after_the_decision_a_missing_child_is_chased(open_school: OpenSchool) -> None:
    school = await granted_for_tomorrow(open_school)
    await school.at("12:00").says("ngozi", "The wedding is cancelled so we don't need the leave for Amina now")
    assert (await only(school)).state == "withdrawn"
    assert ("reed", "message_to_read") in school.alerts("amina")
    assert school.marks("amina")[2:] == [("C", "-"), ("C", "-")]
    assert [line["provisional"] for line in school.of_kind("mark", "amina")[4:]] == [True] * 4
    before = len(school.texts())
    await school.at("08:55", DAY + timedelta(days=1)).register(amina="N")
    await school.at("09:16").nothing_heard()
    assert [what for _, what in school.texts()[before:]] == ["absence.ask"], "we told them that we expect her"


async def test_withdrawn_on_the_day_itself_a_missing_child_is_chased_at_once(open_school: OpenSchool) -> None:
    school = await granted_for_tomorrow(open_school)
    tomorrow = DAY + timedelta(days=1)
    await school.at("08:55", tomorrow).register(amina="N")
    await school.at("09:30").nothing_heard()
    assert school.state("amina") is None
    await school.at("09:40").says("ngozi", "The wedding is cancelled so we don't need the leave for Amina now")
    assert school.state("amina") == "asked"


async def test_back_earlier_than_granted_a_missing_child_is_chased(open_school: OpenSchool) -> None:
    school = await granted_for_tomorrow(open_school)
    first, second = DAY + timedelta(days=1), DAY + timedelta(days=2)
    await school.at("08:55", first).register(amina="N")
    await school.at("16:00").says("ngozi", "Amina will be back in school tomorrow, not Friday")
    request = await only(school)
    assert (request.state, request.return_day) == ("granted", second)
    before = len(school.texts())
    await school.at("08:55", second).register(amina="N")
    await school.at("09:16").nothing_heard()
    assert [what for _, what in school.texts()[before:]] == ["absence.ask"]


async def test_refused_in_the_middle_what_was_granted_stays_and_the_rest_is_asked(open_school: OpenSchool) -> None:
    school = await granted_for_tomorrow(open_school)
    first, second = DAY + timedelta(days=1), DAY + timedelta(days=2)
    await school.at("08:55", first).register(amina="N")
    await school.at("08:55", second).register(amina="N")
    await school.at("09:40").staff("hart").refuses("amina", "Only the first day was meant")
    changed = school.of_kind("mark", "amina")[4:]
    assert {(line["day"], line["session"], line["code"]) for line in changed if line["by"] == "Dr Hart"} == {
        (str(second), "am", "-"),
        (str(second), "pm", "-"),
    }
    assert school.state("amina") == "asked"


async def test_leave_for_a_morning_leaves_the_afternoon_a_day_like_any_other(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says(
        "ngozi",
        "Please can we have leave for Amina on Wednesday morning for a wedding, back in the afternoon",
    )
    request = await only(school)
    assert (request.half, request.return_day) == ("am", request.first_day)
    assert any("18 November, the morning only." in line["because"] for line in school.of_kind("alert", "amina"))
    await school.at("11:00").staff("hart").grants("amina", "Wedding")
    assert [(line["session"], line["code"]) for line in school.of_kind("mark", "amina")] == [("am", "C")]
    before = len(school.texts())
    tomorrow = DAY + timedelta(days=1)
    await school.at("08:55", tomorrow).register(amina="N")
    await school.at("12:00").nothing_heard()
    assert len(school.texts()) == before
    await school.at("13:00").register("pm", amina="N")
    await school.at("14:30").nothing_heard()
    assert [what for _, what in school.texts()[before:]][:1] == ["absence.ask"]


async def test_a_child_who_is_in_school_is_not_marked_away_by_a_grant(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says(
        "ngozi",
        "Please may Amina have leave on Wednesday 18 and Thursday 19 November for her aunt's wedding, back Friday 20th",
    )
    await school.at("08:40", DAY + timedelta(days=1)).register(amina="/")
    await school.at("08:45").staff("hart").grants("amina", "Wedding")
    assert (await school.entry("amina")).current == "/"
    assert (len(school.marks("amina", "am")), len(school.marks("amina", "pm"))) == (1, 2), "from noon on, and Thursday"


async def test_a_holy_day_an_interview_and_a_performance_have_their_own_codes(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("10:00").says("ngozi", "Amina has Eid on Friday 11 December, she will be off that day")
    await school.at("10:10").says("ngozi", "Amina has an interview at Solihull college on 2 December at 10am")
    await school.at("10:20").says(
        "ngozi", "Amina has a performance in Matilda from 15 to 16 December, licence applied for"
    )
    found = {one.code: one for one in await requests(school)}
    assert set(found) == {"R", "J1", "C1"}
    assert all(one.state == "requested" for one in found.values()), "none of them is asked for tickets"


# -- what cannot be asked for ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Can Amina have leave from 7 December to 4 December please, a wedding", "end before they start"),
        ("Can Amina have leave from 21 December 2026 to 1 January 2027, family holiday", "School is closed"),
        ("Can Amina have leave from 22 December to 30 December for a family wedding", "School is closed"),
        ("I'd like to ask for leave for Amina from 8 November 2027 to 12 November 2027, holiday", "too far ahead"),
        ("Amina was away last Wednesday at a wedding, can you authorise it please", "after the event"),
    ],
)
async def test_days_that_cannot_be_asked_for_get_one_clear_answer(
    open_school: OpenSchool, text: str, says: str
) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", text)
    assert await requests(school) == []
    assert not school.of_kind("mark")
    (answer,) = school.words_to("ngozi")
    assert says in answer


async def test_another_familys_child(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says(
        "ngozi", "Leave please: Priya Nair is off on holiday from 8 to 9 December, back Thursday"
    )
    assert await requests(school) == []
    assert school.texts() == [("ngozi", "absence.handed_to_staff")]


async def test_only_a_parent_asks(open_school: OpenSchool) -> None:
    callum = child("callum", "Callum Haddow", "fiona", "nan")
    school = await open_school(callum, rules=PLAIN)
    await school.at("10:00").says("nan", "Can Callum have leave on Tuesday 8 December for a wedding, back Wednesday")
    assert await requests(school) == []
    assert ("reed", "sender_doubt") in school.alerts("callum")


async def test_a_parent_who_lives_elsewhere_is_a_flag_for_the_head(open_school: OpenSchool) -> None:
    mother = adult("ngozi", "Ngozi Okafor", 1, "mother", "okafor", lives_with=True)
    school = await open_school(AMINA, adults=(mother,), rules=PLAIN)
    await school.at("10:00").says("chidi", WEDDING)
    assert (await only(school)).flags == ("asker_lives_elsewhere",)


# -- two parents -----------------------------------------------------------------------------------------------------


async def test_two_parents_who_ask_for_different_days(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").says(
        "chidi", "Amina needs leave on Wednesday 9 December to Friday 11th, we go to Spain on holiday"
    )
    request = await only(school)
    assert (request.contact, request.return_day, request.flags) == ("ngozi", THU, ("parents_disagree",))
    assert school.texts()[-1] == ("chidi", "absence.handed_to_staff")
    assert ("hart", "leave_contradicted") in school.alerts("amina")


async def test_a_parent_who_does_not_agree_learns_nothing_and_a_person_decides(open_school: OpenSchool) -> None:
    uncle = adult("ray", "Ray Okafor", 60, "uncle", "ray", barred=True)
    amina = child("amina", "Amina Okafor", "ngozi", "chidi", "ray")
    school = await open_school(amina, adults=(uncle,), rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").says(
        "chidi", "I do not agree to Amina going to Ireland with her mum, there is a court order"
    )
    assert (await only(school)).flags == ("parents_disagree",)
    (because,) = [line["because"] for line in school.of_kind("alert") if line["reason"] == "leave_contradicted"]
    assert "court order" in because
    assert school.words_to("chidi") == school.words_to("chidi")[:1]
    assert "December" not in school.words_to("chidi")[0]
    assert not school.of_kind("mark")


async def test_an_objection_without_a_request_is_read_by_a_person(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("chidi", "I do not agree to Amina going to Spain with her mum")
    assert (await requests(school), school.of_kind("mark")) == ([], [])
    assert ("reed", "message_to_read") in school.alerts("amina")


# -- deciding --------------------------------------------------------------------------------------------------------


async def test_granted_days_stand_in_the_register_in_advance_and_are_not_chased(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").staff("hart").grants("amina", "Family wedding")
    marks = [(line["day"], line["session"], line["code"], line["by"]) for line in school.of_kind("mark")]
    assert marks == [(day, half, "C", "Dr Hart") for day in ("2026-12-08", "2026-12-09") for half in ("am", "pm")]
    before = len(school.texts())
    await school.at("08:55", TUE).register(amina="N")
    await school.at("09:30", TUE).nothing_heard()
    assert len(school.texts()) == before
    assert school.state("amina") is None
    assert ("reed", "discrepancy") in school.alerts("amina"), "an N over granted leave is not silent"


async def test_some_days_are_granted_and_the_others_chased(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").staff("hart").grants("amina", "One day", days=[TUE])
    assert school.words_to("ngozi")[-1].startswith(
        "Blue Coat School: the headteacher has agreed leave for Amina only on Tue 8 Dec, not the other days."
    )
    await school.at("08:55", WED).register(amina="N")
    await school.at("09:16", WED).nothing_heard()
    assert school.texts()[-1] == ("ngozi", "absence.ask")
    assert school.marks("amina")[-1] == ("N", "O")
    assert ("reed", "leave_taken") in school.alerts("amina")


async def test_refused_and_taken(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says(
        "ngozi", "We take Amina on holiday to Spain from 8 December to 9 December, back Thursday 10"
    )
    await school.at("11:00").staff("hart").refuses("amina", "A holiday is not exceptional")
    await school.at("08:55", TUE).register(amina="N")
    await school.at("09:16", TUE).nothing_heard()
    assert school.texts()[-1] == ("ngozi", "absence.ask"), "refused does not say where she is"
    assert school.marks("amina") == [("N", "G")]
    assert states(school) == ["requested", "refused", "taken"]
    entry = await school.entry("amina")
    assert (entry.mis, entry.ours, entry.provisional) == ("N", "G", True)
    assert entry.reason == "Leave for this day was refused by Dr Hart, Headteacher"
    await school.at("08:55", WED).register(amina="N")
    await school.at("09:16", WED).nothing_heard()
    assert len(school.alerted("leave_taken", "amina")) == 1, "one request, one alert"
    assert school.marks("amina") == [("N", "G"), ("N", "G")]


@pytest.mark.parametrize(
    ("words", "template"),
    [
        ("Amina is on her way, the train is delayed", "late.recorded"),
        ("Our train is delayed, she'll be in by 11", "late.recorded"),
        ("Our flight is delayed, sorry", "leave.until_when"),
    ],
)
async def test_delayed_on_the_way_to_school_is_late_and_no_longer_leave(
    open_school: OpenSchool, words: str, template: str
) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").staff("hart").grants("amina")
    await school.at("08:55", THU).register(amina="N")
    await school.at("09:20", THU).says("ngozi", words)
    assert school.texts()[-1] == ("ngozi", template)
    assert (school.state("amina") == "answered") is (template == "late.recorded")


async def test_the_head_asks_for_more_and_the_answer_comes_back(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").staff("hart").asks_more("amina", "Could she travel after school on Tuesday?")
    assert school.words_to("ngozi")[-1] == (
        "Blue Coat School: about your leave request for Amina, the headteacher asks: Could she travel after school on "
        "Tuesday? Please answer here."
    )
    await school.at("11:30").says("ngozi", "No, the ceremony is at noon on the 8th")
    request = await only(school)
    assert (request.state, request.details["more"]) == ("requested", "No, the ceremony is at noon on the 8th")
    assert states(school) == ["requested", "more_asked", "requested"]
    assert about_leave(school) == [("hart", "leave_to_decide")] * 2


async def test_nothing_is_granted_after_the_event(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", WEDDING)
    with pytest.raises(AssertionError, match="never granted after the event"):
        await school.at("12:00", THU).staff("hart").grants("amina", "Late")
    assert not school.of_kind("mark")


async def test_reminders_until_somebody_decides(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:30").says("ngozi", WEDDING)
    await school.at("12:00", date(2026, 11, 26)).nothing_heard()
    reminded = [line["at"][:16] for line in school.of_kind("alert") if line["reason"] == "leave_overdue"]
    assert reminded == ["2026-11-24T10:00", "2026-11-25T10:00", "2026-11-26T10:00"]
    await school.at("12:30").staff("hart").refuses("amina", "No")
    await school.at("12:00", date(2026, 12, 2)).nothing_heard()
    assert len(school.alerted("leave_overdue")) == 3


async def test_a_deputy_decides_while_the_head_is_away(open_school: OpenSchool) -> None:
    deputy = staff("dunn", "Mrs Dunn", "Deputy headteacher", "deputy_headteacher", 903)
    school = await open_school(AMINA, rules=PLAIN, staff=(*STAFF, deputy))
    await school.at("10:00").says("ngozi", WEDDING)
    with pytest.raises(AssertionError, match="Only the headteacher decides"):
        await school.at("10:30").staff("dunn").grants("amina")
    await school.at("10:40").staff("hart").is_away()
    await school.at("10:05", date(2026, 11, 24)).nothing_heard()
    assert school.alerted("leave_overdue") == [("10:00", "dunn")]
    await school.at("10:30").staff("dunn").grants("amina", "Wedding")
    assert (await only(school)).decided_by == "Mrs Dunn, Deputy headteacher"


# -- back later ------------------------------------------------------------------------------------------------------


async def granted(open_school: OpenSchool, **rules: Any) -> School:
    school = await open_school(AMINA, rules={**PLAIN, **rules})
    await school.at("10:00").says("ngozi", WEDDING)
    await school.at("11:00").staff("hart").grants("amina", "Wedding")
    return school


async def test_a_delayed_flight_goes_to_the_same_request(open_school: OpenSchool) -> None:
    school = await granted(open_school)
    await school.at("17:00", WED).says("ngozi", "Our flight is delayed, Amina will be back on Monday")
    request = await only(school)
    assert (request.state, request.until, request.is_open) == ("granted", date(2026, 12, 14), True)
    assert school.texts()[-1] == ("ngozi", "leave.longer")
    assert school.alerts("amina")[-1] == ("hart", "leave_to_decide")
    await school.at("08:55", THU).register(amina="N")
    await school.at("09:30", THU).nothing_heard()
    assert school.texts()[-1] == ("ngozi", "leave.longer"), "the family said where she is"
    assert (await school.entry("amina")).ours is None, "nobody has decided: the mark stays N (A48)"
    assert ("reed", "leave_to_decide") in school.alerts("amina"), "and the office hears at the close"
    await school.at("10:00", THU).staff("hart").grants("amina", "Delay")
    assert (await only(school)).granted_days(school_calendar(school)) == (TUE, WED, FRI), (
        "Thursday's register has closed"
    )


async def test_days_added_that_are_refused_are_known_as_unauthorised_once_they_have_begun(
    open_school: OpenSchool,
) -> None:
    school = await granted(open_school)
    await school.at("17:00", WED).says("ngozi", "Our flight is delayed, Amina will be back on Monday")
    await school.at("08:55", THU).register(amina="N")
    await school.at("10:00", THU).staff("hart").refuses("amina", "Not exceptional")
    assert (await school.entry("amina")).ours == "O"
    said = len(school.texts())
    await school.at("08:55", FRI).register(amina="N")
    await school.at("11:00", FRI).nothing_heard()
    assert len(school.texts()) == said, "the family has said where she is"


async def test_who_was_refused_more_days_in_time_is_expected(open_school: OpenSchool) -> None:
    school = await granted(open_school)
    await school.at("12:00", WED).says("ngozi", "Our flight is delayed, Amina will be back on Monday")
    await school.at("14:00", WED).staff("hart").refuses("amina", "Not exceptional")
    await school.at("08:55", THU).register(amina="N")
    await school.at("09:30", THU).nothing_heard()
    assert school.texts()[-1] == ("ngozi", "absence.ask")


def school_calendar(school: School) -> Any:
    from attendance.policy import calendar_of

    return calendar_of(school.world.scenario.policy)


async def test_delayed_and_no_day_is_asked_for_the_day(open_school: OpenSchool) -> None:
    school = await granted(open_school)
    await school.at("17:00", WED).says("ngozi", "We are stuck at the airport in Cork, Amina's flight was cancelled")
    assert school.texts()[-1] == ("ngozi", "leave.until_when")
    await school.at("17:10", WED).says("ngozi", "Back on Friday")
    assert (await only(school)).until == FRI
    assert school.texts()[-1] == ("ngozi", "leave.longer")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Can Amina have two more days please, her grandad is very ill", date(2026, 12, 14)),
        ("Amina's passport is lost, back on Monday 14 December", date(2026, 12, 14)),
    ],
)
async def test_whatever_keeps_them_goes_to_the_same_request(open_school: OpenSchool, text: str, until: date) -> None:
    school = await granted(open_school)
    await school.at("17:00", WED).says("ngozi", text)
    request = await only(school)
    assert (request.state, request.until) == ("granted", until)
    assert school.texts()[-1] == ("ngozi", "leave.longer")
    assert {code for _, code in school.marks("amina")} <= {"C", "O"}, "nobody is recorded as ill"


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Passport lost, waiting for emergency papers, don't know when we get home", ("leave.until_when",)),
        # one day longer, or asked until when: both are read in it, and neither loses the leave
        ("The car broke down in France, we won't make it back for tomorrow", ("leave.until_when", "leave.longer")),
    ],
)
async def test_a_family_that_is_stuck_does_not_take_its_leave_back(
    open_school: OpenSchool, text: str, answers: tuple[str, ...]
) -> None:
    school = await granted(open_school)
    await school.at("17:00", WED).says("ngozi", text)
    assert (await only(school)).state == "granted", "it was withdrawn, and the child expected"
    assert school.texts()[-1] in [("ngozi", answer) for answer in answers]


@pytest.mark.parametrize(
    "text", ["We're home early, Amina will be in school tomorrow", "Amina will be back in school tomorrow as planned"]
)
async def test_back_as_agreed_asks_for_no_longer_stay(open_school: OpenSchool, text: str) -> None:
    school = await granted(open_school)
    await school.at("17:00", WED).says("ngozi", text)
    request = await only(school)
    assert (request.state, request.until) == ("granted", None)
    assert ("ngozi", "leave.longer") not in school.texts()


async def test_extra_days_that_are_refused_leave_what_was_granted(open_school: OpenSchool) -> None:
    school = await granted(open_school)
    await school.at("17:00", WED).says("ngozi", "Our flight is delayed, Amina will be back on Friday")
    await school.at("18:00", WED).staff("hart").refuses("amina", "Book an earlier one")
    request = await only(school)
    assert (request.state, request.until) == ("granted", None)
    await school.at("08:30", THU).nothing_heard()
    assert school.texts()[-1] == ("ngozi", "leave.extra_refused")


async def test_not_back_on_the_agreed_day_opens_a_case_with_its_history(open_school: OpenSchool) -> None:
    school = await granted(open_school)
    await school.at("08:55", THU).register(amina="N")
    await school.at("09:16", THU).nothing_heard()
    assert school.texts()[-1] == ("ngozi", "absence.ask")
    (because,) = [line["because"] for line in school.of_kind("alert", "amina") if line["reason"] == "not_returned"]
    assert "leave" in because


# -- the flags of a policy -------------------------------------------------------------------------------------------


async def test_near_an_assessment_of_her_own_year_the_head_is_shown_which(open_school: OpenSchool) -> None:
    nell = child("nell", "Nell Adeyemi", "ngozi", group="4A", year=4)
    summer = date(2027, 5, 12)
    school = await open_school(nell, policy="mary-bassett", rules=PLAIN, day=summer)
    await school.at("10:00").says(
        "ngozi", "Please may Nell have leave on 10 and 11 June for her aunt's wedding, back on Monday 14 June"
    )
    request = await only(school)
    assert request.flags == ("near_statutory_assessment",)
    told = flags_in_words(request, await school.world.runner.school(school.world.school_id))
    assert "(Multiplication tables check, 7 June to 18 June)" in told[0]
    await school.at("10:10").says("ngozi", "Please change Nell's leave to 24 and 25 June, the wedding was moved")
    assert (await only(school)).flags == (), "moved away from it"


# -- letters follow --------------------------------------------------------------------------------------------------


async def letters_of(school: School) -> list[tuple[str, str]]:
    """(what it is about, state) of every letter, in order."""
    request = await only(school)
    async with school.world.database.read() as db:
        found = await leave_letters.of_leave(db, school.world.school_id, request.id)
    return [(one.data["about"], one.state) for one in found]


async def test_a_letter_that_nobody_released_goes_when_the_family_takes_its_leave_back(open_school: OpenSchool) -> None:
    school = await granted_for_tomorrow(open_school)
    assert await letters_of(school) == [("granted", "draft")]
    await school.at("12:00").says("ngozi", "The wedding is cancelled so we don't need the leave for Amina now")
    assert await letters_of(school) == [("granted", "withdrawn")]


async def test_a_letter_that_had_left_is_followed_by_one_that_says_what_stands(open_school: OpenSchool) -> None:
    school = await granted_for_tomorrow(open_school)
    await school.at("11:30").staff("reed").releases_letter("amina")
    await school.at("12:00").says("ngozi", "The wedding is cancelled so we don't need the leave for Amina now")
    assert await letters_of(school) == [("granted", "released"), ("withdrawn", "draft")]
    tomorrow = DAY + timedelta(days=1)
    await school.at("08:55", tomorrow).register(amina="/")
    async with school.world.database.read() as db:
        runner = school.world.runner
        weeks = await ten_weeks_of(db, await runner.school(school.world.school_id), "amina", tomorrow)
    assert (weeks.leave, weeks.firm) == (0, 0), "what was taken back counts as no leave"


async def test_back_earlier_the_letter_says_the_new_day(open_school: OpenSchool) -> None:
    school = await granted_for_tomorrow(open_school)
    await school.at("16:00", DAY + timedelta(days=1)).says("ngozi", "Amina will be back in school tomorrow, not Friday")
    assert await letters_of(school) == [("granted", "withdrawn"), ("granted", "draft")]
    async with school.world.database.read() as db:
        (letter,) = await leave_letters.drafts(db, school.world.school_id)
    assert ["Expected back in school", "Thursday 19 November 2026"] in letter.data["facts"]
