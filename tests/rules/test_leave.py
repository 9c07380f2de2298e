"""Leave of absence: states, notice, days that cannot be asked for, the last ten school weeks, who asks and decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from attendance.calendar import SchoolCalendar, Term
from attendance.leave import LeaveRequest, asking, dates, due, machine, notice, people, ten_weeks
from attendance.leave.grounds import ground_of, taken_as
from attendance.policy import policy_by_key
from tests.support.builders import AMINA, DAD, MUM, NAN, at, link, school, staff

MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in (23, 24, 25, 26, 27))
ASKED = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
HEAD = machine.Decider("Dr Mellor", "Headteacher", datetime(2026, 11, 5, 10, 0, tzinfo=UTC))
CALENDAR = SchoolCalendar(
    (
        Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        Term("Spring 1", date(2027, 1, 5), date(2027, 2, 12)),
    ),
    frozenset({date(2026, 12, 1)}),
)
WEDDING = LeaveRequest("l1", "amina", TUE, FRI, "C", ASKED, "mum", "m1", decide_by=date(2026, 11, 10))
TODAY = date(2026, 11, 5)


# -- the states ------------------------------------------------------------------------------------------------------


def test_all_days_are_granted_under_the_code_that_was_asked_for() -> None:
    granted = machine.grant(WEDDING, HEAD, CALENDAR, TODAY, reason=" Family wedding ")
    assert (granted.state, granted.code, granted.reason) == ("granted", "C", "Family wedding")
    assert (granted.decided_by, granted.decided_at) == ("Dr Mellor, Headteacher", HEAD.at)
    assert granted.granted_days(CALENDAR) == (TUE, WED, THU)
    assert granted.back_on(CALENDAR) == FRI


def test_a_holiday_that_a_head_grants_is_granted_as_exceptional_circumstances() -> None:
    assert machine.grant(replace(WEDDING, code="G"), HEAD, CALENDAR, TODAY).code == "C"
    assert ground_of("G").code == "C"
    assert machine.grant(replace(WEDDING, code="R"), HEAD, CALENDAR, TODAY).code == "R"


def test_some_days_are_granted_and_the_others_are_not() -> None:
    part = machine.grant(WEDDING, HEAD, CALENDAR, TODAY, days=[WED])
    assert (part.state, part.days) == ("granted_in_part", (WED,))
    assert [part.grants(day) for day in (TUE, WED, THU)] == [False, True, False]
    assert part.back_on(CALENDAR) == THU
    assert machine.grant(part, HEAD, CALENDAR, TODAY).state == "granted"


def test_a_day_that_was_not_asked_for_cannot_be_granted() -> None:
    with pytest.raises(machine.NotNow, match="27 November 2026 was not asked for"):
        machine.grant(WEDDING, HEAD, CALENDAR, TODAY, days=[FRI])


def test_nothing_is_granted_after_the_event() -> None:
    with pytest.raises(machine.NotNow, match="never granted after the event"):
        machine.grant(WEDDING, HEAD, CALENDAR, FRI)
    part = machine.grant(WEDDING, HEAD, CALENDAR, WED)
    assert (part.state, part.days) == ("granted_in_part", (WED, THU))
    agreed = machine.grant(WEDDING, HEAD, CALENDAR, TODAY)
    assert machine.grant(agreed, HEAD, CALENDAR, THU).state == "granted", "what was granted before it stays granted"


def test_a_refusal_needs_its_reason() -> None:
    with pytest.raises(machine.NotNow, match="needs its reason"):
        machine.refuse(WEDDING, HEAD, "  ")
    refused = machine.refuse(WEDDING, HEAD, "Not exceptional")
    assert (refused.state, refused.reason) == ("refused", "Not exceptional")
    assert machine.taken(refused).state == "taken"
    assert machine.taken(machine.grant(WEDDING, HEAD, CALENDAR, TODAY)).state == "granted"


def test_more_is_asked_and_the_answer_brings_the_request_back() -> None:
    with pytest.raises(machine.NotNow, match="what you want to know"):
        machine.ask_more(WEDDING, "")
    asked = machine.ask_more(WEDDING, "Whose wedding is it?")
    assert (asked.state, asked.lacks, asked.details["question"]) == ("more_asked", ("more",), "Whose wedding is it?")
    back = machine.answered(asked, "more", "Her aunt's")
    assert (back.state, back.lacks, back.details["more"]) == ("requested", (), "Her aunt's")


def test_what_the_policy_wants_is_answered_one_by_one() -> None:
    asking_ = replace(WEDDING, state="asking", lacks=("travel_places", "stay_address", "tickets"))
    place = machine.answered(asking_, "travel_places", "Dublin")
    assert (place.state, place.lacks) == ("asking", ("stay_address", "tickets"))
    assert machine.answered(place, "stay_address", "12 Main Street").lacks == ("tickets",)
    none = machine.answered(asking_, "travel_places", "We are not travelling, it is in Coventry")
    assert (none.state, none.lacks) == ("requested", ())


def test_a_withdrawn_request_stays_withdrawn() -> None:
    gone = machine.withdraw(WEDDING)
    assert gone.state == "withdrawn"
    for act in (
        lambda: machine.grant(gone, HEAD, CALENDAR, TODAY),
        lambda: machine.refuse(gone, HEAD, "No"),
        lambda: machine.ask_more(gone, "Why?"),
        lambda: machine.change(gone, first_day=WED),
    ):
        with pytest.raises(machine.NotNow, match="withdrawn"):
            act()
    with pytest.raises(machine.NotNow, match="refused"):
        machine.withdraw(machine.refuse(WEDDING, HEAD, "No"))


def test_a_later_return_is_the_same_request_before_the_head_again() -> None:
    granted = machine.grant(WEDDING, HEAD, CALENDAR, TODAY)
    longer = machine.ask_longer(granted, date(2026, 12, 3))
    assert (longer.state, longer.is_open, longer.grants(FRI)) == ("granted", True, False)
    refused = machine.refuse(longer, HEAD, "Not exceptional")
    assert (refused.state, refused.until, refused.grants(TUE), refused.grants(FRI)) == ("granted", None, True, False)
    more = machine.grant(longer, HEAD, CALENDAR, date(2026, 11, 30))
    assert more.state == "granted_in_part", "27 November is over by then"
    assert more.granted_days(CALENDAR) == (TUE, WED, THU, date(2026, 11, 30), date(2026, 12, 2))


def test_what_is_proposed_for_refused_leave_that_was_taken() -> None:
    assert (taken_as("G"), taken_as("C"), taken_as("N")) == ("G", "O", "O")


# -- notice and days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "asked", "first", "words"),
    [
        ("2w", date(2026, 11, 3), date(2026, 11, 24), "3 weeks; the policy asks for 2 weeks"),
        ("2w", date(2026, 11, 3), date(2026, 11, 16), "1 week; the policy asks for 2 weeks"),
        ("10d", date(2026, 11, 3), date(2026, 11, 4), "1 day; the policy asks for 10 days"),
        ("4sw", date(2026, 10, 12), date(2026, 11, 16), "4 school weeks; the policy asks for 4 school weeks"),
        ("4sw", date(2026, 10, 19), date(2026, 11, 16), "3 school weeks; the policy asks for 4 school weeks"),
        ("4sw", date(2026, 11, 16), date(2026, 11, 16), "0 school weeks; the policy asks for 4 school weeks"),
    ],
)
def test_notice_in_the_schools_own_unit(rule: str, asked: date, first: date, words: str) -> None:
    ours = replace(school(**{"leave.notice": rule}), calendar=CALENDAR)
    assert notice.notice_words(asked, first, ours) == words


def test_a_policy_without_a_number_is_quoted() -> None:
    ours = replace(school(), policy=policy_by_key("looe"), calendar=CALENDAR)
    assert notice.notice_words(TODAY, TUE, ours) == "19 days; the policy asks for it well in advance"


@pytest.mark.parametrize(
    ("first", "back", "fault"),
    [
        (TUE, FRI, None),
        (TUE, None, None),
        (FRI, TUE, "ends_before_start"),
        (date(2026, 10, 26), date(2026, 10, 30), "over"),
        (date(2026, 12, 21), date(2027, 1, 4), "closed_days"),
        (date(2026, 12, 1), None, "closed_days"),
        (date(2027, 11, 8), date(2027, 11, 12), "too_far"),
        (date(2027, 2, 15), date(2027, 2, 16), "too_far"),
        (TODAY, None, None),
    ],
)
def test_days_that_cannot_be_asked_for(first: date, back: date | None, fault: str | None) -> None:
    assert dates.fault_of(first, back, TODAY, CALENDAR) == fault


# -- the last ten school weeks ---------------------------------------------------------------------------------------


def test_half_term_is_none_of_the_ten_school_weeks() -> None:
    assert ten_weeks.begins(date(2026, 11, 27), CALENDAR) == date(2026, 9, 14)
    assert ten_weeks.begins(date(2026, 11, 20), CALENDAR) == date(2026, 9, 7)


def test_a_week_with_one_session_counts_and_the_window_spans_the_holidays() -> None:
    assert ten_weeks.begins(date(2027, 1, 8), CALENDAR) == date(2026, 10, 12), "the week of 5 January is the tenth"


def test_a_calendar_that_begins_later_gives_the_weeks_that_it_has() -> None:
    assert ten_weeks.begins(date(2026, 9, 16), CALENDAR) == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("counts", "asked", "words"),
    [
        (
            ten_weeks.TenWeeks(TUE, 9, 1, 2),
            2,
            (
                "9 unauthorised sessions in the last ten school weeks (10 with N), and 2 of leave. "
                "Taken without leave, these 2 would bring it to 11: the threshold is 10."
            ),
        ),
        (
            ten_weeks.TenWeeks(TUE, 10),
            2,
            (
                "10 unauthorised sessions in the last ten school weeks, and 0 of leave. "
                "The threshold of 10 is reached: the school must consider a penalty notice, case by case."
            ),
        ),
        (
            ten_weeks.TenWeeks(TUE, 1, 0, 0, 4),
            2,
            (
                "1 unauthorised session in the last ten school weeks, and 0 of leave. "
                "The threshold for considering a penalty notice is 10. "
                "An older record with 4 more cannot be split by week."
            ),
        ),
    ],
)
def test_the_threshold_is_a_fact_with_firm_and_provisional_counts(
    counts: ten_weeks.TenWeeks, asked: int, words: str
) -> None:
    assert ten_weeks.words(counts, asked) == words


# -- when it is due --------------------------------------------------------------------------------------------------


def test_a_decision_is_due_in_five_school_days_and_before_the_first_day_away() -> None:
    ours = replace(school(), calendar=CALENDAR)
    assert due.decide_by(date(2026, 11, 3), TUE, ours) == date(2026, 11, 10)
    assert due.decide_by(date(2026, 11, 19), TUE, ours) == MON
    assert due.decide_by(MON, TUE, ours) == MON
    assert due.decide_by(date(2026, 10, 22), date(2026, 11, 4), ours) == date(2026, 11, 3), "half term lies between"


def test_reminders_come_on_the_due_day_and_each_school_day_until_the_first_day_away() -> None:
    ours = replace(school(), calendar=CALENDAR)
    first = due.reminds_at(WEDDING, ASKED, ours)
    assert first == at("10:00", date(2026, 11, 10))
    assert due.reminds_at(WEDDING, first, ours) == at("10:00", date(2026, 11, 11))
    assert due.reminds_at(WEDDING, at("10:00", date(2026, 11, 13)), ours) == at("10:00", date(2026, 11, 16))
    assert due.reminds_at(WEDDING, at("10:00", TUE), ours) is None
    assert due.reminds_at(machine.refuse(WEDDING, HEAD, "No"), ASKED, ours) is None


# -- who -------------------------------------------------------------------------------------------------------------


def test_who_may_ask() -> None:
    roll = school().roll
    assert people.is_parent("amina", "mum", roll)
    assert not people.is_parent("amina", "nan", roll)
    assert not people.lives_elsewhere("amina", "dad", roll), "the list does not say with whom she lives"
    known = school(links=[link("amina", "mum", 1, lives_with=True), link("amina", "dad", 2, "father")]).roll
    assert people.lives_elsewhere("amina", "dad", known)
    assert not people.lives_elsewhere("amina", "mum", known)


def test_a_person_sees_who_is_barred() -> None:
    roll = school(links=[link("amina", "mum", 1), link("amina", "dad", 2, "father", barred=True)]).roll
    assert people.barred_for("amina", roll) == (DAD,)
    assert not people.is_parent("amina", "dad", roll)


def test_a_deputy_decides_while_the_head_is_away() -> None:
    head, deputy = staff("hart", "headteacher"), staff("dunn", "deputy_headteacher")
    here = school(team=[head, deputy])
    assert (people.who_decides(here), people.may_decide(deputy, here)) == ((head,), False)
    gone = school(team=[replace(head, away=True), deputy])
    assert people.who_decides(gone) == (deputy,)
    assert people.may_decide(deputy, gone)
    assert people.may_decide(replace(head, away=True), gone)


# -- what the policy wants to know -----------------------------------------------------------------------------------

BLUE_COAT = ("reason", "travel_places", "tickets", "stay_address", "first_day", "depart_arrive", "return_date")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("her aunt's wedding in Ireland, back Thursday 26th", "Ireland"),
        ("we are going to Sri Lanka", "Sri Lanka"),
        ("from Tuesday to Thursday for a wedding", None),
        ("a wedding in December", None),
        ("I am going to Amina for the day", None),
        ("we're flying to Lagos to visit Amina's gran", "Lagos"),
    ],
)
def test_a_place_that_the_words_name(text: str, place: str | None) -> None:
    assert asking.said_place(text, ("Amina", "Amina Okafor")) == place


def test_what_is_wanted_in_its_order_and_only_of_journeys() -> None:
    assert asking.wanted(BLUE_COAT, "C", ()) == ("travel_places", "stay_address", "tickets")
    assert asking.wanted(BLUE_COAT, "G", ("travel_places",)) == ("stay_address", "tickets")
    assert asking.wanted(BLUE_COAT, "J1", ()) == ()
    assert asking.wanted(("dates", "reason", "evidence"), "C", ()) == ()
    assert asking.invites_evidence(("dates", "evidence"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We leave thurs night and back sunday. Staying with family", "We leave thurs night and back sunday"),
        ("flights mon 22nd 6.45 from Luton back 29th", "flights mon 22nd 6.45 from Luton back 29th"),
        ("we're driving on friday, home on Sunday 28th", "we're driving on friday, home on Sunday 28th"),
        ("we fly on monday", None),
        ("we are driving to Leeds on Friday", None),
        ("can she have leave from thursday to friday, back monday", None),
        ("flying wed 17 mar", None),
    ],
)
def test_two_days_of_a_journey_are_what_the_tickets_say(text: str, said: str | None) -> None:
    assert asking.said_details(text, ()).get("tickets") == said


def test_of_one_day_without_a_night_only_the_place_is_wanted() -> None:
    assert asking.no_night_away("funeral is tmrw at 11 in Birmingham", TUE, WED)
    assert not asking.no_night_away("funeral is tmrw at 11, staying with my aunt", TUE, WED)
    assert not asking.no_night_away("funeral is tmrw, we fly at 7", TUE, WED)
    assert not asking.no_night_away("funeral on friday", FRI, date(2026, 11, 30))
    assert not asking.no_night_away("funeral", TUE, THU)
    assert asking.wanted(BLUE_COAT, "C", (), a_night=False) == ("travel_places",)


@pytest.mark.parametrize("text", ["We are not travelling", "no travel involved", "staying at home", "it's local"])
def test_nobody_travels(text: str) -> None:
    assert asking.no_journey(text)


def test_requests_that_share_a_day() -> None:
    assert WEDDING.overlaps(THU, FRI)
    assert not WEDDING.overlaps(FRI, None)
    assert not WEDDING.overlaps(MON, None)
    assert replace(WEDDING, return_day=None).overlaps(MON, WED)
    assert AMINA.id == WEDDING.pupil
    assert MUM != NAN
