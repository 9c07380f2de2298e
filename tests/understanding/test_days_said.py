"""Days as the grammar finds them: months that begin a term, days of one month, days that lean on another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Asked, Report, understand
from bot.understanding.reader import look
from tests.understanding.reading import CALENDAR, read, written


def _days(text: str, sent: str) -> list[tuple[str, str]]:
    mentions = look(written(text, f"{sent}T08:00"), CALENDAR).mentions
    return [(m.first.isoformat(), m.last.isoformat()) for m in mentions if m.first is not None and m.last is not None]


def _day(text: str) -> tuple[str, str]:
    return text, text


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        ("see you in January", "2026-12-16", [_day("2027-01-05")]),
        ("January now", "2026-12-16", [_day("2027-01-05")]),
        ("off now till January, chicken pox", "2026-12-16", [_day("2027-01-05")]),
        ("see you in September, thank you", "2027-07-20", [_day("2027-09-02")]),
        ("away 9/10 March for Eid", "2027-02-26", [("2027-03-09", "2027-03-10")]),
        ("holiday 16, 17, 18 December", "2026-12-02", [("2026-12-16", "2026-12-18")]),
        ("the trial is Weds next at 3", "2026-09-29", [_day("2026-10-07")]),
        ("it has been since Monday last", "2027-06-16", [_day("2027-06-14")]),
        ("off Monday to Wednesday this week", "2027-06-27", [("2027-06-28", "2027-06-30")]),
        ("got a camp Thursday and Friday this week", "2026-12-15", [("2026-12-17", "2026-12-18")]),
        ("he's got study leave Monday and Tuesday", "2026-11-05", [("2026-11-09", "2026-11-10")]),
        ("will not be in for the last two days", "2026-12-16", [("2026-12-17", "2026-12-18")]),
        ("was off the last two days", "2026-12-16", [("2026-12-14", "2026-12-15")]),
        ("do not expect him this week or next", "2027-04-15", [("2027-04-12", "2027-04-25")]),
        ("away the whole week of 12th July", "2027-06-29", [("2027-07-12", "2027-07-18")]),
        ("the last Friday of term off please", "2026-11-17", [_day("2026-12-18")]),
        ("booked for the last week before half term", "2026-09-16", [("2026-10-19", "2026-10-23")]),
        ("maybe she come 28", "2026-11-10", [_day("2026-11-28")]),
        ("no we fly the 14", "2026-11-10", [_day("2026-11-14")]),
        ("come to class 16 inshallah", "2026-11-10", [_day("2026-11-16")]),
        ("on 17 and 18 we travel", "2026-12-01", [("2026-12-17", "2026-12-18")]),
        ("25 to 30 please", "2026-11-05", [("2026-11-25", "2026-11-30")]),
        ("out on Thursday and Friday the 8th and 9th", "2026-09-29", [("2026-10-08", "2026-10-09")]),
        ("at the hospital Friday morning 20th for his eyes", "2026-11-26", [_day("2026-11-20")]),
        ("the dentist is Tuesday afternoon the 8th", "2026-11-26", [_day("2026-12-08")]),
        ("back Friday morning 10 ish", "2026-11-24", [_day("2026-11-27")]),
        ("ill, 2 more sleeps", "2026-11-10", [_day("2026-11-12")]),
        ("off the week", "2026-11-10", [("2026-11-09", "2026-11-15")]),
        ("off for the rest of the month", "2026-11-10", [("2026-11-10", "2026-11-30")]),
        ("up north till the end of January, for work", "2026-12-15", [_day("2027-01-31")]),
        ("resumes in new term", "2026-12-10", [_day("2027-01-05")]),
        ("they come January", "2026-12-10", [_day("2027-01-05")]),
        ("that's us for the term", "2026-12-10", [_day("2026-12-18")]),
        ("he will not complete the year", "2027-07-05", [_day("2027-07-21")]),
        ("away until the end of school", "2027-07-01", [_day("2027-07-21")]),
        ("misses the last Thurs and Fri of term", "2026-12-01", [("2026-12-17", "2026-12-18")]),
        ("off last 3 days, flights", "2026-12-10", [("2026-12-16", "2026-12-18")]),
        ("back after the break", "2026-12-10", [("2026-12-19", "2027-01-04")]),
        ("after t'holiday", "2026-12-10", [("2026-12-19", "2027-01-04")]),
    ],
)
def test_these_days_are_meant(text: str, sent: str, days: list[tuple[str, str]]) -> None:
    assert _days(text, sent) == days


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Tom will be off in January for an operation", "2026-11-10"),
        ("see you in April", "2026-12-16"),
        ("his birthday is in January", "2026-12-10"),
    ],
)
def test_a_month_that_begins_no_term_or_no_return_is_not_its_first_day(text: str, sent: str) -> None:
    assert all(mention.form != "startterm" for mention in look(written(text, f"{sent}T08:00"), CALENDAR).mentions)


def test_a_weekday_after_days_to_come_is_not_today() -> None:
    days = _days("finishes Sunday, travels Monday, so Tuesday please", "2027-06-15")
    assert days == [_day("2027-06-20"), _day("2027-06-21"), _day("2027-06-22")]


def test_a_weekday_leans_on_a_day_far_ahead() -> None:
    days = _days("the wedding is Friday 9 July, we travel Thursday and fly home Monday", "2027-03-19")
    assert days == [_day("2027-07-09"), _day("2027-07-08"), _day("2027-07-12")]


@pytest.mark.parametrize(
    "text",
    [
        "Tom is ill today, back Thursday. And the wedding is Friday 9 July",
        "ring me Thursday please, the wedding is next week",
    ],
)
def test_a_weekday_beside_a_near_day_means_itself(text: str) -> None:
    assert _day("2027-03-25") in _days(text, "2027-03-22")


def test_a_number_of_a_day_leans_on_the_month_said_before() -> None:
    assert _days("away from the 1st of June, not back till the 14th", "2027-05-07")[-1] in (
        ("2027-06-01", "2027-06-14"),
        _day("2027-06-14"),
    )


def test_the_monday_after_follows_the_day_before_it() -> None:
    assert _days("signed off to the 13th, so back the Monday after", "2026-11-06")[-1] == _day("2026-11-16")


HELD = {
    "children": [], "code": "M", "first_day": "2027-02-08", "return_day": "2027-02-08", "session": "pm",
    "leaves": "14:00",
}  # fmt: skip


def test_saying_which_children_keeps_the_half_the_times_and_the_reason_that_are_held() -> None:
    (report,) = read("Both actually", "2027-02-05T10:09", "Mark:9 April:5", "child", HELD).reports
    assert report.children == ("c1", "c2")
    assert (report.code, report.session, str(report.leaves)) == ("M", "pm", "14:00:00")


def test_saying_the_child_and_another_time_changes_the_time() -> None:
    (report,) = read("April, and we leave at 1.30pm", "2027-02-05T10:09", "Mark:9 April:5", "child", HELD).reports
    assert report.children == ("c2",)
    assert str(report.leaves) == "13:30:00"


def test_a_yes_for_another_child_keeps_the_reason_that_was_read_back() -> None:
    draft = {"children": ["c1"], "code": "C", "first_day": "2026-11-19", "return_day": "2026-11-20", "session": "day"}
    (report,) = read("Yes and Hafsa also same days", "2026-11-16T10:06", "Ali:5 Hafsa:9", "confirm", draft).reports
    assert (report.code, report.first_day) == ("C", date(2026, 11, 19))


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        ("away from the 21st till about bonfire night", "2026-10-13", [_day("2026-10-21"), _day("2026-11-05")]),
        ("she travels 12 March and resumes Monday 22nd", "2027-02-25", [_day("2027-03-12"), _day("2027-03-22")]),
        ("fly out on the 16th, home late Sunday 20th June", "2027-05-11", [_day("2027-06-16"), _day("2027-06-20")]),
        ("poorly, back tom when she is better", "2026-11-10", [_day("2026-11-11")]),
    ],
)
def test_days_lean_on_the_one_that_has_its_month(text: str, sent: str, days: list[tuple[str, str]]) -> None:
    assert _days(text, sent) == days


@pytest.mark.parametrize("name", ["Jan", "April"])
def test_a_month_behind_a_number_is_no_child_of_that_name(name: str) -> None:
    mentions = look(written(f"off from 14 {name}", "2027-01-04T08:00", f"{name}:4"), CALENDAR).mentions
    assert [(m.first.day, f"{m.first:%B}"[:3]) for m in mentions if m.first] == [(14, name[:3])]


@pytest.mark.parametrize("text", ["Tom has the dentist this afternoon", "hospital this afternoon for Tom"])
@pytest.mark.parametrize("asked", [None, "absence"])
def test_an_appointment_of_the_afternoon_needs_no_time(text: str, asked: str | None) -> None:
    (report,) = read(text, asked=asked).reports
    assert (report.code, report.session, report.return_day) == ("M", "pm", date(2026, 11, 11))


@pytest.mark.parametrize("asked", ["reason", "return"])
@pytest.mark.parametrize("text", ["Tom left for school at eight as usual", "I dropped Tom at the gate myself"])
def test_a_child_who_is_thought_in_school_is_heard_whatever_we_asked(text: str, asked: str) -> None:
    draft = {"children": ["c1"], "code": "M", "first_day": "2026-11-10", "return_day": None, "session": "day"}
    answer = read(text, asked=asked, draft=draft)
    assert (answer.intent, answer.urgent) == ("present", True)


@pytest.mark.parametrize(
    ("text", "first", "back"),
    [
        ("Tom is ill today, back on Monday", "2026-11-12", "2026-11-16"),
        ("he's off today with a cold", "2026-11-12", None),
        ("poorly today and yesterday, back Monday", "2026-11-11", "2026-11-16"),
        ("not well today either", "2026-11-11", None),
        ("he was ill yesterday, back today", "2026-11-11", "2026-11-12"),
    ],
)
def test_today_is_the_day_of_the_message_though_yesterday_was_asked_about(
    text: str, first: str, back: str | None
) -> None:
    """Yesterday's question is still open: what is said of today leaves yesterday unexplained."""
    message = written(text, "2026-11-12T08:10")
    yesterday = Asked("absence", "c1", ("c1",), date(2026, 11, 11))
    report = understand(replace(message, asked=yesterday), CALENDAR).reports[0]
    assert (str(report.first_day), report.return_day and str(report.return_day)) == (first, back)


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        # an event far ahead draws the weekdays beside it
        (
            "Villa away, Weds 27th Jan. Flying Tues night so he's off Weds and Thurs",
            "2027-01-12",
            "2027-01-27/2027-01-28",
        ),
        ("getting married on the 27th so they are off Thurs and Fri", "2027-05-11", "2027-05-27/2027-05-28"),
        # a day of return draws nothing that is said before it
        ("with the funfair from Thursday. Back 21 sept", "2026-09-07", "2026-09-10/2026-09-10"),
        ("we fly on Wednesday. They return to school Monday 12 October", "2026-09-20", "2026-09-23/2026-09-23"),
        # a month that was named takes the numbers behind it
        ("away in July, from the 12th to the 16th", "2027-06-09", "2027-07-12/2027-07-16"),
    ],
)
def test_an_event_draws_weekdays_and_a_return_does_not(text: str, sent: str, days: str) -> None:
    assert tuple(days.split("/")) in _days(text, sent)


def test_a_day_that_leans_keeps_what_it_would_be_alone() -> None:
    mentions = look(written("the wedding is Friday 9 July, off Thursday", "2027-03-19T08:00"), CALENDAR).mentions
    assert (mentions[1].first, mentions[1].plain) == (date(2027, 7, 8), date(2027, 3, 25))


@pytest.mark.parametrize(
    "text", ["on 2 inhalers", "back at 13", "the 2 girls are ill", "from 10 to 12 at the dentist", "on 20 mg of it"]
)
def test_a_number_that_counts_something_is_no_day(text: str) -> None:
    assert _days(text, "2026-11-10") == []


@pytest.mark.parametrize(
    "text", ["won't be in this morning, will try after dinner", "not in Monday am, back for afternoon register"]
)
def test_who_misses_a_morning_may_be_back_that_day(text: str) -> None:
    (report,) = read(text, "2026-11-09T07:40").reports
    assert report.return_day == report.first_day


@pytest.mark.parametrize(
    ("text", "sent", "day"),
    [
        ("Tom was off on 15th December because he had a sickness bug", "2027-01-12", "2026-12-15"),
        ("Tom had a stomach bug on Tuesday 9th", "2027-02-22", "2027-02-09"),
        ("we got tickets for Tuesday 9th", "2027-02-22", "2027-03-09"),
        ("the operation was moved to 12 February", "2027-02-01", "2027-02-12"),
    ],
)
def test_a_date_told_in_the_past_lies_behind(text: str, sent: str, day: str) -> None:
    roles = look(written(text, f"{sent}T08:00"), CALENDAR).reading.days.roles
    assert [mention.first.isoformat() for mention, _ in roles if mention.first is not None] == [day]


def test_a_number_leans_on_the_month_of_the_days_before_it() -> None:
    assert _days("off 7 to 9 July, back on the 12th", "2027-06-08")[1] == _day("2027-07-12")


@pytest.mark.parametrize(
    ("text", "sent", "back"),
    [
        ("Tom is back", "2026-11-10T08:30", "2026-11-10"),
        ("Tom is much better and back with you", "2026-11-10T08:30", "2026-11-10"),
        ("Tom should be back soon I hope", "2026-11-14T10:30", None),
    ],
)
def test_back_said_on_a_school_day_is_that_day(text: str, sent: str, back: str | None) -> None:
    assert [report.return_day and report.return_day.isoformat() for report in read(text, sent).reports] in ([back], [])


def test_a_question_about_a_message_is_no_return() -> None:
    assert read("Did you get my message about Tom?", "2026-11-10T08:30").intent == "question"


@pytest.mark.parametrize(
    ("text", "sent", "first", "back"),
    [
        ("Tom had a stomach bug on Tuesday 9 February", "2027-02-22", "2027-02-09", "2027-02-10"),
        ("Sorry I never replied, Tom had a bug on the 9th", "2027-02-22", "2027-02-09", "2027-02-10"),
        ("Tom was off on 15th December because he had a sickness bug", "2027-01-05", "2026-12-15", "2026-12-16"),
        ("Tom was off Monday and Tuesday last week with a cold", "2027-03-05", "2027-02-22", "2027-02-24"),
        ("Tom was sick on Thursday last week, the 25th", "2027-03-05", "2027-02-25", "2027-02-26"),
        ("Tom was sick in the night", "2027-03-05", "2027-03-05", None),
        ("Tom had a temperature on the 3rd and will be off today", "2027-03-05", "2027-03-05", None),
    ],
)
def test_an_absence_that_is_over_is_told_with_its_days(text: str, sent: str, first: str, back: str | None) -> None:
    (report,) = read(text, f"{sent}T07:40").reports
    assert (str(report.first_day), report.return_day and str(report.return_day)) == (first, back)


@pytest.mark.parametrize(
    ("text", "code", "back"),
    [
        ("Tom has the dentist today", "M", None),
        ("Tom at hospital appointment today", "M", None),
        ("Tom is still poorly", "I", date(2026, 11, 13)),
    ],
)
def test_an_appointment_beside_a_known_illness_ends_on_its_own_day(text: str, code: str, back: date | None) -> None:
    """The day of return of the illness, which another parent told, is not the appointment's."""
    ill = Report(("c1",), "I", date(2026, 11, 10), date(2026, 11, 13), "day")
    understood = understand(replace(written(text), known=(ill,)), CALENDAR)
    assert [(report.code, report.return_day) for report in understood.reports] == [(code, back)]


@pytest.mark.parametrize(
    "text",
    [
        "Tom is off today, bad stomach",
        "i have kept tom off today, bad stomach",
        "Tom was off today, bad stomach",
        "sorry forgot to text, tom ill today",
        "tom has been home with me today, sickness",
        "Tom wasnt in today, he had a cold",
        "no school today for tom, he had a fever",
        "Tom absent today due to a cold",
        "Sorry, today Tom was not in as he had a temperature",
    ],
)
def test_kept_off_today_said_in_the_evening_is_about_today(text: str) -> None:
    """Recorded for the next day, it would leave today's N and explain a child away whom nobody would look for."""
    understood = read(text, "2026-11-10T17:50")
    assert [report.first_day for report in understood.reports] == [date(2026, 11, 10)]


@pytest.mark.parametrize(
    "text",
    [
        "Tom was sick at school today so wont be in",
        "Tom came home poorly today, keeping him off",
        "Tom has been ill today and will be off",
        "Tom fell at school today and broke his arm, he wont be in",
        "tom sent home today with a temp, 48 hrs",
        "Tom's been sick twice since he got home today",
        "Tom has a cold, off school",
    ],
)
def test_what_happened_today_and_keeps_a_child_off_is_about_the_next_school_day(text: str) -> None:
    understood = read(text, "2026-11-10T17:50")
    assert [report.first_day for report in understood.reports] == [date(2026, 11, 11)]


@pytest.mark.parametrize(
    "text",
    [
        "Tom has a match on saturday is the coach booked",
        "Tom has a party on sunday",
        "is tom's football on saturday or sunday",
        "Tom is in a show on saturday night, what time should he be there",
    ],
)
def test_what_is_on_at_the_weekend_is_nothing_to_record(text: str) -> None:
    understood = read(text)
    assert (understood.intent in ("question", "chat"), understood.reports) == (True, ())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Flying to Spain saturday, back tuesday", "leave"),
        ("Tom away on holiday from saturday for 2 weeks", "leave"),
        ("Tom was sick on sunday so he is off today", "absence"),
        ("Tom broke his arm on sunday, off til thursday", "absence"),
    ],
)
def test_a_weekend_in_an_absence_is_a_part_of_it(text: str, intent: str) -> None:
    assert read(text).intent == intent


@pytest.mark.parametrize(
    ("text", "first", "back"),
    [
        ("Just seen your message from last week sorry, Tom had a migraine on Thursday", "2026-12-10", "2026-12-11"),
        ("Tom had a migraine last Thursday", "2026-12-10", "2026-12-11"),
        ("Tom had a migraine on Friday", "2026-12-11", "2026-12-14"),
        ("Tom was ill all last week", "2026-12-07", "2026-12-14"),
        ("Tom had the flu last week", "2026-12-07", "2026-12-14"),
        ("Tom had a fall last week and can't walk", "2026-12-15", None),
        ("Tom was sick on Sunday night", "2026-12-15", None),
        ("Tom had a cold on Monday", "2026-12-15", None),
    ],
)
def test_a_day_that_was_over_before_the_last_day_of_school_is_no_absence_of_today(
    text: str, first: str, back: str | None
) -> None:
    report = read(text, sent="2026-12-15T17:05" if back else "2026-12-15T08:05").reports[0]
    assert (report.first_day, report.return_day) == (date.fromisoformat(first), back and date.fromisoformat(back))


def test_why_the_child_is_away_today_may_have_begun_last_week() -> None:
    report = read("Tom had an operation last Thursday", sent="2026-12-15T09:20", asked="absence").reports[0]
    assert report.first_day == date(2026, 12, 15)
